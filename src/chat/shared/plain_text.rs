//! An answer as lines of text: what the terminal shows, and what a file holds.

use anstyle::{AnsiColor, Style};
use anstyle_hyperlink::Hyperlink;
use url::Url;

use crate::answer::{Answer, AnswerKind, Block, Choice, ChoiceKind, Entry, plain_facts};
use crate::say;

use super::citation::{self, SourceLine};
use super::sanitize::one_line;

const TITLE: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const NUMBER: Style = AnsiColor::Cyan.on_default();
const WRONG: Style = AnsiColor::Red.on_default().bold();
const NOTHING: Style = AnsiColor::Yellow.on_default().bold();
const QUOTE: Style = AnsiColor::Green.on_default();

/// The command line of everything in an answer that has a number and what choosing it does, in the order of
/// the numbers.
pub fn choices(answer: &Answer) -> Vec<(ChoiceKind, String)> {
    let entries = answer.blocks.iter().flat_map(|block| match block {
        Block::List { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    let entries = entries.filter_map(|entry| Some((ChoiceKind::Item, entry.line.clone()?)));
    entries.chain(answer.choices.iter().map(|choice| (choice.kind, choice.line.clone()))).collect()
}

/// The line that a chosen number stands for, as it is shown.
pub fn echo(line: &str) -> String {
    format!("{FAINT}/{}{FAINT:#}", one_line(line))
}

/// The answer with styles (ANSI escapes; whoever prints it takes them out where they are not wanted),
/// wrapped to `width` columns. Addresses are shown where an answer is about them.
pub fn render(answer: &Answer, width: usize) -> String {
    Page { out: String::new(), width, number: 0, links: false }.render(answer)
}

/// The same for a terminal that knows links (OSC 8,
/// <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>): lines are links to where they lead.
pub fn render_with_links(answer: &Answer, width: usize) -> String {
    Page { out: String::new(), width, number: 0, links: true }.render(answer)
}

struct Page {
    out: String,
    width: usize,
    number: usize,
    /// Whether lines can be links.
    links: bool,
}

impl Page {
    fn render(mut self, answer: &Answer) -> String {
        let page = &mut self;
        let title = match answer.kind {
            AnswerKind::Found => TITLE,
            AnswerKind::NothingFound => NOTHING,
            AnswerKind::WrongUsage | AnswerKind::Refused | AnswerKind::Failed => WRONG,
        };
        page.wrapped(&answer.title, "", "", title);
        if let Some(note) = &answer.note {
            page.wrapped(note, "  ", "  ", FAINT);
        }
        for block in &answer.blocks {
            page.out.push('\n');
            page.block(block);
        }
        if let Some(source) = citation::source_line(answer).filter(|_| !citation::is_one_quotation(answer)) {
            page.out.push('\n');
            page.source(&source, "  — ", "    ");
        }
        if !answer.choices.is_empty() {
            page.out.push('\n');
            for choice in &answer.choices {
                page.choice(choice);
            }
        }
        self.out
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text } => self.wrapped(text, "  ", "  ", Style::new()),
            Block::Quotation { words, by, context, source } => {
                self.wrapped(&say!("quoted", words = words), "  │ ", "  │ ", QUOTE);
                self.wrapped(&format!("— {by}"), "  │ ", "  │   ", Style::new());
                if !context.is_empty() {
                    self.wrapped(context, "  │ ", "  │ ", FAINT);
                }
                self.source(&citation::quotation_line(source), "  │ ", "  │ ");
            }
            Block::List { title, entries } => {
                if !title.is_empty() {
                    self.wrapped(&format!("{title}:"), "  ", "  ", TITLE);
                }
                for entry in entries {
                    self.entry(entry);
                }
            }
            Block::Fields { fields } => {
                for (name, value) in fields {
                    self.wrapped(&format!("{name}: {value}"), "  ", "    ", Style::new());
                }
            }
            Block::Facts { facts } => self.block(&Block::Fields { fields: plain_facts(facts) }),
            // An address that is broken between lines could not be copied.
            Block::Link { label, url } => match self.links {
                true => self.linked(label, url, ("  ", "  "), Style::new()),
                false => self.line(&format!("  {}: {url}", one_line(label)), Style::new()),
            },
            Block::Code { text } => {
                for line in text.lines() {
                    self.line(&format!("  {}", one_line(line)), Style::new());
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let lead = if entry.lead.is_empty() { String::new() } else { format!("{}: ", entry.lead) };
        let place = citation::place(entry).map(|place| format!("  ({place})"));
        let text = format!("{lead}{}{}", entry.text, place.unwrap_or_default());
        let mark = match &entry.line {
            Some(_) => {
                self.number += 1;
                format!("  {:>3} ", format!("[{}]", self.number))
            }
            None => "    · ".to_string(),
        };
        self.wrapped(&text, &mark, "      ", Style::new());
    }

    fn choice(&mut self, choice: &Choice) {
        self.number += 1;
        let mark = format!("  {:>3} ", format!("[{}]", self.number));
        self.wrapped(&choice.label, &mark, "      ", NUMBER);
    }

    fn source(&mut self, source: &SourceLine<'_>, first: &str, next: &str) {
        match source.link.filter(|_| self.links) {
            Some(url) => self.linked(&source.text, url, (first, next), FAINT),
            None => self.wrapped(&source.text, first, next, FAINT),
        }
    }

    fn wrapped(&mut self, text: &str, first: &str, next: &str, style: Style) {
        let text = one_line(text);
        let options = textwrap::Options::new(self.width).initial_indent(first).subsequent_indent(next);
        for line in textwrap::wrap(&text, options) {
            self.line(&line, style);
        }
    }

    /// The same with a link on the words of each line, and not on what stands before them.
    fn linked(&mut self, text: &str, url: &Url, (first, next): (&str, &str), style: Style) {
        let text = one_line(text);
        let link = Hyperlink::with_url(url.as_str());
        let width = self.width.saturating_sub(textwrap::core::display_width(first));
        for (at, words) in textwrap::wrap(&text, width).iter().enumerate() {
            let indent = if at == 0 { first } else { next };
            self.line(&format!("{indent}{link}{words}{link:#}"), style);
        }
    }

    fn line(&mut self, line: &str, style: Style) {
        self.out.push_str(&format!("{style}{line}{style:#}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_can_not_command_the_terminal() {
        let answer = Answer::found("evil \u{1b}[2J title").paragraph("a\u{7}b\u{9b}c");
        let text = render(&answer, 80).replace(&TITLE.to_string(), "").replace(&format!("{TITLE:#}"), "");
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }

    #[test]
    fn a_link_is_on_the_words_of_every_line_and_gone_where_it_is_not_wanted() {
        let url: Url = "https://example.org/\u{1b}a#:~:text=a%20wall".parse().unwrap();
        let source = crate::answer::Citation {
            section: Some("a part with a long name that one line can't hold".into()),
            link: Some(url.clone()),
            ..Default::default()
        };
        let mut answer = Answer::found("Walls").source(Some(source));
        answer.blocks.push(Block::Link { label: "Read it".into(), url: url.clone() });
        let (open, close) = (format!("\u{1b}]8;;{url}\u{1b}\\"), "\u{1b}]8;;\u{1b}\\");
        let text = render_with_links(&answer, 30);
        assert!(text.contains(&format!("  — {open}a part with a long name")), "{text:?}");
        assert_eq!((text.matches(&open).count(), text.matches(close).count()), (3, 3), "{text:?}");
        assert_eq!(
            anstream::adapter::strip_str(&text).to_string(),
            "Walls\n\n  Read it\n\n  — a part with a long name\n    that one line can't hold\n"
        );
        let text = anstream::adapter::strip_str(&render(&answer, 30)).to_string();
        assert!(text.contains("\n  Read it: https://example.org/%1Ba#:~:text=a%20wall\n"), "{text}");
    }

    #[test]
    fn line_breaks_and_tabs_are_shown_as_blanks() {
        let answer = Answer::found("two\r\nlines").paragraph("a\tb\nc\rd");
        let text = render(&answer, 80);
        assert!(text.contains("two lines") && text.contains("a b c d"), "{text:?}");
    }

    #[test]
    fn numbers_stand_for_the_lines_that_are_shown() {
        let mut answer = Answer::found("t").choice("next", "timeline --page 2");
        let line = Some("event nafta".to_string());
        answer =
            answer.list("", vec![Entry::new("", "no number"), Entry { line, ..Entry::new("", "nafta") }]);
        let lines: Vec<String> = choices(&answer).into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["event nafta", "timeline --page 2"]);
        let text = render(&answer, 80);
        assert!(text.contains("[1] nafta") && text.contains("[2] next"), "{text}");
    }
}
