//! The names of actors: which of them say nothing, and whether one appears in a text.

use std::collections::HashMap;

use crate::say;

use super::finding::Findings;
use super::fold::{fold, key};
use super::pack::{Actor, Pack};
use super::read::Step;
use super::text::{even, stands_alone};

/// Words for the author of whatever article one reads, folded, in many languages.
const AUTHORS: [&str; 41] = [
    "author",
    "authors",
    "autor",
    "autora",
    "autores",
    "autoras",
    "auteur",
    "auteure",
    "auteurs",
    "autrice",
    "autrices",
    "lauteur",
    "lauteure",
    "lautrice",
    "autore",
    "autori",
    "autrici",
    "lautore",
    "autorin",
    "autoren",
    "verfasser",
    "verfasserin",
    "forfatter",
    "forfatteren",
    "forfattare",
    "forfattaren",
    "kirjoittaja",
    "autorka",
    "autorzy",
    "автор",
    "авторка",
    "авторы",
    "автори",
    "szerzo",
    "yazar",
    "συγγραφεας",
    "作者",
    "笔者",
    "筆者",
    "著者",
    "저자",
];

/// Words that add nothing to them.
const FILLERS: [&str; 54] = [
    "the",
    "this",
    "our",
    "of",
    "a",
    "an",
    "article",
    "articles",
    "essay",
    "essays",
    "text",
    "texts",
    "piece",
    "el",
    "la",
    "los",
    "las",
    "este",
    "esta",
    "del",
    "de",
    "articulo",
    "ensayo",
    "texto",
    "le",
    "les",
    "cet",
    "cette",
    "larticle",
    "texte",
    "der",
    "die",
    "das",
    "dieser",
    "diese",
    "des",
    "dieses",
    "artikels",
    "textes",
    "o",
    "os",
    "as",
    "do",
    "da",
    "artigo",
    "il",
    "lo",
    "gli",
    "dellarticolo",
    "testo",
    "het",
    "den",
    "статьи",
    "статті",
];

/// Whether a name means the author of any article ("the author", "el autor"), so that it names nobody.
pub fn is_general(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split(' ');
    words.clone().any(|word| AUTHORS.contains(&word))
        && words.all(|word| AUTHORS.contains(&word) || FILLERS.contains(&word))
}

/// Finds aliases that mean somebody else in every article.
pub fn general_aliases(findings: &mut Findings, pack: &Pack) {
    for (at, actor) in pack.actors.iter().enumerate() {
        let kept: Vec<&String> = actor.aliases.iter().filter(|alias| !is_general(alias)).collect();
        let Some(first) = actor.aliases.iter().position(|alias| is_general(alias)) else { continue };
        let general: Vec<String> = actor
            .aliases
            .iter()
            .filter(|alias| is_general(alias))
            .map(|alias| format!("“{alias}”"))
            .collect();
        let help = match kept.is_empty() {
            true => say!("pack-leave-out-article-names-author"),
            false => {
                let kept: Vec<String> =
                    kept.into_iter().map(|alias| toml::Value::String(alias.clone()).to_string()).collect();
                say!("pack-write-article-names-author", kept = kept.join(", "))
            }
        };
        findings.error(
            vec![Step::Key("actor"), Step::At(at), Step::Key("aliases"), Step::At(first)],
            match general.as_slice() {
                [one] => say!("pack-means-somebody-else-every-article", one = one),
                several => say!("pack-mean-somebody-else-every-article", several = several.join(" and ")),
            },
            help,
        );
    }
}

/// The names of all actors of a pack, to look for in a text.
#[derive(Debug)]
pub struct Names<'a> {
    actors: HashMap<&'a str, &'a Actor>,
    /// How many actors have a word in one of their names.
    uses: HashMap<String, usize>,
    /// Whether the language changes the endings of names.
    inflects: bool,
    function_words: Vec<String>,
}

/// The names and offices of an actor.
fn names(actor: &Actor) -> impl Iterator<Item = &str> {
    let roles = actor.roles.iter().map(|role| role.title.as_str());
    std::iter::once(actor.name.as_str()).chain(actor.aliases.iter().map(String::as_str)).chain(roles)
}

impl<'a> Names<'a> {
    /// Of a pack, whose text is in the language that it names.
    pub fn of(pack: &'a Pack) -> Names<'a> {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for actor in &pack.actors {
            let mut words: Vec<String> = names(actor)
                .flat_map(|name| fold(name).split(' ').map(String::from).collect::<Vec<_>>())
                .collect();
            words.sort();
            words.dedup();
            for word in words {
                *uses.entry(word).or_default() += 1;
            }
        }
        let language = pack.article.language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let keeps = ["en", "es", "fr", "pt", "it", "de", "nl", "sv", "da", "nb", "nn", "no", "ca", "gl"];
        let stops = [language.as_str(), "en"].into_iter().filter_map(stop_words::lookup).flatten();
        Names {
            actors: pack.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            uses,
            inflects: !keeps.contains(&language.as_str()),
            function_words: stops.map(|word| fold(word)).collect(),
        }
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&'a Actor> {
        self.actors.get(id).copied()
    }

    /// Whether a label is a name of this actor: a whole name, whole words of one, or its initials.
    pub fn is_label_of(&self, label: &str, actor: &Actor) -> bool {
        let wanted = fold(label);
        let letters = key(label);
        !letters.is_empty()
            && names(actor).any(|name| {
                let folded = fold(name);
                let words: Vec<&str> = folded.split(' ').collect();
                let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
                key(name) == letters
                    || wanted.split(' ').all(|word| words.contains(&word))
                    || words.len() > 1 && letters.chars().count() > 1 && initials == letters
            })
    }

    /// Whether a label is the name of any actor.
    pub fn is_label(&self, label: &str) -> bool {
        self.actors.values().any(|actor| self.is_label_of(label, actor))
    }

    /// Whether a name of the actor appears in a text, or a word that is of no other actor's names. Endings
    /// are forgiven: this is to warn, not to prove.
    pub fn is_named(&self, actor: &Actor, text: &str) -> bool {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        names(actor).any(|name| self.has_name(&words, name) || is_within(text, name))
    }

    fn has_name(&self, words: &[&str], name: &str) -> bool {
        let name = fold(name);
        let name: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
        let whole = !name.is_empty()
            && words.windows(name.len()).any(|here| here.iter().zip(&name).all(|(a, b)| self.alike(a, b)));
        let own = |word: &&&str| {
            self.uses.get(**word) == Some(&1)
                && word.chars().count() > 1
                && !self.function_words.iter().any(|it| it == **word)
        };
        whole || name.iter().filter(own).any(|wanted| words.iter().any(|word| self.alike(word, wanted)))
    }

    /// Whether a word of a text is this word of a name, perhaps with another ending.
    fn alike(&self, word: &str, wanted: &str) -> bool {
        let length = |text: &str| text.chars().count();
        let same = word.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
        let (word, wanted) = (length(word), length(wanted));
        // "Kowalskiego" is Kowalski, "Anny" is Anna; elsewhere endings are only added: "Falks".
        let (lost, added) =
            if self.inflects { (usize::from(wanted > 3) + usize::from(wanted > 5), 5) } else { (0, 2) };
        same >= wanted - lost.min(wanted) && same >= 3 && word <= same + added
            || same == word && same == wanted
    }
}

/// Whether two letters of a name in writing without spaces follow one another in a text.
fn is_within(text: &str, name: &str) -> bool {
    let letters: Vec<char> = even(name).chars().filter(|c| stands_alone(*c)).collect();
    let text = even(text);
    letters.windows(2).any(|two| text.contains(&two.iter().collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_the_authors_of_every_article() {
        for general in [
            "the author",
            "Author",
            "The authors",
            "el autor",
            "La autora",
            "l’auteur",
            "der Autor",
            "Die Verfasserin",
            "this author",
            "author of the article",
            "the article's author",
            "автор",
            "作者",
        ] {
            assert!(is_general(general), "{general}");
        }
        for own in [
            "Autora Ruiz",
            "the mayor",
            "Author Bell",
            "an article",
            "of the text",
            "the author of Ulysses",
            "",
        ] {
            assert!(!is_general(own), "{own}");
        }
    }

    fn pack(language: &str, actors: &[(&str, &str, &[&str])]) -> Pack {
        let mut pack = Pack::default();
        pack.article.language = language.into();
        for (id, name, aliases) in actors {
            let aliases: Vec<String> = aliases.iter().map(|alias| alias.to_string()).collect();
            let actor = serde_json::json!({
                "id": id, "name": name, "aliases": aliases, "kind": "person", "summary": "S."
            });
            pack.actors.push(serde_json::from_value(actor).unwrap());
        }
        pack
    }

    #[test]
    fn names_in_a_text() {
        let actors: &[(&str, &str, &[&str])] = &[
            ("falk", "Ines Falk", &["President Falk", "the mayor"]),
            ("lind", "Otto Lind", &["President Lind"]),
            ("kowalski", "Jan Kowalski", &[]),
            ("anna", "Anna Nowak", &[]),
            ("lin", "林美玲", &[]),
        ];
        for (language, id, text, named) in [
            ("en", "falk", "Falk's promise", true),
            ("en", "falk", "the Mayor promised", true),
            // A word of several people's names is nobody's, and "fall" is no Falk.
            ("en", "falk", "the president promised in the fall", false),
            ("en", "lind", "President Lind said", true),
            ("pl", "kowalski", "słowa Kowalskiego", true),
            ("pl", "anna", "słowa Anny", true),
            ("pl", "anna", "słowa Adama", false),
            ("zh", "lin", "市长美玲说", true),
            ("zh", "lin", "市长说", false),
        ] {
            let pack = pack(language, actors);
            let names = Names::of(&pack);
            assert_eq!(names.is_named(names.actor(id).unwrap(), text), named, "{id}: {text}");
        }
        let pack = pack("en", actors);
        let names = Names::of(&pack);
        let falk = names.actor("falk").unwrap();
        for (label, is) in
            [("Falk", true), ("INES FALK", true), ("IF", true), ("Lind", false), ("Q", false), ("I", false)]
        {
            assert_eq!(names.is_label_of(label, falk), is, "{label}");
        }
        assert!(names.is_label("Lind") && !names.is_label("Interviewer"));
    }
}
