//! What every subcommand needs before it begins: the `.env` file, the log, an executor.

use anyhow::Context as _;

use rapporteur::say;
use rapporteur::settings::{LOG_DEFAULT, LogFormat, Settings};

/// Adds the variables of a `.env` file to the environment, where there is one.
///
/// # Errors
/// It can't be read.
pub fn dotenv() -> anyhow::Result<()> {
    match dotenvy::dotenv() {
        Ok(_) => {}
        Err(error) if error.not_found() => {}
        // What it could not read may be a password, and is not shown.
        Err(dotenvy::Error::LineParse(unread, _)) => {
            let text = std::fs::read_to_string(".env").unwrap_or_default();
            let line = text.lines().zip(1_usize..).find(|(line, _)| line.contains(&unread));
            let (line, number) = line.unwrap_or_default();
            let variable = line.split('=').next().unwrap_or_default().trim();
            anyhow::bail!(say!("program-env-line", line = number, variable = variable));
        }
        Err(error) => anyhow::bail!(say!("program-env-unreadable", cause = error.to_string())),
    }
    Ok(())
}

/// The executor: one thread for what is done once, several for what goes on.
pub fn runtime(small: bool) -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = match small {
        true => tokio::runtime::Builder::new_current_thread(),
        false => tokio::runtime::Builder::new_multi_thread(),
    };
    builder.enable_all().build()
}

/// Libraries that log what is no news to an operator: what fails there and matters comes to us as an error.
const QUIET: &str = "sqlx=warn,serenity=warn,matrix_sdk=error,matrix_sdk::http_client=off,matrix_sdk_base=error,\
                     matrix_sdk_crypto=error,matrix_sdk_sqlite=error";

/// Logs to standard error. A program that runs for long says more by default.
pub fn log(settings: &Settings, runs: bool) -> anyhow::Result<()> {
    use tracing_subscriber::EnvFilter;
    let filter = match std::env::var("RUST_LOG") {
        Ok(filter) if !filter.is_empty() => {
            EnvFilter::try_new(filter).with_context(|| say!("program-rust-log"))?
        }
        _ if settings.log.filter != LOG_DEFAULT => EnvFilter::try_new(&settings.log.filter)?,
        _ => EnvFilter::try_new(format!("{},{QUIET}", if runs { "info" } else { "warn" }))?,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log.format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.with_ansi(false).init(),
    }
    Ok(())
}
