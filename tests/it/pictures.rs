//! What the pictures of docs/pictures/ are drawn from: real messages. `docs/testing.md` says how they are drawn.

use std::path::Path;

use rapporteur::chat::{discord, matrix};
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
}
