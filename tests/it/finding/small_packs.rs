//! Parts of small packs, and what their tests expect of an answer.

use rapporteur::answer::{Answer, AnswerKind, Block, Choice};

use crate::common::Room;

impl Room {
    /// It is answered with this title, and no word of how it was read.
    #[track_caller]
    pub fn plain(&self, line: &str, title: &str) -> impl Future<Output = ()> {
        let at = std::panic::Location::caller();
        async move {
            let answer = self.ask(line).await;
            assert_eq!(answer.kind, AnswerKind::Found, "{at}: {line}: {answer:#?}");
            assert_eq!((answer.title.as_str(), answer.note.as_deref()), (title, None), "{at}: {line}");
        }
    }

    /// It is answered, and the answer tells that it was read as something.
    pub async fn told(&self, line: &str, title: &str, note: &str) {
        let answer = self.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {answer:#?}");
        assert_eq!((answer.title.as_str(), answer.note.as_deref()), (title, Some(note)), "{line}");
    }

    /// It is not answered; what is near is offered, and choosing it leads to it.
    pub async fn offered(&self, line: &str, near: &[&str]) {
        let answer = self.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::NothingFound, "{line}: {answer:#?}");
        let labels: Vec<&str> = answer.choices.iter().map(|it| it.label.as_str()).collect();
        for title in near {
            let choice = answer.choices.iter().find(|it| it.label.contains(title));
            let choice = choice.unwrap_or_else(|| panic!("{line} offers {labels:?}, not {title}"));
            let chosen = self.ask(&choice.line).await;
            assert_eq!(chosen.kind, AnswerKind::Found, "{line}, then {}: {chosen:#?}", choice.line);
        }
        let real = labels.iter().filter(|label| !label.starts_with("Search"));
        assert!(!near.is_empty() || real.count() == 0, "{line} offers {labels:?}");
    }
}

/// The lines of an answer's lists.
pub fn entries(answer: &Answer) -> Vec<&str> {
    let lists = answer.blocks.iter().filter_map(|block| match block {
        Block::List { entries, .. } => Some(entries.iter().map(|entry| entry.text.as_str())),
        _ => None,
    });
    lists.flatten().collect()
}

pub fn choice<'a>(answer: &'a Answer, label: &str) -> &'a Choice {
    answer
        .choices
        .iter()
        .find(|it| it.label.contains(label))
        .unwrap_or_else(|| panic!("no {label}: {answer:#?}"))
}

pub fn article(id: &str, language: &str) -> String {
    format!(
        "[article]\nid = \"{id}\"\ntitle = \"The {id} papers\"\nlanguage = \"{language}\"\nsummary = \"Of {id}.\"\n"
    )
}

pub fn event(id: &str, title: &str, edtf: &str) -> String {
    format!(
        "[[event]]\nid = \"{id}\"\ntitle = \"{title}\"\nwhen = {{ edtf = \"{edtf}\", by = \"editor\" }}\nsummary = \"It was.\"\nby = \"editor\"\n"
    )
}

pub fn actor(id: &str, name: &str, aliases: &str) -> String {
    format!(
        "[[actor]]\nid = \"{id}\"\nname = \"{name}\"\naliases = [{aliases}]\nkind = \"person\"\nsummary = \"There.\"\nby = \"editor\"\n"
    )
}

pub fn quote(id: &str, speaker: &str, words: &str) -> String {
    format!(
        "[[quote]]\nid = \"{id}\"\nwords = \"{words}\"\nkind = \"verbatim\"\nspeaker = \"{speaker}\"\ncontext = \"At night.\"\nsource = {{ paragraph = 1 }}\n"
    )
}

pub fn topic(id: &str, name: &str) -> String {
    format!("[[topic]]\nid = \"{id}\"\nname = \"{name}\"\nsummary = \"A subject.\"\n")
}

pub fn fact(id: &str, statement: &str) -> String {
    format!("[[fact]]\nid = \"{id}\"\nstatement = \"{statement}\"\nstanding = \"fact\"\nby = \"editor\"\n")
}

pub fn claim(id: &str, title: &str) -> String {
    format!(
        "[[argument]]\nid = \"{id}\"\ntitle = \"{title}\"\nclaim = \"So it is.\"\nsource = {{ paragraph = 1, exact = \"so it was said\" }}\n"
    )
}
