//! Packs to give to a bot.

use std::path::{Path, PathBuf};

/// The article that [`PackText`] is about. Its quotes repeat less than a tenth of it.
pub const ARTICLE: &str = "\
Octavio Paz said that “silence is a door” when the poets met in Mexico City in 1990. He had come back \
from India long before, and he spoke – as he often did – of walls and doors, and of the two peoples on \
both sides of the river, who read each other’s books too late and in bad translations.

What Came Next

In 1994 a treaty opened the border to goods. The author holds that it should have opened it to people as \
well, and that nobody has tried since then to mend what was left out.

Elena Ríos, a mayor in the north, told readers that the river belongs to nobody. Her town had seen “good \
neighbors” come and go.
";

/// A right pack about [`ARTICLE`]. Every summary, context and claim names the edition, so that an
/// answer tells which edition it is from.
#[derive(Debug, Clone)]
pub struct PackText {
    article: String,
    edition: String,
    events: usize,
    extra: String,
}

pub fn pack() -> PackText {
    PackText { article: "doors".into(), edition: "blue".into(), events: 0, extra: String::new() }
}

impl PackText {
    /// The article's id.
    pub fn article(mut self, id: &str) -> Self {
        self.article = id.into();
        self
    }

    /// One word that is in every item.
    pub fn edition(mut self, word: &str) -> Self {
        self.edition = word.into();
        self
    }

    /// So many events more, to make the pack large.
    pub fn events(mut self, number: usize) -> Self {
        self.events = number;
        self
    }

    /// More TOML at the end.
    pub fn with(mut self, toml: &str) -> Self {
        self.extra.push_str(toml);
        self.extra.push('\n');
        self
    }

    /// The pack as TOML.
    #[expect(clippy::too_many_lines, reason = "the text of a pack")]
    pub fn text(&self) -> String {
        let PackText { article, edition, events, extra } = self;
        let mut text = format!(
            r#"[article]
id = "{article}"
title = "Walls and doors"
language = "en"
summary = "Two peoples and a river. Edition {edition}."

[[article.section]]
name = "Opening"
first = 1
last = 1

[[article.section]]
heading = "What Came Next"
first = 2
last = 3

[[topic]]
id = "borders"
name = "Borders"
synonyms = ["frontiers"]
summary = "What divides, and what opens. Edition {edition}."

[[actor]]
id = "paz"
name = "Octavio Paz"
aliases = ["Paz"]
kind = "person"
summary = "A poet who spoke of walls. Edition {edition}."
source = {{ paragraph = 1, exact = "Octavio Paz said" }}

[[actor]]
id = "rios"
name = "Elena Ríos"
kind = "person"
summary = "A mayor. Edition {edition}."
source = {{ paragraph = 3, exact = "Elena Ríos, a mayor" }}

[[event]]
id = "treaty"
title = "The treaty"
when = {{ edtf = "1994", text = "1994" }}
summary = "Goods may cross. Edition {edition}."
topics = ["borders"]
source = {{ paragraph = 2, exact = "a treaty opened the border" }}

[[quote]]
id = "q-silence"
words = "silence is a door"
kind = "verbatim"
speaker = "paz"
context = "Said among poets. Edition {edition}."
topics = ["borders"]
source = {{ paragraph = 1 }}

[[quote]]
id = "q-river"
words = "belongs to nobody"
kind = "reported"
speaker = "rios"
context = "Of the river. Edition {edition}."
source = {{ paragraph = 3 }}

[[fact]]
id = "f-nobody"
statement = "Nobody has tried to mend the treaty. Edition {edition}."
standing = "judgement"
topics = ["borders"]
source = {{ paragraph = 2, exact = "nobody has tried since then" }}

[[argument]]
id = "people-too"
title = "People should have been let through"
claim = "The treaty should have opened the border to people. Edition {edition}."
grounds = ["treaty", "f-nobody"]
topics = ["borders"]
source = {{ paragraph = 2, exact = "should have opened it to people" }}
"#
        );
        for number in 0..*events {
            text.push_str(&format!(
                r#"
[[event]]
id = "e-{number}"
title = "Meeting {number} at the river"
when = {{ edtf = "{}", by = "editor" }}
summary = "Mayors met for the {number}th time, and spoke of bridge {number}. Edition {edition}."
actors = ["rios"]
by = "editor"
"#,
                1000 + number % 1000
            ));
        }
        text.push('\n');
        text.push_str(extra);
        text
    }
}

/// The folder with the pack of the project's own first article.
pub fn first_article() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config/articles")
}

/// The pack of the project's own first article.
pub fn real_pack() -> String {
    std::fs::read_to_string(first_article().join("us-mexico.toml")).unwrap()
}
