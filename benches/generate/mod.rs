//! Article packs from a seed: the same seed and number always give the same pack.
//!
//! Names are drawn from Zipf distributions, so that a few are in many articles and full names collide;
//! some 3 % of the times a name is written down, it is misspelt or has lost its accents. Words are drawn
//! in the same way from some 20,000: the English stop words, as in real texts, are the commonest, then come
//! words of the subject and made-up ones (stems with endings). The proportions follow the project's first
//! article.

pub mod capture;
pub mod library;
pub mod queries;

use std::collections::HashSet;

use fastrand::Rng;
use rapporteur::article::Pack;
use rapporteur::article::fold::key;
use rapporteur::article::pack::*;

/// Part of the folders' names: change it when the packs that are generated change.
pub const VERSION: &str = "v2";
const SEED: u64 = 20_261_123;
/// How often a name is written down wrongly.
const MISSPELT: f64 = 0.03;
const WORDS: usize = 20_000;
const SURNAMES: usize = 3_000;

const SUBJECT_WORDS: &str = "government president border election country people state trade policy \
    migration party minister treaty war peace law court congress senate reform crisis economy security \
    democracy agreement border tariff army police union strike budget debt bank oil energy climate water \
    river city north south east west capital vote campaign candidate speech letter report inquiry scandal \
    protest march students teachers workers farmers church press newspaper editor author book essay \
    history memory future century decade year summit embassy ambassador diplomat visit alliance partner \
    neighbor rival enemy friend trust distrust threat promise bargain deal price cost growth poverty \
    inequality corruption justice prison rights freedom language school university science health \
    hospital epidemic vaccine drug cartel violence crime weapon wall fence bridge road railway port";

const FIRST_NAMES: &str = "María José Juan John Mary Luis Carlos James Ana Robert Michael Jorge Patricia \
    David William Manuel Jennifer Miguel Linda Pedro Elizabeth Francisco Richard Joseph Guadalupe Thomas \
    Alejandro Barbara Susan Fernando Charles Jesús Jessica Sarah Rafael Karen Antonio Daniel Margarita \
    Matthew Lisa Nancy Ricardo Anthony Betty Sandra Mark Roberto Ashley Javier Kimberly Steven Emily Paul \
    Andrés Donna Andrew Michelle Enrique Joshua Carol Sergio Kenneth Amanda Kevin Eduardo Melissa Brian \
    Deborah George Raúl Stephanie Ronald Rebecca Timothy Laura Óscar Edward Sharon Jason Cynthia Jeffrey \
    Kathleen Ryan Amy Jacob Angela Gary Shirley Nicholas Adriana Eric Anna Jonathan Héctor Brenda Stephen \
    Pamela Larry Emma Justin Nicole Scott Helen Brandon Samantha Víctor Benjamin Katherine Samuel Christine \
    Octavio Debra Gregory Rachel Alexander Lourdes Patrick Carolyn Frank Janet Raymond Ruth Jack Verónica \
    Jürgen Zoë Björn Łukasz Søren Émile Chloé Nguyễn İbrahim Đorđe Renée Aisha Wei Priya Kenji Olga Dmitri";

const FAMILY_NAMES: &str = "García Smith Hernández Johnson Martínez López Williams González Brown Rodríguez \
    Jones Pérez Miller Sánchez Davis Ramírez Wilson Torres Anderson Flores Thomas Rivera Taylor Gómez Moore \
    Díaz Jackson Cruz Martin Morales Lee Reyes Thompson Gutiérrez White Ortiz Harris Ruiz Clark Jiménez Lewis \
    Mendoza Robinson Álvarez Walker Castillo Young Vásquez Allen Romero King Moreno Wright Muñoz Scott Herrera \
    Hill Medina Green Aguilar Adams Guzmán Nelson Vargas Baker Castro Hall Ríos Campbell Méndez Mitchell \
    Guerrero Carter Salazar Roberts Soto Phillips Delgado Evans Peña Turner Núñez Parker Ibáñez Collins \
    Contreras Edwards Domínguez Stewart Ávila Morris Cárdenas Murphy Calderón Cook Obrador Rogers Zedillo \
    Morgan Fuentes Peterson Paz Cooper Sarukhán Reed Ebrard Bailey Trudeau Bell Erdoğan Kelly Müller Howard \
    Dvořák Ward Nguyễn Cox Kowalczyk O’Brien Ødegaard Brooks Şahin Bennett Ferreira Gray Rossi";

const PLACES: &str = "Mexico Canada Texas Turkey Brazil France Germany Japan China India Spain Italy Cuba \
    Colombia Chile Peru Poland Egypt Kenya Nigeria Sweden Norway Ireland Portugal Greece Iran Iraq Israel \
    Vietnam Korea Ukraine Russia Argentina Bolivia Ecuador Honduras Guatemala Panama Uruguay Venezuela";

const BODIES: &str = "Ministry Committee Council Bureau Agency Court Institute Commission Union Bank \
    Congress Senate Chamber Office Department Board Authority Foundation Association Federation";

/// Draws small numbers more often than large ones: the n-th has a chance of about 1 / n.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(size: usize, flat: f64) -> Zipf {
        let mut sum = 0.0;
        let cumulative = (0..size).map(|rank| {
            let weight = 1.0 / (rank as f64 + flat);
            sum += weight;
            sum
        });
        Zipf(cumulative.collect())
    }

    fn draw(&self, rng: &mut Rng) -> usize {
        let at = rng.f64() * self.0.last().copied().unwrap_or(0.0);
        self.0.partition_point(|sum| *sum <= at).min(self.0.len() - 1)
    }
}

/// Makes packs.
pub struct Generator {
    words: Vec<String>,
    stop_words: HashSet<String>,
    families: Vec<String>,
    word: Zipf,
    first: Zipf,
    family: Zipf,
    place: Zipf,
}

fn list(words: &str) -> Vec<String> {
    words.split_whitespace().map(Into::into).collect()
}

fn pick<'a, T>(rng: &mut Rng, all: &'a [T]) -> &'a T {
    &all[rng.usize(..all.len())]
}

/// A word that nobody has seen before, as it could be in a language.
fn coin(rng: &mut Rng, syllables: usize) -> String {
    const ONSETS: [&str; 26] = [
        "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr",
        "r", "s", "st", "t", "tr", "v", "w",
    ];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "ou", "io"];
    const CODAS: [&str; 12] = ["", "", "", "", "n", "r", "l", "s", "nd", "rt", "ck", "m"];
    (0..syllables).map(|_| [*pick(rng, &ONSETS), *pick(rng, &VOWELS), *pick(rng, &CODAS)].concat()).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn slug(text: &str, most: usize) -> String {
    let folded = rapporteur::article::fold::fold(text);
    let ascii: String = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
    let mut slug = ascii.split_whitespace().collect::<Vec<_>>().join("-");
    slug.truncate(most);
    slug.trim_matches('-').to_string()
}

/// The text with one typo in one of its longer words: two letters swapped, one left out, one doubled,
/// or one wrong.
pub fn misspell(rng: &mut Rng, text: &str) -> String {
    const LETTERS: &[u8] = b"eaoinrstldcum";
    let mut words: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|at| words[*at].len() >= 5).collect();
    if long.is_empty() {
        return text.to_string();
    }
    let word = &mut words[*pick(rng, &long)];
    // The first letter is rarely wrong.
    let at = rng.usize(1..word.len() - 1);
    match rng.u8(..4) {
        0 => word.swap(at, at + 1),
        1 => drop(word.remove(at)),
        2 => word.insert(at, word[at]),
        _ => word[at] = char::from(*pick(rng, LETTERS)),
    }
    words.into_iter().map(String::from_iter).collect::<Vec<_>>().join(" ")
}

fn without_accents(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().filter(char::is_ascii).collect()
}

/// Ids and names that are taken in a pack.
#[derive(Default)]
struct Taken {
    ids: HashSet<String>,
    names: HashSet<(&'static str, String)>,
}

impl Taken {
    /// An id made of the text, with a number where it is taken.
    fn id(&mut self, kind: &'static str, text: &str) -> String {
        let slug = slug(text, 40);
        let slug = if slug.is_empty() { "item".into() } else { slug };
        let mut id = slug.clone();
        let mut number = 1;
        while self.ids.contains(&id) || self.names.contains(&(kind, key(&id))) {
            number += 1;
            id = format!("{slug}-{number}");
        }
        self.ids.insert(id.clone());
        self.names.insert((kind, key(&id)));
        id
    }

    /// Whether the name could be taken, which it is then.
    fn name(&mut self, kind: &'static str, name: &str) -> bool {
        !key(name).is_empty() && self.names.insert((kind, key(name)))
    }
}

impl Generator {
    pub fn new() -> Generator {
        let rng = &mut Rng::with_seed(SEED);
        let mut seen = HashSet::new();
        let stop_words: Vec<String> = stop_words::get("en").iter().map(ToString::to_string).collect();
        let mut words = [stop_words.clone(), list(SUBJECT_WORDS)].concat();
        words.retain(|word| seen.insert(word.clone()));
        const ENDINGS: [&str; 10] = ["", "s", "ed", "ing", "er", "ly", "ation", "ness", "al", "ment"];
        while words.len() < WORDS {
            let syllables = rng.usize(1..=3);
            let stem = coin(rng, syllables);
            for ending in ENDINGS {
                let word = format!("{stem}{ending}");
                if word.len() >= 4 && rng.f64() < 0.5 && seen.insert(word.clone()) {
                    words.push(word);
                }
            }
        }
        words.truncate(WORDS);
        // Behind the words that everybody uses, stems and endings come in any order.
        let common = stop_words.len() + list(SUBJECT_WORDS).len();
        rng.shuffle(&mut words[common..]);
        let mut families = list(FAMILY_NAMES);
        while families.len() < SURNAMES {
            let syllables = rng.usize(2..=3);
            let family = capital(&coin(rng, syllables));
            if family.len() >= 4 && seen.insert(family.clone()) {
                families.push(family);
            }
        }
        Generator {
            word: Zipf::new(words.len(), 2.7),
            first: Zipf::new(list(FIRST_NAMES).len(), 4.0),
            family: Zipf::new(families.len(), 4.0),
            place: Zipf::new(list(PLACES).len(), 2.0),
            stop_words: stop_words.into_iter().collect(),
            words,
            families,
        }
    }

    fn words(&self, rng: &mut Rng, number: impl std::ops::RangeBounds<usize>) -> String {
        let number = rng.usize(number);
        (0..number).map(|_| self.words[self.word.draw(rng)].as_str()).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&self, rng: &mut Rng) -> String {
        capital(&self.words(rng, 12..=40)) + "."
    }

    /// A few words that are not all "the" and "of".
    fn title(&self, rng: &mut Rng, number: std::ops::RangeInclusive<usize>) -> String {
        loop {
            let title = self.words(rng, number.clone());
            if title.split(' ').any(|word| self.tells(word)) {
                return capital(&title);
            }
        }
    }

    /// Whether a word tells one text from another.
    pub fn tells(&self, word: &str) -> bool {
        word.len() >= 4 && !self.stop_words.contains(&word.to_lowercase())
    }

    fn person(&self, rng: &mut Rng) -> (String, Vec<String>) {
        let first = &list(FIRST_NAMES)[self.first.draw(rng)];
        let family = self.families[self.family.draw(rng)].clone();
        let (mut name, mut last) = (format!("{first} {family}"), family);
        match rng.u8(..10) {
            0..2 => {
                let second = &self.families[self.family.draw(rng)];
                name = format!("{name} {second}");
                last = format!("{last} {second}");
            }
            2 => {
                let middle = &list(FIRST_NAMES)[self.first.draw(rng)];
                name = format!("{first} {middle} {last}");
            }
            _ => {}
        }
        let initials: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
        let mut aliases = Vec::new();
        if rng.f64() < 0.7 {
            aliases.push(last);
        }
        if rng.f64() < 0.25 {
            aliases.push(initials.clone());
        } else if rng.f64() < 0.1 {
            aliases.push(initials.chars().map(|c| format!("{c}.")).collect());
        }
        (self.miswrite(rng, name), aliases)
    }

    fn miswrite(&self, rng: &mut Rng, name: String) -> String {
        match rng.f64() {
            x if x < MISSPELT * 0.7 => misspell(rng, &name),
            x if x < MISSPELT => without_accents(&name),
            _ => name,
        }
    }

    fn body(&self, rng: &mut Rng) -> (ActorKind, String) {
        let place = &list(PLACES)[self.place.draw(rng)];
        match rng.u8(..6) {
            0 => (ActorKind::Country, place.clone()),
            1 => (ActorKind::Government, format!("Government of {place}")),
            2 => (ActorKind::Party, format!("{} Party of {place}", self.title(rng, 1..=1))),
            3 => {
                (ActorKind::Group, format!("{} {}", self.title(rng, 1..=1), pick(rng, &list(SUBJECT_WORDS))))
            }
            _ => {
                let body = list(BODIES);
                (
                    ActorKind::Institution,
                    format!("{} {} of {place}", self.title(rng, 1..=2), pick(rng, &body)),
                )
            }
        }
    }

    fn source(&self, rng: &mut Rng, with_exact: bool) -> Source {
        Source {
            paragraph: rng.u32(1..=40),
            exact: with_exact.then(|| self.words(rng, 3..=8)),
            prefix: None,
            suffix: None,
        }
    }

    fn when(&self, rng: &mut Rng) -> When {
        // Articles speak more of what is near: half of the dates are of the last 35 years.
        let year = if rng.bool() { rng.u32(1990..=2025) } else { rng.u32(1900..=2025) };
        let month = rng.u32(1..=12);
        let edtf = match rng.u8(..10) {
            0..4 => format!("{year}"),
            4..6 => format!("{year}-{month:02}"),
            6..8 => format!("{year}-{month:02}-{:02}", rng.u32(1..=28)),
            8 => format!("{}X", year / 10),
            _ => format!("{year}/{}", year + rng.u32(1..=6)),
        };
        if rng.f64() < 0.1 {
            return When { edtf, text: None, by: Provenance::Editor, season: false };
        }
        When { text: Some(format!("in {year}")), edtf, by: Provenance::Text, season: false }
    }

    fn some(rng: &mut Rng, all: &[String], most: usize) -> Vec<String> {
        let number = rng.usize(..=most).min(all.len());
        let mut some = Vec::new();
        while some.len() < number {
            let one = pick(rng, all);
            if !some.contains(one) {
                some.push(one.clone());
            }
        }
        some
    }

    /// The pack with this number.
    #[expect(clippy::too_many_lines, reason = "one article, from its first item to its last")]
    pub fn pack(&self, number: usize) -> Pack {
        let seed = SEED ^ (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let rng = &mut Rng::with_seed(seed);
        let mut taken = Taken::default();
        let around = |rng: &mut Rng, number: usize| rng.usize(number * 3 / 4..=number * 5 / 4);

        let title = self.title(rng, 4..=9);
        let mut pack = Pack {
            article: Article {
                id: taken.id("article", &format!("{}-{number}", slug(&title, 30))),
                title,
                title_by: Provenance::Editor,
                publication: Some(format!("The {}", self.title(rng, 1..=2))),
                date: Some(When {
                    edtf: format!("{}", rng.u32(1990..=2025)),
                    text: None,
                    by: Provenance::Editor,
                    season: false,
                }),
                language: "en".into(),
                summary: (0..3).map(|_| self.sentence(rng)).collect::<Vec<_>>().join(" "),
                sections: (0..4)
                    .map(|at| Section {
                        heading: Some(self.title(rng, 2..=4)),
                        name: None,
                        first: at * 10 + 1,
                        last: at * 10 + 10,
                    })
                    .collect(),
                ..Article::default()
            },
            ..Pack::default()
        };

        for _ in 0..around(rng, 6) {
            let name = self.title(rng, 1..=2);
            if !taken.name("topic", &name) {
                continue;
            }
            let synonyms: Vec<String> = (0..rng.usize(..4)).map(|_| self.title(rng, 1..=2)).collect();
            let synonyms = synonyms.into_iter().filter(|it| taken.name("topic", it)).collect();
            pack.topics.push(Topic {
                asked: vec![],
                id: taken.id("topic", &format!("t-{name}")),
                name,
                synonyms,
                summary: self.sentence(rng),
            });
        }
        for _ in 0..around(rng, 12) {
            let (kind, name, aliases) = if rng.f64() < 0.7 {
                let (name, aliases) = self.person(rng);
                (ActorKind::Person, name, aliases)
            } else {
                let (kind, name) = self.body(rng);
                (kind, name, vec![])
            };
            if !taken.name("actor", &name) {
                continue;
            }
            let aliases = aliases.into_iter().filter(|it| taken.name("actor", it)).collect();
            let roles = (0..rng.usize(..3)).map(|_| Office {
                title: format!("{} of {}", self.title(rng, 1..=2), pick(rng, &list(PLACES))),
                when: None,
                by: Provenance::Editor,
            });
            pack.actors.push(Actor {
                key: false,
                asked: vec![],
                roles: roles.collect(),
                same_as: None,
                id: taken.id("actor", name.rsplit(' ').next().unwrap_or(&name)),
                name,
                aliases,
                kind,
                summary: self.sentence(rng),
                source: Some(self.source(rng, true)),
                by: Provenance::Text,
            });
        }
        let actors: Vec<String> = pack.actors.iter().map(|it| it.id.clone()).collect();
        let topics: Vec<String> = pack.topics.iter().map(|it| it.id.clone()).collect();
        pack.article.author = rng.bool().then(|| pick(rng, &actors).clone());

        for _ in 0..around(rng, 20) {
            let title = self.title(rng, 3..=6);
            if !taken.name("event", &title) {
                continue;
            }
            let alias = (rng.f64() < 0.3).then(|| self.title(rng, 2..=3));
            pack.events.push(Event {
                key: false,
                asked: vec![],
                id: taken.id("event", &format!("e-{title}")),
                same_as: None,
                aliases: alias.into_iter().filter(|it| taken.name("event", it)).collect(),
                title,
                when: (rng.f64() < 0.9).then(|| self.when(rng)),
                summary: self.sentence(rng),
                actors: Self::some(rng, &actors, 3),
                topics: Self::some(rng, &topics, 2),
                source: Some(self.source(rng, true)),
                by: Provenance::Text,
            });
        }
        for _ in 0..around(rng, 25) {
            let kind = match rng.u8(..10) {
                0..5 => QuoteKind::Verbatim,
                5..7 => QuoteKind::Reported,
                7 => QuoteKind::Phrase,
                _ => QuoteKind::Author,
            };
            let told = matches!(kind, QuoteKind::Verbatim | QuoteKind::Reported);
            let words = self.words(rng, 6..=22);
            let alias = (rng.f64() < 0.1).then(|| self.title(rng, 2..=3));
            pack.quotes.push(Quote {
                key: false,
                asked: vec![],
                id: taken
                    .id("quote", &format!("q-{}", words.split(' ').take(3).collect::<Vec<_>>().join(" "))),
                words,
                kind,
                // Who speaks once speaks again: the first actors of the list have most of the words.
                speaker: told.then(|| {
                    let at = rng.usize(..actors.len()).min(rng.usize(..actors.len()));
                    actors[at].clone()
                }),
                about: Self::some(rng, &actors, 2),
                context: self.sentence(rng),
                aliases: alias.into_iter().filter(|it| taken.name("quote", it)).collect(),
                topics: Self::some(rng, &topics, 2),
                source: self.source(rng, false),
            });
        }
        for _ in 0..around(rng, 15) {
            let statement = self.sentence(rng);
            pack.facts.push(Fact {
                asked: vec![],
                id: taken
                    .id("fact", &format!("f-{}", statement.split(' ').take(3).collect::<Vec<_>>().join(" "))),
                statement,
                standing: if rng.bool() { ClaimStatus::Fact } else { ClaimStatus::Judgement },
                actors: Self::some(rng, &actors, 2),
                topics: Self::some(rng, &topics, 2),
                source: Some(self.source(rng, true)),
                by: Provenance::Text,
            });
        }
        let events = pack.events.iter().map(|it| it.id.clone());
        let quotes = pack.quotes.iter().map(|it| it.id.clone());
        let facts = pack.facts.iter().map(|it| it.id.clone());
        let grounds: Vec<String> = events.chain(quotes).chain(facts).collect();
        for _ in 0..around(rng, 12) {
            let title = self.title(rng, 3..=6);
            if !taken.name("argument", &title) {
                continue;
            }
            // Only arguments before it, so nothing goes in a circle.
            let before: Vec<String> = pack.arguments.iter().map(|it| it.id.clone()).collect();
            let supports = Self::some(rng, &before, 1);
            // What it supports it does not deny.
            let others: Vec<String> = before.into_iter().filter(|it| !supports.contains(it)).collect();
            pack.arguments.push(Argument {
                key: false,
                asked: vec![],
                id: taken.id("argument", &title),
                title,
                aliases: vec![],
                claim: self.sentence(rng),
                claimed_by: (rng.f64() < 0.3).then(|| pick(rng, &actors).clone()),
                actors: Self::some(rng, &actors, 2),
                topics: Self::some(rng, &topics, 2),
                grounds: Self::some(rng, &grounds, 4),
                supports,
                attacks: Self::some(rng, &others, 1),
                undercuts: vec![],
                critique: (0..rng.usize(..2)).map(|_| self.sentence(rng)).collect(),
                questions: (0..rng.usize(..3)).map(|_| self.sentence(rng)).collect(),
                source: Some(self.source(rng, true)),
                by: Provenance::Text,
            });
        }
        for _ in 0..around(rng, 10) {
            let (from, to) = (pick(rng, &actors), pick(rng, &actors));
            if from == to {
                continue;
            }
            pack.relations.push(Relation {
                asked: vec![],
                id: taken.id("relation", &format!("r-{from}-{to}")),
                from: from.clone(),
                to: to.clone(),
                kind: self.title(rng, 1..=1).to_lowercase(),
                summary: self.sentence(rng),
                when: None,
                source: Some(self.source(rng, true)),
                by: Provenance::Text,
            });
        }
        pack
    }
}
