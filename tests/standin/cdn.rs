//! The files that people attach to their commands.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::Response;
use futures::stream;

use super::errors::Refusal;
use super::state::Shared;

/// A file, and how it is served.
#[derive(Clone, Debug)]
pub struct CdnFile {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
    pub serving: Serving,
    /// The size that the attachment object tells; `None` for the true one.
    pub declared: Option<usize>,
    /// How often it was asked for.
    pub asked: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Serving {
    Whole,
    /// Without a Content-Length, so that only reading tells how long it is.
    Chunked,
    /// So many bytes at a time, with pauses between.
    Dribble(usize, Duration),
    /// Breaks off after so many bytes of what was promised.
    BrokenAfter(usize),
    Redirect(String),
    Status(u16),
    /// Never answers.
    Silent,
}

pub async fn serve(shared: &Arc<Shared>, path: &str) -> Response {
    let file = shared.change(|state| {
        let file = state.files.get_mut(path)?;
        file.asked += 1;
        Some(file.clone())
    });
    let Some(file) = file else {
        return Response::builder()
            .status(StatusCode::NOT_FOUND)
            .body(Body::from(Refusal::not_found().body.to_string()))
            .expect("the headers are valid");
    };
    let mut response = Response::builder().header(header::CONTENT_TYPE, file.content_type);
    let body = match file.serving {
        Serving::Whole => Body::from(file.bytes),
        Serving::Chunked => pieces(file.bytes, 16 * 1024, Duration::ZERO),
        Serving::Dribble(size, pause) => pieces(file.bytes, size.max(1), pause),
        Serving::BrokenAfter(size) => {
            let promised = file.bytes.len();
            let mut bytes = file.bytes;
            bytes.truncate(size);
            let broken = stream::unfold(Some(bytes), |rest| async {
                match rest {
                    Some(bytes) => Some((Ok(Bytes::from(bytes)), None)),
                    None => {
                        // What was sent must be on its way first.
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        Some((Err(std::io::Error::other("the stand-in breaks off, as it was told to")), None))
                    }
                }
            });
            response = response.header(header::CONTENT_LENGTH, promised);
            Body::from_stream(broken)
        }
        Serving::Redirect(to) => {
            let response = Response::builder().status(StatusCode::FOUND).header(header::LOCATION, to);
            return response.body(Body::empty()).expect("the headers are valid");
        }
        Serving::Status(status) => {
            return Response::builder().status(status).body(Body::empty()).expect("the headers are valid");
        }
        Serving::Silent => std::future::pending().await,
    };
    response.body(body).expect("the headers are valid")
}

fn pieces(bytes: Vec<u8>, size: usize, pause: Duration) -> Body {
    let bytes = Bytes::from(bytes);
    Body::from_stream(stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let piece = rest.split_to(size.min(rest.len()));
        Some((Ok::<_, std::io::Error>(piece), rest))
    }))
}
