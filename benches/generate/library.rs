//! The libraries that are measured: made once from the generator, and kept under `target/bench`.

use std::fmt;
use std::path::{Path, PathBuf};

use rapporteur::answer::AnswerKind;
use rapporteur::commands::{self, Caller, Role, World};
use rapporteur::platform::Platform;
use rapporteur::service;
use rapporteur::settings::Settings;

use super::{Generator, VERSION};

/// A library of some size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// The project's first article.
    First,
    /// So many generated articles.
    Articles(usize),
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Size::First => f.write_str("us-mexico"),
            Size::Articles(number) => write!(f, "{number}"),
        }
    }
}

/// The folder for everything that benchmarks make.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench")
}

impl Size {
    /// The folder of the packs, which are written if they are not there.
    pub fn packs(self, generator: &Generator) -> PathBuf {
        let packs = folder().join(format!("packs-{self}-{VERSION}"));
        let Size::Articles(number) = self else {
            std::fs::create_dir_all(&packs).unwrap();
            let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles/us-mexico.toml");
            let (pack, copy) = (std::fs::read(pack).unwrap(), packs.join("us-mexico.toml"));
            if std::fs::read(&copy).ok().as_ref() != Some(&pack) {
                std::fs::write(copy, pack).unwrap();
            }
            return packs;
        };
        if packs.is_dir() {
            return packs;
        }
        eprintln!("writing {number} packs");
        let unfinished = folder().join(format!("unfinished-{self}"));
        // Left over from a run that was stopped.
        let _ = std::fs::remove_dir_all(&unfinished);
        std::fs::create_dir_all(&unfinished).unwrap();
        for at in 0..number {
            let text = toml::to_string(&generator.pack(at)).unwrap();
            std::fs::write(unfinished.join(format!("{at:05}.toml")), text).unwrap();
        }
        std::fs::rename(unfinished, &packs).unwrap();
        packs
    }

    /// The data folder of the library that is kept.
    pub fn data(self) -> PathBuf {
        folder().join(format!("data-{self}-{VERSION}"))
    }

    /// Opens the library, which is built if it is not there or of an older schema.
    pub async fn open(self, generator: &Generator) -> World {
        let mut settings = Settings::default();
        settings.library.packs = self.packs(generator);
        settings.library.keep_revisions = 1;
        settings.data.folder = self.data();
        eprintln!("opening the library {self}");
        let (world, trouble) = service::open(&settings).await.unwrap();
        if let Some(trouble) = trouble {
            panic!("the library can't be loaded: {}", trouble.title);
        }
        if self == Size::First {
            // The pack may have been edited since.
            let caller = Caller { id: "bench".into(), role: Role::Editor };
            let request = commands::line::parse("reload", caller, Platform::Terminal).unwrap();
            let answer = commands::run(&world, &request).await;
            assert_eq!(answer.kind, AnswerKind::Found, "{}", answer.title);
        }
        world
    }
}

/// The file of the current library of a world.
pub fn file(world: &World) -> PathBuf {
    world.store.path(world.store.current().unwrap().revision())
}
