//! What SQLite is really asked: statements with their parameters, taken from SQLite's own trace.
//!
//! sqlx and rusqlite share one SQLite in this process, so an extension that is registered through
//! rusqlite is there in the connections that sqlx opens.
#![expect(unsafe_code, reason = "SQLite calls the extension from C")]

use std::cell::Cell;
use std::ffi::{c_char, c_int};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rusqlite::auto_extension::{cancel_auto_extension, init_auto_extension, register_auto_extension};
use rusqlite::ffi;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

/// A value bound to a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Number(i64),
    Text(String),
}

/// A statement as it was prepared, and what was bound to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub sql: &'static str,
    pub values: Vec<Value>,
}

static STATEMENTS: Mutex<Option<Vec<Statement>>> = Mutex::new(None);
static NANOS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
}

unsafe extern "C" fn extension(
    db: *mut ffi::sqlite3,
    message: *mut *mut c_char,
    _: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands over a connection that it has just opened. Nothing here opens or closes one.
    unsafe {
        init_auto_extension(db, message, |connection| {
            let events = TraceEventCodes::SQLITE_TRACE_STMT | TraceEventCodes::SQLITE_TRACE_PROFILE;
            connection.trace_v2(events, Some(on_event));
            Ok(())
        })
    }
}

fn on_event(event: TraceEvent<'_>) {
    match event {
        // The statements that FTS5 and the R*Tree run inside of ours are comments here.
        TraceEvent::Stmt(_, sql) if sql.starts_with("--") => {}
        TraceEvent::Stmt(statement, sql) => {
            if let Some(statements) = STATEMENTS.lock().unwrap().as_mut() {
                let values = values(sql, &statement.expanded_sql().unwrap());
                statements.push(Statement { sql: interned(sql), values });
            }
            STARTED.set(Some(Instant::now()));
        }
        // Theirs end before ours, and are of tables in quotation marks.
        TraceEvent::Profile(statement, _) if !is_inner(&statement.sql()) => {
            if let Some(started) = STARTED.take() {
                NANOS.fetch_add(u64::try_from(started.elapsed().as_nanos()).unwrap(), Ordering::Relaxed);
            }
        }
        _ => {}
    }
}

fn is_inner(sql: &str) -> bool {
    sql.contains("'main'.'") || sql.contains("\"main\".\"")
}

/// From now on connections that are opened are listened to, until [`stop`].
pub fn start() {
    // SAFETY: the extension neither opens nor closes connections, nor registers extensions.
    unsafe { register_auto_extension(extension).unwrap() };
}

/// Connections that are opened later are no longer listened to.
pub fn stop() {
    assert!(cancel_auto_extension(extension));
}

/// Starts to collect statements.
pub fn collect() {
    *STATEMENTS.lock().unwrap() = Some(Vec::new());
}

/// The statements since [`collect`].
pub fn collected() -> Vec<Statement> {
    STATEMENTS.lock().unwrap().take().unwrap_or_default()
}

/// The time that statements took inside of SQLite since this was last asked.
pub fn nanos() -> u64 {
    NANOS.swap(0, Ordering::Relaxed)
}

/// One copy of each statement's text, for ever.
fn interned(sql: &str) -> &'static str {
    static ALL: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut all = ALL.lock().unwrap();
    match all.iter().find(|known| **known == sql) {
        Some(known) => known,
        None => {
            all.push(String::leak(sql.to_string()));
            all[all.len() - 1]
        }
    }
}

/// The values that stand in `expanded` where `sql` has `?1`, `?2` and so on.
fn values(sql: &str, expanded: &str) -> Vec<Value> {
    let (mut sql, mut expanded) = (sql, expanded);
    let mut values = Vec::new();
    while let Some(c) = sql.chars().next() {
        if c == '?' {
            let digits = sql[1..].bytes().take_while(u8::is_ascii_digit).count();
            let at = sql[1..=digits].parse().unwrap_or(values.len() + 1);
            let (value, rest) = literal(expanded);
            if values.len() < at {
                values.resize(at, Value::Null);
            }
            values[at - 1] = value;
            (sql, expanded) = (&sql[1 + digits..], rest);
            continue;
        }
        // Text in quotation marks is the same in both.
        let length = match c {
            '\'' | '"' => 2 + sql[1..].find(c).expect("a closing quotation mark"),
            c => c.len_utf8(),
        };
        assert_eq!(sql[..length], expanded[..length], "{sql}\n{expanded}");
        (sql, expanded) = (&sql[length..], &expanded[length..]);
    }
    values
}

fn literal(text: &str) -> (Value, &str) {
    if let Some(quoted) = text.strip_prefix('\'') {
        let mut value = String::new();
        let mut rest = quoted;
        loop {
            let end = rest.find('\'').expect("a closing quotation mark");
            value.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            let Some(more) = rest.strip_prefix('\'') else { return (Value::Text(value), rest) };
            value.push('\'');
            rest = more;
        }
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let value = match &text[..end] {
        "NULL" => Value::Null,
        number => Value::Number(number.parse().expect("a whole number")),
    };
    (value, &text[end..])
}
