//! Links that open an article on the web at words of it: text fragments
//! (<https://wicg.github.io/scroll-to-text-fragment/>).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// The most words that a link has whole. Of more it has the first and the last few, and the browser finds what is
/// between them.
const MAX_WHOLE: usize = 10;

/// The longest address of a link to words, in characters.
const MAX_LINK: usize = 600;

/// Words of an article, and what stands beside them.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The words.
    pub words: &'a str,
    /// The words just before.
    pub prefix: Option<&'a str>,
    /// The words just after.
    pub suffix: Option<&'a str>,
}

/// The address that opens the article at a passage; a browser that can't, or a page that has other words, shows the
/// article from its beginning. The address is the article's own where the passage has too many letters. `None`
/// if `article` is no address, or has too many itself.
pub fn to_passage(article: &str, passage: &Passage<'_>) -> Option<Url> {
    let article = Url::parse(article).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let at = directives(passage).map(|directive| with_directive(article.clone(), &directive));
    at.chain([article.clone()]).find(|url| url.as_str().len() <= MAX_LINK)
}

/// The address with a text directive at its end. An author's own fragment stays before it, but for a directive.
fn with_directive(mut url: Url, directive: &str) -> Url {
    let own = url.fragment().and_then(|own| own.split(":~:").next()).unwrap_or_default();
    let fragment = format!("{own}:~:text={directive}");
    url.set_fragment(Some(&fragment));
    url
}

/// Text directives for a passage, from the longest to the shortest: `prefix-,start,end,-suffix`.
fn directives(passage: &Passage<'_>) -> impl Iterator<Item = String> {
    let words: Vec<&str> = passage.words.split_whitespace().collect();
    let number = words.len();
    let whole = (1..=MAX_WHOLE).contains(&number).then(|| encoded(&words));
    let ends = (2..=MAX_WHOLE / 2).rev().filter(move |of_each| 2 * of_each < number);
    let ends = ends.map(move |of_each| {
        format!("{},{}", encoded(&words[..of_each]), encoded(&words[number - of_each..]))
    });
    let beside = |text: Option<&str>| {
        let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
        (!words.is_empty()).then(|| encoded(&words))
    };
    let prefix = beside(passage.prefix).map(|words| format!("{words}-,")).unwrap_or_default();
    let suffix = beside(passage.suffix).map(|words| format!(",-{words}")).unwrap_or_default();
    whole.into_iter().chain(ends).map(move |text| format!("{prefix}{text}{suffix}"))
}

/// Words as a part of a directive, in which `,`, `-` and `&` mean something. All that is no letter or digit of ASCII
/// is encoded, so that no markup and no reader of addresses takes anything in it for its own.
fn encoded(words: &[&str]) -> String {
    utf8_percent_encode(&words.join(" "), NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://example.org/essay";

    fn link(article: &str, words: &str, prefix: Option<&str>, suffix: Option<&str>) -> String {
        to_passage(article, &Passage { words, prefix, suffix }).map_or_else(String::new, Into::into)
    }

    #[test]
    fn all_that_means_something_is_encoded() {
        for (words, encoded) in [
            ("silence is a door", "silence%20is%20a%20door"),
            ("walls,  doors & well-being", "walls%2C%20doors%20%26%20well%2Dbeing"),
            ("“sí”—dijo él", "%E2%80%9Cs%C3%AD%E2%80%9D%E2%80%94dijo%20%C3%A9l"),
            ("100% (or *more*)", "100%25%20%28or%20%2Amore%2A%29"),
            ("市政厅", "%E5%B8%82%E6%94%BF%E5%8E%85"),
        ] {
            assert_eq!(link(PAGE, words, None, None), format!("{PAGE}#:~:text={encoded}"));
        }
        assert_eq!(
            link(PAGE, "to be", Some("not"), Some("– that")),
            format!("{PAGE}#:~:text=not-,to%20be,-%E2%80%93%20that")
        );
    }

    #[test]
    fn of_many_words_the_first_and_the_last_are_enough() {
        let words = |from: usize, to: usize| (from..to).map(|at| format!("w{at}")).collect::<Vec<_>>();
        let whole = words(0, 10).join("%20");
        assert_eq!(link(PAGE, &words(0, 10).join(" "), None, None), format!("{PAGE}#:~:text={whole}"));
        let (first, last) = (words(0, 5).join("%20"), words(15, 20).join("%20"));
        assert_eq!(
            link(PAGE, &words(0, 20).join("\n"), Some("p"), None),
            format!("{PAGE}#:~:text=p-,{first},{last}")
        );
        // Letters that take much room: fewer words, or none.
        let long = vec!["ж".repeat(20); 20].join(" ");
        let url = link(PAGE, &long, None, None);
        assert!(url.len() <= MAX_LINK && url.matches("%20").count() == 2, "{url}");
        assert_eq!(link(PAGE, &"市".repeat(100), None, None), PAGE);
        assert_eq!(link(&format!("{PAGE}?{}", "x".repeat(600)), "a wall", None, None), "");
    }

    #[test]
    fn an_address_keeps_its_own_fragment_and_nothing_else_is_an_address() {
        let text = ":~:text=a%20wall";
        for (article, expected) in [
            ("https://example.org/a#part-2", format!("https://example.org/a#part-2{text}")),
            ("https://example.org/a#", format!("https://example.org/a#{text}")),
            ("https://example.org/a#b:~:text=c", format!("https://example.org/a#b{text}")),
            (
                "http://example.org?q=é “x”",
                format!("http://example.org/?q=%C3%A9%20%E2%80%9Cx%E2%80%9D#{text}"),
            ),
            ("https://example.org/\u{1b}\n<b>", format!("https://example.org/%1B%3Cb%3E#{text}")),
        ] {
            assert_eq!(link(article, "a wall", None, None), expected);
        }
        for article in ["", "example.org", "javascript:alert(1)", "https://"] {
            assert_eq!(link(article, "a wall", None, None), "", "{article}");
        }
        assert_eq!(link(PAGE, " ", None, None), PAGE);
    }
}
