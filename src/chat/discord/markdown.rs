//! Plain text in Discord's Markdown: it looks as it was written, whatever is in it.

use url::Url;

use crate::chat::shared::sanitize::in_line;

/// What an address has no need of.
const MARKUP: [char; 6] = ['[', ']', '<', '>', '`', '\\'];

/// The text with a backslash before everything that Discord would read as markup. Addresses that begin
/// with `https://` or `http://` stay as they are: they work, and have nothing to escape.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let line = line_start(line, &mut out);
        let mut rest = line;
        while !rest.is_empty() {
            let (text, address) = before_address(rest);
            text.chars().for_each(|c| escape_character(c, &mut out));
            out.push_str(address);
            rest = &rest[text.len() + address.len()..];
        }
    }
    out
}

/// The text before the first address, and the address: it begins with a word of its own and ends where
/// something follows that no address needs.
fn before_address(text: &str) -> (&str, &str) {
    let begins = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    let schemes = ["https://", "http://"].into_iter();
    let starts = schemes.flat_map(|scheme| text.match_indices(scheme).map(|(at, _)| at)).filter(begins);
    let Some(start) = starts.min() else { return (text, "") };
    let (before, address) = text.split_at(start);
    let ends = |c: char| !c.is_ascii_graphic() || MARKUP.contains(&c);
    (before, &address[..address.find(ends).unwrap_or(address.len())])
}

fn escape_character(c: char, out: &mut String) {
    match c {
        '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' | '@' => out.extend(['\\', c]),
        c => out.push(in_line(c)),
    }
}

/// Escapes what has a meaning only where a line begins: headings, quotations, lists. Gives the rest.
fn line_start<'a>(line: &'a str, out: &mut String) -> &'a str {
    let bare = line.trim_start();
    out.extend(line[..line.len() - bare.len()].chars().map(in_line));
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && bare[digits..].starts_with(['.', ')']) {
        out.push_str(&bare[..digits]);
        out.push('\\');
        out.push_str(&bare[digits..=digits]);
        return &bare[digits + 1..];
    }
    if bare.starts_with(['#', '>', '-', '+']) {
        out.push('\\');
        out.push_str(&bare[..1]);
        return &bare[1..];
    }
    bare
}

/// A label that is a link. The angle brackets keep Discord from showing the page below the message. A label that is
/// an address itself would not be taken for one.
pub fn link(label: &str, url: &Url) -> String {
    let url = url.as_str().replace('(', "%28").replace(')', "%29").replace('\\', "%5C");
    format!("[{}](<{url}>)", escape(&label.replace('\n', " ")))
}

/// The label of a line that is a [`link`], as it was before.
pub fn linked_label(line: &str) -> Option<String> {
    let (label, _) = line.strip_prefix('[')?.split_once("](<http")?;
    Some(unescape(label))
}

/// The text that was [escaped](escape), as it was before.
pub fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        plain.extend(if c == '\\' { rest.next() } else { Some(c) });
    }
    plain
}

/// Text in a block of code. Nothing in it can end the block.
pub fn code(text: &str) -> String {
    let inner = text.replace("```", "`\u{200b}`\u{200b}`");
    format!("```\n{inner}\n```")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("*a* _b_ ~~c~~ `d` ||e||"), r"\*a\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|");
        assert_eq!(escape("# h\n> q\n- l\n1. n\n-# s"), "\\# h\n\\> q\n\\- l\n1\\. n\n\\-# s");
        assert_eq!(escape("@everyone <@123> [x](http://evil)"), r"\@everyone \<\@123> \[x\](http://evil)");
        assert_eq!(escape("2015-16, a-b"), "2015-16, a-b");
        assert_eq!(escape("see https://example.org/a_b*c"), "see https://example.org/a_b*c");
        // Also in quotation marks or brackets, as in a title.
        assert_eq!(escape("on “https://example.org/a_b_c”."), "on “https://example.org/a_b_c”.");
        assert_eq!(escape("(http://example.org/~me/a_b) *c*"), r"(http://example.org/~me/a_b) \*c\*");
        assert_eq!(escape("xhttp://a_b"), r"xhttp://a\_b");
        assert_eq!(escape("https://[x](https://evil)"), r"https://\[x\](https://evil)");
        assert_eq!(escape("a\u{202e}b\u{7}"), "a\u{fffd}b\u{fffd}");
        let url = "https://example.org/a_(b)?c=\\)>#d".parse().unwrap();
        assert_eq!(
            link("a [b] *c*", &url),
            r"[a \[b\] \*c\*](<https://example.org/a_%28b%29?c=%5C%29%3E#d>)"
        );
        assert_eq!(linked_label(&link("a [b] *c* \\", &url)).as_deref(), Some(r"a [b] *c* \"));
        assert_eq!(linked_label("[a] (b)"), None);
        assert_eq!(code("a```b").matches("```").count(), 2);
    }
}
