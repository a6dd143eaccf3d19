//! What Discord sends, as requests: who asks, where, and for what.

use serenity::all::{
    ChannelType, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction,
};
use serenity::model::channel::PartialChannel;
use serenity::model::id::{ChannelId, GuildId};

use crate::answer::{Answer, AnswerKind};
use crate::commands::{self, Caller, Command, Request, TABLE, Value};
use crate::locale::Locale;
use crate::platform::{Place, PlaceKind};
use crate::say;

use super::access::{Access, person};
use super::message_text;
use super::platform::{MANNER, PLATFORM, PRIVATE};

/// The places of a channel, the most particular first. A thread goes by its channel.
pub(super) fn places(channel: ChannelId, parent: Option<ChannelId>, server: Option<GuildId>) -> Vec<Place> {
    let channels = [Some(channel), parent].into_iter().flatten();
    let channels = channels.map(|channel| Place::new(PLATFORM, PlaceKind::Channel, channel.to_string()));
    let server = server.map(|server| Place::new(PLATFORM, PlaceKind::Server, server.to_string()));
    channels.chain(server).collect()
}

/// The channel of a thread. What other channels have above them is a category.
pub(super) fn parent(channel: Option<&PartialChannel>) -> Option<ChannelId> {
    let channel = channel?;
    is_thread(channel.kind).then_some(channel.parent_id).flatten()
}

fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread)
}

/// A file that is attached to a command.
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    pub name: String,
    pub url: String,
    pub bytes: u32,
}

/// A used command.
pub(super) struct IncomingCommand {
    pub request: Request,
    /// The file that is attached to it.
    pub attachment: Option<Attachment>,
    /// Whether who used it wants to see the answer alone.
    pub private: bool,
}

/// A used command as a request; `sent` is the interaction as Discord sent it.
///
/// # Errors
/// The answer to give when it can't be asked so.
pub(super) fn command(
    interaction: &CommandInteraction,
    sent: &str,
    access: &Access,
) -> Result<IncomingCommand, Box<Answer>> {
    let data = &interaction.data;
    let person =
        person(interaction.member.as_deref(), interaction.user.id, interaction.guild_id, interaction.context);
    let caller = access.caller(&person);
    let mut attachment = None;
    let mut private = None;
    let mut args = Vec::new();
    let (command, options) = named(&data.name, &data.options, data.kind).ok_or_else(unknown)?;
    if data.kind == CommandType::Message {
        let text = message_text::text(sent).ok_or_else(wordless)?;
        args.extend(command.options.first().map(|option| (option.name, text.into())));
        // The message's author did not ask for the answer to be seen.
        private = Some(true);
    }
    for given in options {
        if given.name == PRIVATE {
            private = given.value.as_bool();
            continue;
        }
        let Some(option) = command.options.iter().find(|option| option.name == given.name) else { continue };
        let value = match &given.value {
            CommandDataOptionValue::String(text) => text.as_str().into(),
            CommandDataOptionValue::Integer(number) => Value::Number(u64::try_from(*number).unwrap_or(0)),
            CommandDataOptionValue::Boolean(true) => Value::Flag,
            CommandDataOptionValue::Attachment(id) => {
                let file = data.resolved.attachments.get(id).ok_or_else(unknown)?;
                attachment =
                    Some(Attachment { name: file.filename.clone(), url: file.url.clone(), bytes: file.size });
                file.filename.as_str().into()
            }
            _ => continue,
        };
        args.push((option.name, value));
    }
    let mut request = commands::line::request(command, args, caller, PLATFORM)?;
    let parent = parent(interaction.channel.as_ref());
    request.places = places(interaction.channel_id, parent, interaction.guild_id);
    request.manner = MANNER;
    // Privately asked is shown privately; it stays an answer that could be shown to all.
    request.private = private.filter(|private| !private);
    Ok(IncomingCommand { request, attachment, private: private == Some(true) })
}

/// The row of the table that a command of Discord stands for, and what was given for its options.
fn named<'a>(
    name: &str,
    options: &'a [CommandDataOption],
    kind: CommandType,
) -> Option<(&'static Command, &'a [CommandDataOption])> {
    if kind == CommandType::Message {
        // Discord sends the name that it was registered with, whatever the language.
        let goes_by =
            |row: &&Command| Locale::ENGLISH.sync_scope(|| row.label_on_message()).as_deref() == Some(name);
        return Some((TABLE.iter().find(goes_by)?, options));
    }
    match options {
        [only] => match &only.value {
            CommandDataOptionValue::SubCommand(inner) => {
                Some((commands::command(&format!("{name} {}", only.name))?, inner))
            }
            _ => Some((commands::command(name)?, options)),
        },
        _ => Some((commands::command(name)?, options)),
    }
}

/// The answer where a message has nothing to look up.
fn wordless() -> Box<Answer> {
    let answer = Answer::other(AnswerKind::NothingFound, say!("discord-no-words"));
    Box::new(answer.paragraph(say!("discord-use-search")))
}

/// A command that Discord still offers and we no longer have.
fn unknown() -> Box<Answer> {
    Box::new(Answer::other(AnswerKind::WrongUsage, say!("discord-command-gone")))
}

/// What somebody is typing: the option, its beginning, and the article named so far.
pub(super) struct Typing {
    pub option: &'static commands::Opt,
    pub typed: String,
    pub article: Option<String>,
    pub places: Vec<Place>,
}

/// Reads what somebody is typing. `None` for what has no suggestions.
pub(super) fn typing(interaction: &CommandInteraction) -> Option<Typing> {
    let data = &interaction.data;
    let (command, options) = named(&data.name, &data.options, data.kind)?;
    let (name, typed) = options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => Some((&option.name, value)),
        _ => None,
    })?;
    let option = command.options.iter().find(|option| option.name == *name)?;
    let named = options.iter().find(|option| option.name == "article" && option.name != *name);
    Some(Typing {
        option,
        typed: typed.clone(),
        article: named.and_then(|option| option.value.as_str()).map(Into::into),
        places: places(interaction.channel_id, parent(interaction.channel.as_ref()), interaction.guild_id),
    })
}

/// Who pressed a button, and where.
pub(super) fn presser(interaction: &ComponentInteraction, access: &Access) -> (Caller, Vec<Place>) {
    let person =
        person(interaction.member.as_ref(), interaction.user.id, interaction.guild_id, interaction.context);
    let parent = parent(interaction.channel.as_ref());
    (access.caller(&person), places(interaction.channel_id, parent, interaction.guild_id))
}
