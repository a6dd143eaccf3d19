//! Questions as people type them, and how many of them are answered on the first screen.

use std::path::{Path, PathBuf};

use rapporteur::locale::Locale;

use crate::common::Room;
use crate::common::questions::{Outcome, ask_all};

/// The sets in `tests/questions/`.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions").join(name)
}

/// At least so many of a set's questions are answered on the first screen, and all of what the article does not answer
/// is told as such, but for those named. The floors only rise.
#[track_caller]
fn check(outcomes: &[Outcome], floor: usize, absent_missed: &[&str]) {
    let (absent, present): (Vec<_>, Vec<_>) = outcomes.iter().partition(|it| it.kind == "absent");
    let right = present.iter().filter(|it| it.is_right).count();
    let wrong: Vec<String> =
        present.iter().filter(|it| !it.is_right).map(|it| format!("[{}] {}", it.kind, it.ask)).collect();
    let missed: Vec<&str> = absent.iter().filter(|it| !it.is_right).map(|it| it.ask.as_str()).collect();
    println!(
        "{right} of {} answered; {} of {} absent",
        present.len(),
        absent.len() - missed.len(),
        absent.len()
    );
    assert!(right >= floor, "{right} of {}, floor {floor}: {wrong:#?}", present.len());
    assert_eq!(missed, absent_missed);
}

/// A pack without how people ask for its items: what its questions fare by the rules alone.
fn without_asked(pack: &str) -> String {
    pack.lines().filter(|line| !line.starts_with("asked = ")).flat_map(|line| [line, "\n"]).collect()
}

#[tokio::test]
async fn the_first_article_answers_on_the_first_screen() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles/us-mexico.toml");
    let pack = std::fs::read_to_string(path).unwrap();
    let room = Room::of(&[&without_asked(&pack)]).await;
    check(&ask_all(&room, &file("us-mexico.toml")).await, 99, &[]);
    let room = Room::of(&[&pack]).await;
    check(&ask_all(&room, &file("us-mexico.toml")).await, 102, &[]);
}

#[tokio::test]
async fn another_article_answers_on_the_first_screen() {
    let pack = std::fs::read_to_string(file("packs/wright-brothers.toml")).unwrap();
    let room = Room::of(&[&pack]).await;
    check(&ask_all(&room, &file("wright-brothers.toml")).await, 96, &["how did maxim die"]);
}

#[tokio::test]
async fn an_article_in_spanish_answers_in_spanish() {
    let pack = std::fs::read_to_string(file("packs/vuelva-usted-manana.toml")).unwrap();
    let room = Room::of(&[&pack]).await;
    let spanish = Locale::read("es").unwrap();
    check(&spanish.scope(ask_all(&room, &file("vuelva-usted-manana.toml"))).await, 21, &[]);
}
