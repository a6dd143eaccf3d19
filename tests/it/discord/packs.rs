//! Editors: who is one, and packs that they attach.

use crate::common::{Bot, pack};
use crate::discord::scene::{Scene, config, has, wait_until};
use crate::standin::{self, Call, Serving, permissions};

#[tokio::test]
async fn members_owners_and_moderators_are_no_editors() {
    let scene = Scene::new(config(), Bot::new().pack("doors.toml", pack().text()));
    let role = scene.server.role("Editors", 0);
    let far = scene.discord.server("Another server");
    let same_name = far.role("Editors", 0);
    let (eve, far_eve) = (scene.server.member("Eve"), far.member("Eva"));
    scene.server.give(&eve, &role);
    far.give(&far_eve, &same_name);
    let listed = format!("discord-role:{}:{}", scene.server.id, role.id);
    let scene = scene.editor(&listed).start().await;
    let discord = &scene.discord;
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let far_channel = far.channel("general");
    assert!(!discord.sees(&scene.ada, &scene.channel, "reload"));
    assert!(discord.sees(&maud, &scene.channel, "reload"), "Discord knows nothing of editors");
    for (who, place) in [
        (&scene.ada, &scene.channel),
        (&maud, &scene.channel),
        (&far.owner(), &far_channel),
        (&far_eve, &far_channel),
        (&scene.server.owner(), &scene.channel),
    ] {
        let answer = discord.send(&Call::slash(who, place, "reload").forced()).message().await;
        assert!(answer.ephemeral);
        has(&answer, "Only editors can use /reload");
    }
    let answer = discord.send(&Call::slash(&eve, &scene.channel, "reload").forced()).message().await;
    has(&answer, "Nothing has changed");
    // A member can't get at it by a button or a mention either.
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &scene.channel, &format!("{me} reload"), None);
    has(&discord.reply_to(&asked).await, "Only editors can use /reload");
    let audit = scene.bot.ask("/audit 50").stdout;
    assert!(audit.contains(&format!("discord:{} /reload refused", scene.ada.id)), "{audit}");
    assert!(audit.contains(&format!("discord:{} /reload done", eve.id)), "{audit}");
    discord.check();
}

#[tokio::test]
async fn an_attached_pack_is_checked_and_loaded() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let discord = &scene.discord;
    let reload = |file: &standin::File| {
        discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", file))
    };
    // A better edition of the same article takes its place, under its own name.
    let green = discord.file("my_pack.toml", pack().edition("green").text(), Serving::Chunked);
    let answer = reload(&green).message().await;
    assert!(answer.ephemeral);
    has(&answer, "Loaded: ");
    has(&answer, "Changed");
    has(
        &scene.discord.slash(&scene.ada, &scene.channel, "actor", [("name", "Paz")]).message().await,
        "Edition green",
    );
    assert!(std::fs::read_to_string(scene.bot.packs().join("doors.toml")).unwrap().contains("Edition green"));
    // Another article comes beside it, and now an article can be named.
    let gates = discord.file("gates.toml", pack().article("gates").edition("red").text(), Serving::Whole);
    has(&reload(&gates).message().await, "Added");
    wait_until("the option is registered", || {
        let quote = discord.commands(None).into_iter().find(|it| it["name"] == "quote").unwrap();
        quote["options"].as_array().unwrap().iter().any(|it| it["name"] == "article")
    })
    .await;
    // A dry run puts nothing anywhere.
    let dry = discord.file("more.toml", pack().article("more").text(), Serving::Whole);
    let call = Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &dry).option("dry-run", true);
    has(&discord.send(&call).message().await, "A reload would change this");
    let mut packs: Vec<_> =
        std::fs::read_dir(scene.bot.packs()).unwrap().map(|it| it.unwrap().file_name()).collect();
    packs.sort();
    assert_eq!(packs, ["doors.toml", "gates.toml"]);
    discord.check();
}

#[tokio::test]
async fn a_wrong_attached_pack_changes_nothing_and_every_error_is_told() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let discord = &scene.discord;
    let reload = |file: &standin::File| {
        discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", file))
    };
    let before = scene.bot.revision();
    // A handful of errors fit.
    let broken = pack().edition("bad").text().replace("speaker = \"paz\"", "speaker = \"pas\"");
    let answer = reload(&discord.file("doors.toml", broken, Serving::Whole)).message().await;
    has(&answer, "Nothing was loaded: 1 error");
    has(&answer, "doors.toml:");
    has(&answer, "`pas`");
    assert!(answer.attachments.is_empty());
    // Hundreds are cut, and whole in a file.
    let mut many = pack().text();
    for number in 0..300 {
        many.push_str(&format!("\n[[fact]]\nid = \"f-{number}\"\nstatement = \"s\"\nstanding = \"fact\"\nactors = [\"nobody-{number}\"]\nsource = {{ paragraph = 1 }}\n"));
    }
    let answer = reload(&discord.file("doors.toml", many, Serving::Whole)).message().await;
    has(&answer, "Nothing was loaded: 600 errors");
    assert_eq!(answer.text().matches("```").count() % 2, 0, "a code block is cut open");
    assert_eq!(answer.attachments.len(), 1);
    let sent = discord.wait_request("the file of errors", |it| !it.files.is_empty()).await;
    let file = String::from_utf8_lossy(&sent.files[0].bytes).into_owned();
    for number in 0..300 {
        assert!(file.contains(&format!("`nobody-{number}`")), "{number}");
    }
    // What is not even text, on another host, too large, broken off or gone.
    let mut foreign = discord.file("doors.toml", pack().text(), Serving::Whole);
    foreign.url = "http://127.0.0.1:9/attachments/doors.toml".into();
    let large = discord.file("doors.toml", vec![b'#'; 9 << 20], Serving::Chunked);
    let lying = discord.file("doors.toml", vec![b'#'; 9 << 20], Serving::Chunked);
    discord.declare_size(&lying, 10);
    let file = |serving| discord.file("doors.toml", pack().edition("bad").text(), serving);
    let elsewhere = format!("{}/attachments/none", discord.gateway_url().replace("ws:", "http:"));
    for (file, told) in [
        (discord.file("doors.toml", b"\xff\xfe\x00".to_vec(), Serving::Whole), "is not UTF-8"),
        (foreign, "not where Discord keeps files"),
        (large.clone(), "larger than 8 MiB"),
        (lying, "larger than 8 MiB"),
        (file(Serving::BrokenAfter(100)), "can't be fetched"),
        (file(Serving::Status(404)), "can't be fetched"),
        (file(Serving::Redirect(elsewhere)), "can't be fetched"),
    ] {
        let message = reload(&file).wait_for(|it| !it.loading).await;
        assert!(message.text().contains(told), "{told}: {}", message.text());
    }
    assert_eq!(discord.asked_for(&large), 0, "its size was told");
    assert_eq!(scene.bot.revision(), before);
    has(&scene.quote("Paz").await, "Edition blue");
    // Nobody else makes the bot fetch anything.
    let unasked = file(Serving::Whole);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let call = Call::slash(&maud, &scene.channel, "reload").option("pack", &unasked);
    has(&discord.send(&call).message().await, "Only editors can use");
    assert_eq!(discord.asked_for(&unasked), 0);
    discord.check();
}
