//! What a pack must keep to beyond its form: ids, references, dates, and what its parts have together. What it must
//! keep to of the article's text is in [`proof`](super::proof).

use std::collections::{HashMap, HashSet};

use crate::locale;
use crate::say;

use super::diagnostic::{Diagnostic, Severity};
use super::finding::{Findings, below, items};
use super::fold::{fold, key};
use super::form::thousands;
use super::importance;
use super::item::{Item, Kind, LinkKind};
use super::limits::{MAX_EXACT_WORDS, MAX_ID, MAX_ITEMS, MAX_LIST};
use super::names;
use super::pack::*;
use super::proof;
use super::read::{PackFile, Step};
use super::several;
use super::text::{Text, is_sha256};

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
    findings.structure(file, pack);
    names::general_aliases(&mut findings, pack);
    importance::advise(&mut findings, pack);
    findings.list.extend(several::findings(pack));
    let alone = findings.list.len();
    let share = text.map(|text| proof::against(&mut findings, pack, &Text::new(text, &pack.article), limit));
    // What is wrong by itself need not be held against the text too: one error a place.
    let against_text = findings.list.split_off(alone);
    let wrong: HashSet<Vec<Step>> = findings
        .list
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.path.clone())
        .collect();
    findings.list.extend(against_text.into_iter().filter(|finding| !wrong.contains(&finding.path)));
    let mut diagnostics = file.limits();
    let places: HashSet<_> = diagnostics.iter().map(Diagnostic::position).collect();
    let others = file.locate(findings.list).into_iter();
    diagnostics
        .extend(others.filter(|other| other.position().is_none() || !places.contains(&other.position())));
    diagnostics.sort_by_key(Diagnostic::position);
    Checked { diagnostics, share }
}

/// The key under which an item keeps the references of a role.
fn reference_key(kind: Kind, role: LinkKind) -> &'static str {
    match (kind, role) {
        (Kind::Article, _) => "author",
        (Kind::Quote, LinkKind::By | LinkKind::Reported) => "speaker",
        (Kind::Quote, LinkKind::About) => "about",
        (Kind::Argument, LinkKind::By) => "claimed_by",
        (Kind::Relation, LinkKind::By) => "from",
        (Kind::Relation, _) => "to",
        (_, LinkKind::By | LinkKind::Reported | LinkKind::About) => "actors",
        (_, LinkKind::Topic) => "topics",
        (_, LinkKind::Ground) => "grounds",
        (_, LinkKind::Supports) => "supports",
        (_, LinkKind::Attacks) => "attacks",
        (_, LinkKind::Undercuts) => "undercuts",
    }
}

/// Where the name of this number, as [`Item::names`] counts, is in the item.
fn name_path(item: &Item, number: usize) -> Vec<Step> {
    if let Item::Article(article) = item
        && article.short.is_some()
        && number == article.aliases.len() + 1
    {
        return vec![Step::Key("short")];
    }
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
    fn structure(&mut self, file: &PackFile, pack: &Pack) {
        let items = items(pack);
        if items.len() > MAX_ITEMS {
            let help = say!("pack-pack-holds-most-split", value = thousands(MAX_ITEMS));
            let message = say!("pack-items-are-too-many-one", items = thousands(items.len()));
            return self.error(vec![], message, help);
        }
        self.ids(file, &items);
        self.names(&items);
        self.quotes_named_like_actors(&items);
        self.references(&items);
        self.cycles(pack);
        for (path, item) in &items {
            self.lengths(path, item);
            self.dates(path, item);
            self.source(path, item);
        }
        self.article(&pack.article);
    }

    fn ids(&mut self, file: &PackFile, items: &[(Vec<Step>, Item)]) {
        let mut ids: HashMap<&str, &(Vec<Step>, Item)> = HashMap::new();
        let mut twice = Vec::new();
        for entry in items {
            let (path, item) = entry;
            let id = item.id();
            let at = below(path, &[Step::Key("id")]);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.is_empty()
                || id.len() > MAX_ID
                || !id.chars().all(plain)
                || id.starts_with('-')
                || id.ends_with('-')
            {
                let from = if id.is_empty() { item.names().into_iter().next().unwrap_or("") } else { id };
                let mut right = fold(from).replace(' ', "-");
                right.retain(plain);
                right.truncate(MAX_ID);
                let right = right.trim_matches('-');
                let example = if right.is_empty() { "lopez-obrador" } else { right };
                self.error(
                    at,
                    match id.is_empty() {
                        true => say!("pack-id-empty"),
                        false => say!("pack-can-t-id", take = id.chars().take(80).collect::<String>()),
                    },
                    say!("pack-use-lower-case-letters-digits", max_id = MAX_ID, example = example),
                );
            } else if let Some(first) = ids.get(id) {
                twice.push((*first, entry));
            } else {
                ids.insert(id, entry);
            }
        }
        let id_of = |entry: &(Vec<Step>, Item)| below(&entry.0, &[Step::Key("id")]);
        let lines = match twice.is_empty() {
            true => vec![],
            false => file.lines(&twice.iter().map(|(first, _)| id_of(first)).collect::<Vec<_>>()),
        };
        for ((first, second), line) in twice.into_iter().zip(lines) {
            self.error(
                id_of(second),
                say!(
                    "pack-id-used-twice-line-has",
                    id = first.1.id(),
                    word = first.1.kind().word(),
                    line = line
                ),
                say!("pack-give-one-two-another-id"),
            );
        }
    }

    fn names(&mut self, items: &[(Vec<Step>, Item)]) {
        let mut names: HashMap<(Kind, String), &str> = HashMap::new();
        for (path, item) in items {
            let id = item.id();
            let at = below(path, &[Step::Key("id")]);
            // All names of one item are its own, so only another item's are in the way.
            for (number, name) in item.names().into_iter().enumerate() {
                let folded = key(name);
                let at = if name == id { at.clone() } else { below(path, &name_path(item, number)) };
                if folded.is_empty() {
                    // What is wrong with an id is reported already.
                    if name == id {
                        continue;
                    }
                    self.error(
                        at,
                        say!("pack-has-name-without-letters", id = id),
                        say!("pack-write-name-people-can-type"),
                    );
                    continue;
                }
                match names.insert((item.kind(), folded), id) {
                    Some(other) if other != id => self.error(
                        at,
                        say!("pack-names-both", name = name, other = other, id = id),
                        say!("pack-keep-one-people-mean-by"),
                    ),
                    _ => {}
                }
            }
        }
    }

    /// `/quote lind` would show the quote of that id or alias, and not what Lind said.
    fn quotes_named_like_actors(&mut self, items: &[(Vec<Step>, Item)]) {
        let mut actors: HashMap<String, &str> = HashMap::new();
        for (_, item) in items {
            if let Item::Actor(actor) = item {
                actors.extend(item.names().into_iter().map(|name| (key(name), actor.name.as_str())));
            }
        }
        for (path, item) in items {
            let Item::Quote(quote) = item else { continue };
            for (number, name) in item.names().into_iter().enumerate() {
                let Some(actor) = actors.get(&key(name)) else { continue };
                let at = if name == quote.id { vec![Step::Key("id")] } else { name_path(item, number) };
                self.warn(
                    below(path, &at),
                    say!("pack-name-actor-too-so-could", name = name, actor = actor),
                    say!("pack-name-quote-by-words"),
                );
            }
        }
    }

    fn references(&mut self, items: &[(Vec<Step>, Item)]) {
        // Where an id is used twice, that alone is reported: either may be meant.
        let mut kinds: HashMap<&str, Vec<Kind>> = HashMap::new();
        for (_, item) in items {
            kinds.entry(item.id()).or_default().push(item.kind());
        }
        // Names are written in the place of ids too.
        let mut names: HashMap<String, Vec<(&str, Kind)>> = HashMap::new();
        for (_, item) in items {
            for name in item.names() {
                names.entry(key(name)).or_default().push((item.id(), item.kind()));
            }
        }
        for (path, item) in items {
            let mut counts: HashMap<LinkKind, usize> = HashMap::new();
            let mut named = HashSet::new();
            for (role, id) in item.links() {
                let count = counts.entry(role).or_default();
                let at = below(path, &[Step::Key(reference_key(item.kind(), role)), Step::At(*count)]);
                *count += 1;
                let wanted = referred_to(role);
                let list = || {
                    let kinds: Vec<String> = wanted.iter().map(|kind| format!("`{}`", kind.word())).collect();
                    locale::or(&kinds)
                };
                match kinds.get(id) {
                    None => {
                        let by_name = names.get(&key(id)).and_then(|ids| {
                            ids.iter().find(|(_, kind)| wanted.contains(kind)).map(|(known, _)| *known)
                        });
                        let help = match (by_name, nearest_id(id, wanted, &kinds)) {
                            (Some(known), _) => say!("pack-write-id-which", known = known),
                            (None, Some(known)) => say!("pack-did-you-mean-2", known = known),
                            (None, None) => say!("pack-name-id-item-pack", list = list()),
                        };
                        self.error(at, say!("pack-there-no", id = id), help);
                    }
                    Some(of) if !of.iter().any(|kind| wanted.contains(kind)) => {
                        let kind = of.first().map_or("", |kind| kind.word());
                        let help = say!("pack-name-id-item", list = list());
                        self.error(at, say!("pack-kind", id = id, kind = kind), help);
                    }
                    Some(_) if !named.insert((role, id)) => {
                        self.error(at, say!("pack-named-twice", id = id), say!("pack-name-once"));
                    }
                    Some(_) if role != LinkKind::Attacks && role != LinkKind::Supports => {}
                    Some(_)
                        if named.contains(&(LinkKind::Supports, id))
                            && named.contains(&(LinkKind::Attacks, id)) =>
                    {
                        let problem = say!("pack-both-supported-denied", id = id);
                        self.error(at, problem, say!("pack-decide-which"));
                    }
                    Some(_) if id == item.id() => {
                        self.error(at, say!("pack-refers-itself", id = id), say!("pack-leave-out"));
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
                            say!("pack-these-arguments-support-one-another", ids = ids.join(", ")),
                            say!("pack-leave-out-weakest-links"),
                        );
                    }
                    Some(to) if state[to] == 0 => way.push((to, 0)),
                    _ => {}
                }
            }
        }
    }

    /// How long a text or a list may be is in the schema; this is what an item may have together.
    fn lengths(&mut self, path: &[Step], item: &Item) {
        let mut lists: HashMap<LinkKind, usize> = HashMap::new();
        for (role, _) in item.links() {
            *lists.entry(role).or_default() += 1;
        }
        let texts = item.head().len() + item.body().len();
        let a_list_is_too_long = item.names().len() > MAX_LIST + 2 || lists.values().any(|it| *it > MAX_LIST);
        let references = item.links().len();
        if a_list_is_too_long {
            return;
        }
        let help = || say!("pack-keep-what-people-would-type");
        if texts > MAX_LIST {
            let message =
                say!("pack-has-more-than-names-texts", id = item.id(), max_list = MAX_LIST, texts = texts);
            self.error(path.to_vec(), message, help());
        }
        if references > MAX_LIST {
            let message = say!(
                "pack-has-more-than-references-together",
                id = item.id(),
                max_list = MAX_LIST,
                references = references
            );
            self.error(path.to_vec(), message, help());
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
                self.error(below(&at, &[Step::Key("edtf")]), error.problem, error.help);
            }
            if let Some(year) = when.contradiction() {
                self.warn(
                    below(&at, &[Step::Key("edtf")]),
                    say!("pack-wording-names-but-leaves-year", year = year, edtf = when.edtf),
                    say!("pack-make-two-agree-unless-year"),
                );
            }
            if let Some(two_years) = when.looks_like_two_years() {
                self.warn(
                    below(&at, &[Step::Key("edtf")]),
                    say!("pack-means-month-edtf-two-years", edtf = when.edtf),
                    say!("pack-if-years-are-meant-write", two_years = two_years),
                );
            }
            if when.by == Provenance::Text && when.text.is_none() {
                self.error(at, say!("pack-date-from-text-needs-text"), say!("pack-add-with-words-if-date"));
            }
        }
    }

    fn source(&mut self, path: &[Step], item: &Item) {
        let Some(source) = item.source() else {
            if item.by() == Provenance::Text && item.kind() != Kind::Article {
                self.error(
                    path.to_vec(),
                    say!("pack-has-no-source", id = item.id()),
                    say!("pack-add-source-or-editor"),
                );
            }
            return;
        };
        let at = below(path, &[Step::Key("source")]);
        if item.by() == Provenance::Editor {
            self.error(at.clone(), say!("pack-what-editor-adds-has-no"), say!("pack-leave-out-either"));
        }
        if let Item::Quote(quote) = item {
            let told = matches!(quote.kind, QuoteKind::Verbatim | QuoteKind::Reported);
            if told && quote.speaker.is_none() {
                self.error(
                    path.to_vec(),
                    say!("pack-has-no-speaker", id = quote.id),
                    say!("pack-add-make-s"),
                );
            }
            if !told && quote.speaker.is_some() {
                self.error(
                    below(path, &[Step::Key("speaker")]),
                    say!("pack-given-anyone-s-statement-so", id = quote.id),
                    say!("pack-leave-out-put-whom-about"),
                );
            }
        }
        match &source.exact {
            Some(exact) if exact.trim().is_empty() => {
                self.error(
                    below(&at, &[Step::Key("exact")]),
                    say!("pack-empty"),
                    say!("pack-copy-few-words-paragraph"),
                );
            }
            None if item.kind() != Kind::Quote => {
                self.error(
                    at,
                    say!("pack-source-does-say-which-words"),
                    say!("pack-add-with-few-words-paragraph"),
                );
            }
            Some(exact) if exact.split_whitespace().count() > MAX_EXACT_WORDS => {
                self.error(
                    below(&at, &[Step::Key("exact")]),
                    say!("pack-has-more-than-words", max_exact_words = MAX_EXACT_WORDS),
                    say!("pack-few-words-are-enough-mark"),
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
                say!("pack-language-tag", tag = tag),
                say!("pack-write-4"),
            );
        }
        if let Some(link) = &article.link
            && !(link.starts_with("https://") || link.starts_with("http://"))
        {
            self.error(
                at(&[Step::Key("link")]),
                say!("pack-link-web-address"),
                say!("pack-write-full-from-https-on"),
            );
        }
        if let Some(hash) = &article.source_sha256
            && !is_sha256(hash)
        {
            self.error(
                at(&[Step::Key("source_sha256")]),
                say!("pack-sha"),
                say!("pack-leave-out-tells-digits-write"),
            );
        }
        let mut next = 1;
        for (index, section) in article.sections.iter().enumerate() {
            let at = at(&[Step::Key("section"), Step::At(index)]);
            if section.heading.is_some() == section.name.is_some() {
                let help = match section.heading {
                    Some(_) => say!("pack-keep-one-two"),
                    None => say!("pack-add-with-line-stands-text"),
                };
                self.error(at.clone(), say!("pack-section-has-either-text-s"), help);
            }
            if section.first != next || section.last < section.first {
                self.error(
                    at,
                    say!(
                        "pack-section-goes-from-paragraph-but",
                        section = section.first,
                        last = section.last,
                        next = next
                    ),
                    say!("pack-sections-follow-one-another-without"),
                );
            }
            next = section.last.saturating_add(1);
        }
    }
}

/// The kinds of items that can play a role for another.
fn referred_to(role: LinkKind) -> &'static [Kind] {
    match role {
        LinkKind::By | LinkKind::Reported | LinkKind::About => &[Kind::Actor],
        LinkKind::Topic => &[Kind::Topic],
        LinkKind::Ground => &[Kind::Event, Kind::Quote, Kind::Fact],
        LinkKind::Supports | LinkKind::Attacks | LinkKind::Undercuts => &[Kind::Argument],
    }
}

/// The id of these kinds that may be meant by one that no item has.
fn nearest_id<'a>(id: &str, wanted: &[Kind], kinds: &HashMap<&'a str, Vec<Kind>>) -> Option<&'a str> {
    kinds
        .iter()
        .filter(|(_, of)| of.iter().any(|kind| wanted.contains(kind)))
        .map(|(known, _)| (strsim::osa_distance(known, id), *known))
        .min()
        .filter(|(distance, known)| *distance <= known.len() / 2)
        .map(|(_, known)| known)
}
