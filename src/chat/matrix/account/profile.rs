//! The account's display name and picture, where nobody has set others.

use matrix_sdk::{Client, Error};

use crate::say;
use crate::settings::{Avatar, MatrixSettings};

use super::session::Session;

/// Our own picture. Its source is beside it.
const PICTURE: &[u8] = include_bytes!("avatar.png");

/// Sets the account's name and picture, and returns what was done. What somebody has set by hand is kept.
pub async fn introduce(session: &Session, matrix: &MatrixSettings) -> Vec<String> {
    let mut said = Vec::new();
    let name = matrix.display_name.trim();
    if !name.is_empty() {
        match give_name(session, name).await {
            Ok(true) => said.push(say!("profile-name", name = name)),
            Ok(false) => {}
            Err(error) => said.push(say!("profile-name-failed", cause = error.to_string())),
        }
    }
    match give_picture(&session.client, &matrix.avatar).await {
        Ok(true) => said.push(say!("profile-picture")),
        Ok(false) => {}
        Err(error) => said.push(say!("profile-picture-failed", cause = error.to_string())),
    }
    said
}

async fn give_name(session: &Session, name: &str) -> Result<bool, Error> {
    let account = session.client.account();
    let now = account.get_display_name().await?;
    // Homeservers give this name to a new account.
    if now.is_some_and(|now| !now.is_empty() && now != session.user.localpart()) {
        return Ok(false);
    }
    account.set_display_name(Some(name)).await.map(|()| true)
}

async fn give_picture(client: &Client, avatar: &Avatar) -> Result<bool, String> {
    let account = client.account();
    let bytes = match avatar {
        Avatar::Leave => return Ok(false),
        _ if account.get_avatar_url().await.map_err(|error| error.to_string())?.is_some() => {
            return Ok(false);
        }
        Avatar::Own => PICTURE.to_vec(),
        Avatar::File(path) => {
            let unreadable =
                |error: std::io::Error| say!("file-unreadable-cause", file = path.display(), cause = error);
            std::fs::read(path).map_err(unreadable)?
        }
    };
    let kind = kind_of(&bytes).ok_or_else(|| say!("profile-picture-kind"))?;
    let kind = kind.parse().map_err(|_| say!("profile-picture-kind"))?;
    account.upload_avatar(&kind, bytes).await.map(|_| true).map_err(|error| error.to_string())
}

/// The media type of a picture, by its first bytes.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let beginnings: [(&[u8], _); 2] = [(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")];
    beginnings.into_iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_beginning() {
        assert_eq!(kind_of(PICTURE), Some("image/png"));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(kind_of(b"<svg>"), None);
        assert_eq!(kind_of(b""), None);
    }
}
