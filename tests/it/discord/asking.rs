//! Questions: every command, suggestions, help, records, and what is typed by hand or by other clients.

use serde_json::{Value, json};
use std::collections::HashSet;

use crate::common::{Bot, pack};
use crate::discord::scene::{DELETE, Scene, config, has, labels};
use crate::standin::{Call, NO_OPTIONS, permissions};

#[tokio::test]
async fn a_member_asks_and_reads_whose_words_they_are() {
    let scene = Scene::with_the_first_article().await;
    let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    let message = answer.message().await;
    assert_eq!(answer.ack().await.kind, 4);
    assert!(!message.ephemeral);
    has(&message, "Octavio Paz");
    has(&message, "> “");
    has(&message, "as reported by Arturo Sarukhan");
    let text = message.text();
    let foot = text.lines().last().unwrap();
    assert!(foot.starts_with("-# paragraph ") && foot.contains("reported by the author"), "{foot}");
    assert_eq!(labels(&message), ["Where in the text?", DELETE]);
    // Nothing found is for the caller alone, and says what to do next.
    let nothing = scene.quote("Xi Jinping").await;
    assert!(nothing.ephemeral);
    has(&nothing, "Xi Jinping");
    let found = scene.quote("ocatvio paz").await;
    has(&found, "Showing Octavio Paz for “ocatvio paz”");
    scene.discord.check();
}

#[tokio::test]
async fn every_command_answers() {
    let scene = Scene::with_the_first_article().await.editor_now().await;
    let editor = scene.ada.clone();
    for (name, options, expected) in [
        ("quote", vec![("of", "who lost mexico")], "Mexico"),
        ("quote", vec![], "paragraph"),
        ("timeline", vec![("when", "2020")], "2020"),
        ("event", vec![("name", "rose garden")], "Rose Garden"),
        ("actor", vec![("name", "AMLO")], "López Obrador"),
        ("argument", vec![("name", "trilateral")], "trilateral"),
        ("argument", vec![], "¶"),
        ("search", vec![("words", "stolen election")], "election"),
        ("topic", vec![("name", "migration")], "igration"),
        ("topic", vec![], "Migration"),
        ("compare", vec![("first", "Trudeau"), ("second", "amlo")], "Trudeau"),
        ("source", vec![("item", "my way or the highway")], "Paragraph"),
        ("article", vec![], "Author"),
        ("articles", vec![], "us-mexico"),
        ("help", vec![], "/quote"),
        ("help", vec![("command", "quote")], "/quote"),
        ("status", vec![], "Revision"),
        ("revisions", vec![], "in use"),
        ("audit", vec![], "reload"),
        ("rollback", vec![], "no earlier revision"),
        ("reload", vec![], "Nothing has changed"),
        ("room show", vec![], "Channel settings"),
    ] {
        let answer = scene.discord.slash(&editor, &scene.channel, name, options.clone());
        let message = answer.message().await;
        assert!(message.text().contains(expected), "/{name} {options:?}: {}", message.text());
    }
    scene.discord.check();
}

#[tokio::test]
async fn suggestions_say_who_is_meant() {
    let scene = Scene::with_the_first_article().await;
    let typed = |name: &'static str, option: &'static str, text: &'static str| {
        scene.discord.autocomplete(&scene.ada, &scene.channel, name, (option, text), NO_OPTIONS)
    };
    let names = |choices: Vec<(String, Value)>| choices.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let unique = |choices: &[(String, Value)]| {
        let values: HashSet<String> = choices.iter().map(|(_, value)| value.to_string()).collect();
        let names: HashSet<&String> = choices.iter().map(|(name, _)| name).collect();
        values.len() == choices.len() && names.len() == choices.len()
    };
    for text in ["", "a", "re", "mexic", "trump"] {
        for (name, option) in [("source", "item"), ("search", "words"), ("quote", "of"), ("actor", "name")] {
            let choices = typed(name, option, text).choices().await;
            assert!(unique(&choices), "/{name} {text}: {choices:?}");
        }
    }
    let amlo = typed("quote", "of", "aml").choices().await;
    assert!(amlo.contains(&("AMLO → Andrés Manuel López Obrador".into(), json!("AMLO"))), "{amlo:?}");
    assert!(
        names(typed("actor", "name", "lopez ob").choices().await).iter().any(|it| it.contains("Obrador"))
    );
    assert!(names(typed("actor", "name", "ocatvio").choices().await).contains(&"Octavio Paz".into()));
    assert_eq!(names(typed("timeline", "when", "199").choices().await)[0][..3], *"199");
    assert!(!names(typed("argument", "name", "tril").choices().await).is_empty());
    assert!(names(typed("topic", "name", "").choices().await).len() > 5);
    assert!(names(typed("help", "command", "qu").choices().await).contains(&"quote".into()));
    assert!(typed("quote", "of", "zzzzqqq").choices().await.is_empty());
    // What is offered is understood.
    for (_, value) in typed("quote", "of", "o").choices().await {
        let message = scene.quote(value.as_str().unwrap()).await;
        assert!(!message.text().contains("couldn't find"), "{value}: {}", message.text());
    }
    scene.discord.check();
}

#[tokio::test]
async fn help_and_records_speak_as_discord_does() {
    let scene = Scene::with_the_first_article().await.editor_now().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let one = discord.slash(&scene.ada, channel, "help", [("command", "search")]).message().await;
    assert!(one.ephemeral);
    for told in ["/search words \\[page\\] \\[private\\]", "Find in the article", "Only you see"] {
        has(&one, told);
    }
    assert!(!one.text().contains("--"), "{}", one.text());
    let all =
        discord.send(&Call::slash(&scene.ada, channel, "help").option("private", false)).message().await;
    assert!(!all.ephemeral);
    for told in ["Find in the article", "private", "Channel settings"] {
        has(&all, told);
    }
    let shown = discord.slash(&scene.ada, channel, "room show", NO_OPTIONS).message().await;
    has(&shown, "Channel settings");
    discord.slash(&scene.ada, channel, "room private", [("answers", "off")]).message().await;
    let audit = discord.slash(&scene.ada, channel, "audit", NO_OPTIONS).message().await;
    has(&audit, &format!("<@{}> /room private", scene.ada.id));
    has(&audit, "<t:");
    has(&discord.slash(&scene.ada, channel, "status", NO_OPTIONS).message().await, "<t:");
    for command in discord.commands(None) {
        assert!(!command.to_string().contains(" room"), "{command}");
    }
    // In direct messages nobody is offered what only editors can do.
    let dm = discord.dm(&scene.ada);
    assert!(!discord.sees(&scene.ada, &dm, "reload") && discord.sees(&scene.ada, &dm, "quote"));
    discord.check();
}

#[tokio::test]
async fn what_is_decided_about_the_article_is_told_as_it_applies() {
    let bot = Bot::new()
        .pack("doors.toml", pack().text())
        .pack("gates.toml", pack().article("gates").edition("red").text().replace("Walls and", "Gates and"));
    let scene = Scene::new(config(), bot).start().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let decide = async |name: Option<&str>, everywhere: bool| {
        let mut call = Call::slash(&maud, channel, "room article");
        if let Some(name) = name {
            call = call.option("name", name);
        }
        if everywhere {
            call = call.option("everywhere", true);
        }
        discord.send(&call).message().await
    };
    let both = async || {
        let text = discord.slash(&scene.ada, channel, "quote", [("of", "q-silence")]).message().await.text();
        text.contains("Edition blue") && text.contains("Edition red")
    };
    has(&decide(None, false).await, "No default article is set");
    has(&decide(Some("gates"), true).await, "“Gates and doors”");
    // Asking changes nothing.
    has(&decide(None, false).await, "(set for the whole server)");
    assert!(!both().await);
    has(&decide(Some("all"), false).await, "All articles are searched by default");
    has(&decide(None, false).await, "All articles are searched by default (set here)");
    assert!(both().await);
    has(&discord.slash(&maud, channel, "room show", NO_OPTIONS).message().await, "all articles");
    has(&decide(Some("default"), false).await, "“Gates and doors” is the default article");
    assert!(!both().await);
    has(&discord.slash(&maud, channel, "room show", NO_OPTIONS).message().await, "Gates and doors");
    discord.check();
}

#[tokio::test]
async fn numbers_of_hand_made_clients_and_missing_permissions_are_answered() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    for page in [0, -1, 1_000_001, i64::from(i32::MAX), i64::MIN] {
        let call = Call::slash(&scene.ada, channel, "timeline").option("page", page).forced();
        has(&discord.send(&call).message().await, "page takes a whole number");
    }
    // Components need no permission to show links.
    let plain = scene.server.channel("plain");
    scene.server.overwrite_role(&plain, &scene.server.everyone(), 0, permissions::EMBED_LINKS);
    let me = discord.bot().mention();
    for (line, told) in [("quote Paz", "Octavio Paz"), ("compare Trudeau AMLO", "Trudeau")] {
        let asked = discord.say(&scene.ada, &plain, &format!("{me} {line}"), None);
        has(&discord.reply_to(&asked).await, told);
    }
    // Not as a reply, where the history is closed.
    let closed = scene.server.channel("closed");
    scene.server.overwrite_role(&closed, &scene.server.everyone(), 0, permissions::READ_MESSAGE_HISTORY);
    discord.say(&scene.ada, &closed, &format!("{me} quote Paz"), None);
    has(&discord.wait_message(&closed, |_| true).await, "Octavio Paz");
    // An address stays one.
    let address = "https://example.org/a_b_c";
    let nothing = discord.slash(&scene.ada, channel, "search", [("words", address)]).message().await;
    assert!(!nothing.text().contains("a\\_b"), "{}", nothing.text());
    let family = "👨\u{200d}👩\u{200d}👧";
    let nothing = discord.slash(&scene.ada, channel, "quote", [("of", family)]).message().await;
    has(&nothing, family);
}

#[tokio::test]
async fn odd_questions_are_answered_and_nobody_is_pinged() {
    let scene = Scene::with_the_first_article().await;
    let odd = [
        "😀",
        "@everyone",
        "<@&1> <#2>",
        "**bold** `code` ||spoiler|| # head",
        "<script>alert(1)</script>",
        "\u{202e}abc",
        "[x](http://evil.example)",
        "a\nb\n> c",
        "' OR 1=1 --",
        "\u{200b}",
    ];
    for text in odd.into_iter().chain([&*"x".repeat(300), &*"wall ".repeat(60)]) {
        for (name, option) in [("quote", "of"), ("search", "words"), ("actor", "name"), ("timeline", "when")]
        {
            let message =
                scene.discord.slash(&scene.ada, &scene.channel, name, [(option, text)]).message().await;
            assert!(!message.text().is_empty() && message.pings.is_empty(), "{text}");
        }
    }
    let me = scene.discord.bot().mention();
    for text in ["", "@everyone", &"😀".repeat(900), "quote \"", "/", "   quote   Paz   "] {
        let asked = scene.discord.say(&scene.ada, &scene.channel, &format!("{me} {text}"), None);
        let reply = scene.discord.reply_to(&asked).await;
        assert!(!reply.text().is_empty() && reply.pings.is_empty() && !reply.pings_everyone);
    }
    scene.discord.check();
}
