//! What members type, by mistake or on purpose: the bot answers it, and goes on answering.

use crate::common::{Bot, pack, real_pack};
use proptest::prelude::*;
use rapporteur::chat::terminal;
use rapporteur::commands::{Caller, Role, TABLE, World, line};
use rapporteur::platform::Platform;
use rapporteur::settings::Settings;

/// What somebody types, the exit code, and a part of the answer.
type Case<'a> = (&'a str, i32, &'a str);

#[track_caller]
fn still_answers(bot: &Bot) {
    bot.ask("/quote Paz").code(0).says("silence is a door");
}

#[track_caller]
fn try_all(cases: &[Case<'_>]) {
    let bot = Bot::with(&pack());
    let mut wrong = Vec::new();
    for (line, code, says) in cases {
        let output = bot.ask(line);
        if output.code != *code || !output.stdout.contains(says) {
            let line: String = line.chars().take(80).collect();
            wrong.push(format!("{line:?} should end with {code} and say {says:?}: {output}"));
        }
        still_answers(&bot);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_no_command() {
    try_all(&[
        ("", 2, "Ask something"),
        (" \t ", 2, "Ask something"),
        ("/", 2, "There is no command"),
        ("//quote Paz", 2, "There is no command"),
        ("/qoute Paz", 2, "Did you mean /quote Paz?"),
        ("/QUOTE paz", 0, "silence is a door"),
        ("🦊", 2, "There is no command"),
        ("hello, who was Octavio Paz?", 0, "Octavio Paz"),
        ("/who was Octavio Paz?", 2, "Ask “who was Octavio Paz?”"),
        ("quote Paz?", 0, "silence is a door"),
        ("qoute Paz", 2, "Did you mean /quote Paz?"),
        ("-", 2, "There is no command"),
        ("--help", 2, "There is no command"),
    ]);
}

#[test]
fn what_is_too_long() {
    let many = |text: &str, times| text.repeat(times);
    try_all(&[
        (&format!("/quote {}", many("x", 4_000)), 2, "oo long"),
        (&format!("/search {}", many("river ", 700)), 2, "oo long"),
        (&format!("/search {}", many("🦊", 4_000)), 2, "oo long"),
        (&format!("/compare {} and Paz", many("y", 4_000)), 2, "oo long"),
        (&format!("/quote Paz --article {}", many("z", 4_000)), 2, "oo long"),
        (&many("x", 4_000), 1, ""),
        (&many("🦊 what ", 4_000), 1, ""),
    ]);
}

#[test]
fn letters_of_all_sorts() {
    try_all(&[
        ("/quote 🦊🦊🦊", 1, "🦊"),
        ("/search 🦊", 1, ""),
        ("/actor أوكتافيو باث", 1, "أوكتافيو باث"),
        ("/actor 帕斯", 1, "帕斯"),
        ("/actor ＰＡＺ", 0, "Octavio Paz"),
        ("/actor Elena Ri\u{301}os", 0, "Elena Ríos"),
        ("/actor zzq\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", 1, ""),
    ]);
}

#[test]
fn marks_that_turn_the_writing_are_not_repeated() {
    let bot = Bot::with(&pack());
    for command in ["quote", "search", "actor", "timeline", "nosuch", "help", "source", "compare x"] {
        let output = bot.ask(&format!("/{command} \u{202e}gnos\u{2066}\u{200f}"));
        for mark in ['\u{202e}', '\u{2066}', '\u{200f}'] {
            assert!(!output.stdout.contains(mark), "/{command}: {output}");
        }
        assert!(output.code == 1 || output.code == 2, "/{command}: {output}");
    }
    still_answers(&bot);
}

/// That no control character is ever printed is checked for every output.
#[test]
fn control_characters() {
    try_all(&[
        ("/quote \u{1b}[31mnosuch\u{1b}[0m", 1, "nosuch"),
        ("/search \u{1b}]0;title\u{7}", 1, ""),
        ("/nosuch\u{1b}[2J", 2, "There is no command"),
        ("/quote \u{9b}31m\u{90}x\u{9c}", 1, ""),
        ("/timeline 19\u{8}94", 1, ""),
        ("/quote\tPaz", 0, "silence is a door"),
        ("/quote Paz\r\n", 0, "silence is a door"),
        ("/quote Paz\n/reload", 1, ""),
        ("/timeline --page \u{1b}[31m", 2, "/timeline"),
    ]);
}

#[test]
fn the_languages_of_databases() {
    try_all(&[
        ("/search \" OR *", 1, ""),
        ("/search NEAR(a b)", 1, ""),
        ("/search NEAR(silence door, 5)", 0, "nothing on “near” or “5”"),
        ("/search head:x", 1, ""),
        ("/search head : silence", 0, "nothing on “head”"),
        ("/search tag:#1", 1, ""),
        ("/search {head body} : silence", 0, "nothing on “head” or “body”"),
        ("/search qqq AND", 1, ""),
        ("/search qqq NOT", 1, ""),
        ("/search \"qqq", 1, ""),
        ("/search \"\"\"", 2, "needs: "),
        ("/search ^qqq*", 1, ""),
        ("/search *", 1, ""),
        ("/search qqq\\", 1, ""),
        ("/search 'qqq", 1, ""),
        ("/search treaty NOT", 0, "treaty"),
        ("/search \"treaty", 0, "treaty"),
        ("/actor '; DROP TABLE item;--", 1, "DROP TABLE"),
        ("/actor Paz'); DELETE FROM article; --", 1, ""),
        ("/quote %", 1, ""),
        ("/quote _", 1, ""),
        ("/quote Paz' OR '1'='1", 1, ""),
        ("/timeline 1994; DROP TABLE item", 1, ""),
        ("/source x' UNION SELECT sql FROM sqlite_schema --", 1, ""),
        ("/search $(reboot) `reboot` ${PATH}", 1, "$(reboot)"),
        ("/article ../../../etc/passwd", 1, ""),
    ]);
}

#[test]
fn the_languages_of_chats() {
    try_all(&[
        ("/quote @everyone", 1, "@everyone"),
        ("/actor <@1234567890> #general", 1, "<@1234567890> #general"),
        ("/search **bold** _it_ ~~no~~ `code` ||spoiler||", 1, "**bold** _it_ ~~no~~ `code` ||spoiler||"),
        ("/search [x](javascript:alert(1))", 1, "[x](javascript:alert(1))"),
        ("/search <script>alert(1)</script>", 1, "<script>alert(1)</script>"),
        ("/search &lt;b&gt;", 1, "&lt;b&gt;"),
        ("/search <img src=x onerror=alert(1)>", 1, "<img src=x onerror=alert(1)>"),
        ("/search ```\n# big\n```", 1, "``` # big ```"),
    ]);
}

#[test]
fn options() {
    try_all(&[
        ("/timeline --page 1", 0, "The treaty"),
        ("/timeline --page 2", 1, "only one page"),
        ("/timeline --page 10000", 1, "only one page"),
        ("/timeline --page 0", 2, "/timeline"),
        ("/timeline --page -1", 2, "/timeline"),
        ("/timeline --page 99999999999", 2, "/timeline"),
        ("/timeline --page 99999999999999999999999999", 2, "/timeline"),
        ("/timeline --page x", 2, "/timeline"),
        ("/timeline --page", 2, "/timeline"),
        ("/timeline --page 1 --page 1", 2, "/timeline"),
        ("/quote --nosuch x", 2, "--nosuch"),
        ("/quote -x", 1, "-x"),
        ("/quote --", 0, "Quote"),
        ("/quote --article", 2, "--article"),
        ("/quote Paz --article nosuch", 1, "nosuch"),
        ("/article --page 2", 2, "--page"),
        ("/event", 2, "needs: "),
        ("/compare Paz", 2, "needs: the second."),
        ("/compare", 2, "needs: the first of the two; the second."),
        ("/room commands compare", 2, "needs: "),
        ("/compare Paz and", 1, "and"),
        ("/source", 2, "needs: "),
        ("/search", 2, "needs: "),
        ("/search \"\"", 2, "needs: "),
        ("/event \"  \"", 2, "needs: "),
        ("/audit 0", 2, "number"),
        ("/audit x", 2, "number"),
        ("/audit 99999999999999999999", 2, "number"),
        ("/status x", 2, "/status"),
        ("/reload --dryrun", 2, "--dryrun"),
        ("/rollback nosuch", 1, "nosuch"),
        ("/help nosuch", 1, "nosuch"),
        ("/timeline 99999-2", 1, ""),
        ("/timeline -99999999999999999999", 1, ""),
        ("/timeline 0000", 1, ""),
        ("/timeline 9999..0001", 1, ""),
    ]);
}

#[test]
fn bytes_through_a_pipe() {
    let bot = Bot::with(&pack());
    let lines: [&[u8]; 10] = [
        b"\0",
        b"/quote \0Paz\0",
        b"/quote \xff\xfe\x80",
        b"\xf0\x9f\xa6",
        b"\r",
        b"/qoute Paz",
        b"/search \x1b[2J\x07",
        b"999999999999999999999999",
        b"-1",
        b"/quote nosuch\x0b\x0c",
    ];
    let mut bytes = lines.join(&b'\n');
    bytes.push(b'\n');
    // A line that is longer than any that is read at once.
    bytes.extend(std::iter::repeat_n(b'x', 300_000));
    bytes.extend(b"\n/quote Paz");
    let output = bot.feed(&bytes);
    output.code(0).says("Did you mean /quote Paz?").says("silence is a door");
    let last = output.stdout.rfind("silence is a door").unwrap();
    assert!(last > output.stdout.rfind("There is no command").unwrap(), "{output}");
    assert!(output.stdout.len() < 20_000, "{} bytes", output.stdout.len());
    still_answers(&bot);
}

#[test]
fn a_member_may_only_ask() {
    let bot = Bot::with(&pack());
    let before = bot.revision();
    let bot = bot.pack("doors.toml", pack().edition("red").text()).env("RAPPORTEUR_TERMINAL_ROLE", "member");
    for line in
        ["/reload", "/reload --dry-run", "/rollback", "/rollback x", "/status", "/audit", "/revisions"]
    {
        let output = bot.ask(line);
        output.code(3).says("Only editors can use").never_says(&before).never_says("red");
        bot.ask("/quote Paz").code(0).says("Edition blue");
    }
    let line = "/status";
    assert_eq!(bot.ask_json(line)["kind"], "refused");
    assert_eq!(bot.ask_json(line)["visibility"], "asker");
    let output = bot.feed(b"/reload\n/quote Paz\n");
    output.code(0).says("Only editors can use").says("Edition blue");

    let bot = bot.without_env("RAPPORTEUR_TERMINAL_ROLE");
    assert_eq!(bot.revision(), before);
    let audit = bot.ask("/audit 100");
    for command in ["reload", "rollback", "status", "audit", "revisions"] {
        audit.code(0).says(&format!("terminal:ada /{command} refused"));
    }
}

#[test]
fn answers_as_json() {
    let bot = Bot::new().pack("us-mexico.toml", real_pack());
    let found = bot.ask_json("/quote Paz");
    for key in ["kind", "title", "blocks", "source", "choices", "visibility"] {
        assert!(!found[key].is_null(), "{key} is missing in {found}");
    }
    assert_eq!((&found["kind"], &found["visibility"]), (&"found".into(), &"everyone".into()));
    assert_eq!(found["blocks"][0]["type"], "quotation");
    assert_eq!(found["source"]["paragraphs"][0], 15);
    for (line, code, kind) in
        [("/quote Xi Jinping", 1, "nothing_found"), ("/qoute", 2, "wrong_usage"), ("", 2, "wrong_usage")]
    {
        let output = bot.run(["ask", "--json", "--", line]);
        let answer = output.code(code).json();
        assert_eq!(answer["kind"], kind);
        assert!(answer["title"].is_string() && answer["blocks"].is_array(), "{answer}");
    }
}

fn ada() -> Caller {
    Caller { id: "test:ada".into(), role: Role::Member }
}

/// Lines that look like commands, and worse.
fn lines() -> impl Strategy<Value = String> {
    let names: Vec<&str> =
        TABLE.iter().map(|command| command.name).filter(|name| *name != "reload").collect();
    let words = prop_oneof![
        4 => "[a-zA-Zéñ’ ]{0,12}",
        2 => prop::sample::select(vec![
            "Biden", "AMLO", "mexico", "2020", "1990s", "since 2016", "\"", "“", "'", "\\", "#", "--", "-", "--page",
            "--page 2", "--article", "--article us-mexico", "--dry-run", "and", "vs", "*", "OR", "$", "`", "\u{1b}",
            "\0", "\u{202e}", "🦊", "ﬁ", "İ", "ß",
        ]).prop_map(ToString::to_string),
        1 => any::<String>(),
    ];
    let typed = (prop::sample::select(names), "/?", prop::collection::vec(words, 0..6), 0_usize..3);
    let typed = typed.prop_map(|(name, slash, words, typo)| {
        let mut name = name.to_string();
        if typo == 2 {
            name.remove(name.len() / 2);
        }
        format!("{slash}{name} {}", words.join(" "))
    });
    prop_oneof![1 => any::<String>(), 4 => typed]
}

/// Every line that an answer offers must be one that the bot understands.
fn understood(answer: &rapporteur::answer::Answer, line: &str) -> Result<(), TestCaseError> {
    for (_, choice) in terminal::choices(answer) {
        let again = line::parse(&choice, ada(), Platform::Terminal);
        prop_assert!(again.is_ok(), "{line:?} offers {choice:?}, which is not understood: {again:?}");
    }
    Ok(())
}

/// Lines that once offered something that was not understood.
#[test]
fn choices_are_never_empty() {
    let bot = Bot::with(&pack());
    for line in [
        "/quote \u{202e}",
        "-\u{b9}",
        "quote - f\u{f1}",
        "qute --page",
        "evnt",
        "\u{200b}",
        "/actor \u{feff}",
    ] {
        for choice in bot.ask_json(line)["choices"].as_array().into_iter().flatten() {
            let choice = choice["line"].as_str().unwrap();
            let output = bot.ask(choice);
            assert_ne!(output.code, 2, "{line:?} offers {choice:?}: {output}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_is_read(line in lines()) {
        if let Err(answer) = line::parse(&line, ada(), Platform::Terminal) {
            understood(&answer, &line)?;
        }
    }
}

/// On the first article: no line makes a command fail, and what is offered is understood.
#[test]
fn every_line_is_answered() {
    let bot = Bot::new().pack("us-mexico.toml", real_pack());
    let mut settings = Settings::default();
    settings.data.folder = bot.data();
    settings.library.packs = bot.packs();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (world, trouble): (World, _) = runtime.block_on(rapporteur::service::open(&settings)).unwrap();
    assert_eq!(trouble, None);
    let config = ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = proptest::test_runner::TestRunner::new(config).run(&lines(), |line| {
        let answer = runtime.block_on(terminal::ask(&world, &ada(), &line));
        prop_assert!(answer.kind != rapporteur::answer::AnswerKind::Failed, "{line:?}: {answer:?}");
        let shown = anstream::adapter::strip_str(&terminal::render(&answer, 80)).to_string();
        prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{line:?}: {shown:?}");
        understood(&answer, &line)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
