//! A homeserver with people, and the bot before or after its start.

use crate::common::{Bot, PackText, real_pack};

use super::event::Event;
use super::person::{NewRoom, Person};
use super::program::Running;
use super::proxy::Proxy;
use super::synapse::{Account, Homeserver};

/// What a test begins with: the bot, which sees the homeserver through a proxy, and Ada, an editor.
pub struct Scene<'h> {
    // The bot ends before those whom it talks to.
    pub running: Option<Running>,
    pub homeserver: &'h Homeserver,
    pub proxy: Proxy,
    pub account: Account,
    pub bot: Bot,
    pub ada: Person,
}

impl Scene<'static> {
    /// On the homeserver that the tests share.
    pub async fn set(bot: Bot) -> Scene<'static> {
        Scene::on(Homeserver::shared().await, bot).await
    }

    /// The bot runs, and knows a small pack.
    pub async fn with(pack: &PackText) -> Scene<'static> {
        let mut scene = Scene::set(Bot::new().pack("doors.toml", pack.text())).await;
        scene.start().await;
        scene
    }

    /// The bot runs, and knows the project's first article.
    pub async fn with_the_first_article() -> Scene<'static> {
        let mut scene = Scene::set(Bot::new().pack("us-mexico.toml", real_pack())).await;
        scene.start().await;
        scene
    }
}

impl<'h> Scene<'h> {
    /// Everything is there, and the bot has not started yet.
    pub async fn on(homeserver: &'h Homeserver, bot: Bot) -> Scene<'h> {
        let (account, ada) = (homeserver.register("rapporteur").await, homeserver.person("ada").await);
        let proxy = homeserver.proxy().await;
        let bot = bot
            .env("RAPPORTEUR_MATRIX_HOMESERVER", &proxy.url())
            .env("RAPPORTEUR_MATRIX_USER", &account.user_id)
            .env("MATRIX_PASSWORD", &account.password)
            // This homeserver limits nobody.
            .env("RAPPORTEUR_MATRIX_EVENTS_PER_SECOND", "1000")
            .env("RAPPORTEUR_ACCESS_EDITORS", &format!("matrix:{}", ada.user));
        Scene { running: None, homeserver, proxy, account, bot, ada }
    }

    /// Another value for a variable of the bot's environment, from its next start on.
    pub fn env(&mut self, name: &str, value: &str) {
        let bot = std::mem::replace(&mut self.bot, Bot::new());
        self.bot = bot.without_env(name).env(name, value);
    }

    /// Starts the bot, and waits until it listens.
    pub async fn start(&mut self) {
        self.running = Some(Running::ready(&self.bot).await);
    }

    /// Ends the bot in good order, and starts it again.
    pub async fn restart(&mut self) {
        self.end().await;
        self.start().await;
    }

    /// Ends the bot in good order.
    pub async fn end(&mut self) {
        let status = self.running().end().await;
        assert!(status.success(), "{status}: {}", self.running().log());
        self.running = None;
    }

    /// Ends the bot at once.
    pub fn kill(&mut self) {
        self.running().kill();
        self.running = None;
    }

    pub fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("the bot runs")
    }

    /// The bot's user id.
    pub fn me(&self) -> &str {
        &self.account.user_id
    }

    /// The name before the colon, as in `@rapporteur: quote Paz`.
    pub fn name(&self) -> &str {
        &self.account.localpart
    }

    /// Makes a room with the bot in it, by Ada, whose invitation it takes.
    pub async fn room(&self, more: impl FnOnce(NewRoom<'_>) -> NewRoom<'_>) -> String {
        let room = more(self.ada.room()).invite(self.me()).create().await;
        self.comes(&self.ada, &room).await;
        room
    }

    /// The same, with somebody else in it besides.
    pub async fn room_with(&self, other: &Person, more: impl FnOnce(NewRoom<'_>) -> NewRoom<'_>) -> String {
        let room = self.room(|new| more(new).invite(&other.user)).await;
        other.join(&room).await;
        room
    }

    /// Waits until the bot has described its commands in a room.
    pub async fn described(&self, room: &str) {
        // The last one of the table.
        let is_last = |event: &Event| {
            event.room == room
                && event.kind == "org.matrix.msc4391.command_description"
                && event.content["command"] == "audit"
        };
        self.ada.wait("a description of the last command", is_last).await;
    }

    /// Waits until the bot has come into a room and greeted.
    pub async fn comes(&self, seen_by: &Person, room: &str) -> Event {
        seen_by.wait_membership(room, self.me(), "join").await;
        let is_greeting = |event: &Event| {
            event.room == room
                && event.sender == self.me()
                && event.is_message()
                && event.reply_to().is_none()
        };
        seen_by.wait("the greeting", is_greeting).await
    }

    /// Says something, and waits for the bot's answer.
    pub async fn ask(&self, person: &Person, room: &str, text: &str) -> Event {
        let asked = person.say(room, text).await;
        self.answer(person, &asked).await
    }

    /// Waits for the bot's answer to an event.
    pub async fn answer(&self, person: &Person, asked: &str) -> Event {
        let is_answer = |event: &Event| {
            event.sender == self.me() && event.is_message() && event.reply_to() == Some(asked)
        };
        person.wait(format_args!("an answer to {asked}"), is_answer).await
    }

    /// Waits until an answer of the bot has a new text that is as wanted.
    pub async fn edited(&self, person: &Person, answer: &str, wanted: impl Fn(&str) -> bool) -> Event {
        let is_edit = |event: &Event| {
            event.sender == self.me() && event.replaces() == Some(answer) && wanted(event.new_body())
        };
        person.wait(format_args!("an edit of {answer}"), is_edit).await
    }

    /// Waits until the bot has removed an answer.
    pub async fn taken_back(&self, person: &Person, answer: &str) {
        let is_removal = |event: &Event| event.sender == self.me() && event.redacts() == Some(answer);
        person.wait(format_args!("the removal of {answer}"), is_removal).await;
    }

    /// Waits until the bot has put this reaction under its answer.
    pub async fn offered(&self, person: &Person, answer: &str, key: &str) {
        let is_offer = |event: &Event| event.sender == self.me() && event.reaction() == Some((answer, key));
        person.wait(format_args!("{key} under {answer}"), is_offer).await;
    }

    /// Waits until the bot has taken away a reaction of its own.
    pub async fn withdrawn(&self, person: &Person, answer: &str, key: &str) {
        let is_offer = |event: &Event| event.sender == self.me() && event.reaction() == Some((answer, key));
        let offer = person.wait(format_args!("{key} under {answer}"), is_offer).await;
        self.taken_back(person, &offer.id).await;
    }

    /// The messages that the bot has sent to a room, but for greetings and edits.
    pub async fn answers(&self, person: &Person, room: &str) -> Vec<Event> {
        let mut events = person.timeline(room).await;
        events.retain(|event| event.sender == self.me() && event.is_message() && event.reply_to().is_some());
        events
    }

    /// Waits until each of these questions is answered, asks one more, and looks whether any was answered
    /// twice.
    pub async fn each_is_answered_once(&self, person: &Person, room: &str, questions: &[String]) {
        for asked in questions {
            self.answer(person, asked).await;
        }
        // A second answer to one of them would have come before the answer to this.
        let last = self.ask(person, room, "!quote Paz").await;
        let answers = self.answers(person, room).await;
        for asked in questions {
            let to_it = answers.iter().filter(|answer| answer.reply_to() == Some(asked)).count();
            assert_eq!(to_it, 1, "answers to {asked}");
        }
        assert!(answers.iter().any(|answer| answer.id == last.id));
        for (transaction, events) in self.proxy.events_by_transaction(room) {
            assert!(events.len() <= 1, "{transaction} became {events:?}");
        }
    }
}
