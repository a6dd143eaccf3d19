//! `rapporteur discord`: what the operator of a Discord bot needs.

use std::process::ExitCode;

use clap::Subcommand;

use rapporteur::chat::discord::invite;
use rapporteur::say;
use rapporteur::settings::Settings;

use super::output::print;
use super::setup::runtime;

/// What is wanted.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Print the address at which the bot is added to a server. Needs DISCORD_TOKEN.
    Invite,
}

/// Does it.
///
/// # Errors
/// There is no token, Discord can't be reached, or standard output can't be written.
pub fn run(task: &Task, settings: &Settings) -> anyhow::Result<ExitCode> {
    match task {
        Task::Invite => {
            anyhow::ensure!(!settings.discord.token.is_empty(), say!("program-discord-token"));
            print(&runtime(true)?.block_on(invite(settings))?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
