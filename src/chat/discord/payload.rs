//! Bodies of requests that carry a message, with the file that goes with it.

use serde_json::{Value, json};
use serenity::all::CreateAttachment;
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};

use crate::say;

/// The payload for a message that takes the place of another, whose file goes with it.
pub(super) fn instead(mut payload: Value) -> Value {
    payload["attachments"] = json!([]);
    // Answers of earlier versions have embeds, which components alone don't replace.
    payload["content"] = Value::Null;
    payload["embeds"] = json!([]);
    payload
}

/// The payload, naming the file that goes with it.
pub(super) fn with_file(mut payload: Value, file: Option<&(String, Vec<u8>)>) -> Value {
    if let Some((name, _)) = file {
        payload["attachments"] = json!([{ "id": 0, "filename": name, "description": say!("discord-file") }]);
    }
    payload
}

/// A request with a body that names its file already, and the file.
pub(super) fn request<'a>(
    method: LightMethod,
    route: Route<'a>,
    body: &Value,
    file: Option<&(String, Vec<u8>)>,
) -> Request<'a> {
    let request = Request::new(route, method);
    match file {
        None => request.body(Some(body.to_string().into_bytes())),
        Some((name, bytes)) => request.multipart(Some(Multipart {
            upload: MultipartUpload::Attachments(vec![CreateAttachment::bytes(bytes.clone(), name)]),
            fields: vec![],
            payload_json: Some(body.to_string()),
        })),
    }
}
