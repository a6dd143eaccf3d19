//! The platforms that run as services: a list, and what the program needs of each.

use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::commands::World;
use crate::platform::Platform;
use crate::settings::Settings;

/// All of them. A new platform is a folder beside this file, and a row here.
pub static SERVICES: &[&dyn Service] = &[&Discord, &Matrix];

/// A platform that answers as long as the program runs.
#[async_trait]
pub trait Service: Send + Sync {
    /// Which platform it is.
    fn platform(&self) -> Platform;

    /// Whether the settings say enough to run it.
    fn is_set_up(&self, settings: &Settings) -> bool;

    /// The variables to set for it.
    fn needs(&self) -> &'static [&'static str];

    /// Answers until `stop` is cancelled.
    ///
    /// # Errors
    /// It can't go on, or the program was built without it.
    async fn run(
        &self,
        world: Arc<World>,
        settings: &Settings,
        stop: CancellationToken,
    ) -> anyhow::Result<()>;
}

struct Discord;

#[async_trait]
impl Service for Discord {
    fn platform(&self) -> Platform {
        Platform::Discord
    }

    fn is_set_up(&self, settings: &Settings) -> bool {
        !settings.discord.token.is_empty()
    }

    fn needs(&self) -> &'static [&'static str] {
        &["DISCORD_TOKEN"]
    }

    async fn run(
        &self,
        world: Arc<World>,
        settings: &Settings,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        #[cfg(feature = "discord")]
        return Ok(super::discord::run(world, settings, stop).await?);
        #[cfg(not(feature = "discord"))]
        {
            drop((world, settings, stop));
            anyhow::bail!(crate::say!("program-without-discord"))
        }
    }
}

struct Matrix;

#[async_trait]
impl Service for Matrix {
    fn platform(&self) -> Platform {
        Platform::Matrix
    }

    fn is_set_up(&self, settings: &Settings) -> bool {
        settings.matrix.is_set()
    }

    fn needs(&self) -> &'static [&'static str] {
        &["RAPPORTEUR_MATRIX_HOMESERVER", "RAPPORTEUR_MATRIX_USER", "MATRIX_PASSWORD"]
    }

    async fn run(
        &self,
        world: Arc<World>,
        settings: &Settings,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        #[cfg(feature = "matrix")]
        return Ok(super::matrix::run(world, settings, stop).await?);
        #[cfg(not(feature = "matrix"))]
        {
            drop((world, settings, stop));
            anyhow::bail!(crate::say!("program-without-matrix"))
        }
    }
}
