//! The routes under `/applications/{id}` for commands.

use serde_json::Value;

use super::commands::{
    Registration, check_all, check_numbers, check_one, kind_of, stored, without_localizations,
};
use super::errors::Refusal;
use super::rest::{Call, Reply};
use super::state::State;

#[expect(clippy::too_many_lines, reason = "one arm for each route")]
pub fn answer(state: &mut State, call: &Call<'_>) -> Result<Reply, Refusal> {
    let rules = call.shared.config.rules();
    let (guild, rest) = match call.path[2..] {
        ["commands", ref rest @ ..] => (None, rest),
        ["guilds", id, "commands", ref rest @ ..] => {
            let guild = id.parse().ok().filter(|id| state.world.guilds.contains_key(id));
            (Some(guild.ok_or_else(|| Refusal::new(403, 50001, "Missing Access"))?), rest)
        }
        _ => return Err(Refusal::not_found()),
    };
    let application = state.world.application;
    let show = |command: &Value| {
        if call.asks("with_localizations") { command.clone() } else { without_localizations(command.clone()) }
    };
    match (call.method, rest) {
        ("GET", []) => Ok(Reply::json(state.registry.of(guild).iter().map(show).collect())),
        ("GET", [id]) => Ok(Reply::json(show(&state.registry.of(guild)[find(state, guild, id)?]))),
        ("PUT", []) => {
            check_all(call.body, guild.is_some(), &rules)?;
            let before = state.registry.of(guild).to_vec();
            let sent = call.body.as_array().cloned().unwrap_or_default();
            let after: Vec<Value> = sent
                .iter()
                .map(|command| {
                    let old = before
                        .iter()
                        .find(|old| old["name"] == command["name"] && old["type"] == kind_of(command));
                    store(state, command, old, application, guild)
                })
                .collect();
            let changed = before != after;
            state.registry.scopes.insert(guild, after.clone());
            log(state, call.method, guild, changed);
            Ok(Reply::json(after.into()))
        }
        ("POST", []) => {
            check_one(call.body, guild.is_some(), &rules)?;
            let list = state.registry.of(guild).to_vec();
            let same = |old: &Value| old["name"] == call.body["name"] && old["type"] == kind_of(call.body);
            let place = list.iter().position(same);
            let old = place.map(|place| list[place].clone());
            let new = store(state, call.body, old.as_ref(), application, guild);
            put(state, guild, place, new.clone())?;
            log(state, call.method, guild, old.as_ref() != Some(&new));
            // An overwritten command is answered with 200, a new one with 201.
            Ok(Reply { status: if place.is_some() { 200 } else { 201 }, body: Some(new) })
        }
        ("PATCH", [id]) => {
            let place = find(state, guild, id)?;
            let old = state.registry.of(guild)[place].clone();
            let mut merged = old.clone();
            for (key, value) in call.body.as_object().into_iter().flatten() {
                merged[key] = value.clone();
            }
            check_one(&merged, guild.is_some(), &rules)?;
            let new = store(state, &merged, Some(&old), application, guild);
            put(state, guild, Some(place), new.clone())?;
            log(state, call.method, guild, old != new);
            Ok(Reply::json(new))
        }
        ("DELETE", [id]) => {
            let place = find(state, guild, id)?;
            state.registry.scopes.entry(guild).or_default().remove(place);
            log(state, call.method, guild, true);
            Ok(Reply::nothing())
        }
        _ => Err(Refusal::not_found()),
    }
}

fn find(state: &State, guild: Option<u64>, id: &str) -> Result<usize, Refusal> {
    let place = state.registry.of(guild).iter().position(|command| command["id"] == id);
    place.ok_or_else(|| Refusal::unknown(10063, "application command"))
}

/// A command keeps its id for as long as it has its name, and its version until it is changed.
fn store(
    state: &mut State,
    command: &Value,
    old: Option<&Value>,
    application: u64,
    guild: Option<u64>,
) -> Value {
    let number = |key: &str| old.and_then(|old| old[key].as_str()?.parse().ok());
    let id = number("id").unwrap_or_else(|| state.world.new_id());
    let version = number("version").unwrap_or_else(|| state.world.new_id());
    let new = stored(command, id, version, application, guild);
    if old.is_some_and(|old| *old != new) {
        let version = state.world.new_id();
        return stored(command, id, version, application, guild);
    }
    new
}

fn put(state: &mut State, guild: Option<u64>, place: Option<usize>, command: Value) -> Result<(), Refusal> {
    let mut list = state.registry.of(guild).to_vec();
    match place {
        Some(place) => list[place] = command,
        None => list.push(command),
    }
    check_numbers(&list)?;
    state.registry.scopes.insert(guild, list);
    Ok(())
}

fn log(state: &mut State, method: &str, guild: Option<u64>, changed: bool) {
    let commands = state.registry.of(guild).len();
    state.registry.log.push(Registration { method: method.to_owned(), guild, commands, changed });
}
