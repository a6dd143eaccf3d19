//! What people ask: lines made of what the packs say, so that most of them have an answer.

use fastrand::Rng;
use rapporteur::article::Pack;
use rapporteur::article::fold::fold;

use super::library::Size;
use super::{Generator, misspell};

/// A sort of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Name,
    Alias,
    Typo,
    Words,
    Timeline,
    Search,
    Suggest,
}

impl Sort {
    pub const ALL: [Sort; 7] =
        [Sort::Name, Sort::Alias, Sort::Typo, Sort::Words, Sort::Timeline, Sort::Search, Sort::Suggest];

    pub fn title(self) -> &'static str {
        match self {
            Sort::Name => "quote by name",
            Sort::Alias => "quote by alias",
            Sort::Typo => "quote by typo",
            Sort::Words => "quote by words",
            Sort::Timeline => "timeline by range",
            Sort::Search => "search of two words",
            Sort::Suggest => "suggestions",
        }
    }
}

/// A number of different questions of a sort: command lines, or for suggestions what has been typed.
pub fn queries(generator: &Generator, size: Size, sort: Sort, number: usize) -> Vec<String> {
    let rng = &mut Rng::with_seed(7 + sort as u64);
    let first: Option<Pack> = (size == Size::First)
        .then(|| toml::from_str(include_str!("../../config/articles/us-mexico.toml")).unwrap());
    let mut all: Vec<String> = Vec::new();
    // The first article does not have so many different ones.
    for _ in 0..20 * number {
        if all.len() >= number {
            break;
        }
        let pack = match size {
            Size::First => first.clone().unwrap(),
            Size::Articles(articles) => generator.pack(rng.usize(..articles)),
        };
        for line in questions(generator, rng, &pack, sort) {
            if size != Size::First || !all.contains(&line) {
                all.push(line);
            }
        }
    }
    all.truncate(number);
    all
}

fn questions(generator: &Generator, rng: &mut Rng, pack: &Pack, sort: Sort) -> Vec<String> {
    let actor = &pack.actors[rng.usize(..pack.actors.len())];
    match sort {
        Sort::Name => vec![format!("quote {}", actor.name)],
        Sort::Alias if actor.aliases.is_empty() => vec![],
        Sort::Alias => vec![format!("quote {}", actor.aliases[rng.usize(..actor.aliases.len())])],
        Sort::Typo => {
            let typo = misspell(rng, &actor.name);
            if typo == actor.name { vec![] } else { vec![format!("quote {typo}")] }
        }
        Sort::Words => {
            let quote = &pack.quotes[rng.usize(..pack.quotes.len())];
            let number = rng.usize(2..=3);
            telling(generator, rng, &quote.words, number)
                .map(|words| format!("quote {words}"))
                .into_iter()
                .collect()
        }
        Sort::Timeline => {
            let year = if rng.bool() { rng.u32(1990..=2025) } else { rng.u32(1900..=2025) };
            vec![match rng.u8(..6) {
                0 | 1 => format!("timeline {year}"),
                2 => format!("timeline {year} to {}", year + rng.u32(1..=5)),
                3 => format!("timeline {}0s", year / 10),
                4 => format!("timeline {year}-{:02}", rng.u32(1..=12)),
                _ => format!("timeline since {year}"),
            }]
        }
        Sort::Search => {
            let text = match rng.u8(..3) {
                0 => pack.facts[rng.usize(..pack.facts.len())].statement.clone(),
                1 => pack.events[rng.usize(..pack.events.len())].summary.clone(),
                _ => pack.quotes[rng.usize(..pack.quotes.len())].words.clone(),
            };
            telling(generator, rng, &text, 2).map(|words| format!("search {words}")).into_iter().collect()
        }
        Sort::Suggest => {
            let name = match actor.aliases.first() {
                Some(alias) if rng.bool() => alias,
                _ => &actor.name,
            };
            let name = if rng.u8(..10) == 0 { misspell(rng, name) } else { name.clone() };
            // Letter by letter, as one types.
            let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.take(16).map(|end| name[..end].to_string()).collect()
        }
    }
}

/// Some words of a text that tell it from others, in its order.
fn telling(generator: &Generator, rng: &mut Rng, text: &str, number: usize) -> Option<String> {
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| generator.tells(word)).collect();
    while words.len() > number {
        words.remove(rng.usize(..words.len()));
    }
    (words.len() == number).then(|| words.join(" "))
}
