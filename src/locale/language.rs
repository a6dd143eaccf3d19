//! The languages of the catalogue, and the one in which a task speaks.

use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use fluent_templates::{LanguageIdentifier, Loader};

use super::pseudo;

fluent_templates::static_loader! {
    pub(super) static CATALOGUE = {
        locales: "./locales",
        fallback_language: "en",
        // Marks around what is filled in would be seen in a chat, and copied with it.
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_transform(Some(pseudo::transform));
        },
    };
}

/// A language that the catalogue has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale(&'static str);

struct Language {
    locale: Locale,
    id: LanguageIdentifier,
}

/// English first, then by code.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut languages: Vec<Language> = CATALOGUE
        .locales()
        .map(|id| Language { locale: Locale(Box::leak(id.to_string().into_boxed_str())), id: id.clone() })
        .collect();
    languages.sort_by_key(|language| (language.locale.0 != Locale::ENGLISH.0, language.locale.0));
    languages
});

static DEFAULT: OnceLock<Locale> = OnceLock::new();

tokio::task_local! {
    static CURRENT: Locale;
}

impl Locale {
    /// What everything is written in first.
    pub const ENGLISH: Locale = Locale("en");

    /// All languages of the catalogue, English first.
    pub fn all() -> impl Iterator<Item = Locale> {
        LANGUAGES.iter().map(|language| language.locale)
    }

    /// The language that a code names, whatever the region, the script or the encoding: `es`, `es-MX`, `es_MX.UTF-8`.
    pub fn read(code: &str) -> Option<Locale> {
        let language = code.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Locale::all().find(|locale| locale.0.eq_ignore_ascii_case(language))
    }

    /// Its code: `en`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The language in which this task speaks; the program's where none was set.
    pub fn current() -> Locale {
        CURRENT.try_with(|locale| *locale).unwrap_or_else(|_| Locale::of_program())
    }

    /// The language of all that has no other.
    pub fn of_program() -> Locale {
        DEFAULT.get().copied().unwrap_or(Locale::ENGLISH)
    }

    /// Sets the language of all that has no other. Only the first call counts.
    pub fn set_default(self) {
        DEFAULT.get_or_init(|| self);
    }

    /// The language of the machine's user, as POSIX says it (`LC_ALL`, `LC_MESSAGES`, `LANG`), if the catalogue has it.
    pub fn of_system(variable: impl Fn(&str) -> Option<String>) -> Option<Locale> {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
        set.filter(|value| !value.is_empty()).map(|value| Locale::read(&value)).next().flatten()
    }

    /// Runs a future that speaks this language.
    pub async fn scope<T>(self, future: impl Future<Output = T>) -> T {
        CURRENT.scope(self, future).await
    }

    /// Calls a function that speaks this language.
    pub fn sync_scope<T>(self, call: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(self, call)
    }

    /// Its identifier in Unicode's form, as the catalogue wants it.
    pub(super) fn id(self) -> Option<&'static LanguageIdentifier> {
        LANGUAGES.iter().find(|language| language.locale == self).map(|language| &language.id)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Locale, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(|()| {
            let known: Vec<String> = Locale::all().map(|it| format!("`{it}`")).collect();
            D::Error::custom(format!("no language `{code}`, there are {}", known.join(", ")))
        })
    }
}

impl Default for Locale {
    fn default() -> Locale {
        Locale::ENGLISH
    }
}

impl FromStr for Locale {
    type Err = ();

    /// From its code, as [`Locale::code`] gives it.
    fn from_str(code: &str) -> Result<Locale, ()> {
        Locale::all().find(|locale| locale.0 == code).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_languages() {
        let spanish = Locale::read("es").unwrap();
        for code in ["es-MX", "es_MX.UTF-8", "ES", "es@euro", "es-419"] {
            assert_eq!(Locale::read(code), Some(spanish), "{code}");
        }
        for code in ["", "C", "POSIX", "est", "de-DE"] {
            assert_eq!(Locale::read(code), None, "{code}");
        }
        assert_eq!(Locale::all().next(), Some(Locale::ENGLISH));
    }

    #[test]
    fn the_first_variable_that_is_set_says_the_language() {
        let of = |set: &[(&str, &str)]| {
            Locale::of_system(|name| {
                set.iter().find(|(it, _)| *it == name).map(|(_, value)| value.to_string())
            })
        };
        let spanish = Locale::read("es");
        assert_eq!(of(&[("LANG", "es_MX.UTF-8")]), spanish);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "es"), ("LANG", "en_US")]), spanish);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "es")]), None);
        assert_eq!(of(&[]), None);
    }

    #[tokio::test]
    async fn a_task_speaks_one_language() {
        let spanish = Locale::read("es").unwrap();
        assert_eq!(spanish.scope(async { Locale::current() }).await, spanish);
        assert_eq!(Locale::current(), Locale::ENGLISH);
    }
}
