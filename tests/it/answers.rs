//! What members and editors read: answers from the first article, on a real library file, at a fixed
//! time and with fixed rng. The snapshots are read by a person before they are accepted.

use std::path::{Path, PathBuf};

use rapporteur::answer::{Answer, AnswerKind, Block, ChoiceKind};
use rapporteur::chat::terminal;
use rapporteur::commands::{self, Caller, Origin, Role, TABLE};
use rapporteur::platform::Platform;

use crate::common::{Room, pack, real_pack};

fn text(answer: &Answer) -> String {
    anstream::adapter::strip_str(&terminal::render(answer, 100)).to_string()
}

fn everything(answer: &Answer) -> String {
    serde_json::to_string(answer).unwrap()
}

#[tokio::test]
async fn answers_read_well() {
    let room = Room::first_article().await;
    for (name, line) in [
        ("quote_paz", "/quote Paz"),
        ("quote_biden", "/quote Biden"),
        ("quote_trump", "/quote Trump"),
        ("quote_amlo", "/quote AMLO"),
        ("quote_who_lost_mexico", "/quote who lost mexico"),
        ("quote_misspelt", "/quote ocatvio paz"),
        ("quote_random", "/quote"),
        ("quote_nobody", "/quote Xi Jinping"),
        ("timeline_2020", "/timeline 2020"),
        ("timeline", "/timeline"),
        ("timeline_amlo", "/timeline AMLO"),
        ("timeline_first_page", "/timeline all"),
        ("timeline_last_page", "/timeline all --page 5"),
        ("timeline_1990s", "/timeline 1990s"),
        ("timeline_nothing", "/timeline 1850"),
        ("today", "/today"),
        ("event_summit", "/event summit"),
        ("event_911", "/event 9/11"),
        ("actor_amlo", "/actor amlo"),
        ("actor_amlo_facts", "/actor amlo --list facts"),
        ("actor_by_description", "/actor founder of wikileaks"),
        ("argument_trilateral", "/argument trilateral"),
        ("arguments", "/argument"),
        ("arguments_all", "/argument all"),
        ("search_question", "/search why does AMLO distrust Democrats"),
        ("search_quote", "/search erdogan trap"),
        ("search_partly", "/search election of the martians"),
        ("topic_energy", "/topic energy"),
        ("topics", "/topic"),
        ("compare", "/compare Trudeau and AMLO"),
        ("source_of_a_quote", "/source my way or the highway"),
        ("source_of_the_editors", "/source migration"),
        ("article", "/article"),
        ("articles", "/articles"),
        ("help", "/help"),
        ("help_quote", "/help quote"),
        ("unknown_command", "/qoute Paz"),
        ("reload_unchanged", "/reload"),
        ("status", "/status"),
        ("audit", "/audit"),
    ] {
        let mut settings = insta::Settings::clone_current();
        // Sizes and revisions change with every word of the pack; that they are there is enough.
        settings.add_filter(r"\b[0-9a-f]{16}\b", "(revision)");
        settings.add_filter(r"\d[\d.]* (KiB|MiB)", "(size)");
        settings.add_filter(r"\d+\.\d\d s", "(time)");
        let answer = text(&room.ask(line).await);
        settings.bind(|| insta::assert_snapshot!(name, format!("> {line}\n\n{answer}")));
    }
}

/// What people type, and what they mean by it.
#[tokio::test]
async fn finds_what_people_type() {
    let room = Room::first_article().await;
    for (line, title) in [
        // Aliases, accents, case, parts of names.
        ("actor AMLO", "Andrés Manuel López Obrador"),
        ("actor lopez obrador", "Andrés Manuel López Obrador"),
        ("actor LÓPEZ OBRADOR", "Andrés Manuel López Obrador"),
        ("actor obrador lopez", "Andrés Manuel López Obrador"),
        ("actor gop", "Republican Party"),
        ("actor wiki leaks", "WikiLeaks"),
        ("actor US", "United States"),
        ("actor U.S.", "United States"),
        ("actor turkey's", "Turkey"),
        // Spelling.
        ("actor ocatvio paz", "Octavio Paz"),
        ("actor trudaeu", "Justin Trudeau"),
        ("actor erdogn", "Recep Tayyip Erdogan"),
        ("actor sarukahn", "Arturo Sarukhan"),
        ("actor pena neito", "Enrique Peña Nieto"),
        // Descriptions.
        ("actor canadian prime minister", "Justin Trudeau"),
        ("actor founder of wikileaks", "Julian Assange"),
        // Things.
        ("event rose garden", "López Obrador's visit to the Rose Garden"),
        ("event remain in mexico", "Remain in Mexico (Migrant Protection Protocols)"),
        ("event MPP", "Remain in Mexico (Migrant Protection Protocols)"),
        ("event nafta", "Passage of NAFTA"),
        ("argument trilateral", "The trilateral agenda is smart"),
        ("argument erdogan", "The Erdogan trap"),
        ("topic refugees", "Migration"),
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {}", text(&answer));
        assert_eq!(answer.title.split(" (1 of ").next(), Some(title), "{line}");
    }
    for (line, words) in [
        ("quote who lost mexico", "Who, when, and why did we lose Mexico?"),
        ("quote stolen election", "was stolen from him in a fraudulent election"),
        ("quote hugs not bullets", "hugs, not bullets"),
        ("quote highway", "my way or the highway"),
        (
            "quote americans don't listen",
            "Americans didn’t know how to listen and Mexicans didn’t know how to speak up",
        ),
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}");
        let Some(Block::Quotation { words: found, .. }) = answer.blocks.first() else { panic!("{line}") };
        assert_eq!(found, words, "{line}");
    }
}

/// Nobody is given words that are not theirs, and nothing weak is shown as what was asked for.
#[tokio::test]
async fn puts_no_words_in_anyones_mouth() {
    let room = Room::first_article().await;
    for name in ["Biden", "Trump", "Trudeau", "Assange", "Hillary Clinton", "Erdogan", "Calderon"] {
        let answer = room.ask(&format!("quote {name}")).await;
        assert!(answer.title.starts_with("The article doesn't quote "), "{name}: {}", answer.title);
        for block in &answer.blocks {
            if let Block::Quotation { by, words, .. } = block {
                let last = name.split(' ').next_back().unwrap();
                assert!(!by.contains(", verbatim") || !by.starts_with(last), "{name} did not say {words}");
            }
        }
    }
    let paz = room.ask("quote Paz").await;
    assert!(everything(&paz).contains("\"reported\"") && !everything(&paz).contains("\"verbatim\""));
    // The article's own words are its author's, and nobody else's.
    let author = room.ask("quote Sarukhan").await;
    assert_eq!(author.title, "Arturo Sarukhan (1 of 5)");
    assert!(everything(&author).contains("\"by\":\"Arturo Sarukhan, the author"), "{author:#?}");
    for line in [
        "quote Putin",
        "actor Putin",
        "event moon landing",
        "argument flat earth",
        "topic football",
        "search zebra",
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::NothingFound, "{line}: {}", text(&answer));
        assert!(answer.blocks.iter().all(|block| !matches!(block, Block::Quotation { .. })), "{line}");
    }
}

/// Every answer about content says where it is from and how it is known, and every choice leads on.
#[tokio::test]
async fn every_answer_has_a_source_and_every_choice_works() {
    let room = Room::first_article().await;
    let mut lines: Vec<String> =
        ["quote AMLO", "timeline", "argument", "topic", "search mexico", "articles", "article"]
            .iter()
            .map(ToString::to_string)
            .collect();
    let mut seen = std::collections::HashSet::new();
    while let Some(line) = lines.pop() {
        if !seen.insert(line.clone()) {
            continue;
        }
        let answer = room.ask(&line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {}", text(&answer));
        let command = line.split(' ').next().unwrap_or_default();
        let is_content =
            matches!(command, "quote" | "timeline" | "event" | "actor" | "argument" | "search" | "compare");
        assert!(!is_content || answer.source.is_some(), "{line} has no source");
        // A random quote leads to another one for ever; one of them is enough.
        lines.extend(terminal::choices(&answer).into_iter().map(|(_, line)| line));
    }
    // The whole pack is reachable from there.
    assert!(seen.len() > 250, "only {} lines were reached", seen.len());
}

/// The author is whoever wrote the article that is asked about, not somebody with that name.
#[tokio::test]
async fn the_author_goes_by_the_article() {
    let room = Room::first_article().await;
    for line in ["actor the author", "actor author", "actor the author of this article", "actor el autor"] {
        let answer = room.ask(line).await;
        assert_eq!(answer.title, "Arturo Sarukhan", "{line}: {}", text(&answer));
    }
    let searched = text(&room.ask("search who is the author").await);
    assert!(searched.contains("[1] Arturo Sarukhan: Ambassador of Mexico"), "{searched}");
    assert!(text(&room.ask("quote the author").await).contains("Arturo Sarukhan"));

    // Where one article names its author and another does not, the author is that one's.
    let packs = tempfile::tempdir().unwrap();
    let room = Room::with(&second_article(packs.path())).await;
    assert_eq!(room.ask("actor the author --article us-mexico").await.title, "Arturo Sarukhan");
    assert_eq!(room.ask("actor the author --article walls").await.kind, AnswerKind::NothingFound);
}

/// Choosing a line never changes anything: whatever it leads to asks first, and only the confirmation does it.
#[tokio::test]
async fn what_changes_something_is_confirmed_first() {
    let packs = tempfile::tempdir().unwrap();
    let room = Room::with(&second_article(packs.path())).await;
    let pack = packs.path().join("walls.toml");
    let first = room.world.store.current().unwrap().revision().to_string();
    let text = std::fs::read_to_string(&pack).unwrap();
    std::fs::write(&pack, text.replace("Of Walls", "On Walls")).unwrap();
    assert_eq!(room.ask("reload").await.kind, AnswerKind::Found);
    let second = room.world.store.current().unwrap().revision().to_string();
    let request = |line: &str, origin| {
        let caller = Caller { id: "test:ada".into(), role: Role::Editor };
        let command = TABLE.iter().find(|it| line.starts_with(it.name)).unwrap();
        let mut request =
            commands::line::parse(line, caller, command.only.unwrap_or(Platform::Terminal)).unwrap();
        request.places = vec!["matrix:room:!room".parse().unwrap()];
        request.origin = origin;
        request
    };
    let noted = room.world.community.audit(100).await.unwrap().len();
    let rollback = format!("rollback {first}");
    let changing =
        TABLE.iter().filter(|command| !command.effect.may_be_chosen()).flat_map(|command| command.examples);
    // Some only show what is set.
    let changing = changing.copied().filter(|line| !request(line, Origin::Chosen).effect().may_be_chosen());
    for line in changing.chain([rollback.as_str(), "reload"]) {
        let answer = commands::run(&room.world, &request(line, Origin::Chosen)).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {}", self::text(&answer));
        let confirms: Vec<_> = answer.choices.iter().filter(|it| it.kind == ChoiceKind::Confirm).collect();
        assert_eq!(confirms.len(), 1, "{line}: {}", self::text(&answer));
        assert!(everything(&answer).contains("test:ada"), "{line} does not say who asks");
    }
    assert_eq!(room.world.store.current().unwrap().revision(), second);
    assert!(room.world.community.settings(&"matrix:room:!room".parse().unwrap()).is_empty());
    assert_eq!(room.world.community.audit(100).await.unwrap().len(), noted);

    let asked = commands::run(&room.world, &request(&rollback, Origin::Chosen)).await;
    let said = self::text(&asked);
    assert!(said.contains(&first) && said.contains(&second), "from where to where: {said}");
    let confirm = asked.choices.iter().find(|it| it.kind == ChoiceKind::Confirm).unwrap();
    // "The one before" is said by its name, so that a second press does not go forth again.
    let before = commands::run(&room.world, &request("rollback", Origin::Chosen)).await;
    assert_eq!(before.choices, asked.choices);
    commands::run(&room.world, &request(&confirm.line, Origin::chosen(confirm.kind))).await;
    assert_eq!(room.world.store.current().unwrap().revision(), first);
}

fn second_article(folder: &Path) -> PathBuf {
    std::fs::write(folder.join("us-mexico.toml"), real_pack()).unwrap();
    let pack = r#"
        [article]
        id = "walls"
        title = "Of Walls"
        language = "en"
        summary = "An essay on walls and bridges."
        [[actor]]
        id = "paz"
        name = "Octavio Paz"
        kind = "person"
        summary = "Quoted on solitude."
        source = { paragraph = 1, exact = "Octavio Paz wrote" }
        [[quote]]
        id = "solitude"
        words = "solitude is the profoundest fact"
        kind = "verbatim"
        speaker = "paz"
        context = "On the human condition."
        source = { paragraph = 1 }
    "#;
    std::fs::write(folder.join("walls.toml"), pack).unwrap();
    folder.to_path_buf()
}

#[tokio::test]
async fn with_two_articles_answers_say_which() {
    let packs = tempfile::tempdir().unwrap();
    let room = Room::with(&second_article(packs.path())).await;
    let both = room.ask("quote Octavio Paz").await;
    let text_of_both = everything(&both);
    assert!(text_of_both.contains("solitude is the profoundest fact") && text_of_both.contains("speak up"));
    assert!(text_of_both.contains("\"article\":{\"titled\":\"Of Walls\"}"), "{text_of_both}");
    let one = room.ask("quote Octavio Paz --article walls").await;
    assert!(everything(&one).contains("solitude") && !everything(&one).contains("speak up"));
    let actor = room.ask("actor Octavio Paz").await;
    assert!(actor.choices.iter().any(|choice| choice.line.contains("--article")), "{}", text(&actor));
    let wrong = room.ask("quote Paz --article atlantis").await;
    assert_eq!(wrong.kind, AnswerKind::NothingFound);
    assert_eq!(room.ask("article").await.title, "2 articles");
}

#[tokio::test]
async fn timelines_understand_what_answers_say() {
    let room = Room::first_article().await;
    for (line, event) in [
        ("timeline early 1990s", "Upswing in U.S.-Mexican collaboration"),
        ("timeline late 1920s", "Mexico's post-revolutionary era"),
        ("timeline 9/11", "The 9/11 attacks"),
        ("timeline fall 2021", "North American Leaders' Summit"),
        ("timeline last fall", "North American Leaders' Summit"),
        ("timeline Biden 2020", "Biden's victory"),
        ("timeline 2006 AMLO", "López Obrador's bid for the presidency in 2006"),
        ("timeline us-mexico", "Passage of NAFTA"),
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {}", text(&answer));
        assert!(everything(&answer).contains(event), "{line}: {}", text(&answer));
    }
    assert!(!everything(&room.ask("timeline Biden 2020").await).contains("Leaders' Summit"));
}

/// Today is 23 November: only what is known to be of that day is of it, in whichever year.
#[expect(clippy::too_many_lines, reason = "one pack, and what is asked of it in turn")]
#[tokio::test]
async fn today_is_a_day_of_any_year() {
    let pack = |id: &str, events: &[(&str, &str)]| {
        let events = events.iter().map(|(title, edtf)| {
            let id = title.to_lowercase().replace(' ', "-");
            format!(
                "[[event]]\nid = \"{id}\"\ntitle = \"{title}\"\nsummary = \"It happened.\"\nby = \"editor\"\n\
                 when = {{ edtf = \"{edtf}\", by = \"editor\" }}\n"
            )
        });
        pack().article(id).with(&events.collect::<String>()).text()
    };
    let room = Room::of(&[
        &pack(
            "many",
            &[
                ("The bridge", "1963-11-23"),
                ("The old bridge", "-0043-11-23"),
                ("The fire", "1990-11-24"),
                ("The flood", "1929-03-01"),
                ("The month", "1971-11"),
                ("The days", "1972-11-22/1972-11-24"),
                ("The guess", "1973-11-23~"),
                ("The doubt", "1974-11-23?"),
            ],
        ),
        &pack(
            "another",
            &[
                ("The spring", "1950-03-01"),
                ("The summer", "1940-07-02"),
                ("The winter", "1930-12-24"),
                ("The eve", "1920-11-22"),
            ],
        ),
        &pack("years", &[("The year", "1980"), ("The decade", "199X")]),
    ])
    .await;
    let asked = async |line: &str| {
        let answer = room.ask(line).await;
        let lines: Vec<String> = answer
            .blocks
            .iter()
            .flat_map(|block| match block {
                Block::List { entries, .. } => {
                    entries.iter().map(|it| format!("{}: {}", it.lead, it.text)).collect()
                }
                _ => vec![],
            })
            .collect();
        assert_eq!(answer.source.is_some(), !lines.is_empty(), "{line}: {}", text(&answer));
        (answer.kind, answer.title.clone(), lines, answer.choices)
    };

    for line in ["today", "today --article many", "today --article all"] {
        let (kind, title, lines, choices) = asked(line).await;
        assert_eq!((kind, title.as_str()), (AnswerKind::Found, "On this day, 23 November"), "{line}");
        assert_eq!(lines, ["23 November 44 BC: The old bridge", "23 November 1963: The bridge"], "{line}");
        assert!(choices.is_empty(), "{line}");
    }
    // The year goes round.
    let (kind, title, lines, choices) = asked("today --article another").await;
    assert_eq!((kind, title.as_str()), (AnswerKind::NothingFound, "No event on 23 November in any year."));
    assert_eq!(
        lines,
        ["24 December 1930: The winter", "1 March 1950: The spring", "2 July 1940: The summer"]
    );
    assert_eq!(choices[0].line, "timeline --article another");
    let (kind, title, lines, choices) = asked("today --article years").await;
    assert_eq!(kind, AnswerKind::NothingFound);
    assert_eq!(title, "No event on 23 November, or on any other exact day.");
    assert!(lines.is_empty());
    assert_eq!(choices[0].line, "timeline --article years");
    for choice in &choices {
        assert_eq!(room.ask(&choice.line).await.kind, AnswerKind::Found, "{}", choice.line);
    }
}

/// A word that is right but not there is not read as another one.
#[tokio::test]
async fn english_words_are_not_corrected_away() {
    let room = Room::first_article().await;
    for line in ["search how many people died", "search Trump wall", "search council dogs"] {
        let answer = room.ask(line).await;
        let read = answer.note.as_deref().is_some_and(|note| note.contains("Read"));
        assert!(!read && text(&answer).contains("othing"), "{line}: {}", text(&answer));
    }
}

#[tokio::test]
async fn members_may_not_do_what_editors_do() {
    let mut room = Room::first_article().await;
    let before = room.world.store.current().unwrap().revision().to_string();
    for role in [Role::Member, Role::Moderator] {
        room.caller.role = role;
        for line in ["reload", "reload --dry-run", "revisions", "rollback", "status", "audit"] {
            let answer = room.ask(line).await;
            assert_eq!(answer.kind, AnswerKind::Refused, "{line}");
            assert_eq!(answer.visibility, rapporteur::answer::Visibility::Asker);
        }
        assert!(!text(&room.ask("help").await).contains("/reload"));
    }
    assert_eq!(room.world.store.current().unwrap().revision(), before);
    room.caller.role = Role::Editor;
    let log = text(&room.ask("audit 50").await);
    assert_eq!(log.matches("refused").count(), 12, "{log}");
}

#[tokio::test]
async fn suggestions_come_as_one_types() {
    let room = Room::first_article().await;
    let option = &commands::command("actor").unwrap().options[0];
    for (typed, value, title) in [
        ("am", "AMLO", "Andrés Manuel López Obrador"),
        ("obr", "Obrador", "Andrés Manuel López Obrador"),
        ("trud", "Trudeau", "Justin Trudeau"),
        ("trudaeu", "Justin Trudeau", "Justin Trudeau"),
        ("canad", "Canada", "Canada"),
    ] {
        let suggestions = commands::suggest(&room.world, option, typed, None).await;
        let found = suggestions.iter().any(|it| (it.value.as_str(), it.title.as_str()) == (value, title));
        assert!(found, "{typed}: {suggestions:?}");
    }
    let all = commands::suggest(&room.world, option, "", None).await;
    assert_eq!(all.len(), 25);
    assert!(commands::suggest(&room.world, option, "zzzz", None).await.is_empty());
}
