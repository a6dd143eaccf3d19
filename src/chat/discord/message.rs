//! An answer as a message of Discord, within all of its limits.
//!
//! What one message can't hold goes on in further parts, which a button turns to. A button holds the
//! command line that it stands for, so it works for ever; a line that is too long for it is kept in the
//! community database under a key.

use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, MessageFlags, ReactionType,
};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, AnswerKind, Block, Choice, ChoiceKind, Entry, Known, Source, Visibility};
use crate::chat::terminal;

use super::limits::{self, cut, length, pieces};
use super::markdown::{code, escape};

/// How much text a message has: title, note and footer come to that. Less than Discord allows, for all
/// three must always fit.
const BODY: usize = 3_800;

/// The longest source line at the foot of a message.
const FOOTER: usize = 400;

// However a message is filled, title, text and foot fit together.
const _: () = assert!(
    BODY <= limits::EMBED_DESCRIPTION
        && FOOTER <= limits::EMBED_FOOTER
        && limits::EMBED_TITLE + BODY + FOOTER <= limits::EMBEDS_TOTAL
);

/// The longest line of text, before it is parted in two.
const LINE: usize = 900;

/// More choices than these are a menu.
const MOST_BUTTONS: usize = 5;

/// How an answer is to be shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Showing<'a> {
    /// The command line that gives this answer again, for the buttons that turn to further parts. `None`
    /// where it must not be run again: then all that does not fit is in a file.
    pub line: Option<&'a str>,
    /// Which part, from 0.
    pub part: usize,
    /// The user who may delete it.
    pub asker: Option<u64>,
    /// Whether it is shown in a message that only the asker sees.
    pub private: bool,
}

/// A message ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// What Discord calls a message's payload: embeds, components, allowed mentions and flags.
    pub body: Value,
    /// A file that goes with it: name and content.
    pub file: Option<(String, Vec<u8>)>,
    /// Command lines that must be kept, each under its key, before the message is sent.
    pub lines: Vec<(String, String)>,
    /// Whether only the asker is to see it.
    pub private: bool,
}

/// Makes a message of an answer.
pub fn render(answer: &Answer, showing: Showing<'_>) -> Message {
    let private = showing.private || answer.visibility == Visibility::Asker;
    let (pages, was_cut) = pages(answer);
    let part = showing.part.min(pages.len() - 1);
    let mut lines = Lines(Vec::new());
    let rows = rows(answer, showing, (part, pages.len()), private, &mut lines);
    let mut flags = MessageFlags::empty();
    if private {
        flags |= MessageFlags::EPHEMERAL;
    }
    let body = json!({
        "embeds": embeds(answer, &pages[part], (part, pages.len())),
        "components": rows,
        "allowed_mentions": CreateAllowedMentions::new(),
        "flags": flags.bits(),
    });
    let cut_short = was_cut || (pages.len() > 1 && showing.line.is_none());
    let file = cut_short.then(|| {
        let text = anstream::adapter::strip_str(&terminal::render(answer, 100)).to_string();
        let mut bytes = text.into_bytes();
        bytes.truncate(limits::FILE_BYTES / 2);
        ("answer.txt".to_string(), bytes)
    });
    Message { body, file, lines: lines.0, private }
}

/// A part of an answer: what one message holds.
#[derive(Debug, Default)]
struct Page {
    embeds: Vec<Draft>,
    used: usize,
}

/// An embed in the making: Discord shows its description before its fields.
#[derive(Debug, Default)]
struct Draft {
    description: String,
    fields: Vec<(String, String)>,
}

/// Lays an answer out in as many messages as it needs; in one at least. Tells also whether a line was too
/// long and had to be cut.
fn pages(answer: &Answer) -> (Vec<Page>, bool) {
    let mut layout = Layout { pages: vec![Page { embeds: vec![Draft::default()], used: 0 }], was_cut: false };
    if let Some(note) = &answer.note {
        layout.text(None, pieces(&escape(note), LINE).into_iter().map(|line| format!("-# {line}")).collect());
    }
    // A single quotation has its source at the foot of the message.
    let alone = match (answer.blocks.as_slice(), &answer.source) {
        ([Block::Quotation { source, .. }], Some(all)) => source == all && length(&all.line()) <= FOOTER,
        _ => false,
    };
    for block in &answer.blocks {
        match block {
            Block::Paragraph { text } => layout.text(None, escaped(text)),
            Block::Quotation { words, by, context, source } => {
                let quoted = escaped(&format!("“{words}”")).into_iter().chain(escaped(&format!("— {by}")));
                let mut lines: Vec<String> = quoted.map(|line| format!("> {line}")).collect();
                lines.extend(escaped(context));
                if !alone {
                    lines.extend(escaped(&source.line()).into_iter().map(|line| format!("-# {line}")));
                }
                layout.text(None, lines);
            }
            Block::List { title, entries } => {
                let title = Some(title.as_str()).filter(|title| !title.is_empty());
                layout.text(title, entries.iter().flat_map(entry).collect());
            }
            Block::Fields { fields } => {
                for (name, value) in fields {
                    layout.field(name, value);
                }
            }
            Block::Code { text } => layout.code(text),
        }
    }
    (layout.pages, layout.was_cut)
}

/// A text's lines, escaped, none of them too long.
fn escaped(text: &str) -> Vec<String> {
    escape(text).lines().flat_map(|line| pieces(line, LINE)).collect()
}

/// A line of a list.
fn entry(entry: &Entry) -> Vec<String> {
    let lead = match entry.lead.is_empty() {
        true => String::new(),
        false => format!("**{}**: ", escape(&cut(&entry.lead, 200))),
    };
    let place = entry.source.as_ref().map(place).unwrap_or_default();
    let text = escape(&entry.text).replace('\n', " ");
    let lines = pieces(&format!("{lead}{text}{place}"), LINE);
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { format!("- {line}") } else { format!("  {line}") })
        .collect()
}

/// Where a line of a list stands, in short.
fn place(source: &Source) -> String {
    let numbers: Vec<String> = source.paragraphs.iter().map(u32::to_string).collect();
    let known = source.known.first().map_or("", Known::words);
    match (numbers.is_empty(), &source.article) {
        (true, _) if known.is_empty() => String::new(),
        (true, _) => format!(" ({known})"),
        (false, None) => format!(" (¶\u{a0}{})", numbers.join(",\u{a0}")),
        (false, Some(article)) => {
            format!(" (¶\u{a0}{}, {})", numbers.join(",\u{a0}"), escape(&cut(article, 80)))
        }
    }
}

struct Layout {
    pages: Vec<Page>,
    was_cut: bool,
}

impl Layout {
    fn page(&mut self) -> &mut Page {
        // There is one from the start.
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Makes room for so many characters.
    fn room(&mut self, wanted: usize) -> &mut Page {
        let page = self.page();
        if page.used > 0 && page.used + wanted > BODY {
            self.pages.push(Page { embeds: vec![Draft::default()], used: 0 });
        }
        let page = self.page();
        page.used += wanted;
        page
    }

    /// Lines of text, with a heading.
    fn text(&mut self, heading: Option<&str>, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let after_fields = self.page().embeds.last().is_some_and(|draft| !draft.fields.is_empty());
        if after_fields {
            return self.as_fields(heading, lines);
        }
        let heading = heading.map(|heading| format!("**{}**", escape(&cut(heading, 200))));
        let mut starts = true;
        for line in heading.into_iter().chain(lines) {
            let gap = if starts { "\n\n" } else { "\n" };
            starts = false;
            let draft = self.room(length(&line) + gap.len()).draft();
            if !draft.description.is_empty() {
                draft.description.push_str(gap);
            }
            draft.description.push_str(&line);
        }
    }

    /// The same where fields have begun, after which no text can come.
    fn as_fields(&mut self, heading: Option<&str>, lines: Vec<String>) {
        let mut value = String::new();
        let heading = heading.unwrap_or_default();
        for line in lines {
            if length(&value) + length(&line) + 1 > limits::FIELD_VALUE {
                self.raw_field(heading, &std::mem::take(&mut value));
            }
            if !value.is_empty() {
                value.push('\n');
            }
            value.push_str(&line);
        }
        self.raw_field(heading, &value);
    }

    fn field(&mut self, name: &str, value: &str) {
        for value in pieces(&escape(value), limits::FIELD_VALUE) {
            self.raw_field(name, &value);
        }
    }

    /// A field whose value is in Markdown.
    fn raw_field(&mut self, name: &str, value: &str) {
        // Neither name nor value may be empty.
        let named = escape(&cut(name, 120));
        let named = if named.trim().is_empty() { "\u{200b}".to_string() } else { named };
        let page = self.room(length(&named) + length(value));
        let full = page.embeds.last().is_some_and(|draft| draft.fields.len() >= limits::EMBED_FIELDS);
        if full && page.embeds.len() < limits::EMBEDS {
            page.embeds.push(Draft::default());
        }
        page.draft().fields.push((named, value.to_string()));
    }

    fn code(&mut self, text: &str) {
        let mut block = String::new();
        for line in text.lines() {
            let line: String =
                line.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect();
            self.was_cut |= length(&line) > LINE;
            let line = cut(&line, LINE);
            if length(&block) + length(&line) > 2 * LINE {
                self.raw_code(&std::mem::take(&mut block));
            }
            if !block.is_empty() {
                block.push('\n');
            }
            block.push_str(&line);
        }
        if !block.is_empty() {
            self.raw_code(&block);
        }
    }

    fn raw_code(&mut self, text: &str) {
        let block = code(text);
        let page = self.room(length(&block) + 1);
        if page.embeds.last().is_some_and(|draft| !draft.fields.is_empty()) {
            page.embeds.push(Draft::default());
        }
        let draft = page.draft();
        if !draft.description.is_empty() {
            draft.description.push('\n');
        }
        draft.description.push_str(&block);
    }
}

impl Page {
    fn draft(&mut self) -> &mut Draft {
        if self.embeds.is_empty() {
            self.embeds.push(Draft::default());
        }
        let last = self.embeds.len() - 1;
        &mut self.embeds[last]
    }
}

fn embeds(answer: &Answer, page: &Page, (part, parts): (usize, usize)) -> Vec<CreateEmbed> {
    let colour = colour(answer);
    let last = page.embeds.len() - 1;
    page.embeds
        .iter()
        .enumerate()
        .map(|(at, draft)| {
            let mut embed = CreateEmbed::new().colour(colour);
            if at == 0 {
                let number = if parts > 1 { format!(" [{}/{parts}]", part + 1) } else { String::new() };
                let most = limits::EMBED_TITLE - length(&number);
                let title = cut(&escape(&answer.title).replace('\n', " "), most);
                // An embed without any text is refused.
                let title = if title.trim().is_empty() { "\u{200b}".to_string() } else { title };
                embed = embed.title(title + number.as_str());
            }
            if !draft.description.is_empty() {
                embed = embed.description(&draft.description);
            }
            for (name, value) in &draft.fields {
                embed = embed.field(name, value, false);
            }
            if at == last
                && let Some(source) = answer.source.as_ref().map(Source::line).filter(|it| !it.is_empty())
            {
                embed = embed.footer(CreateEmbedFooter::new(cut(&source, FOOTER)));
            }
            embed
        })
        .collect()
}

/// How sure one can be of the words, at a glance.
fn colour(answer: &Answer) -> u32 {
    match answer.kind {
        AnswerKind::Found => {}
        AnswerKind::NothingFound => return 0x00F0_B232,
        AnswerKind::WrongUsage | AnswerKind::Refused | AnswerKind::Failed => return 0x00DA_373C,
    }
    match answer.source.as_ref().map(|source| source.known.as_slice()) {
        Some([Known::Verbatim]) => 0x0023_A559,
        Some([Known::Reported]) => 0x00E6_7E22,
        Some([Known::Phrase]) => 0x009B_59B6,
        Some([Known::AuthorsWords | Known::AuthorsClaim]) => 0x0058_65F2,
        Some([Known::AuthorsAccount]) => 0x0034_98DB,
        Some([Known::Editor]) => 0x0095_A5A6,
        _ => 0x004E_5058,
    }
}

/// Command lines that found no room on a button: keys and lines.
struct Lines(Vec<(String, String)>);

impl Lines {
    /// What a button holds for a choice.
    fn choice(&mut self, kind: ChoiceKind, line: &str) -> String {
        self.id(mark(kind), line)
    }

    /// What a button holds for a line, after `prefix`.
    fn id(&mut self, prefix: &str, line: &str) -> String {
        let whole = format!("{prefix}a:{line}");
        if length(&whole) <= limits::CUSTOM_ID {
            return whole;
        }
        let key: String =
            Sha256::digest(line.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{prefix}k:{key}");
        if !self.0.iter().any(|(known, _)| *known == key) {
            self.0.push((key, line.to_string()));
        }
        id
    }
}

fn rows(
    answer: &Answer,
    showing: Showing<'_>,
    (part, parts): (usize, usize),
    private: bool,
    lines: &mut Lines,
) -> Vec<CreateActionRow> {
    let mut seen = std::collections::HashSet::new();
    let mut choices: Vec<&Choice> = answer.choices.iter().filter(|it| seen.insert(&it.line)).collect();
    let entries = answer.blocks.iter().flat_map(|block| match block {
        Block::List { entries, .. } => entries.as_slice(),
        _ => &[],
    });
    let mut options: Vec<(String, String, String)> = Vec::new();
    for entry in entries {
        let Some(line) = entry.line.as_ref().filter(|line| seen.insert(*line)) else { continue };
        let label = match entry.lead.is_empty() {
            true => entry.text.clone(),
            false => format!("{}: {}", entry.lead, entry.text),
        };
        let about = entry.source.as_ref().map(Source::line).unwrap_or_default();
        options.push((label, about, lines.choice(ChoiceKind::Item, line)));
    }
    let mut placeholder = "More on one of these";
    if choices.len() > MOST_BUTTONS {
        // What turns the page stays a button.
        let (turning, many): (Vec<_>, Vec<_>) = choices
            .into_iter()
            .partition(|choice| matches!(choice.kind, ChoiceKind::Next | ChoiceKind::Previous));
        let many = many.iter().map(|it| (it.label.clone(), String::new(), lines.choice(it.kind, &it.line)));
        options.extend(many.collect::<Vec<_>>());
        choices = turning;
        placeholder = "Choose one";
    }
    let mut rows: Vec<CreateActionRow> = options
        .chunks(limits::SELECT_OPTIONS)
        .take(2)
        .enumerate()
        .map(|(at, options)| CreateActionRow::SelectMenu(menu(at, options, placeholder)))
        .collect();
    let mut buttons: Vec<CreateButton> = Vec::new();
    if let Some(line) = showing.line.filter(|_| parts > 1) {
        if part + 1 < parts {
            buttons.push(button(&lines.id(&format!("p{}", part + 1), line), "Read on"));
        }
        if part > 0 {
            buttons.push(button(&lines.id(&format!("p{}", part - 1), line), "Back"));
        }
    }
    buttons
        .extend(choices.iter().map(|choice| button(&lines.choice(choice.kind, &choice.line), &choice.label)));
    let delete = showing.asker.filter(|_| !private).map(|asker| {
        CreateButton::new(format!("d:{asker}"))
            .style(ButtonStyle::Secondary)
            .emoji(ReactionType::Unicode("🗑️".into()))
    });
    buttons.truncate((limits::ROWS - rows.len()) * limits::BUTTONS - usize::from(delete.is_some()));
    buttons.extend(delete);
    rows.extend(buttons.chunks(limits::BUTTONS).map(|row| CreateActionRow::Buttons(row.to_vec())));
    rows
}

fn menu(at: usize, options: &[(String, String, String)], placeholder: &str) -> CreateSelectMenu {
    let options = options
        .iter()
        .map(|(label, about, id)| {
            let option = CreateSelectMenuOption::new(shown(label, limits::SELECT_TEXT), id);
            match about.is_empty() {
                true => option,
                false => option.description(cut(about, limits::SELECT_TEXT)),
            }
        })
        .collect();
    CreateSelectMenu::new(format!("s:{at}"), CreateSelectMenuKind::String { options })
        .placeholder(placeholder)
}

fn button(id: &str, label: &str) -> CreateButton {
    CreateButton::new(id).style(ButtonStyle::Secondary).label(shown(label, limits::BUTTON_LABEL))
}

/// A label, which must not be empty.
fn shown(label: &str, most: usize) -> String {
    let label = cut(&label.split_whitespace().collect::<Vec<_>>().join(" "), most);
    if label.is_empty() { "…".into() } else { label }
}

/// The letter before a line on a button that says what pressing it does, where that matters. Lines of lists,
/// pages and all else do the same: they show something.
fn mark(kind: ChoiceKind) -> &'static str {
    match kind {
        ChoiceKind::Source => "s",
        ChoiceKind::Confirm => "c",
        ChoiceKind::Next | ChoiceKind::Previous | ChoiceKind::Item | ChoiceKind::Other => "",
    }
}

/// What a pressed button or a chosen option stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// A command line, what choosing it does, and the part of its answer.
    Line(String, ChoiceKind, usize),
    /// The key of a command line, likewise.
    Key(String, ChoiceKind, usize),
    /// The answer is to be deleted; this user may.
    Delete(u64),
}

/// Reads the id of a button or the value of an option. `None` for what is not ours.
pub fn pressed(id: &str) -> Option<Pressed> {
    let (head, rest) = id.split_once(':')?;
    if head == "d" {
        return Some(Pressed::Delete(rest.parse().ok()?));
    }
    let (head, make): (_, fn(String, ChoiceKind, usize) -> Pressed) = match head.strip_suffix('a') {
        Some(head) => (head, Pressed::Line),
        None => (head.strip_suffix('k')?, Pressed::Key),
    };
    let (kind, part) = match (head, head.strip_prefix('p')) {
        (_, Some(number)) => (ChoiceKind::Other, number.parse().ok()?),
        ("", _) => (ChoiceKind::Other, 0),
        ("s", _) => (ChoiceKind::Source, 0),
        ("c", _) => (ChoiceKind::Confirm, 0),
        _ => return None,
    };
    Some(make(rest.into(), kind, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_holds_its_line_or_the_key_of_it() {
        let mut lines = Lines(vec![]);
        assert_eq!(
            pressed(&lines.id("", "quote Paz")),
            Some(Pressed::Line("quote Paz".into(), ChoiceKind::Other, 0))
        );
        assert_eq!(
            pressed(&lines.id("p12", "quote a:b")),
            Some(Pressed::Line("quote a:b".into(), ChoiceKind::Other, 12))
        );
        let long = format!("search {}", "x".repeat(100));
        let id = lines.id("p1", &long);
        for kind in [ChoiceKind::Source, ChoiceKind::Confirm] {
            assert_eq!(
                pressed(&lines.choice(kind, "rollback 1")),
                Some(Pressed::Line("rollback 1".into(), kind, 0))
            );
        }
        let Some(Pressed::Key(key, ChoiceKind::Other, 1)) = pressed(&id) else { panic!("{id}") };
        assert_eq!(lines.0, [(key, long)]);
        assert_eq!(pressed("d:77"), Some(Pressed::Delete(77)));
        for foreign in ["", "a", "x:quote", "pa:", "p:x", "pxa:y", "d:me", "s:0", "é:1"] {
            let part = pressed(foreign);
            assert!(part.is_none(), "{foreign}: {part:?}");
        }
    }
}
