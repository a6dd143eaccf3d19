//! Questions without a slash: the message command, mentions, replies, edits and removals.

use serde_json::json;

use crate::common::{self, Bot};
use crate::discord::scene::{Scene, config, has, labels, wait_until};
use crate::standin::{self, Config, Message, permissions};

#[tokio::test]
async fn a_message_is_looked_up_in_the_article() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.server.member("Ben");
    let said = scene.discord.say(&ben, &scene.channel, "was the election stolen?", None);
    let answer = scene.discord.message_command(&scene.ada, &scene.channel, "Find in the article", &said);
    let message = answer.message().await;
    assert!(message.ephemeral, "whose message it is did not ask");
    has(&message, "election");
    let look_up = async |said: &Message| {
        let answer = scene.discord.message_command(&scene.ada, &scene.channel, "Find in the article", said);
        let message = answer.message().await;
        assert!(message.ephemeral && !message.text().contains("needs: "), "{}", message.text());
        message
    };
    for odd in ["@everyone **look**", &"wall ".repeat(700)] {
        assert!(!look_up(&scene.discord.say(&ben, &scene.channel, odd, None)).await.text().is_empty());
    }
    // Embeds, what a picture shows in words, and the bot's own answers are read.
    let post = |fill: &dyn Fn(&mut standin::Post)| scene.discord.post(&ben, &scene.channel, |it| fill(it));
    let linked = post(&|it| it.embeds = vec![json!({"type": "link", "title": "The stolen election"})]);
    has(&look_up(&linked).await, "election");
    let described = json!({"id": "1", "filename": "a.png", "size": 1, "url": "https://a.b/c", "proxy_url": "https://a.b/c",
        "description": "a stolen election"});
    has(&look_up(&post(&|it| it.attachments = vec![described.clone()])).await, "election");
    let own = scene.quote("Paz").await;
    let found = look_up(&own).await;
    has(&found, "Octavio Paz");
    // What was found can be shown to all.
    let found = look_up(&scene.discord.say(&ben, &scene.channel, "stolen election", None)).await;
    assert!(!scene.discord.press(&scene.ada, &found, "Share here").message().await.ephemeral);
    // What has no words is told so.
    let picture = json!({"id": "1", "filename": "a.png", "size": 1, "url": "https://a.b/c", "proxy_url": "https://a.b/c"});
    has(&look_up(&post(&|it| it.attachments = vec![picture.clone()])).await, "no words to look up");
    has(&look_up(&scene.discord.say(&ben, &scene.channel, "😀", None)).await, "no words to look up");
    scene.discord.check();
}

#[tokio::test]
async fn mentions_and_replies_are_answered_and_talk_is_not() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote Paz"), None);
    let answer = discord.reply_to(&asked).await;
    has(&answer, "Octavio Paz");
    assert!(answer.pings.is_empty());
    // "source?" gives the place.
    let source = discord.say(&scene.ada, channel, "source?", Some(&answer));
    let place = discord.reply_to(&source).await;
    has(&place, "Words in the text");
    // A list has no single place: all of them are given.
    let asked = discord.say(&scene.ada, channel, &format!("{me} timeline 2020"), None);
    let list = discord.reply_to(&asked).await;
    let source = discord.say(&scene.ada, channel, "Sources?", Some(&list));
    has(&discord.reply_to(&source).await, "paragraph");
    // Talk, other bots and webhooks are left alone.
    let before = discord.bot_messages(channel).len();
    discord.say(&scene.ada, channel, "well said, Paz", Some(&answer));
    discord.say(&scene.ada, channel, "quote Paz", None);
    discord.bot_says("Other", channel, &format!("{me} quote Paz"), None);
    discord.webhook_says("Hook", channel, &format!("{me} quote Paz"));
    discord.say(&scene.ada, channel, &format!("thanks, {me}!"), None);
    let last = discord.say(&scene.ada, channel, &format!("hey {me}, what of the stolen election?"), None);
    let found = discord.reply_to(&last).await;
    has(&found, "2006");
    assert!(!labels(&found).iter().any(|label| label.starts_with("Search for")), "{:?}", labels(&found));
    assert_eq!(discord.bot_messages(channel).len(), before + 1);
    // What is only for the caller is not said in a channel.
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    discord.slash(&maud, channel, "room private", [("answers", "on")]).message().await;
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote Paz"), None);
    has(&discord.reply_to(&asked).await, "use the slash command /quote");
    // In direct messages no mention is needed.
    let dm = discord.dm(&scene.ada);
    let asked = discord.say(&scene.ada, &dm, "quote Paz", None);
    has(&discord.reply_to(&asked).await, "Octavio Paz");
    // Nor is a command, and what only begins like one is a question.
    for question in ["who was Octavio Paz?", "help me find Octavio Paz", "Octavio Paz"] {
        let asked = discord.say(&scene.ada, &dm, question, None);
        has(&discord.reply_to(&asked).await, "Octavio Paz");
    }
    let slip = discord.say(&scene.ada, &dm, "qoute Paz", None);
    assert!(labels(&discord.reply_to(&slip).await)[0].starts_with("Did you mean"));
    discord.check();
}

#[tokio::test]
async fn a_reply_that_may_not_be_read_gets_the_source_once() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ben = scene.server.member("Ben");
    // Discord does not show what replies to answers of slash commands say.
    let answer = scene.quote("Paz").await;
    let reply = discord.say(&scene.ada, channel, "source?", Some(&answer));
    let place = discord.reply_to(&reply).await;
    has(&place, "Words in the text");
    has(&place, "I can't read replies");
    assert_eq!(place.raw["flags"].as_u64().unwrap() & 1 << 12, 1 << 12, "nobody is notified");
    // Talk goes on without the bot.
    let before = discord.bot_messages(channel).len();
    discord.say(&ben, channel, "well said", Some(&answer));
    discord.say(&ben, channel, "I agree", Some(&place));
    discord.say_without_ping(&ben, channel, "so do I", &place);
    // Its own role is told apart from others; what is written to it can't be read.
    let staff = scene.server.role("Staff", 0);
    discord.say(&ben, channel, &format!("<@&{}> quote Paz", staff.id), None);
    let role = scene.server.own_role();
    let asked = discord.say(&ben, channel, &format!("<@&{}> quote Paz", role.id), None);
    has(&discord.reply_to(&asked).await, "Mention me, not my role");
    assert_eq!(discord.bot_messages(channel).len(), before + 1);
    discord.check();
    // Where the ping reaches the bot, it reads, and answers "source?" alone.
    let config = Config { pings_reach_answers: true, ..config() };
    let scene = Scene::new(config, Bot::new().pack("us-mexico.toml", common::real_pack())).start().await;
    let answer = scene.quote("Paz").await;
    scene.discord.say(&scene.ada, &scene.channel, "well said", Some(&answer));
    let reply = scene.discord.say(&scene.ada, &scene.channel, "Source, please?", Some(&answer));
    let place = scene.discord.reply_to(&reply).await;
    assert!(!place.text().contains("can't read"), "{}", place.text());
    assert_eq!(scene.discord.bot_messages(&scene.channel).len(), 2);
}

#[tokio::test]
async fn an_edited_or_deleted_question_takes_its_answer_along() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote zzzz"), None);
    let answer = discord.reply_to(&asked).await;
    discord.edit(&asked, &format!("{me} quote Paz"));
    wait_until("the answer is edited", || discord.look(&answer).text().contains("Octavio Paz")).await;
    // A preview is no edit, and neither is an edit that asks the same.
    let edits = discord.look(&answer).edits;
    discord.preview(&asked);
    discord.edit(&asked, &format!("{me}  quote Paz "));
    // Who forgets the mention may add it.
    let late = discord.say(&scene.ada, channel, "actor AMLO", None);
    discord.preview(&late);
    discord.edit(&late, &format!("{me} actor AMLO"));
    let second = discord.reply_to(&late).await;
    has(&second, "López Obrador");
    assert_eq!(discord.look(&answer).edits, edits);
    // It holds over a restart, and a removed answer is not in the way.
    let scene = scene.restart().await;
    let discord = &scene.discord;
    discord.edit(&late, &format!("{me} actor Trudeau"));
    wait_until("the answer is edited", || discord.look(&second).text().contains("Trudeau")).await;
    discord.delete(&second);
    discord.edit(&late, &format!("{me} actor Biden"));
    has(&discord.reply_to(&late).await, "Biden");
    // It had to try.
    discord.pardon();
    // Without the mention, or without the question, there is nothing to answer.
    let third = discord.reply_to(&late).await;
    discord.edit(&late, "never mind");
    wait_until("the answer goes", || discord.look(&third).deleted).await;
    discord.delete(&asked);
    wait_until("the answer goes", || discord.look(&answer).deleted).await;
    discord.check();
}
