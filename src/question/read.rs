//! Reading a question.

use std::cmp::Ordering;
use std::ops::Range;

use crate::article::date::{Days, parse_range};
use crate::article::fold::fold;

use super::form::{Question, Want, Word, WordRole};
use super::pattern::Match;
use super::tongue::{Tongue, has};
use super::{english, pattern, spanish};

/// The most words of a question that are read.
const MAX_WORDS: usize = 60;
/// The most words of a date.
const MAX_DATE_WORDS: usize = 5;

/// Numbers of so many figures are written in groups; one of four may be a year.
const LARGE_NUMBER: usize = 5;

/// A word as it was typed, and folded.
struct Typed<'t> {
    written: &'t str,
    folded: String,
}

impl Question {
    /// Reads what a person typed.
    pub fn read(typed: &str) -> Question {
        Question::of(typed_words(typed))
    }

    /// Reads what a person typed of whose words these name the article: "Federalist 10" is "the article".
    pub fn read_of_article(typed: &str, name: Range<usize>) -> Question {
        let mut typed = typed_words(typed);
        let folded: Vec<&str> = typed.iter().map(|word| word.folded.as_str()).collect();
        let article = tongue_of(&folded).article.split(' ').next().unwrap_or_default();
        if name.end <= typed.len() {
            typed.splice(name, [Typed { written: article, folded: article.into() }]);
        }
        Question::of(typed)
    }

    fn of(typed: Vec<Typed<'_>>) -> Question {
        let folded: Vec<&str> = typed.iter().map(|word| word.folded.as_str()).collect();
        let tongue = tongue_of(&folded);
        let form = tongue.forms.iter().find_map(|(form, want)| Some((pattern::find(form, &folded)?, *want)));
        let (found, mut want) = form.unwrap_or((Match::default(), Want::Anything));
        let date = date(&typed, tongue);
        let dated = date.as_ref().map_or(&[][..], |(places, _, _)| places);
        let words = words(&typed, &folded, &found, dated, tongue);
        // "Who was offered" asks for a person, "who is Ada" what she is.
        let asks_for_doing = |at: usize| words.get(at + 1).is_some_and(|word| word.is_verb);
        if want == Want::Definition && found.form.last().is_some_and(|at| asks_for_doing(*at)) {
            want = Want::Person;
        }
        let date = date.map(|(_, days, said)| (days, said));
        let cues = match want {
            Want::Reason => tongue.reasons,
            Want::Proposal => tongue.proposals,
            _ => "",
        };
        let cues = cues.split_whitespace().collect();
        let mut question =
            Question { want, words, cues, is_english: std::ptr::eq(tongue, &english::TONGUE), date };
        question.leave_out_lone_adjectives(tongue);
        if question.content().next().is_some() {
            question.about_more_than_article(&found.form, tongue);
        }
        question
    }

    /// "The main topics" are the topics, "the best quotes" the quotes.
    fn leave_out_lone_adjectives(&mut self, tongue: &Tongue) {
        let is_of_kind = matches!(self.want, Want::Words | Want::Topics | Want::Actors | Want::Summary);
        if !is_of_kind || self.content().any(|word| !has(tongue.adjectives, &word.folded)) {
            return;
        }
        for word in self.words.iter_mut().filter(|word| word.role == WordRole::Content) {
            word.role = WordRole::Function;
        }
    }

    /// Reads a question on the whole article that has words of its own as one on those: "how did the war end" is not
    /// about the end of the article.
    fn about_more_than_article(&mut self, form: &[usize], tongue: &Tongue) {
        let want = match self.want {
            Want::Ending | Want::Opening => Want::Events,
            Want::Summary => Want::Definition,
            Want::Topics | Want::Actors => Want::List,
            _ => return,
        };
        self.want = want;
        for at in form {
            let word = &mut self.words[*at];
            if word.role == WordRole::Form && !tongue.stops.contains(&word.folded) {
                word.role = WordRole::Content;
            }
        }
    }
}

/// The words of a question, told what they do by their places in its form and in its date.
fn words(
    typed: &[Typed<'_>],
    folded: &[&str],
    found: &Match,
    dated: &[usize],
    tongue: &'static Tongue,
) -> Vec<Word> {
    let capitals = capitals(typed);
    let phrases = phrases(folded, tongue);
    let role = |at: usize| match folded[at] {
        _ if dated.contains(&at) => WordRole::Date,
        word if has(tongue.article, word) => WordRole::Article,
        _ if found.form.contains(&at) => WordRole::Form,
        _ if phrases.contains(&at) => WordRole::Function,
        word if has(tongue.light, word) => WordRole::Content,
        word if tongue.stops.contains(word) || has(tongue.fillers, word) => WordRole::Function,
        _ => WordRole::Content,
    };
    let roles: Vec<WordRole> = (0..typed.len()).map(role).collect();
    let sentence = Sentence { folded, roles: &roles, tongue };
    let word = |at: usize| {
        let word = folded[at];
        let is_verb = ends_with_any(word, tongue.verb_endings);
        let has_figure = word.contains(|c: char| c.is_ascii_digit());
        let is_noun = !is_verb && !sentence.is_modifier(at);
        let is_subject = capitals[at]
            || has_figure
            || is_noun && (sentence.follows_lead(at) || sentence.is_told_about(at));
        Word {
            role: roles[at],
            is_subject,
            is_needed: is_subject || is_noun && sentence.follows_determiner(at),
            is_capital: capitals[at],
            is_verb: is_verb || has(tongue.light, word),
            is_light: has(tongue.light, word) || has(tongue.adjectives, word) || found.beside.contains(&at),
            folded: word.to_string(),
        }
    };
    (0..typed.len()).map(word).collect()
}

fn ends_with_any(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

/// The places of words that say something only one by one: "in front of".
fn phrases(folded: &[&str], tongue: &Tongue) -> Vec<usize> {
    let mut places = Vec::new();
    for phrase in tongue.phrases {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let starts = folded.windows(phrase.len()).enumerate().filter(|(_, words)| *words == phrase);
        places.extend(starts.flat_map(|(at, words)| at..at + words.len()));
    }
    places
}

/// The language that a question is in: the one with more of its words in it.
fn tongue_of(words: &[&str]) -> &'static Tongue {
    let known = |tongue: &Tongue| words.iter().filter(|word| tongue.is_common(word)).count();
    let reads = |tongue: &Tongue| tongue.forms.iter().any(|(form, _)| pattern::find(form, words).is_some());
    match known(&spanish::TONGUE).cmp(&known(&english::TONGUE)) {
        Ordering::Greater => &spanish::TONGUE,
        Ordering::Less => &english::TONGUE,
        // One word alone: "personajes" is a question in Spanish only.
        Ordering::Equal if !reads(&english::TONGUE) && reads(&spanish::TONGUE) => &spanish::TONGUE,
        Ordering::Equal => &english::TONGUE,
    }
}

fn typed_words(typed: &str) -> Vec<Typed<'_>> {
    let mut words = Vec::new();
    for written in typed.split_whitespace() {
        let written = written.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(written);
        words.extend(
            folded
                .split(' ')
                .flat_map(grouped)
                .filter(|word| !word.is_empty())
                .map(|word| Typed { written, folded: word.into() }),
        );
        if words.len() >= MAX_WORDS {
            break;
        }
    }
    words.truncate(MAX_WORDS);
    words
}

/// A large number in groups of three figures, as texts write it ("100,000"); another word as it is.
fn grouped(word: &str) -> Vec<&str> {
    if word.len() < LARGE_NUMBER || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![word];
    }
    let first = match word.len() % 3 {
        0 => 3,
        figures => figures,
    };
    let mut ends: Vec<usize> = (first..=word.len()).step_by(3).collect();
    ends.insert(0, 0);
    ends.windows(2).filter_map(|ends| word.get(ends[0]..ends[1])).collect()
}

/// Which words have a capital that tells something: not the first, unless all of it is in capitals, and none where
/// most words have one.
fn capitals(typed: &[Typed<'_>]) -> Vec<bool> {
    let starts = |word: &Typed<'_>| word.written.chars().next().is_some_and(char::is_uppercase);
    let shouted = |word: &Typed<'_>| {
        let letters = || word.written.chars().filter(|c| c.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    let count = typed.iter().filter(|word| starts(word)).count();
    if typed.len() > 3 && 4 * count > 3 * typed.len() {
        return vec![false; typed.len()];
    }
    typed.iter().enumerate().map(|(at, word)| shouted(word) || at > 0 && starts(word)).collect()
}

/// The words of a question in order, and what each does.
struct Sentence<'a> {
    folded: &'a [&'a str],
    roles: &'a [WordRole],
    tongue: &'static Tongue,
}

impl Sentence<'_> {
    /// Whether a word only says how something is or is done: "old" in "the old towns", "quickly". What it is said of is
    /// the next word.
    fn is_modifier(&self, at: usize) -> bool {
        let word = self.folded[at];
        let is_followed = self.roles.get(at + 1).is_some_and(|role| *role == WordRole::Content);
        ends_with_any(word, self.tongue.adverb_endings)
            || has(self.tongue.light, word)
            || has(self.tongue.adjectives, word)
            || is_followed && ends_with_any(word, self.tongue.adjective_endings)
    }

    /// The nearest word before that is no determiner and says nothing of how something is.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|before| !has(self.tongue.determiners, self.folded[*before]) && !self.is_modifier(*before))
    }

    fn follows_determiner(&self, at: usize) -> bool {
        let nearest = (0..at).rev().find(|before| !self.is_modifier(*before));
        nearest.is_some_and(|before| has(self.tongue.determiners, self.folded[before]))
    }

    /// Whether a word belongs to the nouns of which something is told: "about the border wall".
    fn is_told_about(&self, at: usize) -> bool {
        let is_noun = |at: usize| {
            self.roles[at] == WordRole::Content && !ends_with_any(self.folded[at], self.tongue.verb_endings)
        };
        let before = (0..at).rev().find(|at| {
            !is_noun(*at) && !has(self.tongue.determiners, self.folded[*at]) && !self.is_modifier(*at)
        });
        before.is_some_and(|at| has(self.tongue.abouts, self.folded[at]))
    }

    /// Whether a word comes after one that leads to what a question is about, with no more than determiners and
    /// adjectives between them.
    fn follows_lead(&self, at: usize) -> bool {
        let Some(lead) = self.before(at) else { return false };
        let word = self.folded[lead];
        if has(self.tongue.joins, word) {
            return lead > 0 && self.follows_lead(lead - 1);
        }
        if has(self.tongue.leads, word) {
            return true;
        }
        let before = lead.checked_sub(1);
        let is_content = before.is_some_and(|at| self.roles[at] == WordRole::Content);
        if has(self.tongue.links, word) {
            return !is_content;
        }
        // "Who was offered", "what is hidden": what is asked for is itself the subject.
        let asks = |at: usize| matches!(self.folded[at], "who" | "what" | "which" | "quien" | "que" | "cual");
        let is_asked = before.is_some_and(asks) && lead + 1 == at && at + 1 < self.folded.len();
        // "The towns have trouble": what the subject has is said of it.
        has(self.tongue.copulas, word) && !is_asked && !is_content
    }
}

/// The longest run of words that is a date, with its places, days and wording; a preposition before it belongs to it.
fn date(typed: &[Typed<'_>], tongue: &Tongue) -> Option<(Vec<usize>, Days, String)> {
    for length in (1..=MAX_DATE_WORDS.min(typed.len())).rev() {
        for start in 0..=typed.len() - length {
            let words = &typed[start..start + length];
            let said = words.iter().map(|word| word.written).collect::<Vec<_>>().join(" ");
            // A word alone is a date only with a figure in it: "May" is a verb, "spring" a well.
            if !said.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let Some(days) = parse_range(&said) else { continue };
            // "In the 1990s" says no more than "1990s".
            let mut said = said.as_str();
            while let Some((_, rest)) =
                said.split_once(' ').filter(|(_, rest)| parse_range(rest) == Some(days))
            {
                said = rest;
            }
            let said = said.to_string();
            let mut first = start;
            while first > 0 && has(tongue.before_dates, &typed[first - 1].folded) {
                first -= 1;
            }
            return Some(((first..start + length).collect(), days, said));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, want: Want, content: &str) {
        let question = Question::read(typed);
        let words: Vec<&str> = question.content().map(|word| word.folded.as_str()).collect();
        assert_eq!((question.want, words.join(" ").as_str()), (want, content), "{typed}");
    }

    #[test]
    fn forms_of_english_questions() {
        for (typed, want, content) in [
            ("who was offered asylum", Want::Person, "offered asylum"),
            ("When does the mayor's term end?", Want::Date, "mayor term end"),
            ("what did Falk say about the harbour", Want::Words, "falk harbour"),
            ("who said the harbour is dead?", Want::Speaker, "harbour dead"),
            ("why does Lind distrust the council", Want::Reason, "lind distrust council"),
            ("what is the harbour trap", Want::Definition, "harbour trap"),
            ("who's Otto Lind?", Want::Person, "otto lind"),
            ("what should the three towns do", Want::Proposal, "three towns"),
            ("how does the article end", Want::Ending, ""),
            ("how did the war end", Want::Events, "war end"),
            ("how many people died", Want::Number, "people died"),
            ("where was it signed", Want::Place, "signed"),
            ("what is this article about?", Want::Summary, ""),
            ("tl;dr", Want::Anything, "tl dr"),
            ("who got hurt when the tower fell", Want::Person, "hurt tower fell"),
            ("when was the proposal rejected", Want::Date, "proposal rejected"),
            ("what does Lind do for a living", Want::Definition, "lind"),
            ("what could be said against the harbour plan", Want::Objection, "harbour plan"),
            ("what did Falk say to them", Want::Words, "falk"),
            ("what are the main topics", Want::Topics, ""),
            ("best quotes", Want::Words, ""),
            ("what topics does Falk raise", Want::List, "topics falk raise"),
            ("who is mentioned", Want::Actors, ""),
            ("which paragraph is the locust tree in", Want::Anything, "locust tree"),
            ("when was it published", Want::Date, ""),
            ("whats the paper about, in short", Want::Summary, ""),
        ] {
            check(typed, want, content);
        }
    }

    #[test]
    fn forms_of_spanish_questions() {
        for (typed, want, content) in [
            ("¿Qué dijo Paz de los americanos?", Want::Words, "paz americanos"),
            ("¿quién es el tío?", Want::Definition, "tio"),
            ("cuando murio el tio", Want::Date, "murio tio"),
            ("¿Por qué desconfía Lind del consejo?", Want::Reason, "desconfia lind consejo"),
            ("¿Cómo termina el artículo?", Want::Ending, ""),
            ("¿Qué pasó en 2006?", Want::Events, ""),
            ("cómo acaba la historia", Want::Ending, ""),
            ("cuándo le rechazan la propuesta", Want::Date, "rechazan propuesta"),
            ("quién se burla del alcalde", Want::Person, "burla alcalde"),
            ("qué personajes salen", Want::Actors, ""),
            ("personajes", Want::Actors, ""),
            ("qué se puede objetar al plan", Want::Objection, "plan"),
        ] {
            check(typed, want, content);
        }
    }

    #[test]
    fn large_numbers_are_read_as_texts_write_them() {
        check("who spent 100000 dollars", Want::Person, "spent 100 000 dollars");
        check("who spent $2500000", Want::Person, "spent 2 500 000");
        check("who paid 1903 dollars", Want::Person, "paid dollars");
    }

    #[test]
    fn words_that_name_the_article() {
        let question = Question::read_of_article("what is Federalist 10 about", 2..4);
        assert_eq!(question.want, Want::Summary);
        let question = Question::read_of_article("what does Federalist 10 say about Factions", 2..4);
        let words: Vec<&str> = question.content().map(|word| word.folded.as_str()).collect();
        assert_eq!((question.want, words), (Want::Words, vec!["factions"]));
    }

    #[test]
    fn dates_of_questions() {
        let said = |typed: &str| Question::read(typed).date.map(|(_, said)| said);
        assert_eq!(said("what happened in 2020").as_deref(), Some("2020"));
        assert_eq!(said("what happened in the 1990s?").as_deref(), Some("1990s"));
        assert_eq!(said("what happened between 2015 and 2016").as_deref(), Some("2015 and 2016").or(None));
        assert_eq!(said("may I ask when"), None);
    }

    #[test]
    fn what_a_question_is_about() {
        let subjects = |typed: &str| {
            let question = Question::read(typed);
            let subjects = question.content().filter(|word| word.is_subject);
            subjects.map(|word| word.folded.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(subjects("what does the article say about putin"), "putin");
        assert_eq!(subjects("what did merkel say"), "merkel");
        assert_eq!(subjects("who was bribed with leeway"), "");
        assert_eq!(subjects("who is putin"), "putin");
        // What an adjective is said of is the subject, and not the adjective.
        assert_eq!(subjects("how did the old towns fare"), "towns");
        assert_eq!(subjects("how does the electoral college work"), "college");
        assert_eq!(subjects("what does it say about the border wall"), "border wall");
        assert_eq!(subjects("who used pictures of ships"), "");
        assert_eq!(subjects("what do they think of ships"), "ships");
        assert_eq!(subjects("what is said about putin or merkel"), "putin merkel");
        assert_eq!(subjects("do the towns have trouble"), "towns");
        assert_eq!(subjects("when did the berlin wall fall"), "berlin");
    }
}
