//! Debates in rooms, open and encrypted: votes in private chats, everything else where people talk.

use crate::common::pack;
use crate::homeserver::{Event, Person, Scene};
use crate::shared::has;

const MOTION: &str = "The treaty should have opened the border to people";

impl Scene<'_> {
    /// Waits for something that the bot posts in a room by itself, or in a thread.
    pub async fn posted(&self, person: &Person, room: &str, text: &str) -> Event {
        let is_it = |event: &Event| {
            event.room == room
                && event.sender == self.me()
                && event.is_message()
                && event.body().contains(text)
                && (event.reply_to().is_none() || event.thread().is_some())
        };
        person.wait(format_args!("a post with {text}"), is_it).await
    }

    /// A private chat with the bot.
    pub async fn chat(&self, person: &Person) -> String {
        let room = person.room().direct(self.me()).create().await;
        self.comes(person, &room).await;
        room
    }
}

#[expect(clippy::too_many_lines, reason = "a debate from its opening to its result")]
async fn a_whole_debate() {
    let mut scene = Scene::set(crate::shared::small()).await;
    scene.env("RAPPORTEUR_MATRIX_ALLOWED_INVITERS", "anyone");
    scene.start().await;
    let (ben, cleo) = (scene.homeserver.person("ben").await, scene.homeserver.person("cleo").await);
    let eve = scene.homeserver.person("eve").await;
    let people = [&scene.ada, &ben, &cleo];
    let mut chats = Vec::new();
    for person in people {
        chats.push(scene.chat(person).await);
    }
    for (number, encrypted) in [(1, false), (2, true)] {
        let room = scene
            .room_with(&ben, |new| {
                let new = new.invite(&cleo.user);
                if encrypted { new.encrypted() } else { new }
            })
            .await;
        cleo.join(&room).await;
        has(&scene.ask(&ben, &room, &format!("!debate open {MOTION}")).await, "moderators");
        has(&scene.ask(&scene.ada, &room, &format!("!debate open {MOTION}")).await, "is open");
        let vote = scene.posted(&cleo, &room, &format!("Debate {number}: vote")).await;
        assert_eq!(vote.is_encrypted(), encrypted);
        for text in [MOTION, "private chat", &format!("!debate vote for --debate {number}")] {
            assert!(vote.body().contains(text), "{text}: {}", vote.body());
        }
        // Reactions would tell everybody: none stands for a vote, and what is written in the room does not count.
        assert!(!vote.body().contains("1️⃣ For"), "{}", vote.body());
        ben.react(&room, &vote.id, "1️⃣").await;
        has(&scene.ask(&ben, &room, "!debate vote for").await, "direct chat");
        for (person, (chat, vote)) in people.iter().zip(chats.iter().zip(["for", "against", "undecided"])) {
            let answer = scene.ask(person, chat, &format!("!debate vote {vote}")).await;
            has(&answer, &format!("Your vote: {vote}"));
        }
        // Who is not in the room does not learn what it debates.
        let evil = scene.chat(&eve).await;
        has(&scene.ask(&eve, &evil, &format!("!debate vote for --debate {number}")).await, "no debate");
        has(&scene.ask(&ben, &room, "!debate show").await, "Votes so far: 3");

        has(&scene.ask(&scene.ada, &room, "!debate next").await, "the discussion begins");
        let argue = scene.posted(&ben, &room, &format!("Debate {number}: argue")).await;
        let first = scene.posted(&ben, &room, "Points for and against go here").await;
        assert_eq!(first.thread(), Some(argue.id.as_str()));
        let said = "!point for Nobody has tried to mend it since then --cite f-nobody";
        let asked = ben.say_in_thread(&room, &argue.id, said).await;
        let point = scene.answer(&ben, &asked).await;
        assert_eq!(point.thread(), Some(argue.id.as_str()));
        has(&point, "Point 1, for the motion");
        has(&point, "Claimed by the author");
        cleo.react(&room, &point.id, "2️⃣").await;
        scene.edited(&cleo, &point.id, |text| text.contains("▲ 1")).await;
        // One's own is not supported, and nobody supports a point twice.
        ben.react(&room, &point.id, "2️⃣").await;
        has(&scene.ask(&cleo, &room, "!point support 1").await, "already");
        has(&scene.ask(&ben, &room, "!points").await, "1 ▲ 1");

        has(&scene.ask(&scene.ada, &room, "!debate next").await, "the second vote begins");
        for (person, chat) in people.iter().zip(&chats) {
            has(
                &scene.ask(person, chat, &format!("!debate vote for --debate {number}")).await,
                "Your vote: for",
            );
        }
        has(&scene.ask(&scene.ada, &room, "!debate next").await, "the result is posted");
        let result = scene.posted(&ben, &room, &format!("Debate {number}: the result")).await;
        for text in ["“For” moved more people", "1 from against to for", "3 for · 0 against", "1 ▲ 1"]
        {
            assert!(result.body().contains(text), "{text}: {}", result.body());
        }
        has(&scene.ask(&ben, &room, "!debate export").await, "[Motion]:");
    }
}

async fn a_debate_goes_on_after_the_end_of_the_program() {
    let mut scene = Scene::with(&pack()).await;
    let room = scene.room(|new| new.encrypted()).await;
    for phase in [": vote", ": argue", ": vote again", ": the result"] {
        let line = if phase == ": vote" { format!("!debate open {MOTION}") } else { "!debate next".into() };
        scene.ada.say(&room, &line).await;
        // It may be killed before it answers, and before it posts: it does so when it is there again. What it had begun it
        // does not do twice, and says so.
        scene.kill();
        scene.start().await;
        while !scene.ask(&scene.ada, &room, "!debate show").await.body().contains(&format!("{phase}\n")) {
            scene.ask(&scene.ada, &room, &line).await;
        }
        scene.posted(&scene.ada, &room, &format!("Debate 1{phase}")).await;
    }
    let posts = scene.ada.timeline(&room).await;
    for phase in [": vote\n", ": argue\n", ": vote again\n", ": the result\n"] {
        let title = format!("Debate 1{phase}");
        let is_post = |event: &&Event| event.is_message() && event.reply_to().is_none();
        let of_phase = posts.iter().filter(is_post).filter(|event| event.body().starts_with(&title));
        assert_eq!(of_phase.count(), 1, "{title}");
    }
}

async fn a_prompt_has_a_thread_to_talk_in() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.homeserver.person("ben").await;
    let room = scene.room_with(&ben, |new| new.encrypted()).await;
    let prompt = scene.ask(&ben, &room, "!discuss").await;
    let first = scene.posted(&ben, &room, "Talk about it here").await;
    assert_eq!(first.thread(), Some(prompt.id.as_str()));
    // In a thread people talk where they are.
    let asked = ben.say_in_thread(&room, &prompt.id, "!discuss").await;
    let again = scene.answer(&ben, &asked).await;
    scene.ask(&ben, &room, "!quote Paz").await;
    let events = ben.timeline(&room).await;
    assert!(!events.iter().any(|event| event.thread() == Some(again.id.as_str())));
}

crate::trial::trials![
    a_whole_debate,
    a_debate_goes_on_after_the_end_of_the_program,
    a_prompt_has_a_thread_to_talk_in,
];
