//! What the pictures of docs/pictures/ are drawn from: real messages. `docs/testing.md` says how they are drawn.

use std::path::Path;

use rapporteur::answer::Answer;
use rapporteur::chat::{discord, matrix};
use rapporteur::commands::{Caller, Role};
use rapporteur::locale::Locale;
use rapporteur::platform::Platform;

use crate::common::Room;

/// Answers that a reader of the pictures should have seen: name, language, line.
const ANSWERS: &[(&str, &str, &str)] = &[
    ("quote", "en", "quote Paz"),
    ("quotes", "en", "quote Biden"),
    ("quote-random", "en", "quote"),
    ("timeline-2020", "en", "timeline 2020"),
    ("timeline-1990s", "en", "timeline 1990s"),
    ("timeline-all", "en", "timeline all"),
    ("today", "en", "today"),
    ("event", "en", "event rose garden"),
    ("actor", "en", "actor AMLO"),
    ("argument", "en", "argument trilateral"),
    ("arguments", "en", "argument all"),
    ("search", "en", "search stolen election"),
    ("topic", "en", "topic migration"),
    ("compare", "en", "compare Trudeau amlo"),
    ("source", "en", "source my way or the highway"),
    ("article", "en", "article"),
    ("help", "en", "help"),
    ("ask", "en", "ask who was offered asylum"),
    ("not-there", "en", "actor Putin"),
    ("which", "en", "argument mexico"),
    ("cita", "es", "quote Paz"),
    ("cronologia", "es", "timeline 2020"),
    ("ayuda", "es", "help"),
];

#[tokio::test]
#[ignore = "it only writes what is drawn: set PICTURES to a folder"]
async fn messages_to_draw() {
    let Some(folder) = std::env::var_os("PICTURES") else { panic!("set PICTURES to a folder") };
    let of_discord = Room::first_article().await.on(Platform::Discord, "discord:1", &["discord:channel:2"]);
    let of_matrix =
        Room::first_article().await.on(Platform::Matrix, "matrix:@ada:localhost", &["matrix:room:!r"]);
    let write = |name: String, text: String| std::fs::write(Path::new(&folder).join(name), text).unwrap();
    for (name, language, line) in ANSWERS {
        let language = Locale::read(language).unwrap();
        let drawing = async {
            use discord::message::{RenderOptions, render};
            let options =
                RenderOptions { line: Some(line), part: 0, caller: Some(1), ..RenderOptions::default() };
            let message = render(&of_discord.ask(line).await, options);
            write(format!("{name}.json"), serde_json::to_string_pretty(&message.body).unwrap() + "\n");
            let options = matrix::message::RenderOptions { prefix: "!", line: Some(line), part: 0 };
            let message = matrix::message::render(&of_matrix.ask(line).await, &options);
            write(format!("{name}.html"), message.html);
        };
        language.scope(drawing).await;
    }
    for (name, answer) in debate().await {
        let options = discord::message::RenderOptions::default();
        let message = discord::message::render(&answer, options);
        write(format!("{name}.json"), serde_json::to_string_pretty(&message.body).unwrap() + "\n");
        let options = matrix::message::RenderOptions { prefix: "!", line: None, part: 0 };
        write(format!("{name}.html"), matrix::message::render(&answer, &options).html);
    }
}

/// What is shown in the course of a debate among twelve people.
async fn debate() -> Vec<(&'static str, Answer)> {
    let room = Room::first_article().await.on(Platform::Discord, "discord:1", &["discord:channel:2"]);
    let member = |number: usize| Caller { id: format!("discord:m{number}"), role: Role::Member };
    let mut shown = Vec::new();
    room.ask("debate open Washington should press López Obrador on security").await;
    for vote in [["for", "for", "against", "undecided"], ["for", "for", "for", "against"]] {
        for number in 0..12 {
            let answer = room.ask_as(member(number), &format!("debate vote {}", vote[number % 4])).await;
            if shown.is_empty() {
                shown.push(("debate-voted", answer));
            }
        }
        if shown.len() < 2 {
            shown.push(("debate-vote", room.ask("debate show").await));
            room.ask("debate next").await;
            let point = "point for Nobody else will, and people pay for it with their lives \
                         --cite f-more-lives";
            shown.push(("point", room.ask_as(member(0), point).await));
            let against = "point against Pressure is the old way: what worked was to do it together \
                           --cite \"Shared responsibility worked\"";
            room.ask_as(member(2), against).await;
            for number in 3..7 {
                room.ask_as(member(number), "point support 1").await;
            }
            room.ask_as(member(1), "point support 2").await;
            shown.push(("points", room.ask("points").await));
            shown.push(("debate-argue", room.ask("debate show").await));
        }
        room.ask("debate next").await;
    }
    shown.push(("debate-result", room.ask("debate show").await));
    shown.push(("debate-export", room.ask("debate export").await));
    shown
}
