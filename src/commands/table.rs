//! The one table of commands, in the order of the help. From it come the text commands of every platform, their help,
//! their completion, their registration, and the table in the README.

use super::command::{Command, Group, find, find_typed};
use super::{
    actor, argument, article, articles, ask, audit, compare, debate, discuss, event, forget, gaps, help,
    language, quiz, quote, reading, reload, revisions, rollback, room, schedule, search, source, status,
    timeline, today, topic,
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
    discuss::COMMAND,
    quiz::start::COMMAND,
    quiz::answer::COMMAND,
    quiz::scores::COMMAND,
    debate::show::COMMAND,
    debate::vote::COMMAND,
    debate::point::FOR,
    debate::point::AGAINST,
    debate::support::COMMAND,
    debate::withdraw::COMMAND,
    debate::points::COMMAND,
    debate::export::COMMAND,
    debate::open::COMMAND,
    debate::next::COMMAND,
    debate::close::COMMAND,
    source::COMMAND,
    article::COMMAND,
    articles::COMMAND,
    reading::show::COMMAND,
    reading::list::COMMAND,
    help::COMMAND,
    language::COMMAND,
    forget::COMMAND,
    reading::add::COMMAND,
    reading::remove::COMMAND,
    schedule::list::COMMAND,
    schedule::add::COMMAND,
    schedule::pause::COMMAND,
    schedule::resume::COMMAND,
    schedule::remove::COMMAND,
    room::show::COMMAND,
    room::article::COMMAND,
    room::private::COMMAND,
    room::commands::COMMAND,
    room::prefix::COMMAND,
    room::language::COMMAND,
    room::leave::COMMAND,
    reload::COMMAND,
    revisions::COMMAND,
    rollback::COMMAND,
    status::COMMAND,
    gaps::COMMAND,
    audit::COMMAND,
];

/// The groups of commands with names of two words.
pub static GROUPS: &[Group] =
    &[debate::GROUP, debate::POINT_GROUP, reading::GROUP, forget::GROUP, schedule::GROUP, room::GROUP];

/// The command that goes by a name, with or without a slash, in any language.
pub fn typed_command(name: &str) -> Option<&'static Command> {
    find_typed(TABLE, name)
}

/// The command of this English name.
pub fn command(name: &str) -> Option<&'static Command> {
    find(TABLE, name)
}
