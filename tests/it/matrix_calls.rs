//! Calls by clients that know commands (MSC4391): understood, or answered with what is wrong.

use proptest::prelude::*;
use rapporteur::answer::AnswerKind;
use rapporteur::chat::matrix::msc4391::{self, invocation};
use rapporteur::commands::{self, OptKind, TABLE, Value as Given};
use rapporteur::platform::Platform;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::matrix_messages::{BOT, editor, messages, words};

/// A JSON value as others may send it.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("of|page|article|command|arguments|[a-z]{0,9}", inner, 0..4)
                .prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_call_is_read(command in anything(), arguments in anything(), known in 0..TABLE.len(), call in anything()) {
        let calls = [
            json!({ "command": command, "arguments": arguments }),
            json!({ "command": TABLE[known].name, "arguments": arguments }),
            call,
        ];
        for call in calls {
            let content = json!({ "m.mentions": { "user_ids": [BOT] }, msc4391::INVOCATION: call });
            if let Some(Err(answer)) = invocation(&content, BOT) {
                messages(&answer, None);
            }
        }
    }
}

fn call(command: &str, arguments: Value) -> Value {
    json!({
        "msgtype": "m.text",
        "body": "/…",
        "m.mentions": { "user_ids": [BOT] },
        "org.matrix.msc4391.command": { "command": command, "arguments": arguments },
    })
}

/// What clients make of our descriptions comes back as what was typed.
#[test]
fn calls_are_understood() {
    for row in TABLE.iter().filter(|row| row.is_on(Platform::Matrix)) {
        for example in row.examples {
            let typed = commands::line::parse(example, editor(), Platform::Matrix).unwrap();
            let mut arguments = serde_json::Map::new();
            for option in row.options.iter().filter(|option| option.kind != OptKind::File) {
                let value = match (typed.args.get(option.name), option.kind) {
                    (None, OptKind::Flag) => Value::Bool(false),
                    (None, OptKind::Words) => "".into(),
                    (None, _) => Value::Null,
                    (Some(_), OptKind::Flag) => Value::Bool(true),
                    (Some(Given::Number(number)), _) => (*number).into(),
                    (Some(value), _) => value.to_string().into(),
                };
                arguments.insert(option.name.into(), value);
            }
            let read = invocation(&call(row.name, arguments.into()), BOT).unwrap().unwrap();
            let read = commands::line::request(read.command, read.args, editor(), Platform::Matrix).unwrap();
            assert_eq!((read.command.name, &read.args), (row.name, &typed.args), "{example}");
        }
    }
    let read = invocation(&call("/Room  Show", Value::Null), BOT).unwrap().unwrap();
    assert_eq!((read.command.name, read.args.len()), ("room show", 0));
    let read = invocation(&call("timeline", json!({ "page": 3, "when": "2020" })), BOT).unwrap().unwrap();
    let args: BTreeMap<_, _> = read.args.into_iter().collect();
    assert_eq!(args, BTreeMap::from([("page", Given::Number(3)), ("when", "2020".into())]));
}

#[test]
fn wrong_calls_are_answered() {
    let title = |content: &Value| match invocation(content, BOT) {
        Some(Err(answer)) => {
            assert_eq!(answer.kind, AnswerKind::WrongUsage);
            for choice in &answer.choices {
                commands::line::parse(&choice.line, editor(), Platform::Matrix).unwrap();
            }
            answer.title
        }
        other => panic!("{other:?}"),
    };
    for (content, expected) in [
        (call("quote", json!({ "page": "2" })), "/quote: page takes a whole number from 1 to 1000000."),
        (call("quote", json!({ "page": 0 })), "/quote: page takes a whole number from 1 to 1000000."),
        (call("quote", json!({ "page": 1.5 })), "/quote: page takes a whole number from 1 to 1000000."),
        (call("quote", json!({ "of": ["Paz"] })), "/quote: “of” takes words."),
        (call("quote", json!({ "who": "Paz" })), "/quote has no option who."),
        (call("quote", json!(["Paz"])), "/quote: I can't read the options."),
        (call("reload", json!({ "dry-run": "yes" })), "/reload: “dry-run” takes yes or no."),
        (
            call("reload", json!({ "pack": "x" })),
            "/reload: “pack” takes a file: send the file, and answer it with the command.",
        ),
        (call("qoute", json!({})), "There is no command “qoute”."),
        (call("quote Paz", json!({})), "There is no command “quote Paz”."),
        (call("room", json!({})), "/room needs one more word."),
        (call("", json!({})), "Ask something, in your own words or with a command such as /quote Paz."),
    ] {
        assert_eq!(title(&content), expected);
    }
    let long = title(&call("quote", json!({ "x".repeat(60_000): 1 })));
    assert!(long.chars().count() < 120, "{long}");
}

#[test]
fn calls_of_others_are_not_ours() {
    assert!(invocation(&json!({ "body": "!quote", "m.mentions": { "user_ids": [BOT] } }), BOT).is_none());
    let mut content = call("quote", json!({}));
    for mentions in [
        json!({}),
        json!({ "user_ids": [] }),
        json!({ "user_ids": ["@giphy:example.org"] }),
        json!({ "user_ids": [BOT, "@giphy:example.org"] }),
        json!({ "user_ids": BOT }),
        json!({ "room": true }),
        Value::Null,
    ] {
        content["m.mentions"] = mentions;
        assert!(invocation(&content, BOT).is_none(), "{content}");
    }
}
