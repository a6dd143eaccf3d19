//! A pack file that is attached to a command.

use std::time::Duration;

use reqwest::Url;

use crate::answer::Answer;
use crate::chat::shared::sentences::{FileProblem, file_not_fetched, file_too_large};
use crate::commands::{MAX_BYTES, Upload};

use super::rest::Rest;

/// Where Discord keeps what people attach.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// How long fetching may take.
const DOWNLOAD_TIMEOUT: Duration = Duration::from_secs(10);

/// Fetches an attached file.
///
/// # Errors
/// The answer to give: it is on another host, too large, too slow, or can't be had.
pub(super) async fn fetch(rest: &Rest, name: &str, url: &str) -> Result<Upload, Answer> {
    let url = Url::parse(url).map_err(|_| file_not_fetched(FileProblem::NoAddress))?;
    if !is_allowed(&url, rest.host()) {
        tracing::warn!(host = url.host_str(), "an attached file on a foreign host was not fetched");
        return Err(file_not_fetched(FileProblem::ForeignHost));
    }
    let fetching = async {
        let mut response = rest.client().get(url).send().await?.error_for_status()?;
        if !response.status().is_success() {
            // It is somewhere else, where we don't go.
            return Ok(Err(format!("status {}", response.status())));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > MAX_BYTES {
                return Ok(Ok(None));
            }
        }
        Ok::<_, reqwest::Error>(Ok(Some(bytes)))
    };
    match tokio::time::timeout(DOWNLOAD_TIMEOUT, fetching).await {
        Ok(Ok(Ok(Some(bytes)))) => Ok(Upload::new(name, bytes)),
        Ok(Ok(Ok(None))) => Err(file_too_large()),
        Ok(failure) => {
            let error = match failure {
                Ok(Err(status)) => status,
                Err(error) => error.without_url().to_string(),
                Ok(Ok(_)) => String::new(),
            };
            tracing::warn!(error, "an attached file can't be fetched");
            Err(file_not_fetched(FileProblem::Unreachable))
        }
        Err(_) => {
            tracing::warn!("fetching an attached file took too long");
            Err(file_not_fetched(FileProblem::TooSlow))
        }
    }
}

/// Whether a file may be fetched from there: from Discord's own hosts, encrypted, or from the host of the
/// API that the operator has set.
fn is_allowed(url: &Url, api: &str) -> bool {
    let plain = url.username().is_empty() && url.password().is_none();
    let from_discord = url.scheme() == "https"
        && url.port_or_known_default() == Some(443)
        && url.host_str().is_some_and(|host| HOSTS.contains(&host));
    let from_api = Url::parse(api).is_ok_and(|api| api.origin() == url.origin());
    plain && (from_discord || from_api)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_from_discord_or_the_host_of_the_api() {
        let allowed = |url: &str| is_allowed(&Url::parse(url).unwrap(), "http://127.0.0.1:8080");
        assert!(allowed("https://cdn.discordapp.com/attachments/1/2/a.toml?ex=1"));
        assert!(allowed("https://media.discordapp.net/a.toml"));
        assert!(allowed("http://127.0.0.1:8080/attachments/a.toml"));
        for bad in [
            "http://cdn.discordapp.com/a.toml",
            "https://cdn.discordapp.com:444/a.toml",
            "https://cdn.discordapp.com.evil.example/a.toml",
            "https://cdn.discordapp.com@evil.example/a.toml",
            "https://user@cdn.discordapp.com/a.toml",
            "http://127.0.0.1:8081/a.toml",
            "https://127.0.0.1:8080/a.toml",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
    }
}
