//! The data of the compile-time checked queries, against the databases as the migrations make them.

use std::path::Path;

use sqlx::{Column, Connection, Either, Executor, SqlSafeStr, SqliteConnection, TypeInfo};

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
