//! Mentions of us, in all the ways in which clients write them, and the text around them.
//!
//! The specification (<https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions>) wants a link to
//! the user in the formatted body and the user's name in the plain one. The plain one often has more: Element X
//! sends the link in Markdown (element-hq/element-x-android#5729), Element Web's rich text editor its HTML
//! (element-hq/element-web#28516), and others the bare address.

use html5gum::{Token, Tokenizer};
use matrix_sdk::ruma::matrix_uri::MatrixId;
use matrix_sdk::ruma::{MatrixToUri, MatrixUri};

/// The text before and after the first mention of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub before: String,
    pub after: String,
}

impl Mention {
    /// The question: the text after the mention, or that before it if nothing follows.
    pub fn asks(&self) -> &str {
        let is_mark = |c: char| c.is_whitespace() || ":,;.-–—)".contains(c);
        let after = self.after.trim_start_matches(is_mark).trim_end();
        let says = |text: &str| text.chars().any(char::is_alphanumeric);
        let before = self.before.trim_matches(|c: char| is_mark(c) || c == '(' || c == '@');
        if says(after) || !says(before) { after } else { before }
    }
}

/// Whether a link leads to `me`: `https://matrix.to/#/@me:example.org`, the same of somebody's own web client
/// (`https://app.example.org/#/user/@me:example.org`), or `matrix:u/me:example.org`.
fn leads_to(link: &str, me: &str) -> bool {
    let link = link.split('?').next().unwrap_or_default();
    let user = match link.split_once("/#/") {
        Some((_, id)) => {
            let id = id.strip_prefix("user/").unwrap_or(id);
            MatrixToUri::parse(&format!("https://matrix.to/#/{id}")).ok().map(|it| it.id().clone())
        }
        None => MatrixUri::parse(link).ok().map(|it| it.id().clone()),
    };
    matches!(user, Some(MatrixId::User(user)) if user == me)
}

/// The first link to `me` in HTML. Quotations are left out.
///
/// Tags are read one by one, without a tree, so that no nesting is too deep.
pub(super) fn in_html(html: &str, me: &str) -> Option<Mention> {
    let (mut before, mut said) = (None, String::new());
    let (mut quoted, mut is_in_mention) = (0_usize, false);
    for Ok(token) in Tokenizer::new(html) {
        let (name, opens, link) = match token {
            Token::String(text) if quoted == 0 && !is_in_mention => {
                said.push_str(&String::from_utf8_lossy(&text));
                continue;
            }
            Token::StartTag(mut tag) => (tag.name, true, tag.attributes.remove(&b"href"[..])),
            Token::EndTag(tag) => (tag.name, false, None),
            _ => continue,
        };
        match (name.as_slice(), opens) {
            (b"blockquote" | b"mx-reply", true) => quoted += 1,
            (b"blockquote" | b"mx-reply", false) => quoted = quoted.saturating_sub(1),
            (b"a", true) if quoted == 0 && before.is_none() => {
                if link.is_some_and(|link| leads_to(&String::from_utf8_lossy(&link), me)) {
                    before = Some(std::mem::take(&mut said));
                    is_in_mention = true;
                }
            }
            (b"a", false) => is_in_mention = false,
            (
                b"b" | b"strong" | b"i" | b"em" | b"u" | b"s" | b"del" | b"code" | b"span" | b"font" | b"a",
                _,
            ) => {}
            // A block element ends a line.
            _ => said.push('\n'),
        }
    }
    before.map(|before| Mention { before, after: said })
}

/// The first link to `me` in a plain text, with the markup around it.
pub(super) fn in_text(text: &str, me: &str) -> Option<Mention> {
    // HTML of a rich text editor.
    if text.contains("<a ")
        && let Some(mention) = in_html(text, me)
    {
        return Some(mention);
    }
    let link = ["https://", "http://", "matrix:"]
        .into_iter()
        .flat_map(|scheme| text.match_indices(scheme).map(|(at, _)| at))
        .filter_map(|start| {
            let rest = &text[start..];
            let end = rest.find(|c: char| c.is_whitespace() || "<>()[]\"".contains(c)).unwrap_or(rest.len());
            // Without punctuation that ends a sentence or follows a name.
            let link = rest[..end].trim_end_matches([':', ',', ';', '.', '!']);
            leads_to(link, me).then_some((start, start + link.len()))
        })
        .min()?;
    let (start, end) = around(text, link);
    Some(Mention { before: text[..start].to_string(), after: text[end..].to_string() })
}

/// The range of a link with the Markdown around it: `@[Name](<link>)`.
fn around(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let (before, after) = (&text[..start], &text[end..]);
    let (before, after) = match (before.strip_suffix('<'), after.strip_prefix('>')) {
        (Some(before), Some(after)) => (before, after),
        _ => (before, after),
    };
    let bare = (before.len(), text.len() - after.len());
    let (Some(named), Some(after)) = (before.strip_suffix("]("), after.strip_prefix(')')) else {
        return bare;
    };
    let mut depth = 1_usize;
    for (at, c) in named.char_indices().rev() {
        // A name may have brackets of its own.
        match c {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let start = named[..at].strip_suffix('@').map_or(at, str::len);
            return (start, text.len() - after.len());
        }
    }
    bare
}

/// The places where a name in the text counts as a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// After an `@`, or at the beginning and before a colon or comma: elsewhere, people may only talk about us.
    WithAMark,
    /// At the beginning as well.
    AtTheBeginning,
    /// Anywhere.
    Everywhere,
}

/// The first mention by one of these names, as a whole word of the text.
pub(super) fn of_name(text: &str, names: &[&str], trust: Trust) -> Option<Mention> {
    let starts = text.char_indices().map(|(at, _)| at);
    let begins = |at: &usize| text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    for start in starts.filter(begins) {
        let (before, rest) = text.split_at(start);
        for name in names.iter().map(|name| name.trim_start_matches('@')).filter(|name| !name.is_empty()) {
            let (marked, bare) = match rest.strip_prefix('@') {
                Some(bare) => (true, bare),
                None => (false, rest),
            };
            let (bracketed, bare) = match bare.strip_prefix('[') {
                Some(bare) if marked => (true, bare),
                _ => (false, bare),
            };
            let Some(written) = bare.get(..name.len()) else { continue };
            let after = &bare[name.len()..];
            let after = if bracketed { after.strip_prefix(']') } else { Some(after) };
            let Some(after) = after.filter(|_| written.to_lowercase() == name.to_lowercase()) else {
                continue;
            };
            let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !"-_'’.".contains(c))
                || after.starts_with(['.', '’', '\'']) && after[1..].trim_start().is_empty();
            let addressed = marked
                || name.contains(':')
                || match trust {
                    Trust::WithAMark => start == 0 && after.starts_with([':', ',']),
                    Trust::AtTheBeginning => start == 0,
                    Trust::Everywhere => true,
                };
            if ends && addressed {
                return Some(Mention { before: before.to_string(), after: after.to_string() });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "@rapporteur:example.org";

    #[test]
    fn links_to_us_in_all_their_forms() {
        for link in [
            "https://matrix.to/#/@rapporteur:example.org",
            "https://matrix.to/#/%40rapporteur%3Aexample.org",
            "https://matrix.to/#/@rapporteur:example.org?via=example.org&via=other.org",
            "https://app.example.com/#/user/@rapporteur:example.org",
            "matrix:u/rapporteur:example.org",
            "matrix:u/rapporteur:example.org?action=chat",
        ] {
            assert!(leads_to(link, ME), "{link}");
        }
        for link in [
            "https://matrix.to/#/@rapporteurs:example.org",
            "https://matrix.to/#/@rapporteur:example.org.evil.org",
            "https://matrix.to/#/!room:example.org/$event",
            "https://example.org/@rapporteur:example.org",
            "matrix:r/rapporteur:example.org",
            "",
        ] {
            assert!(!leads_to(link, ME), "{link}");
        }
    }

    #[test]
    fn a_text_is_split_at_the_mention() {
        let asks = |mention: Option<Mention>| mention.map(|it| it.asks().to_string());
        let url = "https://matrix.to/#/@rapporteur:example.org";
        for text in [
            format!("[@rapporteur:example.org]({url}) quote Paz"),
            format!("[The [old] Rapporteur](<{url}>): quote Paz"),
            format!("@[The Rapporteur]({url}?via=example.org), quote Paz"),
            format!("<a data-mention-type=\"user\" href=\"{url}?via=a&amp;via=b\">R</a>\u{a0}quote Paz"),
            format!("{url}: quote Paz"),
            format!("quote Paz, <{url}>"),
            format!("hey [R]({url}) quote Paz"),
            format!("\"The Rapporteur\" ({url}) quote Paz"),
            "matrix:u/rapporteur:example.org quote Paz".to_string(),
        ] {
            assert_eq!(asks(in_text(&text, ME)).as_deref(), Some("quote Paz"), "{text}");
        }
        assert_eq!(in_text("[R](https://matrix.to/#/@eve:example.org) quote Paz", ME), None);
        for html in [
            format!("<p><a href='{url}'>R</a>: quote <em>Paz</em></p>"),
            format!(
                "<mx-reply><blockquote>words <a href='{url}'>R</a></blockquote></mx-reply><a href='{url}'>R</a> quote Paz"
            ),
            format!("quote Paz <a href=\"{url}\">R</a>"),
        ] {
            assert_eq!(asks(in_html(&html, ME)).as_deref(), Some("quote Paz"), "{html}");
        }
        assert_eq!(
            in_html(&format!("<blockquote><a href='{url}'>R</a> quote Paz</blockquote> so"), ME),
            None
        );
        // However deep it goes.
        let deep = format!("{}<a href='{url}'>R</a> quote &quot;Paz&quot;", "<b>".repeat(20_000));
        assert_eq!(asks(in_html(&deep, ME)).as_deref(), Some("quote \"Paz\""));
    }

    #[test]
    fn a_name_is_a_whole_word() {
        let asks = |text, trust| {
            of_name(text, &["The Rapporteur", "rapporteur"], trust).map(|it| it.asks().to_string())
        };
        for text in ["@rapporteur quote Paz", "@[The Rapporteur] quote Paz", "quote Paz, @the rapporteur."] {
            assert_eq!(asks(text, Trust::WithAMark).as_deref(), Some("quote Paz"), "{text}");
        }
        assert_eq!(asks("rapporteur: quote Paz", Trust::WithAMark).as_deref(), Some("quote Paz"));
        assert_eq!(asks("so, rapporteur: quote Paz", Trust::WithAMark), None);
        assert_eq!(asks("quote Paz, rapporteur", Trust::Everywhere).as_deref(), Some("quote Paz"));
        for text in ["rapporteur is a nice word", "@rapporteurs quote Paz", "the-rapporteurs: x"] {
            assert_eq!(asks(text, Trust::WithAMark), None, "{text}");
        }
        assert_eq!(asks("rapporteurs are useful", Trust::Everywhere), None);
    }
}
