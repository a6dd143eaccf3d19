//! `rapporteur load`: the packs, as `/reload` loads them.

use std::process::ExitCode;

use rapporteur::chat::terminal;
use rapporteur::service;
use rapporteur::settings::Settings;

use super::output::{code, print_answer};

/// Loads them.
///
/// # Errors
/// The databases can't be opened, or standard output can't be written.
pub async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let world = service::open_only(settings).await?;
    let answer = terminal::ask(&world, &terminal::caller(settings.terminal.role), "reload").await;
    print_answer(&answer)?;
    Ok(code(&answer))
}
