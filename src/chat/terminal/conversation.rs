//! What somebody types at the terminal, answered.

use std::io::{IsTerminal, Write};
use std::path::Path;

use tokio::runtime::Handle;

use crate::answer::{Answer, AnswerKind, ChoiceKind};
use crate::chat::shared::plain_text::{choices, echo, render, render_with_links};
use crate::commands::{self, Caller, MAX_BYTES, OptKind, Origin, Role, Upload, World};
use crate::locale::Locale;
use crate::platform::Platform;
use crate::say;
use crate::settings::TerminalRole;

/// The platform of requests from here.
const PLATFORM: Platform = Platform::Terminal;

/// The person at the terminal.
pub fn caller(role: TerminalRole) -> Caller {
    let name =
        std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "local".into());
    let role = match role {
        TerminalRole::Editor => Role::Editor,
        TerminalRole::Member => Role::Member,
    };
    Caller { id: format!("{PLATFORM}:{name}"), role }
}

/// Answers one line that somebody wrote.
pub async fn ask(world: &World, caller: &Caller, line: &str) -> Answer {
    answer_line(world, caller, line, Origin::Typed).await
}

/// The language of the person at the terminal: what they chose, or else what the machine says, or the article's.
pub async fn language(world: &World, caller: &Caller) -> Locale {
    let of_system = Locale::of_system(|name| std::env::var(name).ok());
    world.language(&caller.id, of_system, &[]).await
}

async fn answer_line(world: &World, caller: &Caller, line: &str, origin: Origin) -> Answer {
    // A choice is a command; what somebody writes need not be one.
    let parse = match origin {
        Origin::Typed => commands::line::parse_or_ask,
        Origin::Chosen | Origin::Confirmed => commands::line::parse,
    };
    let mut request = match parse(line, caller.clone(), PLATFORM) {
        Ok(request) => request,
        Err(answer) => return *answer,
    };
    let file = request.command.options.iter().find(|option| option.kind == OptKind::File);
    if let Some(path) = file.and_then(|option| request.text(option.name)) {
        match upload(Path::new(path)) {
            Ok(upload) => request.upload = Some(upload),
            Err(error) => {
                let title = say!("terminal-no-file", path = path, error = error.to_string());
                return Answer::other(AnswerKind::WrongUsage, title);
            }
        }
    }
    request.origin = origin;
    commands::run_or_ask(world, &mut request).await
}

/// The file that a command names.
fn upload(path: &Path) -> std::io::Result<Upload> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        return Err(std::io::Error::other(say!("terminal-file-too-large", megabytes = MAX_BYTES >> 20)));
    }
    Ok(Upload::new(&path.to_string_lossy(), std::fs::read(path)?))
}

/// The width for answers: the terminal's, within reason.
pub fn width() -> usize {
    if std::io::stdout().is_terminal() { textwrap::termwidth().clamp(30, 100) } else { 100 }
}

/// An answer for standard output, with links if what is there knows them.
pub fn show(answer: &Answer) -> String {
    match supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout) {
        true => render_with_links(answer, width()),
        false => render(answer, width()),
    }
}

/// A conversation and the choices of its last answer.
pub(super) struct Conversation<'a> {
    pub world: &'a World,
    caller: &'a Caller,
    pub handle: &'a Handle,
    /// What the numbers of the last answer stand for.
    choices: Vec<(ChoiceKind, String)>,
}

impl<'a> Conversation<'a> {
    pub fn new(world: &'a World, caller: &'a Caller, handle: &'a Handle) -> Conversation<'a> {
        Conversation { world, caller, handle, choices: Vec::new() }
    }

    /// Answers a line; `false` when it ends the conversation.
    pub fn handle_line(&mut self, line: &str) -> anyhow::Result<bool> {
        let line = line.trim();
        if line.is_empty() {
            return Ok(true);
        }
        if matches!(line, "exit" | "quit" | "/exit" | "/quit") {
            return Ok(false);
        }
        let mut out = anstream::stdout().lock();
        let chosen = line.parse::<usize>().ok();
        let (origin, line) = match chosen.map(|number| self.choices.get(number.wrapping_sub(1)).cloned()) {
            Some(Some((kind, line))) => {
                writeln!(out, "{}", echo(&commands::line::spoken(&line)))?;
                (Origin::chosen(kind), line)
            }
            Some(None) if self.choices.is_empty() => {
                writeln!(out, "{}", say!("terminal-no-choices"))?;
                return Ok(true);
            }
            Some(None) => {
                writeln!(out, "{}", say!("terminal-choose", most = self.choices.len()))?;
                return Ok(true);
            }
            None => (Origin::Typed, line.to_string()),
        };
        let (shown, choices) = self.handle.block_on(async {
            if let Err(error) = self.world.catch_up().await {
                tracing::warn!(%error, "can't look for a newer revision");
            }
            let speaking = async {
                let answer = answer_line(self.world, self.caller, &line, origin).await;
                (show(&answer), choices(&answer))
            };
            language(self.world, self.caller).await.scope(speaking).await
        });
        self.choices = choices;
        writeln!(out, "{shown}")?;
        Ok(true)
    }
}
