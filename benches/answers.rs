//! How long an answer takes: the whole way from the typed line to the answer, beside the same statements
//! run bare through sqlx (the floor) and through rusqlite (for information) on the same file.
//!
//! `cargo bench --bench answers`. The table at the end has what Criterion does not show: p50 and p99 over
//! single calls. It is written to `target/bench/answers.md` too.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generate;

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode};
use hdrhistogram::Histogram;
use rapporteur::answer::AnswerKind;
use rapporteur::commands::{self, Caller, Opt, Role, World};
use rapporteur::platform::Platform;
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::runtime::Runtime;

use generate::Generator;
use generate::capture::{self, Statement, Value};
use generate::library::{self, Size};
use generate::queries::{Sort, queries};

const SIZES: [Size; 3] = [Size::First, Size::Articles(100), Size::Articles(10_000)];
/// How many different questions of each sort.
const QUESTIONS: usize = 300;

fn main() {
    // `cargo test --benches` must not build libraries.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let generator = Generator::new();
    // Built before anything listens to SQLite.
    for size in SIZES {
        drop(runtime.block_on(size.open(&generator)));
    }
    let mut rows = Vec::new();
    for size in SIZES {
        rows.extend(library(&mut criterion, &runtime, &generator, size));
    }
    criterion.final_summary();
    let table = table(&rows);
    println!("{table}");
    std::fs::write(library::folder().join("answers.md"), table).unwrap();
}

/// What was measured for one sort of question on one library.
struct Row {
    size: Size,
    sort: Sort,
    found: usize,
    questions: usize,
    statements: usize,
    ours: Histogram<u64>,
    sqlx: Histogram<u64>,
    rusqlite: Histogram<u64>,
}

async fn answer(world: &World, line: &str) -> AnswerKind {
    let caller = Caller { id: "bench".into(), role: Role::Member };
    let request = commands::line::parse(line, caller, Platform::Terminal).unwrap();
    black_box(commands::run(world, &request).await).kind
}

async fn suggest(world: &World, typed: &str) -> AnswerKind {
    let option: &Opt = &commands::command("quote").unwrap().options[0];
    let suggestions = black_box(commands::suggest(world, option, typed, None).await);
    if suggestions.is_empty() { AnswerKind::NothingFound } else { AnswerKind::Found }
}

async fn ask(world: &World, sort: Sort, line: &str) -> AnswerKind {
    if sort == Sort::Suggest { suggest(world, line).await } else { answer(world, line).await }
}

fn library(criterion: &mut Criterion, runtime: &Runtime, generator: &Generator, size: Size) -> Vec<Row> {
    // First with every statement listened to, then again without.
    capture::start();
    let world = runtime.block_on(size.open(generator));
    let file = library::file(&world);
    let mut asked = Vec::new();
    for sort in Sort::ALL {
        let lines = queries(generator, size, sort, QUESTIONS);
        let mut found = 0;
        let mut statements: Vec<Vec<Statement>> = Vec::new();
        for line in &lines {
            capture::collect();
            let kind = runtime.block_on(ask(&world, sort, line));
            statements.push(capture::collected());
            assert!(matches!(kind, AnswerKind::Found | AnswerKind::NothingFound), "{line}");
            found += usize::from(kind == AnswerKind::Found);
        }
        asked.push((sort, lines, statements, found));
    }
    capture::stop();
    drop(world);

    let world = runtime.block_on(size.open(generator));
    let mut bare = runtime.block_on(bare_sqlx(&file));
    let other = bare_rusqlite(&file);
    let mut rows = Vec::new();
    for (sort, lines, statements, found) in &asked {
        let mut group = criterion.benchmark_group(format!("{} of {size}", sort.title()));
        group.sampling_mode(SamplingMode::Flat).sample_size(10);
        group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        let mut ours = Timer::new(lines.len());
        group.bench_function("rapporteur", |bencher| {
            bencher.iter_custom(|times| runtime.block_on(time_ours(&world, *sort, lines, &mut ours, times)));
        });
        let missing = ours.missing();
        runtime.block_on(time_ours(&world, *sort, lines, &mut ours, missing));
        let mut sqlx = Timer::new(lines.len());
        group.bench_function("sqlx", |bencher| {
            bencher.iter_custom(|times| runtime.block_on(time_sqlx(&mut bare, statements, &mut sqlx, times)));
        });
        let missing = sqlx.missing();
        runtime.block_on(time_sqlx(&mut bare, statements, &mut sqlx, missing));
        let mut rusqlite = Timer::new(lines.len());
        group.bench_function("rusqlite", |bencher| {
            bencher.iter_custom(|times| time_rusqlite(&other, statements, &mut rusqlite, times));
        });
        let missing = rusqlite.missing();
        time_rusqlite(&other, statements, &mut rusqlite, missing);
        group.finish();
        rows.push(Row {
            size,
            sort: *sort,
            found: *found,
            questions: lines.len(),
            statements: statements.iter().map(Vec::len).sum(),
            ours: ours.histogram,
            sqlx: sqlx.histogram,
            rusqlite: rusqlite.histogram,
        });
    }
    rows
}

/// Goes round the questions, and keeps the times of all rounds but the first, which fills the caches.
struct Timer {
    at: usize,
    round: usize,
    histogram: Histogram<u64>,
}

impl Timer {
    fn new(round: usize) -> Timer {
        Timer { at: 0, round, histogram: Histogram::new(3).unwrap() }
    }

    /// How many calls are needed until a whole round is recorded.
    fn missing(&self) -> u64 {
        (2 * self.round).saturating_sub(self.at) as u64
    }

    fn next(&mut self) -> usize {
        self.at += 1;
        (self.at - 1) % self.round
    }

    fn record(&mut self, took: Duration) -> Duration {
        if self.at > self.round {
            self.histogram.record(u64::try_from(took.as_nanos()).unwrap()).unwrap();
        }
        took
    }
}

async fn time_ours(world: &World, sort: Sort, lines: &[String], timer: &mut Timer, times: u64) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        let line = &lines[timer.next()];
        let started = Instant::now();
        black_box(ask(world, sort, line).await);
        total += timer.record(started.elapsed());
    }
    total
}

async fn time_sqlx(
    connection: &mut SqliteConnection,
    statements: &[Vec<Statement>],
    timer: &mut Timer,
    times: u64,
) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        let statements = &statements[timer.next()];
        let started = Instant::now();
        run_sqlx(connection, statements).await;
        total += timer.record(started.elapsed());
    }
    total
}

fn time_rusqlite(
    connection: &rusqlite::Connection,
    statements: &[Vec<Statement>],
    timer: &mut Timer,
    times: u64,
) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..times {
        let statements = &statements[timer.next()];
        let started = Instant::now();
        run_rusqlite(connection, statements);
        total += timer.record(started.elapsed());
    }
    total
}

/// A connection as the library's own are.
async fn bare_sqlx(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true)
        .pragma("cache_size", "-8000")
        .statement_cache_capacity(100)
        .connect()
        .await
        .unwrap()
}

async fn run_sqlx(connection: &mut SqliteConnection, statements: &[Statement]) {
    for statement in statements {
        let mut query = sqlx::query(statement.sql);
        for value in &statement.values {
            query = match value {
                Value::Null => query.bind(None::<i64>),
                Value::Number(number) => query.bind(number),
                Value::Text(text) => query.bind(text),
            };
        }
        black_box(query.fetch_all(&mut *connection).await.unwrap());
    }
}

fn bare_rusqlite(file: &Path) -> rusqlite::Connection {
    use rusqlite::OpenFlags;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        rusqlite::Connection::open_with_flags(format!("file:{}?immutable=1", file.display()), flags).unwrap();
    connection.pragma_update(None, "cache_size", -8000).unwrap();
    connection.set_prepared_statement_cache_capacity(100);
    connection
}

fn run_rusqlite(connection: &rusqlite::Connection, statements: &[Statement]) {
    for statement in statements {
        let mut prepared = connection.prepare_cached(statement.sql).unwrap();
        for (value, at) in statement.values.iter().zip(1..) {
            match value {
                Value::Null => prepared.raw_bind_parameter(at, None::<i64>),
                Value::Number(number) => prepared.raw_bind_parameter(at, number),
                Value::Text(text) => prepared.raw_bind_parameter(at, text),
            }
            .unwrap();
        }
        let columns = prepared.column_count();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                black_box(row.get_ref(column).unwrap());
            }
        }
    }
}

fn table(rows: &[Row]) -> String {
    let mut table = String::from(
        "| Question | Library | p50 | p99 | sqlx p50 | sqlx p99 | p50 ÷ sqlx | rusqlite p50 | rusqlite p99 | statements | answered |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for sort in Sort::ALL {
        for row in rows.iter().filter(|row| row.sort == sort) {
            let ms = |histogram: &Histogram<u64>, part: f64| histogram.value_at_quantile(part) as f64 / 1e6;
            writeln!(
                table,
                "| {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.2} | {:.3} | {:.3} | {:.1} | {:.0} % of {} |",
                sort.title(),
                row.size,
                ms(&row.ours, 0.5),
                ms(&row.ours, 0.99),
                ms(&row.sqlx, 0.5),
                ms(&row.sqlx, 0.99),
                ms(&row.ours, 0.5) / ms(&row.sqlx, 0.5),
                ms(&row.rusqlite, 0.5),
                ms(&row.rusqlite, 0.99),
                row.statements as f64 / row.questions as f64,
                100.0 * row.found as f64 / row.questions as f64,
                row.questions,
            )
            .unwrap();
        }
    }
    table
}
