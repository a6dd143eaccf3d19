//! Whatever is answered, Discord takes it: every answer that the bot can give from the first article, and
//! generated ones of any size, checked by twilight, which reads Discord's limits independently of us.

use std::collections::HashSet;

use proptest::prelude::*;
use rapporteur::answer::{Answer, AnswerKind, Block, Part};
use rapporteur::chat::discord::component_id::{CommandId, ComponentId, LineRef, decode};
use rapporteur::chat::discord::message::{Message, RenderOptions, render};
use rapporteur::chat::discord::{command_registration, limits};
use rapporteur::commands::{self, Role, TABLE};
use rapporteur::platform::Platform;
use serde_json::Value;
use twilight_model::application::command::Command;
use twilight_model::channel::message::Component;
use twilight_validate::component::ComponentValidationErrorType;

use crate::common::{Room, article_lines, strategies};

/// The first article, asked by an editor in a channel.
async fn first_article() -> Room {
    Room::first_article().await.on(Platform::Discord, "discord:1", &["discord:channel:1", "discord:server:2"])
}

/// All messages of an answer, each within Discord's limits.
#[track_caller]
fn messages(answer: &Answer, line: Option<&str>) -> Vec<Message> {
    let options = RenderOptions { line, part: 0, caller: Some(u64::MAX), ..RenderOptions::default() };
    let mut all = vec![render(answer, options)];
    let title = all[0].body["components"][0]["components"][0]["content"].as_str().unwrap();
    let parts = title.rsplit_once('/').and_then(|(_, number)| number.strip_suffix(']')?.parse().ok());
    for part in 1..parts.unwrap_or(1).min(if line.is_some() { usize::MAX } else { 1 }) {
        all.push(render(answer, RenderOptions { part, ..options }));
    }
    for message in &all {
        check(message);
    }
    all
}

#[track_caller]
fn check(message: &Message) {
    let body = &message.body;
    let components = body["components"].as_array().unwrap();
    let read: Vec<Component> = serde_json::from_value(body["components"].clone()).unwrap();
    for component in &read {
        match twilight_validate::component::component_v2(component).map_err(|error| error.into_parts().0) {
            // It knows the limit of a message's own text; that of components is 4,000.
            Ok(()) | Err(ComponentValidationErrorType::TextDisplayContentTooLong { .. }) => {}
            Err(error) => panic!("{error:?}: {body}"),
        }
    }
    let all = all_of(components);
    assert!(all.len() <= limits::COMPONENTS, "{}: {body}", all.len());
    let texts = all.iter().filter_map(|it| it["content"].as_str());
    let total: usize = texts.map(limits::length).sum();
    assert!(total <= limits::TEXTS_TOTAL, "{total}: {body}");
    // What twilight does not look at.
    let (mut ids, mut values) = (HashSet::new(), HashSet::new());
    for component in &all {
        if let Some(url) = component["url"].as_str() {
            assert!(url.encode_utf16().count() <= limits::LINK_URL, "{url}");
        }
        let Some(id) = component["custom_id"].as_str() else { continue };
        assert!(ids.insert(id.to_string()), "{id} twice: {body}");
        let mut held = vec![id];
        if let Some(options) = component["options"].as_array() {
            held = options.iter().map(|option| option["value"].as_str().unwrap()).collect();
        }
        for id in held {
            assert!(id.encode_utf16().count() <= 100, "{id}");
            assert!(values.insert(id.to_string()), "{id} twice: {body}");
            match decode(id) {
                Some(ComponentId::Command(CommandId { line: LineRef::Key(key), .. })) => {
                    assert!(message.lines.iter().any(|(known, _)| *known == key), "{key} is not kept")
                }
                Some(_) => {}
                None => panic!("{id} stands for nothing"),
            }
        }
    }
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
    assert_eq!(body["flags"], if message.private { 1 << 15 | 64 } else { 1 << 15 });
}

/// All components, those within others included, from top to bottom.
fn all_of(components: &[Value]) -> Vec<&Value> {
    let mut all = Vec::new();
    for component in components {
        all.push(component);
        all.extend(all_of(component["components"].as_array().map_or(&[][..], Vec::as_slice)));
        all.extend(all_of(component.get("accessory").map_or(&[][..], std::slice::from_ref)));
    }
    all
}

/// All text that somebody sees who reads on to the end, without markup: headings and feet, then what is between, then
/// what links are called.
fn text(messages: &[Message]) -> String {
    let (mut around, mut between, mut labels) = (String::new(), String::new(), String::new());
    for message in messages {
        let container = &message.body["components"][0]["components"];
        let texts = all_of(container.as_array().unwrap());
        let texts: Vec<&str> = texts.iter().filter_map(|it| it["content"].as_str()).collect();
        let ends = |at: usize| at == 0 || at + 1 == texts.len();
        around.extend(texts.iter().enumerate().filter(|(at, _)| ends(*at)).map(|(_, text)| *text));
        // A foot stands below a separator.
        let has_foot = container.as_array().unwrap().iter().any(|it| it["type"] == 14);
        between.extend(texts[1..texts.len() - usize::from(has_foot)].iter().copied());
        labels.extend(
            all_of(message.body["components"].as_array().unwrap())
                .iter()
                .filter_map(|it| it["label"].as_str()),
        );
    }
    bare(&(around + between.as_str() + labels.as_str()))
}

/// Letters and digits alone.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Everything that an answer says.
fn said(answer: &Answer) -> Vec<String> {
    answer
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph { text } => vec![text.clone()],
            Block::Quotation { words, by, context, source } => {
                vec![words.clone(), by.clone(), context.clone(), source.line_below_the_name()]
            }
            Block::List { entries, .. } => entries.iter().map(|entry| entry.text.clone()).collect(),
            Block::Fields { fields } => fields.iter().map(|(_, value)| value.clone()).collect(),
            Block::Facts { facts } => {
                let text = |part: &Part| matches!(part, Part::Text(_)).then(|| part.plain());
                facts.iter().flat_map(|(name, value)| name.iter().chain(value)).filter_map(text).collect()
            }
            Block::Link { label, .. } => vec![label.clone()],
            Block::Code { .. } => vec![],
        })
        .collect()
}

#[tokio::test]
async fn every_answer_of_the_first_article_is_taken_whole() {
    let room = first_article().await;
    let mut lines = article_lines();
    for odd in
        ["😀", "@everyone", "<@123> <@&4> <#5>", "**b** `c` ||d|| # e", "<b>x</b>", "\u{202e}abc", "\u{0}"]
    {
        for command in ["quote", "search", "actor", "timeline", "source", "event", "nonsense"] {
            lines.push(format!("{command} {odd}"));
        }
    }
    let mut seen = HashSet::new();
    let mut buttons = Vec::new();
    for line in lines {
        let answer = room.ask(&line).await;
        let messages = messages(&answer, Some(&line));
        let text = text(&messages);
        for said in said(&answer) {
            assert!(text.contains(&bare(&said)), "/{line} does not show “{said}” but {text}");
        }
        for choice in &answer.choices {
            if seen.insert(choice.line.clone()) {
                buttons.push(choice.line.clone());
            }
        }
    }
    // What buttons lead to, too.
    assert!(buttons.len() > 300, "{}", buttons.len());
    for line in buttons.iter().filter(|line| !line.starts_with("rollback")) {
        messages(&room.ask(line).await, Some(line));
    }
}

#[tokio::test]
async fn suggestions_are_taken() {
    let room = first_article().await;
    let options: Vec<_> = TABLE.iter().flat_map(|command| command.options).collect();
    let mut most = 0;
    for option in options {
        for typed in ["", "a", "m", "lop", "ocatvio", "19", "20", "2", "wall", "😀", &"x".repeat(6_000)] {
            let suggestions = commands::suggest(&room.world, option, typed, None).await;
            most = most.max(suggestions.len());
            assert!(suggestions.len() <= limits::SUGGESTIONS);
        }
    }
    assert_eq!(most, limits::SUGGESTIONS);
    let when = TABLE.iter().find(|it| it.name == "timeline").map(|it| &it.options[0]).unwrap();
    let years = commands::suggest(&room.world, when, "202", None).await;
    let years: Vec<&str> = years.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(years, ["2020", "2021", "2022", "2024"]);
    assert!(commands::suggest(&room.world, when, "aml", None).await.iter().any(|it| it.value == "AMLO"));
}

#[test]
fn the_commands_are_taken() {
    for several in [false, true] {
        let commands = command_registration::commands(command_registration::RegistrationOptions {
            several_articles: several,
            for_users: several,
        });
        let commands = commands.as_array().unwrap();
        assert!(commands.len() <= limits::COMMANDS);
        let names: HashSet<_> = commands.iter().map(|command| command["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), commands.len());
        for command in commands {
            let mut whole = command.clone();
            whole["version"] = "1".into();
            if whole.get("description").is_none() {
                whole["description"] = "".into();
            }
            let read: Command =
                serde_json::from_value(whole).unwrap_or_else(|error| panic!("{error}: {command}"));
            let is_typed = command["type"] == 1;
            if is_typed {
                twilight_validate::command::command(&read)
                    .unwrap_or_else(|error| panic!("{error}: {command}"));
                twilight_validate::command::chat_input_name(&read.name).unwrap();
            } else {
                assert!(read.description.is_empty() && read.options.is_empty());
            }
            checked_options(command["options"].as_array().unwrap_or(&vec![]), several);
        }
        let ask = commands.iter().find(|it| it["name"] == "ask").unwrap();
        assert_eq!(ask["options"][0]["name"], "question");
        assert_eq!(
            (&ask["options"][0]["required"], &ask["options"][0]["max_length"]),
            (&true.into(), &400.into())
        );
        // Every row of the table is there.
        for row in TABLE.iter().filter(|row| row.is_on(Platform::Discord)) {
            let top = commands.iter().find(|it| it["name"] == row.group().unwrap_or(row.name));
            let top = top.unwrap_or_else(|| panic!("{} is missing", row.name));
            if row.group().is_some() {
                let subs = top["options"].as_array().unwrap();
                assert!(subs.iter().any(|sub| sub["name"] == row.word() && sub["type"] == 1), "{}", row.name);
            }
            // Nothing can be hidden from anybody in direct messages.
            let places = top["contexts"].as_array().unwrap();
            assert_eq!(row.role == Role::Editor, !places.contains(&1.into()), "{}", row.name);
            // Manage Server is 1 << 5.
            let hidden = top.get("default_member_permissions") == Some(&"32".into());
            // A group is shown to everybody who can use anything of it.
            let of_group = TABLE.iter().filter(|it| it.group().is_some() && it.group() == row.group());
            let lowest = of_group.map(|it| it.role).min().unwrap_or(row.role);
            assert_eq!(hidden, lowest != Role::Member, "{}", row.name);
            if let Some(label) = row.label_on_message() {
                assert!(commands.iter().any(|it| it["name"] == label && it["type"] == 3));
            }
        }
    }
}

/// What serenity does not check and Discord refuses.
#[track_caller]
fn checked_options(options: &[Value], several_articles: bool) {
    let mut names = HashSet::new();
    let mut optional = false;
    for option in options {
        let name = option["name"].as_str().unwrap();
        twilight_validate::command::option_name(name).unwrap();
        assert!(names.insert(name), "{name} twice");
        assert!(several_articles || name != "article" || option["type"] == 1);
        let required = option["required"] == true;
        assert!(!(required && optional), "{name} is required after an optional one");
        optional |= !required;
        let choices = option["choices"].as_array().map_or(0, Vec::len);
        assert!(choices <= 25 && !(choices > 0 && option["autocomplete"] == true), "{name}");
        checked_options(option["options"].as_array().unwrap_or(&vec![]), several_articles);
    }
}

#[test]
fn a_file_is_never_cut_within_a_character() {
    // Three bytes each, so that most places are within one.
    for first in ["", "a", "ab"] {
        let mut answer = Answer::found("Much");
        let line = "—".repeat(4_000);
        let lines: Vec<&str> = std::iter::repeat_n(line.as_str(), 450).collect();
        answer.blocks.push(Block::Code { text: format!("{first}{}", lines.join("\n")) });
        let (_, bytes) = render(&answer, RenderOptions::default()).file.unwrap();
        assert!(bytes.len() > limits::FILE_BYTES / 2 - 4 && bytes.len() <= limits::FILE_BYTES / 2);
        assert!(String::from_utf8(bytes).is_ok());
    }
}

#[test]
fn people_and_times_are_shown_in_discords_ways() {
    let person = |id: &str| vec![Part::Person(id.into()), Part::Text(" *went* <@5>".into())];
    let facts =
        vec![(vec![Part::Time(1_600_000_000_999)], person("discord:77")), (vec![], person("discord:x<@1>"))];
    let shown = render(&Answer::found("Log").facts(facts), RenderOptions::default()).body;
    let text = shown["components"][0]["components"][1]["content"].as_str().unwrap();
    assert!(text.contains(r"**<t:1600000000:f>**: <@77> \*went\* \<\@5>"), "{text}");
    assert!(text.contains(r"discord:x\<\@1>"), "{text}");
}

#[test]
fn what_must_not_be_run_again_is_whole_in_a_file() {
    let mut answer = Answer::other(AnswerKind::Failed, "Nothing was loaded: 300 errors in the packs.");
    for number in 0..300 {
        answer
            .blocks
            .push(Block::Code { text: format!("error {number}: ```wrong``` here\n  │ see line {number}") });
    }
    let [message] = messages(&answer, None).try_into().unwrap();
    let (name, bytes) = message.file.clone().unwrap();
    let file = String::from_utf8(bytes).unwrap();
    assert_eq!(name, "answer.txt");
    for number in 0..300 {
        assert!(file.contains(&format!("error {number}: ```wrong``` here")), "{number}");
    }
    assert!(!file.contains('\u{1b}'));
    let shown = message.body["components"][0]["components"][1]["content"].as_str().unwrap();
    assert!(shown.contains("error 0:") && shown.ends_with("```"), "{shown}");
    // Every block that was begun is ended.
    assert_eq!(shown.matches("```").count() % 2, 0);
}

fn answer() -> impl Strategy<Value = Answer> {
    let markup = "[a-zA-Z ,.*_~`|<>@#\\[\\]\\\\\n-]{0,80}".boxed();
    let pieces = strategies::pieces(&["wall ", "river ", "👨‍👩‍👧‍👦", "é", "```", "\n"], 0..400);
    strategies::answer(&strategies::words(vec![(4, markup), (1, pieces)]), 12, 30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_is_taken_whole(answer in answer()) {
        let messages = messages(&answer, Some("quote Paz"));
        let text = text(&messages);
        for said in said(&answer) {
            let said: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            prop_assert!(text.contains(&bare(&said)), "{said:?} is lost");
        }
    }

    #[test]
    fn any_answer_that_is_not_asked_again_is_taken(answer in answer()) {
        messages(&answer, None);
    }
}
