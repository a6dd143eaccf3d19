//! What languages are called.

use super::fill::text;
use super::language::Locale;
use super::plain::plain;
use super::pseudo;

impl Locale {
    /// The language that goes by a name, in its own language or another, or by its code.
    pub fn named(typed: &str) -> Option<Locale> {
        let typed = plain(typed);
        let goes_by = |locale: Locale| {
            Locale::all()
                .any(|reader| plain(&reader.sync_scope(|| pseudo::without(|| locale.name()))) == typed)
        };
        Locale::all().find(|locale| goes_by(*locale)).or_else(|| Locale::read(&typed))
    }

    /// What it is called in the current language.
    pub fn name(self) -> String {
        text(&format!("language-{}", self.code()))
    }

    /// What it is called by those who speak it.
    pub fn own_name(self) -> String {
        self.sync_scope(|| self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_languages() {
        let spanish = Locale::read("es").unwrap();
        for name in ["Spanish", "español", "Espanol", "es"] {
            assert_eq!(Locale::named(name), Some(spanish), "{name}");
        }
        assert_eq!((spanish.name().as_str(), spanish.own_name().as_str()), ("Spanish", "español"));
        assert_eq!(Locale::named("inglés"), Some(Locale::ENGLISH));
        assert_eq!(Locale::named("Klingon"), None);
    }
}
