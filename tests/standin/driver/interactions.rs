//! Interactions: what people do with commands and components.

use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::standin::Standin;
use crate::standin::answer::{Answer, Message};
use crate::standin::build::{Call, Given, Prepared, interaction, prepare, visible};
use crate::standin::messages::each_component;
use crate::standin::people::{Channel, Member};
use crate::standin::rest::now;
use crate::standin::state::State;

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
            let mut found = None;
            each_component(&post.components, &mut |part| {
                if found.is_none() {
                    found = find(part).map(|values| (part.clone(), values));
                }
            });
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
