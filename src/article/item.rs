//! One thing that a pack says, whatever its kind: what the library stores and finds.

use serde::Serialize;

use super::pack::*;
use crate::say;

/// How many kinds the rows of the library have room for.
const KINDS_OF_ROWS: i64 = 16;

/// The kinds of items. The number is what the library stores; new kinds go at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// The article itself.
    Article = 0,
    /// Somebody or something that plays a part.
    Actor = 1,
    /// Something that happened.
    Event = 2,
    /// A passage of the text.
    Quote = 3,
    /// A claim with its grounds.
    Argument = 4,
    /// A single statement.
    Fact = 5,
    /// What is between two actors.
    Relation = 6,
    /// A subject.
    Topic = 7,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Kind; 8] = [
        Kind::Article,
        Kind::Actor,
        Kind::Event,
        Kind::Quote,
        Kind::Argument,
        Kind::Fact,
        Kind::Relation,
        Kind::Topic,
    ];

    /// The kind with this number.
    pub fn from_number(number: i64) -> Option<Kind> {
        Kind::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The kind of the item that has this row in the library.
    pub fn of_row(row: i64) -> Option<Kind> {
        Kind::from_number(row.rem_euclid(KINDS_OF_ROWS))
    }

    /// The word for one of them, as in a pack (`[[quote]]`).
    pub fn word(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Actor => "actor",
            Kind::Event => "event",
            Kind::Quote => "quote",
            Kind::Argument => "argument",
            Kind::Fact => "fact",
            Kind::Relation => "relation",
            Kind::Topic => "topic",
        }
    }
}

/// How one item refers to another. The number is what the library stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum LinkKind {
    /// A quote is this actor's own words, an argument is claimed by it, a relation starts from it, an
    /// article was written by it.
    By = 0,
    /// A quote, event, argument or fact is about this actor; a relation goes to it.
    About = 1,
    /// The item belongs to this topic.
    Topic = 2,
    /// An argument rests on this item.
    Ground = 3,
    /// An argument supports this one.
    Supports = 4,
    /// An argument denies this one.
    Attacks = 5,
    /// An argument weakens the grounds of this one.
    Undercuts = 6,
    /// A quote tells in the author's words what this actor said or thinks.
    Reported = 7,
}

impl LinkKind {
    /// The role with this number.
    pub fn from_number(number: i64) -> Option<LinkKind> {
        let all = [
            LinkKind::By,
            LinkKind::About,
            LinkKind::Topic,
            LinkKind::Ground,
            LinkKind::Supports,
            LinkKind::Attacks,
            LinkKind::Undercuts,
            LinkKind::Reported,
        ];
        all.get(usize::try_from(number).ok()?).copied()
    }
}

/// One thing that a pack says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each is said by its type")]
pub enum Item {
    Article(Article),
    Actor(Actor),
    Event(Event),
    Quote(Quote),
    Argument(Argument),
    Fact(Fact),
    Relation(Relation),
    Topic(Topic),
}

impl Item {
    /// Reads an item from the JSON that [`Item::to_json`] wrote.
    ///
    /// # Errors
    /// The JSON is not an item of that kind.
    pub fn from_json(kind: Kind, json: &str) -> Result<Item, serde_json::Error> {
        Ok(match kind {
            Kind::Article => Item::Article(serde_json::from_str(json)?),
            Kind::Actor => Item::Actor(serde_json::from_str(json)?),
            Kind::Event => Item::Event(serde_json::from_str(json)?),
            Kind::Quote => Item::Quote(serde_json::from_str(json)?),
            Kind::Argument => Item::Argument(serde_json::from_str(json)?),
            Kind::Fact => Item::Fact(serde_json::from_str(json)?),
            Kind::Relation => Item::Relation(serde_json::from_str(json)?),
            Kind::Topic => Item::Topic(serde_json::from_str(json)?),
        })
    }

    /// The whole item as JSON.
    ///
    /// # Errors
    /// None in practice: the types hold nothing that JSON can't.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The row of the item with this number in the library.
    pub fn row(&self, number: i64) -> i64 {
        number * KINDS_OF_ROWS + self.kind() as i64
    }

    /// What kind of item it is.
    pub fn kind(&self) -> Kind {
        match self {
            Item::Article(_) => Kind::Article,
            Item::Actor(_) => Kind::Actor,
            Item::Event(_) => Kind::Event,
            Item::Quote(_) => Kind::Quote,
            Item::Argument(_) => Kind::Argument,
            Item::Fact(_) => Kind::Fact,
            Item::Relation(_) => Kind::Relation,
            Item::Topic(_) => Kind::Topic,
        }
    }

    /// Its id, unique in the pack.
    pub fn id(&self) -> &str {
        match self {
            Item::Article(it) => &it.id,
            Item::Actor(it) => &it.id,
            Item::Event(it) => &it.id,
            Item::Quote(it) => &it.id,
            Item::Argument(it) => &it.id,
            Item::Fact(it) => &it.id,
            Item::Relation(it) => &it.id,
            Item::Topic(it) => &it.id,
        }
    }

    /// What to call it in a list.
    pub fn title(&self) -> String {
        match self {
            Item::Article(it) => it.title.clone(),
            Item::Actor(it) => it.name.clone(),
            Item::Event(it) => it.title.clone(),
            Item::Quote(it) => say!("quoted", words = it.words),
            Item::Argument(it) => it.title.clone(),
            Item::Fact(it) => it.statement.clone(),
            Item::Relation(it) => it.summary.clone(),
            Item::Topic(it) => it.name.clone(),
        }
    }

    /// Where it is in the text.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Item::Article(_) | Item::Topic(_) => None,
            Item::Actor(it) => it.source.as_ref(),
            Item::Event(it) => it.source.as_ref(),
            Item::Quote(it) => Some(&it.source),
            Item::Argument(it) => it.source.as_ref(),
            Item::Fact(it) => it.source.as_ref(),
            Item::Relation(it) => it.source.as_ref(),
        }
    }

    /// The words of the text at which it is; empty for what the text does not have.
    pub fn words_of_place(&self) -> &str {
        let exact = self.source().and_then(|source| source.exact.as_deref());
        match self {
            Item::Quote(it) => exact.unwrap_or(&it.words),
            _ => exact.unwrap_or(""),
        }
    }

    /// Whether the text or the editor brings it in.
    pub fn by(&self) -> Provenance {
        match self {
            Item::Article(_) | Item::Quote(_) => Provenance::Text,
            Item::Topic(_) => Provenance::Editor,
            Item::Actor(it) => it.by,
            Item::Event(it) => it.by,
            Item::Argument(it) => it.by,
            Item::Fact(it) => it.by,
            Item::Relation(it) => it.by,
        }
    }

    /// The date of an event or relation.
    pub fn when(&self) -> Option<&When> {
        match self {
            Item::Event(it) => it.when.as_ref(),
            Item::Relation(it) => it.when.as_ref(),
            _ => None,
        }
    }

    /// The word that other packs have for the same thing.
    pub fn same_as(&self) -> Option<&str> {
        match self {
            Item::Actor(it) => it.same_as.as_deref(),
            Item::Event(it) => it.same_as.as_deref(),
            _ => None,
        }
    }

    /// Whether it is one of those that matter most.
    pub fn is_key(&self) -> bool {
        match self {
            Item::Actor(it) => it.key,
            Item::Event(it) => it.key,
            Item::Quote(it) => it.key,
            Item::Argument(it) => it.key,
            Item::Article(_) | Item::Fact(_) | Item::Relation(_) | Item::Topic(_) => false,
        }
    }

    /// How people ask for it, beside its names.
    pub fn asked(&self) -> &[String] {
        match self {
            Item::Article(_) => &[],
            Item::Actor(it) => &it.asked,
            Item::Event(it) => &it.asked,
            Item::Quote(it) => &it.asked,
            Item::Argument(it) => &it.asked,
            Item::Fact(it) => &it.asked,
            Item::Relation(it) => &it.asked,
            Item::Topic(it) => &it.asked,
        }
    }

    /// The names by which people ask for it: the main one first, then the others, the id last.
    pub fn names(&self) -> Vec<&str> {
        self.called().into_iter().chain([self.id()]).collect()
    }

    /// What it is called: the main name first. A quote, fact or relation has no name of its own but what the editor
    /// gives it.
    pub fn called(&self) -> Vec<&str> {
        let (main, others): (Option<&str>, &[String]) = match self {
            Item::Article(it) => (Some(&it.title), &it.aliases),
            Item::Actor(it) => (Some(&it.name), &it.aliases),
            Item::Event(it) => (Some(&it.title), &it.aliases),
            Item::Quote(it) => (None, &it.aliases),
            Item::Argument(it) => (Some(&it.title), &it.aliases),
            Item::Topic(it) => (Some(&it.name), &it.synonyms),
            Item::Fact(_) | Item::Relation(_) => (None, &[]),
        };
        let short = match self {
            Item::Article(it) => it.short.as_deref(),
            _ => None,
        };
        main.into_iter().chain(others.iter().map(String::as_str)).chain(short).collect()
    }

    /// The ids that it refers to, with the role that each plays for it.
    pub fn links(&self) -> Vec<(LinkKind, &str)> {
        let mut links = Vec::new();
        fn all<'a>(
            links: &mut Vec<(LinkKind, &'a str)>,
            role: LinkKind,
            ids: impl IntoIterator<Item = &'a String>,
        ) {
            links.extend(ids.into_iter().map(|id| (role, id.as_str())));
        }
        match self {
            Item::Article(it) => all(&mut links, LinkKind::By, &it.author),
            Item::Actor(_) | Item::Topic(_) => {}
            Item::Event(it) => {
                all(&mut links, LinkKind::About, &it.actors);
                all(&mut links, LinkKind::Topic, &it.topics);
            }
            Item::Quote(it) => {
                let told = if it.kind == QuoteKind::Reported { LinkKind::Reported } else { LinkKind::By };
                all(&mut links, told, &it.speaker);
                all(&mut links, LinkKind::About, &it.about);
                all(&mut links, LinkKind::Topic, &it.topics);
            }
            Item::Argument(it) => {
                all(&mut links, LinkKind::By, &it.claimed_by);
                all(&mut links, LinkKind::About, &it.actors);
                all(&mut links, LinkKind::Topic, &it.topics);
                all(&mut links, LinkKind::Ground, &it.grounds);
                all(&mut links, LinkKind::Supports, &it.supports);
                all(&mut links, LinkKind::Attacks, &it.attacks);
                all(&mut links, LinkKind::Undercuts, &it.undercuts);
            }
            Item::Fact(it) => {
                all(&mut links, LinkKind::About, &it.actors);
                all(&mut links, LinkKind::Topic, &it.topics);
            }
            Item::Relation(it) => {
                all(&mut links, LinkKind::By, [&it.from]);
                all(&mut links, LinkKind::About, [&it.to]);
            }
        }
        links
    }

    /// The words that say what it is: a search looks for them first.
    pub fn head(&self) -> Vec<&str> {
        let mut head = self.called();
        match self {
            Item::Actor(it) => head.extend(it.roles.iter().map(|role| role.title.as_str())),
            Item::Quote(it) => head.push(&it.words),
            Item::Argument(it) => head.push(&it.claim),
            Item::Fact(it) => head.push(&it.statement),
            Item::Relation(it) => head.extend([it.kind.as_str(), it.summary.as_str()]),
            Item::Article(_) | Item::Event(_) | Item::Topic(_) => {}
        }
        head
    }

    /// What else it says: a search looks here too, and in the names of what it refers to.
    pub fn body(&self) -> Vec<&str> {
        match self {
            Item::Article(it) => {
                let mut body = vec![it.summary.as_str()];
                body.extend(it.publication.as_deref());
                body
            }
            Item::Actor(it) => vec![&it.summary],
            Item::Event(it) => {
                let mut body = vec![it.summary.as_str()];
                body.extend(it.when.iter().filter_map(|when| when.text.as_deref()));
                body
            }
            Item::Quote(it) => vec![&it.context],
            // What the editor adds to an argument is not what the article says.
            Item::Argument(_) | Item::Fact(_) | Item::Relation(_) => vec![],
            Item::Topic(it) => vec![&it.summary],
        }
    }
}

impl Pack {
    /// Every item of the pack: the article first, then kind by kind in the order of the file.
    pub fn into_items(self) -> impl Iterator<Item = Item> {
        std::iter::once(Item::Article(self.article))
            .chain(self.actors.into_iter().map(Item::Actor))
            .chain(self.events.into_iter().map(Item::Event))
            .chain(self.quotes.into_iter().map(Item::Quote))
            .chain(self.arguments.into_iter().map(Item::Argument))
            .chain(self.facts.into_iter().map(Item::Fact))
            .chain(self.relations.into_iter().map(Item::Relation))
            .chain(self.topics.into_iter().map(Item::Topic))
    }

    /// A pack from its items, the reverse of [`Pack::into_items`]. `None` without an article.
    pub fn from_items(items: impl IntoIterator<Item = Item>) -> Option<Pack> {
        let mut items = items.into_iter();
        let Some(Item::Article(article)) = items.next() else { return None };
        let mut pack = Pack { article, ..Pack::default() };
        for item in items {
            match item {
                Item::Article(_) => return None,
                Item::Actor(it) => pack.actors.push(it),
                Item::Event(it) => pack.events.push(it),
                Item::Quote(it) => pack.quotes.push(it),
                Item::Argument(it) => pack.arguments.push(it),
                Item::Fact(it) => pack.facts.push(it),
                Item::Relation(it) => pack.relations.push(it),
                Item::Topic(it) => pack.topics.push(it),
            }
        }
        Some(pack)
    }
}
