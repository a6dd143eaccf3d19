//! What a pack must keep to beyond its form: references, dates and lengths. What it must keep to of the
//! article's text is in [`proof`](super::proof).

use std::collections::{HashMap, HashSet};

use super::diagnostic::{Diagnostic, Severity};
use super::finding::{Findings, below, items};
use super::fold::key;
use super::item::{Item, Kind, Role};
use super::names;
use super::pack::*;
use super::proof;
use super::read::{PackFile, Step};
use super::text::Text;

/// The most items in one pack.
pub const MAX_ITEMS: usize = 20_000;
/// The longest id, in bytes.
const MAX_ID: usize = 60;
/// The longest name, alias or title, in characters.
const MAX_NAME: usize = 120;
/// The longest summary, claim or other sentence, and the longest quote, in characters.
const MAX_PROSE: usize = 1_200;
/// The most names, texts or references of one item.
const MAX_LIST: usize = 200;
/// The most words in `exact`: it marks a place, it does not copy one.
const MAX_EXACT_WORDS: usize = 20;

/// What a check against the text found out.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything that is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The share of the text's words that the quotes repeat, from 0 to 1; only with a text.
    pub share: Option<f64>,
}

impl Checked {
    /// Whether the pack may be used.
    pub fn is_right(&self) -> bool {
        self.diagnostics.iter().all(|it| it.severity != Severity::Error)
    }
}

/// Checks a pack; with `text`, that it is what the text says too. `limit` is the largest share of the
/// text's words that the quotes may repeat, from 0 to 1.
pub fn check(file: &PackFile, pack: &Pack, text: Option<&str>, limit: f64) -> Checked {
    let mut findings = Findings::default();
    findings.structure(pack);
    names::general_aliases(&mut findings, pack);
    let share = text.map(|text| proof::against(&mut findings, pack, &Text::new(text, &pack.article), limit));
    Checked { diagnostics: file.locate(findings.list), share }
}

/// The key under which an item keeps the references of a role.
fn reference_key(kind: Kind, role: Role) -> &'static str {
    match (kind, role) {
        (Kind::Article, _) => "author",
        (Kind::Quote, Role::By | Role::Reported) => "speaker",
        (Kind::Quote, Role::About) => "about",
        (Kind::Argument, Role::By) => "claimed_by",
        (Kind::Relation, Role::By) => "from",
        (Kind::Relation, _) => "to",
        (_, Role::By | Role::Reported | Role::About) => "actors",
        (_, Role::Topic) => "topics",
        (_, Role::Ground) => "grounds",
        (_, Role::Supports) => "supports",
        (_, Role::Attacks) => "attacks",
        (_, Role::Undercuts) => "undercuts",
    }
}

/// Where the name of this number, as [`Item::names`] counts, stands in the item.
fn name_path(item: &Item, number: usize) -> Vec<Step> {
    let (main, others) = match item.kind() {
        Kind::Actor => (Some("name"), "aliases"),
        Kind::Topic => (Some("name"), "synonyms"),
        Kind::Article | Kind::Event | Kind::Argument => (Some("title"), "aliases"),
        Kind::Quote | Kind::Fact | Kind::Relation => (None, "aliases"),
    };
    match main {
        Some(main) if number == 0 => vec![Step::Key(main)],
        main => vec![Step::Key(others), Step::At(number - usize::from(main.is_some()))],
    }
}

/// The rules that need no text.
impl Findings {
    fn structure(&mut self, pack: &Pack) {
        let items = items(pack);
        if items.len() > MAX_ITEMS {
            let mend = format!("a pack holds at most {MAX_ITEMS}: split it");
            return self.error(vec![], format!("{} items are too many for one pack", items.len()), mend);
        }
        self.ids_and_names(&items);
        self.references(&items);
        self.cycles(pack);
        for (path, item) in &items {
            self.lengths(path, item);
            self.dates(path, item);
            self.source(path, item);
        }
        self.article(&pack.article);
    }

    fn ids_and_names(&mut self, items: &[(Vec<Step>, Item)]) {
        let mut ids = HashSet::new();
        let mut names: HashMap<(Kind, String), &str> = HashMap::new();
        for (path, item) in items {
            let id = item.id();
            let at = below(path, &[Step::Key("id")]);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.is_empty()
                || id.len() > MAX_ID
                || !id.chars().all(plain)
                || id.starts_with('-')
                || id.ends_with('-')
            {
                self.error(
                    at.clone(),
                    format!("`{}` can't be an id", id.chars().take(80).collect::<String>()),
                    format!("use lower-case letters, digits and hyphens, at most {MAX_ID}, such as `lopez-obrador`"),
                );
            }
            if !ids.insert(id) {
                self.error(
                    at.clone(),
                    format!("the id `{id}` is used twice"),
                    "every id stands for one thing in the pack",
                );
            }
            // All names of one item are its own, so only another item's are in the way.
            for (number, name) in item.names().into_iter().enumerate() {
                let folded = key(name);
                let at = if name == id { at.clone() } else { below(path, &name_path(item, number)) };
                if folded.is_empty() {
                    self.error(
                        at,
                        format!("the {} `{id}` has a name without letters", item.kind().word()),
                        "write a name that people can type",
                    );
                    continue;
                }
                match names.insert((item.kind(), folded), id) {
                    Some(other) if other != id => self.error(
                        at,
                        format!("`{name}` names both `{other}` and `{id}`"),
                        "keep it for the one that people mean by it",
                    ),
                    _ => {}
                }
            }
        }
    }

    fn references(&mut self, items: &[(Vec<Step>, Item)]) {
        let kinds: HashMap<&str, Kind> = items.iter().map(|(_, item)| (item.id(), item.kind())).collect();
        for (path, item) in items {
            let mut counts: HashMap<Role, usize> = HashMap::new();
            let mut named = HashSet::new();
            for (role, id) in item.links() {
                let count = counts.entry(role).or_default();
                let at = below(path, &[Step::Key(reference_key(item.kind(), role)), Step::At(*count)]);
                *count += 1;
                let wanted: &[Kind] = match role {
                    Role::By | Role::Reported | Role::About => &[Kind::Actor],
                    Role::Topic => &[Kind::Topic],
                    Role::Ground => &[Kind::Event, Kind::Quote, Kind::Fact],
                    Role::Supports | Role::Attacks | Role::Undercuts => &[Kind::Argument],
                };
                let list = || wanted.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
                match kinds.get(id) {
                    None => {
                        let nearest = kinds
                            .iter()
                            .filter(|(_, kind)| wanted.contains(kind))
                            .map(|(known, _)| (strsim::osa_distance(known, id), *known))
                            .min()
                            .filter(|(distance, known)| *distance <= known.len() / 2);
                        let mend = match nearest {
                            Some((_, known)) => format!("did you mean `{known}`?"),
                            None => format!("name the id of one of these: {}", list()),
                        };
                        self.error(at, format!("there is no `{id}`"), mend);
                    }
                    Some(kind) if !wanted.contains(kind) => {
                        self.error(
                            at,
                            format!("`{id}` is of the kind {}", kind.word()),
                            format!("it must be one of these: {}", list()),
                        );
                    }
                    Some(_) if !named.insert((role, id)) => {
                        self.error(at, format!("`{id}` is named twice"), "name it once");
                    }
                    Some(_) if role != Role::Attacks && role != Role::Supports => {}
                    Some(_)
                        if named.contains(&(Role::Supports, id)) && named.contains(&(Role::Attacks, id)) =>
                    {
                        self.error(at, format!("`{id}` is both supported and denied"), "decide which");
                    }
                    Some(_) if id == item.id() => {
                        self.error(at, format!("`{id}` refers to itself"), "leave it out");
                    }
                    Some(_) => {}
                }
            }
        }
    }

    /// An argument that supports itself through others supports nothing.
    fn cycles(&mut self, pack: &Pack) {
        let index: HashMap<&str, usize> =
            pack.arguments.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        // 0: not seen, 1: on the way, 2: done. Iterative: a pack may be a chain of thousands.
        let mut state = vec![0_u8; pack.arguments.len()];
        for start in 0..pack.arguments.len() {
            let mut way = vec![(start, 0)];
            while let Some((at, next)) = way.pop() {
                state[at] = 1;
                let Some(target) = pack.arguments[at].supports.get(next) else {
                    state[at] = 2;
                    continue;
                };
                way.push((at, next + 1));
                match index.get(target.as_str()).copied() {
                    Some(to) if to != at && state[to] == 1 => {
                        let ids: Vec<_> = way
                            .iter()
                            .skip_while(|(on, _)| *on != to)
                            .map(|(on, _)| pack.arguments[*on].id.as_str())
                            .collect();
                        self.error(
                            vec![Step::Key("argument"), Step::At(at), Step::Key("supports"), Step::At(next)],
                            format!("these arguments support one another in a circle: {}", ids.join(", ")),
                            "leave out the weakest of the links",
                        );
                    }
                    Some(to) if state[to] == 0 => way.push((to, 0)),
                    _ => {}
                }
            }
        }
    }

    fn lengths(&mut self, path: &[Step], item: &Item) {
        if item.head().len() + item.body().len() > MAX_LIST || item.links().len() > MAX_LIST {
            self.error(
                path.to_vec(),
                format!("`{}` has a list of more than {MAX_LIST}", item.id()),
                "keep what people would type or ask for",
            );
            return;
        }
        for (number, name) in item.names().into_iter().enumerate() {
            if name.chars().count() > MAX_NAME {
                self.error(
                    below(path, &name_path(item, number)),
                    format!("a name of `{}` is longer than {MAX_NAME} characters", item.id()),
                    "shorten it: people type it",
                );
            }
        }
        let names: HashSet<&str> = item.names().into_iter().collect();
        let added: Vec<&str> = match item {
            Item::Argument(it) => it.critique.iter().chain(&it.questions).map(String::as_str).collect(),
            _ => vec![],
        };
        for text in item.head().into_iter().chain(item.body()).chain(added) {
            if !names.contains(text) && (text.trim().is_empty() || text.chars().count() > MAX_PROSE) {
                self.error(
                    path.to_vec(),
                    format!("a text of `{}` is empty or longer than {MAX_PROSE} characters", item.id()),
                    "say it in a sentence or two",
                );
            }
        }
    }

    fn dates(&mut self, path: &[Step], item: &Item) {
        let mut dates: Vec<(Vec<Step>, &When)> = Vec::new();
        match item {
            Item::Article(it) => {
                dates.extend(it.date.iter().map(|when| (vec![Step::Key("date")], when)));
                dates.extend(it.reference_date.iter().map(|when| (vec![Step::Key("reference_date")], when)));
            }
            Item::Actor(it) => dates.extend(it.roles.iter().enumerate().filter_map(|(at, role)| {
                Some((vec![Step::Key("role"), Step::At(at), Step::Key("when")], role.when.as_ref()?))
            })),
            _ => dates.extend(item.when().map(|when| (vec![Step::Key("when")], when))),
        }
        for (steps, when) in dates {
            let at = below(path, &steps);
            if let Err(error) = when.days() {
                self.error(below(&at, &[Step::Key("edtf")]), error.problem, error.mend);
            }
            if let Some(year) = when.contradiction() {
                self.error(
                    below(&at, &[Step::Key("edtf")]),
                    format!("the wording names {year}, but `{}` leaves that year out", when.edtf),
                    "make the date and its wording agree",
                );
            }
            if let Some(two_years) = when.looks_like_two_years() {
                self.add(
                    Severity::Warning,
                    below(&at, &[Step::Key("edtf")]),
                    format!("`{}` means a month in EDTF, not two years", when.edtf),
                    format!("if years are meant, write `{two_years}`"),
                );
            }
            if when.by == Whose::Text && when.text.is_none() {
                self.error(
                    at,
                    "a date from the text needs the text's own wording",
                    "add `text = \"…\"` with its words, or `by = \"editor\"` if the date is yours",
                );
            }
        }
    }

    fn source(&mut self, path: &[Step], item: &Item) {
        let Some(source) = item.source() else {
            if item.by() == Whose::Text && item.kind() != Kind::Article {
                self.error(
                    path.to_vec(),
                    format!("`{}` has no source", item.id()),
                    "add `source = { paragraph = 1, exact = \"…\" }`, or `by = \"editor\"` if it is not in the text",
                );
            }
            return;
        };
        let at = below(path, &[Step::Key("source")]);
        if item.by() == Whose::Editor {
            self.error(
                at.clone(),
                "what the editor adds has no place in the text",
                "leave out either `source` or `by`",
            );
        }
        if let Item::Quote(quote) = item {
            let told = matches!(quote.kind, QuoteKind::Verbatim | QuoteKind::Reported);
            if told && quote.speaker.is_none() {
                self.error(
                    path.to_vec(),
                    format!("`{}` has no speaker", quote.id),
                    "add `speaker`, or make it a `phrase` or the `author`'s",
                );
            }
            if !told && quote.speaker.is_some() {
                self.error(
                    below(path, &[Step::Key("speaker")]),
                    format!("`{}` is not given as anyone's statement, so nobody is its speaker", quote.id),
                    "leave out `speaker`, and put whom it is about into `about`",
                );
            }
        }
        match &source.exact {
            Some(exact) if exact.trim().is_empty() => {
                self.error(
                    below(&at, &[Step::Key("exact")]),
                    "`exact` is empty",
                    "copy a few words of the paragraph",
                );
            }
            None if item.kind() != Kind::Quote => {
                self.error(
                    at,
                    "the source does not say at which words",
                    "add `exact = \"…\"` with a few words of the paragraph",
                );
            }
            Some(exact) if exact.split_whitespace().count() > MAX_EXACT_WORDS => {
                self.error(
                    below(&at, &[Step::Key("exact")]),
                    format!("`exact` has more than {MAX_EXACT_WORDS} words"),
                    "a few words are enough to mark the place",
                );
            }
            _ => {}
        }
    }

    fn article(&mut self, article: &Article) {
        let at = |steps: &[Step]| below(&[Step::Key("article")], steps);
        let tag = &article.language;
        let right = tag.split('-').next().is_some_and(|primary| (2..=3).contains(&primary.len()))
            && (2..=35).contains(&tag.len())
            && tag
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
        if !right {
            self.error(
                at(&[Step::Key("language")]),
                format!("`{tag}` is not a language tag"),
                "write `en`, `es` or `es-MX`",
            );
        }
        if let Some(link) = &article.link
            && !(link.starts_with("https://") || link.starts_with("http://"))
        {
            self.error(
                at(&[Step::Key("link")]),
                "the link is not a web address",
                "write it in full, from https:// on",
            );
        }
        if let Some(hash) = &article.source_sha256
            && (hash.len() != 64 || !hash.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)))
        {
            self.error(
                at(&[Step::Key("source_sha256")]),
                "this is not a SHA-256",
                "write the 64 lower-case hexadecimal digits that `sha256sum` prints",
            );
        }
        let mut next = 1;
        for (index, section) in article.sections.iter().enumerate() {
            let at = at(&[Step::Key("section"), Step::At(index)]);
            if section.heading.is_some() == section.name.is_some() {
                self.error(
                    at.clone(),
                    "a section has either the text's `heading` or the editor's `name`",
                    "keep one of the two",
                );
            }
            if section.first != next || section.last < section.first {
                self.error(
                    at,
                    format!(
                        "this section goes from paragraph {} to {}, but {next} is the next one",
                        section.first, section.last
                    ),
                    "sections follow one another without gaps",
                );
            }
            next = section.last.saturating_add(1);
        }
    }
}
