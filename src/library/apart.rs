//! What articles are called where there are several: never two the same.

use std::collections::{HashMap, HashSet};

use crate::article::fold::fold;
use crate::article::pack::{Article, Provenance, When};
use crate::locale::Locale;

/// What an article can be named by.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub key: String,
    pub title: String,
    pub short: Option<String>,
    pub author: Option<String>,
    /// When it was published, as people are shown, with whose date it is.
    pub date: Option<String>,
    /// The date alone.
    plain_date: Option<String>,
}

/// What an article is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// Its title, with what tells it from another of the same title.
    pub title: String,
    /// Its short name, or else that title.
    pub name: String,
}

impl Head {
    /// `author` is the name of who wrote it.
    pub fn new(article: &Article, author: Option<String>) -> Head {
        // What is kept is for readers of all languages.
        let said = |when: &When| Locale::ENGLISH.sync_scope(|| when.said());
        let plain = |when: &When| said(&When { text: None, by: Provenance::Text, ..when.clone() });
        Head {
            key: article.id.clone(),
            title: article.title.clone(),
            short: article.short.clone(),
            author,
            date: article.date.as_ref().and_then(said),
            plain_date: article.date.as_ref().and_then(plain),
        }
    }

    /// What can tell it from another of the same title, the best first. Its id always does.
    fn marks(&self) -> [Option<String>; 3] {
        let written: Vec<&str> =
            [&self.author, &self.plain_date].into_iter().flatten().map(String::as_str).collect();
        [self.short.clone(), (!written.is_empty()).then(|| written.join(", ")), Some(self.key.clone())]
    }
}

/// The names of all articles, in their order.
pub(super) fn tell_apart(heads: &[Head]) -> Vec<Names> {
    let mut titles: Vec<String> = heads.iter().map(|head| head.title.clone()).collect();
    for same in doubles(&titles) {
        let marks: Vec<[Option<String>; 3]> = same.iter().map(|at| heads[*at].marks()).collect();
        for level in 0..3 {
            let level: Option<Vec<&String>> = marks.iter().map(|marks| marks[level].as_ref()).collect();
            let Some(level) = level else { continue };
            if level.iter().map(|mark| fold(mark)).collect::<HashSet<_>>().len() == same.len() {
                for (at, mark) in same.iter().zip(level) {
                    titles[*at] = format!("{} ({mark})", heads[*at].title);
                }
                break;
            }
        }
    }
    // A title may happen to be what another became.
    apart(&mut titles, |at, title| format!("{title} ({})", heads[at].key));
    let mut names: Vec<String> =
        heads.iter().zip(&titles).map(|(head, title)| head.short.as_ref().unwrap_or(title).clone()).collect();
    // A short name that another goes by too names nothing.
    apart(&mut names, |at, _| titles[at].clone());
    titles.iter().cloned().zip(names).map(|(title, name)| Names { title, name }).collect()
}

/// Puts another text in the place of each that reads as another does, until none does.
fn apart(texts: &mut [String], instead: impl Fn(usize, &str) -> String) {
    loop {
        let doubles = doubles(texts);
        if doubles.is_empty() {
            return;
        }
        for at in doubles.into_iter().flatten() {
            texts[at] = instead(at, &texts[at]);
        }
    }
}

/// The places of those that read the same, together.
fn doubles(texts: &[String]) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        places.entry(fold(text)).or_default().push(at);
    }
    let mut doubles: Vec<Vec<usize>> = places.into_values().filter(|places| places.len() > 1).collect();
    doubles.sort_unstable();
    doubles
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head(key: &str, title: &str, short: &str, author: &str, date: &str) -> Head {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
        Head {
            key: key.into(),
            title: title.into(),
            short: some(short),
            author: some(author),
            date: some(date),
            plain_date: some(date),
        }
    }

    fn names(heads: &[Head]) -> Vec<(String, String)> {
        tell_apart(heads).into_iter().map(|it| (it.title, it.name)).collect()
    }

    #[test]
    fn what_tells_two_articles_of_one_title_apart() {
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(names(&[head("a", "Rivers", "", "", "")]), [pair("Rivers", "Rivers")]);
        assert_eq!(
            names(&[head("a", "Rivers", "I", "Ada", "1900"), head("b", "Rivers", "II", "Ada", "1900")]),
            [pair("Rivers (I)", "I"), pair("Rivers (II)", "II")]
        );
        assert_eq!(
            names(&[head("a", "Rivers", "I", "Ada", "1900"), head("b", "RIVERS", "", "Ada", "1901")]),
            [pair("Rivers (Ada, 1900)", "I"), pair("RIVERS (Ada, 1901)", "RIVERS (Ada, 1901)")]
        );
        assert_eq!(
            names(&[head("a", "Rivers", "", "Ada", ""), head("b", "Rivers", "", "", "")]),
            [pair("Rivers (a)", "Rivers (a)"), pair("Rivers (b)", "Rivers (b)")]
        );
        // A short name that two have, or that is another's title, names neither.
        assert_eq!(
            names(&[
                head("a", "Rivers", "I", "", ""),
                head("b", "Lakes", "I", "", ""),
                head("c", "Seas", "lakes", "", "")
            ]),
            [pair("Rivers", "Rivers"), pair("Lakes", "Lakes"), pair("Seas", "Seas")]
        );
    }

    proptest! {
        /// However titles, short names and authors fall together, no two articles are called the same.
        #[test]
        fn no_two_are_called_the_same(
            all in prop::collection::vec(("[AB]( \\([a-c]\\))?", "[AB]?", "[xy]?", "[12]?"), 1..6),
        ) {
            let heads: Vec<Head> = all
                .iter()
                .zip('a'..)
                .map(|((title, short, author, date), key)| head(&key.to_string(), title, short, author, date))
                .collect();
            let names = tell_apart(&heads);
            let titles: HashSet<String> = names.iter().map(|it| fold(&it.title)).collect();
            let called: HashSet<String> = names.iter().map(|it| fold(&it.name)).collect();
            prop_assert_eq!(titles.len(), heads.len(), "{:?}", names);
            prop_assert_eq!(called.len(), heads.len(), "{:?}", names);
        }
    }
}
