//! Answers in a language that nobody speaks: English, accented, longer and marked as written from right to left. What
//! stands in one without accents is neither in the catalogue nor in the article.

use std::collections::BTreeSet;
use std::path::Path;

use rapporteur::chat::terminal::render;
use rapporteur::commands::{self, GROUPS, TABLE};
use rapporteur::locale::pseudo;
use rapporteur::platform::Platform;

use crate::common::{Room, article_lines};

/// Words of plain letters, in small ones.
fn words(text: &str) -> impl Iterator<Item = String> {
    // Vowels of the pseudo-language have no accents.
    let plain = |word: &&str| {
        word.len() > 1
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && word.contains(|c| !"aeiouAEIOU".contains(c))
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(plain).map(str::to_lowercase)
}

/// The words that an answer may have besides those of the catalogue.
fn known() -> BTreeSet<String> {
    let pack =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles/us-mexico.toml"));
    let mut known: BTreeSet<String> = words(&pack.unwrap()).collect();
    for command in TABLE {
        known.extend(words(command.name));
        known.extend(command.options.iter().flat_map(|option| words(option.name)));
        known.extend(command.examples.iter().flat_map(|example| words(example)));
    }
    known.extend(GROUPS.iter().flat_map(|group| words(group.name)));
    // Units, and names: of this test's editor, of the program, of what one types for all, of Latin numerals; "d.C." and "a.C.".
    let names = "utc kib test ada rapporteur matrix discord español english all on off default ii iii iv xx xxi th st nd rd";
    known.extend(words(names));
    known
}

#[tokio::test]
async fn every_word_of_an_answer_is_the_catalogues_or_the_articles() {
    let room = Room::first_article().await;
    let known = known();
    let mut faults = BTreeSet::new();
    // The audit log is a log, and in English.
    let more =
        ["revisions", "status", "gaps", "reload", "reload --dry-run", "today", "articles", "quote xyzzy"];
    let more =
        more.into_iter().chain(["room show", "language", "actor", "topic", "timeline 1066", "rollback"]);
    for line in article_lines()
        .into_iter()
        .chain(more.map(String::from))
        .filter(|line| line.len() < 400 && !line.starts_with("audit"))
    {
        let shown = pseudo::scope(shown(&room, &line)).await;
        let shown = anstream::adapter::strip_str(&shown).to_string();
        let typed: BTreeSet<String> = words(&line).collect();
        let strange: Vec<String> =
            words(&shown).filter(|word| !known.contains(word) && !typed.contains(word)).collect();
        if !strange.is_empty() {
            faults.insert(format!("{strange:?} in the answer to {line}:\n{shown}"));
        }
    }
    let first: Vec<_> = faults.iter().take(10).cloned().collect();
    assert!(faults.is_empty(), "{} answers:\n{}", faults.len(), first.join("\n"));
}

async fn shown(room: &Room, line: &str) -> String {
    let answer = match commands::line::parse(line, room.caller.clone(), Platform::Terminal) {
        Ok(request) => commands::run(&room.world, &request).await,
        Err(answer) => *answer,
    };
    render(&answer, 60)
}
