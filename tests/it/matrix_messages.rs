//! Whatever is answered, Matrix takes it, and clients show it as it was meant: every answer that the bot can
//! give from the first article, and generated ones of any size.

use proptest::prelude::*;
use rapporteur::answer::{Answer, AnswerKind, Block, Citation, Entry, Known, plain_facts};
use rapporteur::chat::matrix::message::{BACK, KEYS, LIMIT, Message, ON, RenderOptions, is_key, render};
use rapporteur::chat::matrix::msc4391::{self, descriptions};
use rapporteur::commands::{self, Caller, Role, TABLE};
use rapporteur::platform::Platform;
use serde_json::Value;
use std::collections::HashSet;

use crate::common::strategies::{self, Words};
use crate::common::{Room, article_lines, real_pack};

pub const BOT: &str = "@rapporteur:example.org";

/// Asked by an editor in a room.
fn in_a_room(room: Room) -> Room {
    room.on(Platform::Matrix, "matrix:@ada:example.org", &["matrix:room:!room"])
}

pub fn editor() -> Caller {
    Caller { id: "matrix:@ada:example.org".into(), role: Role::Editor }
}

fn options(line: Option<&str>) -> RenderOptions<'_> {
    RenderOptions { prefix: "!", line, part: 0 }
}

/// All messages of an answer, each one that clients show well.
#[track_caller]
pub fn messages(answer: &Answer, line: Option<&str>) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let part = all.len();
        let message = render(answer, &RenderOptions { part, ..options(line) });
        check(&message);
        let turns = |key: &str, to: usize| {
            message
                .actions
                .iter()
                .any(|it| it.key == key && Some(it.line.as_str()) == line && (it.part, to) == (to, it.part))
        };
        assert_eq!(turns(BACK, part.wrapping_sub(1)), part > 0, "{message:?}");
        let goes_on = turns(ON, part + 1);
        all.push(message);
        if !goes_on {
            break;
        }
    }
    // A part that is not there is the last one.
    assert_eq!(render(answer, &RenderOptions { part: usize::MAX, ..options(line) }), all[all.len() - 1]);
    all
}

#[track_caller]
fn check(message: &Message) {
    let Message { body, html, actions, .. } = message;
    let size = |text: &str| serde_json::to_string(text).unwrap().len() - 2;
    assert!(size(body) + size(html) <= LIMIT, "{} and {} bytes", size(body), size(html));
    assert!(!body.trim().is_empty() && !body.starts_with('>'), "{body}");
    let seen = seen(html);
    for text in [body, &seen] {
        let garbles = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        };
        assert!(!text.contains(garbles), "{text:?}");
        assert!(!text.to_lowercase().contains("@room"), "{text}");
    }
    // Both say the same, in the same order; but the body has the address of a link that the HTML has not to show.
    let words = |text: &str| {
        let words = text.split_whitespace().filter(|word| !word.starts_with("https://"));
        bare(&words.collect::<String>())
    };
    assert_eq!(words(body), words(&seen));
    let keys: HashSet<_> = actions.iter().map(|action| action.key).collect();
    assert_eq!(keys.len(), actions.len(), "{actions:?}");
    let numbers: Vec<&str> =
        actions.iter().map(|action| action.key).filter(|key| KEYS.contains(key)).collect();
    assert_eq!(numbers, KEYS[..numbers.len()], "{actions:?}");
    for action in actions {
        assert!(KEYS.contains(&action.key) || [BACK, ON].contains(&action.key));
        assert!(body.contains(action.key) && seen.contains(action.key), "{action:?} is not in {body}");
        assert!(!action.line.trim().is_empty());
    }
}

/// What one sees of HTML. It must be of the few tags that are ours, each closed in its place and without
/// attributes but for the address of a link, and nothing in it may be left for a client to guess.
#[track_caller]
fn seen(html: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut seen = String::new();
    let mut rest = html;
    while let Some(next) = rest.chars().next() {
        match next {
            '<' => {
                let end = rest.find('>').unwrap_or_else(|| panic!("{html}"));
                let tag = tag_name(&rest[1..end]);
                rest = &rest[end + 1..];
                let block = ["p", "h4", "blockquote", "ul", "pre"];
                match (tag.strip_prefix('/'), open.last().copied()) {
                    (Some(closed), last) => {
                        assert_eq!(last, Some(closed), "{html}");
                        open.pop();
                        if block.contains(&closed) || closed == "li" {
                            seen.push('\n');
                        }
                        continue;
                    }
                    (None, Some("p" | "blockquote")) if tag == "br" => {
                        seen.push('\n');
                        continue;
                    }
                    (None, None) => assert!(block.contains(&tag), "{html}"),
                    (None, Some("ul")) => assert_eq!(tag, "li", "{html}"),
                    (None, Some("pre")) => assert_eq!(tag, "code", "{html}"),
                    (None, Some("p" | "em")) if tag == "a" => {}
                    (None, Some("p" | "li" | "blockquote")) => {
                        assert!(["strong", "em", "code"].contains(&tag), "{html}")
                    }
                    (None, Some(last)) => panic!("<{tag}> in <{last}>: {html}"),
                }
                open.push(tag);
            }
            '&' => {
                let end = rest.find(';').unwrap_or_else(|| panic!("{html}"));
                seen.push(match &rest[..=end] {
                    "&amp;" => '&',
                    "&lt;" => '<',
                    "&gt;" => '>',
                    "&quot;" => '"',
                    "&#39;" => '\'',
                    other => panic!("{other}: {html}"),
                });
                rest = &rest[end + 1..];
            }
            '>' | '"' | '\'' => panic!("{next} in {html}"),
            next => {
                assert!(open.last().is_some_and(|last| !["ul", "pre"].contains(last)), "{html}");
                seen.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    assert!(open.is_empty(), "{open:?} are open: {html}");
    seen
}

/// The name of a tag: of those with attributes only a link to a page is ours.
#[track_caller]
fn tag_name(tag: &str) -> &str {
    let Some(address) = tag.strip_prefix("a href=\"") else { return tag };
    let address = address.strip_suffix('"').unwrap_or_else(|| panic!("{tag}"));
    assert!(address.starts_with("https://") && !address.contains('"'), "{tag}");
    "a"
}

/// Letters and digits alone.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text of one who reads on to the end, without the title and what turns the parts.
fn read(messages: &[Message]) -> String {
    let foot = |line: &&str| !line.starts_with("(back: ") && !line.starts_with("(continues: ");
    let bodies = messages.iter().map(|message| message.body.split_once('\n').map_or("", |(_, rest)| rest));
    bodies.flat_map(str::lines).filter(foot).map(|line| format!("{line}\n")).collect()
}

/// Everything that an answer says, each text as it must be found in one piece.
fn said(answer: &Answer) -> Vec<String> {
    let place = |source: &Citation| match source.paragraphs.as_slice() {
        [] => source.known.first().map(|known| known.words(&source.author)).unwrap_or_default(),
        numbers => numbers.iter().map(u32::to_string).collect(),
    };
    let blocks = answer.blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text } | Block::Code { text } => vec![text.clone()],
        Block::Link { label, .. } => vec![label.clone()],
        // Nobody's words without whose they are and where they stand.
        Block::Quotation { words, by, context, source } => {
            vec![format!("{words}{by}{context}{}", source.line_below_the_name())]
        }
        Block::List { entries, .. } if entries.is_empty() => vec![],
        Block::List { title, entries } => {
            let entries = entries.iter().map(|entry| {
                let place = entry.source.as_ref().map(place).unwrap_or_default();
                format!("{}{}{place}", entry.lead, entry.text)
            });
            std::iter::once(title.clone()).chain(entries).collect()
        }
        Block::Fields { fields } => fields.iter().map(|(name, value)| format!("{name}{value}")).collect(),
        Block::Facts { facts } => {
            plain_facts(facts).iter().map(|(name, value)| format!("{name}{value}")).collect()
        }
    });
    let source = answer.source.as_ref().map(|source| {
        let names_them =
            |block: &Block| matches!(block, Block::Quotation { source: it, .. } if it.names(&source.author));
        if answer.blocks.iter().any(names_them) { source.line_below_the_name() } else { source.line() }
    });
    blocks.chain(answer.note.clone()).chain(source).collect()
}

#[tokio::test]
async fn every_answer_of_the_first_article_is_shown_whole() {
    let room = in_a_room(Room::first_article().await);
    let mut lines = article_lines();
    for odd in ["😀", "@room", "@ROOM", "<b>x</b> & \"y\"", "> q", "\u{202e}abc", "\u{0}", "</code>", "&lt;"]
    {
        for command in ["quote", "search", "actor", "timeline", "source", "event", "nonsense"] {
            lines.push(format!("{command} {odd}"));
        }
    }
    let mut known: HashSet<String> = lines.iter().cloned().collect();
    let mut asked = 0;
    while let Some(line) = lines.pop() {
        asked += 1;
        let answer = room.ask(&line).await;
        // As the platform asks again.
        let again = commands::line::parse(&line, editor(), Platform::Matrix)
            .map_or(line.clone(), |request| commands::line::line(&request));
        let messages = messages(&answer, Some(&again));
        let text = bare(&read(&messages));
        let commands = |text: String| text.replace('/', "!");
        for said in said(&answer) {
            assert!(
                text.contains(&bare(&commands(said.clone()))),
                "/{line} does not show “{said}” but {text}"
            );
        }
        for action in messages.iter().flat_map(|message| &message.actions) {
            if let Err(answer) = commands::line::parse(&action.line, editor(), Platform::Matrix) {
                panic!("/{line} actions {}: {answer:?}", action.line);
            }
            let changes = ["rollback", "reload", "room", "leave"];
            let changes = changes.iter().any(|word| action.line.starts_with(word));
            if !changes && known.insert(action.line.clone()) {
                lines.push(action.line.clone());
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}

#[tokio::test]
async fn answers_look_well() {
    let room = in_a_room(Room::first_article().await);
    for (name, line) in [
        ("quote_paz", "quote Paz"),
        ("quote_biden", "quote Biden"),
        ("timeline_2020", "timeline 2020"),
        ("timeline_second_page", "timeline all --page 2"),
        ("actor_amlo", "actor AMLO"),
        ("argument_trilateral", "argument trilateral"),
        ("unknown_name", "actor Putin"),
        ("unsure_name", "argument mexico"),
        ("misspelt_command", "qoute Paz"),
        ("help", "help"),
        ("help_quote", "help quote"),
    ] {
        let answer = room.ask(line).await;
        let [message] = messages(&answer, Some(line)).try_into().unwrap();
        insta::assert_snapshot!(name, snapshot(line, &message));
    }
}

#[tokio::test]
async fn a_broken_reload_looks_well() {
    let packs = tempfile::tempdir().unwrap();
    std::fs::write(packs.path().join("us-mexico.toml"), real_pack()).unwrap();
    let room = in_a_room(Room::with(packs.path()).await);
    let broken = "[article]\nid = \"walls\"\ntitle = 7\nlanguage = \"en\"\ncolour = \"<red>\"\n";
    std::fs::write(packs.path().join("walls.toml"), broken).unwrap();
    let answer = room.ask("reload").await;
    let [message] = messages(&answer, None).try_into().unwrap();
    assert_eq!(message.file, None);
    let shown = snapshot("reload", &message).replace(packs.path().to_str().unwrap(), "(packs)");
    insta::assert_snapshot!("broken_reload", shown);
}

fn snapshot(line: &str, message: &Message) -> String {
    let actions: String =
        message.actions.iter().map(|it| format!("{} {} (part {})\n", it.key, it.line, it.part)).collect();
    // A line for each block; code has its own.
    let mut html = message.html.clone();
    for tag in ["</h4>", "</p>", "</blockquote>", "</ul>", "</pre>", "</li>", "<br>", "<ul>"] {
        html = html.replace(tag, &format!("{tag}\n"));
    }
    format!("!{line}\n\n--- body\n{}\n\n--- html\n{html}\n--- actions\n{actions}", message.body)
}

/// A list of many numbered lines of all sorts.
fn numbered(count: usize) -> Answer {
    let source = |at: usize| Citation {
        section: Some(format!("w{at}x")),
        known: vec![Known::Verbatim],
        ..Citation::default()
    };
    let mut answer = Answer::found("Many");
    for at in (0..count).step_by(10) {
        let word = |more: usize| format!("w{}x {}", at + more, "word <&> ".repeat(at % 50));
        answer.blocks.push(Block::Paragraph { text: format!("{}\n{}", word(0), word(1)) });
        answer.blocks.push(Block::Quotation {
            words: word(2),
            by: word(3),
            context: word(4),
            source: source(at + 5),
        });
        let entry = Entry { line: Some(format!("event e{at}")), ..Entry::new(word(6), word(7)) };
        answer.blocks.push(Block::List { title: String::new(), entries: vec![entry] });
        answer.blocks.push(Block::Fields { fields: vec![("name".into(), word(8))] });
        answer.blocks.push(Block::Code { text: word(9) });
    }
    answer.source(Some(source(count))).choice("Choose", "help").choice("Next page", "timeline --page 3")
}

#[test]
fn parts_have_everything_once_and_in_order() {
    let count = 600;
    let answer = numbered(count);
    let parts = messages(&answer, Some("timeline --page 2"));
    assert!(parts.len() > 5, "{}", parts.len());
    let text = read(&parts);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let numbers = words.filter_map(|it| it.strip_prefix('w')?.strip_suffix('x')?.parse().ok());
    assert_eq!(numbers.collect::<Vec<usize>>(), (0..=count).collect::<Vec<_>>());
    // Whose words, and where they stand, is in the part that has the words.
    for quotation in said(&answer).iter().filter(|said| said.contains("verbatim")) {
        assert!(parts.iter().any(|part| bare(&part.body).contains(&bare(quotation))), "{quotation}");
    }
    for (at, part) in parts.iter().enumerate() {
        assert!(part.body.starts_with(&format!("Many ({}/{})\n", at + 1, parts.len())));
        assert_eq!(part.body.contains("continues: ▶️"), at + 1 < parts.len());
        // They are filled.
        assert!(at + 1 == parts.len() || part.body.len() + part.html.len() > LIMIT / 2);
    }
    // The first part has nothing before it; from the last one it goes on with the next page.
    assert!(parts[0].actions.iter().all(|action| action.key != BACK));
    let last = parts[parts.len() - 1].actions.iter().find(|action| action.key == ON).unwrap();
    assert_eq!((last.line.as_str(), last.part), ("timeline --page 3", 0));
    assert_eq!(text.matches("Next page").count(), 1);
}

#[test]
fn what_must_not_be_run_again_is_whole_in_a_file() {
    let mut answer = Answer::other(AnswerKind::Failed, "Nothing was loaded: 300 errors in the packs.");
    for number in 0..300 {
        let text = format!("error {number}: <wrong> here, and why it is\n  │ see line {number}");
        answer.blocks.push(Block::Code { text });
    }
    answer = answer.paragraph("What was loaded content stays in use.").choice("Commands", "help");
    let [message] = messages(&answer, None).try_into().unwrap();
    let (name, bytes) = message.file.clone().unwrap();
    let file = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "answer.txt");
    for number in 0..300 {
        assert!(file.contains(&format!("error {number}: <wrong> here")), "{number}");
    }
    assert!(!file.contains('\u{1b}'));
    assert!(message.body.contains("error 0: <wrong> here") && message.body.contains("answer.txt"));
    assert_eq!(message.actions.len(), 1);
    assert!(!message.body.contains(ON));
}

#[test]
fn commands_are_named_as_they_are_written_here() {
    let answer = Answer::found("/quote needs more, “/room show” too")
        .paragraph("Ask an editor to /reload. Not /quoted, and/or, config/article/x, /article/x, /help-me")
        .choice("/quote Paz", "quote Paz")
        .choice("Did you mean /help quote?", "help quote");
    let message = render(&answer, &RenderOptions { prefix: "rap!", line: None, part: 0 });
    let body = "rap!quote needs more, “rap!room show” too\n\n\
        Ask an editor to rap!reload. Not /quoted, and/or, config/article/x, /article/x, /help-me\n\n\
        1️⃣ rap!quote Paz\n2️⃣ Did you mean rap!help quote?";
    assert_eq!(message.body, body);
    assert!(message.html.contains("1️⃣ <code>rap!quote Paz</code><br>2️⃣ Did"), "{}", message.html);
    // The words of the article are nobody's to change.
    let source = Citation { paragraphs: vec![1], ..Citation::default() };
    let mut answer = Answer::found("t");
    answer.blocks.push(Block::Quotation {
        words: "a /quote b".into(),
        by: "by".into(),
        context: String::new(),
        source,
    });
    assert!(render(&answer, &options(None)).body.contains("> “a /quote b”\n> — by\nparagraph 1"));
}

#[test]
fn more_choices_than_reactions_can_still_be_typed() {
    let mut answer = Answer::found("t");
    let entries = (0..8)
        .map(|at| Entry { line: Some(format!("event e{at}")), ..Entry::new("", format!("an event, {at}")) });
    answer = answer.list("Events", entries.collect());
    for at in 0..6 {
        answer = answer.choice(format!("a choice, {at}"), format!("topic t{at}"));
    }
    let [message] = messages(&answer, Some("search x")).try_into().unwrap();
    let lines: Vec<&str> = message.actions.iter().map(|action| action.line.as_str()).collect();
    let kept = ["event e0", "event e1", "event e2", "event e3"];
    assert_eq!(lines[..4], kept);
    assert_eq!(lines.len(), 10);
    assert!(message.body.contains("• an event, 4 · !event e4"), "{}", message.body);
    assert!(message.body.contains("5️⃣ a choice, 0 · !topic t0"), "{}", message.body);
    // The same command twice has one reaction.
    let mut twice = Answer::found("t").choice("one", "help").choice("other", "help");
    twice = twice.list("", vec![Entry { line: Some("help".into()), ..Entry::new("", "third") }]);
    let [message] = messages(&twice, None).try_into().unwrap();
    assert_eq!(message.actions.len(), 1);
    assert_eq!(message.body, "t\n\n1️⃣ third · !help\n\n1️⃣ one · !help");
}

#[test]
fn pages_turn_with_arrows() {
    let answer = Answer::found("t")
        .choice("Next page", "timeline 2020 --page 4")
        .choice("Previous page", "timeline 2020 --page 2")
        .choice("Else", "timeline 2021 --page 2");
    let keys = |line| {
        let actions = render(&answer, &options(line)).actions;
        actions.iter().map(|it| it.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(Some("timeline 2020 --page 3")), [KEYS[0], BACK, ON]);
    // Both are further on.
    assert_eq!(keys(Some("timeline 2020")), [KEYS[0], KEYS[1], ON]);
    assert_eq!(keys(None), KEYS[..3]);
    assert!(is_key("1\u{20e3}", KEYS[0]) && is_key("▶", ON) && !is_key("2\u{20e3}", KEYS[0]));
}

pub fn words() -> Words {
    let markup = "[a-zA-Z ,.*&'\"|<>@#/\\[\\]\\\\\n-]{0,80}".boxed();
    let pieces: &[_] =
        &["wall ", "@room", "@ROOM", "\u{202e}", "\u{2028}", "\r\n", "\t", "👨‍👩‍👧‍👦", "é", "</p>", "\n"];
    let escaped = strategies::pieces(&["\"", "'", "&", "<", " "], 0..3_000);
    strategies::words(vec![(4, markup), (1, strategies::pieces(pieces, 0..400)), (1, escaped)])
}

fn answer() -> impl Strategy<Value = Answer> {
    strategies::answer(&words(), 8, 16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_is_shown_whole(answer in answer()) {
        let text = bare(&read(&messages(&answer, Some("quote Paz"))));
        for said in said(&answer) {
            let said = said.replace('\r', " ");
            prop_assert!(text.contains(&bare(&said)), "{said:?} is lost");
        }
    }

    #[test]
    fn any_answer_that_is_not_asked_again_is_shown(answer in answer()) {
        let messages = messages(&answer, None);
        prop_assert_eq!(messages.len(), 1);
        let whole = bare(&read(&messages));
        if messages[0].file.is_none() {
            for said in said(&answer) {
                prop_assert!(whole.contains(&bare(&said)), "{said:?} is lost");
            }
        }
    }
}

/// As the proposal says what is valid.
#[test]
fn the_commands_are_described() {
    // The proposal's own example.
    let key = msc4391::state_key("ban", "@draupnir:draupnir.space");
    assert_eq!(key, "JBDLR6YMe+72yqsEMi/MVdTmjN3ynPThMz+M7QLATZQ=");
    for several in [false, true] {
        let all = descriptions(BOT, several);
        let keys: HashSet<_> = all.iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), all.len());
        let names: Vec<&str> = all.iter().filter_map(|(_, content)| content["command"].as_str()).collect();
        let offered: Vec<&str> =
            TABLE.iter().filter(|row| row.is_on(Platform::Matrix)).map(|row| row.name).collect();
        assert_eq!(names, offered);
        for (key, content) in &all {
            assert_eq!(*key, msc4391::state_key(content["command"].as_str().unwrap(), BOT));
            assert!(content["description"]["m.text"][0]["body"].is_string());
            assert!(serde_json::to_string(content).unwrap().len() < 4_000);
            let parameters = content["parameters"].as_array().unwrap();
            let keys: Vec<&str> = parameters.iter().map(|it| it["key"].as_str().unwrap()).collect();
            assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
            assert!(several || !keys.contains(&"article") || content["command"] == "article");
            let tail = content.get("fi.mau.tail_parameter").map(|tail| tail.as_str().unwrap());
            let tail = tail.map_or(usize::MAX, |tail| keys.iter().position(|key| *key == tail).unwrap());
            for (at, parameter) in parameters.iter().enumerate() {
                assert!(parameter["description"]["m.text"][0]["body"].is_string());
                assert!(at <= tail || parameter["optional"] == true, "{content}");
                let schema = &parameter["schema"];
                let simple = |schema: &Value| match schema["schema_type"].as_str() {
                    Some("primitive") => {
                        ["string", "integer", "boolean"].contains(&schema["type"].as_str().unwrap())
                    }
                    Some("literal") => schema["literal_type"] == "string" && schema["value"].is_string(),
                    _ => false,
                };
                let variants = schema["variants"].as_array();
                let union =
                    schema["schema_type"] == "union" && variants.is_some_and(|it| it.iter().all(simple));
                assert!(union || simple(schema), "{schema}");
            }
        }
    }
    let room = descriptions(BOT, true).into_iter().find(|(_, content)| content["command"] == "room commands");
    let (key, content) = room.unwrap();
    let content = serde_json::to_string_pretty(&content).unwrap();
    insta::assert_snapshot!("description", format!("state key: {key}\n{content}"));
}
