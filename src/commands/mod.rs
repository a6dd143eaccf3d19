//! The one table of commands, and how a command is run.
//!
//! A new command is a file in this folder and a row in [`TABLE`]. From the table come the text commands
//! of every platform, their help, their completion, and the table in the README.

mod actor;
mod argument;
mod article;
mod audit;
mod compare;
mod compare_arguments;
mod compare_articles;
mod difference;
mod event;
mod help;
pub mod line;
mod quote;
mod reload;
mod revisions;
mod room;
mod search;
mod several;
mod show;
mod source;
mod status;
mod text;
mod timeline;
mod topic;

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use tracing::Instrument;

use crate::answer::{Answer, AnswerKind, ChoiceKind, Part, Visibility};
use crate::article::Kind;
use crate::community::{AuditEntry, Community, CommunityError};
use crate::env::{Clock, Rng};
use crate::library::{Library, LibraryError, LibraryStore, LoadError, Suggestion};

pub use crate::article::read::MAX_BYTES;
pub use crate::library::Upload;

/// A command: everything that the platforms, the help and the docs need to know of it.
#[derive(Debug)]
pub struct Command {
    /// Its name in lower case: one word, or two where several commands belong together.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Its options, the required ones first.
    pub options: &'static [Opt],
    /// Lines that one can type.
    pub examples: &'static [&'static str],
    /// Who may use it.
    pub role: Role,
    /// Whether it changes something for others: then its use is in the audit log.
    pub changes: bool,
    /// What it is called where a platform offers it for somebody's message: then its first option is
    /// the message's text.
    pub on_message: Option<&'static str>,
    /// The only platform that it is for; `None` for all.
    pub only: Option<&'static str>,
    run: Run,
    /// What it would do, for who chose it and has not confirmed it; only of commands that change
    /// something. `None`: its line and what it is for say enough.
    confirm: Option<Run>,
}

type Run = for<'a> fn(&'a Context<'a>) -> Pin<Box<dyn Future<Output = Result<Answer, Problem>> + Send + 'a>>;

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

const fn words(name: &'static str, about: &'static str, required: bool, suggest: Suggest) -> Opt {
    Opt { name, about, kind: OptKind::Words, required, suggest }
}

const ARTICLE: Opt = Opt {
    name: "article",
    about: "Only in this article; “all” for all of them",
    kind: OptKind::Named,
    required: false,
    suggest: Suggest::Names(&[Kind::Article]),
};

const PAGE: Opt = Opt {
    name: "page",
    about: "Which page of a long answer",
    kind: OptKind::Number,
    required: false,
    suggest: Suggest::Nothing,
};

/// The other half of [`Suggest::Times`].
static ACTORS: Opt = words("actor", "", false, Suggest::Names(&[Kind::Actor]));

const SWITCH: Suggest = Suggest::OneOf(&["on", "off", "default"]);

const EVERYWHERE: Opt = Opt {
    name: "everywhere",
    about: "For all rooms of this server that have nothing else decided",
    kind: OptKind::Flag,
    required: false,
    suggest: Suggest::Nothing,
};

/// Everything that can be asked for with `/search` and `/source`, but articles.
const ITEMS: [Kind; 7] =
    [Kind::Actor, Kind::Event, Kind::Quote, Kind::Argument, Kind::Fact, Kind::Relation, Kind::Topic];

/// What can be compared with another of its kind.
const COMPARED: [Kind; 3] = [Kind::Actor, Kind::Argument, Kind::Article];

/// All commands.
pub static TABLE: [Command; 23] = [
    Command {
        name: "quote",
        about: "Exact words, and whose they are",
        options: &[
            words(
                "of",
                "Who, or some of the words; nothing for a random one",
                false,
                Suggest::Names(&[Kind::Actor, Kind::Quote]),
            ),
            ARTICLE,
            PAGE,
        ],
        examples: &["quote Paz", "quote who lost mexico", "quote"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(quote::run(context)),
        confirm: None,
    },
    Command {
        name: "timeline",
        about: "What happened when, as precisely as the text says",
        options: &[
            words("when", "A year, a range or an actor; nothing for everything", false, Suggest::Times),
            ARTICLE,
            PAGE,
        ],
        examples: &["timeline 2020", "timeline 2015-16", "timeline 1990s", "timeline AMLO"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(timeline::run(context)),
        confirm: None,
    },
    Command {
        name: "event",
        about: "One event: what happened, when, and who took part",
        options: &[words("name", "The event", true, Suggest::Names(&[Kind::Event])), ARTICLE],
        examples: &["event rose garden", "event remain in mexico"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(event::run(context)),
        confirm: None,
    },
    Command {
        name: "actor",
        about: "Who somebody is, and what the article says of them",
        options: &[
            words("name", "A person, country, party or institution", true, Suggest::Names(&[Kind::Actor])),
            ARTICLE,
        ],
        examples: &["actor AMLO", "actor canadian prime minister"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(actor::run(context)),
        confirm: None,
    },
    Command {
        name: "argument",
        about: "A claim, its grounds, and what could be said against it",
        options: &[
            words("name", "The argument; nothing for all of them", false, Suggest::Names(&[Kind::Argument])),
            ARTICLE,
            PAGE,
        ],
        examples: &["argument trilateral", "argument"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(argument::run(context)),
        confirm: None,
    },
    Command {
        name: "search",
        about: "Everything that speaks of something",
        options: &[words("words", "Words or a question", true, Suggest::Names(&ITEMS)), ARTICLE, PAGE],
        examples: &["search stolen election", "search why does AMLO distrust Democrats"],
        role: Role::Member,
        changes: false,
        on_message: Some("Find in the article"),
        only: None,
        run: |context| Box::pin(search::run(context)),
        confirm: None,
    },
    Command {
        name: "topic",
        about: "What the article says on a subject",
        options: &[
            words("name", "The subject; nothing for all of them", false, Suggest::Names(&[Kind::Topic])),
            ARTICLE,
            PAGE,
        ],
        examples: &["topic migration", "topic"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(topic::run(context)),
        confirm: None,
    },
    Command {
        name: "compare",
        about: "Two actors, two articles or two arguments, side by side",
        options: &[
            words("first", "One of them", true, Suggest::Names(&COMPARED)),
            words("second", "The other", true, Suggest::Names(&COMPARED)),
            ARTICLE,
        ],
        examples: &["compare Trudeau AMLO", "compare \"Peña Nieto\" and Calderón"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(compare::run(context)),
        confirm: None,
    },
    Command {
        name: "source",
        about: "Where exactly in the text something comes from",
        options: &[
            words("item", "The thing: a name, some words, or an id", true, Suggest::Names(&ITEMS)),
            ARTICLE,
        ],
        examples: &["source erdogan trap", "source my way or the highway"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(source::run(context)),
        confirm: None,
    },
    Command {
        name: "article",
        about: "An article: who wrote it, what it says, and what is known of it",
        options: &[words(
            "name",
            "The article, where there are several",
            false,
            Suggest::Names(&[Kind::Article]),
        )],
        examples: &["article"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(article::one(context)),
        confirm: None,
    },
    Command {
        name: "articles",
        about: "The articles that can be asked about",
        options: &[PAGE],
        examples: &["articles"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(article::all(context)),
        confirm: None,
    },
    Command {
        name: "help",
        about: "What can be asked, and how",
        options: &[words("command", "One command", false, Suggest::Commands)],
        examples: &["help", "help quote"],
        role: Role::Member,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(help::run(context)),
        confirm: None,
    },
    Command {
        name: "room show",
        about: "What is decided for this room",
        options: &[],
        examples: &["room show"],
        role: Role::Moderator,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(room::show(context)),
        confirm: None,
    },
    Command {
        name: "room article",
        about: "Which article is meant here when nobody names one",
        options: &[
            words(
                "name",
                "The article; “all” for all of them, “default” takes it back, nothing shows it",
                false,
                Suggest::Names(&[Kind::Article]),
            ),
            EVERYWHERE,
        ],
        examples: &["room article us-mexico", "room article all", "room article default"],
        role: Role::Moderator,
        changes: true,
        on_message: None,
        only: None,
        run: |context| Box::pin(room::article(context)),
        confirm: None,
    },
    Command {
        name: "room private",
        about: "Whether answers here are only for who asked, unless they say otherwise",
        options: &[words("answers", "“On” or “off”; “default” takes it back", true, SWITCH), EVERYWHERE],
        examples: &["room private on"],
        role: Role::Moderator,
        changes: true,
        on_message: None,
        only: Some("discord"),
        run: |context| Box::pin(room::private(context)),
        confirm: None,
    },
    Command {
        name: "room commands",
        about: "Which commands can be used here",
        options: &[
            words("command", "The command", true, Suggest::Commands),
            words("use", "“On” or “off”; “default” takes it back", true, SWITCH),
            EVERYWHERE,
        ],
        examples: &["room commands compare off"],
        role: Role::Moderator,
        changes: true,
        on_message: None,
        only: None,
        run: |context| Box::pin(room::commands(context)),
        confirm: None,
    },
    Command {
        name: "room prefix",
        about: "What commands begin with in this room",
        options: &[words(
            "prefix",
            "One to eight signs; “default” for the usual one, nothing shows it",
            false,
            Suggest::Nothing,
        )],
        examples: &["room prefix ?", "room prefix default"],
        role: Role::Moderator,
        changes: true,
        on_message: None,
        only: Some("matrix"),
        run: |context| Box::pin(room::prefix(context)),
        confirm: None,
    },
    Command {
        name: "leave",
        about: "Leave this room",
        options: &[],
        examples: &["leave"],
        role: Role::Moderator,
        changes: true,
        on_message: None,
        only: Some("matrix"),
        run: |context| Box::pin(room::leave(context)),
        confirm: None,
    },
    Command {
        name: "reload",
        about: "Check the packs and load them, all or nothing",
        options: &[
            Opt {
                name: "pack",
                about: "A pack file to add, or to put in the place of the one for the same article",
                kind: OptKind::File,
                required: false,
                suggest: Suggest::Nothing,
            },
            Opt {
                name: "dry-run",
                about: "Only say what would change",
                kind: OptKind::Flag,
                required: false,
                suggest: Suggest::Nothing,
            },
            Opt {
                name: "remove",
                about: "Let articles go whose packs are gone",
                kind: OptKind::Flag,
                required: false,
                suggest: Suggest::Nothing,
            },
        ],
        examples: &["reload", "reload --dry-run"],
        role: Role::Editor,
        changes: true,
        on_message: None,
        only: None,
        run: |context| Box::pin(reload::run(context)),
        confirm: Some(|context| Box::pin(reload::confirm(context))),
    },
    Command {
        name: "revisions",
        about: "The revisions of the library that were made",
        options: &[PAGE],
        examples: &["revisions"],
        role: Role::Editor,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(revisions::all(context)),
        confirm: None,
    },
    Command {
        name: "rollback",
        about: "Answer from an earlier revision again",
        options: &[words("revision", "Which; nothing for the one before", false, Suggest::Revisions)],
        examples: &["rollback"],
        role: Role::Editor,
        changes: true,
        on_message: None,
        only: None,
        run: |context| Box::pin(revisions::rollback(context)),
        confirm: Some(|context| Box::pin(revisions::confirm(context))),
    },
    Command {
        name: "status",
        about: "Which revision answers, how much it holds, and how the program is",
        options: &[],
        examples: &["status"],
        role: Role::Editor,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(status::run(context)),
        confirm: None,
    },
    Command {
        name: "audit",
        about: "Who changed what, and who was refused",
        options: &[Opt {
            name: "last",
            about: "How many entries, 10 if not said",
            kind: OptKind::Words,
            required: false,
            suggest: Suggest::Nothing,
        }],
        examples: &["audit", "audit 50"],
        role: Role::Editor,
        changes: false,
        on_message: None,
        only: None,
        run: |context| Box::pin(audit::run(context)),
        confirm: None,
    },
];

impl Command {
    /// The first word of a name of two: what the command belongs to.
    pub fn group(&self) -> Option<&'static str> {
        self.name.split_once(' ').map(|(group, _)| group)
    }

    /// Whether it is offered on a platform.
    pub fn is_on(&self, platform: &str) -> bool {
        self.only.is_none_or(|only| only == platform)
    }

    /// The last word of the name.
    pub fn word(&self) -> &'static str {
        self.name.rsplit(' ').next().unwrap_or(self.name)
    }
}

/// The command of this name.
pub fn command(name: &str) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.name == name)
}

/// How often a program that runs for long looks for a revision that another made current.
pub const LOOK: std::time::Duration = std::time::Duration::from_secs(2);

/// The platform of the reload that the program itself asks for at its start.
pub const START: &str = "start";

/// What the commands work with. They have no other way to the world.
pub struct World {
    /// The library.
    pub store: LibraryStore,
    /// What outlives a reload.
    pub community: Community,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub rng: Rng,
    /// The folder of the packs.
    pub packs: PathBuf,
    /// How many revisions are kept for going back.
    pub keep_revisions: usize,
    /// When the program started.
    pub started: jiff::Timestamp,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Platform and id there: `terminal:ada`, `discord:1234`.
    pub id: String,
    /// What they may do.
    pub role: Role,
}

/// A command with its options, and who asks.
#[derive(Debug, Clone)]
pub struct Request {
    /// The row of the table.
    pub command: &'static Command,
    /// What was given for each option.
    pub args: BTreeMap<&'static str, String>,
    /// Who asks.
    pub caller: Caller,
    /// With what: `terminal`, `discord`, `matrix`, or [`START`].
    pub platform: &'static str,
    /// Where, the most particular place first: a thread, its channel, its server. Empty where there are
    /// no rooms.
    pub places: Vec<String>,
    /// Whether the answer is to be for the caller only; `None` for what the room has decided.
    pub private: Option<bool>,
    /// The file that came with the command.
    pub upload: Option<Upload>,
    /// How the command was given.
    pub origin: Origin,
    /// What decides where chance would: from the same number, the same answer. `None`: the rng of the world.
    pub seed: Option<u64>,
    /// How the platform has commands given, and what it calls things.
    pub manner: Manner,
}

/// How a platform has commands given, and what it calls things. Help and settings speak accordingly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// What a room is called there.
    pub room: &'static str,
    /// Whether options are filled in by their names, and not written in a line.
    pub by_name: bool,
    /// What every command for members takes besides its own options: name, and what for.
    pub further: &'static [(&'static str, &'static str)],
    /// What to do with somebody's message to find the commands for it; `None` where there are none.
    pub on_message: Option<&'static str>,
}

impl Manner {
    /// Where commands are lines that one types.
    pub const LINES: Manner = Manner { room: "room", by_name: false, further: &[], on_message: None };

    /// A sentence of our own about rooms, in the platform's word for them.
    pub fn say(&self, sentence: &str) -> String {
        let word = |word: &str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
            match bare {
                "room" | "rooms" => word.replace("room", self.room),
                _ => word.to_string(),
            }
        };
        sentence.split_inclusive(' ').map(word).collect()
    }
}

/// How a command was given. What changes something is carried out only if somebody wrote it, or confirmed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it, or used it as a command of the platform.
    #[default]
    Typed,
    /// Somebody chose what an answer offers: pressed a button, took a line of a menu, reacted.
    Chosen,
    /// Somebody chose the confirmation of a command ([`ChoiceKind::Confirm`]).
    Confirmed,
}

impl Origin {
    /// How a command is given by choosing what an answer offers.
    pub fn chosen(kind: ChoiceKind) -> Origin {
        if kind == ChoiceKind::Confirm { Origin::Confirmed } else { Origin::Chosen }
    }
}

impl Request {
    /// A request without a place or a file.
    pub fn new(command: &'static Command, caller: Caller, platform: &'static str) -> Request {
        Request {
            command,
            args: BTreeMap::new(),
            caller,
            platform,
            places: Vec::new(),
            private: None,
            upload: None,
            origin: Origin::Typed,
            seed: None,
            manner: Manner::LINES,
        }
    }

    /// Whether it changes something for others. Some commands that do only show what is decided when nothing is
    /// given.
    pub fn changes(&self) -> bool {
        self.command.changes && !room::only_shows(self)
    }
}

/// What a running command has at hand.
pub(crate) struct Context<'a> {
    world: &'a World,
    request: &'a Request,
    library: Option<Arc<Library>>,
}

impl Context<'_> {
    /// What was given for an option, if anything.
    fn arg(&self, name: &str) -> Option<&str> {
        self.request.args.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The page asked for, from 1.
    fn page(&self) -> usize {
        self.arg("page").and_then(|page| page.parse().ok()).filter(|page| *page > 0).unwrap_or(1)
    }

    /// The library that answers this request.
    fn library(&self) -> Result<&Library, Problem> {
        self.library.as_deref().ok_or(Problem::NoLibrary)
    }

    /// The time in milliseconds since 1970 UTC.
    fn now(&self) -> i64 {
        self.world.clock.now().as_millisecond()
    }
}

/// Why a command was not carried out to its end.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing is wrong, but this is the answer: there is no such thing, or no such page.
    #[error("{}", .0.title)]
    Instead(Box<Answer>),
    /// Nothing is loaded yet.
    #[error("no library is loaded")]
    NoLibrary,
    /// The library failed.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The community database failed.
    #[error(transparent)]
    Community(#[from] CommunityError),
    /// Loading failed.
    #[error(transparent)]
    Load(#[from] LoadError),
}

impl From<Answer> for Problem {
    fn from(answer: Answer) -> Self {
        Problem::Instead(Box::new(answer))
    }
}

/// Runs a command. Always answers: what goes wrong inside is logged, and told in words for people.
pub async fn run(world: &World, request: &Request) -> Answer {
    let started = world.clock.instant();
    let span = tracing::info_span!(
        "command",
        name = request.command.name,
        platform = request.platform,
        outcome = tracing::field::Empty,
        micros = tracing::field::Empty
    );
    async {
        let answer = answer(world, request).await;
        let took = world.clock.instant().duration_since(started);
        let span = tracing::Span::current();
        span.record("outcome", tracing::field::debug(answer.kind));
        span.record("micros", u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        tracing::info!("answered");
        answer
    }
    .instrument(span)
    .await
}

/// The id of the article that is meant in a place when nobody names one.
pub fn article_meant(world: &World, places: &[String]) -> Option<String> {
    world.community.setting(places, room::ARTICLE).filter(|key| key != room::ALL)
}

/// What commands begin with in a place, where its moderators decided that.
pub fn prefix(world: &World, places: &[String]) -> Option<String> {
    world.community.setting(places, room::PREFIX)
}

/// Whether the answer to a request will be for the caller only, as far as that can be told beforehand:
/// whatever the command finds, its errors are.
pub fn is_private(world: &World, request: &Request) -> bool {
    request.command.role != Role::Member
        || request.private.unwrap_or_else(|| {
            world.community.setting(&request.places, room::PRIVATE).is_some_and(|it| it == "on")
        })
}

async fn answer(world: &World, request: &Request) -> Answer {
    let answer = public_answer(world, request).await;
    if is_private(world, request) {
        return answer.private();
    }
    // Who wants an answer to be seen gets that, also where it is for one person as a rule.
    match (request.private, answer.kind) {
        (Some(false), AnswerKind::Found) => Answer { visibility: Visibility::Everyone, ..answer },
        _ => answer,
    }
}

async fn public_answer(world: &World, request: &Request) -> Answer {
    let command = request.command;
    if let Some(only) = command.only.filter(|_| !command.is_on(request.platform)) {
        let title =
            format!("/{} is only for {}.", command.name, if only == "matrix" { "Matrix" } else { "Discord" });
        return Answer::other(AnswerKind::WrongUsage, title).choice("What can be asked", "help");
    }
    if request.caller.role < command.role {
        audit(world, request, "refused", "").await;
        let who = match command.role {
            Role::Editor => "editors: the settings say who is one".into(),
            _ => request.manner.say("moderators of this room"),
        };
        return Answer::other(AnswerKind::Refused, format!("/{} is for {who}.", command.name));
    }
    if let Some((name, length)) = line::too_long(request) {
        let title =
            format!("That is too long: {length} characters for “{name}”, at most {}.", line::MAX_VALUE);
        return Answer::other(AnswerKind::WrongUsage, title);
    }
    if request.caller.role < Role::Moderator && room::is_off(world, &request.places, command) {
        let title = format!("/{} is switched off here.", command.name);
        return Answer::other(AnswerKind::Refused, title).choice("What can be asked", "help");
    }
    let context = Context { world, request, library: world.store.current() };
    let said = |outcome| match outcome {
        Ok(answer) => answer,
        Err(Problem::Instead(answer)) => *answer,
        Err(problem) => failed(&problem, command.role),
    };
    if request.changes() && request.origin == Origin::Chosen {
        return confirmation(request, said(asked(&context).await));
    }
    let answer = said((command.run)(&context).await);
    if request.changes() {
        let outcome = if answer.kind == AnswerKind::Found { "done" } else { "failed" };
        audit(world, request, outcome, &answer.title).await;
    }
    answer
}

/// What a command that changes something would do.
async fn asked(context: &Context<'_>) -> Result<Answer, Problem> {
    let command = context.request.command;
    match command.confirm {
        Some(confirm) => confirm(context).await,
        None => Ok(Answer::found(format!("/{}?", line::line(context.request)))
            .paragraph(context.request.manner.say(command.about))),
    }
}

/// What a command would do, with the choice that has it done.
fn confirmation(request: &Request, answer: Answer) -> Answer {
    if answer.kind != AnswerKind::Found {
        return answer;
    }
    let caller = Part::Person(request.caller.id.clone());
    let answer = answer.facts(vec![(vec![Part::Text("Asked by".into())], vec![caller])]).private();
    // A command may name exactly what it would do, where its line alone could mean something else later.
    match answer.choices.iter().any(|choice| choice.kind == ChoiceKind::Confirm) {
        true => answer,
        false => confirmed_by(answer, line::line(request)),
    }
}

/// An answer with the choice that has a line done.
fn confirmed_by(answer: Answer, line: String) -> Answer {
    answer.offer(ChoiceKind::Confirm, format!("Yes, do it: /{line}"), line)
}

/// The answer to a failure: what to do next, and to members nothing of its inside.
fn failed(problem: &Problem, role: Role) -> Answer {
    tracing::error!(error = %problem, "a command failed");
    let title = match problem {
        Problem::NoLibrary => "No article is loaded yet: an editor has to /reload.",
        Problem::Library(_) => "The library can't be read just now. Try again, or ask an editor to /reload.",
        Problem::Community(_) | Problem::Load(_) | Problem::Instead(_) => {
            "That did not work. The operator finds the cause in the log."
        }
    };
    let answer = Answer::other(AnswerKind::Failed, title);
    match problem {
        Problem::NoLibrary => answer,
        problem if role == Role::Editor => answer.paragraph(problem.to_string()),
        _ => answer,
    }
}

async fn audit(world: &World, request: &Request, outcome: &str, detail: &str) {
    let options: Vec<String> =
        request.args.iter().map(|(name, value)| format!("{name}={}", show::clean(value))).collect();
    let entry = AuditEntry {
        at: world.clock.now().as_millisecond(),
        who: request.caller.id.clone(),
        command: [vec![request.command.name.to_string()], options].concat().join(" "),
        outcome: outcome.to_string(),
        detail: detail.to_string(),
    };
    // A full disk must not keep an answer from being given.
    if let Err(error) = world.community.record(&entry).await {
        // Without what was typed: that is nobody's business but the audit log's.
        let command = request.command.name;
        tracing::error!(%error, who = entry.who, command, outcome, "the audit log can't be written");
    }
}

/// What a person may want to put into an option, after typing `typed`. `article` narrows it. At most 25.
pub async fn suggest(world: &World, option: &Opt, typed: &str, article: Option<&str>) -> Vec<Suggestion> {
    const MAX_SUGGESTIONS: usize = 25;
    let plain = |value: &str| Suggestion { value: value.into(), title: value.into() };
    let outcome = match option.suggest {
        Suggest::Nothing => Ok(Vec::new()),
        Suggest::OneOf(values) => {
            Ok(values.iter().filter(|value| value.starts_with(typed)).map(|value| plain(value)).collect())
        }
        Suggest::Times if typed.starts_with(|c: char| c.is_ascii_digit()) => match world.store.current() {
            None => Ok(Vec::new()),
            Some(library) => library.suggest_years(typed, MAX_SUGGESTIONS).await.map_err(Problem::from),
        },
        Suggest::Times => return Box::pin(suggest(world, &ACTORS, typed, article)).await,
        Suggest::Commands => Ok(TABLE
            .iter()
            .filter(|command| command.name.starts_with(typed))
            .map(|command| plain(command.name))
            .collect()),
        Suggest::Revisions => world.community.revisions().await.map_err(Problem::from).map(|revisions| {
            revisions
                .iter()
                .filter(|it| it.revision.starts_with(typed))
                .take(MAX_SUGGESTIONS)
                .map(|it| plain(&it.revision))
                .collect()
        }),
        Suggest::Names(kinds) => match world.store.current() {
            None => Ok(Vec::new()),
            Some(library) => {
                // Who names an article may want any.
                let article = match article.filter(|_| kinds != [Kind::Article]) {
                    Some(name) => match library.find_name(name, &[Kind::Article], None).await {
                        Ok(crate::library::Found::Sure { same, .. }) => same.first().map(|it| it.article),
                        _ => None,
                    },
                    None => None,
                };
                library.suggest(typed, kinds, article, MAX_SUGGESTIONS).await.map_err(Problem::from)
            }
        },
    };
    outcome.unwrap_or_else(|problem: Problem| {
        tracing::error!(error = %problem, "suggestions failed");
        Vec::new()
    })
}

impl World {
    /// Takes over what another process on the same data folder made current.
    ///
    /// # Errors
    /// The community database or the file of the current revision can't be read.
    pub async fn catch_up(&self) -> Result<(), Problem> {
        let Some(current) = self.community.current().await? else { return Ok(()) };
        // What was read may be older than what this process has made current meanwhile.
        if current.used_at < self.store.since() || self.store.has(&current.revision, current.used_at) {
            return Ok(());
        }
        match self.store.open_revision(&current.revision, current.bytes).await {
            Ok(library) => self.store.swap(library, current.used_at),
            // The next load makes the file anew.
            Err(error) => tracing::warn!(%error, "the current revision can't be opened"),
        }
        Ok(())
    }
}
