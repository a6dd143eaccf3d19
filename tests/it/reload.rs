//! Reloads: all or nothing, whoever else reads and reloads meanwhile.

use rapporteur::answer::AnswerKind;
use rapporteur::chat::terminal;
use rapporteur::commands::{Caller, Role};
use rapporteur::settings::Settings;
use std::collections::HashSet;
use std::sync::Arc;

use crate::common::{Bot, Output, field, list, pack};

#[test]
fn the_first_start_loads_by_itself() {
    let bot = Bot::new().pack("doors.toml", pack().text());
    bot.ask("/quote Paz").code(0).says("Edition blue");
    bot.ask("/audit").says("program:start /reload done");
}

#[test]
fn the_first_load_says_what_it_loaded() {
    let bot = Bot::new().pack("doors.toml", pack().text());
    bot.run(["load"]).code(0).says("1 article");
    bot.ask("/quote Paz").code(0).says("Edition blue");
}

#[test]
fn a_reload_says_what_is_different() {
    let bot = Bot::with(&pack());
    let before = bot.revision();
    let topic = |id: &str, summary: &str| {
        format!("[[topic]]\nid = \"{id}\"\nname = \"Subject {id}\"\nsummary = \"{summary}\"\n")
    };
    bot.write_pack("doors.toml", pack().with(&topic("one", "x")).with(&topic("two", "x")).text());
    let added = bot.ask_json("/reload");
    assert_eq!(list(&added, "Added"), ["doors/one", "doors/two"]);
    assert_eq!(list(&added, "Changed"), [""; 0]);

    bot.write_pack("doors.toml", pack().with(&topic("one", "y")).text());
    bot.write_pack("second.toml", pack().article("second").text());
    let dry = bot.ask_json("/reload --dry-run");
    let done = bot.ask_json("/reload");
    for answer in [&dry, &done] {
        assert_eq!(list(answer, "Changed"), ["doors/one: summary “x” → “y”"]);
        assert_eq!(list(answer, "Removed"), ["doors/two"]);
        let added = list(answer, "Added");
        assert!(added.contains(&"second/paz".into()) && added.contains(&"second/second".into()), "{added:?}");
        assert!(added.iter().all(|it| it.starts_with("second/")), "{added:?}");
    }
    assert_eq!(field(&dry, "Revision"), field(&done, "Revision"));
    assert_eq!(field(&done, "Revision"), Some(bot.revision()));

    // A whole article goes, and all is as it was in the beginning.
    std::fs::remove_file(bot.packs().join("second.toml")).unwrap();
    bot.write_pack("doors.toml", pack().text());
    let answer = bot.ask_json("/reload --remove");
    assert_eq!(list(&answer, "Removed"), ["doors/one"]);
    assert_eq!(list(&answer, "Removed articles"), ["Walls and doors (second): 9 items"]);
    assert_eq!(bot.revision(), before);
}

#[test]
fn an_article_goes_only_if_the_editor_says_so() {
    let bot = Bot::with(&pack());
    bot.write_pack("second.toml", pack().article("second").edition("red").text());
    bot.ask("/reload").code(0);
    let both = bot.revision();
    std::fs::rename(bot.packs().join("second.toml"), bot.home().join("second.toml")).unwrap();

    let gone = "the article “Walls and doors (second)” with 9 items";
    bot.ask("/reload --dry-run").code(0).says(&format!("removes {gone}")).says("/reload --remove");
    bot.ask("/reload")
        .code(3)
        .says(&format!("Nothing was loaded: it would remove {gone}."))
        .says("/reload --remove");
    bot.run(["load"]).code(3).says(gone);
    assert_eq!(bot.revision(), both);
    bot.ask("/article second").code(0);
    // What `/reload` advises brings the pack back.
    let exported = bot.run(["export", "second"]);
    // Under another name it is the same article.
    bot.write_pack("renamed.toml", &exported.stdout);
    bot.ask("/reload").code(0).says("Nothing has changed");
    std::fs::remove_file(bot.packs().join("renamed.toml")).unwrap();

    bot.ask("/reload --remove").code(0).says(&format!("removes {gone}"));
    bot.ask("/article second").code(1);
    // A rollback to before says what comes back by itself; one to after, what goes.
    let one = bot.revision();
    bot.ask(&format!("/rollback {both}")).code(0);
    bot.ask(&format!("/rollback {one}")).code(0).says(&format!("This removes {gone}."));
    // The start of a program takes nothing away either.
    bot.ask(&format!("/rollback {both}")).code(0);
    bot.ask("/article second").code(0);
}

/// One who chooses `/reload` is not asked to confirm what would be refused.
#[test]
fn a_chosen_reload_says_that_an_article_would_go() {
    let bot = Bot::with(&pack());
    bot.write_pack("second.toml", pack().article("second").text());
    bot.ask("/reload").code(0);
    std::fs::remove_file(bot.packs().join("second.toml")).unwrap();
    let mut chat = bot.chat();
    let refused = chat.say("/reload");
    let number = refused.lines().find_map(|line| {
        let (number, label) = line.trim().strip_prefix('[')?.split_once(']')?;
        label.contains("remove it").then(|| number.to_string())
    });
    let asked = chat.say(&number.unwrap_or_else(|| panic!("no choice in {refused}")));
    assert!(
        asked.contains("removes the article") && asked.contains("Yes, do it: /reload --remove"),
        "{asked}"
    );
    assert_eq!(list(&bot.ask_json("/articles"), "").len(), 2);
}

#[test]
fn a_changed_item_is_shown_with_its_old_and_new_text() {
    let bot = Bot::with(&pack().edition("blue"));
    let long = format!("{} the treaty {}", "word ".repeat(100), "end ".repeat(100));
    let text = |middle: &str| {
        let topic = format!(
            "[[topic]]\nid = \"long\"\nname = \"Long\"\nsynonyms = [\"lengthy\"]\nsummary = \"{}\"\n",
            long.replace("treaty", middle)
        );
        pack().with(&topic).text()
    };
    bot.write_pack("doors.toml", text("treaty"));
    bot.ask("/reload").code(0);
    bot.write_pack("doors.toml", text("bridge").replace("\"lengthy\"", "\"lengthy\", \"drawn out\""));
    let changed = list(&bot.ask_json("/reload --dry-run"), "Changed");
    let shown = changed.first().cloned().unwrap_or_default();
    assert!(shown.contains("the treaty end") && shown.contains("the bridge end"), "{changed:?}");
    assert!(shown.contains("drawn out") && shown.chars().count() < 400, "{changed:?}");
    // However much changes, the answer stays one that a chat can hold.
    bot.write_pack("doors.toml", pack().edition("a word that is new in every item").events(200).text());
    let output = bot.ask("/reload --dry-run");
    assert!(output.stdout.chars().count() < 12_000, "{}", output.stdout.len());
}

#[test]
fn a_first_start_loads_the_packs_that_are_right() {
    let bot = Bot::new().pack("doors.toml", pack().text()).pack(
        "broken.toml",
        pack().article("broken").text().replace("kind = \"verbatim\"", "kind = \"verbtim\""),
    );
    bot.ask("/quote Paz").code(0).says("Edition blue").complains("broken.toml").complains("verbtim");
    // Now that a library answers, it is all or nothing.
    bot.write_pack("doors.toml", pack().edition("red").text());
    bot.ask("/reload").code(3).says("Nothing was loaded").says("broken.toml").says("stays in use");
    bot.ask("/quote Paz").code(0).says("Edition blue");
    bot.write_pack("broken.toml", pack().article("broken").edition("red").text());
    bot.ask("/reload").code(0).says("9 added");
    // Nor does it matter whether a person or the program loads first.
    let bot = Bot::new().pack("doors.toml", pack().text()).pack("broken.toml", "what is this");
    bot.run(["load"]).code(3).says("Loaded: 1 article").says("1 pack not loaded: broken.toml");
    bot.ask("/quote Paz").code(0).says("Edition blue");
    // Which of two files is the article nobody can tell.
    let bot = Bot::new()
        .pack("a.toml", pack().edition("one").text())
        .pack("b.toml", pack().edition("two").text())
        .pack("c.toml", pack().article("third").edition("three").text());
    bot.ask("/quote Paz").code(0).says("Edition three").never_says("Edition one").never_says("Edition two");
    // With nothing right there is nothing to load.
    let bot = Bot::new().pack("broken.toml", "what is this");
    bot.run(["load"]).code(3).says("Nothing was loaded: 1 error").never_says("stays in use");
}

/// A library of another schema is like none, but the articles that it had are missed.
#[test]
fn an_article_that_a_library_of_another_schema_had_is_missed() {
    let bot = Bot::with(&pack());
    bot.write_pack("second.toml", pack().article("second").text());
    bot.ask("/reload").code(0);
    let file = bot.library(&bot.revision());
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute("UPDATE about SET value = 'another' WHERE name = 'schema'", ()).unwrap();
    db.close().unwrap();
    std::fs::remove_file(bot.packs().join("second.toml")).unwrap();
    bot.write_pack("broken.toml", "what is this");
    bot.ask("/quote Paz").code(0).says("Edition blue").complains("second").complains("broken.toml");
}

#[test]
fn the_same_content_is_the_same_revision() {
    let bot = Bot::with(&pack());
    let (revision, file) = (bot.revision(), bot.library(&bot.revision()));
    let made = std::fs::metadata(&file).unwrap().modified().unwrap();
    bot.ask("/reload").code(0).says("Nothing has changed");
    let spaced = pack().text().replace("\n\n", "\n\n\n# A note.\n").replace(" = ", "   =  ");
    bot.write_pack("doors.toml", spaced);
    bot.ask("/reload").code(0).says("Nothing has changed");
    assert_eq!(bot.revision(), revision);
    assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), made);
    assert_eq!(list(&bot.ask_json("/revisions"), "").len(), 1);
}

#[test]
fn a_dry_run_changes_nothing() {
    let bot = Bot::with(&pack()).pack("doors.toml", pack().edition("red").text());
    let (revision, files) = (bot.revision(), bot.library_files());
    bot.ask("/reload --dry-run").code(0).says("would change").says("doors/q-silence");
    bot.ask("/quote Paz").code(0).says("Edition blue");
    assert_eq!((bot.revision(), bot.library_files()), (revision, files));
}

#[test]
fn back_and_forth() {
    let bot = Bot::with(&pack());
    let blue = bot.revision();
    bot.ask("/rollback").code(1).says("no earlier revision");
    bot.write_pack("doors.toml", pack().edition("red").text());
    bot.ask("/reload").code(0);
    let red = bot.revision();
    assert_ne!(blue, red);
    for (line, edition, revision) in [
        ("/rollback".to_string(), "Edition blue", &blue),
        ("/rollback".to_string(), "Edition red", &red),
        (format!("/rollback {blue}"), "Edition blue", &blue),
        (format!("/rollback {}", &red[..6]), "Edition red", &red),
        ("/rollback".to_string(), "Edition blue", &blue),
        // The packs have not changed: a reload loads them again.
        ("/reload".to_string(), "Edition red", &red),
    ] {
        bot.ask(&line).code(0);
        bot.ask("/quote Paz").code(0).says(edition);
        assert_eq!(&bot.revision(), revision, "{line}");
    }
    bot.ask(&format!("/rollback {red}")).code(1).says("already in use");
    bot.ask("/revisions").code(0).says(&blue).says(&red).says("in use").says("terminal:ada");
    bot.ask("/audit 50").says("/rollback").says("/reload");
}

#[test]
fn only_the_newest_revisions_are_kept() {
    let bot = Bot::new().env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "3");
    let mut revisions = Vec::new();
    for edition in ["one", "two", "three", "four", "five"] {
        bot.write_pack("doors.toml", pack().edition(edition).text());
        bot.ask("/reload").code(0);
        revisions.push(bot.revision());
    }
    let kept: HashSet<String> =
        bot.library_files().into_iter().filter(|name| name.ends_with(".db")).collect();
    let newest: HashSet<String> = revisions[2..].iter().map(|revision| format!("{revision}.db")).collect();
    assert_eq!(kept, newest);
    let gone = list(&bot.ask_json("/revisions"), "").iter().filter(|it| it.contains("file deleted")).count();
    assert_eq!(gone, 2);
    bot.ask(&format!("/rollback {}", revisions[0])).code(3).says("gone");
    bot.ask(&format!("/rollback {}", revisions[2])).code(0);
    bot.ask("/quote Paz").says("Edition three");
    // What answers is never deleted, even if nothing else is kept.
    let bot =
        bot.env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "1").pack("doors.toml", pack().edition("six").text());
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition six");
}

#[test]
fn two_reloads_at_once() {
    for round in 0..5 {
        let bot = Bot::with(&pack()).pack("doors.toml", pack().edition("red").events(300).text());
        let both = [0, 1].map(|_| bot.command().args(["ask", "/reload"]).spawn().unwrap());
        let both = both.map(Output::read);
        for output in &both {
            let busy = output.code == 3 && output.stdout.contains("Another reload is in progress");
            assert!(output.code == 0 || busy, "round {round}: {output}");
        }
        assert!(both.iter().any(|output| output.code == 0), "round {round}: {} {}", both[0], both[1]);
        bot.ask("/quote Paz").code(0).says("Edition red");
    }
}

#[test]
fn two_first_starts_at_once() {
    // What can go wrong here does so in a few of a hundred starts.
    for round in 0..30 {
        let bot = Bot::new().pack("doors.toml", pack().text());
        let both = [0, 1].map(|_| bot.command().args(["ask", "/quote Paz"]).spawn().unwrap());
        let both = both.map(Output::read);
        assert!(both.iter().any(|output| output.code == 0), "round {round}: {} {}", both[0], both[1]);
        for output in both {
            // The slower one answers too, or says what is the matter.
            let busy = output.code == 3 && output.stderr.contains("reload is under way");
            assert!(output.code == 0 || busy, "round {round}: {output}");
        }
        bot.ask("/quote Paz").code(0).says("Edition blue");
    }
}

/// While one process holds the right to build, others are refused, and members are answered.
#[test]
fn a_reload_that_lasts() {
    let bot = Bot::with(&pack()).pack("doors.toml", pack().edition("red").text());
    let lock = std::fs::File::options().append(true).open(bot.data().join("library/lock")).unwrap();
    lock.lock().unwrap();
    bot.ask("/reload").code(3).says("Another reload is in progress");
    bot.ask("/rollback").code(3).says("A reload is in progress");
    bot.ask("/quote Paz").code(0).says("Edition blue");
    drop(lock);
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition red");
}

#[test]
fn a_running_chat_hears_of_a_reload_elsewhere() {
    let bot = Bot::with(&pack());
    let mut chat = bot.chat();
    assert!(chat.say("/quote Paz").contains("Edition blue"));
    bot.write_pack("doors.toml", pack().edition("red").text());
    bot.ask("/reload").code(0);
    assert!(chat.say("/quote Paz").contains("Edition red"));
    bot.ask("/rollback").code(0);
    assert!(chat.say("/quote Paz").contains("Edition blue"));
}

/// Lines whose answers name the edition at several places, so that a mixture would show.
pub const LINES: [&str; 8] = [
    "/quote Paz",
    "/quote rios",
    "/actor paz",
    "/event treaty",
    "/topic borders",
    "/argument people-too",
    "/source f-nobody",
    "/article",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_members_ask_during_reloads() {
    const ROUNDS: usize = 12;
    let bot = Bot::new().pack("doors.toml", pack().edition("blue").events(50).text());
    let mut settings = Settings::default();
    settings.data.folder = bot.data();
    settings.library.packs = bot.packs();
    let (world, trouble) = rapporteur::service::open(&settings).await.unwrap();
    assert_eq!(trouble, None);
    let world = Arc::new(world);
    let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let members = (0..100).map(|number| {
        let (world, done) = (Arc::clone(&world), Arc::clone(&done));
        tokio::spawn(async move {
            let caller = Caller { id: format!("test:{number}"), role: Role::Member };
            let mut seen = [0_usize; 2];
            for line in LINES.iter().cycle().skip(number) {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                let answer = terminal::ask(&world, &caller, line).await;
                assert_eq!(answer.kind, AnswerKind::Found, "{line}: {answer:?}");
                let text = serde_json::to_string(&answer).unwrap();
                let editions = ["Edition blue", "Edition red"].map(|edition| text.contains(edition));
                assert!(editions[0] != editions[1], "{line} is answered from both or neither: {text}");
                seen[usize::from(editions[1])] += 1;
            }
            seen
        })
    });
    let members: Vec<_> = members.collect();
    let editor = Caller { id: "test:editor".into(), role: Role::Editor };
    for round in 0..ROUNDS {
        let edition = if round % 2 == 0 { "red" } else { "blue" };
        // New content each time, so that a file is really built.
        let topic = format!("[[topic]]\nid = \"round\"\nname = \"Round {round}\"\nsummary = \"S.\"");
        bot.write_pack("doors.toml", pack().edition(edition).events(50).with(&topic).text());
        let answer = terminal::ask(&world, &editor, "/reload").await;
        assert_eq!(answer.kind, AnswerKind::Found, "{answer:?}");
        let answer = terminal::ask(&world, &editor, "/quote Paz").await;
        assert!(serde_json::to_string(&answer).unwrap().contains(&format!("Edition {edition}")));
    }
    done.store(true, std::sync::atomic::Ordering::Relaxed);
    let mut seen = [0, 0];
    for member in members {
        let [blue, red] = member.await.unwrap();
        seen = [seen[0] + blue, seen[1] + red];
    }
    assert!(seen[0] > 100 && seen[1] > 100, "the members saw {seen:?}");
}
