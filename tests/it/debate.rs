//! Debates: two votes and what is said between them, in a room whose posts are kept, with a clock that is put forward.

use std::sync::Arc;

use async_trait::async_trait;
use futures::future::join_all;
use rapporteur::answer::{Answer, AnswerKind, Block, Visibility};
use rapporteur::commands::{self, Caller, Request, Role, move_discussions_on};
use rapporteur::locale::Locale;
use rapporteur::outbox::{Outbox, Post, PostError};
use rapporteur::platform::{Place, Platform};

use crate::common::{Posts, Room, found, pack};

const DAY: i64 = 24 * 60 * 60;
const MOTION: &str = "The treaty should have opened the border to people";

/// A room on Discord with a small pack, in which an editor asks.
async fn room() -> (Room, Arc<Posts>) {
    room_with(Posts::default()).await
}

async fn room_with(posts: Posts) -> (Room, Arc<Posts>) {
    let room = Room::of(&[&pack().text()]).await;
    let room = room.on(Platform::Discord, "discord:mod", &["discord:channel:1", "discord:server:5"]);
    let posts = Arc::new(posts);
    room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
    (room, posts)
}

fn member(name: &str) -> Caller {
    Caller { id: format!("discord:{name}"), role: Role::Member }
}

async fn say(room: &Room, name: &str, line: &str) -> Answer {
    room.ask_as(member(name), line).await
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!((answer.kind, answer.visibility), (AnswerKind::Refused, Visibility::Asker), "{answer:#?}");
}

/// All that an answer says.
fn text(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap()
}

fn field<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.blocks.iter().find_map(|block| match block {
        Block::Fields { fields } => fields.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str()),
        _ => None,
    })
}

fn lines<'a>(answer: &'a Answer, title: &str) -> Vec<String> {
    let of = |block: &'a Block| match block {
        Block::List { title: it, entries } if it.starts_with(title) => entries.as_slice(),
        _ => &[],
    };
    let line =
        |entry: &rapporteur::answer::Entry| format!("{} {}", entry.lead, entry.text).trim().to_string();
    answer.blocks.iter().flat_map(of).map(line).collect()
}

/// Votes: how many people named by a letter and a number vote so.
async fn vote(room: &Room, votes: &[(&str, usize, &str)]) {
    for (letter, number, vote) in votes {
        for at in 0..*number {
            let answer = found(say(room, &format!("{letter}{at}"), &format!("debate vote {vote}")).await);
            assert_eq!(answer.visibility, Visibility::Asker);
            assert_eq!(answer.title, format!("Your vote: {vote}"));
        }
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a debate from its opening to its result")]
async fn a_debate_moves_people_and_says_how() {
    let (room, posts) = room().await;
    let opened = found(room.ask(&format!("debate open {MOTION}")).await);
    assert_eq!((opened.title.as_str(), opened.visibility), ("Debate 1 is open", Visibility::Asker));
    assert_eq!(posts.keys(), ["debate 1 first-vote"]);
    assert!(text(&posts.last()).contains(MOTION));
    let labels: Vec<String> = posts.last().choices.iter().map(|choice| choice.label.clone()).collect();
    assert_eq!(labels, ["For", "Against", "Undecided"]);

    // Two go from against to for, one from undecided to against; "z" votes once.
    vote(&room, &[("a", 3, "for"), ("b", 4, "against"), ("c", 2, "undecided"), ("z", 1, "for")]).await;
    found(say(&room, "a0", "debate vote against").await);
    found(say(&room, "a0", "debate vote for").await);
    let shown = found(say(&room, "a0", "debate show").await);
    assert_eq!(field(&shown, "Votes so far"), Some("10"), "who changes a vote has one");
    assert!(!text(&shown).contains("9 for") && field(&shown, "Before").is_none());
    refused(&say(&room, "a1", "point for This is a point of more than twenty characters").await);

    room.seconds_later(DAY - 1);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys().len(), 1, "the vote lasts a day");
    room.seconds_later(1);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys()[1..], ["debate 1 discussion", "debate 1 thread"]);
    refused(&say(&room, "a1", "debate vote for").await);

    let point = "point for The author holds that it should have done so --cite treaty";
    let first = found(say(&room, "a0", point).await);
    assert_eq!((first.title.as_str(), first.visibility), ("Point 1, for the motion", Visibility::Everyone));
    assert!(text(&first).contains("\"paragraphs\":[2]"), "{first:#?}");
    // The same by the same person is the same point.
    assert_eq!(found(say(&room, "a0", point).await).title, first.title);
    found(say(&room, "b0", "point against People were never what that treaty was about").await);
    found(say(&room, "b1", "point against There was no majority for that in either country").await);
    refused(&say(&room, "b0", "point support 2").await);
    assert!(text(&found(say(&room, "b2", "point support 3").await)).contains("▲ 1"));
    refused(&say(&room, "b2", "point support 3").await);
    let points = found(say(&room, "c0", "points").await);
    assert!(lines(&points, "Against")[0].starts_with("3 ▲ 1 There was no majority"), "{points:#?}");
    assert!(lines(&points, "Against")[1].ends_with("[no evidence from the article]"), "{points:#?}");
    assert!(lines(&points, "For")[0].contains("[cites: "), "{points:#?}");
    refused(&say(&room, "c0", "point withdraw 2").await);

    let next = found(room.ask("debate next").await);
    assert_eq!(next.title, "The discussion is over: the second vote begins");
    refused(&say(&room, "a1", "point for This is a point of more than twenty characters").await);
    vote(&room, &[("a", 3, "for"), ("b", 2, "for"), ("c", 1, "against"), ("y", 1, "against")]).await;
    for name in ["b2", "b3"] {
        found(say(&room, name, "debate vote against").await);
    }
    found(say(&room, "c1", "debate vote undecided").await);
    let late = found(say(&room, "y0", "debate vote for").await);
    assert!(late.note.is_some_and(|note| note.contains("did not vote before")), "said at once");

    room.seconds_later(DAY);
    move_discussions_on(&room.world).await.unwrap();
    let result = posts.last();
    assert_eq!(result.title, "Debate 1: the result");
    assert_eq!(field(&result, "Before"), Some("3 for · 4 against · 2 undecided"));
    assert_eq!(field(&result, "After"), Some("5 for · 3 against · 1 undecided"));
    assert!(
        text(&result).contains("“For” moved more people: “for” gained 2, “against” lost 1."),
        "{result:#?}"
    );
    assert_eq!(
        lines(&result, "Who changed their mind"),
        ["2 from against to for", "1 from undecided to against"]
    );
    assert!(text(&result).contains("Voted only before: 1. Voted only after: 1."));
    // One who voted once could be told from the totals.
    assert_eq!((field(&result, "All first votes"), field(&result, "All second votes")), (None, None));
    assert_eq!(lines(&result, "Best points for (1 of 1)").len(), 1);
    assert_eq!(lines(&result, "Best points against (2 of 2)").len(), 2);
    for answer in [&result, &found(say(&room, "a0", "debate export").await)] {
        assert!(!text(answer).contains("discord:"), "nobody is named");
    }
    refused(&say(&room, "a0", "debate vote for").await);
    assert_eq!(posts.keys().len(), 5, "each is posted once");
}

#[tokio::test]
async fn an_export_holds_what_people_said_as_they_said_it() {
    let (room, _) = room().await;
    found(room.ask("debate open Walls *are* [doors](http://x.example) <b>too</b>").await);
    found(room.ask("debate next").await);
    found(
        say(
            &room,
            "ada",
            "point for 1. It _is_ so, @everyone: # says {x} -- the poet --cite \"silence is a door\"",
        )
        .await,
    );
    found(say(&room, "ben", "point against - It is no wall at all, I say").await);
    let export = found(say(&room, "ada", "debate export").await);
    let code: Vec<&str> = export
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Code { text } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let [markdown, argdown] = code[..] else { panic!("{export:#?}") };
    assert!(!markdown.contains("Make your points"), "{markdown}");
    for said in [
        "The motion: Walls \\*are\\* \\[doors\\](http://x.example) \\<b\\>too\\</b\\>",
        "- 1. 1\\. It \\_is\\_ so, @everyone: \\# says {x} -- the poet (▲ 0)",
        "  - “silence is a door” — Octavio Paz",
        "- 2. \\- It is no wall at all, I say (▲ 0)",
        "  - No evidence from the article.",
    ] {
        assert!(markdown.contains(said), "{said}\n{markdown}");
    }
    for said in [
        "[Motion]: Walls \\*are\\* \\[doors\\](http://x.example) \\<b\\>too\\</b\\>\n",
        "  + <Point 1>: 1\\. It \\_is\\_ so, \\@everyone: \\# says \\{x\\} -- the poet\n    + [Evidence 1]: “silence",
        "  - <Point 2>: \\- It is no wall at all, I say\n",
    ] {
        assert!(argdown.contains(said), "{said}\n{argdown}");
    }
}

#[tokio::test]
async fn of_few_voters_nothing_is_said_but_their_number() {
    let (room, posts) = room().await;
    found(room.ask(&format!("debate open {MOTION} --vote 1h --discuss 90m")).await);
    vote(&room, &[("a", 2, "for"), ("b", 3, "against")]).await;
    for seconds in [3_600, 5_400] {
        room.seconds_later(seconds);
        move_discussions_on(&room.world).await.unwrap();
    }
    vote(&room, &[("a", 2, "against")]).await;
    room.seconds_later(3_600);
    move_discussions_on(&room.world).await.unwrap();
    let result = text(&posts.last());
    assert!(result.contains("Too few votes for a result: 2 voted twice, and it takes 3."), "{result}");
    assert!(!result.contains(" for ·") && !result.contains("from for"), "{result}");
    // What a moderator closes has no result, whoever voted.
    found(room.ask(&format!("debate open {MOTION}")).await);
    vote(&room, &[("a", 5, "for")]).await;
    found(room.ask("debate close").await);
    assert!(text(&posts.last()).contains("deleted without being counted"));
    refused(&say(&room, "a0", "debate vote for").await);
}

#[tokio::test]
async fn one_debate_is_open_in_a_room_and_is_nobody_elses() {
    let (room, _) = room().await;
    for (line, kind) in [
        ("debate open", AnswerKind::WrongUsage),
        ("debate open --about Atlantis", AnswerKind::NothingFound),
        ("debate open Walls --vote soon", AnswerKind::WrongUsage),
        ("debate open Walls --vote 10s", AnswerKind::WrongUsage),
        ("debate open Walls --discuss 31d", AnswerKind::WrongUsage),
        ("debate open Walls --discuss -2d", AnswerKind::WrongUsage),
        ("debate show", AnswerKind::NothingFound),
        ("debate next", AnswerKind::NothingFound),
        ("debate vote for", AnswerKind::NothingFound),
        ("points", AnswerKind::NothingFound),
        ("point for This is a point of more than twenty characters", AnswerKind::NothingFound),
    ] {
        assert_eq!(room.ask(line).await.kind, kind, "{line}");
    }
    for words in ["x".repeat(201), "😀".repeat(201), "@everyone ".repeat(40)] {
        assert_eq!(room.ask(&format!("debate open {words}")).await.kind, AnswerKind::WrongUsage);
    }
    assert_eq!(room.ask(&format!("debate open {}", "y".repeat(4_000))).await.kind, AnswerKind::WrongUsage);
    refused(&say(&room, "ada", &format!("debate open {MOTION}")).await);

    let opened = found(room.ask("debate open Everyone is @here 😀").await);
    assert_eq!(opened.title, "Debate 1 is open");
    refused(&room.ask(&format!("debate open {MOTION}")).await);
    for line in ["debate next", "debate close"] {
        refused(&say(&room, "ada", line).await);
    }
    for line in ["debate vote maybe", "debate vote", "point support x", "point support -1"] {
        assert_ne!(say(&room, "ada", line).await.kind, AnswerKind::Found, "{line}");
    }
    // Its thread and the threads of its channel belong to it; other rooms don't, whatever number they name. A vote is
    // taken from who is in the room.
    let thread = room.on(Platform::Discord, "discord:mod", &["discord:channel:7", "discord:channel:1"]);
    found(say(&thread, "ada", "debate show").await);
    let elsewhere = thread.on(Platform::Discord, "discord:mod", &["discord:channel:2"]);
    for line in ["debate show --debate 1", "points --debate 1", "debate export --debate 1", "debate close"] {
        assert_eq!(elsewhere.ask(line).await.kind, AnswerKind::NothingFound, "{line}");
    }
    found(say(&elsewhere, "ada", "debate vote for").await);
    found(say(&elsewhere, "ada", "debate vote for --debate 1").await);
    for line in ["debate vote for", "debate vote for --debate 1", "debate vote for --debate 999999"] {
        assert_eq!(say(&elsewhere, "stranger", line).await.kind, AnswerKind::NothingFound, "{line}");
    }
}

#[tokio::test]
async fn a_clock_that_jumps_loses_no_vote_and_no_phase() {
    let (room, posts) = room().await;
    found(room.ask(&format!("debate open {MOTION}")).await);
    vote(&room, &[("a", 5, "for")]).await;
    room.seconds_later(-30 * DAY);
    move_discussions_on(&room.world).await.unwrap();
    vote(&room, &[("a", 5, "against")]).await;
    // Far ahead: one phase ends, and the next lasts as long as it was said to.
    room.seconds_later(90 * DAY);
    move_discussions_on(&room.world).await.unwrap();
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys(), ["debate 1 first-vote", "debate 1 discussion", "debate 1 thread"]);
    // Whoever looks first moves it on.
    room.seconds_later(2 * DAY);
    assert_eq!(found(say(&room, "a0", "debate show").await).title, "Debate 1: vote again");
    vote(&room, &[("a", 5, "for")]).await;
    room.seconds_later(DAY);
    refused(&say(&room, "a0", "debate vote against").await);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(lines(&posts.last(), "Who changed their mind"), ["5 from against to for"]);
    // What was never posted because it was over before: the second vote.
    assert_eq!(posts.keys().last().unwrap(), "debate 1 counted");
}

#[tokio::test]
async fn what_can_not_be_posted_is_posted_later_or_said() {
    let (room, posts) = room().await;
    posts.fail(Some(|| PostError::Later("busy".into(), None)));
    found(room.ask(&format!("debate open {MOTION}")).await);
    assert_eq!(posts.keys().len(), 0);
    posts.fail(None);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys(), ["debate 1 first-vote"]);
    posts.fail(Some(|| PostError::Refused("Missing Permissions".into())));
    let next = found(room.ask("debate next").await);
    let note = next.note.unwrap();
    assert!(note.contains("could not post") && !note.contains("Missing"), "{note}");
    posts.fail(None);
    move_discussions_on(&room.world).await.unwrap();
    assert_eq!(posts.keys().len(), 1, "what is refused is not tried again");
    assert!(found(room.ask("debate show").await).note.is_some());
    found(room.ask("debate next").await);
    assert_eq!(posts.keys().len(), 2);

    // Where there can be no thread, people make their points in the room.
    let (room, posts) = room_with(Posts::without_threads()).await;
    found(room.ask(&format!("debate open {MOTION}")).await);
    found(room.ask("debate next").await);
    assert!(posts.last().title.contains("can't open a thread here"), "{}", posts.last().title);
    found(say(&room, "ada", "point for This is a point of more than twenty characters").await);
}

#[tokio::test]
async fn points_keep_what_they_cite_as_it_was() {
    let (room, _) = room().await;
    found(room.ask("debate open --about people").await);
    let about = found(room.ask("debate show").await);
    assert_eq!(lines(&about, "About this claim").len(), 1, "{about:#?}");
    found(room.ask("debate next").await);
    for (words, kind) in [
        ("too short", AnswerKind::WrongUsage),
        ("", AnswerKind::WrongUsage),
        ("\u{200b}\u{200b}", AnswerKind::WrongUsage),
        (&"w".repeat(401), AnswerKind::WrongUsage),
        ("This is long enough for a point --cite Atlantis", AnswerKind::NothingFound),
    ] {
        assert_eq!(say(&room, "ada", &format!("point for {words}")).await.kind, kind, "{words}");
    }
    found(say(&room, "ada", &format!("point for {}", "w ".repeat(200).trim())).await);
    found(
        say(&room, "ada", "point for The poet said something else, too --cite \"silence is a door\"").await,
    );
    let before = lines(&found(room.ask("points").await), "For")[0].clone();
    assert!(before.contains("“silence is a door” — Octavio Paz, verbatim (¶\u{a0}1)"), "{before}");

    let without = pack().text().replace("\"q-silence\"", "\"q-other\"");
    std::fs::write(room.world.packs.join("0.toml"), without).unwrap();
    found(room.ask("reload").await);
    let after = lines(&found(room.ask("points").await), "For")[0].clone();
    assert!(
        after.contains("“silence is a door”") && after.contains("no longer in the article's pack"),
        "{after}"
    );
    // Its author can take it back, and a moderator any.
    found(say(&room, "ada", "point withdraw 2").await);
    found(room.ask("point withdraw 1").await);
    assert_eq!(room.ask("points").await.kind, AnswerKind::NothingFound);
    assert_eq!(say(&room, "ada", "point support 1").await.kind, AnswerKind::NothingFound);
}

#[tokio::test]
async fn a_debate_speaks_the_rooms_language_and_answers_in_everybodys_own() {
    let (room, posts) = room().await;
    found(room.ask("room language español").await);
    let spanish = Locale::read("es").unwrap();
    found(spanish.scope(room.ask(&format!("debate abrir {MOTION} --voto 1h --discutir 1d"))).await);
    assert_eq!(posts.last().title, "Debate 1: a votar");
    let vote = spanish.scope(say(&room, "ada", "debate votar favor")).await;
    assert_eq!(found(vote).title, "Tu voto: a favor");
    found(say(&room, "ben", "debate vote against").await);
    found(spanish.scope(room.ask("debate avanzar")).await);
    let point = spanish.scope(say(
        &room,
        "ada",
        "razón favor Los dos pueblos se leen tarde y mal --citar \"silence is a door\"",
    ));
    assert_eq!(found(point.await).title, "Razón 1, a favor de la moción");
    assert_eq!(found(say(&room, "ben", "point support 1").await).title, "Point 1, for the motion");
    assert_eq!(found(spanish.scope(say(&room, "ada", "razones")).await).kind, AnswerKind::Found);
}

#[tokio::test]
async fn who_wants_to_be_forgotten_is() {
    let (room, posts) = room().await;
    let nothing = found(say(&room, "ada", "forget me").await);
    assert_eq!(nothing.visibility, Visibility::Asker);
    assert!(nothing.title.contains("nothing"), "{}", nothing.title);
    found(say(&room, "ada", "language English").await);
    for _ in 0..2 {
        found(room.ask(&format!("debate open {MOTION}")).await);
        vote(&room, &[("a", 3, "for")]).await;
        found(say(&room, "ada", "debate vote against").await);
        found(room.ask("debate next").await);
        found(say(&room, "ada", "point for People read each other's books too late").await);
        found(say(&room, "ben", "point for The river belongs to nobody at all").await);
        found(say(&room, "ada", "point support 2").await);
        found(room.ask("debate next").await);
        vote(&room, &[("a", 3, "for")]).await;
        found(say(&room, "ada", "debate vote for").await);
        // The first one ends; the second one is open.
        if posts.keys().iter().filter(|key| key.ends_with("counted")).count() == 0 {
            found(room.ask("debate next").await);
        }
    }
    let done = found(say(&room, "ada", "forget me").await);
    assert_eq!(
        lines(&done, ""),
        [
            "2 votes in debates that are not over",
            "Your name on 2 points; the points stay",
            "Your support for 2 points",
            "The language you chose",
        ]
    );
    assert_eq!(found(say(&room, "ada", "forget me").await).title, nothing.title);
    // What was counted stays, and what is open goes on without them.
    let first = found(room.ask("debate show --debate 1").await);
    assert_eq!(field(&first, "After"), Some("4 for · 0 against · 0 undecided"));
    assert!(lines(&first, "Best points for")[0].starts_with("2 ▲ 1"), "{first:#?}");
    assert_eq!(field(&found(room.ask("debate show").await), "Votes so far"), Some("3"));
    refused(&say(&room, "ada", "point withdraw 1").await);
}

#[tokio::test]
async fn two_hundred_vote_at_once() {
    let (room, posts) = room().await;
    found(room.ask(&format!("debate open {MOTION}")).await);
    for round in ["for", "against"] {
        let names: Vec<String> = (0..200).map(|number| format!("m{number}")).collect();
        let line = format!("debate vote {round}");
        let votes = join_all(names.iter().map(|name| say(&room, name, &line))).await;
        votes.into_iter().for_each(|vote| drop(found(vote)));
        assert_eq!(field(&found(room.ask("debate show").await), "Votes so far"), Some("200"));
        found(room.ask("debate next").await);
        if round == "for" {
            found(room.ask("debate next").await);
        }
    }
    assert_eq!(lines(&posts.last(), "Who changed their mind"), ["200 from for to against"]);
}

/// What is broken off at any moment, as by the end of the program, is done once when it is tried again.
#[tokio::test]
async fn what_is_broken_off_at_any_moment_is_done_once() {
    let (mut room, posts) = room().await;
    let mut phases = 0;
    for stop in 0..120 {
        let lines = ["debate open Walls are doors", "debate next", "debate next", "debate next"];
        let line = lines[phases % 4];
        // So many times it is looked at, and then dropped.
        {
            let mut asking = std::pin::pin!(room.ask(line));
            let mut left = stop % 30;
            let broken = std::future::poll_fn(|context| {
                if left == 0 {
                    return std::task::Poll::Ready(None);
                }
                left -= 1;
                asking.as_mut().poll(context).map(Some)
            });
            drop(broken.await);
        }
        // The next program tells by what is stored how far this one came.
        room = room.restarted().await;
        room.world.outboxes.open(Platform::Discord, Arc::clone(&posts) as _);
        let at = |shown: &Answer| match shown.title.as_str() {
            title if title.ends_with("vote again") => 3,
            title if title.ends_with("argue") => 2,
            title if title.ends_with(": vote") => 1,
            _ => 0,
        };
        move_discussions_on(&room.world).await.unwrap();
        let now = at(&room.ask("debate show").await);
        let before = phases % 4;
        assert!(now == before || now == (before + 1) % 4, "{line}: from {before} to {now}");
        if now != before {
            phases += 1;
        }
    }
    assert!(phases > 20, "{phases}");
    // Every phase that was reached was posted once, in its order.
    let keys: Vec<String> = posts.keys().into_iter().filter(|key| !key.ends_with("thread")).collect();
    let words = ["first-vote", "discussion", "second-vote", "counted"];
    let all: Vec<String> =
        (0..phases).map(|number| format!("debate {} {}", number / 4 + 1, words[number % 4])).collect();
    assert_eq!(keys, all);
}

/// A platform that does not answer.
struct Silent;

#[async_trait]
impl Outbox for Silent {
    async fn post(&self, _: &Place, _: &Answer, _: &str) -> Result<Post, PostError> {
        std::future::pending().await
    }

    async fn edit(&self, _: &Post, _: &Answer) -> Result<(), PostError> {
        std::future::pending().await
    }

    async fn open_thread(&self, _: &Post, _: &str, _: &Answer, _: &str) -> Result<Option<Place>, PostError> {
        std::future::pending().await
    }

    async fn has_member(&self, _: &Place, _: &str) -> bool {
        true
    }
}

#[tokio::test]
async fn a_platform_that_does_not_answer_keeps_no_other_waiting() {
    let (room, posts) = room().await;
    found(room.ask("debate open Walls are doors").await);
    let room = room.on(Platform::Matrix, "matrix:@mod:x", &["matrix:room:!a:x"]);
    found(room.ask("debate open Doors are walls").await);
    room.world.outboxes.open(Platform::Matrix, Arc::new(Silent));
    room.seconds_later(DAY);
    // It never ends; but what is due on Discord is posted meanwhile, and moderators there are answered.
    let mut moving = std::pin::pin!(move_discussions_on(&room.world));
    while posts.keys().len() < 3 {
        assert!(futures::poll!(moving.as_mut()).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(futures::poll!(moving.as_mut()).is_pending());
    let next = commands::line::parse("debate next", room.caller.clone(), Platform::Discord).unwrap();
    let next = Request { places: vec!["discord:channel:1".parse().unwrap()], ..next };
    let answer = tokio::select! {
        answer = commands::run(&room.world, &next) => answer,
        moved = moving => panic!("{moved:?}"),
    };
    assert_eq!(found(answer).title, "The discussion is over: the second vote begins");
}
