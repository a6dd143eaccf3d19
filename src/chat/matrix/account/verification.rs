//! Verification: an editor makes sure that what their client takes for the bot is the bot, by comparing seven
//! emoji ([SAS](https://spec.matrix.org/latest/client-server-api/#short-authentication-string-sas-verification)).
//!
//! Emoji have to be compared by a human, and there is none on the bot's side. So the editor does it for both: the
//! bot shows its emoji, and confirms only when the editor's client has sent its own confirmation (the MAC), which it
//! does when the editor has said that they match. An attacker between the two can change the messages in the direct
//! chat, and with them the emoji, but not the log; so the log has them too, and the chat says so. Nothing depends on
//! what the bot learns of an editor in this way: what somebody may do depends on their user id, and messages are
//! encrypted for all devices anyway.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use matrix_sdk::encryption::verification::{
    Emoji, SasState, SasVerification, VerificationRequest, VerificationRequestState,
};
use matrix_sdk::ruma::api::client::to_device::send_event_to_device;
use matrix_sdk::ruma::events::key::verification::VerificationMethod;
use matrix_sdk::ruma::events::key::verification::mac::{
    OriginalSyncKeyVerificationMacEvent, ToDeviceKeyVerificationMacEvent,
};
use matrix_sdk::ruma::events::key::verification::request::ToDeviceKeyVerificationRequestEvent;
use matrix_sdk::ruma::events::key::verification::start::ToDeviceKeyVerificationStartEvent;
use matrix_sdk::ruma::events::room::message::{
    MessageType, OriginalSyncRoomMessageEvent, RoomMessageEventContent,
};
use matrix_sdk::ruma::events::{Mentions, ToDeviceEventType};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::to_device::DeviceIdOrAllDevices;
use matrix_sdk::ruma::{DeviceId, OwnedEventId, OwnedTransactionId, OwnedUserId, TransactionId, UserId};
use matrix_sdk::{Client, Error, Room};
use serde_json::json;

use crate::settings::{AccessSettings, Listed, Settings};

use crate::chat::matrix::retry::retried;
use crate::say;

/// The longest time that sending a message about a verification is tried: it is over soon.
const SAYING: Duration = Duration::from_secs(60);

/// Why somebody may not verify the bot.
#[derive(Debug, Clone, Copy)]
enum Refusal {
    /// Who asks is no editor.
    EditorsOnly,
    /// Others are in the room.
    OthersAreThere,
}

impl Refusal {
    /// What is said to who asked.
    fn said(self) -> String {
        match self {
            Refusal::EditorsOnly => say!("verification-editors-only"),
            Refusal::OthersAreThere => say!("verification-directly"),
        }
    }
}

/// The way in which somebody asked for a verification.
enum Asked {
    /// With a message.
    InRoom(Room, OwnedEventId),
    /// From device to device.
    OfDevice(OwnedTransactionId),
}

/// Takes part in verifications.
struct Verifier {
    client: Client,
    access: AccessSettings,
    ignored: Vec<String>,
    /// Those who were sent a refusal already.
    refused: Mutex<HashSet<OwnedUserId>>,
}

/// Takes part in verifications from now on: accepts those of editors, and cancels others.
pub fn listen(client: &Client, settings: &Settings) {
    let verifier = Arc::new(Verifier {
        client: client.clone(),
        access: settings.access.clone(),
        ignored: settings.matrix.ignored_users.clone(),
        refused: Mutex::default(),
    });
    // Each runs in a task of its own, because it waits for what later syncs bring.
    let it = Arc::clone(&verifier);
    client.add_event_handler(move |event: OriginalSyncRoomMessageEvent, room: Room| {
        if let MessageType::VerificationRequest(asked) = event.content.msgtype {
            let from = Asked::InRoom(room, event.event_id);
            let it = Arc::clone(&it);
            tokio::spawn(async move { it.requested(&event.sender, &asked.from_device, from).await });
        }
        std::future::ready(())
    });
    let it = Arc::clone(&verifier);
    client.add_event_handler(move |event: ToDeviceKeyVerificationRequestEvent| {
        let it = Arc::clone(&it);
        let from = Asked::OfDevice(event.content.transaction_id);
        tokio::spawn(async move { it.requested(&event.sender, &event.content.from_device, from).await });
        std::future::ready(())
    });
    let it = Arc::clone(&verifier);
    client.add_event_handler(move |event: ToDeviceKeyVerificationStartEvent| {
        let it = Arc::clone(&it);
        tokio::spawn(async move { it.started(&event.sender, event.content.transaction_id.as_str()).await });
        std::future::ready(())
    });
    let it = Arc::clone(&verifier);
    client.add_event_handler(move |event: OriginalSyncKeyVerificationMacEvent| {
        let it = Arc::clone(&it);
        tokio::spawn(
            async move { it.confirmed(&event.sender, event.content.relates_to.event_id.as_str()).await },
        );
        std::future::ready(())
    });
    client.add_event_handler(move |event: ToDeviceKeyVerificationMacEvent| {
        let it = Arc::clone(&verifier);
        tokio::spawn(async move { it.confirmed(&event.sender, event.content.transaction_id.as_str()).await });
        std::future::ready(())
    });
}

impl Verifier {
    /// Handles a request to verify us.
    async fn requested(&self, user: &UserId, device: &DeviceId, asked: Asked) {
        let (room, flow) = match &asked {
            Asked::InRoom(room, event) => (Some(room), event.as_str()),
            Asked::OfDevice(transaction) => (None, transaction.as_str()),
        };
        let place = room.cloned().or_else(|| self.direct_chat(user));
        let refusal = match (self.is_editor(user), room) {
            (false, _) => Some(Refusal::EditorsOnly),
            (true, Some(room)) if room.active_members_count() > 2 => Some(Refusal::OthersAreThere),
            (true, _) => None,
        };
        let request = self.client.encryption().get_verification_request(user, flow).await;
        let Some(request) = request else {
            return self.unknown(user, device, &asked, place.as_ref(), refusal).await;
        };
        let Some(refusal) = refusal else { return self.attend(&request, place.as_ref()).await };
        tracing::info!(user = %user, ?refusal, "a verification is cancelled");
        if let Err(error) = request.cancel().await {
            tracing::warn!(%error, "a verification can't be cancelled");
        }
        self.refuse_once(user, place.as_ref(), refusal).await;
    }

    /// Handles a request that the client library ignored. It does so when it does not know the device yet, and tells
    /// nobody that nothing will come of it.
    async fn unknown(
        &self,
        user: &UserId,
        device: &DeviceId,
        asked: &Asked,
        place: Option<&Room>,
        refusal: Option<Refusal>,
    ) {
        let encryption = self.client.encryption();
        // Otherwise it is too old, or comes from this very device.
        if encryption.get_device(user, device).await.is_ok_and(|known| known.is_some()) {
            return;
        }
        if refusal.is_none()
            && let Err(error) = encryption.request_user_identity(user).await
        {
            tracing::warn!(%error, user = %user, "somebody's devices can't be looked up");
        }
        tracing::info!(user = %user, device = %device, "a verification by a device that is new is cancelled");
        if let Err(error) = self.turn_away(user, device, asked).await {
            tracing::warn!(%error, "a verification can't be cancelled");
        }
        match refusal {
            Some(refusal) => self.refuse_once(user, place, refusal).await,
            None => self.say(place, &say!("verification-again")).await,
        }
    }

    /// Cancels a request that the client library does not know.
    async fn turn_away(&self, user: &UserId, device: &DeviceId, asked: &Asked) -> Result<(), Error> {
        let mut content = json!({ "code": "m.user", "reason": say!("verification-device-unknown") });
        match asked {
            Asked::InRoom(room, event) => {
                content["m.relates_to"] = json!({ "rel_type": "m.reference", "event_id": event });
                room.send_raw("m.key.verification.cancel", content).await.map(drop)
            }
            Asked::OfDevice(transaction) => {
                content["transaction_id"] = json!(transaction);
                let content = Raw::new(&content)?.cast_unchecked();
                let to = BTreeMap::from([(DeviceIdOrAllDevices::DeviceId(device.to_owned()), content)]);
                let messages = BTreeMap::from([(user.to_owned(), to)]);
                let kind = ToDeviceEventType::KeyVerificationCancel;
                let request =
                    send_event_to_device::v3::Request::new_raw(kind, TransactionId::new(), messages);
                self.client.send(request).await?;
                Ok(())
            }
        }
    }

    /// Accepts an editor's request.
    async fn attend(&self, request: &VerificationRequest, place: Option<&Room>) {
        tracing::info!(user = %request.other_user_id(), "a verification begins");
        let mut changes = request.changes();
        if let Err(error) = request.accept_with_methods(vec![VerificationMethod::SasV1]).await {
            return tracing::warn!(%error, "a verification can't be accepted");
        }
        while let Some(state) = changes.next().await {
            match state {
                VerificationRequestState::Transitioned { verification } => {
                    let Some(sas) = verification.sas() else { return };
                    return self.compare(&sas, place).await;
                }
                VerificationRequestState::Cancelled(why) => {
                    return tracing::info!(why = why.reason(), "a verification was cancelled");
                }
                VerificationRequestState::Done => return,
                _ => {}
            }
        }
    }

    /// Handles a start without a request, as old clients send it.
    async fn started(&self, user: &UserId, flow: &str) {
        let verification = self.client.encryption().get_verification(user, flow).await;
        let Some(sas) = verification.and_then(|it| it.sas()) else { return };
        // One that follows a request is handled by `attend`.
        if sas.started_from_request() {
            return;
        }
        let place = self.direct_chat(user);
        if self.is_editor(user) {
            return self.compare(&sas, place.as_ref()).await;
        }
        tracing::info!(user = %user, "a verification by somebody who is no editor is cancelled");
        if let Err(error) = sas.cancel().await {
            tracing::warn!(%error, "a verification can't be cancelled");
        }
        self.refuse_once(user, place.as_ref(), Refusal::EditorsOnly).await;
    }

    /// Shows our emoji, and follows the verification to its end.
    async fn compare(&self, sas: &SasVerification, place: Option<&Room>) {
        let user = sas.other_user_id().to_owned();
        let mut changes = sas.changes();
        if let Err(error) = sas.accept().await {
            return tracing::warn!(%error, "a verification can't be begun");
        }
        let mut is_shown = false;
        while let Some(state) = changes.next().await {
            match state {
                SasState::KeysExchanged { emojis, decimals } if !is_shown => {
                    is_shown = true;
                    let ours = match emojis {
                        Some(emojis) => named(&emojis.emojis),
                        None => format!("{} {} {}", decimals.0, decimals.1, decimals.2),
                    };
                    tracing::info!(user = %user, "to compare with what their client shows: {ours}");
                    self.say(place, &shown(&ours)).await;
                }
                SasState::Done { .. } => {
                    tracing::info!(user = %user, "a verification is done");
                    return self.say(place, &say!("verification-done")).await;
                }
                SasState::Cancelled(why) => {
                    tracing::info!(user = %user, why = why.reason(), "a verification was cancelled");
                    return self.say(place, &say!("verification-cancelled")).await;
                }
                _ => {}
            }
        }
    }

    /// Confirms after the other side's confirmation. The client library has checked that it is valid.
    async fn confirmed(&self, user: &UserId, flow: &str) {
        let verification = self.client.encryption().get_verification(user, flow).await;
        let Some(sas) = verification.and_then(|it| it.sas()) else { return };
        if !sas.can_be_presented() || !self.is_editor(user) {
            return;
        }
        if let Err(error) = sas.confirm().await {
            tracing::warn!(%error, "a verification can't be confirmed");
        }
    }

    /// Whether somebody may verify us. Other devices of our own account may not: they would be given all keys.
    fn is_editor(&self, user: &UserId) -> bool {
        let is_listed = |it: &Listed| matches!(it, Listed::MatrixUser(listed) if listed == user.as_str());
        self.access.editors.iter().any(is_listed) && self.client.user_id() != Some(user)
    }

    /// The direct chat with somebody, if there is one.
    fn direct_chat(&self, user: &UserId) -> Option<Room> {
        self.client.get_dm_room(user).filter(|room| room.active_members_count() <= 2)
    }

    async fn refuse_once(&self, user: &UserId, place: Option<&Room>, refusal: Refusal) {
        let is_first = self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert(user.to_owned());
        if is_first && !self.ignored.iter().any(|ignored| ignored == user.as_str()) {
            self.say(place, &refusal.said()).await;
        }
    }

    async fn say(&self, place: Option<&Room>, text: &str) {
        let Some(room) = place else { return };
        let again = TransactionId::new();
        let saying = retried("a message about a verification", SAYING, || async {
            let content = RoomMessageEventContent::notice_plain(text).add_mentions(Mentions::new());
            room.send(content).with_transaction_id(again.clone()).await.map(drop)
        });
        if let Err(error) = saying.await {
            tracing::warn!(%error, "a message about a verification can't be sent");
        }
    }
}

/// Emoji with their names, because some look alike.
fn named(emoji: &[Emoji]) -> String {
    let named = emoji.iter().map(|it| format!("{} {}", it.symbol, it.description));
    named.collect::<Vec<_>>().join(", ")
}

fn shown(ours: &str) -> String {
    format!("{}\n\n{ours}\n\n{}", say!("verification-emoji"), say!("verification-compare"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_shown_with_their_names() {
        let emoji = [Emoji { symbol: "🐶", description: "Dog" }, Emoji { symbol: "🔑", description: "Key" }];
        assert_eq!(named(&emoji), "🐶 Dog, 🔑 Key");
        assert!(shown(&named(&emoji)).contains("\n\n🐶 Dog, 🔑 Key\n\n"));
    }
}
