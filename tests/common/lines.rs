//! What can be asked of the project's first article.

use rapporteur::article::pack::Pack;
use rapporteur::article::{Item, Kind};
use rapporteur::commands::TABLE;

use super::pack::real_pack;

/// The examples of all commands, questions for every item of the first article, and lines of any length.
pub fn article_lines() -> Vec<String> {
    let pack: Pack = toml::from_str(&real_pack()).unwrap();
    let mut lines: Vec<String> =
        TABLE.iter().flat_map(|command| command.examples).map(|line| line.to_string()).collect();
    lines.extend(TABLE.iter().map(|command| format!("help {}", command.name)));
    for item in pack.into_items() {
        let id = item.id().to_string();
        lines.push(format!("source {id}"));
        lines.push(format!("search {}", item.title()));
        match item.kind() {
            Kind::Fact | Kind::Relation | Kind::Article => {}
            kind => lines.push(format!("{} {id}", kind.word())),
        }
        if let Item::Actor(_) = &item {
            lines.extend([format!("quote {id}"), format!("timeline {id}"), format!("compare {id} amlo")]);
        }
    }
    for long in ["x".repeat(4_000), "wall ".repeat(800), "👨‍👩‍👧‍👦".repeat(200)] {
        lines.extend([format!("quote {long}"), format!("search {long}"), long]);
    }
    lines
}
