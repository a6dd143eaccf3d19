//! `rapporteur settings`: the settings in force.

use std::process::ExitCode;

use rapporteur::settings::Loaded;

use super::output::print;

/// Prints them, without secrets.
///
/// # Errors
/// Standard output can't be written.
pub fn run(loaded: &Loaded) -> anyhow::Result<ExitCode> {
    print(&loaded.show()?)?;
    Ok(ExitCode::SUCCESS)
}
