//! Files that come with commands, and those that go with answers.

use std::time::Duration;

use matrix_sdk::Room;
use matrix_sdk::attachment::AttachmentConfig;
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::EventId;
use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::events::room::message::AddMentions;

use crate::answer::Answer;
use crate::chat::shared::sentences;
use crate::commands::{MAX_BYTES, Upload};
use crate::community::Answered;

use super::bot::{Bot, transaction};
use super::incoming::Event;
use super::retry::retried;
use super::undecrypted::KEYS;

/// How long fetching an earlier message or a file may take.
const FETCH: Duration = Duration::from_secs(30);

impl Bot {
    /// The file that a command came with: its own, or of the message that it replies to.
    pub(super) async fn attached(&self, room: &Room, event: &Event) -> Result<Option<Upload>, Box<Answer>> {
        let failed = |why: &str| Box::new(sentences::file_not_fetched(why));
        let mut file = event.content.clone();
        if file["msgtype"] != "m.file" {
            // A thread's answers say that they reply, where they don't.
            let falls_back = event.content["m.relates_to"]["is_falling_back"] == true;
            let Some(earlier) = event.replies_to().filter(|_| !falls_back) else { return Ok(None) };
            file = match self.earlier(room, earlier).await {
                Some(earlier) => earlier.content,
                None => {
                    return Err(failed("The message that you reply to can't be fetched, or not decrypted."));
                }
            };
        }
        if file["msgtype"] != "m.file" {
            return Ok(None);
        }
        if file["info"]["size"].as_u64().is_some_and(|size| size > MAX_BYTES) {
            return Err(Box::new(sentences::file_too_large()));
        }
        let source: MediaSource = serde_json::from_value(file.clone()).map_err(|error| {
            tracing::warn!(%error, "a file has no address");
            failed("The file has no address.")
        })?;
        let wanted = MediaRequestParameters { source, format: MediaFormat::File };
        let fetching = retried("fetching a file", FETCH, || async {
            self.client.media().get_media_content(&wanted, false).await
        });
        // A download that stands still has no end of its own.
        let bytes = match tokio::time::timeout(FETCH, fetching).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a file can't be fetched");
                return Err(failed("The file can't be fetched or decrypted."));
            }
            Err(_) => {
                tracing::warn!(seconds = FETCH.as_secs(), "a file takes too long");
                return Err(failed("The homeserver takes too long with the file."));
            }
        };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Box::new(sentences::file_too_large()));
        }
        let name = file["filename"].as_str().or(file["body"].as_str()).unwrap_or("pack.toml");
        Ok(Some(Upload::new(name, bytes)))
    }

    /// A message of before. `None` if it can't be fetched or decrypted.
    pub(super) async fn earlier(&self, room: &Room, id: &str) -> Option<Event> {
        let id = EventId::parse(id).ok()?;
        let fetching = retried("fetching a message", FETCH, || room.event(&id, None));
        match fetching.await {
            Ok(read) if read.kind.is_utd() => self.read(&self.unsealed(room, &read, KEYS).await?),
            Ok(read) => self.read(&read),
            Err(error) => {
                tracing::warn!(%error, "an earlier message can't be fetched");
                None
            }
        }
    }

    /// Sends what does not fit into an answer after it.
    pub(super) async fn attach(
        &self,
        room: &Room,
        event: &Event,
        question: &str,
        name: &str,
        bytes: Vec<u8>,
    ) {
        let (Ok(kind), Ok(to)) = ("text/plain".parse(), EventId::parse(question)) else { return };
        let attaching = self.gate.first("attaching a file", self.limit(), || async {
            let reply = Reply {
                event_id: to.clone(),
                enforce_thread: EnforceThread::MaybeThreaded,
                add_mentions: AddMentions::No,
            };
            let config = AttachmentConfig::new()
                .txn_id(transaction(&event.event_id, "file"))
                .mentions(Some(Mentions::new()))
                .reply(Some(reply));
            room.send_attachment(name, &kind, bytes.clone(), config).await
        });
        match attaching.await {
            Ok(sent) => {
                let sent = Some(sent.event_id.to_string());
                self.keep(Answered { answer: sent, ..self.noted(&file_of(question), room, &event.sender) })
                    .await;
            }
            Err(error) => tracing::error!(%error, "the file of an answer can't be sent"),
        }
    }
}

/// What the file of an answer is known by.
pub(super) fn file_of(question: &str) -> String {
    format!("{question} file")
}
