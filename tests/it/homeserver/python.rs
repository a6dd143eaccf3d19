//! Synapse and matrix-nio in a virtual environment of Python, made once for all tests.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

pub(super) const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Whoever sets it does without the tests that need a homeserver.
const SKIP: &str = "RAPPORTEUR_SKIP_MATRIX";

/// Whether the tests that need a homeserver are left out, which is said once.
pub(super) fn is_skipped() -> bool {
    static SKIPPED: OnceLock<bool> = OnceLock::new();
    let skipped = std::env::var_os(SKIP).is_some_and(|value| !value.is_empty() && value != "0");
    *SKIPPED.get_or_init(|| {
        if skipped {
            // Past the capture of the tests' output: whoever skips should know it.
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "{SKIP} is set: the tests with a homeserver are skipped");
        }
        skipped
    })
}

/// Where all of it is kept.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("matrix")
}

/// The files of this folder.
pub(super) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/homeserver").join(name)
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

/// The interpreter of the environment.
pub(super) fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| alone(environment))
}

fn environment() -> PathBuf {
    let venv = folder().join(format!("venv-{}", hash(&[REQUIREMENTS])));
    let (python, whole) = (venv.join("bin/python"), venv.join("whole"));
    // The interpreter that it was made with may have been removed since.
    if whole.exists() && run(Command::new(&python).arg("--version")).is_ok() {
        return python;
    }
    let base = interpreter();
    let _ = std::fs::remove_dir_all(&venv);
    eprintln!("installing Synapse into {}, once", venv.display());
    run(Command::new(base).args(["-m", "venv"]).arg(&venv))
        .unwrap_or_else(|error| give_up(&format!("Python can't make a virtual environment: {error}")));
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        // Nothing is compiled here.
        .args(["--only-binary", ":all:", "--require-hashes", "--requirement"])
        .arg(script("requirements.txt")))
    .unwrap_or_else(|error| give_up(&format!("pip can't install Synapse: {error}")));
    std::fs::write(whole, "").unwrap();
    python
}

/// A Python that Synapse and matrix-nio have wheels for.
fn interpreter() -> &'static str {
    const ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 10))";
    ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"]
        .into_iter()
        .find(|name| run(Command::new(name).args(["-c", ENOUGH])).is_ok())
        .unwrap_or_else(|| give_up("there is no python3 of version 3.10 or later"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).trim().to_string());
    Err(format!("{}\n{}", output.status, said.join("\n")))
}

fn give_up(why: &str) -> ! {
    panic!(
        "{why}\n\n\
         The tests of Matrix run against a real homeserver. They need Python 3.10 or later with its module venv \
         (in Debian and Ubuntu: apt install python3 python3-venv) and, the first time, the network: Synapse is \
         installed from PyPI into {}.\n\
         To run the other tests: {SKIP}=1 cargo test, or cargo test --no-default-features --features discord\n",
        folder().display()
    )
}
