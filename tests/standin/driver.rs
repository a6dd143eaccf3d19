//! What a test does: what people do, what goes wrong, and what it looks at.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Standin;
use super::answer::{Answer, Message};
use super::build::{Call, Given, Prepared, interaction, prepare, visible};
use super::commands::Registration;
use super::gateway::{Connection, Door, Weather};
use super::limits::{Fault, FaultKind};
use super::messages::{Author, Post, ids_after};
use super::people::{Channel, Member};
use super::record::Recorded;
use super::rest::now;
use super::state::{Out, State};
use super::validate::as_id;

/// One interaction of a blast.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Outcome {
    /// When it was written to the socket, since the start of the blast.
    pub sent: Option<Duration>,
    /// From then to the first answer.
    pub ack: Option<Duration>,
    /// From then to the answer itself.
    pub settled: Option<Duration>,
}

/// All the interactions of a blast, in the order in which they were sent.
#[derive(Clone, Debug)]
pub struct Blast {
    pub outcomes: Vec<Outcome>,
    /// How long sending them took.
    pub sending: Duration,
}

/// Interactions: what people do with commands and components.
impl Standin {
    /// Does what the call says; fails if Discord's client would not let the person do it.
    pub fn send(&self, call: &Call) -> Answer {
        let what = format!("{call:?}");
        let shared = &self.shared;
        let prepared = shared.change(|state| {
            let prepared = prepare(state, &shared.config, call)?;
            let id = prepared.interaction.id;
            launch(state, prepared);
            Ok::<_, String>(id)
        });
        let id = prepared.unwrap_or_else(|why| panic!("{why}\n{}", shared.lock().digest()));
        Answer { shared: Arc::clone(shared), id, what }
    }

    /// A slash command, such as "quote", or "room article" with its subcommand.
    pub fn slash<N: Into<String>, V: Into<Given>>(
        &self,
        member: &Member,
        channel: &Channel,
        name: &str,
        options: impl IntoIterator<Item = (N, V)>,
    ) -> Answer {
        self.send(&Call::slash(member, channel, name).options(options))
    }

    /// A command while an option is being typed.
    pub fn autocomplete<N: Into<String>, V: Into<Given>>(
        &self,
        member: &Member,
        channel: &Channel,
        name: &str,
        (focused, typed): (&str, &str),
        others: impl IntoIterator<Item = (N, V)>,
    ) -> Answer {
        self.send(&Call::autocomplete(member, channel, name, focused, typed).options(others))
    }

    /// A command of a message's menu.
    pub fn message_command(
        &self,
        member: &Member,
        channel: &Channel,
        name: &str,
        target: &Message,
    ) -> Answer {
        self.send(&Call::message_command(member, channel, name, target.id))
    }

    /// Whether the client shows the command to the member there. Fails if it is not registered.
    pub fn sees(&self, member: &Member, channel: &Channel, name: &str) -> bool {
        let state = self.shared.lock();
        let guild = state.world.channel(channel.id).guild;
        let word = name.split(' ').next().unwrap_or_default();
        let found = state.registry.find(guild, 1, word);
        let found = found.or_else(|| state.registry.find(guild, 3, name));
        let command = found.unwrap_or_else(|| panic!("{name:?} is not registered"));
        visible(&state, command, member.id, channel.id).is_ok()
    }

    /// Presses a button, told by its custom id or its label.
    pub fn press(&self, member: &Member, message: &Message, button: &str) -> Answer {
        self.use_component(
            member,
            message,
            |part| {
                let found = part["type"] == 2
                    && [&part["custom_id"], &part["label"], &part["emoji"]["name"]]
                        .iter()
                        .any(|text| **text == button);
                found.then_some(Value::Null)
            },
            &format!("pressing {button:?}"),
        )
    }

    /// Chooses in a menu, told by its custom id (or "" if there is only one); the values may be told by
    /// their labels.
    pub fn choose(&self, member: &Member, message: &Message, menu: &str, values: &[&str]) -> Answer {
        let what = format!("choosing {values:?} in the menu {menu:?}");
        self.use_component(
            member,
            message,
            |part| {
                if part["type"] != 3 || (!menu.is_empty() && part["custom_id"] != menu) {
                    return None;
                }
                let least = part["min_values"].as_u64().unwrap_or(1);
                let most = part["max_values"].as_u64().unwrap_or(1);
                assert!(
                    (least..=most).contains(&(values.len() as u64)),
                    "{what}: it takes {least} to {most} values",
                );
                let options = part["options"].as_array().expect("a menu has options");
                let chosen = values.iter().map(|value| {
                    let found = options.iter().find(|option| option["value"] == *value);
                    let found = found.or_else(|| options.iter().find(|option| option["label"] == *value));
                    found.unwrap_or_else(|| panic!("{what}: there is no option {value:?} in {options:?}"))
                            ["value"]
                            .clone()
                });
                Some(chosen.collect())
            },
            &what,
        )
    }

    fn use_component(
        &self,
        member: &Member,
        message: &Message,
        find: impl Fn(&Value) -> Option<Value>,
        what: &str,
    ) -> Answer {
        let shared = &self.shared;
        let built = shared.change(|state| {
            let post = state.posts.get(&message.id).ok_or("there is no such message")?;
            if post.deleted {
                return Err(format!("the message is deleted: {}", message.text()));
            }
            if post.only_for.is_some_and(|only| only != member.id) {
                return Err("only somebody else sees the message".into());
            }
            let parts = post.components.iter().filter_map(|row| row["components"].as_array()).flatten();
            let found = parts.filter_map(|part| Some((part.clone(), find(part)?))).next();
            let (part, values) =
                found.ok_or_else(|| format!("it is not among {}", Value::from(post.components.clone())))?;
            if part["disabled"] == true {
                return Err("it is disabled".into());
            }
            if part.get("custom_id").is_none() {
                return Err("it is a link".into());
            }
            let mut data = json!({
                "custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"],
            });
            if !values.is_null() {
                data["values"] = values;
            }
            let channel = post.channel;
            let prepared =
                interaction(state, &shared.config, 3, member.id, channel, what, data, Some(message.id));
            let id = prepared.interaction.id;
            launch(state, prepared);
            Ok(id)
        });
        let id = built.unwrap_or_else(|why| panic!("{what}: {why}"));
        Answer { shared: Arc::clone(shared), id, what: what.to_owned() }
    }

    /// Submits a modal that an answer opened, with the text of each input by its custom id.
    pub async fn submit(&self, member: &Member, opened: &Answer, texts: &[(&str, &str)]) -> Answer {
        let modal = opened.modal().await;
        let what = format!("submitting {}", modal["title"]);
        let fill = |id: usize, input: &Value| {
            let text = texts.iter().find(|(id, _)| input["custom_id"] == *id).map(|(_, text)| json!(text));
            let text = text.unwrap_or_else(|| input.get("value").cloned().unwrap_or_else(|| json!("")));
            json!({ "type": input["type"], "custom_id": input["custom_id"], "value": text, "id": id })
        };
        let rows = modal["components"].as_array().into_iter().flatten().enumerate();
        let rows: Vec<Value> = rows
            .map(|(n, row)| match row.get("component") {
                Some(input) => json!({ "type": 18, "id": 2 * n + 1, "component": fill(2 * n + 2, input) }),
                None => {
                    json!({ "type": 1, "id": 2 * n + 1, "components": [fill(2 * n + 2, &row["components"][0])] })
                }
            })
            .collect();
        let data = json!({ "custom_id": modal["custom_id"], "components": rows });
        let shared = &self.shared;
        let id = shared.change(|state| {
            let from = state.interactions[&opened.id].clone();
            let prepared =
                interaction(state, &shared.config, 5, member.id, from.channel, &what, data, from.source);
            let id = prepared.interaction.id;
            launch(state, prepared);
            id
        });
        Answer { shared: Arc::clone(shared), id, what }
    }

    /// Sends interactions at a rate per second and gives every latency. `patience` is how long the last
    /// answers are waited for.
    pub async fn blast(&self, calls: &[Call], rate: f64, patience: Duration) -> Blast {
        let shared = &self.shared;
        let prepared: Vec<Prepared> = {
            let mut state = shared.lock();
            let all = calls.iter().map(|call| prepare(&mut state, &shared.config, call));
            all.collect::<Result<_, _>>().unwrap_or_else(|why| panic!("{why}"))
        };
        let ids: Vec<u64> = prepared.iter().map(|prepared| prepared.interaction.id).collect();
        let start = now();
        let mut prepared = prepared.into_iter();
        let mut sent = 0;
        while sent < ids.len() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small positive number"
            )]
            let due = ((start.elapsed().as_secs_f64() * rate) as usize + 1).min(ids.len());
            if sent < due {
                let mut state = shared.lock();
                for mut prepared in prepared.by_ref().take(due - sent) {
                    prepared.interaction.created = now();
                    launch(&mut state, prepared);
                }
                sent = due;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let sending = start.elapsed();
        let end = now() + patience;
        loop {
            let open = {
                let state = shared.lock();
                ids.iter().any(|id| state.interactions[id].settled.is_none())
            };
            if !open || now() > end {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let state = shared.lock();
        let outcome = |id: &u64| {
            let interaction = &state.interactions[id];
            let written = interaction.written.get().copied();
            let since = |at: Option<Instant>| Some(at?.saturating_duration_since(written?));
            Outcome {
                sent: written.map(|written| written.saturating_duration_since(start)),
                ack: since(interaction.ack.as_ref().map(|ack| ack.at)),
                settled: since(interaction.settled),
            }
        };
        Blast { outcomes: ids.iter().map(outcome).collect(), sending }
    }
}

fn launch(state: &mut State, prepared: Prepared) {
    let Prepared { interaction, guild, body } = prepared;
    let written = Arc::clone(&interaction.written);
    state.tokens.insert(interaction.token.clone(), interaction.id);
    state.interactions.insert(interaction.id, interaction);
    state.dispatch_timed("INTERACTION_CREATE", guild, &body, &written);
}

/// Messages.
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
            post.edited = Some(super::world::now_ms());
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

/// The gateway, and what goes wrong.
impl Standin {
    /// Waits until the bot is connected and got its READY (or RESUMED).
    pub async fn wait_ready(&self) {
        self.wait_shards(1).await;
    }

    /// Waits until so many sessions are connected.
    pub async fn wait_shards(&self, shards: usize) {
        let what = format!("{shards} connected session(s)");
        let live = |state: &mut State| {
            let live = state.sessions.values().filter(|session| session.live.is_some()).count();
            (live >= shards).then_some(())
        };
        self.shared.until(&what, live).await;
    }

    /// Waits until the bot is connected and has registered a command of this name.
    pub async fn wait_command(&self, name: &str) {
        self.wait_ready().await;
        let what = format!("the command {name:?} to be registered");
        let there =
            |state: &mut State| state.registry.names().iter().any(|known| known == name).then_some(());
        self.shared.until(&what, there).await;
    }

    /// Waits until so many connections were opened to the gateway since the start, and are at READY or
    /// RESUMED.
    pub async fn wait_connections(&self, count: usize) {
        let what = format!("{count} connections that got ready");
        let there = |state: &mut State| {
            let ready = state.connections.iter().filter(|connection| connection.ready).count();
            (ready >= count).then_some(())
        };
        self.shared.until(&what, there).await;
    }

    /// Waits until so many connections to the gateway were tried since the start.
    pub async fn wait_attempts(&self, count: usize) {
        let what = format!("{count} attempts to connect to the gateway");
        self.shared.until(&what, |state| (state.attempts.len() >= count).then_some(())).await;
    }

    /// Waits for the end of the n-th connection, counted from 0.
    pub async fn wait_end(&self, n: usize) -> super::End {
        let what = format!("the end of connection {n}");
        let end = |state: &mut State| Some(state.connections.get(n)?.end?.1);
        self.shared.until(&what, end).await
    }

    fn send_all(&self, make: impl Fn() -> Out) {
        let state = self.shared.lock();
        for out in state.open.values() {
            let _ = out.send(make());
        }
    }

    fn send_op(&self, op: u64, data: &Value) {
        let text = json!({ "t": null, "s": null, "op": op, "d": data }).to_string();
        self.send_all(|| Out::Text(text.clone().into()));
    }

    /// RECONNECT: the bot is to resume on a new connection.
    pub fn reconnect(&self) {
        self.send_op(7, &Value::Null);
    }

    /// INVALID_SESSION; one that is not resumable is forgotten.
    pub fn invalidate(&self, resumable: bool) {
        if !resumable {
            self.forget_sessions();
        }
        self.send_op(9, &resumable.into());
    }

    /// Forgets every session, so that a RESUME is answered with INVALID_SESSION.
    pub fn forget_sessions(&self) {
        self.shared.change(|state| state.sessions.clear());
    }

    /// Asks for a heartbeat at once.
    pub fn ask_heartbeat(&self) {
        self.send_op(1, &Value::Null);
    }

    /// Any text, such as one that is not JSON.
    pub fn send_raw(&self, text: &str) {
        self.send_all(|| Out::Text(text.to_owned().into()));
    }

    /// An event, to every session.
    pub fn dispatch(&self, event: &str, body: &Value) {
        self.shared.change(|state| state.dispatch(event, None, 0, &body.to_string()));
    }

    /// Cuts every connection without a close frame.
    pub fn cut(&self) {
        self.send_all(|| Out::Cut);
    }

    /// Closes every connection with a code.
    pub fn close(&self, code: u16) {
        self.send_all(|| Out::Close(code));
    }

    /// Whether heartbeats stay unanswered.
    pub fn stall(&self, stalled: bool) {
        self.shared.change(|state| state.stalled = stalled);
    }

    /// What happens to the next connections.
    pub fn set_weather(&self, weather: Weather) {
        self.shared.change(|state| state.weather = weather);
    }

    /// What happens to the next requests whose route contains this text, such as "callback" or
    /// "POST /channels/{id}/messages".
    pub fn fail_next(&self, requests: usize, route: &str, kind: FaultKind) {
        let fault = Fault { route: route.into(), kind, left: requests };
        self.shared.change(|state| state.faults.push(fault));
    }

    /// Forgets the faults that have not happened yet.
    pub fn all_well(&self) {
        self.shared.change(|state| {
            state.faults.clear();
            state.weather = Weather::Fine;
            state.stalled = false;
        });
    }

    pub fn connections(&self) -> Vec<Connection> {
        self.shared.lock().connections.clone()
    }

    /// When connections to the gateway were tried, and at which address.
    pub fn attempts(&self) -> Vec<(Instant, Door)> {
        self.shared.lock().attempts.clone()
    }

    pub fn identifies(&self) -> usize {
        self.shared.lock().identifies
    }

    /// The presences that the bot set (opcode 3), and those of its IDENTIFYs are in the connections.
    pub fn presences(&self) -> Vec<Value> {
        self.shared.lock().presences.clone()
    }
}

/// What the bot sent.
impl Standin {
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().requests.clone()
    }

    /// Waits for a request.
    pub async fn wait_request(&self, what: &str, wanted: impl Fn(&Recorded) -> bool) -> Recorded {
        let found = |state: &mut State| state.requests.iter().find(|request| wanted(request)).cloned();
        self.shared.until(what, found).await
    }

    /// The requests that Discord would have refused.
    pub fn refused(&self) -> Vec<Recorded> {
        let mut requests = self.requests();
        requests.retain(Recorded::refused);
        requests
    }

    /// What the bot did that Discord forbids: requests before Retry-After, payloads that closed the
    /// connection, missing heartbeats.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// Forgets what was refused and violated so far, after a test that wanted it.
    pub fn pardon(&self) {
        self.shared.change(|state| {
            state.violations.clear();
            state.requests.retain(|request| !request.refused());
        });
    }

    /// The messages sent and changed without saying that nobody is to be pinged.
    pub fn pinging(&self) -> Vec<Recorded> {
        let mut requests = self.requests();
        requests.retain(|request| !request.pings_nobody() && request.status < 400);
        requests
    }

    /// Fails if anything was refused, violated, or could have pinged somebody.
    #[track_caller]
    pub fn check(&self) {
        let mut wrong: Vec<String> =
            self.refused().iter().map(|request| format!("refused: {request}")).collect();
        wrong.extend(self.violations().into_iter().map(|text| format!("violated: {text}")));
        let pinging = self.pinging();
        wrong
            .extend(pinging.iter().map(|request| format!("may ping: {request}\n    sent: {}", request.body)));
        assert!(wrong.is_empty(), "Discord would not have been content:\n{}", wrong.join("\n"));
    }

    /// The changes of the registered commands, in order.
    pub fn registrations(&self) -> Vec<Registration> {
        self.shared.lock().registry.log.clone()
    }

    /// How often the commands were set with a PUT.
    pub fn puts(&self) -> usize {
        self.shared.lock().registry.log.iter().filter(|entry| entry.method == "PUT").count()
    }

    /// The registered commands, the global ones or those of a server.
    pub fn commands(&self, server: Option<u64>) -> Vec<Value> {
        self.shared.lock().registry.of(server).to_vec()
    }

    /// Registers commands without the bot, as an earlier start of it would have.
    pub fn register(&self, server: Option<u64>, list: &Value) {
        let shared = &self.shared;
        let refused = super::commands::check_all(list, server.is_some(), &shared.config.rules());
        assert!(refused.is_ok(), "Discord would not take these commands: {refused:?}");
        shared.change(|state| {
            let application = state.world.application;
            let list = list.as_array().into_iter().flatten();
            let stored: Vec<Value> = list
                .map(|command| {
                    let (id, version) = (state.world.new_id(), state.world.new_id());
                    super::commands::stored(command, id, version, application, server)
                })
                .collect();
            state.registry.scopes.insert(server, stored);
        });
    }

    /// The id of a message or channel object.
    pub fn id_of(json: &Value) -> u64 {
        as_id(&json["id"]).expect("it has an id")
    }
}
