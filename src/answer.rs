//! What a command answers, on any platform.
//!
//! All texts are plain: a platform escapes what its markup would read, and cuts what is too long.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::say;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// How the question fared.
    pub kind: AnswerKind,
    /// Who may see it.
    pub visibility: Visibility,
    /// One line on top.
    pub title: String,
    /// How the question was read, where that is not plain: a misspelt name, a description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The answer itself.
    pub blocks: Vec<Block>,
    /// Where in the text it comes from, and how it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
    /// What can be asked next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What the platform does once it has given the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
}

/// What a platform does once it has given an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum After {
    /// It leaves the room.
    LeaveRoom,
    /// It opens a thread on the answer, where people talk about it. Where there can't be one, they do so in the room.
    OpenThread,
}

/// How a question fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// It is answered.
    Found,
    /// There is nothing to answer it with; the choices say what is near.
    NothingFound,
    /// The command was not understood.
    WrongUsage,
    /// The caller may not do that.
    Refused,
    /// It could not be done: the fault of the content or the machine, not of the caller.
    Failed,
}

/// Who may see an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everyone in the room.
    Everyone,
    /// Only who asked.
    Asker,
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// Words of the article.
    Quotation {
        /// The words, without quotation marks around them.
        words: String,
        /// Whose they are: this must always be shown with them. It names the author if the author has a part in them.
        by: String,
        /// What one must know to read them rightly.
        #[serde(skip_serializing_if = "String::is_empty")]
        context: String,
        /// Where they stand.
        source: Citation,
    },
    /// Entries of one sort.
    List {
        /// What they are.
        #[serde(skip_serializing_if = "String::is_empty")]
        title: String,
        /// One line each.
        entries: Vec<Entry>,
    },
    /// Short facts with their names.
    Fields {
        /// Name and value.
        fields: Vec<(String, String)>,
    },
    /// Facts with their names, in which people and times occur.
    Facts {
        /// Name and value.
        facts: Vec<(Vec<Part>, Vec<Part>)>,
    },
    /// A link that is worth a line of its own.
    Link {
        /// Where it leads.
        label: String,
        /// The address. It is shown where a label can't be a link.
        url: Url,
    },
    /// Text in lines that must keep their places: diagnostics, a command.
    Code {
        /// The text.
        text: String,
    },
}

/// A part of a text that platforms show in their own ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Plain text.
    Text(String),
    /// Somebody: the platform and the id there, such as `discord:1234`.
    Person(String),
    /// A time, in milliseconds since 1970 UTC.
    Time(i64),
}

impl Part {
    /// How it is written where there is no better way.
    pub fn plain(&self) -> String {
        match self {
            Part::Text(text) | Part::Person(text) => text.clone(),
            Part::Time(at) => match Timestamp::from_millisecond(*at) {
                Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
                Err(_) => say!("time-unknown"),
            },
        }
    }
}

/// Facts as text alone, for platforms that have no way of their own to show people and times.
pub fn plain_facts(facts: &[(Vec<Part>, Vec<Part>)]) -> Vec<(String, String)> {
    let plain = |parts: &[Part]| parts.iter().map(Part::plain).collect::<String>();
    facts.iter().map(|(name, value)| (plain(name), plain(value))).collect()
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What stands out on the left: a date, a name. May be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lead: String,
    /// The line.
    pub text: String,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Citation>,
    /// The command line that tells more of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The command that `lead` names, where the line is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<&'static str>,
}

/// Where in an article something stands, and how it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The article, where there are several.
    #[serde(default, skip_serializing_if = "CitedArticle::is_plain")]
    pub article: CitedArticle,
    /// Who wrote the article.
    #[serde(default, skip_serializing_if = "Author::is_unnamed")]
    pub author: Author,
    /// Paragraphs, counted from 1; none for what the editor added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<u32>,
    /// The section, where all is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// How it is known.
    pub known: Vec<Known>,
    /// The address that opens the article at the words, where there is one and all is in one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Url>,
}

/// The article from which something is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedArticle {
    /// The only one that there is.
    #[default]
    Plain,
    /// One by its title.
    Titled(String),
    /// Several.
    Several,
}

impl CitedArticle {
    fn is_plain(&self) -> bool {
        *self == CitedArticle::Plain
    }

    /// What it is called, where that must be said.
    fn title(&self) -> Option<String> {
        match self {
            CitedArticle::Plain => None,
            CitedArticle::Titled(title) => Some(title.clone()),
            CitedArticle::Several => Some(say!("source-several-articles")),
        }
    }
}

/// Who wrote what something is cited from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Nobody is named.
    #[default]
    Unnamed,
    /// Somebody by name.
    Named(String),
    /// Several, for it is from articles of different authors.
    Several,
}

impl Author {
    fn is_unnamed(&self) -> bool {
        *self == Author::Unnamed
    }

    /// How they are spoken of where nobody knows yet who that is: "Ann Bell, the author".
    pub fn introduced(&self) -> String {
        match self {
            Author::Unnamed => say!("author-unnamed"),
            Author::Named(name) => say!("author-named", name = name),
            Author::Several => say!("author-several"),
        }
    }
}

/// How something is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// The speaker's words, in quotation marks in the article.
    Verbatim,
    /// The author tells what somebody said or thinks.
    Reported,
    /// Words in quotation marks that the article gives as nobody's statement.
    Phrase,
    /// The author's own words.
    AuthorsWords,
    /// The author's claim or judgement.
    AuthorsClaim,
    /// What the author tells as fact.
    AuthorsAccount,
    /// Added by the editor from outside the article.
    Editor,
}

impl Known {
    /// Whether it is the author who answers for it.
    fn is_the_authors(&self) -> bool {
        match self {
            Known::Reported | Known::AuthorsWords | Known::AuthorsClaim | Known::AuthorsAccount => true,
            Known::Verbatim | Known::Phrase | Known::Editor => false,
        }
    }

    /// How it is said of something that this author wrote.
    pub fn words(&self, author: &Author) -> String {
        let by = || author.introduced();
        match (self, author) {
            (Known::Verbatim, _) => say!("known-verbatim"),
            (Known::Phrase, _) => say!("known-phrase"),
            (Known::Editor, _) => say!("known-editor"),
            (Known::Reported, _) => say!("known-reported", author = by()),
            (Known::AuthorsWords, Author::Named(_)) => say!("known-words-named", author = by()),
            (Known::AuthorsClaim, Author::Named(_)) => say!("known-claim-named", author = by()),
            (Known::AuthorsAccount, Author::Named(_)) => say!("known-account-named", author = by()),
            (Known::AuthorsWords, Author::Unnamed) => say!("known-words"),
            (Known::AuthorsClaim, Author::Unnamed) => say!("known-claim"),
            (Known::AuthorsAccount, Author::Unnamed) => say!("known-account"),
            (Known::AuthorsWords, Author::Several) => say!("known-words-several"),
            (Known::AuthorsClaim, Author::Several) => say!("known-claim-several"),
            (Known::AuthorsAccount, Author::Several) => say!("known-account-several"),
        }
    }
}

impl Citation {
    /// One line: paragraph, section, how it is known, and the article where there are several. The author is named
    /// once.
    pub fn line(&self) -> String {
        self.line_with(self.author.clone())
    }

    /// The same below words that the author was named with: "the author" is enough.
    pub fn line_below_the_name(&self) -> String {
        self.line_with(self.author_once_named())
    }

    /// The author as they are spoken of once the name was said.
    fn author_once_named(&self) -> Author {
        match self.author {
            Author::Named(_) | Author::Unnamed => Author::Unnamed,
            Author::Several => Author::Several,
        }
    }

    /// Whether its words come with the name of this author.
    pub fn names(&self, author: &Author) -> bool {
        self.author == *author && self.known.iter().any(Known::is_the_authors)
    }

    fn line_with(&self, mut author: Author) -> String {
        let mut parts = Vec::new();
        let numbers: Vec<String> = self.paragraphs.iter().map(u32::to_string).collect();
        if !numbers.is_empty() {
            parts.push(say!("source-paragraphs", number = numbers.len(), list = numbers.join(", ")));
        }
        parts.extend(self.section.clone());
        let mut known = Vec::new();
        for way in &self.known {
            known.push(way.words(&author));
            if way.is_the_authors() {
                author = self.author_once_named();
            }
        }
        // A name goes between commas.
        parts.extend((!known.is_empty()).then(|| known.join("; ")));
        parts.extend(self.article.title().map(|article| say!("source-in-article", article = article)));
        parts.join(" · ")
    }

    /// The same in short, for a line of a list: the paragraphs, or else how it is known, and the article where
    /// there are several. Empty where there is nothing to tell.
    pub fn place(&self) -> String {
        let numbers: Vec<String> = self.paragraphs.iter().map(u32::to_string).collect();
        let place = match numbers.is_empty() {
            true => self.known.first().map(|known| known.words(&self.author)).unwrap_or_default(),
            false => format!("¶\u{a0}{}", numbers.join(",\u{a0}")),
        };
        let parts = [Some(place), self.article.title()].into_iter().flatten();
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// One source for several: all their paragraphs and ways of knowing, without a link if they are in several places.
    /// `None` for none.
    pub fn merge<'a>(sources: impl IntoIterator<Item = &'a Citation>) -> Option<Citation> {
        let mut sources = sources.into_iter();
        let mut merged = sources.next()?.clone();
        for source in sources {
            merged.paragraphs.extend(&source.paragraphs);
            // Only who answers for something counts.
            if source.names(&source.author) && !merged.names(&source.author) {
                merged.author = match merged.names(&merged.author) {
                    true => Author::Several,
                    false => source.author.clone(),
                };
            }
            if merged.link != source.link {
                merged.link = None;
            }
            for known in &source.known {
                if !merged.known.contains(known) {
                    merged.known.push(known.clone());
                }
            }
            if merged.section != source.section {
                merged.section = None;
            }
            if merged.article != source.article {
                merged.article = CitedArticle::Several;
            }
        }
        if merged.article == CitedArticle::Several {
            merged.paragraphs.clear();
        }
        merged.paragraphs.sort_unstable();
        merged.paragraphs.dedup();
        Some(merged)
    }
}

/// Something to ask next: a button, a numbered line. It is a command line, so it holds for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What to call it.
    pub label: String,
    /// The command line that it stands for, without a slash.
    pub line: String,
    /// What choosing it does.
    #[serde(skip_serializing_if = "ChoiceKind::is_other")]
    pub kind: ChoiceKind,
}

/// What choosing something does. Lines of lists are [`ChoiceKind::Item`]s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// It tells where in the text this answer comes from.
    Source,
    /// It shows the next page of this answer.
    Next,
    /// It shows the previous page of this answer.
    Previous,
    /// It shows one of several things.
    Item,
    /// It does what this answer asks to confirm. Only a choice of this kind carries out a command that
    /// changes something; behind every other kind such a command asks first.
    Confirm,
    /// It does something that nobody else may see: it votes. Where all see what somebody chooses, it is shown as a line
    /// to write in private.
    Secret,
    /// Anything else.
    #[default]
    Other,
}

impl ChoiceKind {
    fn is_other(&self) -> bool {
        *self == ChoiceKind::Other
    }
}

impl Answer {
    /// An answer that everyone may see.
    pub fn found(title: impl Into<String>) -> Answer {
        Answer {
            kind: AnswerKind::Found,
            visibility: Visibility::Everyone,
            title: title.into(),
            note: None,
            blocks: Vec::new(),
            source: None,
            choices: Vec::new(),
            after: None,
        }
    }

    /// An answer of another kind, for the caller only.
    pub fn other(kind: AnswerKind, title: impl Into<String>) -> Answer {
        Answer { kind, visibility: Visibility::Asker, ..Answer::found(title) }
    }

    /// With a paragraph more.
    #[must_use]
    pub fn paragraph(mut self, text: impl Into<String>) -> Answer {
        self.blocks.push(Block::Paragraph { text: text.into() });
        self
    }

    /// With a list more; an empty one is left out.
    #[must_use]
    pub fn list(mut self, title: impl Into<String>, entries: Vec<Entry>) -> Answer {
        if !entries.is_empty() {
            self.blocks.push(Block::List { title: title.into(), entries });
        }
        self
    }

    /// With named values more; those that are empty are left out.
    #[must_use]
    pub fn fields<const N: usize, Name: Into<String>>(mut self, fields: [(Name, String); N]) -> Answer {
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.into(), value))
            .collect();
        if !fields.is_empty() {
            self.blocks.push(Block::Fields { fields });
        }
        self
    }

    /// With facts more in which people and times occur.
    #[must_use]
    pub fn facts(mut self, facts: Vec<(Vec<Part>, Vec<Part>)>) -> Answer {
        self.blocks.push(Block::Facts { facts });
        self
    }

    /// With a choice more that leads elsewhere.
    #[must_use]
    pub fn choice(self, label: impl Into<String>, line: impl Into<String>) -> Answer {
        self.offer(ChoiceKind::Other, label, line)
    }

    /// With a choice more of a kind.
    #[must_use]
    pub fn offer(mut self, kind: ChoiceKind, label: impl Into<String>, line: impl Into<String>) -> Answer {
        self.choices.push(Choice { label: label.into(), line: line.into(), kind });
        self
    }

    /// With something to do once it is given.
    #[must_use]
    pub fn after(mut self, after: After) -> Answer {
        self.after = Some(after);
        self
    }

    /// With a source line.
    #[must_use]
    pub fn source(mut self, source: Option<Citation>) -> Answer {
        self.source = source;
        self
    }

    /// For the caller's eyes only.
    #[must_use]
    pub fn private(mut self) -> Answer {
        self.visibility = Visibility::Asker;
        self
    }
}

impl From<(String, String)> for Entry {
    fn from((lead, text): (String, String)) -> Entry {
        Entry::new(lead, text)
    }
}

impl Entry {
    /// A line without a source.
    pub fn new(lead: impl Into<String>, text: impl Into<String>) -> Entry {
        Entry { lead: lead.into(), text: text.into(), source: None, line: None, command: None }
    }
}
