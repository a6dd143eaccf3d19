//! A case: a pack on an invented article, checked against a text.

use crate::common::{Bot, Output};

/// A pack on an invented article. Its parts are lines of TOML.
#[derive(Debug, Clone)]
pub struct Case {
    pub article: String,
    pub items: String,
    pub limit: &'static str,
}

/// A pack in this language.
pub fn case(language: &str) -> Case {
    Case { article: format!("language = \"{language}\"\n"), items: String::new(), limit: "1" }
}

impl Case {
    /// With a line more in `[article]`, or a section.
    pub fn article(mut self, line: &str) -> Case {
        self.article.push_str(line);
        self.article.push('\n');
        self
    }

    pub fn items(mut self, toml: &str) -> Case {
        self.items.push_str(toml);
        self
    }

    pub fn actor(self, id: &str, name: &str, rest: &str) -> Case {
        self.items(&format!(
            "[[actor]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"person\"\nsummary = \"S.\"\nby = \"editor\"\n{rest}\n"
        ))
    }

    pub fn fact(self, paragraph: u32, exact: &str) -> Case {
        let number = self.items.matches("[[fact]]").count();
        self.items(&format!(
            "[[fact]]\nid = \"f{number}\"\nstatement = \"S.\"\nstanding = \"fact\"\nsource = {{ paragraph = {paragraph}, exact = '''{exact}''' }}\n"
        ))
    }

    /// A quote; `kind` may be followed by a speaker: `verbatim falk`.
    pub fn quote(self, kind: &str, words: &str, source: &str) -> Case {
        let number = self.items.matches("[[quote]]").count();
        let (kind, speaker) = kind
            .split_once(' ')
            .map_or((kind, String::new()), |(kind, id)| (kind, format!("speaker = \"{id}\"\n")));
        self.items(&format!(
            "[[quote]]\nid = \"q{number}\"\nwords = '''{words}'''\nkind = \"{kind}\"\n{speaker}context = \"C.\"\nsource = {{ {source} }}\n"
        ))
    }

    pub fn text(&self) -> String {
        let (sections, lines): (Vec<&str>, Vec<&str>) =
            self.article.lines().partition(|line| line.starts_with("[["));
        format!(
            "[article]\nid = \"valley\"\ntitle = \"The valley\"\nsummary = \"S.\"\n{}\n{}\n{}",
            lines.join("\n"),
            sections.join("\n").replace(" | ", "\n"),
            self.items
        )
    }

    /// What `check --source` says with this text.
    #[track_caller]
    pub fn with(&self, text: impl AsRef<[u8]>) -> Output {
        let bot = Bot::new().pack("valley.toml", self.text());
        std::fs::write(bot.home().join("valley.txt"), text).unwrap();
        let mut command = bot.command();
        command.env("RAPPORTEUR_LIBRARY_QUOTED_LIMIT", self.limit);
        command.arg("check").arg(bot.packs().join("valley.toml")).args(["--source", "valley.txt"]);
        Output::of(&mut command)
    }
}

/// How many errors and warnings there are, but for the one about `source_sha256`.
pub fn faults(output: &Output) -> (usize, usize) {
    let count = |word: &str| {
        let rendered = output.stderr.lines().filter(|line| line.starts_with(&format!("{word}: "))).count();
        let small = format!(": {}: ", word.to_lowercase());
        rendered + output.stderr.lines().filter(|line| line.contains(&small)).count()
    };
    let unsigned = usize::from(output.stderr.contains("does not say which text"));
    (count("Error"), count("Warning") - unsigned)
}

#[track_caller]
pub fn right(case: &Case, text: &str) {
    let output = case.with(text);
    assert_eq!((output.code, faults(&output)), (0, (0, 0)), "{output}");
}

/// There is one error, and it says all of this.
#[track_caller]
pub fn one_error(case: &Case, text: &str, says: &[&str]) {
    let output = case.with(text);
    assert_eq!((output.code, faults(&output).0), (1, 1), "{output}");
    for say in says {
        output.complains(say);
    }
}

pub fn falk() -> Case {
    case("en").actor("falk", "Ines Falk", "")
}

pub const VALLEY: &str = "Mayor Ines Falk promised “a lake for everyone” that year. The council lied about every crown.\n\
    The treasurer wept in the empty hall, and Falk said “we have no money” and “we have no time” to him.";
