//! A conversation at the terminal, or over a pipe.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use tokio::runtime::Handle;

use crate::commands::{Caller, World};

use super::conversation::Conversation;
use super::prompt;

/// The longest line that is read from a pipe, in bytes.
const MAX_LINE: usize = 64 * 1024;

/// A conversation: lines in, answers out. A number stands for the choice of that number in the last
/// answer. Ends with the input, or with "exit". Not to be called from an async context.
///
/// # Errors
/// Standard output can't be written, or the terminal can't be read.
pub fn chat(world: &World, caller: &Caller, handle: &Handle, history: &Path) -> anyhow::Result<()> {
    let mut conversation = Conversation::new(world, caller, handle);
    if std::io::stdin().is_terminal() {
        return prompt::run(&mut conversation, history);
    }
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = std::io::Read::take(&mut input, MAX_LINE as u64).read_until(b'\n', &mut line)?;
        if read == 0 || !conversation.handle_line(&String::from_utf8_lossy(&line))? {
            return Ok(());
        }
    }
}
