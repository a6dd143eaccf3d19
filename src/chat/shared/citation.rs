//! Where it is shown what an answer, and each of its lines, comes from.

use crate::answer::{Answer, Block, Citation, Entry};

/// The line that says where all of an answer comes from, if there is anything to say.
pub fn source_line(answer: &Answer) -> Option<String> {
    answer.source.as_ref().map(Citation::line).filter(|line| !line.is_empty())
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
            article: None,
            paragraphs: vec![paragraph],
            section: None,
            known: vec![Known::Verbatim],
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
        let nothing = Citation { article: None, paragraphs: vec![], section: None, known: vec![] };
        assert_eq!(source_line(&Answer::found("t").source(Some(nothing.clone()))), None);
        assert_eq!(source_line(&Answer::found("t")), None);
        assert_eq!(place(&Entry { source: Some(nothing), ..Entry::new("", "t") }), None);
    }
}
