//! Answers of any size and content, for what must hold of every answer.

use std::ops::Range;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::Union;
use rapporteur::answer::{
    Answer, AnswerKind, Author, Block, Choice, ChoiceKind, Citation, CitedArticle, Entry, Known, Visibility,
};
use url::Url;

/// Some text.
pub type Words = BoxedStrategy<String>;

const LETTERS: &[&str] = &[
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u",
    "v", "w", "x", "y", "z",
];

/// A text of so many random pieces. It shrinks in its length only: long texts are quick to make.
pub fn pieces(of: &'static [&'static str], count: Range<usize>) -> Words {
    let text = |(seed, count): (u64, usize)| -> String {
        let mut rng = fastrand::Rng::with_seed(seed);
        (0..count).map(|_| of[rng.usize(..of.len())]).collect()
    };
    (any::<u64>(), count).prop_map(text).boxed()
}

/// Texts with what means something to a platform, by their weights; texts of all sorts; and long words.
pub fn words(special: Vec<(u32, Words)>) -> Words {
    let any = [(2, "\\PC{0,200}".boxed()), (1, pieces(LETTERS, 1_000..5_000))];
    Union::new_weighted(special.into_iter().chain(any).collect()).boxed()
}

/// Answers of fewer blocks than this, with fewer entries in each than that.
pub fn answer(words: &Words, blocks: usize, entries: usize) -> impl Strategy<Value = Answer> + use<> {
    let choice = (words.clone(), words.clone());
    let choice = choice.prop_map(|(label, line)| Choice { label, line, kind: ChoiceKind::Other });
    (
        words.clone(),
        option::of(words.clone()),
        vec(block(words, entries), 0..blocks),
        option::of(source(words)),
        vec(choice, 0..40),
        any::<bool>(),
    )
        .prop_map(|(title, note, blocks, source, choices, private)| Answer {
            kind: AnswerKind::Found,
            visibility: if private { Visibility::Asker } else { Visibility::Everyone },
            title,
            note,
            blocks,
            source,
            choices,
            after: None,
        })
}

fn block(words: &Words, entries: usize) -> impl Strategy<Value = Block> + use<> {
    let words = || words.clone();
    let source = || source(&words());
    let entry = (words(), words(), option::of(source()), option::of(words()))
        .prop_map(|(lead, text, source, line)| Entry { lead, text, source, line, command: None });
    let quotation = (words(), words(), words(), source());
    prop_oneof![
        words().prop_map(|text| Block::Paragraph { text }),
        quotation.prop_map(|(words, by, context, source)| Block::Quotation { words, by, context, source }),
        (words(), vec(entry, 0..entries)).prop_map(|(title, entries)| Block::List { title, entries }),
        vec((words(), words()), 0..entries).prop_map(|fields| Block::Fields { fields }),
        (words(), link()).prop_map(|(label, url)| Block::Link { label, url }),
        words().prop_map(|text| Block::Code { text }),
    ]
}

fn source(words: &Words) -> impl Strategy<Value = Citation> + use<> {
    let texts = (option::of(words.clone()), option::of(words.clone()), option::of(words.clone()));
    (texts, vec(1_u32..2000, 0..30), option::of(link())).prop_map(
        |((article, author, section), paragraphs, link)| Citation {
            article: article.map_or(CitedArticle::Plain, CitedArticle::Titled),
            author: author.map_or(Author::Unnamed, Author::Named),
            paragraphs,
            section,
            known: vec![Known::Reported, Known::Editor],
            link,
        },
    )
}

/// Addresses with what could mean something to a platform.
fn link() -> impl Strategy<Value = Url> {
    "(\\PC|[()<>\\[\\]\"'*_~@&\\\\]){0,80}".prop_map(|end| {
        let mut url: Url = "https://example.org/@room".parse().unwrap();
        url.set_query(Some(&end));
        url.set_fragment(Some(&format!(":~:text={end}")));
        url
    })
}
