//! The file of the login, `matrix/session.json`.

use std::io::Write;
use std::path::Path;

use matrix_sdk::authentication::AuthSession;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::authentication::oauth::{ClientId, OAuthSession, UserSession};
use matrix_sdk::ruma::{OwnedDeviceId, OwnedUserId};
use matrix_sdk::{SessionMeta, SessionTokens};
use serde::{Deserialize, Serialize};

use crate::chat::matrix::error::{AccountError, permanent};

/// The name of the file.
const FILE: &str = "session.json";

/// The login as it is stored. It is never printed: it contains secrets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The account, as in the settings.
    pub user: OwnedUserId,
    /// The one device of this data folder. It is stored before the first login with it, so that an interrupted
    /// login does not create a second one.
    pub device: OwnedDeviceId,
    /// Its access token; none before the first login, and after a logout.
    pub token: Option<String>,
    /// The token that renews the access token, where that expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The program's id at the homeserver's OAuth 2.0 server; none if the login was made in another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Whether somebody has logged in with the device: then its keys are on the disk. Earlier versions did not
    /// store it.
    #[serde(default)]
    pub used: bool,
}

impl Login {
    /// A device that nobody has logged in with.
    pub fn new(user: OwnedUserId, device: OwnedDeviceId) -> Login {
        Login { user, device, token: None, refresh_token: None, client_id: None, used: false }
    }

    /// Whether the folder holds the keys of this device: whether somebody has ever logged in with it.
    pub fn is_used(&self) -> bool {
        self.used || self.token.is_some()
    }

    /// The same device with a login of Matrix' own kind.
    pub fn with_token(self, token: String) -> Login {
        Login { token: Some(token), refresh_token: None, client_id: None, used: true, ..self }
    }

    /// The same device with the tokens of an OAuth 2.0 server.
    pub fn with_tokens(self, tokens: SessionTokens) -> Login {
        let SessionTokens { access_token, refresh_token } = tokens;
        Login { token: Some(access_token), refresh_token, used: true, ..self }
    }

    /// The same device without a login.
    pub fn logged_out(self) -> Login {
        Login { used: self.is_used(), token: None, refresh_token: None, ..self }
    }

    /// The login in the client library's form, if there is one.
    pub fn session(&self) -> Option<AuthSession> {
        let meta = SessionMeta { user_id: self.user.clone(), device_id: self.device.clone() };
        let refresh_token = self.refresh_token.clone();
        let tokens = SessionTokens { access_token: self.token.clone()?, refresh_token };
        Some(match &self.client_id {
            Some(client) => {
                let client_id = ClientId::new(client.clone());
                OAuthSession { client_id, user: UserSession { meta, tokens } }.into()
            }
            None => MatrixSession { meta, tokens }.into(),
        })
    }
}

/// Reads the login of a folder, if there is one.
pub fn read(folder: &Path) -> Result<Option<Login>, AccountError> {
    let path = folder.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(permanent(format!("{} can't be read: {error}", path.display()))),
    };
    // serde's own message could repeat a secret.
    serde_json::from_str(&text).map(Some).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        permanent(format!("{} is damaged at line {line}, column {column}", path.display()))
    })
}

/// Stores the login, whole or not at all, readable by this user only.
pub fn write(folder: &Path, login: &Login) -> Result<(), AccountError> {
    let path = folder.join(FILE);
    let writing = || {
        let new = folder.join("session.json.new");
        // The mode counts only when a file is created.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&new)?;
        file.write_all(serde_json::to_string_pretty(login)?.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    };
    writing().map_err(|error| permanent(format!("{} can't be written: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(text: &str) -> Login {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        read(folder.path()).ok().flatten().unwrap()
    }

    #[test]
    fn what_earlier_versions_wrote_is_read() {
        let old = r#"{"user": "@rapporteur:example.org", "device": "ABC", "token": "syt_1"}"#;
        let old = login(old);
        assert!(old.is_used());
        assert!(matches!(old.session(), Some(AuthSession::Matrix(_))));
        let unused = login(r#"{"user": "@rapporteur:example.org", "device": "ABC", "token": null}"#);
        assert!(!unused.is_used() && unused.session().is_none());
    }

    #[test]
    fn a_login_that_was_taken_away_leaves_the_device() {
        let device = Login::new("@rapporteur:example.org".try_into().unwrap(), "ABC".into());
        let tokens = SessionTokens { access_token: "mat_1".into(), refresh_token: Some("mar_1".into()) };
        let in_use = Login { client_id: Some("01".into()), ..device.clone() }.with_tokens(tokens);
        assert!(matches!(in_use.session(), Some(AuthSession::OAuth(_))));
        let out = in_use.logged_out();
        assert!(out.is_used() && out.session().is_none() && out.refresh_token.is_none());
        // The registration serves the next login too.
        assert_eq!(out.client_id.as_deref(), Some("01"));
        assert!(out.with_token("syt_1".into()).client_id.is_none());
        assert!(!device.logged_out().is_used());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let device = Login::new("@rapporteur:example.org".try_into().unwrap(), "ABC".into());
        assert!(write(folder.path(), &device).is_ok());
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(read(folder.path()).ok().flatten() == Some(device));
        std::fs::write(folder.path().join(FILE), r#"{"token": 7, "user": "s3cret"}"#).unwrap();
        let damaged = read(folder.path()).err().map(|failure| failure.fatal().to_string()).unwrap();
        assert!(
            damaged.contains("session.json is damaged at line 1") && !damaged.contains("s3cret"),
            "{damaged}"
        );
    }
}
