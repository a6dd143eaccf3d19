//! What is wrong with the syntax of a TOML pack, in plain words and with the line to write.
//!
//! The parser knows what it cannot read, and not what was meant. So the line at which it stopped is changed in
//! the ways in which people write TOML wrongly, and the first help that can be read is shown.

use std::ops::Range;

use crate::say;

use super::schema::schema;

/// Something wrong at a place.
#[derive(Debug)]
pub struct SyntaxFault {
    /// Where, in bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The line to write.
    pub help: String,
}

/// Says for each error of the parser what is wrong, one for a line.
pub fn explain(text: &str, errors: &[toml::de::Error]) -> Vec<SyntaxFault> {
    if text.trim_start().starts_with('{') {
        return vec![SyntaxFault {
            span: 0..1,
            message: say!("pack-json-file-read-toml"),
            help: say!("pack-let-file-s-name-end"),
        }];
    }
    let mut faults: Vec<SyntaxFault> = Vec::new();
    // Lines that are parts of a fault reported already.
    let mut told = 0;
    let mut errors: Vec<(Range<usize>, &str)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
    errors.sort_by_key(|(span, _)| span.start);
    for (span, message) in errors {
        // What is missed at the end of a line is missed in that line.
        let mut at = span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let line = text[start..].lines().next().unwrap_or("");
        if start < told {
            continue;
        }
        told = start + line.len().max(1);
        let at = start + line.len() - line.trim_start().len()..start + line.trim_end().len();
        if message.contains("duplicate key") {
            // All keys below a header that is there twice are there twice.
            if line.trim_start().starts_with('[') {
                told += text[told.min(text.len())..].find("\n[").map_or(text.len(), |n| n + 1);
            }
            faults.push(double(text, start, line, span));
        } else if let Some((last, fault)) = over_lines(text, start, line) {
            told = last;
            faults.push(fault);
        } else if let Some((message, right)) = repaired(line) {
            faults.push(SyntaxFault { span: at, message, help: say!("pack-write-5", right = right) });
        } else {
            // A long text that is not closed goes on to the end, but it is wrong where it begins.
            let opening = text[..start].rfind("\"\"\"").filter(|_| message.contains("multi-line"));
            let (message, help) = in_words(message);
            faults.push(SyntaxFault { span: opening.map_or(span, |at| at..at + 3), message, help });
        }
    }
    single_brackets(text, &mut faults);
    faults
}

/// The kinds of which a pack has a list: their headers are in two pairs of brackets.
fn is_list(name: &str) -> bool {
    let table = |definition: &str, key: &str| {
        let schema = match definition {
            "" => schema(),
            other => &schema()["$defs"][other],
        };
        schema["properties"][key]["items"]["$ref"].is_string()
    };
    match name {
        "actor.role" => table("Actor", "role"),
        "article.section" => table("Article", "section"),
        other => table("", other),
    }
}

/// A key or a header that is there already.
fn double(text: &str, start: usize, line: &str, span: Range<usize>) -> SyntaxFault {
    let at = start + line.len() - line.trim_start().len()..start + line.trim_end().len();
    let line = line.trim();
    if let Some(name) = line.strip_prefix('[').and_then(|it| it.split(']').next()).map(str::trim)
        && !line.starts_with("[[")
    {
        let help = match is_list(name) {
            true => say!("pack-begin-each-with-two-pairs-2", name = name),
            false => say!("pack-keep-one-two-with-keys"),
        };
        return SyntaxFault { span: at, message: say!("pack-here-twice-2", name = name), help };
    }
    let key = text.get(span.clone()).filter(|key| !key.is_empty() && key.len() < 80);
    let key = key.map_or_else(|| say!("pack-key"), ToString::to_string);
    let name = key.trim().trim_matches(['[', ']', '"']);
    // The first is further up in the same table.
    let mut number = text[..start].matches('\n').count() + 1;
    let mut first = None;
    for earlier in text[..start].lines().rev() {
        number -= 1;
        if earlier.trim_start().starts_with('[') {
            break;
        }
        if earlier.split('=').next().is_some_and(|key| key.trim().trim_matches('"') == name) {
            first = Some(number);
        }
    }
    let help = match first {
        Some(number) => say!("pack-keep-one-two-lines-other", number = number),
        None => say!("pack-keep-one-two"),
    };
    SyntaxFault { span, message: say!("pack-here-twice-3", name = name), help }
}

/// `[quote]` where the parser has not stumbled: once, before others of its kind.
fn single_brackets(text: &str, faults: &mut Vec<SyntaxFault>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let header = line.trim();
        let name =
            header.strip_prefix('[').and_then(|it| it.strip_suffix(']')).filter(|it| !it.starts_with('['));
        if let Some(name) = name.map(str::trim).filter(|name| is_list(name)) {
            let at = start + line.len() - line.trim_start().len();
            let span = at..at + header.len();
            if !faults.iter().any(|fault| fault.span.start <= span.end && span.start <= fault.span.end) {
                faults.push(SyntaxFault {
                    span,
                    message: say!("pack-must-list-single-one-2", name = name),
                    help: say!("pack-begin-each-with-two-pairs-2", name = name),
                });
            }
        }
        start += line.len();
    }
}

/// A text that goes on in further lines: the end of the last one, and the fault.
fn over_lines(text: &str, start: usize, line: &str) -> Option<(usize, SyntaxFault)> {
    let (key, value) = line.split_once('=')?;
    let inner = value.trim().strip_prefix('"').filter(|it| !it.starts_with("\"\""))?;
    if inner.contains('"') || key.trim().contains(char::is_whitespace) {
        return None;
    }
    let mut at = start + line.len();
    at += text[at..].find('\n')? + 1;
    for next in text[at..].split_inclusive('\n').take(50) {
        at += next.len();
        let trimmed = next.trim();
        let header = trimmed.starts_with('[');
        let another = trimmed.split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        });
        if header || another || trimmed.is_empty() {
            return None;
        }
        if trimmed.ends_with('"') {
            let from = start + line.len() - line.trim_start().len();
            let shown: String = inner.chars().take(30).collect();
            return Some((
                at,
                SyntaxFault {
                    span: from..start + line.trim_end().len(),
                    message: say!("pack-text-goes-on-next-line"),
                    help: say!("pack-put-into-one-line-between", trim = key.trim(), shown = shown),
                },
            ));
        }
    }
    None
}

/// Whether a line can be read alone.
fn is_right(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && toml::from_str::<toml::Table>(line).is_ok()
}

/// Whether a line closes brackets that it does not open, and so is none by itself.
fn goes_on_from_before(line: &str) -> bool {
    let outside = line.split('"').step_by(2);
    let mut depth = 0;
    !line.starts_with('[')
        && outside.flat_map(str::chars).any(|c| {
            depth += match c {
                '[' | '{' => 1,
                ']' | '}' => -1,
                _ => 0,
            };
            depth < 0
        })
}

type Repair = (fn() -> String, fn(&str) -> Option<String>);

/// The ways in which a line is repaired, in the order in which they are tried.
const REPAIRS: [Repair; 12] = [
    (|| say!("pack-header-stands-brackets-alone-line"), header),
    (|| say!("pack-curly-quotation-marks-are-no"), straight),
    (|| say!("pack-key-value-have-between-them"), equals),
    (|| say!("pack-line-ends-without-comma"), no_comma),
    (|| say!("pack-text-closed"), unclosed),
    (|| say!("pack-entries-list-have-commas-between"), commas),
    (|| say!("pack-bracket-closed"), close),
    (|| say!("pack-quotation-mark-inside-text-ends"), inner_marks),
    (|| say!("pack-text-single-quotation-marks-ends"), double_marks),
    (|| say!("pack-has-meaning-own-text"), backslashes),
    (|| say!("pack-text-stands-quotation-marks"), unquoted),
    (|| say!("pack-remark-begins-with"), remark),
];

/// What is wrong with a line, and the line as it should be.
fn repaired(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if line.is_empty() || line.len() > 4_000 || goes_on_from_before(line) {
        return None;
    }
    for (message, repair) in REPAIRS {
        if let Some(right) = repair(line).filter(|right| right != line && is_right(right)) {
            return Some((message(), right));
        }
    }
    // Two faults in one line.
    for (message, first) in REPAIRS {
        for (_, second) in REPAIRS {
            let right = first(line).and_then(|it| second(&it)).filter(|right| is_right(right));
            if let Some(right) = right {
                return Some((message(), right));
            }
        }
    }
    None
}

/// The key and what comes behind `=`.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn header(line: &str) -> Option<String> {
    // `article:`, as YAML has it.
    let name = match line.strip_suffix(':') {
        Some(name) if name == "article" || is_list(name) || is_list(name.trim_end_matches('s')) => {
            name.trim_end_matches('s')
        }
        _ => line.strip_prefix('[')?,
    };
    let name = name.split('#').next()?.trim().trim_matches(['[', ']', ' ', ';', ':']);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
        return None;
    }
    Some(if is_list(name) { format!("[[{name}]]") } else { format!("[{name}]") })
}

const CURLY: [char; 8] = ['“', '”', '„', '‟', '«', '»', '″', '＂'];

fn straight(line: &str) -> Option<String> {
    let (key, value) =
        parts(line).filter(|(_, value)| value.contains(CURLY) || value.contains(['‘', '’']))?;
    let marks: Vec<char> = CURLY.into_iter().chain(['‘', '’', '"', '\'']).collect();
    // A single text: the marks around it are its own, and others are a part of it.
    if value.starts_with(&marks[..]) && value.ends_with(&marks[..]) && value.chars().count() > 1 {
        let inner = value.strip_prefix(&marks[..])?.strip_suffix(&marks[..])?;
        if !inner.contains('"') || !value.starts_with('"') {
            return Some(format!("{key} = {}", quoted(inner)));
        }
    }
    Some(format!("{key} = {}", value.replace(CURLY, "\"")))
}

fn equals(line: &str) -> Option<String> {
    let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '"' | '.')))?;
    let (key, rest) = line.split_at(end);
    let key = key.trim_matches('"');
    let value =
        rest.trim_start().trim_start_matches([':', '=', '>']).trim().trim_end_matches([',', ';']).trim();
    if key.is_empty() || value.is_empty() || value.contains('=') && !value.starts_with(['{', '"']) {
        return None;
    }
    // Without any sign between them, only what looks like a value is one: "key "value"".
    let rest = rest.trim_start();
    if rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>") {
        return None;
    }
    let sign = rest.starts_with([':', '=']);
    (sign || value.starts_with(['"', '[', '{', '“'])).then(|| format!("{key} = {value}"))
}

fn unquoted(line: &str) -> Option<String> {
    let (key, value) = parts(line).filter(|(_, value)| !value.starts_with(['"', '\'']))?;
    let (value, tail) = match value.split_once(" #") {
        Some((value, remark)) => (value.trim(), format!(" #{remark}")),
        None => (value, String::new()),
    };
    let bare = |it: &str| -> String {
        let it = it.trim();
        match it.starts_with(['"', '\''])
            || it.is_empty()
            || it.parse::<i64>().is_ok()
            || it == "true"
            || it == "false"
        {
            true => it.to_string(),
            false => quoted(it.trim_matches(['"', '\''])),
        }
    };
    let right = if let Some(list) = value.strip_prefix('[') {
        let list = list.strip_suffix(']').unwrap_or(list);
        format!("[{}]", list.split(',').map(bare).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "))
    } else if let Some(table) = value.strip_prefix('{') {
        let table = table.strip_suffix('}').unwrap_or(table);
        let pairs = table.split(',').map(|pair| {
            let (key, value) = pair.split_once(['=', ':']).unwrap_or((pair, ""));
            format!("{} = {}", key.trim().trim_matches('"'), bare(value))
        });
        format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
    } else {
        let text = value.trim_end_matches([',', ';']);
        quoted(text.trim_matches(['"', '\'']))
    };
    Some(format!("{key} = {right}{tail}"))
}

fn no_comma(line: &str) -> Option<String> {
    Some(line.trim_end_matches([',', ';', ' ']).to_string())
}

fn unclosed(line: &str) -> Option<String> {
    let (key, value) = parts(line)?;
    let inner = value.strip_prefix('"').filter(|inner| !inner.contains('"'))?;
    Some(format!("{key} = {}", quoted(inner)))
}

fn inner_marks(line: &str) -> Option<String> {
    let (key, value) = parts(line)?;
    let inner = value.strip_prefix('"')?;
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    Some(format!("{key} = \"{}\"", inner.replace("\\\"", "\"").replace('"', "\\\"")))
}

fn double_marks(line: &str) -> Option<String> {
    let (key, value) = parts(line)?;
    let inner = value.strip_prefix('\'')?;
    Some(format!("{key} = {}", quoted(inner.strip_suffix('\'').unwrap_or(inner))))
}

fn backslashes(line: &str) -> Option<String> {
    let (key, value) = parts(line)?;
    Some(format!("{key} = {}", value.replace("\\\"", "\u{1}").replace('\\', "\\\\").replace('\u{1}', "\\\"")))
}

fn close(line: &str) -> Option<String> {
    let (_, value) = parts(line)?;
    let end = match value.chars().next()? {
        '[' => "]",
        '{' => " }",
        _ => return None,
    };
    let line = line.trim_end_matches(',');
    [format!("{line}{end}"), format!("{line}\"{end}")].into_iter().find(|right| is_right(right))
}

fn commas(line: &str) -> Option<String> {
    let (key, value) = parts(line)?;
    if value.starts_with('{') {
        return pairs_with_commas(line);
    }
    value
        .starts_with('[')
        .then(|| format!("{key} = {}", value.replace("\" \"", "\", \"").replace("\"\"", "\", \"")))
}

/// `{ edtf = "2011" text = "2011" }` with the commas that it lacks.
fn pairs_with_commas(line: &str) -> Option<String> {
    let (head, inner) = line.split_once('{')?;
    let mut right = format!("{head}{{");
    // What is in quotation marks is every second piece.
    for (number, piece) in inner.split('"').enumerate() {
        if number > 0 {
            right.push('"');
        }
        let begins_a_pair = number > 0
            && number % 2 == 0
            && piece.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
            && piece.contains('=');
        right.push_str(&if begins_a_pair { format!(", {}", piece.trim_start()) } else { piece.to_string() });
    }
    Some(right)
}

fn remark(line: &str) -> Option<String> {
    let text = ["//", "--", ";", "<!--", "/*"].iter().find_map(|it| line.strip_prefix(it))?;
    Some(format!("# {}", text.trim_end_matches("-->").trim_end_matches("*/").trim()))
}

/// The parser's words for what no help of one line makes right.
fn in_words(message: &str) -> (String, String) {
    let message = message.trim().replace('\n', ", ");
    let help = match message.as_str() {
        it if it.contains("missing comma") => say!("pack-put-comma-behind-entry-before"),
        it if it.contains("array") && it.contains("unclosed") => say!("pack-close-list-with"),
        it if it.contains("unclosed inline") => {
            say!("pack-write-in-one-line")
        }
        it if it.contains("multi-line") || it.contains("string") => {
            say!("pack-begin-end-text-with-with")
        }
        it if it.contains("recurs") => say!("pack-pack-has-no-tables-so"),
        it if it.contains("table") => say!("pack-header-stands-alone-line"),
        _ => say!("pack-line-with-text-straight-quotation"),
    };
    let said = match message.split(',').next().unwrap_or("") {
        "missing comma between key-value pairs" | "missing comma between array elements" => {
            say!("pack-two-entries-have-no-comma")
        }
        "invalid unquoted key" => say!("pack-key-has-only-letters-digits"),
        "invalid key-value pair" | "unexpected key or value" | "invalid inline table element" => {
            say!("pack-written-key-value")
        }
        "invalid basic string" | "invalid literal string" => {
            say!("pack-text-closed-has-character-can")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            say!("pack-text-several-lines-closed")
        }
        "unclosed array" => say!("pack-list-closed"),
        "unclosed inline table" => say!("pack-table-braces-closed"),
        _ => message.clone(),
    };
    (said, help)
}
