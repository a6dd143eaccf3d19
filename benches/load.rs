//! How long loading takes, and how much memory: reading and checking the packs, and building the file,
//! beside the `sqlite3` shell that imports the same rows into the same tables with the same indexes.
//!
//! `cargo bench --bench load`. Needs the `sqlite3` shell. The tables at the end are written to
//! `target/bench/load.md` too. One load of the largest library takes minutes, so each is done once;
//! `BENCH_ARTICLES=100` measures smaller ones.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generate;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur::article::check::check;
use rapporteur::article::fold::fold;
use rapporteur::article::read::PackFile;
use rapporteur::article::{Pack, text};
use rapporteur::library::LibraryStore;
use rusqlite::Connection;

use generate::library::{self, Size};
use generate::{Generator, capture};

const SCHEMA: &str = include_str!("../migrations/library/schema.sql");
const PRAGMAS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; \
    PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE;";

fn main() {
    // `cargo test --benches` must not load libraries.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let sizes: Vec<usize> = match std::env::var("BENCH_ARTICLES") {
        Ok(sizes) => sizes.split(',').map(|size| size.parse().unwrap()).collect(),
        Err(_) => vec![100, 10_000],
    };
    let generator = Generator::new();
    let mut table = String::from("| | ");
    let mut columns = Vec::new();
    for size in sizes {
        write!(table, "{size} articles | ").unwrap();
        columns.push(measure(&generator, Size::Articles(size)));
        // What is there already is worth having if the next one is stopped.
        println!("{:#?}", columns.last().unwrap());
    }
    table.push_str("\n|---|");
    table.push_str(&"---:|".repeat(columns.len()));
    for at in 0..columns[0].len() {
        write!(table, "\n| {} |", columns[0][at].0).unwrap();
        for column in &columns {
            write!(table, " {} |", column[at].1).unwrap();
        }
    }
    println!("{table}");
    std::fs::write(library::folder().join("load.md"), table + "\n").unwrap();
}

fn measure(generator: &Generator, size: Size) -> Vec<(&'static str, String)> {
    let packs = size.packs(generator);
    let files = pack_files(&packs);
    let bytes: u64 = files.iter().map(|file| std::fs::metadata(file).unwrap().len()).sum();
    let megabytes = bytes as f64 / 1e6;
    let folder = library::folder().join("load");
    // Left over from a run that was stopped.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();

    eprintln!("{size}: the program itself");
    let (program, peak) = program(&packs, &folder.join("program"));

    eprintln!("{size}: reading and checking");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let store = LibraryStore::open(&folder.join("parts")).unwrap();
    let started = Instant::now();
    let plan = runtime.block_on(store.plan(&packs, None, None)).unwrap();
    let planned = started.elapsed();

    // Building reads every pack once more; how long that takes is measured alone.
    let started = Instant::now();
    files.iter().for_each(|file| drop(read(file)));
    let read_again = started.elapsed();

    eprintln!("{size}: building");
    capture::start();
    let turn = store.try_lock().unwrap();
    let started = Instant::now();
    let built = runtime.block_on(store.build(&turn, &plan, None)).unwrap();
    let building = started.elapsed();
    capture::stop();
    let in_sqlite = Duration::from_nanos(capture::nanos());
    let file = store.path(&plan.revision);
    let items = built.library.item_count();
    drop(built);

    eprintln!("{size}: rows for the shell");
    let rows = folder.join("rows");
    dump(&file, &files, &rows);
    eprintln!("{size}: the shell");
    let shell_file = folder.join("shell.db");
    let shell = shell(&rows, &shell_file);
    same_rows(&file, &shell_file);

    let database = building.saturating_sub(read_again);
    let seconds = |duration: Duration| format!("{:.2} s", duration.as_secs_f64());
    let times = |part: Duration| format!("{:.2}", part.as_secs_f64() / shell.as_secs_f64());
    let size_of = |path: &Path| format!("{:.0} MB", std::fs::metadata(path).unwrap().len() as f64 / 1e6);
    let figures = vec![
        ("items", items.to_string()),
        ("packs", format!("{megabytes:.0} MB")),
        ("`rapporteur load`, all of it", seconds(program)),
        ("its peak memory (VmHWM)", format!("{peak:.0} MB")),
        ("reading and checking the packs", seconds(planned)),
        ("… in MB of packs a second", format!("{:.1}", megabytes / planned.as_secs_f64())),
        ("building the file, with reading the packs again", seconds(building)),
        ("… reading the packs again", seconds(read_again)),
        ("… the rest: the database's part, with making the rows", seconds(database)),
        ("… of it inside SQLite", seconds(in_sqlite)),
        ("`sqlite3` importing the same rows", seconds(shell)),
        ("database's part ÷ `sqlite3`", times(database)),
        ("inside SQLite ÷ `sqlite3`", times(in_sqlite)),
        ("file built", size_of(&file)),
        ("file of `sqlite3`", size_of(&shell_file)),
    ];
    std::fs::remove_dir_all(folder).unwrap();
    figures
}

fn pack_files(packs: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(packs).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// What the library does with a pack before it has to do with a database.
fn read(path: &Path) -> Pack {
    let file = PackFile::open(path).unwrap();
    let pack = file.parse().unwrap();
    assert!(check(&file, &pack, None, 1.0).is_right());
    std::hint::black_box(text::sha256(&serde_json::to_vec(&pack).unwrap()));
    pack
}

/// The time and the peak memory, in MB, of `rapporteur load`.
fn program(packs: &Path, data: &Path) -> (Duration, f64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .env("RAPPORTEUR_LIBRARY_PACKS", packs)
        .arg("--data")
        .arg(data)
        .arg("load")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    let exit = loop {
        if let Some(exit) = child.try_wait().unwrap() {
            break exit;
        }
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = high.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        peak = peak.max(kib.unwrap_or(0.0) * 1024.0 / 1e6);
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(exit.success());
    (started.elapsed(), peak)
}

/// Writes what the shell imports: a CSV file a table, with the rows in the order in which the program
/// inserts them.
fn dump(file: &Path, packs: &[PathBuf], folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let db = Connection::open(file).unwrap();
    for (table, query) in [
        ("about", "SELECT * FROM about"),
        ("article", "SELECT * FROM article ORDER BY id"),
        ("item", "SELECT * FROM item ORDER BY id"),
        ("span", "SELECT id, earliest, latest FROM item WHERE kind = 2 AND earliest IS NOT NULL ORDER BY id"),
        // Pack by pack, as they come.
        (
            "link",
            "SELECT link.* FROM link JOIN item ON item.id = target ORDER BY item.article, target, role, link.kind, source",
        ),
        ("name", "SELECT * FROM name ORDER BY id"),
        ("naming", "SELECT * FROM naming ORDER BY article, kind, key, item"),
        ("name_words", "SELECT id, folded FROM name ORDER BY id"),
    ] {
        let mut out = BufWriter::new(File::create(folder.join(format!("{table}.csv"))).unwrap());
        let mut statement = db.prepare(query).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                use rusqlite::types::ValueRef;
                let comma = if column == 0 { "" } else { "," };
                match row.get_ref(column).unwrap() {
                    ValueRef::Null => write!(out, "{comma}"),
                    ValueRef::Integer(number) => write!(out, "{comma}{number}"),
                    ValueRef::Text(text) => {
                        write!(out, "{comma}\"{}\"", std::str::from_utf8(text).unwrap().replace('"', "\"\""))
                    }
                    other => panic!("{other:?}"),
                }
                .unwrap();
            }
            writeln!(out).unwrap();
        }
    }
    dump_maps(&db, folder);
    dump_texts(&db, packs, folder);
}

/// The same of the finite-state maps, whose bytes the shell reads from files: CSV has none.
fn dump_maps(db: &Connection, folder: &Path) {
    let mut out = BufWriter::new(File::create(folder.join("map.csv")).unwrap());
    let mut statement = db.prepare("SELECT title, bytes FROM map ORDER BY title").unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (title, bytes): (String, Vec<u8>) = (row.get(0).unwrap(), row.get(1).unwrap());
        let path = folder.join(&title);
        std::fs::write(&path, bytes).unwrap();
        writeln!(out, "{title},{}", path.display()).unwrap();
    }
}

/// The same of the words of the texts, which are in no table: they are made again, as `src/library/build.rs` does.
fn dump_texts(db: &Connection, packs: &[PathBuf], folder: &Path) {
    let mut out = BufWriter::new(File::create(folder.join("text.csv")).unwrap());
    for path in packs {
        let pack: Pack = PackFile::open(path).unwrap().parse().unwrap();
        let ids = ids(db, &pack.article.id);
        let items: Vec<_> = pack.into_items().collect();
        assert_eq!(ids.len(), items.len());
        // Each word behind its language; the generator writes English.
        let indexed = |texts: Vec<&str>| {
            let folded: Vec<String> = texts.into_iter().map(fold).collect();
            let words = folded.iter().flat_map(|text| text.split(' ')).filter(|word| !word.is_empty());
            words.map(|word| format!("enǃ{word}")).collect::<Vec<_>>().join(" ")
        };
        let names: HashMap<&str, Vec<&str>> = items.iter().map(|item| (item.id(), item.called())).collect();
        for (id, item) in ids.iter().zip(&items) {
            let linked = item.links().into_iter().filter_map(|(_, key)| names.get(key)).flatten().copied();
            let body = indexed(item.body().into_iter().chain(linked).collect());
            let asked = indexed(item.asked().iter().map(String::as_str).collect());
            writeln!(out, "{id},{},{body},{asked}", indexed(item.head())).unwrap();
        }
    }
}

/// The rows of all items of an article in the order of its pack.
fn ids(db: &Connection, article: &str) -> Vec<i64> {
    let query =
        "SELECT i.id FROM article AS a JOIN item AS i ON i.article = a.id WHERE a.key = ?1 ORDER BY i.id";
    let mut statement = db.prepare_cached(query).unwrap();
    statement.query_map([article], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// How long the shell takes: tables, rows and the FTS5 `optimize` in one transaction.
fn shell(rows: &Path, file: &Path) -> Duration {
    let mut script = format!("{PRAGMAS}\n{SCHEMA}\nBEGIN;\n");
    // CSV has no NULL: a trigger makes them of empty texts, in the one table that has some.
    script.push_str(
        "CREATE TEMP VIEW items AS SELECT * FROM item;
         CREATE TEMP TRIGGER no_text INSTEAD OF INSERT ON items BEGIN
             INSERT INTO item VALUES (NEW.id, NEW.article, NEW.kind, NEW.key, NEW.handle, NEW.any_handle, NEW.title,
                 nullif(NEW.section, ''), nullif(NEW.paragraph, ''), nullif(NEW.earliest, ''),
                 nullif(NEW.latest, ''), NEW.is_key, NEW.names, NEW.body);
         END;
         CREATE TEMP VIEW texts AS SELECT 0 AS id, '' AS head, '' AS body, '' AS asked;
         CREATE TEMP TRIGGER with_id INSTEAD OF INSERT ON texts BEGIN
             INSERT INTO text (rowid, head, body, asked) VALUES (NEW.id, NEW.head, NEW.body, NEW.asked);
         END;
         CREATE TEMP VIEW maps AS SELECT '' AS title, '' AS file;
         CREATE TEMP TRIGGER with_bytes INSTEAD OF INSERT ON maps BEGIN
             INSERT INTO map VALUES (NEW.title, readfile(NEW.file));
         END;
         CREATE TEMP VIEW names AS SELECT 0 AS id, '' AS words;
         CREATE TEMP TRIGGER with_words INSTEAD OF INSERT ON names BEGIN
             INSERT INTO name_words (rowid, words) VALUES (NEW.id, NEW.words);
         END;\n",
    );
    for (file, table) in [
        ("about", "about"),
        ("article", "article"),
        ("item", "items"),
        ("span", "span"),
        ("link", "link"),
        ("name", "name"),
        ("naming", "naming"),
        ("map", "maps"),
        ("name_words", "names"),
        ("text", "texts"),
    ] {
        writeln!(script, ".import --csv \"{}\" {table}", rows.join(format!("{file}.csv")).display()).unwrap();
    }
    script.push_str("INSERT INTO text (text) VALUES ('optimize');\n");
    script.push_str("INSERT INTO name_words (name_words) VALUES ('optimize');\nCOMMIT;\n");
    let started = Instant::now();
    let mut child = Command::new("sqlite3")
        .arg("-bail")
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the sqlite3 shell is needed");
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    started.elapsed()
}

/// Both files must have the same rows, or the comparison is worth nothing.
fn same_rows(ours: &Path, shells: &Path) {
    let (ours, shells) = (Connection::open(ours).unwrap(), Connection::open(shells).unwrap());
    let one = |db: &Connection, query: &str| -> i64 { db.query_row(query, [], |row| row.get(0)).unwrap() };
    for query in [
        "SELECT count(*) FROM article",
        "SELECT count(*) + sum(length(body)) + sum(coalesce(paragraph, 0)) + count(section) FROM item",
        "SELECT count(*) + sum(earliest) FROM span",
        "SELECT count(*) FROM link",
        "SELECT count(*) FROM name",
        "SELECT count(*) FROM naming",
        "SELECT count(*) + sum(length(bytes)) FROM map",
        "SELECT sum(length(block)) FROM text_data",
        "SELECT sum(length(block)) FROM name_words_data",
    ] {
        let (a, b) = (one(&ours, query), one(&shells, query));
        // Where a segment is cut can differ by some bytes.
        let near = query.contains("_data") && (a - b).abs() <= a / 1_000;
        assert!(a == b || near, "{query}: {a} and {b}");
    }
}
