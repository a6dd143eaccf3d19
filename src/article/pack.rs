//! What an article pack may say.
//!
//! A pack is one TOML file (or the same thing as JSON) that an editor writes about one article. These
//! types are its format, and unknown keys are errors. What the types can't express of a single item (shapes,
//! lengths, keys that need one another) is added in [`schema`](super::schema); references, dates and cycles
//! are in [`check`](super::check).

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// One article and all that its editor recorded of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The article itself.
    pub article: Article,
    /// People, institutions, governments, parties, countries and groups that play a part.
    #[serde(default, rename = "actor", skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Actor>,
    /// What happened, dated or not.
    #[serde(default, rename = "event", skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Short passages of the text, each with whose words they are.
    #[serde(default, rename = "quote", skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// Claims, their grounds, and how they bear on one another.
    #[serde(default, rename = "argument", skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Argument>,
    /// Single statements.
    #[serde(default, rename = "fact", skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What the text says one actor is, or did, to another.
    #[serde(default, rename = "relation", skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Subjects under which the other items are found.
    #[serde(default, rename = "topic", skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
}

/// Whether something is in the article or was added by the editor of the pack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// It is in the article.
    #[default]
    Text,
    /// The editor adds it from outside the article; every answer says so.
    Editor,
}

impl Provenance {
    fn is_text(&self) -> bool {
        *self == Provenance::Text
    }
}

/// How a text marks that somebody speaks, where it does not with double quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Speech {
    /// By a dash at the beginning: `—Fifteen days —he said—, and that is much.`
    Dash,
    /// In single quotation marks: `‘Fifteen days,’ he said.`
    Single,
    /// By a name or letter with a colon at the beginning of a paragraph, as in interviews: `Q: How long?`
    Label,
}

impl Speech {
    /// The word in a pack.
    pub fn word(self) -> &'static str {
        match self {
            Speech::Dash => "dash",
            Speech::Single => "single",
            Speech::Label => "label",
        }
    }
}

/// The article: what is known of it, and where that knowledge comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Short name, unique among all packs: lower-case letters, digits and hyphens, at most 60.
    pub id: String,
    /// The headline, or a title of the editor's.
    pub title: String,
    /// Whose title that is.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub title_by: Provenance,
    /// Other names people type for the article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What lists and sources call it where there are several articles: "No. 10", at most 30 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Its place among the articles, from 1 on. Those without one come after, by date and title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// Id of the actor who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    /// The day or period from which "last year" and the like are reckoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_date: Option<When>,
    /// Language of the text, as a BCP 47 tag ("en", "es-MX").
    pub language: String,
    /// How the text marks speech, beyond double quotation marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speech: Vec<Speech>,
    /// Where to read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// SHA-256 of the text that the pack was made from, in hexadecimal: the value that `check --source`
    /// tells, or that of the plain file.
    #[serde(default, deserialize_with = "in_lower_case", skip_serializing_if = "Option::is_none")]
    pub source_sha256: Option<String>,
    /// What the article says, in the editor's own sentences.
    pub summary: String,
    /// What a reader should know about this pack: what the text lacks, what the editor added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The parts of the article, in order.
    #[serde(default, rename = "section", skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
}

/// A part of the article.
///
/// Paragraphs are numbered from 1 through the whole text: every non-empty line that is not the heading
/// of a section is a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading as it is in the text, on a line of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The editor's name for a section that has no heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Number of its first paragraph.
    pub first: u32,
    /// Number of its last paragraph.
    pub last: u32,
}

/// Where in the text an item is: a W3C Web Annotation TextQuoteSelector
/// (<https://www.w3.org/TR/annotation-model/#text-quote-selector>) within one paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Number of the paragraph, from 1.
    pub paragraph: u32,
    /// Words of the text, at most 20. May be left out for a quote: then its `words` are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// The words just before, where `exact` appears more than once in the paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The words just after, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
}

/// A date as precise as the text, and no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The date in EDTF (ISO 8601-2 Annex A, levels 0 to 2): `2020`, `2020-07-08`, `2015/2016`,
    /// `199X`, `1990~/1993~`, `2021-23` (autumn 2021, with `season = true`).
    pub edtf: String,
    /// The text's own wording: "in the early 1990s", "last fall".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// `editor` where the date is not in the text.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
    /// Says that `2021-21` to `2021-24` is meant as a season, not as the years 2021 to 2024.
    #[serde(default, skip_serializing_if = "is_false")]
    pub season: bool,
}

/// Reads a hash as it is compared: capitals in it say nothing.
fn in_lower_case<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(|hash| hash.to_ascii_lowercase()))
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A human being.
    Person,
    /// An organisation, agency, body of law or company.
    Institution,
    /// A government or administration.
    Government,
    /// A political party.
    Party,
    /// A country or another place that acts.
    Country,
    /// People named together: voters, migrants, lawmakers.
    Group,
}

impl ActorKind {
    /// The word shown to people.
    pub fn word(self) -> &'static str {
        match self {
            ActorKind::Person => "person",
            ActorKind::Institution => "institution",
            ActorKind::Government => "government",
            ActorKind::Party => "party",
            ActorKind::Country => "country",
            ActorKind::Group => "group",
        }
    }
}

/// Somebody or something that plays a part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Short name, unique in the pack: lower-case letters, digits and hyphens, at most 60.
    pub id: String,
    /// The full name.
    pub name: String,
    /// Other names that people type: initials, nicknames, surnames, names of office.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// A word that other packs have for the same actor, where names do not tell it: Wikidata's number
    /// (`Q11813`), or letters, digits and hyphens that the packs agree on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// What sort of actor.
    pub kind: ActorKind,
    /// What the article says of them, in a sentence or two of the editor's.
    pub summary: String,
    /// Offices and roles.
    #[serde(default, rename = "role", skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Office>,
    /// Whether it is one of those that matter most: these are shown first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub key: bool,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `editor` for an actor that the text does not name.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// An office or role of an actor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// "President of Mexico", "founder of WikiLeaks".
    pub title: String,
    /// When they held it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// `editor` for a role that the text does not give.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// Something that happened, or is expected to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Short name, unique in the pack.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Other names that people type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// A word that other packs have for the same event, where names do not tell it: Wikidata's number
    /// (`Q178885`), or letters, digits and hyphens that the packs agree on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// When; left out where the text gives no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// What happened, in the editor's own sentences.
    pub summary: String,
    /// Ids of the actors that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
    /// Ids of topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Whether it is one of those that matter most: these are shown first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub key: bool,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `editor` for an event that the text does not mention.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// Whose words a quote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// The speaker's words, in quotation marks in the text, which says that the speaker uses them.
    Verbatim,
    /// The author tells in the article's words what the speaker said or thinks.
    Reported,
    /// A term or slogan in quotation marks that the text does not give as anyone's statement.
    Phrase,
    /// The article's own words.
    Author,
}

/// A short passage of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Short name, unique in the pack.
    pub id: String,
    /// The words as they are in the text, without the outer quotation marks.
    pub words: String,
    /// Whose words they are.
    pub kind: QuoteKind,
    /// Id of the actor who said them (verbatim) or is reported to have said or thought them
    /// (reported). Left out for a phrase, and for the author's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Ids of the actors that the words are about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// What one must know to read them rightly, in the editor's own words.
    pub context: String,
    /// Other words that people type to find it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Ids of topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Whether it is one of those that matter most: these are shown first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub key: bool,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    pub source: Source,
}

/// A claim and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Short name, unique in the pack.
    pub id: String,
    /// A few words to call it by.
    pub title: String,
    /// Other names that people type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The claim, in one or two sentences of the editor's.
    pub claim: String,
    /// Id of the actor whose claim it is; left out for the article's author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<String>,
    /// Ids of the actors it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
    /// Ids of topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Ids of the events, quotes and facts that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<String>,
    /// Ids of arguments that it makes more credible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<String>,
    /// Ids of arguments whose claim it denies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attacks: Vec<String>,
    /// Ids of arguments whose grounds it weakens without denying the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undercuts: Vec<String>,
    /// What a critic could answer; always shown as the editor's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub critique: Vec<String>,
    /// Questions for discussion; always shown as the editor's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Whether it is one of those that matter most: these are shown first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub key: bool,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `editor` for an argument that the text does not make.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// How the text puts a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimStatus {
    /// As a fact.
    Fact,
    /// As the author's judgement.
    Judgement,
}

/// A single statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Short name, unique in the pack.
    pub id: String,
    /// The statement, in the editor's own words.
    pub statement: String,
    /// How the text puts it.
    pub standing: ClaimStatus,
    /// Ids of the actors it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<String>,
    /// Ids of topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `editor` for a statement from outside the text.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// What the text says one actor is, or did, to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Short name, unique in the pack.
    pub id: String,
    /// Id of the actor it starts from.
    pub from: String,
    /// Id of the actor it goes to.
    pub to: String,
    /// A verb or two: "threatened", "distrusts", "succeeded".
    pub kind: String,
    /// What the text says of it, in the editor's own words.
    pub summary: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Where in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// `editor` for a relation from outside the text.
    #[serde(default, skip_serializing_if = "Provenance::is_text")]
    pub by: Provenance,
}

/// A subject under which other items are found. Topics are the editor's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Short name, unique in the pack.
    pub id: String,
    /// The subject.
    pub name: String,
    /// Other words for it that people type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// What the article says of it, in a sentence or two of the editor's.
    pub summary: String,
    /// How people ask for it, where its own words do not say it: "who was offered asylum".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
}
