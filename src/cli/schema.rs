//! `rapporteur schema`: the JSON Schema of packs.

use std::process::ExitCode;

use rapporteur::article::schema;

use super::output::print;

/// Prints it.
///
/// # Errors
/// Standard output can't be written.
pub fn run() -> anyhow::Result<ExitCode> {
    print(&schema::file())?;
    Ok(ExitCode::SUCCESS)
}
