//! A question that has been read.

use crate::article::date::Days;

/// What kind of answer a question wants, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Want {
    /// Who did something, or whom it was done to.
    Person,
    /// Who said something.
    Speaker,
    /// What somebody said, thinks or wants.
    Words,
    /// When something was.
    Date,
    /// What happened, what somebody did.
    Events,
    /// Why.
    Reason,
    /// What or who something is.
    Definition,
    /// What should be done.
    Proposal,
    /// What could be said against a claim.
    Objection,
    /// Of which topics the article speaks.
    Topics,
    /// Of whom the article speaks.
    Actors,
    /// Which ones.
    List,
    /// How many, how much, how long.
    Number,
    /// Where.
    Place,
    /// How.
    Manner,
    /// What the article says as a whole.
    Summary,
    /// How the article begins.
    Opening,
    /// How the article ends.
    Ending,
    /// Anything else.
    Anything,
}

/// A question: what it wants, and its words in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What kind of answer it wants.
    pub want: Want,
    /// All its words.
    pub words: Vec<Word>,
    /// Words with which an answer of that kind is put, in the question's language: those of reasons, of proposals.
    pub cues: Vec<&'static str>,
    /// Whether it is in English.
    pub is_english: bool,
    /// The days that it names, and the words that name them, as they were typed.
    pub date: Option<(Days, String)>,
}

impl Question {
    /// The words that it is about.
    pub fn content(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.role == WordRole::Content)
    }

    /// Whether it speaks of the article itself.
    pub fn has_article(&self) -> bool {
        self.words.iter().any(|word| word.role == WordRole::Article)
    }
}

/// What a word does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordRole {
    /// It belongs to the form of the question: "who", "did … say".
    Form,
    /// It is in every text: "the", "of".
    Function,
    /// It means the article: "the essay", "the text".
    Article,
    /// It is a part of the date.
    Date,
    /// The question is about it.
    Content,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub folded: String,
    /// What it does.
    pub role: WordRole,
    /// Whether it is written like a name or an abbreviation: with a capital that the beginning of a sentence does not
    /// explain.
    pub is_capital: bool,
    /// Whether the question is about nothing else: it is what something is said "about", or whose doing is asked for.
    /// Where no text has such a word, the question has no answer.
    pub is_subject: bool,
    /// Whether an answer must have it: it is a noun, as far as an article before it tells, or what the question is about.
    pub is_needed: bool,
    /// Whether it may be a verb, as far as its ending tells.
    pub is_verb: bool,
    /// Whether it is a verb that says little without another.
    pub is_light: bool,
}
