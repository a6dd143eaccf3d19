//! `rapporteur ask`: one question.

use std::process::ExitCode;

use rapporteur::chat::terminal;
use rapporteur::service;
use rapporteur::settings::Settings;

use super::output::{code, print, print_answer, show_answer};

/// What is asked, and how the answer is printed.
#[derive(Debug, clap::Args)]
pub struct Ask {
    /// Print the whole answer as JSON.
    #[arg(long)]
    json: bool,
    /// The command and its options.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "LINE")]
    line: Vec<String>,
}

/// Asks it.
///
/// # Errors
/// The databases can't be opened, or standard output can't be written.
pub async fn run(settings: &Settings, asked: &Ask) -> anyhow::Result<ExitCode> {
    // One argument is a whole line; several were split by the shell, which took their quotes away.
    let line = match asked.line.as_slice() {
        [line] => line.clone(),
        words => words
            .iter()
            .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { word.clone() })
            .collect::<Vec<_>>()
            .join(" "),
    };
    // Who asks for a reload wants to see it, so it must not happen before.
    let is_reload = line.trim_start_matches('/').starts_with("reload");
    let (world, trouble) = match is_reload {
        true => (service::open_only(settings).await?, None),
        false => service::open(settings).await?,
    };
    if let Some(answer) = trouble {
        show_answer(&answer);
    }
    let caller = terminal::caller(settings.terminal.role);
    let answering = async {
        let answer = terminal::ask(&world, &caller, &line).await;
        match asked.json {
            true => print(&(serde_json::to_string_pretty(&answer)? + "\n"))?,
            false => print_answer(&answer)?,
        }
        Ok(code(&answer))
    };
    terminal::language(&world, &caller).await.scope(answering).await
}
