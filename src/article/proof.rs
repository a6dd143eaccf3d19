//! What a pack says, held against the article's text: its headings, places and dates.
//!
//! One fault is reported once. A text that is another one, or headings that don't match, would make every place
//! wrong: then only that is reported.

use std::ops::Range;

use crate::locale;
use crate::say;

use super::finding::{Findings, below, items, write};
use super::item::Item;
use super::names::Names;
use super::nearest::{passage, side_by_side};
use super::pack::*;
use super::quotation::Quotations;
use super::read::Step;
use super::text::{Line, Place, Text, count_words, even, is_sha256, shown};

/// The fewest places of a pack by which a text is taken for another one, or its numbers for shifted.
const ENOUGH: usize = 3;
/// After so many searches through the whole text only the paragraph that the pack names is searched.
const MAX_SEARCHES: usize = 50;

/// Proves a pack against its text. `limit` is the largest share of the text's words that the quotes may
/// repeat. Gives that share; both from 0 to 1.
pub fn against(findings: &mut Findings, pack: &Pack, text: &Text, limit: f64) -> f64 {
    let mut proof = Proof { findings, pack, text, misplaced: Vec::new(), searches: 0 };
    if proof.is_another_text() {
        return 0.0;
    }
    proof.version();
    if !proof.headings() {
        return 0.0;
    }
    let names = Names::of(pack);
    let mut quotations = Quotations::of(pack, text, &names);
    for (path, item) in items(pack) {
        proof.item(&mut quotations, &path, &item);
    }
    if !proof.shifted() {
        proof.sections();
    }
    quotations.finish(findings, limit)
}

struct Proof<'a> {
    findings: &'a mut Findings,
    pack: &'a Pack,
    text: &'a Text,
    /// Places in another paragraph than the pack says: the path, that paragraph, and where they are.
    misplaced: Vec<(Vec<Step>, u32, u32)>,
    /// How often the whole text was searched for something like words that are not in it.
    searches: usize,
}

/// Whether this can be a SHA-256 in lower-case hexadecimal.
/// The words by which an item is found, if it has any.
fn marked(item: &Item) -> Option<(&Source, &str)> {
    let source = item.source()?;
    let words = match item {
        Item::Quote(quote) => quote.words.as_str(),
        _ => "",
    };
    Some((source, source.exact.as_deref().unwrap_or(words))).filter(|(_, words)| !even(words).is_empty())
}

impl Proof<'_> {
    /// Tells of a text that can't be the one of the pack, or that has no paragraphs.
    fn is_another_text(&mut self) -> bool {
        let article = vec![Step::Key("article")];
        if self.text.lines().is_empty() {
            self.findings.error(article, say!("proof-text-empty"), say!("proof-name-file-has-article-s"));
            return true;
        }
        let items = items(self.pack);
        let places: Vec<(&Source, &str)> = items.iter().filter_map(|(_, item)| marked(item)).collect();
        let is_there = |number: u32, words: &str| {
            self.text.paragraph(number).is_some_and(|line| !line.places(words, None, None).is_empty())
        };
        let there = places.iter().filter(|(source, words)| is_there(source.paragraph, words)).count();
        if there * 2 >= places.len() {
            return false;
        }
        let missing: Vec<&str> = places
            .iter()
            .filter(|(_, words)| self.text.with(words, None, None).is_empty())
            .map(|(_, words)| *words)
            .collect();
        let joined = self.text.joined();
        let broken = missing.iter().filter(|words| !joined.places(words, None, None).is_empty()).count();
        let last = places.iter().map(|(source, _)| source.paragraph).max().unwrap_or_default();
        let has_many_more = there + ENOUGH <= places.len() && self.text.count() / 2 > last;
        let is_split =
            if missing.is_empty() { has_many_more } else { broken > 0 && broken * 2 >= missing.len() };
        if is_split && self.text.is_broken() {
            self.findings.error(
                article,
                say!("proof-lines-text-end-middle-sentences"),
                say!("proof-join-lines-each-paragraph-every"),
            );
            return true;
        }
        if places.len() >= ENOUGH && (places.len() - missing.len()) * 5 <= places.len() {
            self.findings.error(
                article,
                say!("proof-text-another-article-pack-s", missing = missing.len(), places = places.len()),
                say!("proof-name-pack-s-own-text", beginning = self.text.lines()[0].beginning()),
            );
            return true;
        }
        false
    }

    fn version(&mut self) {
        let article = [Step::Key("article")];
        let value = write("source_sha256", &self.text.sha256());
        match &self.pack.article.source_sha256 {
            // What is no hash at all is reported as that.
            Some(hash) if !is_sha256(hash) => {}
            Some(hash) if !self.text.is_version(hash) => self.findings.error(
                below(&article, &[Step::Key("source_sha256")]),
                say!("proof-pack-was-made-from-another"),
                say!("proof-compare-two-if-all-well", value = value),
            ),
            Some(_) => {}
            None => self.findings.warn(
                article.to_vec(),
                say!("proof-pack-does-say-which-text"),
                say!("proof-add", value = value),
            ),
        }
    }

    /// Whether all headings are in the text. Where not, every paragraph after them has another number.
    fn headings(&mut self) -> bool {
        let mut all = true;
        for (index, section) in self.pack.article.sections.iter().enumerate() {
            let Some(heading) = section.heading.as_deref().filter(|heading| !self.text.has_heading(heading))
            else {
                continue;
            };
            all = false;
            let wanted = even(heading).to_lowercase();
            let nearest = self
                .text
                .lines()
                .iter()
                .filter(|line| !line.is_heading)
                .map(|line| {
                    (strsim::normalized_levenshtein(&wanted, &even(&line.shown).to_lowercase()), line)
                })
                .filter(|(likeness, _)| *likeness >= 0.6)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let help = match nearest {
                Some((_, line)) => {
                    say!(
                        "proof-line-text-nearest-write",
                        number = line.number,
                        line = write("heading", &line.shown)
                    )
                }
                None => say!("proof-no-line-text-like-if", heading = write("name", heading)),
            };
            self.findings.error(
                vec![Step::Key("article"), Step::Key("section"), Step::At(index), Step::Key("heading")],
                say!("proof-text-has-no-heading", heading = shown(heading)),
                help,
            );
        }
        all
    }

    fn sections(&mut self) {
        let count = self.text.count();
        let sections = &self.pack.article.sections;
        let at = |index| vec![Step::Key("article"), Step::Key("section"), Step::At(index), Step::Key("last")];
        for (index, section) in sections.iter().enumerate() {
            if section.last > count {
                self.findings.error(
                    at(index),
                    say!("proof-text-has-only-paragraphs", count = count),
                    say!("proof-write-shows-how-they-are", count = count),
                );
            }
        }
        if let Some(section) = sections.last().filter(|section| section.last < count) {
            self.findings.warn(
                at(sections.len() - 1),
                say!("proof-text-goes-on-paragraph-after", count = count, last = section.last),
                say!("proof-write-add-another-section", count = count),
            );
        }
    }

    fn item(&mut self, quotations: &mut Quotations<'_>, path: &[Step], item: &Item) {
        let mut paragraph = None;
        if let Some(source) = item.source() {
            let at = below(path, &[Step::Key("source")]);
            let place = match item {
                Item::Quote(quote) => {
                    let place = self.quote(path, &at, quote);
                    if let Some(place) = &place {
                        quotations.add(self.findings, path, quote, place);
                    }
                    place
                }
                _ => source.exact.as_deref().and_then(|exact| {
                    self.locate(&at, source, (below(&at, &[Step::Key("exact")]), "exact", exact))
                }),
            };
            // Without its place, what else an item says can't be looked up.
            let Some(place) = place else { return };
            paragraph = Some(place.paragraph);
        }
        self.wordings(path, item, paragraph);
    }

    /// Where a quote's own words appear: in its `exact`, or around that.
    fn quote(&mut self, path: &[Step], source_at: &[Step], quote: &Quote) -> Option<Place> {
        let words_at = below(path, &[Step::Key("words")]);
        let source = &quote.source;
        let Some(exact) = &source.exact else {
            return self.locate(source_at, source, (words_at, "words", &quote.words));
        };
        let exact_at = below(source_at, &[Step::Key("exact")]);
        let mark = self.locate(source_at, source, (exact_at.clone(), "exact", exact));
        if even(&quote.words).is_empty() {
            return None;
        }
        let paragraph = mark.as_ref().map_or(source.paragraph, |mark| mark.paragraph);
        let places = self
            .text
            .paragraph(paragraph)
            .map_or_else(Vec::new, |line| line.places(&quote.words, None, None));
        if places.is_empty() {
            return self.in_no_place(words_at, paragraph, quote);
        }
        let first = Place { paragraph, at: places[0].clone() };
        let Some(mark) = mark else { return Some(first) };
        let holds =
            |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        let mut here = places.iter().filter(|at| holds(at, &mark.at) || holds(&mark.at, at));
        match (here.next(), here.next()) {
            (Some(at), None) => Some(Place { paragraph, at: at.clone() }),
            (Some(at), Some(_)) => {
                self.findings.error(
                    exact_at,
                    say!("proof-quote-s-stand-more-than"),
                    say!("proof-let-begin-end-closer-one"),
                );
                Some(Place { paragraph, at: at.clone() })
            }
            (None, _) => {
                let help = match places.len() {
                    1 => say!("proof-leave-out-quote-s-own"),
                    _ => say!("proof-leave-out-tell-place-by"),
                };
                self.findings.error(exact_at, say!("proof-quote-s-don-t-stand"), help);
                Some(first)
            }
        }
    }

    /// Reports where the words of a quote are that are not in the paragraph of its `exact`.
    fn in_no_place(&mut self, words_at: Vec<Step>, paragraph: u32, quote: &Quote) -> Option<Place> {
        let elsewhere = self.text.with(&quote.words, None, None);
        let Some(number) = elsewhere.first().copied() else {
            self.missing((words_at, "words", &quote.words), paragraph);
            return None;
        };
        self.findings.error(
            words_at,
            say!("proof-quote-s-stand-paragraph", number = number, paragraph = paragraph),
            say!("proof-write-quote-s-own-words", number = number),
        );
        let at = self.text.paragraph(number)?.places(&quote.words, None, None).into_iter().next()?;
        Some(Place { paragraph: number, at })
    }

    /// Where words are that mark a place, given by their path, key and value.
    fn locate(
        &mut self,
        source_at: &[Step],
        source: &Source,
        (at, key, words): (Vec<Step>, &str, &str),
    ) -> Option<Place> {
        if even(words).is_empty() {
            return None;
        }
        let paragraph = source.paragraph;
        let number_at = below(source_at, &[Step::Key("paragraph")]);
        let context = (source.prefix.as_deref(), source.suffix.as_deref());
        let Some(line) = self.text.paragraph(paragraph) else {
            return self.elsewhere(number_at.clone(), source, words).or_else(|| {
                self.findings.error(
                    number_at,
                    say!("proof-text-has-no-paragraph", paragraph = paragraph),
                    say!("proof-paragraphs-go-from", value = self.text.count()),
                );
                None
            });
        };
        let mut places = line.places(words, context.0, context.1);
        if count_words(words) < 2 && context == (None, None) && places.len() == 1 {
            self.findings.error(at, say!("proof-single-word-marks-no-place"), with_context(line, &places));
            return None;
        }
        match (places.len(), places.pop()) {
            (1, Some(at)) => Some(Place { paragraph, at }),
            (0, _) if !line.places(words, None, None).is_empty() => {
                let places = line.places(words, None, None);
                let help = match places.len() {
                    1 => say!("proof-leave-out-words-stand-there"),
                    _ => with_context(line, &places),
                };
                let key = if context.0.is_some() { "prefix" } else { "suffix" };
                self.findings.error(
                    below(source_at, &[Step::Key(key)]),
                    say!("proof-text-words-stand-between-others"),
                    help,
                );
                places.into_iter().next().filter(|_| key == "words").map(|at| Place { paragraph, at })
            }
            (0, _) => self.elsewhere(number_at, source, words).or_else(|| {
                self.missing((at, key, words), paragraph);
                None
            }),
            (times, last) => {
                places.extend(last);
                self.findings.error(
                    at,
                    say!("proof-these-words-stand-times-paragraph", times = times, paragraph = paragraph),
                    with_context(line, &places),
                );
                None
            }
        }
    }

    /// Where words are that are not in the paragraph that their source names: in the nearest that has them.
    fn elsewhere(&mut self, number_at: Vec<Step>, source: &Source, words: &str) -> Option<Place> {
        let (prefix, suffix) = (source.prefix.as_deref(), source.suffix.as_deref());
        let numbers = self.text.with(words, prefix, suffix);
        let paragraph = numbers.into_iter().min_by_key(|number| number.abs_diff(source.paragraph))?;
        let at = self.text.paragraph(paragraph)?.places(words, prefix, suffix).into_iter().next()?;
        self.misplaced.push((number_at, source.paragraph, paragraph));
        Some(Place { paragraph, at })
    }

    /// Reports words that appear nowhere in the text, and what was perhaps meant.
    fn missing(&mut self, (at, key, words): (Vec<Step>, &str, &str), paragraph: u32) {
        if let Some((message, help)) = self.unlike_a_text(key, words, paragraph) {
            return self.findings.error(at, message, help);
        }
        let here = self.text.paragraph(paragraph).and_then(|line| passage(&line.shown, words));
        let likeness = here.as_ref().map_or(0.0, |(_, likeness)| *likeness);
        let mut nearest = here.map(|(place, likeness)| (paragraph, place, likeness));
        // Another paragraph must be much more like it than the one that the pack names.
        for (number, line) in self.text.paragraphs().filter(|(number, _)| *number != paragraph) {
            if likeness > 0.8 || self.searches >= MAX_SEARCHES {
                break;
            }
            let better = nearest.as_ref().map_or(0.7, |(_, _, likeness)| likeness + 0.15);
            if let Some((place, likeness)) = passage(&line.shown, words).filter(|(_, it)| *it > better) {
                nearest = Some((number, place, likeness));
            }
        }
        let help = match nearest
            .and_then(|(number, place, _)| Some((number, &self.text.paragraph(number)?.shown[place])))
        {
            Some((number, theirs)) => {
                let (ours, theirs_marked) = side_by_side(words, theirs);
                say!(
                    "proof-paragraph-has-nearly-same-pack",
                    number = number,
                    ours = ours,
                    theirs_marked = theirs_marked,
                    theirs = write(key, theirs)
                )
            }
            None => say!("proof-copy-them-from-paragraph-word", paragraph = paragraph),
        };
        self.findings.error(at, say!("proof-these-words-are-text"), help);
    }

    /// What is wrong with words that are in the text except for something that was put in or left out.
    fn unlike_a_text(&self, key: &str, words: &str, paragraph: u32) -> Option<(String, String)> {
        let here = |words: &str| {
            let line = self.text.paragraph(paragraph);
            !even(words).is_empty() && line.is_some_and(|line| !line.places(words, None, None).is_empty())
        };
        let is_mark = |c: char| matches!(even(&c.to_string()).as_str(), "\"" | "'");
        let bare = words.trim().trim_matches(is_mark);
        if bare.len() < words.trim().len() && here(bare) {
            return Some((
                say!("proof-has-quotation-marks-are-text", key = key),
                say!("proof-write", bare = write(key, bare)),
            ));
        }
        let parts = parts(words);
        if parts.len() > 1 {
            let known: Vec<&String> = parts.iter().filter(|part| here(part)).collect();
            let help = match known.as_slice() {
                [] => say!("proof-copy-passage-without-gap"),
                [one] => say!("proof-write-2", one = write(key, one)),
                [one, two, ..] if key == "words" => {
                    say!("proof-make-two-quotes-keep-one", one = write(key, one), two = write(key, two))
                }
                [one, ..] => say!("proof-write-part-enough-mark-place", one = write(key, one)),
            };
            return Some((say!("proof-leaves-out-words-text-nothing", key = key), help));
        }
        let heading = self
            .text
            .lines()
            .iter()
            .find(|line| line.is_heading && !line.places(words, None, None).is_empty());
        if let Some(line) = heading {
            return Some((
                say!("proof-these-words-are-heading-headings", line = line.shown),
                say!("proof-take-words-paragraph"),
            ));
        }
        for (number, line) in self.text.paragraphs() {
            let Some(next) = self.text.paragraph(number + 1) else { break };
            let both = Text::new(&format!("{} {}", line.shown, next.shown), &Article::default());
            if both.with(words, None, None).is_empty() {
                continue;
            }
            let longer = longer_part(words, line, next);
            return Some((
                say!("proof-these-words-go-over-end", number = number),
                say!("proof-take-part-one-paragraph-write", longer = write(key, &longer)),
            ));
        }
        None
    }

    /// A date's wording must appear in the paragraph that the item is from; an actor's, anywhere.
    fn wordings(&mut self, path: &[Step], item: &Item, paragraph: Option<u32>) {
        let mut dates: Vec<(Vec<Step>, &When)> = Vec::new();
        if let Item::Actor(actor) = item {
            dates.extend(actor.roles.iter().enumerate().filter_map(|(at, role)| {
                Some((vec![Step::Key("role"), Step::At(at), Step::Key("when")], role.when.as_ref()?))
            }));
        }
        dates.extend(item.when().map(|when| (vec![Step::Key("when")], when)));
        for (steps, when) in dates {
            let Some(wording) = when.text.as_deref().filter(|wording| !even(wording).is_empty()) else {
                continue;
            };
            let at = below(&below(path, &steps), &[Step::Key("text")]);
            let paragraphs = self.text.with(wording, None, None);
            match (item, paragraph) {
                (Item::Actor(_), _) if paragraphs.is_empty() => self.no_wording(at, wording, None),
                (Item::Actor(_), _) | (_, None) => {}
                (_, Some(number)) if paragraphs.contains(&number) => {}
                (_, Some(number)) => self.no_wording(at, wording, Some(number)),
            }
        }
    }

    fn no_wording(&mut self, at: Vec<Step>, wording: &str, paragraph: Option<u32>) {
        let line = paragraph.and_then(|number| self.text.paragraph(number));
        let near = line.and_then(|line| Some(&line.shown[passage(&line.shown, wording)?.0]));
        let help = match near {
            Some(near) => say!("proof-write-wording-text-s", near = write("text", near)),
            None => say!("proof-copy-text-s-wording-leave"),
        };
        let message = match paragraph {
            Some(number) => say!("proof-paragraph", wording = shown(wording), number = number),
            None => say!("proof-text", wording = shown(wording)),
        };
        self.findings.error(at, message, help);
    }

    /// Reports places in other paragraphs. Many that are off in one direction have one cause, and are reported
    /// once: then this is true.
    fn shifted(&mut self) -> bool {
        let mut misplaced = std::mem::take(&mut self.misplaced);
        misplaced.sort_by_key(|(_, named, _)| *named);
        let shift = |(_, named, found): &(Vec<Step>, u32, u32)| i64::from(*found) - i64::from(*named);
        let later = misplaced.windows(2).all(|two| shift(&two[0]) <= shift(&two[1]))
            && misplaced.iter().all(|it| shift(it) > 0);
        let earlier = misplaced.windows(2).all(|two| shift(&two[0]) >= shift(&two[1]))
            && misplaced.iter().all(|it| shift(it) < 0);
        let small = misplaced.iter().all(|it| shift(it).abs() <= 8);
        if misplaced.len() < ENOUGH || !small || !(later || earlier) {
            for (at, named, found) in misplaced {
                let message = match self.text.paragraph(named) {
                    Some(_) => say!("proof-words-are-paragraph", named = named),
                    None => say!("proof-text-has-no-paragraph-2", named = named),
                };
                let help = say!("proof-they-are-paragraph-write", found = found);
                self.findings.error(at, message, help);
            }
            return false;
        }
        let count = misplaced.len();
        let Some((at, named, found)) = misplaced.into_iter().next() else { return false };
        let by = found.abs_diff(named);
        let (message, help) = match later {
            true => (
                say!("proof-from-paragraph-on-places-are", named = named, count = count, by = by),
                say!("proof-compare-with-name-heading-counted", found = found),
            ),
            false => (
                say!("proof-from-paragraph-on-places-are-2", named = named, count = count, by = by),
                say!("proof-compare-with-line-pack-counts", found = found),
            ),
        };
        self.findings.error(at, message, help);
        true
    }
}

/// The parts of words from which something was left out: … , ... , [...] or (…).
fn parts(words: &str) -> Vec<String> {
    let evened = words.replace(['…', '⋯'], "...");
    evened
        .split("...")
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || "[](),.".contains(c)).to_string())
        .filter(|part| !part.is_empty() || !evened.contains("..."))
        .collect()
}

/// The longer of the two parts of words that go over the end of a paragraph.
fn longer_part(words: &str, line: &Line, next: &Line) -> String {
    let spaces = words.match_indices(char::is_whitespace).map(|(at, _)| at);
    let mut cuts: Vec<(&str, &str)> = spaces.map(|at| (words[..at].trim(), words[at..].trim())).collect();
    cuts.retain(|(a, b)| !line.places(a, None, None).is_empty() && !next.places(b, None, None).is_empty());
    let (first, second) = cuts.first().copied().unwrap_or((words, ""));
    if count_words(first) >= count_words(second) { first.to_string() } else { second.to_string() }
}

/// The words before each of these places, which tell them apart.
fn with_context(line: &Line, places: &[Range<usize>]) -> String {
    let before = |at: &Range<usize>, number: usize| {
        let words: Vec<&str> = line.shown[..at.start].split(' ').filter(|word| !word.is_empty()).collect();
        words[words.len().saturating_sub(number)..].join(" ")
    };
    let after = |at: &Range<usize>, number: usize| {
        let words = line.shown[at.end..].split(' ').filter(|word| !word.is_empty());
        words.take(number).collect::<Vec<_>>().join(" ")
    };
    let telling = |at: &Range<usize>| -> Option<String> {
        (2..=6).find_map(|number| {
            let options = [("prefix", before(at, number)), ("suffix", after(at, number))];
            options.into_iter().find_map(|(key, words)| {
                let others = places.iter().filter(|other| *other != at);
                let same = |other: &Range<usize>| match key {
                    "prefix" => even(&line.shown[..other.start]).ends_with(&even(&words)),
                    _ => even(&line.shown[other.end..]).starts_with(&even(&words)),
                };
                (!words.is_empty() && !others.into_iter().any(same)).then(|| write(key, &words))
            })
        })
    };
    let told: Vec<String> = places.iter().take(3).filter_map(telling).collect();
    match told.as_slice() {
        [] => say!("proof-take-more-words-so-they"),
        [one] => say!("proof-add-2", one = one),
        several => say!("proof-add-what-stands-beside-one", several = locale::or(several)),
    }
}
