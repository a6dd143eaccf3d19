//! What moderators set for a room.

use crate::locale::Locale;
use crate::platform::Prefix;

/// A setting of a room, and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomSetting {
    /// The article that is meant when nobody names one.
    Article(MeantArticle),
    /// Whether answers are for the caller only.
    Private(bool),
    /// What commands begin with.
    Prefix(Prefix),
    /// The language of answers to those who chose none.
    Language(Locale),
    /// Whether members may use a command, by its name.
    Command(String, bool),
    /// Whether the room has been told that a message can't be decrypted. The program sets it, nobody else.
    UndecryptedReported,
}

/// The article that is meant when nobody names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeantArticle {
    /// All of them.
    All,
    /// The one with this id.
    One(String),
}

/// Which setting, without its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomSettingKey<'a> {
    /// [`RoomSetting::Article`].
    Article,
    /// [`RoomSetting::Private`].
    Private,
    /// [`RoomSetting::Prefix`].
    Prefix,
    /// [`RoomSetting::Language`].
    Language,
    /// [`RoomSetting::Command`] of this name.
    Command(&'a str),
    /// [`RoomSetting::UndecryptedReported`].
    UndecryptedReported,
}

/// The article's value for all articles; no article has this id.
const ALL: &str = "all";
const ON: &str = "on";
const OFF: &str = "off";

impl RoomSettingKey<'_> {
    /// The key in the database.
    pub(super) fn written(self) -> String {
        match self {
            RoomSettingKey::Article => "article".into(),
            RoomSettingKey::Private => "private".into(),
            RoomSettingKey::Prefix => "prefix".into(),
            RoomSettingKey::Language => "language".into(),
            RoomSettingKey::Command(name) => format!("command {name}"),
            RoomSettingKey::UndecryptedReported => "told".into(),
        }
    }
}

impl RoomSetting {
    /// Which setting it is.
    pub fn key(&self) -> RoomSettingKey<'_> {
        match self {
            RoomSetting::Article(_) => RoomSettingKey::Article,
            RoomSetting::Private(_) => RoomSettingKey::Private,
            RoomSetting::Prefix(_) => RoomSettingKey::Prefix,
            RoomSetting::Language(_) => RoomSettingKey::Language,
            RoomSetting::Command(name, _) => RoomSettingKey::Command(name),
            RoomSetting::UndecryptedReported => RoomSettingKey::UndecryptedReported,
        }
    }

    /// Name and value, as people read them.
    pub fn shown(&self) -> (String, String) {
        (self.key().written(), self.value())
    }

    /// The value in the database.
    pub(super) fn value(&self) -> String {
        let switch = |on: bool| if on { ON } else { OFF };
        match self {
            RoomSetting::Article(MeantArticle::All) => ALL.into(),
            RoomSetting::Article(MeantArticle::One(id)) => id.clone(),
            RoomSetting::Private(on) | RoomSetting::Command(_, on) => switch(*on).into(),
            RoomSetting::Prefix(prefix) => prefix.to_string(),
            RoomSetting::Language(language) => language.code().into(),
            RoomSetting::UndecryptedReported => "yes".into(),
        }
    }

    /// A row of the database, if it is a setting that this version knows.
    pub(super) fn read(key: &str, value: &str) -> Option<RoomSetting> {
        let switch = || match value {
            ON => Some(true),
            OFF => Some(false),
            _ => None,
        };
        Some(match key {
            "article" if value == ALL => RoomSetting::Article(MeantArticle::All),
            "article" => RoomSetting::Article(MeantArticle::One(value.into())),
            "private" => RoomSetting::Private(switch()?),
            "prefix" => RoomSetting::Prefix(value.parse().ok()?),
            "language" => RoomSetting::Language(value.parse().ok()?),
            "told" => RoomSetting::UndecryptedReported,
            _ => RoomSetting::Command(key.strip_prefix("command ")?.into(), switch()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_are_written() {
        for setting in [
            RoomSetting::Article(MeantArticle::All),
            RoomSetting::Article(MeantArticle::One("us-mexico".into())),
            RoomSetting::Private(true),
            RoomSetting::Private(false),
            RoomSetting::Prefix("rap!".parse().unwrap()),
            RoomSetting::Language(Locale::ENGLISH),
            RoomSetting::Command("compare".into(), false),
            RoomSetting::UndecryptedReported,
        ] {
            let read = RoomSetting::read(&setting.key().written(), &setting.value());
            assert_eq!(read, Some(setting));
        }
        assert_eq!(RoomSetting::read("private", "maybe"), None);
        assert_eq!(RoomSetting::read("colour", "red"), None);
    }
}
