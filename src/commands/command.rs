//! What a command is: its name and options, who may use it, and what it changes.

use std::future::Future;
use std::pin::Pin;

use crate::answer::Answer;
use crate::article::Kind;
use crate::platform::Platform;

use super::context::{Context, Problem};

/// A command: everything that the platforms, the help and the docs need to know of it.
#[derive(Debug)]
pub struct Command {
    /// Its name in lower case: one word, or two where several commands belong to a [`Group`].
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Its options, the required ones first.
    pub options: &'static [Opt],
    /// Lines that one can type.
    pub examples: &'static [&'static str],
    /// Who may use it.
    pub role: Role,
    /// What it changes.
    pub effect: Effect,
    /// The option without which it changes nothing, and only shows what is set.
    pub shows_without: Option<&'static str>,
    /// What it is called where a platform offers it for somebody's message: then its first option is
    /// the message's text.
    pub on_message: Option<&'static str>,
    /// The only platform that it is for; `None` for all.
    pub only: Option<Platform>,
    pub(super) run: Run,
    /// What it would do, for a caller who chose it and has not confirmed it; only of commands that change
    /// something. `None`: its line and what it is for say enough.
    pub(super) confirm: Option<Run>,
}

/// Commands whose names begin with the same word.
#[derive(Debug)]
pub struct Group {
    /// The word.
    pub name: &'static str,
    /// What they are for, in one line.
    pub about: &'static str,
}

/// What carries a command out.
pub(super) type Run =
    for<'a> fn(&'a Context<'a>) -> Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;

/// What a command changes, from which follows how careful everybody has to be with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Reads,
    /// Something of the caller's own that is the same when it is done twice: a vote, a preference.
    Personal,
    /// Something for everybody in a room.
    ChangesRoom,
    /// Something for everybody everywhere: what is loaded.
    ChangesContent,
}

impl Effect {
    /// Whether its uses are in the audit log.
    pub fn is_audited(self) -> bool {
        self.changes_for_others()
    }

    /// Whether choosing it in an answer (pressing a button, reacting) carries it out. If not, the answer says what it
    /// would do, and only confirming that does it.
    pub fn may_be_chosen(self) -> bool {
        !self.changes_for_others()
    }

    /// Whether it may be carried out again to give the same answer: after a crash, or for another part.
    pub fn may_be_repeated(self) -> bool {
        !self.changes_for_others()
    }

    fn changes_for_others(self) -> bool {
        match self {
            Effect::Reads | Effect::Personal => false,
            Effect::ChangesRoom | Effect::ChangesContent => true,
        }
    }
}

/// Who somebody is, as far as commands are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anyone.
    Member,
    /// Who may change the settings of a room.
    Moderator,
    /// Who may change the content, for all.
    Editor,
}

impl Role {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Moderator => "moderator",
            Role::Editor => "editor",
        }
    }
}

/// An option of a command.
#[derive(Debug)]
pub struct Opt {
    /// Its name, one lower-case word.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// What one gives.
    pub kind: OptKind,
    /// Whether one must.
    pub required: bool,
    /// What is offered while one types.
    pub suggest: Suggest,
}

/// What is given for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptKind {
    /// Words, in their place (`quote Octavio Paz`). The last such option takes all that is left.
    Words,
    /// Words after the option's name (`--article us-mexico`).
    Named,
    /// A whole number from 1 on, after the option's name (`--page 2`).
    Number,
    /// Nothing: it is there or not (`--dry-run`).
    Flag,
    /// A file, after the option's name: its name or path. Platforms hand over what is in it.
    File,
}

/// What is offered while one types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggest {
    /// Nothing.
    Nothing,
    /// Names of things of these kinds.
    Names(&'static [Kind]),
    /// Names of commands.
    Commands,
    /// Revisions.
    Revisions,
    /// Actors, and years in which something happened.
    Times,
    /// One of these, and nothing else.
    OneOf(&'static [&'static str]),
}

impl Command {
    /// A command for members that changes nothing, without options.
    pub(super) const fn new(name: &'static str, about: &'static str, run: Run) -> Command {
        Command {
            name,
            about,
            options: &[],
            examples: &[],
            role: Role::Member,
            effect: Effect::Reads,
            shows_without: None,
            on_message: None,
            only: None,
            run,
            confirm: None,
        }
    }

    /// With options, the required ones first.
    pub(super) const fn options(self, options: &'static [Opt]) -> Command {
        Command { options, ..self }
    }

    /// With lines that one can type.
    pub(super) const fn examples(self, examples: &'static [&'static str]) -> Command {
        Command { examples, ..self }
    }

    /// For callers with this role.
    pub(super) const fn role(self, role: Role) -> Command {
        Command { role, ..self }
    }

    /// With something that it changes.
    pub(super) const fn effect(self, effect: Effect) -> Command {
        Command { effect, ..self }
    }

    /// Without this option it only shows what is set.
    pub(super) const fn shows_without(self, option: &'static str) -> Command {
        Command { shows_without: Some(option), ..self }
    }

    /// With a name under which platforms offer it for somebody's message.
    pub(super) const fn on_message(self, label: &'static str) -> Command {
        Command { on_message: Some(label), ..self }
    }

    /// For this platform alone.
    pub(super) const fn only(self, platform: Platform) -> Command {
        Command { only: Some(platform), ..self }
    }

    /// With a preview of what it would do.
    pub(super) const fn confirm(self, confirm: Run) -> Command {
        Command { confirm: Some(confirm), ..self }
    }

    /// The first word of a name of two: the group that the command belongs to.
    pub fn group(&self) -> Option<&'static str> {
        self.name.split_once(' ').map(|(group, _)| group)
    }

    /// Whether it is offered on a platform.
    pub fn is_on(&self, platform: Platform) -> bool {
        self.only.is_none_or(|only| only == platform)
    }

    /// The last word of the name.
    pub fn word(&self) -> &'static str {
        self.name.rsplit(' ').next().unwrap_or(self.name)
    }
}

/// The command of this name in a table.
pub(super) fn find<'a>(table: &'a [Command], name: &str) -> Option<&'a Command> {
    table.iter().find(|command| command.name == name)
}

/// Whether several commands of a table begin with this word.
pub(super) fn is_group(table: &[Command], word: &str) -> bool {
    table.iter().any(|command| command.group() == Some(word))
}

#[cfg(test)]
mod tests {
    use super::Effect;

    #[test]
    fn what_follows_from_an_effect() {
        for (effect, for_others) in [
            (Effect::Reads, false),
            (Effect::Personal, false),
            (Effect::ChangesRoom, true),
            (Effect::ChangesContent, true),
        ] {
            assert_eq!(effect.is_audited(), for_others);
            assert_eq!(effect.may_be_chosen(), !for_others);
            assert_eq!(effect.may_be_repeated(), !for_others);
        }
    }
}
