//! `rapporteur run`: the chats that are set up, until a signal ends it.

use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use rapporteur::service;
use rapporteur::settings::Settings;

/// Answers until SIGTERM or Ctrl-C. A second one ends the program at once.
///
/// # Errors
/// The databases can't be opened, or no platform can go on.
pub async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    tokio::spawn(async move {
        asked_to_end().await;
        tracing::info!("ending: commands under way are finished first");
        signalled.cancel();
        // Who asks twice does not want to wait.
        asked_to_end().await;
        std::process::exit(130);
    });
    service::run(settings, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for SIGTERM or Ctrl-C.
async fn asked_to_end() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => drop(terminated.recv().await),
            Err(error) => {
                tracing::warn!(%error, "SIGTERM can't be listened to");
                std::future::pending().await
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = terminated => {}
        interrupted = tokio::signal::ctrl_c() => {
            if let Err(error) = interrupted {
                tracing::warn!(%error, "Ctrl-C can't be listened to");
                std::future::pending().await
            }
        }
    }
}
