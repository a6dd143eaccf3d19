//! maubot 0.6 in a virtual environment of its own, made at the first time, with a plugin of one look-up.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::library;

const REQUIREMENTS: &str = include_str!("requirements.txt");
const OLM: &str = include_str!("olm.txt");
const CONFIG: &str = include_str!("config.yaml");

/// maubot, installed.
#[derive(Debug, Clone)]
pub struct Maubot {
    python: PathBuf,
    /// Why it can't encrypt, if it can't.
    pub no_encryption: Option<String>,
}

impl Maubot {
    /// Installs it, if it is not there.
    ///
    /// # Errors
    /// Why it can't be had here.
    pub fn install() -> Result<Maubot, String> {
        let folder = library::folder().join("maubot");
        let python = folder.join("bin/python");
        let is_there = |mark: &str, what: &str| {
            std::fs::read_to_string(folder.join(mark)).is_ok_and(|there| there == what)
        };
        if !is_there("maubot.txt", REQUIREMENTS) {
            eprintln!("installing maubot, once");
            // Left over from other requirements, or from a run that was stopped.
            let _ = std::fs::remove_dir_all(&folder);
            run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
            run(pip(&python)
                .args(["--only-binary", ":all:"])
                .arg("--requirement")
                .arg(file("requirements.txt")))?;
            std::fs::write(folder.join("maubot.txt"), REQUIREMENTS).unwrap();
        }
        let mut no_encryption = None;
        if !is_there("olm.txt", OLM) {
            eprintln!("compiling the encryption of maubot, once");
            let made = run(pip(&python)
                // What builds it is among the requirements of before.
                .args(["--no-build-isolation", "--no-deps"])
                // It was written for an older cmake.
                .env("CMAKE_POLICY_VERSION_MINIMUM", "3.5")
                .arg("--requirement")
                .arg(file("olm.txt")));
            match made {
                Ok(()) => std::fs::write(folder.join("olm.txt"), OLM).unwrap(),
                Err(why) => no_encryption = Some(why),
            }
        }
        Ok(Maubot { python, no_encryption })
    }

    /// The same, set up to encrypt nothing: then it does not ask which rooms are encrypted either.
    pub fn without_encryption(&self) -> Maubot {
        Maubot { no_encryption: Some("it is measured without".into()), ..self.clone() }
    }

    /// maubot with the plugin; it is to be started in a folder that is set up.
    pub fn command(&self) -> Command {
        let mut bot = Command::new(&self.python);
        bot.args(["-m", "maubot.standalone", "--meta"]).arg(file("maubot.yaml"));
        bot.env("PYTHONDONTWRITEBYTECODE", "1");
        bot
    }

    /// Writes what it needs into a folder: an account's login, and quotes by names in lower case.
    pub fn set_up(
        &self,
        folder: &Path,
        url: &str,
        user: &str,
        token: &str,
        device: &str,
        quotes: &[(String, String)],
    ) {
        // Naming the device is what turns the encryption on.
        let device = if self.no_encryption.is_none() { device } else { "null" };
        let config = CONFIG
            .replace("USER", user)
            .replace("HOMESERVER", url)
            .replace("TOKEN", token)
            .replace("DEVICE", device);
        std::fs::write(folder.join("config.yaml"), config).unwrap();
        std::fs::write(folder.join("quotes.json"), serde_json::to_string(quotes).unwrap()).unwrap();
    }
}

/// The files of this folder.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/maubot").join(name)
}

fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]);
    pip
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).trim().to_string());
    Err(format!("{}\n{}", output.status, said.join("\n")))
}
