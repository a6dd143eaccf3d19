//! The one table of commands, in the order of the help. From it come the text commands of every platform, their help,
//! their completion, their registration, and the table in the README.

use super::command::{Command, Group, find};
use super::{
    actor, argument, article, articles, ask, audit, compare, event, gaps, help, quote, reload, revisions,
    rollback, room, search, source, status, timeline, today, topic,
};

/// All commands.
pub static TABLE: &[Command] = &[
    ask::COMMAND,
    quote::COMMAND,
    timeline::COMMAND,
    today::COMMAND,
    event::COMMAND,
    actor::COMMAND,
    argument::COMMAND,
    search::COMMAND,
    topic::COMMAND,
    compare::COMMAND,
    source::COMMAND,
    article::COMMAND,
    articles::COMMAND,
    help::COMMAND,
    room::show::COMMAND,
    room::article::COMMAND,
    room::private::COMMAND,
    room::commands::COMMAND,
    room::prefix::COMMAND,
    room::leave::COMMAND,
    reload::COMMAND,
    revisions::COMMAND,
    rollback::COMMAND,
    status::COMMAND,
    gaps::COMMAND,
    audit::COMMAND,
];

/// The groups of commands with names of two words.
pub static GROUPS: &[Group] = &[room::GROUP];

/// The command of this name.
pub fn command(name: &str) -> Option<&'static Command> {
    find(TABLE, name)
}
