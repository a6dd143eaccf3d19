//! The docs say what the program does: their tables and pictures are made from it, their examples run.
//!
//! `UPDATE_DOCS=1 cargo test docs::` writes the generated parts anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anstyle::{AnsiColor, Color, RgbColor, Style};
use rapporteur::answer::AnswerKind;
use rapporteur::article::check::{Checked, check};
use rapporteur::article::pack::{Provenance, When};
use rapporteur::article::read::PackFile;
use rapporteur::article::{Kind, Pack, schema};
use rapporteur::chat::terminal;
use rapporteur::commands::{self, Role, RoomWord, TABLE};
use rapporteur::settings::{self, Settings};
use serde_json::Value;

use crate::common::Room;

pub const EDITING: &str = "docs/editing-an-article.md";
const ARCHITECTURE: &str = "docs/architecture.md";

/// The columns of the picture.
const WIDTH: usize = 88;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The project's pages.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = vec!["README.md".into(), "CHANGELOG.md".into(), "CONTRIBUTING.md".into()];
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages
}

/// Compares a file with what it should be, or writes it where that was asked for.
#[track_caller]
fn same(path: &str, fresh: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        // Other tests read the page meanwhile: it must never be half written.
        let unfinished = root().join(format!("{path}.new"));
        std::fs::write(&unfinished, fresh).unwrap();
        std::fs::rename(&unfinished, root().join(path)).unwrap();
    }
    let written = read(path);
    let differs = written.lines().zip(fresh.lines()).position(|(a, b)| a != b);
    let at = differs.unwrap_or(written.lines().count().min(fresh.lines().count()));
    assert!(
        written == fresh,
        "{path} is stale: run `UPDATE_DOCS=1 cargo test docs::`\nline {}: {:?}\nshould be {:?}",
        at + 1,
        written.lines().nth(at),
        fresh.lines().nth(at)
    );
}

/// What stands between the comments `NAME: begin` and `NAME: end`, with its place in the page.
#[track_caller]
fn region<'a>(path: &str, page: &'a str, name: &str) -> (usize, &'a str) {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->\n"));
    let start = page.find(&begin).unwrap_or_else(|| panic!("{path} has no {begin}")) + begin.len();
    let length = page[start..].find(&end).unwrap_or_else(|| panic!("{path} has no {end}"));
    (start, &page[start..start + length])
}

/// The same for a part of a page.
#[track_caller]
fn same_region(path: &str, name: &str, fresh: &str) {
    // Several tests write parts of one page.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut page = read(path);
    let (start, old) = region(path, &page, name);
    let length = old.len();
    page.replace_range(start..start + length, fresh);
    same(path, &page);
}

/// The fenced blocks of a page whose fence says this (```` ```toml part ````).
pub fn blocks(path: &str, fence: &str) -> Vec<String> {
    let page = read(path);
    let fence_line = format!("```{fence}\n");
    let mut parts = page.split(&fence_line);
    parts.next();
    let blocks: Vec<String> = parts.map(|part| part.split("```\n").next().unwrap().to_string()).collect();
    assert!(!blocks.is_empty(), "{path} has no ```{fence}");
    blocks
}

/// The rows of the only table of a text, without its head.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect()).collect()
}

/// What stands in backquotes.
pub fn code(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(Into::into).collect()
}

#[test]
fn the_readme_has_the_table_of_commands() {
    let table = |wanted: Role| {
        let mut table = String::from("| Command | What it is for | Examples |\n|---|---|---|\n");
        for command in TABLE.iter().filter(|command| command.role == wanted) {
            let examples: Vec<String> =
                command.examples.iter().map(|example| format!("`/{example}`")).collect();
            let usage = commands::line::usage(command);
            let only = match command.only {
                Some(platform) => format!(" (in {})", platform.title()),
                None => String::new(),
            };
            table.push_str(&format!(
                "| `{usage}` | {}{only} | {} |\n",
                command.about(RoomWord::Room),
                examples.join(", ")
            ));
        }
        table
    };
    let fresh = format!(
        "{}\nFor moderators, of their rooms:\n\n{}\nFor editors:\n\n{}",
        table(Role::Member),
        table(Role::Moderator),
        table(Role::Editor)
    );
    let listed = fresh.lines().filter(|line| line.starts_with("| `/")).count();
    assert_eq!(listed, TABLE.len(), "commands of a role that the README does not show");
    same_region("README.md", "commands", &fresh);
}

/// The message of the picture in the README; the picture is drawn from this file.
#[cfg(feature = "discord")]
#[tokio::test]
async fn the_picture_of_discord_is_of_what_is_sent() {
    use rapporteur::chat::discord::message::{RenderOptions, render};

    let room = Room::first_article().await;
    let answer = room.ask("/quote Paz").await;
    let options =
        RenderOptions { line: Some("quote Paz"), part: 0, caller: Some(1), ..RenderOptions::default() };
    let message = render(&answer, options);
    same("docs/pictures/quote.json", &(serde_json::to_string_pretty(&message.body).unwrap() + "\n"));
}

#[test]
fn the_schema_is_that_of_the_types() {
    same("docs/pack.schema.json", &schema::file());
}

#[tokio::test]
async fn the_picture_shows_real_answers() {
    let room = Room::first_article().await;
    let (prompt, typed) = (AnsiColor::Green.on_default().bold(), Style::new().bold());
    let mut session = String::new();
    for line in ["/quote Paz", "/timeline 1990s", "/actor trudeau"] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}");
        session.push_str(&format!("{prompt}>{prompt:#} {typed}{line}{typed:#}\n\n"));
        session.push_str(&terminal::render(&answer, WIDTH));
        session.push('\n');
    }
    same("docs/session.svg", &picture(session.trim_end()));
}

/// A terminal that is readable on white and on black pages.
fn picture(session: &str) -> String {
    let rgb = |r, g, b| RgbColor(r, g, b);
    let mut colours = anstyle_svg::VGA;
    for (colour, value) in [
        (AnsiColor::Red, rgb(255, 123, 114)),
        (AnsiColor::Green, rgb(126, 231, 135)),
        (AnsiColor::Yellow, rgb(242, 204, 96)),
        (AnsiColor::Cyan, rgb(118, 207, 232)),
    ] {
        colours.0[colour as usize] = value;
    }
    let svg = anstyle_svg::Term::new()
        .palette(colours)
        .fg_color(Color::Rgb(rgb(230, 237, 243)))
        .bg_color(Color::Rgb(rgb(29, 36, 44)))
        .min_width_px(760)
        .render_svg(session);
    let size = |name: &str| {
        let (_, rest) = svg.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once("px\"").unwrap().0.to_string()
    };
    let (width, height) = (size("width"), size("height"));
    // A viewBox lets a narrow page scale the picture instead of cutting it.
    let head = format!("<svg viewBox=\"0 0 {width} {height}\" role=\"img\" ");
    // Opacity of the whole is not for a part of a text; that of its letters is.
    svg.replacen("<svg ", &head, 1).replace("opacity: 0.4;", "fill-opacity: 0.65;")
}

/// The example's text and pack.
fn example() -> (String, PackFile, Pack) {
    let text = blocks(EDITING, "text example").remove(0);
    let pack = blocks(EDITING, "toml example").remove(0);
    let file = PackFile::from_bytes("config/articles/norrby-park.toml".into(), pack.into_bytes()).unwrap();
    let pack = file.parse().unwrap();
    (text, file, pack)
}

fn diagnostics(checked: &Checked) -> String {
    checked.diagnostics.iter().map(|it| it.render() + "\n").collect()
}

#[tokio::test]
async fn the_example_is_right_and_answers() {
    let (text, file, pack) = example();
    let checked = check(&file, &pack, Some(&text), Settings::default().library.quoted_limit);
    assert!(checked.diagnostics.is_empty(), "{}", diagnostics(&checked));
    let kinds: BTreeSet<Kind> = pack.clone().into_items().map(|item| item.kind()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "the example should have every kind: {kinds:?}");

    let room = Room::of(&[&blocks(EDITING, "toml example")[0]]).await;
    for item in pack.into_items() {
        let command = match item.kind() {
            Kind::Fact | Kind::Relation => "source",
            kind => kind.word(),
        };
        let answer = room.ask(&format!("/{command} {}", item.id())).await;
        // Nobody said anything about some actors, but they are found.
        assert_eq!(answer.kind, AnswerKind::Found, "{command} {}: {answer:?}", item.id());
    }
    let answer = terminal::render(&room.ask("/quote Lind").await, 100);
    let answer = anstream::adapter::strip_str(&answer).to_string();
    same_region(EDITING, "answer", &format!("```text\n> /quote Lind\n\n{answer}```\n"));
}

#[test]
fn the_pieces_are_from_the_example() {
    let whole = blocks(EDITING, "toml example").remove(0);
    for part in blocks(EDITING, "toml part") {
        assert!(whole.contains(&part), "this is not in the example:\n{part}");
    }
}

#[tokio::test]
async fn the_smallest_pack_loads() {
    let pack = blocks(EDITING, "toml minimal").remove(0);
    let room = Room::of(&[&pack]).await;
    assert_eq!(room.ask("/article").await.kind, AnswerKind::Found);
    // It is the smallest: without any of its lines it is wrong.
    let lines: Vec<&str> = pack.lines().filter(|line| line.contains(" = ")).collect();
    for line in lines {
        let less = pack.replace(line, "");
        assert!(
            PackFile::from_bytes("less.toml".into(), less.into_bytes()).unwrap().parse().is_err(),
            "{line}"
        );
    }
}

#[test]
fn the_shown_check_is_a_real_one() {
    let (text, file, pack) = example();
    let limit = Settings::default().library.quoted_limit;
    let right = blocks(EDITING, "toml example").remove(0);
    let wrong = right
        .replace("words = \"a park for everyone\"", "words = \"a park for everybody\"")
        .replace("claimed_by = \"lind\"", "claimed_by = \"linde\"");
    let wrong = PackFile::from_bytes(file.name.clone(), wrong.into_bytes()).unwrap();
    let checked = check(&wrong, &wrong.parse().unwrap(), Some(&text), limit);
    assert_eq!(checked.diagnostics.len(), 2);
    let shown: Vec<String> =
        checked.diagnostics.iter().map(|it| without_trailing_spaces(&it.render())).collect();
    same_region(EDITING, "diagnostic", &format!("```text\n{}\n```\n", shown.join("\n\n")));

    // What the program says of the right one.
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("config/articles")).unwrap();
    std::fs::write(folder.path().join(&file.name), right).unwrap();
    std::fs::write(folder.path().join("norrby-park.txt"), text).unwrap();
    drop(pack);
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", &file.name, "--source", "norrby-park.txt"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).unwrap();
    same_region(EDITING, "right", &format!("```text\n{said}```\n"));
}

fn without_trailing_spaces(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn dates_are_shown_as_the_table_says() {
    let page = read(EDITING);
    let mut fresh = String::from("| `edtf` | `text` | Shown as |\n|---|---|---|\n");
    for row in rows(region(EDITING, &page, "dates").1) {
        let words = code(&row[0]);
        let wording = Some(row[1].clone()).filter(|wording| !wording.is_empty());
        let by = if wording.is_some() { Provenance::Text } else { Provenance::Editor };
        let season = words.iter().any(|word| word == "season = true");
        let when = When { edtf: words[0].clone(), text: wording, by, season };
        when.days().unwrap_or_else(|error| panic!("{}: {}", error.problem, error.help));
        let row = format!("| {} | {} | {} |\n", row[0], row[1], when.said().unwrap());
        fresh.push_str(&row.replace("|  |", "| |"));
    }
    same_region(EDITING, "dates", &fresh);
    // The traps of the page.
    for (edtf, right) in [("2021-22", false), ("2015-16", false), ("2011-12", true), ("2021/2022", true)] {
        let when = When { edtf: edtf.into(), text: None, by: Provenance::Editor, season: false };
        assert_eq!(when.days().is_ok(), right, "{edtf}");
        assert!(page.contains(&format!("`{edtf}`")), "{edtf}");
    }
}

#[test]
fn every_key_of_a_pack_is_in_the_guide() {
    let schema = schema::schema();
    let keys = |name: &str| -> (Vec<String>, Vec<String>) {
        let it = &schema["$defs"][name];
        let required: Vec<&str> =
            it["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let all = it["properties"].as_object().unwrap().keys();
        all.map(|key| format!("`{key}`")).partition(|key| required.contains(&key.trim_matches('`')))
    };
    let mut fresh = String::from("| Kind | needs | may have |\n|---|---|---|\n");
    for (kind, name) in [
        ("`[[topic]]`", "Topic"),
        ("`[[actor]]`", "Actor"),
        ("`[[actor.role]]`", "Office"),
        ("`[[event]]`", "Event"),
        ("`[[quote]]`", "Quote"),
        ("`[[fact]]`", "Fact"),
        ("`[[relation]]`", "Relation"),
        ("`[[argument]]`", "Argument"),
    ] {
        let (needed, more) = keys(name);
        fresh.push_str(&format!("| {kind} | {} | {} |\n", needed.join(", "), more.join(", ")));
    }
    same_region(EDITING, "keys", &fresh);
    let (needed, more) = keys("Article");
    let page = read(EDITING);
    for key in needed.iter().chain(&more).filter(|key| *key != "`section`") {
        let mark = if needed.contains(key) { "needed " } else { "" };
        assert!(page.contains(&format!("| {key} | {mark}|")), "{key} of [article]");
    }
}

#[test]
fn the_example_environment_has_every_setting_with_its_default() {
    let lines = read(".env.example");
    let variables: BTreeMap<String, String> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("# ")?.split_once('='))
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .filter(|(name, _)| name.starts_with("RAPPORTEUR_"))
        .collect();
    let empty = tempfile::NamedTempFile::new().unwrap();
    let loaded = settings::load(
        Some(empty.path()),
        variables.clone().into_iter().map(|(name, value)| (name.into(), value.into())),
    )
    .unwrap();
    assert_eq!(loaded.settings, Settings::default());
    let sections = toml::Table::try_from(Settings::default()).unwrap();
    let number: usize = sections.values().map(|section| section.as_table().unwrap().len()).sum();
    assert_eq!(variables.len(), number, "{variables:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let page = read("docs/dependencies.md");
    let mut sections = page.split("\n## ").skip(1);
    for table in ["dependencies", "dev-dependencies"] {
        let named: BTreeSet<String> = manifest[table].as_table().unwrap().keys().cloned().collect();
        let section = sections.next().unwrap();
        let explained: BTreeSet<String> =
            rows(section).iter().map(|row| row[0].trim_matches('`').to_string()).collect();
        let missing: Vec<_> = named.difference(&explained).collect();
        let stale: Vec<_> = explained.difference(&named).collect();
        assert!(missing.is_empty() && stale.is_empty(), "{table}: missing {missing:?}, stale {stale:?}");
        assert!(rows(section).iter().all(|row| row[1].len() > 10), "{table}: a reason is missing");
    }
}

/// The anchor that a heading has on a rendered page.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A page without its fenced blocks.
pub fn prose(page: &str) -> String {
    let mut inside = false;
    let lines = page.lines().filter(|line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn links_lead_somewhere() {
    let mut checked = 0;
    for page in pages() {
        let text = prose(&read(&page));
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("https://")) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => root().join(&page),
                file => root().join(&page).parent().unwrap().join(file),
            };
            assert!(target.exists(), "{page}: {link}");
            if !heading.is_empty() {
                let headings = prose(&std::fs::read_to_string(&target).unwrap());
                let mut headings = headings.lines().filter(|line| line.starts_with('#'));
                assert!(headings.any(|line| anchor(line) == heading), "{page}: {link}");
            }
            checked += 1;
        }
    }
    assert!(checked > 20, "only {checked} links were found");
}

#[test]
fn files_that_are_named_are_there() {
    let mut checked = 0;
    let tops = ["src/", "tests/", "docs/", "config/", "migrations/", ".ci/", "benches/"];
    for page in pages() {
        let prose = prose(&read(&page));
        for name in code(&prose).iter().filter(|name| tops.iter().any(|top| name.starts_with(top))) {
            // The page on editing names the file that its reader is to make.
            if name.contains(['*', ' ', '<']) || name.contains("norrby") {
                continue;
            }
            assert!(root().join(name).exists(), "{page}: {name}");
            checked += 1;
        }
    }
    assert!(checked > 30, "only {checked} names were found");
}

/// The Rust files of a module.
fn sources(module: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join("src").join(module), root().join("src").join(format!("{module}.rs"))];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kind == "rs") && path.exists() {
            found.push(path);
        }
    }
    found
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let page = read(ARCHITECTURE);
    let table = rows(region(ARCHITECTURE, &page, "modules").1);
    let described: BTreeSet<String> = table.iter().flat_map(|row| code(&row[0])).collect();
    let lib = read("src/lib.rs");
    let modules: BTreeSet<String> = lib
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_string()))
        .collect();
    assert_eq!(described, modules, "the table of modules, and src/lib.rs");
    for row in &table {
        let (module, allowed) = (&code(&row[0])[0], code(&row[2]));
        let mut used = BTreeSet::new();
        for path in sources(module) {
            let text = std::fs::read_to_string(&path).unwrap();
            for rest in text.split("crate::").skip(1) {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // The catalogue's macro.
                let name = if name == "say" { "locale".into() } else { name };
                if modules.contains(&name) && name != *module {
                    used.insert(name);
                }
            }
        }
        let allowed: BTreeSet<String> = allowed.into_iter().collect();
        assert_eq!(used, allowed, "`{module}`: what it uses, and what {ARCHITECTURE} says");
    }
}

/// `8 MiB` and `20,000 characters` as numbers.
fn number(text: &str) -> u64 {
    let mut words = text.split(' ');
    let number: u64 = words.next().unwrap().replace(',', "").parse().unwrap();
    match words.next() {
        Some("KiB") => number << 10,
        Some("MiB") => number << 20,
        _ => number,
    }
}

#[test]
fn limits_are_those_of_the_code() {
    let page = read(ARCHITECTURE);
    let table = rows(region(ARCHITECTURE, &page, "limits").1);
    assert!(table.len() > 10);
    for row in table {
        let place = code(&row[2]);
        let (name, file) = (&place[0], &place[1]);
        let source = read(file);
        let line = source.lines().find(|line| line.contains(&format!("const {name}:")));
        let line = line.unwrap_or_else(|| panic!("{file} has no {name}"));
        let value = line.split_once(" = ").unwrap().1.trim_end_matches(';').replace('_', "");
        let value = value.replace("Duration::fromsecs(", "").replace(')', "");
        let value: u64 = value.split('*').map(|factor| factor.trim().parse::<u64>().unwrap()).product();
        assert_eq!(number(&row[1]), value, "{name} in {file}: {}", row[0]);
    }
}
