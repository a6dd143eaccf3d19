//! Whether quotes are what their kind says: between marks or not, and whose words.

use std::collections::HashSet;
use std::ops::Range;

use crate::say;

use super::finding::{Findings, below, write};
use super::marks::is_mark;
use super::names::Names;
use super::pack::*;
use super::read::Step;
use super::speech::{Label, Speeches, Spoken};
use super::text::{Line, Place, Text, count_words};

/// So many of the longest quotes are named where all together are too long.
const LONGEST: usize = 5;

/// The quotes of a pack, held against the text.
pub struct Quotations<'a> {
    pack: &'a Pack,
    text: &'a Text,
    names: &'a Names<'a>,
    speeches: Speeches,
    found: Vec<Quoted>,
    /// Path and id of each quote that is speech in a way that the pack does not declare.
    undeclared: Vec<(Vec<Step>, String, Speech)>,
    /// Speakers and paragraphs for which was reported that no name is near.
    unnamed: HashSet<(String, u32)>,
}

/// A quote that was found.
struct Quoted {
    path: Vec<Step>,
    id: String,
    place: Place,
}

/// What a text's mark of speech is called.
fn called(how: Option<Speech>) -> String {
    match how {
        None => say!("proof-quotation-marks"),
        Some(Speech::Dash) => say!("proof-speech-behind-dash"),
        Some(Speech::Single) => say!("proof-single-quotation-marks"),
        Some(Speech::Label) => say!("proof-behind-label-interview"),
    }
}

impl<'a> Quotations<'a> {
    /// Of a pack and its text.
    pub fn of(pack: &'a Pack, text: &'a Text, names: &'a Names<'a>) -> Quotations<'a> {
        let speeches = Speeches::of(text, &pack.article.language, |label| names.is_label(label));
        Quotations { pack, text, names, speeches, found: vec![], undeclared: vec![], unnamed: HashSet::new() }
    }

    /// Takes a quote whose words appear at this place.
    pub fn add(&mut self, findings: &mut Findings, path: &[Step], quote: &Quote, place: &Place) {
        if let Some(line) = self.text.paragraph(place.paragraph) {
            self.kind(findings, path, quote, place, line);
            if matches!(quote.kind, QuoteKind::Verbatim | QuoteKind::Reported) {
                self.speaker(findings, path, quote, place, line);
            }
        }
        self.found.push(Quoted { path: path.to_vec(), id: quote.id.clone(), place: place.clone() });
    }

    fn is_declared(&self, spoken: &Spoken) -> bool {
        spoken.how.is_none_or(|how| self.pack.article.speech.contains(&how))
    }

    /// Holds the kind of a quote against the marks of its paragraph.
    fn kind(&mut self, findings: &mut Findings, path: &[Step], quote: &Quote, place: &Place, line: &Line) {
        let at = &place.at;
        let (declared, undeclared): (Vec<&Spoken>, Vec<&Spoken>) =
            self.speeches.paragraph(place.paragraph).iter().partition(|it| self.is_declared(it));
        let wants_speech = matches!(quote.kind, QuoteKind::Verbatim | QuoteKind::Phrase);
        if let Some((message, help)) = across(at, &declared, line, wants_speech) {
            return findings.error(below(path, &[Step::Key("words")]), message, help);
        }
        let kind_at = below(path, &[Step::Key("kind")]);
        let holder = declared.iter().find(|it| it.holds(at));
        // A label of the paragraph's own that names an actor says whose words they are.
        let label = self.speeches.label(place.paragraph);
        let is_labelled =
            label.is_some_and(|it| it.paragraph == place.paragraph && self.names.is_label(&it.name));
        let marked = holder.filter(|it| it.how != Some(Speech::Label) || is_labelled);
        let seeming = undeclared.iter().find(|it| it.holds(at) || it.is_crossed_by(at)).and_then(|it| it.how);
        match (quote.kind, holder) {
            (QuoteKind::Verbatim | QuoteKind::Phrase, None) => match seeming {
                Some(how) => self.undeclared.push((kind_at, quote.id.clone(), how)),
                None if self.is_dashed(place.paragraph) => findings.error(
                    kind_at,
                    say!("proof-these-words-are-quotation-marks"),
                    say!("proof-if-they-are-spoken-quote"),
                ),
                None => findings.error(
                    kind_at,
                    say!("proof-these-words-are-quotation-marks-2"),
                    say!("proof-write-if-author-tells-what"),
                ),
            },
            (QuoteKind::Author | QuoteKind::Reported, _) if let Some(spoken) = marked => findings.error(
                kind_at,
                say!("proof-these-words-are-text-2", how = called(spoken.how)),
                say!("proof-write-if-text-says-who"),
            ),
            (QuoteKind::Reported, None) if seeming == Some(Speech::Dash) => findings.warn(
                kind_at,
                say!("proof-these-words-seem-speech-behind"),
                say!("proof-if-so-write", ash = self.declare(Speech::Dash)),
            ),
            _ => {}
        }
    }

    /// Whether a paragraph begins with a dash that the pack declares as a mark of speech.
    fn is_dashed(&self, paragraph: u32) -> bool {
        let mut spoken = self.speeches.paragraph(paragraph).iter().filter(|it| self.is_declared(it));
        spoken.any(|it| it.how == Some(Speech::Dash) && it.outer.start == 0)
    }

    /// The line that says how the text marks speech.
    fn declare(&self, how: Speech) -> String {
        let mut all = self.pack.article.speech.clone();
        all.push(how);
        let all: Vec<String> = all.into_iter().map(|how| format!("\"{}\"", how.word())).collect();
        say!("proof-write-article", all = all.join(", "))
    }

    /// Looks for a name of the speaker near the words, or for the label under which they are.
    fn speaker(&mut self, findings: &mut Findings, path: &[Step], quote: &Quote, place: &Place, line: &Line) {
        let Some(actor) = quote.speaker.as_deref().and_then(|id| self.names.actor(id)) else { return };
        let speaker_at = below(path, &[Step::Key("speaker")]);
        let here = self.speeches.paragraph(place.paragraph);
        let by_label = |it: &Spoken| it.how == Some(Speech::Label);
        let holders: Vec<&Spoken> =
            here.iter().filter(|it| self.is_declared(it) && it.holds(&place.at)).collect();
        let label = self.speeches.label(place.paragraph).filter(|_| holders.iter().any(|it| by_label(it)));
        // A letter such as Q names nobody, unless somebody has these initials.
        let is_letter = |name: &str| name.chars().count() <= 2 && !self.names.is_label(name);
        if label.is_some_and(|it| self.names.is_label_of(&it.name, actor) || is_letter(&it.name)) {
            return;
        }
        if let Some(label) = label
            && holders.iter().all(|it| by_label(it))
            && quote.kind == QuoteKind::Verbatim
        {
            return self.label_of_another(findings, speaker_at, actor, label);
        }
        if self.pack.article.author.as_deref() == Some(actor.id.as_str()) {
            return;
        }
        // A dialogue names its speakers at its beginning, if at all.
        let mut first = place.paragraph;
        while first > 1 && self.speeches.is_turn(first, &self.pack.article.speech) {
            first -= 1;
        }
        let first = first.min(place.paragraph.saturating_sub(1)).max(1);
        let near = self
            .text
            .lines()
            .iter()
            .skip_while(|it| self.text.paragraph(first).is_some_and(|from| it.number < from.number));
        let mut near = near.take_while(|it| it.number <= line.number);
        if near.any(|it| self.names.is_named(actor, &it.shown)) {
            return;
        }
        let range = match place.paragraph {
            1 => "1".to_string(),
            number => format!("{first}–{number}"),
        };
        if !self.unnamed.insert((actor.id.clone(), place.paragraph)) {
            return;
        }
        findings.warn(
            speaker_at,
            say!("proof-no-name-stands-paragraph-text", name = actor.name, range = range),
            say!(
                "proof-see-line-text-whose-words",
                number = line.number,
                beginning = line.beginning(),
                id = actor.id
            ),
        );
    }

    /// Tells that the words have a label that is none of the speaker's, and whose it is.
    fn label_of_another(&self, findings: &mut Findings, speaker_at: Vec<Step>, actor: &Actor, label: &Label) {
        let of_others = |is_other: &dyn Fn(&Actor) -> bool| -> Vec<&str> {
            let others = self.pack.actors.iter().filter(|other| is_other(other));
            others.map(|other| other.id.as_str()).collect()
        };
        let mut others = of_others(&|other| self.names.is_label_of(&label.name, other));
        // "Mr Cope" has a name in it.
        if others.is_empty() && !self.names.is_named(actor, &label.name) {
            others = of_others(&|other| other.id != actor.id && self.names.is_named(other, &label.name));
        }
        let message =
            say!("proof-text-these-words-are-those", name = label.name, paragraph = label.paragraph);
        match others.as_slice() {
            [] => findings.warn(speaker_at, message, say!("proof-if-add", name = actor.name, id = actor.id)),
            [other, ..] => {
                findings.error(speaker_at, message, say!("proof-write-3", other = write("speaker", other)))
            }
        }
    }

    /// Tells once how the text marks speech, if the pack does not say so.
    fn declarations(&self, findings: &mut Findings) {
        for how in [Speech::Dash, Speech::Single, Speech::Label] {
            let mut quotes = self.undeclared.iter().filter(|(_, _, it)| *it == how);
            let Some((at, _, _)) = quotes.next() else { continue };
            let others: Vec<String> = quotes.map(|(_, id, _)| format!("`{id}`")).collect();
            let message = match others.is_empty() {
                true => say!("proof-these-words-are-quotation-marks-3", how = called(Some(how))),
                false => say!(
                    "proof-these-words-are-quotation-marks-4",
                    how = called(Some(how)),
                    others = others.join(", ")
                ),
            };
            let help = say!("proof-if-text-marks-speech-so", how = self.declare(how));
            findings.error(at.clone(), message, help);
        }
    }

    /// Tells what concerns all quotes together. Gives the share of the text's words that they repeat, from
    /// 0 to 1.
    pub fn finish(&self, findings: &mut Findings, limit: f64) -> f64 {
        self.declarations(findings);
        self.share(findings, limit)
    }

    fn share(&self, findings: &mut Findings, limit: f64) -> f64 {
        let places: Vec<(u32, Range<usize>)> =
            self.found.iter().map(|it| (it.place.paragraph, it.place.at.clone())).collect();
        let number = |words: usize| f64::from(u32::try_from(words).unwrap_or(u32::MAX));
        let (covered, total) = (self.text.covered(&places), self.text.words());
        let share = number(covered) / number(total.max(1));
        if share <= limit {
            return share;
        }
        let mut longest: Vec<(usize, &Quoted)> = self
            .found
            .iter()
            .filter_map(|it| {
                let line = self.text.paragraph(it.place.paragraph)?;
                Some((count_words(&line.shown[it.place.at.clone()]), it))
            })
            .collect();
        longest.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        let named: Vec<String> = longest
            .iter()
            .take(LONGEST)
            .map(|(words, it)| {
                say!("proof-words-paragraph", id = it.id, words = words, paragraph = it.place.paragraph)
            })
            .collect();
        let allowed = (0..=covered).rev().find(|words| number(*words) <= number(total) * limit).unwrap_or(0);
        let path = longest.first().map_or_else(Vec::new, |(_, it)| below(&it.path, &[Step::Key("words")]));
        findings.error(
            path,
            say!(
                "proof-quotes-repeat-text-s-words",
                covered = covered,
                total = total,
                share = format!("{:.1}", share * 100.0),
                allowed = covered - allowed,
                limit = format!("{:.1}", limit * 100.0)
            ),
            say!("proof-pack-companion-article-copy-shorten", named = named.join(", ")),
        );
        share
    }
}

/// Whether a place is what is between marks, marks included.
fn is_whole(spoken: &Spoken, at: &Range<usize>, line: &Line) -> bool {
    let marks = !matches!(spoken.how, Some(Speech::Dash | Speech::Label));
    let bare = |c: char| c == ' ' || !c.is_alphanumeric() && !is_mark(c) && !"‘’‚'".contains(c);
    let after = line.shown.get(spoken.outer.end..at.end);
    marks && spoken.outer.start == at.start && after.is_some_and(|after| after.chars().all(bare))
}

/// What is wrong with words that hold a mark of the text whose partner they don't hold, or that are around
/// what the marks hold; and what to write.
fn across(
    at: &Range<usize>,
    declared: &[&Spoken],
    line: &Line,
    wants_speech: bool,
) -> Option<(String, String)> {
    if let Some(whole) = declared.iter().find(|it| is_whole(it, at, line)) {
        let words = line.shown[whole.inner.clone()].trim();
        let message = say!("proof-holds-quotation-marks-stand-around");
        return Some((message, say!("proof-write-4", words = write("words", words))));
    }
    let is_held = declared.iter().any(|it| it.holds(at));
    let crossed = declared.iter().find(|it| it.how != Some(Speech::Label) && it.is_crossed_by(at));
    let crossed = crossed.filter(|it| !is_held || it.how.is_none())?;
    let (message, advice) = match crossed.how {
        Some(Speech::Dash) => {
            (say!("proof-goes-over-from-speech-what"), say!("proof-take-part-surely-spoken"))
        }
        _ => (say!("proof-goes-over-quotation-mark-text"), say!("proof-take-part-on-one-side")),
    };
    let part = longest_part(at, declared, line, wants_speech);
    Some((
        message,
        part.map_or(advice.clone(), |part| {
            say!("proof-write-5", advice = advice, part = write("words", part))
        }),
    ))
}

/// The longest part of a place on one side of all marks: a spoken one or, where none is wanted, another.
fn longest_part<'t>(
    at: &Range<usize>,
    declared: &[&Spoken],
    line: &'t Line,
    spoken: bool,
) -> Option<&'t str> {
    let mut cuts = vec![at.start, at.end];
    for it in declared.iter().filter(|it| it.how != Some(Speech::Label)) {
        cuts.extend([it.outer.start, it.inner.start, it.inner.end, it.outer.end]);
    }
    cuts.retain(|cut| at.start <= *cut && *cut <= at.end);
    cuts.sort_unstable();
    let is_spoken =
        |part: &Range<usize>| declared.iter().any(|it| it.how != Some(Speech::Label) && it.holds(part));
    let parts = cuts.windows(2).map(|two| two[0]..two[1]);
    let parts = parts.filter(|part| is_spoken(part) == spoken);
    let trimmed = |part: Range<usize>| {
        line.shown[part].trim_matches(|c: char| c == ' ' || is_mark(c) || ",;:—–-".contains(c))
    };
    parts.map(trimmed).max_by_key(|part| count_words(part)).filter(|part| count_words(part) > 0)
}
