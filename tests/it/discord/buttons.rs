//! Buttons and menus under an answer: whose they are, before and after a restart, confirmations, deletion.

use serde_json::json;

use crate::common::pack;
use crate::discord::scene::{DELETE, Scene, has, labels, wait_until};
use crate::standin::{Call, NO_OPTIONS, Serving, permissions};

#[tokio::test]
async fn an_answer_stays_its_askers_also_after_a_restart() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let first = discord.slash(&scene.ada, channel, "timeline", [("when", "all")]).message().await;
    has(&first, "(1 of ");
    // Somebody else turns the page and chooses for themselves.
    let ben = scene.server.member("Ben");
    let pressed = discord.press(&ben, &first, "Next page");
    assert_eq!(pressed.ack().await.kind, 4);
    let own = pressed.message().await;
    assert!(own.ephemeral);
    has(&own, "(2 of ");
    assert_eq!(discord.look(&first).text(), first.text());
    // There it goes on in its place.
    assert_eq!(discord.press(&ben, &own, "Next page").ack().await.kind, 7);
    has(&discord.look(&own), "(3 of ");
    // Each line has a button beside it.
    let more: Vec<_> = first.buttons().into_iter().filter(|it| it.label == "More").collect();
    assert_eq!(more.len(), 10, "{:?}", labels(&first));
    let value = more[0].custom_id.clone().unwrap();
    let line = first.text().lines().find(|line| line.contains("(¶")).unwrap().to_string();
    let chosen = discord.press(&ben, &first, &value).message().await;
    assert!(chosen.ephemeral);
    has(&chosen, line.split("**: ").nth(1).unwrap().split(" (¶").next().unwrap());
    assert_eq!(discord.look(&first).text(), first.text());
    // What he opened he can show to all, and it is his.
    let shared = discord.press(&ben, &chosen, "Share here").message().await;
    assert!(!shared.ephemeral);
    assert_eq!(shared.text(), chosen.text());
    assert!(!labels(&shared).contains(&"Share here".into()), "{:?}", labels(&shared));
    has(&discord.press(&scene.ada, &shared, DELETE).message().await, "Only the person who asked");
    // A moderator turns its pages, and so does who asked.
    let maud = scene.server.member_with("Maud", permissions::MANAGE_MESSAGES);
    assert_eq!(discord.press(&maud, &first, "Next page").ack().await.kind, 7);
    has(&discord.look(&first), "(2 of ");
    assert_eq!(discord.press(&scene.ada, &discord.look(&first), "Previous page").ack().await.kind, 7);
    has(&discord.look(&first), "(1 of ");
    assert!(discord.press(&maud, &first, &value).message().await.ephemeral);
    // Who asked chooses for all; where it stands opens beside the answer, for anybody.
    assert_eq!(discord.press(&scene.ada, &first, &value).ack().await.kind, 7);
    let event = discord.look(&first);
    let scene = scene.restart().await;
    for who in [&ben, &scene.ada] {
        let place = scene.discord.press(who, &event, "Where in the text?").message().await;
        assert!(place.ephemeral);
        has(&place, "Paragraph");
    }
    assert_eq!(scene.discord.look(&first).text(), event.text());
    // Alone with the bot nothing needs to be hidden.
    let dm = scene.discord.dm(&scene.ada);
    let asked = scene.discord.slash(&scene.ada, &dm, "quote", [("of", "Paz")]).message().await;
    assert!(!scene.discord.press(&scene.ada, &asked, "Where in the text?").message().await.ephemeral);
    scene.discord.check();
}

#[tokio::test]
async fn a_change_is_confirmed_privately_and_done_once() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let first = scene.bot.revision();
    let file = discord.file("doors.toml", pack().edition("green").text(), Serving::Whole);
    discord.send(&Call::slash(&scene.ada, channel, "reload").option("pack", &file)).message().await;
    let second = scene.bot.revision();
    assert_ne!(first, second);
    let list = discord.slash(&scene.ada, channel, "revisions", NO_OPTIONS).message().await;
    let back =
        list.buttons().into_iter().filter_map(|it| it.custom_id).find(|id| id.contains(&first)).unwrap();
    discord.press(&scene.ada, &list, &back).ack().await;
    let asks = discord.look(&list);
    assert!(asks.ephemeral);
    has(&asks, &format!("Go back to revision {first}?"));
    has(&asks, &format!("<@{}>", scene.ada.id));
    assert_eq!(scene.bot.revision(), second, "nothing is done yet");
    let yes = labels(&asks).into_iter().find(|label| label.starts_with("Yes")).unwrap();
    let presses = [discord.press(&scene.ada, &asks, &yes), discord.press(&scene.ada, &asks, &yes)];
    let mut kinds = vec![presses[0].ack().await.kind, presses[1].ack().await.kind];
    kinds.sort_unstable();
    assert!(kinds == [4, 7] || kinds == [4, 6], "{kinds:?}");
    wait_until("the outcome is there", || discord.look(&asks).text().contains("in use again")).await;
    assert_eq!(scene.bot.revision(), first);
    let audit = scene.bot.ask("/audit 50").stdout;
    assert_eq!(audit.matches("/rollback").count(), 1, "{audit}");
    discord.check();
}

#[tokio::test]
async fn a_long_line_is_kept_for_its_button() {
    let scene = Scene::with_the_first_article().await;
    let long = "Mexico and the United States, Biden and Trump, López Obrador and the border, the election, \
                democracy and trade, migration and institutions";
    let call = Call::slash(&scene.ada, &scene.channel, "search").option("words", long);
    let message = scene.discord.send(&call.option("private", true)).message().await;
    let next = message.buttons().into_iter().find(|it| it.label == "Next page").unwrap();
    assert!(next.custom_id.unwrap().starts_with("nk:"));
    let scene = scene.restart().await;
    assert_eq!(scene.discord.press(&scene.ada, &message, "Next page").ack().await.kind, 7);
    has(&scene.discord.look(&message), "(2 of ");
    scene.discord.check();
}

#[tokio::test]
async fn a_button_that_can_not_work_any_more_is_disabled() {
    let mut scene = Scene::with(&pack().with(
        "[[quote]]\nid = \"q-gone\"\nwords = \"good neighbors\"\nkind = \"phrase\"\ncontext = \"A phrase.\"\nsource = { paragraph = 3 }\n",
    ))
    .await;
    let message = scene.quote("good neighbors").await;
    assert_eq!(labels(&message), ["Where in the text?", DELETE], "{}", message.text());
    // The quote goes; another process loads the packs anew.
    scene.bot.write_pack("doors.toml", pack().edition("green").text());
    scene.bot.run(["load"]).code(0);
    scene.wait_for_edition("green").await;
    let pressed = scene.discord.press(&scene.ada, &message, "Where in the text?");
    let why = pressed.followup(0).await;
    assert!(why.ephemeral);
    let now = scene.discord.look(&message);
    assert!(now.buttons()[0].disabled && !now.buttons()[1].disabled, "{:?}", now.buttons());
    assert_eq!(now.text(), message.text());
    // One whose key is forgotten says so.
    let long = "Octavio Paz and Elena Ríos, the treaty and the border, walls and doors, the river and the town, \
                borders that divide";
    let found = scene.discord.slash(&scene.ada, &scene.channel, "search", [("words", long)]).message().await;
    assert!(labels(&found).contains(&"More".to_string()), "{:?}", labels(&found));
    let kept = format!("k:{}", "0".repeat(24));
    let forgotten =
        json!({"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": kept}]});
    let old = scene.discord.plant(&found, forgotten);
    let pressed = scene.discord.press(&scene.ada, &old, "Old");
    has(&pressed.followup(0).await, "has expired");
    assert!(scene.discord.look(&old).buttons()[0].disabled);
    scene.running().end().await;
    scene.discord.check();
}

#[tokio::test]
async fn many_choices_are_a_menu() {
    let scene = Scene::with_the_first_article().await;
    let list = scene.discord.slash(&scene.ada, &scene.channel, "help", NO_OPTIONS).message().await;
    assert!(list.ephemeral);
    let menu = list.menus().remove(0);
    assert!(menu.options.len() > 10 && menu.options.len() <= 25);
    let chosen = scene.discord.choose(&scene.ada, &list, "", &[&menu.options[0].1]);
    assert_eq!(chosen.ack().await.kind, 7);
    has(&scene.discord.look(&list), "Usage");
    scene.discord.check();
}

#[tokio::test]
async fn only_who_asked_or_a_moderator_deletes_an_answer() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ben = scene.server.member("Ben");
    let maud = scene.server.member_with("Maud", permissions::MANAGE_MESSAGES);
    let answer = scene.quote("Paz").await;
    let refused = discord.press(&ben, &answer, DELETE).message().await;
    assert!(refused.ephemeral);
    has(&refused, "Only the person who asked");
    // Whoever turns its pages, it stays hers.
    let list = discord.slash(&scene.ada, channel, "timeline", [("when", "all")]).message().await;
    discord.press(&ben, &list, "Next page").ack().await;
    let turned = discord.look(&list);
    has(&discord.press(&ben, &turned, DELETE).message().await, "Only the person who asked");
    let nothing = discord.say(&scene.ada, channel, &format!("{} quote zzz", discord.bot().mention()), None);
    let nothing = discord.reply_to(&nothing).await;
    for (who, message) in [(&scene.ada, &turned), (&maud, &answer), (&scene.ada, &nothing)] {
        discord.press(who, message, DELETE).ack().await;
        discord.wait_request("a deletion", |it| it.method == "DELETE").await;
        wait_until("it is deleted", || discord.look(message).deleted).await;
    }
    discord.check();
}
