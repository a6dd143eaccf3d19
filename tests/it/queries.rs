//! The data of the compile-time checked queries, against the databases as the migrations make them; and how many
//! statements an answer asks.

use std::path::Path;

use sqlx::{Column, Connection, Either, Executor, Row, SqlSafeStr, SqliteConnection, TypeInfo};

use crate::common::{Bot, pack};

#[tokio::test]
async fn the_offline_data_is_what_the_databases_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(include_str!("../../migrations/library/schema.sql")).execute(&mut db).await.unwrap();
    sqlx::migrate!("migrations/community").run(&mut db).await.unwrap();
    let sources = sources(&root.join("src"));
    let mut checked = 0;
    for entry in std::fs::read_dir(root.join(".sqlx")).unwrap() {
        let path = entry.unwrap().path();
        let data: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let query = data["query"].as_str().unwrap();
        assert!(
            sources.contains(&squeeze(query)),
            "{} is of a query that is gone: run migrations/refresh-queries",
            path.display()
        );
        let described = db.describe(sqlx::AssertSqlSafe(query.to_string()).into_sql_str()).await.unwrap();
        let columns: Vec<String> =
            described.columns().iter().map(|it| format!("{} {}", it.name(), it.type_info().name())).collect();
        let known: Vec<String> = data["describe"]["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                let type_name = it["type_info"].as_str().unwrap();
                format!("{} {}", it["name"].as_str().unwrap(), type_name)
            })
            .collect();
        let same = columns.len() == known.len()
            && columns.iter().zip(&known).all(|(now, known)| now.eq_ignore_ascii_case(known));
        assert!(same, "{query}\nis {columns:?}, .sqlx has {known:?}: run migrations/refresh-queries");
        let parameters = match described.parameters() {
            Some(Either::Right(number)) => number,
            Some(Either::Left(types)) => types.len(),
            None => 0,
        };
        assert_eq!(data["describe"]["parameters"]["Right"], parameters, "{query}");
        checked += 1;
    }
    assert!(checked > 20, "only {checked} queries were found");
}

/// Kinds are bound and not written as numbers, so no plan may depend on a number that a query or an index says.
#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one database serves all checks of the queries")]
async fn no_number_stands_for_a_kind_and_each_query_by_kind_has_its_index() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = include_str!("../../migrations/library/schema.sql");
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(schema).execute(&mut db).await.unwrap();
    let mut queries = vec![schema.to_string()];
    for entry in std::fs::read_dir(root.join(".sqlx")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        queries.push(data["query"].as_str().unwrap().to_string());
    }
    for query in &queries {
        let squeezed = squeeze(query);
        for column in ["kind", "role"] {
            for (at, _) in squeezed.match_indices(column) {
                let compared = squeezed[at + column.len()..].trim_start_matches(['=', '<', '>', '!']);
                let is_compared = compared.len() < squeezed.len() - at - column.len();
                assert!(!is_compared || !compared.starts_with(|c: char| c.is_ascii_digit()), "{query}");
            }
        }
    }
    for (part, plan) in [
        ("count(*) AS \"count!: i64\"", "SCAN item USING COVERING INDEX item_by_kind"),
        ("UPDATE item SET title", "SEARCH item USING INDEX item_by_kind (article=? AND kind=?)"),
        (
            "WHERE article = ?1 AND kind = ?2 ORDER BY id",
            "SEARCH item USING COVERING INDEX item_by_kind (article=? AND kind=?)",
        ),
        ("NOT INDEXED WHERE kind = ?1", "SCAN item"),
        (
            "AND link.kind = ?3 ORDER BY link.source",
            "SEARCH link USING PRIMARY KEY (target=? AND role=? AND kind=?)",
        ),
        ("i.earliest <= ?5", "SEARCH link USING PRIMARY KEY (target=? AND role=? AND kind=?)"),
        ("i.earliest IS NULL", "SEARCH link USING PRIMARY KEY (target=? AND role=? AND kind=?)"),
        ("kind = ?2 AND earliest <= ?4", "SEARCH item USING INDEX item_by_kind (article=? AND kind=?)"),
        (
            "kind = ?1 AND earliest BETWEEN ?2 AND ?3 ORDER BY",
            "SEARCH item USING COVERING INDEX item_by_day (kind=? AND earliest>? AND earliest<?)",
        ),
        ("kind = ?1 AND earliest IS NULL", "SEARCH item USING INDEX item_by_day (kind=? AND earliest=?)"),
        (
            "INDEXED BY item_by_importance",
            "SEARCH item USING COVERING INDEX item_by_importance (kind=? AND earliest>?)",
        ),
        (
            "AND is_key = 1 ORDER BY id LIMIT ?3",
            "SEARCH item USING INDEX item_by_kind (article=? AND kind=?)",
        ),
        ("wanted.key + 0 AS \"role!: i64\"", "SEARCH link USING PRIMARY KEY (target=? AND role=?)"),
        ("i.kind = ?2 ORDER BY i.id", "SEARCH i USING INDEX item_by_kind (article=? AND kind=?)"),
        ("earliest = latest", "SEARCH item USING INDEX item_by_day (kind=?)"),
        (
            "WITH RECURSIVE years",
            "SEARCH item USING COVERING INDEX item_by_day (kind=? AND earliest>? AND earliest<?)",
        ),
    ] {
        let mut found = queries[1..].iter().filter(|query| squeeze(query).contains(&squeeze(part)));
        let (query, other) = (found.next().unwrap_or_else(|| panic!("no query has {part}")), found.next());
        assert!(other.is_none(), "{part}: {other:?}");
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<String> = sqlx::query(explain)
            .fetch_all(&mut db)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get("detail"))
            .collect();
        let items: Vec<&String> =
            steps.iter().filter(|step| [" item", " link"].iter().any(|it| step.contains(it))).collect();
        assert!(items.iter().any(|step| step.as_str() == plan), "{query}\n{steps:#?}");
        let scans = items.iter().filter(|step| step.starts_with("SCAN item")).count();
        assert_eq!(scans, usize::from(plan.starts_with("SCAN")), "{query}\n{steps:#?}");
    }
}

/// Each statement is a hand-over to another thread, and that is what an answer takes its time for.
#[test]
fn answers_ask_few_statements() {
    let first = include_str!("../../config/articles/us-mexico.toml");
    let alone = Bot::new().pack("us-mexico.toml", first);
    let several = Bot::new().pack("us-mexico.toml", first).pack("doors.toml", pack().text());
    for (bot, all) in [(alone, false), (several, true)] {
        bot.ask("/reload").code(0);
        let bot = bot.env("RUST_LOG", "sqlx::query=debug").env("RAPPORTEUR_LOG_FORMAT", "json");
        for (line, most) in [
            ("/quote Andrés Manuel López Obrador", 3),
            ("/quote AMLO", 3),
            ("/quote Andrés Manuel Lopes Obradro", 3),
            ("/quote Octavo Paz", 3),
            ("/timeline 2020", 3),
        ] {
            let output = bot.ask(line);
            output.code(0);
            let asked = statements(&output.stderr);
            assert!(asked.len() <= most, "{line}, several articles: {all}: {asked:#?}");
        }
    }
}

/// The statements on the library of an answer, from the log.
fn statements(log: &str) -> Vec<String> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    lines
        .filter_map(|line| {
            let [statement, summary] =
                ["db.statement", "summary"].map(|it| line["fields"][it].as_str().unwrap_or(""));
            let statement = if statement.trim().is_empty() { summary } else { statement };
            let is_about = ["PRAGMA", "FROM about", "FROM map"].iter().any(|it| statement.contains(it));
            let tables = ["item", "link", "naming", "name", "name_words", "text", "same", "span", "article"];
            let is_of_library = tables.iter().any(|table| {
                ["FROM", "JOIN"].iter().any(|word| statement.contains(&format!("{word} {table}")))
            });
            (is_of_library && !is_about).then(|| statement.to_string())
        })
        .collect()
}

/// All of the program's source without its white space.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            all.push_str(&squeeze(&std::fs::read_to_string(&path).unwrap()));
        }
    }
    all
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
