//! Where it is shown what an answer, and each of its lines, comes from.

use url::Url;

use crate::answer::{Answer, Block, Citation, Entry};

/// A line that says where something comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine<'a> {
    /// What it says.
    pub text: String,
    /// The address that opens the article there.
    pub link: Option<&'a Url>,
}

/// The line that says where all of an answer comes from, if there is anything to say. It names the author, unless a
/// quotation has done so.
pub fn source_line(answer: &Answer) -> Option<SourceLine<'_>> {
    let source = answer.source.as_ref()?;
    let names_them =
        |block: &Block| matches!(block, Block::Quotation { source: it, .. } if it.names(&source.author));
    let text = match answer.blocks.iter().any(names_them) {
        true => source.line_below_the_name(),
        false => source.line(),
    };
    (!text.is_empty()).then_some(SourceLine { text, link: source.link.as_ref() })
}

/// The line that says where a quotation comes from, below whose words it is.
pub fn quotation_line(source: &Citation) -> SourceLine<'_> {
    SourceLine { text: source.line_below_the_name(), link: source.link.as_ref() }
}

/// Whether all of an answer is one quotation, which has the answer's own source: it is shown once then.
pub fn is_one_quotation(answer: &Answer) -> bool {
    match (answer.blocks.as_slice(), &answer.source) {
        ([Block::Quotation { source, .. }], Some(all)) => source == all,
        _ => false,
    }
}

/// The place of a line of a list, in short, if there is anything to say.
pub fn place(entry: &Entry) -> Option<String> {
    entry.source.as_ref().map(Citation::place).filter(|place| !place.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::answer::Known;

    use super::*;

    #[test]
    fn a_source_is_shown_once_only_if_it_is_the_same() {
        let at = |paragraph| Citation {
            paragraphs: vec![paragraph],
            known: vec![Known::Verbatim],
            ..Citation::default()
        };
        let quotation = |source| Block::Quotation {
            words: "a wall".into(),
            by: "Octavio Paz".into(),
            context: String::new(),
            source,
        };
        let mut answer = Answer::found("Octavio Paz").source(Some(at(3)));
        assert!(!is_one_quotation(&answer));
        answer.blocks.push(quotation(at(3)));
        assert!(is_one_quotation(&answer));
        assert!(!is_one_quotation(&answer.clone().source(Some(at(4)))));
        assert!(!is_one_quotation(&answer.clone().source(None)));
        assert!(!is_one_quotation(&answer.clone().paragraph("and more")));
        answer.blocks.push(quotation(at(3)));
        assert!(!is_one_quotation(&answer));
    }

    #[test]
    fn what_says_nothing_is_not_shown() {
        let nothing = Citation::default();
        assert_eq!(source_line(&Answer::found("t").source(Some(nothing.clone()))), None);
        assert_eq!(source_line(&Answer::found("t")), None);
        assert_eq!(place(&Entry { source: Some(nothing), ..Entry::new("", "t") }), None);
    }
}
