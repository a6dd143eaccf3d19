//! A command, a request for it, and what it has at hand when it runs. The three name each other, so they are in one
//! file.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::answer::Answer;
use crate::library::{Library, Upload};
use crate::locale::{Fill as _, fill};
use crate::platform::{Place, Platform};

use super::caller::{Caller, Origin, Role, RoomWord};
use super::manner::Manner;
use super::names::NameOf;
use super::options::{Args, Opt, Value};
use super::problem::Problem;
use super::world::World;

/// A command: everything that the platforms, the help and the docs need to know of it.
#[derive(Debug)]
pub struct Command {
    /// Its name in lower case: one word, or two where several commands belong to a [`Group`].
    pub name: &'static str,
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
    /// Whether platforms offer it for somebody's message: then its first option is the message's text.
    pub on_message: bool,
    /// The only platform that it is for; `None` for all.
    pub only: Option<Platform>,
    /// Whether nobody else may see that it is used, and with what: a vote. It is refused where others read.
    pub secret: bool,
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
}

impl Group {
    /// What they are for, in one line.
    pub fn about(&self, place: RoomWord) -> String {
        fill(&format!("group-{}", self.name), &[("place", place.as_str().value())])
    }
}

/// What carries a command out.
pub(super) type Run =
    for<'a> fn(&'a Context<'a>) -> Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;

/// What a command changes, from which follows how careful everybody has to be with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Reads,
    /// Something of the caller's own that is the same when it is done twice: a preference.
    Personal,
    /// What the caller says or decides in a discussion, in their own name: a vote, a point. Nobody else can do it for
    /// them, so it is not done again to show its answer to somebody.
    Contributes,
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
        !self.changes_for_others() && self != Effect::Contributes
    }

    fn changes_for_others(self) -> bool {
        match self {
            Effect::Reads | Effect::Personal | Effect::Contributes => false,
            Effect::ChangesRoom | Effect::ChangesContent => true,
        }
    }
}

impl Command {
    /// A command for members that changes nothing, without options.
    pub(super) const fn new(name: &'static str, run: Run) -> Command {
        Command {
            name,
            options: &[],
            examples: &[],
            role: Role::Member,
            effect: Effect::Reads,
            shows_without: None,
            on_message: false,
            only: None,
            secret: false,
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

    /// Offered for somebody's message too.
    pub(super) const fn on_message(self) -> Command {
        Command { on_message: true, ..self }
    }

    /// For this platform alone.
    pub(super) const fn only(self, platform: Platform) -> Command {
        Command { only: Some(platform), ..self }
    }

    /// Used where nobody else reads.
    pub(super) const fn secret(self) -> Command {
        Command { secret: true, ..self }
    }

    /// With a preview of what it would do.
    pub(super) const fn confirm(self, confirm: Run) -> Command {
        Command { confirm: Some(confirm), ..self }
    }

    /// The first word of a name of two: the group that the command belongs to.
    pub fn group(&self) -> Option<&'static str> {
        self.name.split_once(' ').map(|(group, _)| group)
    }

    /// What it is for, in one line.
    pub fn about(&self, place: RoomWord) -> String {
        fill(&self.key(), &[("place", place.as_str().value())])
    }

    /// What it is called in the current language.
    pub fn called(&self) -> String {
        NameOf::Command.called(self.name)
    }

    /// What it is called where it is offered for somebody's message.
    pub fn label_on_message(&self) -> Option<String> {
        self.on_message.then(|| fill(&format!("{}-on-message", self.key()), &[]))
    }

    fn key(&self) -> String {
        format!("command-{}", self.name.replace(' ', "-"))
    }

    /// The option that goes by a name, without its hyphens, in any language.
    pub fn option(&self, typed: &str) -> Option<&'static Opt> {
        self.options.iter().find(|option| NameOf::Option.is_called(option.name, typed))
    }

    /// Whether it takes what every command for members takes on a platform ([`Manner::further`]). What somebody says in a
    /// discussion is for all, and their vote for nobody.
    pub fn takes_further(&self) -> bool {
        self.role == Role::Member && self.effect != Effect::Contributes
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

/// The command of a table that goes by a name, with or without a slash, in any language.
pub(super) fn find_typed<'a>(table: &'a [Command], typed: &str) -> Option<&'a Command> {
    let typed = typed.trim().trim_start_matches('/').split_whitespace().collect::<Vec<_>>().join(" ");
    table.iter().find(|command| NameOf::Command.is_called(command.name, &typed))
}

/// A command line with the command's name in the current language.
pub(super) fn spoken(table: &[Command], line: &str) -> String {
    let rest = |command: &Command| {
        let rest = line.strip_prefix(command.name)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{}{rest}", command.called()))
    };
    // The longest name, so that no group is taken for a command.
    let known = table.iter().filter(|command| rest(command).is_some());
    known.max_by_key(|command| command.name.len()).and_then(rest).unwrap_or_else(|| line.to_string())
}

/// Whether several commands of a table begin with this word.
pub(super) fn is_group(table: &[Command], word: &str) -> bool {
    table.iter().any(|command| command.group() == Some(word))
}

/// A command with its options, and who asks.
#[derive(Debug, Clone)]
pub struct Request {
    /// The row of the table.
    pub command: &'static Command,
    /// What was given for each option.
    pub args: Args,
    /// Who asks.
    pub caller: Caller,
    /// Where; `None` for what the program does by itself at its start.
    pub platform: Option<Platform>,
    /// Where, the most particular place first: a thread, its channel, its server. Empty where there are
    /// no rooms.
    pub places: Vec<Place>,
    /// Whether the answer is to be for the caller only; `None` for what the room has decided.
    pub private: Option<bool>,
    /// The file that came with the command.
    pub upload: Option<Upload>,
    /// How the command was given.
    pub origin: Origin,
    /// The options of `/ask` for a line that reads as a question too: it is asked if the command finds nothing.
    pub question: Option<Args>,
    /// What decides where chance would: from the same number, the same answer. `None`: the random numbers of the world.
    pub seed: Option<u64>,
    /// How the platform has commands given, and what it calls things.
    pub manner: Manner,
}

impl Request {
    /// A request without a place or a file.
    pub fn new(command: &'static Command, caller: Caller, platform: Option<Platform>) -> Request {
        Request {
            command,
            args: Args::new(),
            caller,
            platform,
            places: Vec::new(),
            private: None,
            upload: None,
            origin: Origin::Typed,
            question: None,
            seed: None,
            manner: Manner::LINES,
        }
    }

    /// What it changes, with these options.
    pub fn effect(&self) -> Effect {
        match self.command.shows_without {
            Some(option) if self.text(option).is_none() => Effect::Reads,
            _ => self.command.effect,
        }
    }

    /// The text that was given for an option, if it says something.
    pub fn text(&self, option: &str) -> Option<&str> {
        match self.args.get(option)? {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::Number(_) | Value::Flag => None,
        }
    }

    /// The number that was given for an option.
    pub fn number(&self, option: &str) -> Option<u64> {
        match self.args.get(option)? {
            Value::Number(number) => Some(*number),
            Value::Text(_) | Value::Flag => None,
        }
    }

    /// What a room's memory goes by: the most particular place, or the platform where there are none.
    pub(super) fn room(&self) -> String {
        match (self.places.first(), self.platform) {
            (Some(place), _) => place.to_string(),
            (None, platform) => platform.map_or("", Platform::as_str).to_string(),
        }
    }

    /// Whether a flag was given.
    pub fn flag(&self, option: &str) -> bool {
        self.args.get(option) == Some(&Value::Flag)
    }
}

/// What a running command has at hand.
pub(crate) struct Context<'a> {
    pub world: &'a World,
    pub request: &'a Request,
    pub library: Option<Arc<Library>>,
    /// All commands.
    pub table: &'static [Command],
    /// The groups of those with names of two words.
    pub groups: &'static [Group],
}

impl Context<'_> {
    /// The text that was given for an option, if it says something.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.request.text(name)
    }

    /// The page asked for, from 1.
    pub fn page(&self) -> usize {
        let page = self.request.number("page").and_then(|page| usize::try_from(page).ok());
        page.filter(|page| *page > 0).unwrap_or(1)
    }

    /// The library that answers this request.
    pub fn library(&self) -> Result<&Library, Problem> {
        self.library.as_deref().ok_or(Problem::NoLibrary)
    }

    /// The time in milliseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.world.clock.now().as_millisecond()
    }
}

#[cfg(test)]
mod tests {
    use super::Effect;

    #[test]
    fn what_follows_from_an_effect() {
        for (effect, for_others, repeated) in [
            (Effect::Reads, false, true),
            (Effect::Personal, false, true),
            (Effect::Contributes, false, false),
            (Effect::ChangesRoom, true, false),
            (Effect::ChangesContent, true, false),
        ] {
            assert_eq!(effect.is_audited(), for_others);
            assert_eq!(effect.may_be_chosen(), !for_others);
            assert_eq!(effect.may_be_repeated(), repeated);
        }
    }
}
