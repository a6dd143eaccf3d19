//! Starting: from the settings to a world in which commands can run.

use std::sync::Arc;

use anyhow::Context as _;

use crate::answer::{Answer, AnswerKind};
use crate::chance::{Clock, Dice, SystemClock};
use crate::commands::{self, Asker, Standing, World};
use crate::community::Community;
use crate::library::Shelf;
use crate::settings::Settings;

/// Opens the databases of the data folder. Where no library can be opened, the packs are loaded; the
/// answer to that is given too, if it is not a good one.
///
/// # Errors
/// The data folder can't be made, read or written.
pub async fn open(settings: &Settings) -> anyhow::Result<(World, Option<Answer>)> {
    let folder = &settings.data.folder;
    let unusable = || format!("the data folder {} can't be used; name another with --data", folder.display());
    let community = Community::open(folder).await.with_context(unusable)?;
    let shelf = Shelf::open(folder).with_context(unusable)?;
    let clock = SystemClock;
    let world = World {
        shelf,
        community,
        started: clock.now(),
        clock: Arc::new(clock),
        dice: Dice::unforeseen(),
        packs: settings.library.packs.clone(),
        keep_revisions: settings.library.keep_revisions.into(),
    };
    world.catch_up().await.with_context(unusable)?;
    if world.shelf.current().is_some() {
        return Ok((world, None));
    }
    let asker = Asker { id: "program:start".into(), standing: Standing::Editor };
    let answer = match commands::line::parse("reload", asker, "program") {
        Ok(request) => commands::run(&world, &request).await,
        Err(answer) => *answer,
    };
    Ok((world, Some(answer).filter(|answer| answer.kind != AnswerKind::Found)))
}
