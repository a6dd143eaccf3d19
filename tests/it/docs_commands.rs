//! The commands of the docs, as they are written there, in a copy of the project's config.

use std::path::Path;
use std::process::Command;

use crate::docs::{EDITING, blocks, code, prose, read, root, rows};

/// A shell in which `cargo run` and `rapporteur` are the program, in a copy of the project's config.
#[cfg(unix)]
fn shell(home: &Path, line: &str) -> std::process::Output {
    let functions = r#"
        rapporteur() { "$RAPPORTEUR" "$@"; }
        cargo() {
            [ "$1" = run ] || return 99
            shift
            [ "${1-}" = --no-default-features ] && shift
            [ "${1-}" = -- ] && shift
            rapporteur "$@"
        }
    "#;
    Command::new("sh")
        .args(["-ec", &format!("{functions}\n{line}")])
        .current_dir(home)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("RAPPORTEUR", env!("CARGO_BIN_EXE_rapporteur"))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

#[cfg(unix)]
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("config/articles")).unwrap();
    for file in ["config/rapporteur.toml", "config/articles/us-mexico.toml"] {
        std::fs::copy(root().join(file), home.path().join(file)).unwrap();
    }
    home
}

#[cfg(unix)]
#[test]
fn commands_of_the_docs_work_as_written() {
    let home = home();
    // What one who follows the guide has made.
    let example = blocks(EDITING, "toml example").remove(0);
    std::fs::write(home.path().join("config/articles/norrby-park.toml"), example).unwrap();
    std::fs::write(home.path().join("norrby-park.txt"), blocks(EDITING, "text example").remove(0)).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for page in ["README.md", EDITING] {
        lines.extend(blocks(page, "console"));
        let inline = code(&prose(&read(page)));
        lines.extend(inline.into_iter().filter(|it| it.starts_with("cargo run") && !it.contains('…')));
    }
    let mut ran = 0;
    for line in lines {
        // The tests are running already; and the first article's text is not part of the project.
        // What needs a token or a container engine is tried in `tests/it/discord/` and `tests/matrix/`, or can't be.
        let needs_more = [
            "cargo test",
            "article.txt",
            "discord invite",
            "-- matrix",
            "cargo run -- run",
            "docker compose",
        ];
        if needs_more.iter().any(|it| line.contains(it)) {
            continue;
        }
        let output = shell(home.path(), &line);
        // There is nothing to go back to yet.
        let expected = if line.contains("/rollback") { 1 } else { 0 };
        let said = String::from_utf8_lossy(&output.stdout);
        let wrong = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(expected), "{line}\n{said}\n{wrong}");
        assert_eq!(wrong.lines().filter(|line| !line.contains("INFO")).count(), 0, "{line}\n{wrong}");
        ran += 1;
    }
    assert!(ran > 15, "only {ran} commands were found");
}

#[cfg(unix)]
#[test]
fn exit_codes_are_those_of_the_readme() {
    let home = home();
    let readme = read("README.md");
    let (_, section) = readme.split_once("## Exit codes").unwrap();
    let table = rows(section.split("\n## ").next().unwrap());
    let codes: Vec<&str> = table.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(codes, ["0", "1", "2", "3"]);
    for row in table {
        let output = shell(home.path(), &code(&row[2])[0]);
        assert_eq!(output.status.code().unwrap().to_string(), row[0], "{}", row[2]);
    }
}

#[test]
fn ci_runs_the_tests_as_the_readme_does() {
    let ci = read(".ci/run");
    assert!(blocks("README.md", "console").contains(&"cargo test\n".to_string()));
    for step in ["cargo fmt --check", "cargo clippy --all-targets -- -D warnings", "cargo test"] {
        assert!(ci.contains(&format!("\nstep {step}\n")), "{step}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(root().join(".ci/run")).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "`chmod +x .ci/run`");
    }
}
