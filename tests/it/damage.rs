//! Damage: whatever happens to the disk, the files or the process, the old or the new answers.

use std::collections::HashSet;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::common::{Bot, Output, pack};
use crate::reload::LINES;

#[test]
fn a_data_folder_that_can_not_be() {
    let bot = Bot::new().pack("doors.toml", pack().text());
    let file = bot.home().join("file");
    std::fs::write(&file, "in the way").unwrap();
    for folder in [file.join("data"), file.clone(), "/proc/rapporteur-test".into()] {
        for task in [&["ask", "/quote Paz"][..], &["chat"], &["load"]] {
            // The last --data counts, so a new command without the bot's own.
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"));
            command.current_dir(bot.home()).env_clear().env("RAPPORTEUR_LIBRARY_PACKS", bot.packs());
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let output = Output::of(command.arg("--data").arg(&folder).args(task));
            output.code(3).complains(&folder.display().to_string()).complains("--data");
        }
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "in the way");
}

/// A limit on the size of files stands for a full disk: SQLite can't complete the library.
#[test]
fn a_full_disk() {
    let bot = Bot::with(&pack());
    let (revision, files) = (bot.revision(), bot.library_files());
    bot.write_pack("doors.toml", pack().edition("red").events(3_000).text());
    for limit in [600, 300, 120, 40, 8] {
        // With the signal ignored, a write over the limit fails like one on a full disk.
        let line = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
        let output = Output::of(bot.shell(&line).args(["ask", "/reload"]));
        output.code(3);
        // Where there is no room at all, the community database can't be written either.
        assert!(limit < 100 || output.stdout.contains("othing was loaded"), "{limit}: {output}");
        bot.ask("/quote Paz").code(0).says("Edition blue");
        assert_eq!((bot.revision(), bot.library_files()), (revision.clone(), files.clone()), "{limit}");
    }
    bot.ask("/audit 100").says("/reload failed");
    // With room again, all is well.
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition red");
}

/// Does harm to a file.
type Spoil = fn(&Path);

/// Ways in which the file of a library can be spoilt.
const SPOIL: [(&str, Spoil); 4] = [
    ("cut short", |path| {
        let length = std::fs::metadata(path).unwrap().len();
        std::fs::File::options().write(true).open(path).unwrap().set_len(length / 3).unwrap();
    }),
    ("emptied", |path| std::fs::write(path, "").unwrap()),
    ("overwritten", |path| {
        let length = usize::try_from(std::fs::metadata(path).unwrap().len()).unwrap();
        std::fs::write(path, vec![0; length]).unwrap();
    }),
    ("deleted", |path| std::fs::remove_file(path).unwrap()),
];

#[test]
fn a_spoilt_library_is_made_anew_at_the_start() {
    for (how, spoil) in SPOIL {
        let bot = Bot::with(&pack());
        let revision = bot.revision();
        spoil(&bot.library(&revision));
        let output = bot.ask("/quote Paz");
        assert!(output.code == 0 && output.stdout.contains("Edition blue"), "{how}: {output}");
        assert_eq!(bot.revision(), revision, "{how}");
    }
}

/// Part of the file is damaged, but not its first page, so it opens.
#[test]
fn a_damaged_page_is_mended_by_a_reload() {
    let bot = Bot::with(&pack());
    let path = bot.library(&bot.revision());
    let mut bytes = std::fs::read(&path).unwrap();
    let sound = bytes.clone();
    bytes[8_192..].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let member = Bot::env(bot, "RAPPORTEUR_TERMINAL_ROLE", "member");
    for line in LINES {
        let output = member.ask(line);
        // Some pages may be whole; what is answered must be right, and nothing of the inside told.
        assert!(
            output.code == 0 && output.stdout.contains("Edition blue") || output.code == 3,
            "{line}: {output}"
        );
        assert!(!output.stdout.contains("sqlite") && !output.stdout.contains("database"), "{line}: {output}");
    }
    let bot = member.without_env("RAPPORTEUR_TERMINAL_ROLE");
    bot.ask("/reload").code(0);
    assert_eq!(std::fs::read(&path).unwrap().len(), sound.len());
    for line in LINES {
        bot.ask(line).code(0).says("Edition blue");
    }
}

#[test]
fn a_library_spoilt_while_the_program_runs() {
    for (how, spoil) in SPOIL {
        let bot = Bot::with(&pack().events(200)).env("RAPPORTEUR_TERMINAL_ROLE", "member");
        let mut member = bot.chat();
        assert!(member.say("/quote Paz").contains("Edition blue"), "{how}");
        let bot = bot.without_env("RAPPORTEUR_TERMINAL_ROLE");
        let mut editor = bot.chat();
        assert!(editor.say("/quote Paz").contains("Edition blue"), "{how}");
        spoil(&bot.library(&bot.revision_in_files()));
        for line in LINES.iter().chain(&["/timeline", "/search bridge 77", "/quote Pax"]) {
            let answer = member.say(line);
            let lower = answer.to_lowercase();
            for inside in ["sqlite", "database", "disk image", ".db", "malformed", "(code", "sqlx"] {
                assert!(!lower.contains(inside), "{how}, {line}: {answer}");
            }
            assert!(!answer.trim().is_empty(), "{how}, {line}");
        }
        let answer = editor.say("/reload");
        assert!(answer.contains("Revision: "), "{how}: {answer}");
        for line in LINES {
            let answer = editor.say(line);
            assert!(answer.contains("Edition blue"), "{how}, {line}: {answer}");
        }
    }
}

/// The revision has the same name as before, but its file is another.
#[test]
fn another_process_hears_of_a_mended_file() {
    for (how, spoil) in SPOIL {
        let bot = Bot::with(&pack());
        let mut member = bot.chat();
        assert!(member.say("/quote Paz").contains("Edition blue"), "{how}");
        spoil(&bot.library(&bot.revision_in_files()));
        // What this says is tried above; it makes the process meet the damage.
        member.say("/quote Paz");
        bot.ask("/reload").code(0);
        for line in LINES {
            let answer = member.say(line);
            assert!(answer.contains("Edition blue"), "{how}, {line}: {answer}");
        }
    }
}

impl Bot {
    /// The revision of the only library file, without asking the program.
    fn revision_in_files(&self) -> String {
        let files = self.library_files();
        let mut revisions = files.iter().filter_map(|name| name.strip_suffix(".db"));
        let revision = revisions.next().unwrap().to_string();
        assert_eq!(revisions.next(), None);
        revision
    }
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    let bot = Bot::with(&pack()).env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "1");
    let unfinished = bot.data().join("library/unfinished.db");
    std::fs::write(&unfinished, "the rest of a reload that was killed").unwrap();
    std::fs::write(bot.data().join("library/notes.txt"), "mine").unwrap();
    bot.ask("/quote Paz").code(0).says("Edition blue");
    bot.write_pack("doors.toml", pack().edition("red").text());
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition red");
    assert!(!unfinished.exists());
    assert_eq!(std::fs::read_to_string(bot.data().join("library/notes.txt")).unwrap(), "mine");
}

/// Killed at a hundred moments of a reload, from its first instant to after its end.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long a reload takes tells when to kill one")]
fn a_killed_reload_leaves_the_old_or_the_new() {
    // Each round has content of its own, so that its file is really built.
    let edition = |round: u64| pack().edition(&format!("r{round}")).events(300).text();
    let bot = Bot::new().pack("doors.toml", edition(0)).env("RAPPORTEUR_LIBRARY_KEEP_REVISIONS", "2");
    bot.ask("/quote Paz").code(0).says("Edition r0.");
    bot.write_pack("doors.toml", edition(1));
    let before = std::time::Instant::now();
    bot.ask("/reload").code(0);
    let whole = u64::try_from(before.elapsed().as_micros()).unwrap();

    let mut chance = fastrand::Rng::with_seed(0x00c0_ffee);
    let (mut answers, mut loaded) = ([0, 0], 1);
    for round in 2..102_u64 {
        bot.write_pack("doors.toml", edition(round));
        let mut child = bot.command().args(["ask", "/reload"]).spawn().unwrap();
        // The delay is what is tried here, not a way to wait for something.
        std::thread::sleep(Duration::from_micros(chance.u64(0..=whole * round / 40)));
        child.kill().unwrap();
        child.wait().unwrap();
        let output = bot.ask("/quote Paz");
        let is = [loaded, round].map(|round| output.stdout.contains(&format!("Edition r{round}.")));
        assert!(output.code == 0 && is[0] != is[1], "round {round} after {loaded}: {output}");
        answers[usize::from(is[1])] += 1;
        loaded = if is[1] { round } else { loaded };
        let files = bot.library_files();
        assert!(files.len() <= 8, "round {round}: {files:?}");
    }
    // Otherwise the delays did not try what they should.
    assert!(answers[0] >= 5 && answers[1] >= 5, "old {}, new {}", answers[0], answers[1]);
    bot.write_pack("doors.toml", edition(102));
    bot.ask("/reload").code(0);
    bot.ask("/quote Paz").code(0).says("Edition r102.");
    let files = bot.library_files();
    assert!(files.len() <= 3 && !files.contains(&"unfinished.db".to_string()), "{files:?}");
    let others = std::fs::read_dir(bot.data()).unwrap().map(|it| it.unwrap().file_name());
    let others: HashSet<String> = others.map(|name| name.to_string_lossy().into_owned()).collect();
    let known = ["community.db", "community.db-wal", "community.db-shm", "community.lock", "library"];
    assert!(others.iter().all(|name| known.contains(&name.as_str())), "{others:?}");
}

/// The same for the very first start, which makes the databases too.
#[test]
fn a_killed_first_start_is_begun_anew() {
    let mut chance = fastrand::Rng::with_seed(7);
    for round in 0..25_u64 {
        let bot = Bot::new().pack("doors.toml", pack().text());
        for _ in 0..2 {
            let mut child = bot.command().args(["ask", "/quote Paz"]).spawn().unwrap();
            // Again, the delay is what is tried.
            std::thread::sleep(Duration::from_micros(chance.u64(0..=round * 4_000)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let output = bot.ask("/quote Paz");
        assert!(output.code == 0 && output.stdout.contains("Edition blue"), "round {round}: {output}");
        assert!(bot.library_files().len() <= 2, "round {round}: {:?}", bot.library_files());
    }
}

#[test]
fn a_community_database_that_is_damaged_is_told() {
    let bot = Bot::with(&pack());
    for extra in ["community.db-wal", "community.db-shm"] {
        let _ = std::fs::remove_file(bot.data().join(extra));
    }
    std::fs::write(bot.data().join("community.db"), vec![7; 20_000]).unwrap();
    bot.ask("/quote Paz").code(3).complains(&bot.data().display().to_string());
}
