//! The command line: read what is asked for, start it, and say by the exit code how it went.

mod cli;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use tokio_util::sync::CancellationToken;

use rapporteur::answer::{Answer, AnswerKind};
use rapporteur::article::schema;
use rapporteur::chat::terminal;
use rapporteur::commands::Role;
use rapporteur::service;
use rapporteur::settings::{self, Loaded, LogFormat, Settings};

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
    /// Answer in the chats that are set up, until it is told to end. Exits with 3 when it can't go on.
    Run,
    /// What a Discord bot needs.
    #[cfg(feature = "discord")]
    Discord {
        #[command(subcommand)]
        task: DiscordTask,
    },
    /// What a Matrix bot needs.
    #[cfg(feature = "matrix")]
    Matrix {
        #[command(subcommand)]
        task: MatrixTask,
    },
    /// Ask one thing: rapporteur ask "/quote Paz". Exits with 0 for an answer, 1 when nothing was
    /// found, 2 for wrong usage, 3 when it was refused or failed.
    Ask {
        /// Print the whole answer as JSON.
        #[arg(long)]
        json: bool,
        /// The command and its options.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "LINE")]
        line: Vec<String>,
    },
    /// Check packs without loading them. Exits with 1 if one is wrong, or has no text among --sources.
    Check(cli::check::Check),
    /// Check and load the packs, all or nothing, as /reload does.
    Load,
    /// Print a loaded pack, whole.
    Export {
        /// The article's id.
        article: String,
        /// The format.
        #[arg(long, value_enum, default_value_t = Format::Toml)]
        format: Format,
    },
    /// Print the JSON Schema of packs.
    Schema,
    /// Print the settings in force.
    Settings,
}

#[cfg(feature = "discord")]
#[derive(Debug, Subcommand)]
enum DiscordTask {
    /// Print the address at which the bot is added to a server. Needs DISCORD_TOKEN.
    Invite,
}

#[cfg(feature = "matrix")]
#[derive(Debug, Subcommand)]
enum MatrixTask {
    /// Log in for the first time and set up the encryption, step by step. Asks for what the settings lack, or shows
    /// an address at which the login is allowed.
    Login,
    /// Print the bot's device, its cross-signing with the fingerprints of both, its key backup and how many rooms it
    /// is in.
    Status,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Toml,
}

fn main() -> ExitCode {
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
    match dotenvy::dotenv() {
        Ok(_) => {}
        Err(error) if error.not_found() => {}
        // What it could not read may be a password, and is not shown.
        Err(dotenvy::Error::LineParse(unread, _)) => {
            let text = std::fs::read_to_string(".env").unwrap_or_default();
            let line = text.lines().zip(1..).find(|(line, _)| line.contains(&unread));
            let place = line.map(|(line, number)| {
                format!(" in line {number} ({})", line.split('=').next().unwrap_or_default().trim())
            });
            anyhow::bail!(
                "the .env file can't be read{}: a value with spaces stands in 'single quotation marks'",
                place.unwrap_or_default()
            );
        }
        Err(error) => anyhow::bail!("the .env file can't be read: {error}"),
    }
    let cli = Cli::parse();
    let loaded = match settings::load(cli.config.as_deref(), std::env::vars_os()) {
        Ok(loaded) => loaded,
        Err(wrong) => {
            cli::check::show(&wrong);
            return Ok(ExitCode::from(2));
        }
    };
    let Loaded { mut settings, from_environment } = loaded;
    if let Some(data) = cli.data {
        settings.data.folder = data;
    }
    let task = cli.task.unwrap_or(Task::Chat);
    log(&settings, matches!(task, Task::Run))?;
    match task {
        Task::Chat => chat(&settings),
        Task::Run => runtime(false)?.block_on(run(&settings)),
        #[cfg(feature = "discord")]
        Task::Discord { task: DiscordTask::Invite } => {
            anyhow::ensure!(!settings.discord.token.is_empty(), "set DISCORD_TOKEN first");
            print(&runtime(true)?.block_on(rapporteur::chat::discord::invite(&settings))?)?;
            Ok(ExitCode::SUCCESS)
        }
        #[cfg(feature = "matrix")]
        Task::Matrix { task: MatrixTask::Login } => matrix_login(settings),
        #[cfg(feature = "matrix")]
        Task::Matrix { task: MatrixTask::Status } => {
            print(&runtime(true)?.block_on(rapporteur::chat::matrix::status(&settings))?)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Ask { json, line } => runtime(true)?.block_on(ask(&settings, &line, json)),
        Task::Load => runtime(false)?.block_on(load(&settings)),
        Task::Export { article, format } => runtime(true)?.block_on(export(&settings, &article, format)),
        Task::Check(asked) => cli::check::run(&asked, settings.library.quoted_limit),
        Task::Schema => {
            print(&schema::file())?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Settings => {
            print(&Loaded { settings, from_environment }.show()?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn runtime(small: bool) -> std::io::Result<tokio::runtime::Runtime> {
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
fn log(settings: &Settings, runs: bool) -> anyhow::Result<()> {
    use tracing_subscriber::EnvFilter;
    let filter = match std::env::var("RUST_LOG") {
        Ok(filter) if !filter.is_empty() => EnvFilter::try_new(filter).context("RUST_LOG can't be read")?,
        _ if settings.log.filter != settings::LOG_DEFAULT => EnvFilter::try_new(&settings.log.filter)?,
        _ => EnvFilter::try_new(format!("{},{QUIET}", if runs { "info" } else { "warn" }))?,
    };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log.format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.with_ansi(false).init(),
    }
    Ok(())
}

fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn code(answer: &Answer) -> ExitCode {
    ExitCode::from(match answer.kind {
        AnswerKind::Found => 0,
        AnswerKind::NothingFound => 1,
        AnswerKind::WrongUsage => 2,
        AnswerKind::Refused | AnswerKind::Failed => 3,
    })
}

fn chat(settings: &Settings) -> anyhow::Result<ExitCode> {
    let runtime = runtime(false)?;
    let (world, trouble) = runtime.block_on(service::open(settings))?;
    if let Some(answer) = trouble {
        anstream::eprintln!("{}", terminal::render(&answer, terminal::width()));
    }
    let caller = terminal::caller(settings.terminal.role);
    if caller.role == Role::Editor && runtime.block_on(service::packs_are_newer(&world))? {
        anstream::eprintln!("Packs were changed after they were loaded: /reload loads them.");
    }
    terminal::chat(&world, &caller, runtime.handle(), &settings.data.folder.join("history"))?;
    Ok(ExitCode::SUCCESS)
}

async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        asked_to_end().await;
        tracing::info!("ending: commands under way are finished first");
        told.cancel();
        // Who asks twice does not want to wait.
        asked_to_end().await;
        std::process::exit(130);
    });
    service::run(settings, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Somebody at the terminal, while the bot logs in.
#[cfg(feature = "matrix")]
struct AtTheTerminal;

#[cfg(feature = "matrix")]
impl rapporteur::chat::matrix::Operator for AtTheTerminal {
    fn say(&self, text: &str) {
        // There is nothing to do about a closed terminal.
        let _ = print(&format!("{text}\n"));
    }

    fn password(&self) -> Option<settings::Secret> {
        use std::io::IsTerminal;
        if !std::io::stdin().is_terminal() {
            return None;
        }
        match rpassword::prompt_password("Its password (not shown): ") {
            Ok(password) => Some(password.into()),
            Err(error) => {
                self.say(&format!("The password can't be read: {error}."));
                None
            }
        }
    }
}

/// Asks for what the settings lack, where somebody is there to answer, and logs in.
#[cfg(feature = "matrix")]
fn matrix_login(mut settings: Settings) -> anyhow::Result<ExitCode> {
    use rapporteur::chat::matrix::Operator;
    use rapporteur::env::Rng;
    use std::io::{BufRead, IsTerminal};

    let asked = |question: &str| -> anyhow::Result<String> {
        anyhow::ensure!(std::io::stdin().is_terminal(), "the settings lack something: {question}");
        print(&format!("{question}: "))?;
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        Ok(line.trim().to_string())
    };
    let matrix = &mut settings.matrix;
    let asks = matrix.user.is_empty() || matrix.homeserver.is_empty();
    if matrix.user.is_empty() && matrix.access_token.is_empty() {
        matrix.user = asked("The bot's account, such as @rapporteur:example.org")?;
    }
    if matrix.homeserver.is_empty() {
        matrix.homeserver = matrix.user.split_once(':').map_or("", |(_, server)| server).to_string();
    }
    anyhow::ensure!(!matrix.homeserver.is_empty(), "set RAPPORTEUR_MATRIX_HOMESERVER");
    let rng = Rng::from_entropy();
    runtime(false)?.block_on(rapporteur::chat::matrix::login(&settings, &rng, &AtTheTerminal))?;
    if asks {
        AtTheTerminal.say(
            "Put the homeserver and the account into config/rapporteur.toml or .env, so that `run` finds them.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for SIGTERM or Ctrl-C.
async fn asked_to_end() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => drop(terminated.recv().await),
            Err(error) => {
                tracing::warn!(%error, "SIGTERM can't be listened to");
                std::future::pending().await
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = terminated => {}
        interrupted = tokio::signal::ctrl_c() => {
            if let Err(error) = interrupted {
                tracing::warn!(%error, "Ctrl-C can't be listened to");
                std::future::pending().await
            }
        }
    }
}

async fn ask(settings: &Settings, line: &[String], json: bool) -> anyhow::Result<ExitCode> {
    // One argument is a whole line; several were parted by the shell, which took their quotes away.
    let line = match line {
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
        anstream::eprintln!("{}", terminal::render(&answer, terminal::width()));
    }
    let caller = terminal::caller(settings.terminal.role);
    let answer = terminal::ask(&world, &caller, &line).await;
    if json {
        print(&(serde_json::to_string_pretty(&answer)? + "\n"))?;
    } else {
        print(&terminal::render(&answer, terminal::width()))?;
    }
    Ok(code(&answer))
}

async fn load(settings: &Settings) -> anyhow::Result<ExitCode> {
    let world = service::open_only(settings).await?;
    let answer = terminal::ask(&world, &terminal::caller(settings.terminal.role), "reload").await;
    print(&terminal::render(&answer, terminal::width()))?;
    Ok(code(&answer))
}

async fn export(settings: &Settings, article: &str, format: Format) -> anyhow::Result<ExitCode> {
    let (world, _) = service::open(settings).await?;
    let library = world.store.current().context("no library is loaded: run `rapporteur load`")?;
    let Some(pack) = library.pack(article).await? else {
        let known = library.articles(0, 10).await?;
        let known: Vec<&str> = known.iter().map(|it| it.key.as_str()).collect();
        anstream::eprintln!("rapporteur: no article has the id {article:?}; there are: {}", known.join(", "));
        return Ok(ExitCode::from(1));
    };
    print(&match format {
        Format::Json => serde_json::to_string_pretty(&pack)? + "\n",
        Format::Toml => toml::to_string_pretty(&pack)?,
    })?;
    Ok(ExitCode::SUCCESS)
}
