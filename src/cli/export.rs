//! `rapporteur export`: a loaded pack as a file.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::ValueEnum;

use rapporteur::say;
use rapporteur::service;
use rapporteur::settings::Settings;

use super::output::print;

/// Which pack is printed, and how.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// The article's id.
    article: String,
    /// The format.
    #[arg(long, value_enum, default_value_t = Format::Toml)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Toml,
}

/// Prints it. The exit code is 1 if there is no such article.
///
/// # Errors
/// The databases can't be opened, no library is loaded, or standard output can't be written.
pub async fn run(settings: &Settings, asked: &Export) -> anyhow::Result<ExitCode> {
    let article = asked.article.as_str();
    let (world, _) = service::open(settings).await?;
    let library = world.store.current().with_context(|| say!("program-no-library"))?;
    let Some(pack) = library.pack(article).await? else {
        let known = library.articles(0, 10).await?;
        let known: Vec<&str> = known.iter().map(|it| it.key.as_str()).collect();
        let known = known.join(", ");
        anstream::eprintln!("rapporteur: {}", say!("export-unknown", id = article, known = known));
        return Ok(ExitCode::from(1));
    };
    print(&match asked.format {
        Format::Json => serde_json::to_string_pretty(&pack)? + "\n",
        Format::Toml => toml::to_string_pretty(&pack)?,
    })?;
    Ok(ExitCode::SUCCESS)
}
