//! The rooms that a request is from, and those that somebody may mean in private.

use crate::platform::{Place, PlaceKind};

use super::command::{Context, Request};

/// The rooms that a request is from, the most particular first: a thread, its channel.
pub(super) fn rooms(request: &Request) -> Vec<String> {
    let is_room = |place: &&Place| place.kind != PlaceKind::Server;
    let rooms: Vec<String> = request.places.iter().filter(is_room).map(Place::to_string).collect();
    if rooms.is_empty() { vec![request.room()] } else { rooms }
}

/// Whether somebody may mean what goes on in a room that this is not: with a secret command, which is given in private,
/// and where they are in that room.
pub(super) async fn may_mean(context: &Context<'_>, room: &str) -> bool {
    let request = context.request;
    let place = room.parse::<Place>().ok().filter(|place| Some(place.platform) == request.platform);
    let Some(place) = place.filter(|_| request.command.secret) else { return false };
    let Ok(outbox) = context.world.outboxes.of(place.platform) else { return false };
    outbox.has_member(&place, &request.caller.id).await
}
