//! The program itself: its settings, its log, and how it behaves between other programs.

use std::path::Path;

use crate::common::{self, Bot, Output, pack};

/// A settings file in the bot's own folder.
fn settings_file(bot: &Bot, text: &str) -> String {
    let path = bot.home().join("my.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn settings_are_shown() {
    let bot = Bot::new().env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "7");
    let output = bot.run(["settings"]);
    output.code(0).says("keep_revisions = 7  # from RAPPORTEUR_LIBRARY_KEEP_REVISIONS").says("[terminal]");
    output.says(&format!("packs = \"{}\"  # from RAPPORTEUR_LIBRARY_PACKS", bot.packs().display()));
    output.says(&format!("folder = \"{}\"", bot.data().display()));
    // What is shown can be used as a settings file, and says the same.
    let file = settings_file(&bot, &output.stdout);
    let bot = bot.without_env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS");
    bot.run(["--config", &file, "settings"]).code(0).says("keep_revisions = 7\n");
    assert!(!bot.data().exists(), "showing the settings makes no folders");
}

#[test]
fn the_file_in_the_folder_is_read_without_being_named() {
    let bot = Bot::new();
    std::fs::create_dir(bot.home().join("config")).unwrap();
    std::fs::write(bot.home().join("config/rapporteur.toml"), "[library]\nkeep_revisions = 4\n").unwrap();
    bot.run(["settings"]).code(0).says("keep_revisions = 4\n");
}

#[test]
fn wrong_settings_have_their_place() {
    let bot = Bot::with(&pack());
    for (text, line, column, says) in [
        ("[library]\n\n  pack = \"x\"\n", 3, 3, "unknown field `pack`"),
        ("[libary]\npacks = \"x\"\n", 1, 2, "unknown field `libary`"),
        ("[log]\nformat = \"xml\"\n", 2, 10, "unknown variant `xml`"),
        ("[library]\nkeep_revisions = \"many\"\n", 2, 18, "invalid type"),
        ("[library]\nkeep_revisions = -1\n", 2, 18, ""),
        ("[library]\nkeep_revisions = 99999999\n", 2, 18, ""),
        ("[library\n", 1, 9, ""),
    ] {
        let file = settings_file(&bot, text);
        for task in [&["settings"][..], &["ask", "/quote Paz"], &["chat"]] {
            let output = bot.run(["--config", &file].iter().chain(task));
            output.code(2).complains(says);
            assert_eq!(common::place(&output.stderr, &file), Some((line, column)), "{output}");
        }
    }
    let file = settings_file(&bot, "[library]\nquoted_limit = 1.5\n");
    bot.run(["--config", &file, "settings"]).code(2).complains("quoted_limit");
    let file = settings_file(&bot, "[log]\nfilter = \"a=b=c\"\n");
    bot.run(["--config", &file, "settings"]).code(2).complains("filter");
}

#[test]
fn settings_that_are_not_there() {
    let bot = Bot::with(&pack());
    bot.run(["--config", "nowhere.toml", "settings"])
        .code(2)
        .complains("nowhere.toml")
        .complains("can't be read");
    bot.run(["--config", ".", "settings"]).code(2).complains("can't be read");
    let path = bot.home().join("bytes.toml");
    std::fs::write(&path, b"\xff").unwrap();
    bot.run(["--config", "bytes.toml", "settings"]).code(2).complains("bytes.toml");
}

#[test]
fn the_environment_wins() {
    let bot = Bot::new().env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "9");
    let file = settings_file(&bot, "[library]\nkeep_revisions = 3\nquoted_limit = 0.2\n");
    let output = bot.run(["--config", &file, "settings"]);
    output.code(0).says("keep_revisions = 9").says("quoted_limit = 0.2");
    // All of them at once, and the nearest name.
    let wrong = bot.env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "many").env("RAPPORTEUR_LIBRARY_PACK", "x");
    let output = wrong.run(["settings"]);
    output
        .code(2)
        .complains("RAPPORTEUR_LIBRARY_KEEP_REVISIONS")
        .complains("did you mean RAPPORTEUR_LIBRARY_PACKS?");
}

/// Kubernetes sets such variables in every pod beside a service that is named rapporteur.
#[test]
fn variables_that_are_none_of_ours_are_told_once_and_stop_nothing() {
    let bot = Bot::with(&pack())
        .env("RAPPORTEUR_PORT", "tcp://10.0.0.1:80")
        .env("RAPPORTEUR_SERVICE_HOST", "10.0.0.1")
        .env("RAPPORTEUR_LIBRARY_PACK", "elsewhere");
    let tasks: [&[&str]; 7] = [
        &["ask", "--json", "/quote Paz"],
        &["ask", "/quote Paz"],
        &["load"],
        &["export", "doors", "--format", "json"],
        &["settings"],
        &["schema"],
        &["chat"],
    ];
    for task in tasks {
        let output = bot.run(task);
        output
            .code(0)
            .complains("RAPPORTEUR_PORT, RAPPORTEUR_SERVICE_HOST")
            .complains("did you mean RAPPORTEUR_LIBRARY_PACKS?")
            .never_says("elsewhere");
        for variable in ["RAPPORTEUR_PORT", "RAPPORTEUR_SERVICE_HOST", "RAPPORTEUR_LIBRARY_PACK:"] {
            assert_eq!(output.stderr.matches(variable).count(), 1, "{task:?}: {output}");
            assert!(!output.stdout.contains(variable), "{task:?}: {output}");
        }
        if task.contains(&"--json") || task.contains(&"json") {
            output.json();
        }
    }
    // The old name of a setting is not passed over: it may have kept somebody from something.
    let bot = bot.env("RAPPORTEUR_TERMINAL_STANDING", "member");
    bot.run(["settings"]).code(2).complains("it is RAPPORTEUR_TERMINAL_ROLE now");
}

#[test]
fn a_variable_that_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let bot = Bot::with(&pack());
    let odd = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    // Of no concern to us.
    Output::of(bot.command().env("SOMEBODY_ELSES", odd).args(["ask", "/quote Paz"])).code(0);
    Output::of(bot.command().env("RAPPORTEUR_LOG_FILTER", odd).arg("settings"))
        .complains("RAPPORTEUR_LOG_FILTER");
}

#[test]
fn a_dotenv_file_that_can_not_be_read_is_not_shown() {
    let bot = Bot::new();
    std::fs::write(bot.home().join(".env"), "RUST_LOG=warn\nMATRIX_PASSWORD=correct horse battery\n")
        .unwrap();
    let output = bot.run(["settings"]);
    output
        .code(3)
        .complains("line 2 (MATRIX_PASSWORD)")
        .complains("single quotation marks")
        .never_says("horse");
    std::fs::write(bot.home().join(".env"), "MATRIX_PASSWORD='correct $horse #battery'\n").unwrap();
    bot.run(["settings"]).code(0).never_says("horse");
}

#[test]
fn a_dotenv_file_is_read() {
    let bot = Bot::new();
    std::fs::write(
        bot.home().join(".env"),
        "RAPPORTEUR_LIBRARY_KEEP_REVISIONS=8\nRAPPORTEUR_LIBRARY_PACKS=elsewhere\n",
    )
    .unwrap();
    let output = bot.run(["settings"]);
    output.code(0).says("keep_revisions = 8  # from RAPPORTEUR_LIBRARY_KEEP_REVISIONS");
    // The real environment wins over the file.
    output.never_says("elsewhere");
    std::fs::write(bot.home().join(".env"), "RAPPORTEUR_NOSUCH=1\n").unwrap();
    bot.run(["settings"]).code(0).complains("RAPPORTEUR_NOSUCH");
    std::fs::write(bot.home().join(".env"), "this is = not one 'of those files\n").unwrap();
    bot.run(["settings"]).code(3).complains(".env");
}

#[test]
fn the_schema_is_that_of_the_docs() {
    let output = Bot::new().run(["schema"]);
    assert_eq!(output.code(0).json()["title"], "Pack");
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pack.schema.json");
    if docs.exists() {
        assert!(
            std::fs::read_to_string(docs).unwrap() == output.stdout,
            "rapporteur schema > docs/pack.schema.json"
        );
    }
}

#[test]
fn help_and_version() {
    let bot = Bot::new();
    bot.run(["--version"]).code(0).says(env!("CARGO_PKG_VERSION"));
    let help = bot.run(["--help"]);
    for task in ["chat", "ask", "check", "load", "export", "schema", "settings"] {
        help.code(0).says(task);
    }
    bot.run(["nosuch"]).code(2).complains("nosuch");
    bot.run(["ask"]).code(2);
    assert!(!bot.data().exists());
}

/// That there are no escapes in a pipe is checked for every output; here, that it is so whatever the
/// variables say, and that there would be some.
#[test]
fn colours_only_where_they_are_wanted() {
    let bot = Bot::with(&pack()).env("NO_COLOR", "1").env("TERM", "xterm-256color");
    bot.ask("/quote Paz").code(0).says("silence is a door");
    let bot = bot.without_env("NO_COLOR");
    bot.ask("/quote Paz").code(0);
    let mut forced = bot.command();
    forced.env("CLICOLOR_FORCE", "1").args(["ask", "/quote Paz"]);
    let coloured = forced.output().unwrap();
    assert!(coloured.stdout.contains(&0x1b));
    let mut both = bot.command();
    both.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").args(["ask", "--json", "/quote Paz"]);
    assert!(!both.output().unwrap().stdout.contains(&0x1b));
}

#[test]
fn a_conversation_through_a_pipe() {
    let bot = Bot::with(&pack());
    // The treaty is the first entry of the timeline, and has a choice of its own.
    let output = bot.feed(b"\n1\n/timeline\n1\n99\n-1\n0\n/quote q-silence\n1\n");
    output.code(0).says("There's nothing to choose from").says("/event treaty").says("Goods may cross");
    output.says("Choose a number from 1 to").says("/source q-silence").says("paragraph 1");
    for end in ["exit", "quit", "/exit", "/quit"] {
        let output = bot.feed(format!("/actor paz\n{end}\n/quote Paz\n").as_bytes());
        output.code(0).says("A poet").never_says("silence is a door");
    }
    bot.feed(b"").code(0);
    // A last line without an end, and without the word `chat`.
    bot.feed(b"/quote Paz").code(0).says("silence is a door");
    let output = Output::of(bot.shell("printf '/quote Paz' | \"$0\" \"$@\"").args::<_, &str>([]));
    output.code(0).says("silence is a door");
}

#[test]
fn a_line_in_several_arguments() {
    let bot = Bot::with(&pack());
    bot.run(["ask", "/quote", "Octavio", "Paz"]).code(0).says("silence is a door");
    bot.run(["ask", "quote", "Octavio Paz", "--article", "doors"]).code(0).says("silence is a door");
    bot.run(["ask", "/compare", "Octavio Paz", "Elena Ríos"]).code(0).says("Octavio Paz").says("Elena Ríos");
    bot.run(["ask", "/timeline", "--page", "2"]).code(1).says("only one page");
    let json = bot.run(["ask", "--json", "/quote", "Paz"]).json();
    assert_eq!(json["kind"], "found");
}

#[test]
fn the_log_tells_what_was_done_and_never_what_was_typed() {
    let bot = Bot::with(&pack());
    let mut command = bot.command();
    command.env("RUST_LOG", "info").args(["ask", "/quote Paz secretword"]);
    let output = Output::of(&mut command);
    output.complains("command").complains("quote").complains("outcome=NothingFound").complains("platform");
    assert!(!output.stderr.contains("secretword") && !output.stderr.contains("Paz"), "{output}");
    // Not even in the fullest log, and not for what is no command at all.
    for line in [
        "/search secretword silence",
        "/actor secretword",
        "secretword",
        "/audit secretword",
        "/quote --x secretword",
    ] {
        let mut command = bot.command();
        command.env("RUST_LOG", "trace,sqlx=info").args(["ask", line]);
        let output = Output::of(&mut command);
        assert!(!output.stderr.contains("secretword"), "{line}: {output}");
    }
    // Without a wish there is no log.
    let quiet = bot.ask("/quote Paz");
    assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""));
    let mut wrong = bot.command();
    wrong.env("RUST_LOG", "a=b=c").args(["ask", "/quote Paz"]);
    Output::of(&mut wrong).code(3).complains("RUST_LOG");
}

#[test]
fn the_log_as_json() {
    let bot = Bot::with(&pack()).env("RAPPORTEUR_LOG_FORMAT", "json").env("RAPPORTEUR_LOG_FILTER", "info");
    let output = bot.ask("/quote Paz");
    let lines: Vec<serde_json::Value> =
        output.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered =
        lines.iter().find(|line| line["span"]["name"] == "command" || line["span"]["outcome"] == "Found");
    let span = &answered.unwrap_or_else(|| panic!("{output}"))["span"];
    assert_eq!(span["outcome"], "Found", "{span}");
    assert!(span["micros"].is_number(), "{span}");
    assert!(!output.stderr.contains("Paz"), "{output}");
    let reload = bot.pack("doors.toml", pack().edition("red").text()).ask("/reload");
    assert!(
        reload.stderr.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{reload}"
    );
    reload.complains("revision");
}

#[test]
fn a_reader_that_goes_away() {
    let bot = Bot::new().pack("doors.toml", pack().events(2_000).text());
    bot.ask("/reload").code(0);
    // `export` prints far more than a pipe holds, and `exec 3>&1` keeps the exit code of the program.
    for task in ["export doors", "schema", "settings", "ask /timeline", "ask --json /help"] {
        let line = format!("{{ \"$0\" \"$@\" {task}; echo \"code $?\" >&2; }} | head -1");
        let output = Output::of(&mut bot.shell(&line));
        output.complains("code 0");
        assert_eq!(output.stderr.lines().count(), 1, "{task}: {output}");
    }
    // A conversation whose reader has left ends too.
    let line = "{ yes /timeline | head -2000 | \"$0\" \"$@\" chat; echo \"code $?\" >&2; } | head -1";
    Output::of(&mut bot.shell(line)).complains("code 0");
}

/// A full device is no reader that went away.
#[test]
fn output_that_can_not_be_written() {
    let bot = Bot::with(&pack());
    for task in ["ask '/quote Paz'", "schema", "export doors"] {
        let output = Output::of(&mut bot.shell(&format!("\"$0\" \"$@\" {task} > /dev/full")));
        output.code(3).complains("No space left");
    }
}
