//! Synapse and matrix-nio in a virtual environment of Python, made once for all tests.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

pub(super) const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Where all of it is kept.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("matrix")
}

/// The files of this folder.
pub(super) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matrix/homeserver").join(name)
}

/// The beginning of a SHA-256: another content is kept under another name.
pub(super) fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// One process at a time makes what all of them use.
pub(super) fn alone<T>(make: impl FnOnce() -> T) -> T {
    std::fs::create_dir_all(folder()).unwrap();
    let lock = File::create(folder().join("lock")).unwrap();
    lock.lock().unwrap();
    make()
}

/// Whether a homeserver can run here. The first call installs it if need be.
///
/// # Errors
/// Why it can't, in one line; the first time, what a program said of it is printed.
pub fn available() -> Result<(), &'static str> {
    made().as_ref().map(|_| ()).map_err(String::as_str)
}

/// The interpreter of the environment.
pub(super) fn python() -> &'static Path {
    made().as_deref().unwrap_or_else(|why| panic!("{why}"))
}

fn made() -> &'static Result<PathBuf, String> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    MADE.get_or_init(|| {
        alone(environment).map_err(|(why, said)| {
            eprintln!(
                "{why}\n{said}\nThe tests of Matrix run against a real homeserver. They need Python 3.10 or later with \
                 its module venv (in Debian and Ubuntu: apt install python3 python3-venv) and, the first time, the \
                 network: Synapse is installed from PyPI into {}.",
                folder().display()
            );
            why.to_string()
        })
    })
}

/// The interpreter, or why there is none, and what a program said of it.
fn environment() -> Result<PathBuf, (&'static str, String)> {
    let venv = folder().join(format!("venv-{}", hash(&[REQUIREMENTS])));
    let (python, whole) = (venv.join("bin/python"), venv.join("whole"));
    // The interpreter that it was made with may have been removed since.
    if whole.exists() && run(Command::new(&python).arg("--version")).is_ok() {
        return Ok(python);
    }
    let base = interpreter().ok_or(("there is no python3 of version 3.10 or later", String::new()))?;
    let _ = std::fs::remove_dir_all(&venv);
    eprintln!("installing Synapse into {}, once", venv.display());
    run(Command::new(base).args(["-m", "venv"]).arg(&venv))
        .map_err(|said| ("Python can't make a virtual environment", said))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        // Nothing is compiled here.
        .args(["--only-binary", ":all:", "--require-hashes", "--requirement"])
        .arg(script("requirements.txt")))
    .map_err(|said| ("pip can't install Synapse", said))?;
    std::fs::write(whole, "").unwrap();
    Ok(python)
}

/// A Python that Synapse and matrix-nio have wheels for.
fn interpreter() -> Option<&'static str> {
    const ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 10))";
    ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"]
        .into_iter()
        .find(|name| run(Command::new(name).args(["-c", ENOUGH])).is_ok())
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).trim().to_string());
    Err(format!("{}\n{}", output.status, said.join("\n")))
}
