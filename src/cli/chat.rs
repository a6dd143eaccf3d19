//! `rapporteur chat`: a prompt, or lines from a pipe.

use std::process::ExitCode;

use rapporteur::chat::terminal;
use rapporteur::commands::Role;
use rapporteur::say;
use rapporteur::service;
use rapporteur::settings::Settings;

use super::output::show_answer;
use super::setup::runtime;

/// Answers until there are no more lines.
///
/// # Errors
/// The databases can't be opened, or the terminal fails.
pub fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let runtime = runtime(false)?;
    let (world, trouble) = runtime.block_on(service::open(settings))?;
    if let Some(answer) = trouble {
        show_answer(&answer);
    }
    let caller = terminal::caller(settings.terminal.role);
    if caller.role == Role::Editor && runtime.block_on(service::packs_are_newer(&world))? {
        anstream::eprintln!("{}", say!("program-packs-are-newer"));
    }
    terminal::chat(&world, &caller, runtime.handle(), &settings.data.folder.join("history"))?;
    Ok(ExitCode::SUCCESS)
}
