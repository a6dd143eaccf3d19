//! `rapporteur matrix`: what the operator of a Matrix bot needs.

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use clap::Subcommand;

use rapporteur::chat::matrix::{Operator, login, status};
use rapporteur::env::Rng;
use rapporteur::say;
use rapporteur::settings::{Secret, Settings};

use super::output::print;
use super::setup::runtime;

/// What is wanted.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Log in for the first time and set up the encryption, step by step. Asks for what the settings lack, or shows
    /// an address at which the login is allowed.
    Login,
    /// Print the bot's device, its cross-signing with the fingerprints of both, its key backup and how many rooms it
    /// is in.
    Status,
}

/// Does it.
///
/// # Errors
/// The settings lack something that nobody is there to say, the homeserver can't be reached or refuses, or standard
/// output can't be written.
pub fn run(task: &Task, settings: Settings) -> anyhow::Result<ExitCode> {
    match task {
        Task::Login => log_in(settings),
        Task::Status => {
            print(&runtime(true)?.block_on(status(&settings))?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Somebody at the terminal, while the bot logs in.
struct AtTheTerminal;

impl Operator for AtTheTerminal {
    fn say(&self, text: &str) {
        // There is nothing to do about a closed terminal.
        let _ = print(&format!("{text}\n"));
    }

    fn password(&self) -> Option<Secret> {
        if !std::io::stdin().is_terminal() {
            return None;
        }
        match rpassword::prompt_password(say!("login-password") + " ") {
            Ok(password) => Some(password.into()),
            Err(error) => {
                self.say(&say!("login-password-unreadable", cause = error.to_string()));
                None
            }
        }
    }
}

/// Asks for what the settings lack, where somebody is there to answer, and logs in.
fn log_in(mut settings: Settings) -> anyhow::Result<ExitCode> {
    let asked = |question: &str| -> anyhow::Result<String> {
        anyhow::ensure!(std::io::stdin().is_terminal(), say!("login-lacks", question = question));
        print(&format!("{question}: "))?;
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        Ok(line.trim().to_string())
    };
    let matrix = &mut settings.matrix;
    let asks = matrix.user.is_empty() || matrix.homeserver.is_empty();
    if matrix.user.is_empty() && matrix.access_token.is_empty() {
        matrix.user = asked(&say!("login-account"))?;
    }
    if matrix.homeserver.is_empty() {
        matrix.homeserver = matrix.user.split_once(':').map_or("", |(_, server)| server).to_string();
    }
    anyhow::ensure!(!matrix.homeserver.is_empty(), say!("login-set-homeserver"));
    let rng = Rng::from_entropy();
    runtime(false)?.block_on(login(&settings, &rng, &AtTheTerminal))?;
    if asks {
        AtTheTerminal.say(&say!("login-write-down"));
    }
    Ok(ExitCode::SUCCESS)
}
