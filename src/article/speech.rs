//! What a text marks as somebody's words: between quotation marks, and, where the pack says that the text
//! does so, after dashes, between single marks and behind labels.
//!
//! What is not clear is not taken for speech: a quotation that is refused can be shortened, but one that
//! passes puts words into somebody's mouth.

use std::collections::HashMap;
use std::ops::Range;

use super::marks::{InPlace, characters, pairs};
use super::pack::Speech;
use super::text::{Text, even, stands_alone};

/// A stretch of a paragraph that is marked as somebody's words, in bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The words.
    pub inner: Range<usize>,
    /// The words with their marks.
    pub outer: Range<usize>,
    /// What marks them; nothing for quotation marks, which need not be declared.
    pub how: Option<Speech>,
}

impl Spoken {
    /// Whether a place lies between the marks.
    pub fn holds(&self, place: &Range<usize>) -> bool {
        self.inner.start <= place.start && place.end <= self.inner.end
    }

    /// Whether a place goes over one of the two marks and not over the other.
    pub fn is_crossed_by(&self, place: &Range<usize>) -> bool {
        // A stretch by a dash has no mark at its end, and to go over it is to go further.
        let over = |mark: Range<usize>| place.start < mark.end && mark.start < place.end;
        over(self.outer.start..self.inner.start) != over(self.inner.end..self.outer.end)
    }
}

/// Who speaks by a label: the paragraph in which it is, and the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The number of that paragraph.
    pub paragraph: u32,
    /// The label without its colon.
    pub name: String,
}

/// What all paragraphs of a text mark as speech, declared or not.
#[derive(Debug)]
pub struct Speeches {
    spoken: Vec<Vec<Spoken>>,
    labels: Vec<Option<Label>>,
}

impl Speeches {
    /// Goes through a text in this language. `is_name` tells a label that is the name of an actor.
    pub fn of(text: &Text, language: &str, is_name: impl Fn(&str) -> bool) -> Speeches {
        let paragraphs: Vec<&str> = text.paragraphs().map(|(_, line)| line.shown.as_str()).collect();
        let manner = Manner::of(language);
        let mut spoken: Vec<Vec<Spoken>> = Vec::new();
        let between = |pair: super::marks::Pair, how| Spoken { inner: pair.inner, outer: pair.outer, how };
        for ((text, double), single) in
            paragraphs.iter().zip(pairs(paragraphs.iter().copied())).zip(singles(&paragraphs))
        {
            let mut here: Vec<Spoken> = double.into_iter().map(|pair| between(pair, None)).collect();
            here.extend(single.into_iter().map(|pair| between(pair, Some(Speech::Single))));
            here.extend(manner.dashes(text));
            spoken.push(here);
        }
        let labels = labels(&paragraphs, is_name);
        for ((here, text), label) in spoken.iter_mut().zip(&paragraphs).zip(&labels) {
            if let Some((_, start)) = label {
                here.push(Spoken {
                    inner: *start..text.len(),
                    outer: 0..text.len(),
                    how: Some(Speech::Label),
                });
            }
        }
        Speeches { spoken, labels: labels.into_iter().map(|label| label.map(|(label, _)| label)).collect() }
    }

    /// What a paragraph marks as speech.
    pub fn paragraph(&self, number: u32) -> &[Spoken] {
        let index = number.checked_sub(1).map(|at| at as usize);
        index.and_then(|at| self.spoken.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The label under which a paragraph is: its own, or that of the last paragraph that has one.
    pub fn label(&self, number: u32) -> Option<&Label> {
        self.labels.get(number.checked_sub(1)? as usize)?.as_ref()
    }

    /// Whether a paragraph begins with speech, so that it may be a turn in a dialogue.
    pub fn is_turn(&self, number: u32, declared: &[Speech]) -> bool {
        self.paragraph(number).iter().any(|it| {
            it.outer.start == 0 && it.how.is_none_or(|how| how != Speech::Label && declared.contains(&how))
        })
    }
}

/// Words of English that lose their beginning, so that a straight mark before them opens nothing.
const ELISIONS: [&str; 10] = ["tis", "twas", "twere", "em", "til", "till", "cause", "n", "bout", "cos"];

fn opens_single(mark: InPlace, text: &str) -> bool {
    let rest = &text[mark.end()..];
    let word = || rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match mark.c {
        '‚' => mark.can_open(),
        '‘' | '‛' => {
            mark.begins()
                && !(word().ends_with("0s") && word().chars().all(|c| c.is_ascii_digit() || c == 's'))
        }
        '\'' | '＇' => {
            let shortened = ELISIONS.contains(&word().to_lowercase().as_str());
            mark.begins() && !rest.starts_with(|c: char| c.is_numeric()) && !shortened
        }
        _ => false,
    }
}

/// The pairs of single quotation marks. An apostrophe may look like a closing one: a pair reaches to the
/// first that comes after punctuation, which no apostrophe does, or else to the first that could close.
fn singles(paragraphs: &[&str]) -> Vec<Vec<super::marks::Pair>> {
    use super::marks::Pair;

    let mut all: Vec<Vec<Pair>> = Vec::new();
    let mut open: Option<InPlace> = None;
    let mut length = 0;
    for text in paragraphs {
        let marks: Vec<InPlace> = characters(text).filter(|it| "‘’‚‛'＇".contains(it.c)).collect();
        let opening: Vec<usize> = (0..marks.len()).filter(|at| opens_single(marks[*at], text)).collect();
        let mut pairs = Vec::new();
        if let (Some(before), Some(last), Some(0)) = (open, all.last_mut(), marks.first().map(|it| it.at)) {
            last.push(Pair { inner: before.end()..length, outer: before.at..length });
        }
        open = None;
        for (number, at) in opening.iter().enumerate() {
            let opener = marks[*at];
            let next = opening.get(number + 1).copied().unwrap_or(marks.len());
            let closes = |mark: &&InPlace| match mark.c {
                '‘' => opener.c == '‚' && mark.can_close(),
                '‚' | '‛' => false,
                _ => mark.can_close() && !mark.after.is_some_and(char::is_alphanumeric),
            };
            let candidates: Vec<&InPlace> = marks[at + 1..next].iter().filter(closes).collect();
            let sure = candidates.iter().find(|mark| mark.before.is_some_and(|c| !c.is_alphanumeric()));
            match sure.or(candidates.first()) {
                Some(closing) => {
                    pairs.push(Pair { inner: opener.end()..closing.at, outer: opener.at..closing.end() });
                }
                None => open = Some(opener),
            }
        }
        all.push(pairs);
        length = text.len();
    }
    all
}

/// How the dialogue of a language marks what the narrator puts in between.
#[derive(Debug)]
struct Manner {
    /// By a comma alone, as in French ("— Fine, said Paul."): then a clause may be the narrator's.
    by_comma: bool,
    /// By a comma and a dash, as in Russian: a dash between two words is no more than a dash.
    by_comma_and_dash: bool,
    /// Words with which the speaker's own next clause begins and the narrator's doesn't.
    function_words: Vec<&'static str>,
    /// Pronouns with which the narrator's clause may begin as well.
    pronouns: &'static [&'static str],
}

/// Where a dash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dash {
    /// ` —he said`
    Opening,
    /// `he said—.`
    Closing,
    /// ` — `
    Spaced,
    /// `word—word`
    Inner,
}

/// Who speaks at a place of the paragraph.
#[derive(Debug, Clone, Copy)]
enum Voice {
    Nobody,
    Speaker { from: usize },
    Narrator { until_closed: bool },
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―')
}

impl Manner {
    fn of(language: &str) -> Manner {
        let language = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let by_comma_and_dash = matches!(language.as_str(), "ru" | "uk" | "be" | "bg" | "mk" | "sr");
        let by_dash = by_comma_and_dash
            || matches!(
                language.as_str(),
                "es" | "pt"
                    | "gl"
                    | "ca"
                    | "it"
                    | "pl"
                    | "hu"
                    | "lt"
                    | "lv"
                    | "hr"
                    | "bs"
                    | "sl"
                    | "cs"
                    | "sk"
            );
        let pronouns: &[&str] = match language.as_str() {
            "en" => &["he", "she", "they", "we", "i", "it"],
            "fr" => &["me", "m", "te", "t", "lui", "nous", "vous", "leur", "se", "s"],
            "ro" => &["îmi", "îți", "îi", "își", "ne", "vă", "le", "mi", "i", "se"],
            "el" => &["μου", "του", "της", "τους", "μας", "σας"],
            _ => &[],
        };
        let function_words = stop_words::lookup(&language).map_or_else(Vec::new, |words| words.to_vec());
        Manner { by_comma: !by_dash, by_comma_and_dash, function_words, pronouns }
    }

    /// The stretches of a paragraph that somebody speaks, by its dashes.
    fn dashes(&self, text: &str) -> Vec<Spoken> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut voice = Voice::Nobody;
        for mark in characters(text).filter(|it| is_dash(it.c)) {
            let dash = if mark.at == 0 { Dash::Opening } else { place(mark) };
            let said = text[..mark.at].trim_end().chars().next_back();
            let next = text[mark.end()..].trim_start().chars().next();
            voice = match voice {
                Voice::Nobody if mark.at == 0 => Voice::Speaker { from: mark.end() },
                Voice::Nobody => match dash {
                    Dash::Opening | Dash::Spaced if matches!(said, Some(':' | '：')) => {
                        Voice::Speaker { from: mark.end() }
                    }
                    _ => voice,
                },
                Voice::Speaker { .. } if dash == Dash::Inner && mark.c == '–' => voice,
                Voice::Speaker { .. }
                    if dash == Dash::Spaced
                        && self.by_comma_and_dash
                        && said.is_some_and(char::is_alphanumeric) =>
                {
                    voice
                }
                Voice::Speaker { from } => {
                    found.push(from..mark.at);
                    Voice::Narrator { until_closed: dash == Dash::Opening }
                }
                Voice::Narrator { until_closed } => {
                    let ended = said.is_some_and(|c| ".!?…:;".contains(c))
                        && next.is_some_and(|c| c.is_uppercase() || "¿¡«“\"".contains(c));
                    let goes_on = self.by_comma_and_dash && said == Some(',');
                    match dash {
                        Dash::Closing if until_closed => Voice::Speaker { from: mark.end() },
                        Dash::Opening | Dash::Spaced if ended || goes_on => {
                            Voice::Speaker { from: mark.end() }
                        }
                        _ => voice,
                    }
                }
            };
        }
        if let Voice::Speaker { from } = voice {
            found.push(from..text.len());
        }
        let found = found.into_iter().flat_map(|range| match self.by_comma {
            true => self.without_asides(text, range),
            false => vec![range],
        });
        let found = found.map(|range| trimmed(text, range)).filter(|range| !range.is_empty());
        found
            .map(|inner| {
                // The dash itself goes with the words that it opens.
                let before = text[..inner.start].trim_end();
                let dash = before.chars().next_back().filter(|c| is_dash(*c)).map_or(0, char::len_utf8);
                let start = if dash > 0 { before.len() - dash } else { inner.start };
                Spoken { outer: start..inner.end, inner, how: Some(Speech::Dash) }
            })
            .collect()
    }

    /// What is left of a stretch without the clauses that may be the narrator's.
    fn without_asides(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = range.start;
        let begins_clause = |(at, c): (usize, char)| {
            let before = text[range.start..range.start + at].trim_end().chars().next_back();
            let separated = before.is_some_and(|before| ",?!…»;".contains(before));
            (separated && c.is_lowercase()).then_some(range.start + at)
        };
        for at in text[range.clone()].char_indices().filter_map(begins_clause) {
            if at < from {
                continue;
            }
            let clause = &text[at..range.end];
            let end = clause.find([',', '.', '?', '!', '…', ';', ':']).unwrap_or(clause.len());
            let words: Vec<String> = clause[..end]
                .split(|c: char| !c.is_alphanumeric())
                .map(str::to_lowercase)
                .filter(|word| !word.is_empty())
                .collect();
            let Some(first) = words.first() else { continue };
            // "répondit-il": a verb with its subject behind a hyphen.
            let turned = clause[..end].split(' ').take(4).any(|word| {
                let subject = word.rsplit('-').next().filter(|subject| subject.len() < word.len());
                subject.is_some_and(|it| matches!(it, "il" | "elle" | "on" | "je" | "ils" | "elles"))
            });
            let speaks_on =
                self.function_words.contains(&first.as_str()) && !self.pronouns.contains(&first.as_str());
            if speaks_on && !turned {
                continue;
            }
            found.push(from..at);
            if !turned || !clause[end..].starts_with(',') {
                return found;
            }
            from = at + end + 1;
        }
        found.push(from..range.end);
        found
    }
}

fn place(mark: InPlace) -> Dash {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match (space(mark.before), space(mark.after)) {
        (true, true) => Dash::Spaced,
        (true, false) => Dash::Opening,
        (false, true) => Dash::Closing,
        (false, false) if word(mark.before) && word(mark.after) => Dash::Inner,
        (false, false) if mark.after.is_some_and(|c| ".,;:!?…)»”".contains(c)) => Dash::Closing,
        (false, false) => Dash::Opening,
    }
}

/// A stretch without the spaces and the punctuation before it, and without the spaces and commas after.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = words.len() - words.trim_start_matches(|c: char| c == ' ' || ".,;:".contains(c)).len();
    let end = words.trim_end().len();
    range.start + start..range.start + end.max(start)
}

/// The longest label, in characters, and in words.
const LABEL: (usize, usize) = (40, 5);

/// The label with which a paragraph begins, and where its words begin: `Q: How long?`
fn label(text: &str) -> Option<(&str, usize)> {
    let (label, rest) = text.split_once([':', '：'])?;
    let start = text.len() - rest.trim_start_matches(['*', '_']).trim_start().len();
    let name = label.trim_matches(['*', '_', '[', ']', ' ']);
    let plain = |c: char| c.is_alphanumeric() || " .-'’&".contains(c);
    let first = name.chars().next()?;
    let fits = name.chars().count() <= LABEL.0
        && name.split(' ').count() <= LABEL.1
        && name.chars().all(plain)
        && first.is_alphabetic()
        && !first.is_lowercase();
    // An address or a time is no label.
    let goes_on = !rest.starts_with(|c: char| c == '/' || c.is_numeric());
    (fits && goes_on && start < text.len()).then_some((name, start))
}

/// The label under which each paragraph is, and where its words begin. A label is a name of the pack, a
/// letter or two, or comes before several paragraphs; the paragraphs after it without one belong to it.
fn labels(paragraphs: &[&str], is_name: impl Fn(&str) -> bool) -> Vec<Option<(Label, usize)>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (name, _) in paragraphs.iter().filter_map(|text| label(text)) {
        *counts.entry(even(name)).or_default() += 1;
    }
    let is_label = |name: &str| {
        let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
        let initials = letters <= 2 && name.chars().all(|c| !c.is_lowercase());
        initials && !name.chars().any(stands_alone)
            || counts.get(&even(name)).is_some_and(|count| *count > 1)
            || is_name(name)
    };
    let mut under: Option<Label> = None;
    (1..)
        .zip(paragraphs)
        .map(|(paragraph, text)| match label(text) {
            Some((name, start)) if is_label(name) => {
                let label = Label { paragraph, name: name.to_string() };
                under = Some(label.clone());
                Some((label, start))
            }
            // It may be somebody who speaks only once: then it is not of whoever spoke before.
            Some(_) => {
                under = None;
                None
            }
            None => under.clone().map(|label| (label, 0)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::pack::Article;

    fn speeches(language: &str, text: &str) -> (Text, Speeches) {
        let text = Text::new(&text.replace('|', "\n"), &Article::default());
        let speeches = Speeches::of(&text, language, |name| name == "Ines Falk");
        (text, speeches)
    }

    /// What a text marks as speech in this way; paragraphs are split by |.
    fn spoken(language: &str, how: Speech, text: &str) -> Vec<String> {
        let (text, speeches) = speeches(language, text);
        let mut found = Vec::new();
        for (number, line) in text.paragraphs() {
            let here = speeches.paragraph(number).iter().filter(|it| it.how == Some(how));
            found.extend(here.map(|it| line.shown[it.inner.clone()].to_string()));
        }
        found
    }

    #[test]
    fn dialogue_by_dashes() {
        for (language, text, wanted) in [
            ("es", "—Quince días, y es mucho—", vec!["Quince días, y es mucho"]),
            ("es", "— Quince días, y es mucho —", vec!["Quince días, y es mucho"]),
            ("es", "—Claro —contestó el cura—. Mañana mismo.", vec!["Claro", "Mañana mismo."]),
            (
                "es",
                "—Mire usted —dijo—, señor mío —que así lo llamaba—; no puede ser.",
                vec!["Mire usted", "señor mío", "no puede ser."],
            ),
            ("es", "—Nada —dijo ella. Y salió del cuarto.", vec!["Nada"]),
            ("es", "Y gritó el portero: —Vuelva mañana—. Y cerró.", vec!["Vuelva mañana"]),
            ("es", "El plan —un mal plan— era suyo.", vec![]),
            ("es", "―¿Cómo? ―preguntó Ana―. ¿Ya?", vec!["¿Cómo?", "¿Ya?"]),
            ("es", "—El tren París–Madrid sale hoy.", vec!["El tren París–Madrid sale hoy."]),
            ("es", "—Sí—dijo él—, voy.", vec!["Sí"]),
            ("pt", "— Vou já — disse ele. — Espera aí.", vec!["Vou já", "Espera aí."]),
            ("pl", "— Dzień dobry — powiedział Jan. — Jak się masz?", vec!["Dzień dobry", "Jak się masz?"]),
            ("pl", "— Warszawa — to stolica — powiedział Jan.", vec!["Warszawa"]),
            ("ru", "— Москва — столица, — сказал он. — Поедем!", vec!["Москва — столица,", "Поедем!"]),
            ("ru", "— Пойдём, — сказал он, — и скажем.", vec!["Пойдём,", "и скажем."]),
            ("ru", "— Нет! — крикнула Анна и ушла.", vec!["Нет!"]),
            ("ru", "Он сказал: — Пойдём.", vec!["Пойдём."]),
            ("fr", "— Je pars demain, dit Paul, et je reviens.", vec!["Je pars demain,"]),
            ("fr", "— Quinze jours, c'est beaucoup.", vec!["Quinze jours, c'est beaucoup."]),
            ("fr", "— Où vas-tu ? demanda-t-elle.", vec!["Où vas-tu ?"]),
            ("fr", "— Je pars, me dit-il, et je reviens.", vec!["Je pars,", "et je reviens."]),
            ("sv", "– Jag går nu, sa Anna. Hon gick.", vec!["Jag går nu,"]),
            ("en", "—I am going, said Stephen.", vec!["I am going,"]),
            ("en", "—I am going, he said.", vec!["I am going,"]),
        ] {
            assert_eq!(spoken(language, Speech::Dash, text), wanted, "{text}");
        }
    }

    #[test]
    fn single_marks_and_apostrophes() {
        for (text, wanted) in [
            ("‘We will lose,’ he said, ‘and soon.’", vec!["We will lose,", "and soon."]),
            ("He called it ‘a door’ and the dogs’ owner didn’t.", vec!["a door"]),
            ("‘The players’ strike goes on,’ he said.", vec!["The players’ strike goes on,"]),
            // It may end at the apostrophe or not: only what is sure is taken.
            ("‘The players’ strike’ was called off.", vec!["The players"]),
            ("In the ‘80s the players’ strike didn’t end.", vec![]),
            ("In the '80s the players' strike didn't end.", vec![]),
            ("'Tis the dogs' house. He said 'come in' to 'em all.", vec!["come in"]),
            ("L’homme d’État n’a rien dit.", vec![]),
            ("Er sagte: ‚Komm mit.‘ Sie: ‚Nein‘.", vec!["Komm mit.", "Nein"]),
            ("‘One|‘two,’ he said.", vec!["One", "two,"]),
            ("She said “he said ‘go home’ and left”.", vec!["go home"]),
            ("rock ’n’ roll and the 6' man", vec![]),
        ] {
            assert_eq!(spoken("en", Speech::Single, text), wanted, "{text}");
        }
    }

    #[test]
    fn labels_of_interviews() {
        for (text, wanted) in [
            (
                "It was late.|Q: How long?|A: Two weeks.|And no more.|Q: Why?",
                vec!["How long?", "Two weeks.", "And no more.", "Why?"],
            ),
            ("Ines Falk: A park.|See it.", vec!["A park.", "See it."]),
            // Who speaks once may be anybody, and what follows may be theirs.
            ("Q: Why?|A: So.|Host: That is a lie.|It is.|A: Never.", vec!["Why?", "So.", "Never."]),
            (
                "**The Courier:** Why?|**Falk:** So.|The Courier: How?|Falk: Thus.",
                vec!["Why?", "So.", "How?", "Thus."],
            ),
            ("Remember: it was late.|At 12:30 he came.|https://example.org|one: two", vec![]),
            (
                "Вопрос: Когда?|Ответ: Завтра.|Вопрос: Где?|Ответ: Там.",
                vec!["Когда?", "Завтра.", "Где?", "Там."],
            ),
        ] {
            assert_eq!(spoken("en", Speech::Label, text), wanted, "{text}");
        }
        let (_, speeches) = speeches("en", "Intro.|Q: How?|A: So.|More.");
        assert_eq!(speeches.label(1), None);
        assert_eq!(speeches.label(4), Some(&Label { paragraph: 3, name: "A".into() }));
    }
}
