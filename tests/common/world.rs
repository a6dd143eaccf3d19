//! A library and a community in folders of their own, asked within the test's process: at a time that stands still
//! and with seeded chance.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use rapporteur::answer::{Answer, AnswerKind};
use rapporteur::commands::{self, Caller, Role, World};
use rapporteur::community::Community;
use rapporteur::env::{Clock, Rng};
use rapporteur::library::LibraryStore;
use rapporteur::outbox::Outboxes;
use rapporteur::platform::{Place, Platform};
use tempfile::TempDir;

use super::pack;

/// A clock that stands still, unless it is put forward.
#[derive(Default)]
struct Still {
    /// By how many seconds it was put forward, or back where that is negative.
    ahead: AtomicI64,
}

impl Clock for Still {
    fn now(&self) -> jiff::Timestamp {
        let start: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        start + jiff::SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed))
    }

    #[expect(clippy::disallowed_methods, reason = "an Instant can't be made from nothing")]
    fn instant(&self) -> Instant {
        static START: OnceLock<Instant> = OnceLock::new();
        *START.get_or_init(Instant::now)
    }
}

/// A world with loaded packs, and somebody who asks in it.
pub struct Room {
    pub world: World,
    pub caller: Caller,
    clock: Arc<Still>,
    platform: Platform,
    places: Vec<Place>,
    folders: Vec<TempDir>,
}

async fn world(data: &Path, clock: &Arc<Still>, packs: &Path) -> World {
    World {
        store: LibraryStore::open(data).unwrap(),
        community: Community::open(data).await.unwrap(),
        outboxes: Outboxes::default(),
        started: clock.now(),
        clock: Arc::clone(clock) as _,
        rng: Rng::seeded(7),
        packs: packs.to_path_buf(),
        keep_gaps: true,
        keep_revisions: 5,
        quorum: 3,
        late: 2 * 60 * 60 * 1_000,
    }
}

impl Room {
    /// With the packs of a folder. It is an editor who asks.
    pub async fn with(packs: &Path) -> Room {
        let data = tempfile::tempdir().unwrap();
        let clock = Arc::new(Still::default());
        let world = world(data.path(), &clock, packs).await;
        let caller = Caller { id: "test:ada".into(), role: Role::Editor };
        let (platform, places) = (Platform::Terminal, Vec::new());
        let room = Room { world, caller, clock, platform, places, folders: vec![data] };
        let loaded = room.ask("reload").await;
        assert_eq!(loaded.kind, AnswerKind::Found, "{loaded:#?}");
        room
    }

    /// With these packs, each in a file of its own.
    pub async fn of(packs: &[&str]) -> Room {
        let folder = tempfile::tempdir().unwrap();
        for (number, pack) in packs.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{number}.toml")), pack).unwrap();
        }
        let mut room = Room::with(folder.path()).await;
        room.folders.push(folder);
        room
    }

    /// With the project's own first article.
    pub async fn first_article() -> Room {
        Room::with(&pack::first_article()).await
    }

    /// As after the end of the program, however it ended, and another start on the same data.
    pub async fn restarted(self) -> Room {
        let Room { world: ended, clock, folders, .. } = self;
        let packs = ended.packs.clone();
        drop(ended);
        let world = world(folders[0].path(), &clock, &packs).await;
        world.catch_up().await.unwrap();
        Room { world, clock, folders, ..self }
    }

    /// Asked by this editor in these places of a platform.
    pub fn on(mut self, platform: Platform, editor: &str, places: &[&str]) -> Room {
        self.platform = platform;
        self.caller.id = editor.into();
        self.places = places.iter().map(|place| place.parse().unwrap()).collect();
        self
    }

    /// Puts the clock forward.
    pub fn later(&self, days: i64) {
        self.clock.ahead.fetch_add(days * 24 * 60 * 60, Ordering::Relaxed);
    }

    /// Puts the clock forward by seconds, or back.
    pub fn seconds_later(&self, seconds: i64) {
        self.clock.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The folder of the databases.
    pub fn data(&self) -> &Path {
        self.folders[0].path()
    }

    pub async fn ask(&self, line: &str) -> Answer {
        self.ask_as(self.caller.clone(), line).await
    }

    /// The same by somebody else.
    pub async fn ask_as(&self, caller: Caller, line: &str) -> Answer {
        match commands::line::parse(line, caller, self.platform) {
            Ok(mut request) => {
                request.places.clone_from(&self.places);
                commands::run(&self.world, &request).await
            }
            Err(answer) => *answer,
        }
    }
}

/// An answer that was found.
#[track_caller]
pub fn found(answer: Answer) -> Answer {
    assert_eq!(answer.kind, AnswerKind::Found, "{answer:#?}");
    answer
}
