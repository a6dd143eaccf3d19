//! Files that come with commands.

use std::sync::Arc;

use matrix_sdk::Room;
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::ruma::events::room::MediaSource;
use serde_json::Value;

use crate::answer::Answer;
use crate::chat::shared::sentences::{self, FileProblem};
use crate::commands::{MAX_BYTES, Upload};

use super::context::Context;
use super::incoming::Event;
use super::reader::{FETCH, Reader};
use super::retry::retried;

/// Fetches the files of commands.
pub(super) struct Attachments {
    context: Arc<Context>,
    reader: Arc<Reader>,
}

impl Attachments {
    pub fn new(context: &Arc<Context>, reader: &Arc<Reader>) -> Attachments {
        Attachments { context: Arc::clone(context), reader: Arc::clone(reader) }
    }

    /// The file that a command came with: its own, or that of the message that it replies to.
    ///
    /// # Errors
    /// The answer where the file is too large or can't be fetched.
    pub async fn of(&self, room: &Room, event: &Event) -> Result<Option<Upload>, Box<Answer>> {
        let mut file = event.content.clone();
        if file["msgtype"] != "m.file" {
            // Messages in a thread say that they reply, even if they don't.
            let falls_back = event.content["m.relates_to"]["is_falling_back"] == true;
            let Some(earlier) = event.replies_to().filter(|_| !falls_back) else { return Ok(None) };
            let earlier = self.reader.earlier(room, earlier).await;
            file = earlier.ok_or_else(|| failed(FileProblem::NoMessage))?.content;
        }
        if file["msgtype"] != "m.file" {
            return Ok(None);
        }
        if file["info"]["size"].as_u64().is_some_and(|size| size > MAX_BYTES) {
            return Err(Box::new(sentences::file_too_large()));
        }
        let bytes = self.fetch(&file).await?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Box::new(sentences::file_too_large()));
        }
        let name = file["filename"].as_str().or(file["body"].as_str()).unwrap_or("pack.toml");
        Ok(Some(Upload::new(name, bytes)))
    }

    async fn fetch(&self, file: &Value) -> Result<Vec<u8>, Box<Answer>> {
        let source: MediaSource = serde_json::from_value(file.clone()).map_err(|error| {
            tracing::warn!(%error, "a file has no address");
            failed(FileProblem::NoAddress)
        })?;
        let wanted = MediaRequestParameters { source, format: MediaFormat::File };
        let fetching = retried("fetching a file", FETCH, || async {
            self.context.client.media().get_media_content(&wanted, false).await
        });
        // A download that stalls has no end of its own.
        match tokio::time::timeout(FETCH, fetching).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => {
                tracing::warn!(%error, "a file can't be fetched");
                Err(failed(FileProblem::Unreachable))
            }
            Err(_) => {
                tracing::warn!(seconds = FETCH.as_secs(), "a file takes too long");
                Err(failed(FileProblem::TooSlow))
            }
        }
    }
}

fn failed(problem: FileProblem) -> Box<Answer> {
    Box::new(sentences::file_not_fetched(problem))
}
