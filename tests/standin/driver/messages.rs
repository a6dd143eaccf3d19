//! Messages: what people write, edit and delete, and what they see.

use serde_json::{Value, json};

use crate::standin::Standin;
use crate::standin::answer::Message;
use crate::standin::build::interaction;
use crate::standin::messages::{Author, Post, ids_after};
use crate::standin::people::{Channel, Member};

impl Standin {
    /// A person writes something; a reply pings whom it answers.
    pub fn say(&self, member: &Member, channel: &Channel, text: &str, reply_to: Option<&Message>) -> Message {
        self.write(Author::User(member.id), channel, text, reply_to, true)
    }

    /// A reply with the ping switched off.
    pub fn say_without_ping(
        &self,
        member: &Member,
        channel: &Channel,
        text: &str,
        reply_to: &Message,
    ) -> Message {
        self.write(Author::User(member.id), channel, text, Some(reply_to), false)
    }

    /// Another bot writes something.
    pub fn bot_says(&self, name: &str, channel: &Channel, text: &str, reply_to: Option<&Message>) -> Message {
        let id = self.shared.change(|state| {
            let id = state.world.add_user(name, true);
            if let Some(guild) = state.world.channel(channel.id).guild {
                let guild = state.world.guilds.get_mut(&guild).expect("the channel's server is there");
                guild.members.insert(id, Vec::new());
            }
            id
        });
        self.write(Author::User(id), channel, text, reply_to, true)
    }

    pub fn webhook_says(&self, name: &str, channel: &Channel, text: &str) -> Message {
        let id = self.shared.change(|state| state.world.old_id());
        self.write(Author::Webhook { id, name: name.into() }, channel, text, None, true)
    }

    fn write(
        &self,
        author: Author,
        channel: &Channel,
        text: &str,
        reply_to: Option<&Message>,
        ping: bool,
    ) -> Message {
        let reaches_answers = self.shared.config.pings_reach_answers;
        self.shared.change(|state| {
            let mut post = Post::new(state.world.new_id(), channel.id, author);
            post.content = text.to_owned();
            post.mentions = ids_after(text, "<@");
            post.mention_roles = ids_after(text, "<@&");
            if let Some(old) = reply_to {
                post.kind = 19;
                post.reference = Some(old.id);
                let known = state.world.users.contains_key(&old.author);
                let is_answer = state.posts.get(&old.id).is_some_and(|old| old.interaction.is_some());
                let ping = ping && (reaches_answers || !is_answer);
                if ping && known && !post.mentions.contains(&old.author) {
                    post.mentions.push(old.author);
                }
            }
            let id = post.id;
            state.add_post(post);
            Message::of(state, &state.posts[&id])
        })
    }

    /// A person posts something else than words: `fill` puts it into the message.
    pub fn post(&self, member: &Member, channel: &Channel, fill: impl FnOnce(&mut Post)) -> Message {
        self.shared.change(|state| {
            let mut post = Post::new(state.world.new_id(), channel.id, Author::User(member.id));
            fill(&mut post);
            let id = post.id;
            state.add_post(post);
            Message::of(state, &state.posts[&id])
        })
    }

    /// A person edits their message.
    pub fn edit(&self, message: &Message, text: &str) {
        self.shared.change(|state| {
            let post = state.posts.get_mut(&message.id).expect("it is a message of this stand-in");
            post.content = text.to_owned();
            post.mentions = ids_after(text, "<@");
            post.mention_roles = ids_after(text, "<@&");
            post.edited = Some(crate::standin::world::now_ms());
            post.edits += 1;
            state.announce(message.id, "MESSAGE_UPDATE");
        });
    }

    /// Discord adds the preview of a link to a message, which is no edit.
    pub fn preview(&self, message: &Message) {
        self.shared.change(|state| {
            let post = state.posts.get_mut(&message.id).expect("it is a message of this stand-in");
            post.embeds.push(json!({ "type": "link", "title": "A page" }));
            state.announce(message.id, "MESSAGE_UPDATE");
        });
    }

    /// Somebody deletes a message.
    pub fn delete(&self, message: &Message) {
        self.shared.change(|state| state.delete_post(message.id));
    }

    /// Gives a message another row of components, as a bot of former times left it.
    pub fn plant(&self, message: &Message, row: Value) -> Message {
        self.shared.change(|state| {
            let post = state.posts.get_mut(&message.id).expect("it is a message of this stand-in");
            post.components = vec![row];
        });
        self.look(message)
    }

    /// The message as it is now.
    pub fn look(&self, message: &Message) -> Message {
        let state = self.shared.lock();
        Message::of(&state, &state.posts[&message.id])
    }

    /// Everything in a channel that everybody there sees.
    pub fn messages(&self, channel: &Channel) -> Vec<Message> {
        let state = self.shared.lock();
        let here = |post: &&Post| post.channel == channel.id && !post.deleted && post.only_for.is_none();
        state.posts.values().filter(here).map(|post| Message::of(&state, post)).collect()
    }

    /// What the bot wrote in a channel.
    pub fn bot_messages(&self, channel: &Channel) -> Vec<Message> {
        let mut messages = self.messages(channel);
        messages.retain(|message| message.by_bot);
        messages
    }

    /// Waits for a message of the bot in a channel.
    pub async fn wait_message(&self, channel: &Channel, wanted: impl Fn(&Message) -> bool) -> Message {
        let what = format!("a message in {:?}", channel.name);
        self.shared
            .until(&what, |state| {
                let mut posts =
                    state.posts.values().filter(|post| post.channel == channel.id && !post.deleted);
                posts.find_map(|post| {
                    let message = Message::of(state, post);
                    (message.by_bot && wanted(&message)).then_some(message)
                })
            })
            .await
    }

    /// Waits for the bot's reply to a message.
    pub async fn reply_to(&self, message: &Message) -> Message {
        let what = format!("a reply to {:?}", message.content);
        self.shared
            .until(&what, |state| {
                let mut posts = state.posts.values();
                let found = posts.find(|post| {
                    post.reference == Some(message.id)
                        && !post.deleted
                        && post.author == Author::User(state.world.bot)
                });
                found.map(|post| Message::of(state, post))
            })
            .await
    }
}
