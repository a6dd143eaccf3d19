//! What a person sees: messages, and the answer to what they did.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::messages::{Author, Post, each_component};
use super::state::{Interaction, Shared, State};

/// A message as it was seen at one moment.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: u64,
    pub channel: u64,
    /// Who wrote it; for a webhook, the webhook's id.
    pub author: u64,
    /// Whether the bot under test wrote it.
    pub by_bot: bool,
    pub content: String,
    /// As they are shown: of several with the same URL only the first.
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    pub ephemeral: bool,
    /// Whether it still says "… is thinking".
    pub loading: bool,
    pub deleted: bool,
    pub edits: usize,
    /// The message that it replies to.
    pub replies_to: Option<u64>,
    /// Who was pinged by it.
    pub pings: Vec<u64>,
    pub pings_roles: Vec<u64>,
    pub pings_everyone: bool,
    /// The message object.
    pub raw: Value,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Button {
    pub label: String,
    pub custom_id: Option<String>,
    pub url: Option<String>,
    pub style: u64,
    pub disabled: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    pub custom_id: String,
    pub placeholder: String,
    /// The label, the value and the description of each option.
    pub options: Vec<(String, String, String)>,
    pub disabled: bool,
}

impl Message {
    pub(super) fn of(state: &State, post: &Post) -> Message {
        let raw = state.post_json(post.id);
        let mut seen = Vec::new();
        let mut embeds = Vec::new();
        for embed in raw["embeds"].as_array().into_iter().flatten() {
            let url = embed.get("url");
            if url.is_none() || !seen.contains(&url) {
                seen.push(url);
                embeds.push(embed.clone());
            }
        }
        Message {
            id: post.id,
            channel: post.channel,
            author: match &post.author {
                Author::User(id) | Author::Webhook { id, .. } => *id,
            },
            by_bot: post.author == Author::User(state.world.bot),
            content: post.content.clone(),
            embeds,
            components: post.components.clone(),
            attachments: post.attachments.clone(),
            ephemeral: post.only_for.is_some(),
            loading: post.is_loading(),
            deleted: post.deleted,
            edits: post.edits,
            replies_to: post.reference,
            pings: post.mentions.clone(),
            pings_roles: post.mention_roles.clone(),
            pings_everyone: post.mention_everyone,
            raw,
        }
    }

    /// All the text that there is to read, from top to bottom: the content, the text displays, then each embed's author,
    /// title, description, fields and footer.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.as_str()];
        each_component(&self.components, &mut |it| lines.extend(it["content"].as_str()));
        for embed in &self.embeds {
            lines.extend(embed["author"]["name"].as_str());
            lines.extend(embed["title"].as_str());
            lines.extend(embed["description"].as_str());
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.extend(field["name"].as_str());
                lines.extend(field["value"].as_str());
            }
            lines.extend(embed["footer"]["text"].as_str());
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// What can be used, from top to bottom.
    fn parts(&self) -> impl Iterator<Item = &Value> {
        let mut parts = Vec::new();
        each_component(&self.components, &mut |it| {
            parts.extend(Some(it).filter(|it| matches!(it["type"].as_u64(), Some(2 | 3 | 5..=8))));
        });
        parts.into_iter()
    }

    pub fn buttons(&self) -> Vec<Button> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.parts()
            .filter(|part| part["type"] == 2)
            .map(|part| Button {
                label: text(&part["label"]).or_else(|| text(&part["emoji"]["name"])).unwrap_or_default(),
                custom_id: text(&part["custom_id"]),
                url: text(&part["url"]),
                style: part["style"].as_u64().unwrap_or(0),
                disabled: part["disabled"] == true,
            })
            .collect()
    }

    pub fn menus(&self) -> Vec<Menu> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.parts()
            .filter(|part| part["type"] != 2)
            .map(|part| Menu {
                custom_id: text(&part["custom_id"]),
                placeholder: text(&part["placeholder"]),
                options: part["options"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|option| {
                        (text(&option["label"]), text(&option["value"]), text(&option["description"]))
                    })
                    .collect(),
                disabled: part["disabled"] == true,
            })
            .collect()
    }
}

/// The first answer of the bot.
#[derive(Clone, Debug)]
pub struct Ack {
    /// The type of the callback: 4 a message, 5 and 6 deferred, 7 a change, 8 choices, 9 a modal.
    pub kind: u64,
    pub data: Value,
    /// From writing the event to the bot's socket to reading the callback.
    pub took: Duration,
}

/// The answer to something that a person did, as it comes in.
#[derive(Clone)]
pub struct Answer {
    pub(super) shared: Arc<Shared>,
    pub id: u64,
    pub(super) what: String,
}

impl Answer {
    fn interaction<'s>(&self, state: &'s State) -> &'s Interaction {
        &state.interactions[&self.id]
    }

    fn acked(interaction: &Interaction) -> Option<Ack> {
        let ack = interaction.ack.as_ref()?;
        let from = interaction.written.get().copied().unwrap_or(interaction.created);
        Some(Ack { kind: ack.kind, data: ack.data.clone(), took: ack.at.saturating_duration_since(from) })
    }

    /// Waits for the first answer.
    pub async fn ack(&self) -> Ack {
        let what = format!("the first answer to {}", self.what);
        self.shared.until(&what, |state| Answer::acked(self.interaction(state))).await
    }

    /// The first answer, if there was one within the time.
    pub async fn ack_within(&self, time: Duration) -> Option<Ack> {
        self.shared.within(time, |state| Answer::acked(self.interaction(state))).await
    }

    /// How long it took until the answer itself was there, deferred or not.
    pub async fn took(&self) -> Duration {
        let what = format!("the answer to {}", self.what);
        self.shared
            .until(&what, |state| {
                let interaction = self.interaction(state);
                let settled: Instant = interaction.settled?;
                let from = interaction.written.get().copied().unwrap_or(interaction.created);
                Some(settled.saturating_duration_since(from))
            })
            .await
    }

    fn seen(&self, state: &State) -> Option<Message> {
        let original = self.interaction(state).original?;
        Some(Message::of(state, &state.posts[&original]))
    }

    /// What there is to see now, which may still be loading, or be deleted again.
    pub fn now(&self) -> Option<Message> {
        self.seen(&self.shared.lock())
    }

    /// Waits until the answer is there, and gives the message as it is then: a new one, or the changed
    /// one that the used component is on.
    pub async fn message(&self) -> Message {
        let what = format!("the message that answers {}", self.what);
        let found = self
            .shared
            .until(&what, |state| {
                let interaction = self.interaction(state);
                interaction.settled?;
                Some(self.seen(state).ok_or_else(|| interaction.ack.clone()))
            })
            .await;
        match found {
            Ok(message) => message,
            Err(ack) => panic!("{} was answered with something else than a message: {ack:?}", self.what),
        }
    }

    /// Waits until the answer is as it should be.
    pub async fn wait_for(&self, wanted: impl Fn(&Message) -> bool) -> Message {
        let what = format!("the wanted state of the message that answers {}", self.what);
        self.shared.until(&what, |state| self.seen(state).filter(&wanted)).await
    }

    /// The further messages of the answer, as they are now.
    pub fn followups(&self) -> Vec<Message> {
        let state = self.shared.lock();
        let followups = &self.interaction(&state).followups;
        let posts = followups.iter().map(|id| &state.posts[id]).filter(|post| !post.deleted);
        posts.map(|post| Message::of(&state, post)).collect()
    }

    /// Waits for the n-th further message, counted from 0.
    pub async fn followup(&self, n: usize) -> Message {
        let what = format!("followup {n} to {}", self.what);
        self.shared
            .until(&what, |state| {
                let id = *self.interaction(state).followups.get(n)?;
                Some(Message::of(state, &state.posts[&id]))
            })
            .await
    }

    /// The choices that were offered for autocomplete, as names and values.
    pub async fn choices(&self) -> Vec<(String, Value)> {
        let ack = self.ack().await;
        assert_eq!(ack.kind, 8, "{} was not answered with choices: {:?}", self.what, ack.data);
        let list = ack.data["choices"].as_array().into_iter().flatten();
        list.map(|choice| (choice["name"].as_str().unwrap_or_default().to_owned(), choice["value"].clone()))
            .collect()
    }

    /// The modal that was opened.
    pub async fn modal(&self) -> Value {
        let ack = self.ack().await;
        assert_eq!(ack.kind, 9, "{} was not answered with a modal: {:?}", self.what, ack.data);
        ack.data
    }
}
