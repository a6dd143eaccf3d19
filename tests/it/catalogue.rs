//! The catalogue of words in `locales/`: every message that the program says is there in every language, with the
//! arguments that it needs, and none that nothing says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rapporteur::commands::{GROUPS, Suggest, TABLE};
use rapporteur::locale::Locale;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of a kind below a folder.
fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path, kind)),
            false if path.extension().is_some_and(|it| it == kind) => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// The names of arguments.
type Names = BTreeSet<String>;

/// What a pattern needs: arguments, and other messages.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Needs {
    arguments: Names,
    messages: Names,
}

impl Needs {
    fn add_pattern(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.add(expression);
            }
        }
    }

    fn add(&mut self, expression: &Expression<String>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                self.add_inline(selector);
                variants.iter().for_each(|variant| self.add_pattern(&variant.value));
            }
        }
    }

    fn add_inline(&mut self, inline: &InlineExpression<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.clone());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.messages.insert(id.name.clone());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|it| self.add_inline(it));
                arguments.named.iter().for_each(|it| self.add_inline(&it.value));
            }
            InlineExpression::Placeable { expression } => self.add(expression),
            InlineExpression::TermReference { id, .. } => {
                panic!("-{}: terms are not used, for their arguments could not be followed", id.name)
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// The messages of a language.
fn messages(language: &str) -> BTreeMap<String, Needs> {
    let mut all = BTreeMap::new();
    for path in files(&root().join("locales").join(language), "ftl") {
        let text = std::fs::read_to_string(&path).unwrap();
        let resource = fluent_syntax::parser::parse(text)
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut needs = Needs::default();
                    needs.add_pattern(message.value.as_ref().expect("a message has a value"));
                    assert!(message.attributes.is_empty(), "{}: attributes are not used", message.id.name);
                    let before = all.insert(message.id.name.clone(), needs);
                    assert_eq!(before, None, "{language}: {} is there twice", message.id.name);
                }
                Entry::Junk { content } => panic!("{}: {content}", path.display()),
                _ => {}
            }
        }
    }
    // What a message takes over from others.
    let own = all.clone();
    for needs in all.values_mut() {
        let mut open: Vec<String> = needs.messages.iter().cloned().collect();
        while let Some(name) = open.pop() {
            let other = own.get(&name).unwrap_or_else(|| panic!("{language}: there is no {name}"));
            needs.arguments.extend(other.arguments.iter().cloned());
            open.extend(other.messages.iter().filter(|it| needs.messages.insert((*it).clone())).cloned());
        }
    }
    all
}

/// What the code says: where, which message, with which arguments.
#[derive(Debug)]
struct Use {
    file: PathBuf,
    key: String,
    arguments: Names,
}

/// The uses of `say!` among tokens. Macros of other names (`format!`, `vec!`) may have some within.
fn uses(file: &Path, tokens: TokenStream, found: &mut Vec<Use>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        uses(file, group.stream(), found);
        let is = |back: usize, what: &str| {
            at.checked_sub(back).is_some_and(|before| tokens[before].to_string() == what)
        };
        if group.delimiter() == Delimiter::Parenthesis && is(1, "!") && is(2, "say") {
            let inner: Vec<String> = group.stream().into_iter().map(|it| it.to_string()).collect();
            // A name before a single "=" that begins an argument.
            let arguments = (1..inner.len().saturating_sub(1)).filter(|at| {
                inner[at - 1] == ","
                    && inner[at + 1] == "="
                    && inner.get(at + 2).is_none_or(|next| next != "=" && next != ">")
            });
            let arguments = arguments.map(|at| inner[at].clone()).collect();
            found.push(Use { file: file.into(), key: inner[0].trim_matches('"').into(), arguments });
        }
    }
}

/// All that the code says, but for what its tables name.
fn all_uses() -> Vec<Use> {
    let mut found = Vec::new();
    for file in files(&root().join("src"), "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        // The macro itself is written with a `$`, which is no key.
        uses(&file, text.parse().unwrap(), &mut found);
    }
    found.retain(|it| !it.key.starts_with('$'));
    assert!(!found.is_empty());
    found
}

/// The messages that tables name.
fn keys_of_tables() -> Names {
    let mut keys: Names = Locale::all().map(|locale| format!("language-{locale}")).collect();
    keys.extend(GROUPS.iter().map(|group| format!("group-{}", group.name)));
    for command in TABLE {
        let key = format!("command-{}", command.name.replace(' ', "-"));
        keys.extend(command.on_message.then(|| format!("{key}-on-message")));
        keys.insert(key);
        keys.extend(command.options.iter().map(|option| option.key.to_string()));
    }
    // The help of the command line, whose keys a test beside it looks up.
    keys.extend(
        messages(Locale::ENGLISH.code()).into_keys().filter(|key| key == "cli" || key.starts_with("cli-")),
    );
    // Discord's own option, which is in no table.
    keys.insert("option-private".into());
    keys.extend(names().into_iter().map(|(of, name)| name_key(of, &name)));
    keys
}

/// All that has a name that people type.
fn names() -> BTreeSet<(&'static str, String)> {
    let mut names: BTreeSet<(&str, String)> =
        [("option", "private".to_string()), ("value", "all".into())].into();
    for command in TABLE {
        names.extend(command.name.split(' ').map(|word| ("command", word.to_string())));
        for option in command.options {
            names.insert(("option", option.name.into()));
            if let Suggest::OneOf(values) = option.suggest {
                names.extend(values.iter().map(|value| ("value", value.to_string())));
            }
        }
    }
    names
}

fn name_key(of: &str, name: &str) -> String {
    format!("name-{of}-{name}")
}

/// Discord's rule for names of commands and options
/// (<https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming>):
/// 1 to 32 letters, digits, hyphens, underscores, and of letters that have a lower case, that.
#[test]
fn names_are_what_one_can_type_anywhere() {
    let text = |locale: Locale, key: &str| locale.sync_scope(|| rapporteur::locale::text(key));
    for (of, name) in names() {
        let key = name_key(of, &name);
        assert_eq!(text(Locale::ENGLISH, &key), name, "{key}: inside, things have their English names");
        for locale in Locale::all() {
            let called = text(locale, &key);
            let fits = |c: char| (c.is_alphanumeric() || "-_'".contains(c)) && c.to_lowercase().eq([c]);
            assert!(
                (1..=32).contains(&called.chars().count()) && called.chars().all(fits),
                "{key}: {called}"
            );
        }
    }
}

#[test]
fn every_language_has_every_message_with_its_arguments() {
    let languages: Vec<_> = Locale::all().map(|locale| (locale, messages(locale.code()))).collect();
    assert!(languages.len() > 1);
    let mut faults = Vec::new();
    for used in all_uses() {
        let Use { file, key, arguments } = used;
        let file = file.strip_prefix(root()).unwrap().display();
        let mut of_any = Names::new();
        for (language, messages) in &languages {
            let Some(needs) = messages.get(&key) else {
                faults.push(format!("{file}: {language} has no {key}"));
                continue;
            };
            let missing: Vec<_> = needs.arguments.difference(&arguments).collect();
            if !missing.is_empty() {
                faults.push(format!("{file}: {key} needs {missing:?} in {language}"));
            }
            of_any.extend(needs.arguments.iter().cloned());
        }
        let idle: Vec<_> = arguments.difference(&of_any).collect();
        if !idle.is_empty() {
            faults.push(format!("{file}: no language has {idle:?} in {key}"));
        }
    }
    for key in keys_of_tables() {
        for (language, messages) in &languages {
            match messages.get(&key) {
                None => faults.push(format!("{language} has no {key}, which a table names")),
                Some(needs) if needs.arguments.iter().any(|it| it != "place") => {
                    faults.push(format!(
                        "{language}: {key}, which a table names, needs other arguments than `place`"
                    ));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_in_the_catalogue_is_unused() {
    let mut used = keys_of_tables();
    used.extend(all_uses().into_iter().map(|it| it.key));
    for locale in Locale::all() {
        let messages = messages(locale.code());
        let within: Names = messages.values().flat_map(|needs| needs.messages.iter().cloned()).collect();
        let idle: Vec<_> =
            messages.keys().filter(|it| !used.contains(*it) && !within.contains(*it)).collect();
        assert!(idle.is_empty(), "{locale}: nothing says {idle:?}");
    }
}
