//! Pressed buttons and chosen options.
//!
//! An answer that all see is its caller's: only they, and moderators, turn its pages where it is. What others want
//! to see, and where something is in the text, opens for them alone, and they can share it.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, InteractionContext, MessageFlags, Permissions,
};

use crate::answer::{Answer, AnswerKind};
use crate::commands::{self, Caller, Origin, Role};
use crate::platform::Place;
use crate::say;

use super::bot::Bot;
use super::component_id::{self, Action, CommandId, ComponentId};
use super::incoming;
use super::message::{self, RenderOptions};
use super::nested;
use super::platform::{MANNER, PLATFORM};
use super::reply::{Reply, ReplyTo};
use super::rest::ApiError;

impl Bot {
    /// A pressed button, or a chosen option of a menu.
    pub(super) async fn press(&self, interaction: &ComponentInteraction, data: &str) -> Result<(), ApiError> {
        let (id, is_button) = match &interaction.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => {
                (values.first().map_or("", String::as_str), false)
            }
            _ => (interaction.data.custom_id.as_str(), true),
        };
        let pressed = PressedMessage::read(data, is_button.then_some(&*interaction.data.custom_id));
        let (caller, places) = incoming::presser(interaction, &self.access);
        match component_id::decode(id) {
            Some(ComponentId::Delete(owner)) => self.delete(interaction, &caller, owner).await,
            Some(ComponentId::Command(chosen)) => {
                self.choose(interaction, &pressed, chosen, caller, places).await
            }
            None => stale(&mut self.on_press(interaction, &pressed), &pressed, &forgotten()).await,
        }
    }

    fn on_press<'a>(&'a self, interaction: &'a ComponentInteraction, pressed: &PressedMessage) -> Reply<'a> {
        self.reply_to_press(interaction, ReplyTo::InPlace { private: pressed.is_private })
    }

    fn reply_to_press<'a>(&'a self, interaction: &'a ComponentInteraction, to: ReplyTo) -> Reply<'a> {
        Reply::new(&self.rest, interaction.application_id, interaction.id, &interaction.token, to)
    }

    async fn delete(
        &self,
        interaction: &ComponentInteraction,
        caller: &Caller,
        owner: u64,
    ) -> Result<(), ApiError> {
        let mut reply = self.reply_to_press(interaction, ReplyTo::InPlace { private: false });
        if interaction.user.id.get() == owner || moderates(interaction, caller) {
            return reply.delete().await;
        }
        let answer = Answer::other(AnswerKind::Refused, say!("discord-delete-refused"));
        reply.answer(&message::render(&answer, RenderOptions::default())).await
    }

    async fn choose(
        &self,
        interaction: &ComponentInteraction,
        pressed: &PressedMessage,
        chosen: CommandId,
        caller: Caller,
        places: Vec<Place>,
    ) -> Result<(), ApiError> {
        let Placement { in_place, private } = Placement::of(chosen.action, interaction, pressed, &caller);
        let to =
            if in_place { ReplyTo::InPlace { private: pressed.is_private } } else { ReplyTo::NewMessage };
        let mut reply = self.reply_to_press(interaction, to);
        if chosen.action == Action::Confirm && !self.confirmed.insert(interaction.message.id.get()) {
            let answer = Answer::other(AnswerKind::Refused, say!("discord-confirmed-already"));
            return reply.aside(&message::render(&answer, RenderOptions::default())).await;
        }
        let request = match self.line(chosen.line).await {
            Some(line) => commands::line::parse(&line, caller, PLATFORM),
            None => Err(Box::new(forgotten())),
        };
        let mut request = match request {
            Ok(request) => request,
            Err(answer) => return stale(&mut reply, pressed, &answer).await,
        };
        request.places = places;
        request.manner = MANNER;
        request.origin = if chosen.action == Action::Confirm { Origin::Confirmed } else { Origin::Chosen };
        let line = commands::line::line(&request);
        let line = Some(line.as_str()).filter(|_| request.effect().may_be_repeated());
        // Who asked first may still delete it, whoever turns its pages.
        let caller = if in_place { pressed.owner } else { Some(interaction.user.id.get()) };
        let options = RenderOptions { line, part: chosen.part, caller, private, ..RenderOptions::default() };
        let work = async {
            let answer = commands::run(&self.world, &request).await;
            let message = self.outbox.rendered(&answer, options).await;
            (answer, message)
        };
        let (answer, message) = reply.in_time(private, work).await;
        let nothing = matches!(answer.kind, AnswerKind::NothingFound | AnswerKind::WrongUsage);
        match nothing && answer.blocks.is_empty() {
            true => stale(&mut reply, pressed, &answer).await,
            false => reply.answer(&message).await,
        }
    }
}

/// Where the answer to a press is shown.
struct Placement {
    /// Whether it takes the place of the answer that something was pressed on.
    in_place: bool,
    /// Whether only who pressed sees it.
    private: bool,
}

impl Placement {
    fn of(
        action: Action,
        interaction: &ComponentInteraction,
        pressed: &PressedMessage,
        caller: &Caller,
    ) -> Placement {
        let is_owner = pressed.owner == Some(interaction.user.id.get());
        let in_place = match action {
            Action::Share => false,
            _ if pressed.is_private => true,
            Action::Page | Action::Part => is_owner || moderates(interaction, caller),
            Action::Open => is_owner,
            Action::Source | Action::Confirm => false,
        };
        // Alone with us, nothing has to be hidden from anybody.
        let is_alone = interaction.context == Some(InteractionContext::BotDm);
        let private = match action {
            Action::Share => false,
            _ if in_place => pressed.is_private,
            _ => !is_alone,
        };
        Placement { in_place, private }
    }
}

/// Whether somebody moderates where they pressed something.
fn moderates(interaction: &ComponentInteraction, caller: &Caller) -> bool {
    let permissions = interaction.member.as_ref().and_then(|member| member.permissions);
    let moderating = Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR;
    caller.role >= Role::Moderator || permissions.is_some_and(|it| it.intersects(moderating))
}

fn forgotten() -> Answer {
    Answer::other(AnswerKind::WrongUsage, say!("discord-button-forgotten"))
}

/// A button that can't work any more: it is disabled, and who pressed it reads why.
async fn stale(reply: &mut Reply<'_>, pressed: &PressedMessage, answer: &Answer) -> Result<(), ApiError> {
    let why = message::render(answer, RenderOptions { private: true, ..RenderOptions::default() });
    if let Some(components) = &pressed.without {
        reply.change_components(components).await?;
    }
    reply.aside(&why).await
}

/// The message on which something was pressed.
struct PressedMessage {
    is_private: bool,
    /// Who may delete it.
    owner: Option<u64>,
    /// Its components with the pressed button disabled.
    without: Option<Value>,
}

impl PressedMessage {
    fn read(data: &str, button: Option<&str>) -> PressedMessage {
        #[derive(Deserialize)]
        struct Whole {
            message: Sent,
        }
        #[derive(Deserialize)]
        struct Sent {
            #[serde(default)]
            flags: u64,
            #[serde(default)]
            components: Value,
        }
        let Sent { flags, mut components } = match serde_json::from_str::<Whole>(data) {
            Ok(whole) => whole.message,
            Err(_) => Sent { flags: 0, components: Value::Null },
        };
        let mut owner = None;
        let mut found = false;
        nested::each_mut(&mut components, &mut |component| {
            let id = component["custom_id"].as_str().unwrap_or_default();
            if let Some(ComponentId::Delete(user)) = component_id::decode(id) {
                owner = Some(user);
            }
            if button == Some(id) {
                component["disabled"] = json!(true);
                found = true;
            }
            // Discord gives the file's address back, and takes only its name.
            if component["type"] == message::FILE {
                let name = component["name"].as_str().unwrap_or_default();
                component["file"] = json!({ "url": format!("attachment://{name}") });
            }
        });
        let is_private = flags & MessageFlags::EPHEMERAL.bits() != 0;
        PressedMessage { is_private, owner, without: found.then_some(components) }
    }
}
