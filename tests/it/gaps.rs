//! What was asked and not answered: what editors learn of it, and what is not kept.

use rapporteur::answer::{Answer, AnswerKind, Block, Entry};
use rapporteur::commands::{self, Origin, Role};
use rapporteur::community::Gap;
use rapporteur::platform::Platform;

use crate::common::{Bot, Room, pack};

const EMPTY: &str = "Every question found an answer.";

const ABSENT: &str = "who is Vladimir Zebra?";

/// The lines of a list.
fn entries(answer: &Answer) -> Vec<&Entry> {
    let lists = answer.blocks.iter().filter_map(|block| match block {
        Block::List { entries, .. } => Some(entries),
        _ => None,
    });
    lists.flatten().collect()
}

fn shown(answer: &Answer) -> Vec<String> {
    entries(answer).iter().map(|entry| format!("{}: {}", entry.lead, entry.text)).collect()
}

/// Asked by somebody who is no editor.
async fn asked(room: &Room, question: &str) -> Answer {
    let mut caller = room.caller.clone();
    (caller.id, caller.role) = ("test:ben".into(), Role::Member);
    match commands::line::parse_or_ask(question, caller, Platform::Terminal) {
        Ok(mut request) => commands::run_or_ask(&room.world, &mut request).await,
        Err(answer) => *answer,
    }
}

async fn kept(room: &Room) -> Vec<Gap> {
    room.world.community.gaps().await.unwrap()
}

#[tokio::test]
async fn editors_see_what_was_asked_and_not_answered() {
    let room = Room::of(&[&pack().text()]).await;
    assert_eq!(room.ask("gaps").await.title, EMPTY);
    for question in ["what of the unicorns", ABSENT, "Who is vladimir ZEBRA", "Octavio Paz"] {
        asked(&room, question).await;
    }
    // All spellings of a question are one. What was answered is none of them, and neither is what was only looked for.
    asked(&room, "/quote Zebra").await;
    asked(&room, "/search zebras").await;
    let answer = room.ask("gaps").await;
    assert_eq!(answer.kind, AnswerKind::Found);
    assert_eq!(
        shown(&answer),
        [
            "2 times, last on 23 November 2026: “Who is vladimir ZEBRA”",
            "once, last on 23 November 2026: “what of the unicorns”",
        ]
    );
    // It is not asked again by who looks at it.
    let line = entries(&answer)[0].line.clone().unwrap();
    let mut request = commands::line::parse(&line, room.caller.clone(), Platform::Terminal).unwrap();
    request.origin = Origin::Chosen;
    assert_eq!(commands::run(&room.world, &request).await.kind, AnswerKind::NothingFound);
    assert_eq!(kept(&room).await[0].times, 2);
    // Those of one number are in the order of their days.
    room.later(1);
    asked(&room, "what of the griffins").await;
    let days: Vec<i64> = kept(&room).await.iter().map(|gap| gap.day).collect();
    assert_eq!(days[1], days[2] + 1);
    assert!(shown(&room.ask("gaps").await)[1].starts_with("once, last on 24 November 2026"));
}

#[tokio::test]
async fn the_list_is_not_for_members_and_says_nothing_of_who_asked() {
    let room = Room::of(&[&pack().text()]).await;
    asked(&room, ABSENT).await;
    assert_eq!(asked(&room, "/gaps").await.kind, AnswerKind::Refused);
    assert_eq!(asked(&room, "/gaps clear").await.kind, AnswerKind::Refused);
    let everything = serde_json::to_string(&room.ask("gaps").await).unwrap();
    assert!(everything.contains("Vladimir Zebra") && !everything.contains("ben"), "{everything}");
    // Not in the file either, and the question only there.
    let dump = dump(&room);
    assert!(dump.gap.contains("Vladimir Zebra") && !dump.gap.contains("ben"), "{}", dump.gap);
    assert!(!dump.rest.to_lowercase().contains("zebra"), "{}", dump.rest);
}

#[tokio::test]
async fn the_list_can_be_emptied() {
    let room = Room::of(&[&pack().text()]).await;
    for question in [ABSENT, "what of the unicorns"] {
        asked(&room, question).await;
    }
    // Who only chose it is asked first.
    let mut request = commands::line::parse("gaps clear", room.caller.clone(), Platform::Terminal).unwrap();
    request.origin = Origin::Chosen;
    assert_eq!(commands::run(&room.world, &request).await.title, "Clear the list of 2 questions?");
    assert_eq!(kept(&room).await.len(), 2);
    assert_eq!(room.ask("gaps all").await.kind, AnswerKind::WrongUsage);
    assert_eq!(room.ask("gaps clear").await.title, "List cleared: 2 questions removed.");
    assert_eq!(room.ask("gaps").await.title, EMPTY);
    assert!(!dump(&room).gap.contains("Zebra"));
    let audit = room.world.community.audit(10).await.unwrap();
    assert_eq!(audit[0].command, "gaps action=clear");
    assert!(!format!("{audit:?}").contains("unicorns"), "{audit:?}");
}

#[tokio::test]
async fn a_question_is_kept_for_ninety_days_after_it_was_asked_last() {
    let room = Room::of(&[&pack().text()]).await;
    asked(&room, ABSENT).await;
    room.later(89);
    asked(&room, "what of the unicorns").await;
    assert_eq!(shown(&room.ask("gaps").await).len(), 2);
    room.later(1);
    // What is asked next takes it away, and so does looking.
    asked(&room, "what of the griffins").await;
    assert!(kept(&room).await.iter().all(|gap| gap.asked != ABSENT));
    room.later(90);
    assert_eq!(room.ask("gaps").await.title, EMPTY);
    assert_eq!(kept(&room).await, []);
    // And so does the program by itself.
    asked(&room, ABSENT).await;
    room.later(90);
    commands::forget_old_gaps(&room.world).await.unwrap();
    assert_eq!(kept(&room).await, []);
}

#[tokio::test]
async fn nothing_is_kept_where_the_setting_is_off() {
    let mut room = Room::of(&[&pack().text()]).await;
    asked(&room, ABSENT).await;
    room.world.keep_gaps = false;
    assert_eq!(asked(&room, "what of the unicorns").await.kind, AnswerKind::NothingFound);
    assert_eq!(kept(&room).await.len(), 1);
    assert!(room.ask("gaps").await.title.contains("questions.keep is off"));
    assert_eq!(kept(&room).await, [], "what was kept before goes too");
}

#[tokio::test]
async fn questions_of_any_length_and_script() {
    let room = Room::of(&[&pack().text()]).await;
    let family = "👨‍👩‍👧‍👦";
    for (question, kept_as) in [
        ("zebra ".repeat(700), Some("zebra zebra")),
        ("z".repeat(4_000), Some("zzz")),
        (format!("zebras {}", family.repeat(50)), Some("zebras 👨")),
        ("¿quién es la cebra?".into(), Some("¿quién es la cebra?")),
        ("斑马是谁？".into(), Some("斑马是谁？")),
        ("zebras\u{202e}\u{7} @everyone <b>".into(), Some("zebras @everyone <b>")),
        (family.repeat(300), None),
        ("?!".into(), None),
    ] {
        let answer = asked(&room, &question).await;
        assert_ne!(answer.kind, AnswerKind::Failed);
        let gaps = kept(&room).await;
        match kept_as {
            Some(start) => {
                let [gap] = gaps.as_slice() else { panic!("{question}: {gaps:?}") };
                assert!(gap.asked.starts_with(start), "{gap:?}");
                assert!(gap.asked.chars().count() <= 201, "{gap:?}");
                let whole = gap.asked.trim_end_matches('…').split(' ').nth(1).unwrap_or_default();
                assert!(!whole.starts_with('👨') || whole.len() % family.len() == 0, "{gap:?}");
                assert_eq!(shown(&room.ask("gaps").await).len(), 1);
            }
            None => assert_eq!(gaps, [], "{question}"),
        }
        room.ask("gaps clear").await;
    }
    // A value that is too long is refused, and is no question without an answer.
    room.ask(&format!("/ask {}", "zebra ".repeat(700))).await;
    assert_eq!(kept(&room).await, []);
}

#[tokio::test]
async fn the_list_has_pages_and_an_end() {
    let room = Room::of(&[&pack().text()]).await;
    let gap = |times, day| Gap { article: String::new(), asked: "zebra?".into(), times, day };
    let today = 20_780;
    for number in 0..1_000 {
        let day = if number == 7 { today - 1 } else { today };
        room.world.community.keep_gap(&format!("zebra {number}"), &gap(3, day)).await.unwrap();
    }
    // The one that was asked longest ago makes room for the new one, which was asked less often.
    room.world.community.keep_gap("unicorn", &gap(1, today)).await.unwrap();
    let gaps = kept(&room).await;
    assert_eq!((gaps.len(), gaps[999].times), (1_000, 1));
    assert!(gaps.iter().all(|gap| gap.day == today));
    let page = room.ask("gaps --page 2").await;
    assert_eq!(
        (page.title.as_str(), entries(&page).len()),
        ("Questions that found no answer (2 of 100)", 10)
    );
}

#[tokio::test]
async fn an_article_that_was_meant_is_named() {
    let packs = [pack().text(), pack().article("gates").text()];
    let room = Room::of(&[&packs[0], &packs[1]]).await;
    asked(&room, ABSENT).await;
    asked(&room, &format!("{ABSENT} --article gates")).await;
    let answer = room.ask("gaps").await;
    let (texts, lines): (Vec<_>, Vec<_>) =
        entries(&answer).iter().map(|it| (it.lead.as_str(), it.line.as_deref().unwrap())).unzip();
    assert_eq!(texts, ["once, last on 23 November 2026", "once, last on 23 November 2026, of gates"]);
    assert_eq!(lines, [format!("ask {ABSENT}"), format!("ask {ABSENT} --article gates")]);
}

#[tokio::test]
async fn a_question_is_answered_where_nothing_can_be_written_down() {
    let room = Room::of(&[&pack().text()]).await;
    let database = rusqlite::Connection::open(room.data().join("community.db")).unwrap();
    database.execute("DROP TABLE gap", []).unwrap();
    assert_eq!(asked(&room, ABSENT).await.kind, AnswerKind::NothingFound);
    assert_eq!(room.ask("gaps").await.kind, AnswerKind::Failed);
}

#[test]
fn the_program_keeps_them_unless_it_is_told_not_to() {
    let bot = Bot::with(&pack());
    bot.run(["ask", "who", "is", "Vladimir Zebra?"]).code(1);
    bot.ask("/gaps").code(0).says("once").says("Vladimir Zebra");
    let bot = bot.env("RAPPORTEUR_QUESTIONS_KEEP", "false");
    bot.ask("/gaps").code(1).says("questions.keep is off");
    bot.ask(ABSENT).code(1);
    bot.without_env("RAPPORTEUR_QUESTIONS_KEEP").ask("/gaps").code(0).says(EMPTY);
}

#[test]
fn lines_without_a_command_are_asked_at_the_terminal() {
    let bot = Bot::with(&pack());
    bot.ask("who was Octavio Paz?").code(0).says("Octavio Paz");
    bot.run(["ask", "who", "was", "Octavio Paz"]).code(0).says("Octavio Paz");
    let output = bot.feed(b"who was Octavio Paz?\nhelp me find Octavio Paz\nquote Paz?\nqoute Paz\n1\n");
    assert!(output.stdout.contains("/quote Paz\nOctavio Paz"), "{output}");
    output.code(0).says("Did you mean /quote Paz?");
    assert!(!output.stdout.contains("There is no command “me"), "{output}");
    // A slash says that it is a command.
    bot.ask("/help me find Octavio Paz").code(1).says("There is no command");
    bot.ask("/today is a good day").code(2);
}

/// All text in the community database: of the table of these questions, and of all others.
struct Dump {
    gap: String,
    rest: String,
}

fn dump(room: &Room) -> Dump {
    let database = rusqlite::Connection::open(room.data().join("community.db")).unwrap();
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut dump = Dump { gap: String::new(), rest: String::new() };
    for table in tables {
        let mut rows = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let value: rusqlite::types::Value = row.get(column).unwrap();
                let into = if table == "gap" { &mut dump.gap } else { &mut dump.rest };
                into.push_str(&format!("{value:?} "));
            }
        }
    }
    dump
}
