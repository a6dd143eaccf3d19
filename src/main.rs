//! The command line: reads what is wanted, starts it, and says by the exit code how it went.

mod cli;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use rapporteur::locale::Locale;
use rapporteur::settings;

use cli::{ask, chat, check, export, load, output, run, schema, setup};

/// Answers questions about an article: its quotes, events, actors and arguments.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version)]
struct Cli {
    /// The settings file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the databases.
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Ask at a prompt, or through a pipe. This is what happens without a command.
    Chat,
    /// Answer in the chats that are set up, until it is asked to end. Exits with 3 when it can't go on.
    Run,
    /// What a Discord bot needs.
    #[cfg(feature = "discord")]
    Discord {
        #[command(subcommand)]
        task: cli::discord::Task,
    },
    /// What a Matrix bot needs.
    #[cfg(feature = "matrix")]
    Matrix {
        #[command(subcommand)]
        task: cli::matrix::Task,
    },
    /// Ask one thing: rapporteur ask "/quote Paz". Exits with 0 for an answer, 1 when nothing was
    /// found, 2 for wrong usage, 3 when it was refused or failed.
    Ask(ask::Ask),
    /// Check packs without loading them. Exits with 1 if one is wrong, or has no text among --sources.
    Check(check::Check),
    /// Check and load the packs, all or nothing, as /reload does.
    Load,
    /// Print a loaded pack, whole.
    Export(export::Export),
    /// Print the JSON Schema of packs.
    Schema,
    /// Print the settings in force.
    Settings,
}

fn main() -> ExitCode {
    let language = Locale::of_system(|name| std::env::var(name).ok());
    language.unwrap_or_default().sync_scope(run_program)
}

fn run_program() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            // A reader that went away (`rapporteur … | head`) is no failure of ours.
            let pipe = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
            if error.chain().any(|cause| cause.downcast_ref().is_some_and(pipe)) {
                return ExitCode::SUCCESS;
            }
            anstream::eprintln!("rapporteur: {error:#}");
            ExitCode::from(3)
        }
    }
}

fn start() -> anyhow::Result<ExitCode> {
    setup::dotenv()?;
    let cli = Cli::from_arg_matches(&cli::help::localized(Cli::command()).get_matches())?;
    let mut loaded = match settings::load(cli.config.as_deref(), std::env::vars_os()) {
        Ok(loaded) => loaded,
        Err(wrong) => {
            output::show(&wrong);
            return Ok(ExitCode::from(2));
        }
    };
    if let Some(data) = cli.data {
        loaded.settings.data.folder = data;
    }
    let task = cli.task.unwrap_or(Task::Chat);
    setup::log(&loaded.settings, matches!(task, Task::Run))?;
    for warning in &loaded.warnings {
        tracing::warn!("{warning}");
    }
    let settings = &loaded.settings;
    settings.answers.language.set_default();
    match task {
        Task::Chat => chat::run(settings),
        // What it says itself is for the log.
        Task::Run => setup::runtime(false)?.block_on(Locale::ENGLISH.scope(run::run(settings))),
        #[cfg(feature = "discord")]
        Task::Discord { task } => cli::discord::run(&task, settings),
        #[cfg(feature = "matrix")]
        Task::Matrix { task } => cli::matrix::run(&task, loaded.settings),
        Task::Ask(asked) => setup::runtime(true)?.block_on(ask::run(settings, &asked)),
        Task::Load => setup::runtime(false)?.block_on(load::run(settings)),
        Task::Export(asked) => setup::runtime(true)?.block_on(export::run(settings, &asked)),
        Task::Check(asked) => check::run(&asked, settings.library.quoted_limit),
        Task::Schema => schema::run(),
        Task::Settings => cli::settings::run(&loaded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a subcommand and all below it are called in the catalogue.
    fn keys(command: &clap::Command, key: &str, found: &mut Vec<String>) {
        found.push(key.to_string());
        let arguments = command.get_arguments().map(|arg| arg.get_id().as_str());
        let own = arguments.filter(|id| !["help", "version"].contains(id));
        found.extend(own.map(|id| format!("{key}-{id}")));
        for it in command.get_subcommands() {
            keys(it, &format!("{key}-{}", it.get_name()), found);
        }
    }

    #[test]
    fn the_help_is_there_in_every_language() {
        let mut found = Vec::new();
        keys(&Cli::command(), "cli", &mut found);
        assert!(found.len() > 15, "{found:?}");
        for locale in Locale::all() {
            for key in &found {
                let said = locale.sync_scope(|| rapporteur::locale::text(key));
                assert!(said != *key && !said.is_empty(), "{locale} has no {key}");
            }
            locale.sync_scope(|| cli::help::localized(Cli::command()).debug_assert());
        }
    }
}
