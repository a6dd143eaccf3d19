//! Places: threads, posts, direct messages, private answers, and what moderators decide for a room.

use serde_json::json;

use crate::common::{Bot, pack};
use crate::discord::scene::{Scene, config, has, labels, wait_until};
use crate::standin::{Call, Channel, Member, NO_OPTIONS, permissions};

#[tokio::test]
async fn it_answers_in_threads_posts_and_direct_messages() {
    let scene = Scene::with_the_first_article().await;
    let forum = scene.server.forum("Debates");
    let places = [
        scene.server.thread(&scene.channel, "Walls"),
        scene.server.private_thread(&scene.channel, "Quiet walls"),
        scene.server.post(&forum, "Who lost Mexico?"),
        scene.discord.dm(&scene.ada),
    ];
    for place in places {
        let answer = scene.discord.slash(&scene.ada, &place, "quote", [("of", "Paz")]).message().await;
        has(&answer, "Octavio Paz");
    }
    scene.discord.check();
}

#[tokio::test]
async fn who_installed_it_for_themselves_is_answered_anywhere() {
    let scene = Scene::with_the_first_article().await;
    let user = json!({"id": "77", "username": "eve", "discriminator": "0", "avatar": null});
    let interaction = json!({
        "id": "1574568933195776001", "application_id": scene.discord.application_id().to_string(), "type": 2,
        "token": "a-token", "version": 1, "locale": "en-US", "user": user, "entitlements": [],
        "channel_id": "88", "channel": {"id": "88", "type": 3}, "context": 2,
        "app_permissions": "0", "authorizing_integration_owners": {"1": "77"}, "attachment_size_limit": 10_485_760,
        "data": {"id": "5", "name": "quote", "type": 1, "options": [{"name": "of", "type": 3, "value": "Paz"}]},
    });
    scene.discord.dispatch("INTERACTION_CREATE", &interaction);
    let sent = scene.discord.wait_request("an answer", |it| it.path.contains("/a-token/callback")).await;
    assert!(
        sent.body["data"]["components"][0]["components"][0]["content"]
            .as_str()
            .unwrap()
            .contains("Octavio Paz"),
        "{}",
        sent.body
    );
}

#[tokio::test]
async fn an_answer_is_private_when_asked_for_or_when_the_room_says_so() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ask = |extra: Option<bool>| {
        let call = Call::slash(&scene.ada, channel, "quote").option("of", "Paz");
        discord.send(&match extra {
            Some(private) => call.option("private", private),
            None => call,
        })
    };
    assert!(ask(Some(true)).message().await.ephemeral);
    assert!(!ask(None).message().await.ephemeral);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let decided = discord.slash(&maud, channel, "room private", [("answers", "on")]).message().await;
    has(&decided, "Answers are shown only to the person who asked.");
    assert!(ask(None).message().await.ephemeral);
    assert!(!ask(Some(false)).message().await.ephemeral);
    // Somebody who presses a button of a public answer there gets an answer of their own.
    let public = ask(Some(false)).message().await;
    let own = discord.press(&scene.ada, &public, "Where in the text?");
    assert_eq!(own.ack().await.kind, 4);
    assert!(own.message().await.ephemeral);
    discord.check();
}

#[tokio::test]
async fn moderators_decide_for_their_rooms_and_threads_follow() {
    let bot = Bot::new()
        .pack("doors.toml", pack().text())
        .pack("gates.toml", pack().article("gates").edition("red").text().replace("Walls and", "Gates and"));
    let scene = Scene::new(config(), bot).start().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let other = scene.server.channel("other");
    let thread = scene.server.thread(channel, "Walls");
    assert!(!discord.sees(&scene.ada, channel, "room"));
    assert!(discord.sees(&maud, channel, "room"));
    let quote = async |place: &Channel| {
        discord.slash(&scene.ada, place, "quote", [("of", "q-silence")]).message().await.text()
    };
    assert!(quote(channel).await.contains("Edition blue") && quote(channel).await.contains("Edition red"));
    discord.slash(&maud, channel, "room article", [("name", "gates")]).message().await;
    for place in [channel, &thread] {
        let text = quote(place).await;
        assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    }
    assert!(quote(&other).await.contains("Edition blue"), "another channel is not touched");
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &thread, &format!("{me} quote q-silence"), None);
    let text = discord.reply_to(&asked).await.text();
    assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    // Another article can still be named, and is offered.
    let offered =
        discord.autocomplete(&maud, channel, "room article", ("name", ""), NO_OPTIONS).choices().await;
    assert_eq!(offered.len(), 2, "{offered:?}");
    // A command is off for the whole server, and on again in one channel.
    let everywhere = [("command", standin_given("compare")), ("use", standin_given("off"))];
    let call = Call::slash(&maud, channel, "room commands").options(everywhere).option("everywhere", true);
    discord.send(&call).message().await;
    let compare = async |who: &Member, place: &Channel| {
        let options = [("first", "Paz"), ("second", "rios")];
        discord.slash(who, place, "compare", options).message().await
    };
    has(&compare(&scene.ada, &other).await, "turned off here");
    has(&compare(&maud, &other).await, "Octavio Paz and Elena Ríos");
    discord.slash(&maud, channel, "room commands", [("command", "compare"), ("use", "on")]).message().await;
    has(&compare(&scene.ada, &thread).await, "Octavio Paz and Elena Ríos");
    let shown = discord.slash(&maud, &thread, "room show", NO_OPTIONS).message().await;
    has(&shown, "Gates and doors");
    // It outlives the program.
    let scene = scene.restart().await;
    let text = scene.quote("q-silence").await.text();
    assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    scene.discord.check();
}

fn standin_given(text: &str) -> String {
    text.to_string()
}

#[tokio::test]
async fn a_server_is_greeted_once_when_the_bot_comes() {
    let scene = Scene::with_the_first_article().await;
    let discord = &scene.discord;
    let server = |joined: jiff::Timestamp| {
        json!({
            "id": scene.server.id.to_string(), "name": "Reading circle", "roles": [], "preferred_locale": "es-ES",
            "joined_at": joined.to_string(), "system_channel_id": scene.channel.id.to_string(),
        })
    };
    #[expect(clippy::disallowed_methods, reason = "the program runs in real time")]
    let now = jiff::Timestamp::now();
    // Discord sends all servers at every connection.
    discord.dispatch("GUILD_CREATE", &server(now - jiff::SignedDuration::from_hours(1)));
    discord.dispatch("GUILD_CREATE", &json!({ "id": "7", "unavailable": true }));
    scene.quote("Paz").await;
    assert!(!discord.bot_messages(&scene.channel).iter().any(|it| it.text().contains("Aquí está")));
    discord.dispatch("GUILD_CREATE", &server(now));
    wait_until("the greeting", || {
        discord.bot_messages(&scene.channel).iter().any(|it| it.text().contains("Aquí está Rapporteur"))
    })
    .await;
    let greeting =
        discord.bot_messages(&scene.channel).into_iter().find(|it| it.text().contains("Aquí está"));
    let greeting = greeting.unwrap();
    assert_eq!(labels(&greeting), ["Una cita", "Fechas clave", "Algo para comentar"]);
    assert!(discord.press(&scene.ada, &greeting, "Una cita").message().await.ephemeral);
    let scene = scene.restart().await;
    let discord = &scene.discord;
    let again = json!({
        "id": scene.server.id.to_string(), "roles": [], "joined_at": now.to_string(),
        "system_channel_id": scene.channel.id.to_string(),
    });
    discord.dispatch("GUILD_CREATE", &again);
    scene.quote("Paz").await;
    let greetings = discord.bot_messages(&scene.channel);
    assert_eq!(greetings.iter().filter(|it| it.text().contains("Rapporteur")).count(), 1);
    assert!(discord.pinging().is_empty());
    discord.check();
}

#[tokio::test]
async fn what_is_kept_of_a_server_is_marked_when_the_bot_is_removed() {
    let scene = Scene::with_the_first_article().await;
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    scene.discord.slash(&maud, &scene.channel, "room private", [("answers", "off")]).message().await;
    let marked = || {
        let database = rusqlite::Connection::open(scene.bot.data().join("community.db")).unwrap();
        let mut places = database.prepare("SELECT place FROM left_place ORDER BY place").unwrap();
        let places = places.query_map([], |row| row.get::<_, String>(0)).unwrap();
        places.map(Result::unwrap).collect::<Vec<String>>()
    };
    // Discord itself can't reach the server: nobody has removed us.
    let server = scene.server.id.to_string();
    scene.discord.dispatch("GUILD_DELETE", &json!({ "id": server, "unavailable": true }));
    let quiet = scene.server.channel("quiet");
    scene.discord.dispatch("CHANNEL_DELETE", &json!({ "id": quiet.id.to_string(), "type": 0 }));
    wait_until("the channel", || marked() == [format!("discord:channel:{}", quiet.id)]).await;
    scene.discord.dispatch("GUILD_DELETE", &json!({ "id": server }));
    wait_until("the server", || marked().len() == 2).await;
    scene.discord.dispatch("GUILD_CREATE", &json!({ "id": server, "roles": [] }));
    wait_until("the server again", || marked().len() == 1).await;
}
