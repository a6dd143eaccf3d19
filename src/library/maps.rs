//! All names, and all words of names and texts, as finite-state maps: built in order when the library is, kept in
//! its file as they are, and searched in memory.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::LazyLock;

use fst::automaton::Str;
use fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};

use crate::article::Kind;

use super::error::LibraryError;

/// Stands between a stem and a word of it. In no text.
const BETWEEN: char = '\0';

/// How rare a name is at most: one item has it.
const RAREST: u64 = 31;
/// Instead of its rarity: only ids are written so, and nobody would call anything that.
const ID_ALONE: u64 = RAREST + 1;

/// The automata for one typo and for two, which are made for a word in microseconds from these. Two letters swapped
/// are one typo.
static TYPOS: [LazyLock<LevenshteinAutomatonBuilder>; 2] = [
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true)),
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true)),
];

/// The finite-state maps of a library.
#[derive(Debug)]
pub(super) struct Maps {
    names: HashMap<Kind, Map<Vec<u8>>>,
    /// In the order of the library's languages.
    words: Vec<Words>,
}

impl Maps {
    /// The maps of a library's file, each with its title; `languages` are the library's.
    ///
    /// # Errors
    /// A map is missing or damaged.
    pub fn read<'a>(
        maps: Vec<(String, Vec<u8>)>,
        languages: impl Iterator<Item = &'a str>,
    ) -> Result<Maps, LibraryError> {
        let mut maps: HashMap<String, Vec<u8>> = maps.into_iter().collect();
        let mut read = |title: &str| {
            let bytes = maps.remove(title);
            let bytes = bytes.ok_or_else(|| LibraryError::Content(format!("the map {title} is missing")))?;
            let map = Map::new(bytes).and_then(|map| map.as_fst().verify().map(|()| map));
            map.map_err(|error| LibraryError::Content(format!("the map {title} is damaged: {error}")))
        };
        let names = Kind::ALL.iter().map(|kind| Ok((*kind, read(&names_title(*kind))?)));
        let names = names.collect::<Result<_, LibraryError>>()?;
        let words = languages.map(|language| {
            Ok(Words { words: read(&words_title(language))?, stems: read(&stems_title(language))? })
        });
        Ok(Maps { names, words: words.collect::<Result<_, LibraryError>>()? })
    }

    /// Whether something of a kind has this key for a name or an id.
    pub fn has(&self, kind: Kind, key: &str) -> bool {
        self.names.get(&kind).is_some_and(|names| names.contains_key(key))
    }

    /// The keys of names of a kind that begin so, at most `most`: those that the most things have first, then in the
    /// order of the alphabet.
    ///
    /// The numbers on a path through the map add up to the rarity of the name at its end, and of all that begins alike
    /// the least is on the common part. So a best-first search meets names in the order of their rarity, and looks at
    /// few others, however many begin so (Lucene's suggesters do the same).
    pub fn beginning(&self, kind: Kind, start: &str, most: usize) -> Vec<String> {
        let Some(names) = self.names.get(&kind) else { return vec![] };
        let names = names.as_fst();
        let (mut node, mut rarity) = (names.root(), 0);
        for byte in start.bytes() {
            let Some(at) = node.find_input(byte) else { return vec![] };
            let step = node.transition(at);
            rarity += step.out.value();
            node = names.node(step.addr);
        }
        let mut found = Vec::new();
        // What is whole has no node to go on from, and comes before what is longer.
        let mut paths = BinaryHeap::from([Reverse((rarity, start.as_bytes().to_vec(), Some(node.addr())))]);
        while let Some(Reverse((rarity, path, at))) = paths.pop() {
            if rarity >= ID_ALONE || found.len() == most {
                break;
            }
            let Some(at) = at else {
                found.extend(String::from_utf8(path).ok());
                continue;
            };
            let node = names.node(at);
            for step in node.transitions() {
                let mut longer = Vec::with_capacity(path.len() + 8);
                longer.extend_from_slice(&path);
                longer.push(step.inp);
                paths.push(Reverse((rarity + step.out.value(), longer, Some(step.addr))));
            }
            if node.is_final() {
                paths.push(Reverse((rarity + node.final_output().value(), path, None)));
            }
        }
        found
    }

    /// The words of each language, in the order of the library's languages.
    pub fn words(&self) -> &[Words] {
        &self.words
    }
}

/// How often a word is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Uses {
    /// How many names have it.
    pub names: i64,
    /// How many texts have it.
    pub texts: i64,
    /// It appears in a name with a capital, and nowhere without.
    pub is_proper: bool,
}

impl Uses {
    /// Names, texts, and whether it is proper, from the highest bit to the lowest.
    fn pack(self) -> u64 {
        let number = |number: i64| u64::try_from(number).unwrap_or(0).min(0x7fff_ffff);
        number(self.names) << 32 | number(self.texts) << 1 | u64::from(self.is_proper)
    }

    fn unpack(packed: u64) -> Uses {
        let number = |number: u64| i64::try_from(number & 0x7fff_ffff).unwrap_or(0);
        Uses { names: number(packed >> 32), texts: number(packed >> 1), is_proper: packed & 1 == 1 }
    }
}

/// The words of a language, with how often each is used: by themselves, and behind their stems.
#[derive(Debug)]
pub(super) struct Words {
    words: Map<Vec<u8>>,
    stems: Map<Vec<u8>>,
}

impl Words {
    /// The words that have a stem, in the order of the alphabet.
    pub fn of_stem(&self, stem: &str) -> Vec<(String, Uses)> {
        let start = format!("{stem}{BETWEEN}");
        let mut words = collect(&self.stems, Str::new(&start).starts_with());
        for (word, _) in &mut words {
            word.drain(..start.len());
        }
        words
    }

    /// How many names the words have together that begin so. No more than `most` words are looked at.
    pub fn names_beginning(&self, start: &str, most: usize) -> i64 {
        let mut stream = self.words.search(Str::new(start).starts_with()).into_stream();
        let uses = std::iter::from_fn(|| stream.next().map(|(_, uses)| Uses::unpack(uses)));
        uses.take(most).map(|uses| uses.names).sum()
    }

    /// The words that are at most one typo from this one, or at most two, each with its number of typos: letters
    /// wrong, missing or too much, and neighbours swapped (Schulz and Mihov, "Fast String Correction with
    /// Levenshtein-Automata", 2002).
    pub fn near(&self, word: &str, typos: usize) -> Vec<(String, Uses, usize)> {
        let Some(automata) = typos.checked_sub(1).and_then(|at| TYPOS.get(at)) else { return vec![] };
        let automaton = automata.build_dfa(word);
        let near = collect(&self.words, &automaton).into_iter();
        near.map(|(word, uses)| match automaton.eval(&word) {
            Distance::Exact(typos) | Distance::AtLeast(typos) => (word, uses, usize::from(typos)),
        })
        .collect()
    }
}

fn collect<A: Automaton>(map: &Map<Vec<u8>>, automaton: A) -> Vec<(String, Uses)> {
    let mut found = Vec::new();
    let mut stream = map.search(automaton).into_stream();
    while let Some((word, uses)) = stream.next() {
        found.push((String::from_utf8_lossy(word).into_owned(), Uses::unpack(uses)));
    }
    found
}

/// The map of the names of a kind under construction.
pub(super) struct NamesBuilder(MapBuilder<Vec<u8>>);

impl NamesBuilder {
    /// An empty map.
    pub fn new() -> NamesBuilder {
        NamesBuilder(MapBuilder::memory())
    }

    /// Adds a key, in the order of their bytes; `names` is how many items have it for a name and not merely for an id.
    pub fn add(&mut self, key: &str, names: u64) -> Result<(), LibraryError> {
        let rarity = names.checked_ilog2().map_or(ID_ALONE, |times| RAREST.saturating_sub(times.into()));
        self.0.insert(key, rarity).map_err(unbuilt)
    }

    /// Completes the map.
    pub fn finish(self) -> Result<Vec<u8>, LibraryError> {
        self.0.into_inner().map_err(unbuilt)
    }
}

/// The two maps of a language's words, by themselves and by their stems. The words come in the order of their bytes.
pub(super) fn build_words(
    words: impl Iterator<Item = (String, String, Uses)>,
) -> Result<(Vec<u8>, Vec<u8>), LibraryError> {
    let mut map = MapBuilder::memory();
    let mut stems: Vec<(String, u64)> = Vec::new();
    for (word, stem, uses) in words {
        map.insert(&word, uses.pack()).map_err(unbuilt)?;
        stems.push((format!("{stem}{BETWEEN}{word}"), uses.pack()));
    }
    stems.sort_unstable();
    let stems = Map::from_iter(stems).map_err(unbuilt)?;
    Ok((map.into_inner().map_err(unbuilt)?, stems.into_fst().into_inner()))
}

fn unbuilt(error: fst::Error) -> LibraryError {
    LibraryError::Content(format!("a map can't be built: {error}"))
}

/// What the map of the names of a kind is called in the file.
pub(super) fn names_title(kind: Kind) -> String {
    format!("names {}", kind.word())
}

/// What the map of a language's words is called.
pub(super) fn words_title(language: &str) -> String {
    format!("words {language}")
}

/// What the map of a language's stems is called.
pub(super) fn stems_title(language: &str) -> String {
    format!("stems {language}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(all: &[(&str, u64)]) -> Maps {
        let mut builder = NamesBuilder::new();
        let mut all = all.to_vec();
        all.sort_unstable();
        all.iter().for_each(|(key, names)| builder.add(key, *names).unwrap());
        let map = Map::new(builder.finish().unwrap()).unwrap();
        Maps { names: HashMap::from([(Kind::Actor, map)]), words: vec![] }
    }

    fn words(all: &[&str]) -> Words {
        let mut all = all.to_vec();
        all.sort_unstable();
        all.dedup();
        let uses = |texts| Uses { names: 1, texts, is_proper: texts % 2 == 0 };
        let stem = |word: &str| word.chars().take(2).collect();
        let all = all.iter().zip(1..).map(|(word, texts)| (word.to_string(), stem(word), uses(texts)));
        let (words, stems) = build_words(all).unwrap();
        Words { words: Map::new(words).unwrap(), stems: Map::new(stems).unwrap() }
    }

    #[test]
    fn names_that_many_have_come_first() {
        let maps = names(&[
            ("mexia", 1),
            ("mexico", 3_600),
            ("mexicana", 1),
            ("mexica", 5),
            ("q-mex", 0),
            ("mex1", 0),
        ]);
        assert_eq!(maps.beginning(Kind::Actor, "mex", 9), ["mexico", "mexica", "mexia", "mexicana"]);
        assert_eq!(maps.beginning(Kind::Actor, "mex", 2), ["mexico", "mexica"]);
        assert_eq!(maps.beginning(Kind::Actor, "mexico", 2), ["mexico"]);
        assert!(maps.beginning(Kind::Actor, "mexicoo", 2).is_empty());
        assert!(maps.beginning(Kind::Topic, "mex", 2).is_empty());
        assert!(
            maps.has(Kind::Actor, "q-mex")
                && !maps.has(Kind::Actor, "q-me")
                && !maps.has(Kind::Topic, "mexico")
        );
    }

    #[test]
    fn words_by_stem_and_by_their_beginning() {
        let words = words(&["story", "stories", "stop", "run"]);
        let only = |found: Vec<(String, Uses)>| found.into_iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(only(words.of_stem("st")), ["stop", "stories", "story"]);
        assert!(words.of_stem("s").is_empty());
        assert_eq!([words.names_beginning("sto", 9), words.names_beginning("sto", 2)], [3, 2]);
        assert_eq!(words.of_stem("ru")[0].1, Uses { names: 1, texts: 1, is_proper: false });
    }

    proptest! {
        #[test]
        fn uses_come_back_as_they_were(names in 0..0x7fff_ffff_i64, texts in 0..0x7fff_ffff_i64, is_proper: bool) {
            let uses = Uses { names, texts, is_proper };
            prop_assert_eq!(Uses::unpack(uses.pack()), uses);
        }

        /// What one or two typos make of a word leads back to it.
        #[test]
        fn a_misspelt_word_is_near(word in "[a-zñж]{4,12}", typos in prop::collection::vec((0_usize..12, "[a-zñж]", 0..4), 1..3)) {
            let mut letters: Vec<char> = word.chars().collect();
            for (at, letter, typo) in &typos {
                let at = at % (letters.len() - 1);
                match typo {
                    0 => letters[at] = letter.chars().next().unwrap_or('x'),
                    1 => letters.insert(at, letter.chars().next().unwrap_or('x')),
                    2 => { letters.remove(at); }
                    _ => letters.swap(at, at + 1),
                }
            }
            let typed = String::from_iter(letters);
            let distance = strsim::osa_distance(&word, &typed);
            let near = words(&[&word, "other"]).near(&typed, typos.len());
            let found = near.iter().find(|it| it.0 == word);
            prop_assert_eq!(found.map(|it| it.2), (distance <= typos.len()).then_some(distance), "{} {}", word, typed);
        }

        /// Of all names that begin so, just those that come first are given.
        #[test]
        fn the_first_names_are_those_of_all(all in prop::collection::btree_map("[ab]{1,6}", 0_u64..40, 0..40), start in "[ab]{0,2}", most in 0_usize..20) {
            let list: Vec<(&str, u64)> = all.iter().map(|(key, names)| (key.as_str(), *names)).collect();
            let found = names(&list).beginning(Kind::Actor, &start, most);
            let mut wanted: Vec<(Reverse<u32>, &str)> = list
                .iter()
                .filter(|(key, names)| key.starts_with(&start) && *names > 0)
                .map(|(key, names)| (Reverse(names.ilog2()), *key))
                .collect();
            wanted.sort_unstable();
            let wanted: Vec<&str> = wanted.into_iter().map(|it| it.1).take(most).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
