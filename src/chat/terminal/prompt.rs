//! The interactive prompt: line editing, history and completion.

use std::path::Path;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Context, Editor, Helper, Highlighter, Hinter, Validator};

use crate::commands::line::{Typing, typing};
use crate::commands::{self, OptKind, TABLE};
use crate::locale::plain;
use crate::say;

use super::conversation::{Conversation, width};

/// Reads lines until the conversation ends.
pub(super) fn run(conversation: &mut Conversation<'_>, history: &Path) -> anyhow::Result<()> {
    let config = Config::builder()
        .history_ignore_space(true)
        .max_history_size(1_000)?
        .completion_type(CompletionType::List)
        .build();
    let mut editor: Editor<Completion<'_>, FileHistory> = Editor::with_config(config)?;
    let (world, handle) = (conversation.world, conversation.handle);
    editor.set_helper(Some(Completion { world, handle }));
    // A first start has no history yet.
    let _ = editor.load_history(history);
    anstream::println!("{}", textwrap::fill(&say!("terminal-welcome"), width()));
    loop {
        match editor.readline("> ") {
            Ok(line) => {
                editor.add_history_entry(line.as_str())?;
                if !conversation.handle_line(&line)? {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(error.into()),
        }
    }
    if let Err(error) = editor.save_history(history) {
        tracing::warn!(%error, "the history can't be saved");
    }
    Ok(())
}

/// Completes commands, names and options from the table.
#[derive(Helper, Hinter, Highlighter, Validator)]
struct Completion<'a> {
    world: &'a commands::World,
    handle: &'a tokio::runtime::Handle,
}

impl Completer for Completion<'_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let line = &line[..at];
        let pair = |value: &str, shown: String| Pair { replacement: value.into(), display: shown };
        Ok(match typing(line) {
            Typing::Command(start) => {
                let known = TABLE.iter().map(|it| (it.called(), it)).filter(|(name, _)| begins(name, start));
                let pairs = known.map(|(name, it)| {
                    pair(&format!("{name} "), format!("{name}  {}", it.about(commands::RoomWord::Room)))
                });
                (at - start.len(), pairs.collect())
            }
            Typing::Option(command, start, begun) => {
                let options = command.options.iter().filter(|option| option.kind != OptKind::Words);
                let names = options.map(|option| format!("--{}", option.called()));
                let pairs =
                    names.filter(|name| begins(name, begun)).map(|name| pair(&format!("{name} "), name));
                (start, pairs.collect())
            }
            Typing::Value(_, option, start, typed, article) => {
                let suggestions =
                    self.handle.block_on(commands::suggest(self.world, option, typed, article.as_deref()));
                let pairs = suggestions.into_iter().map(|it| {
                    let shown = if it.value == it.title {
                        it.value.clone()
                    } else {
                        format!("{} → {}", it.value, it.title)
                    };
                    pair(&it.value, shown)
                });
                (start, pairs.collect())
            }
            Typing::Nothing => (at, vec![]),
        })
    }
}

/// Whether a name begins as it was typed, whatever the accents and capitals.
fn begins(name: &str, typed: &str) -> bool {
    plain(name).starts_with(&plain(typed))
}
