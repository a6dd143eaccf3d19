//! The settings of rooms. A thread without a setting takes its channel's, and a channel its server's.

use std::sync::PoisonError;

use crate::locale::Locale;
use crate::platform::{Place, Prefix};

use super::database::Community;
use super::error::CommunityError;
use super::setting::{MeantArticle, RoomSetting, RoomSettingKey};

impl Community {
    /// A setting of exactly this place.
    pub fn setting(&self, place: &Place, key: RoomSettingKey<'_>) -> Option<RoomSetting> {
        let known = self.places.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&(place.to_string(), key.written())).cloned()
    }

    /// The article that is meant in the first of these places that says.
    pub fn article(&self, places: &[Place]) -> Option<MeantArticle> {
        match self.first(places, RoomSettingKey::Article)? {
            RoomSetting::Article(article) => Some(article),
            _ => None,
        }
    }

    /// Whether answers are private, by the first of these places that says.
    pub fn is_private(&self, places: &[Place]) -> Option<bool> {
        match self.first(places, RoomSettingKey::Private)? {
            RoomSetting::Private(on) => Some(on),
            _ => None,
        }
    }

    /// What commands begin with, by the first of these places that says.
    pub fn prefix(&self, places: &[Place]) -> Option<Prefix> {
        match self.first(places, RoomSettingKey::Prefix)? {
            RoomSetting::Prefix(prefix) => Some(prefix),
            _ => None,
        }
    }

    /// The language of answers, by the first of these places that says.
    pub fn language(&self, places: &[Place]) -> Option<Locale> {
        match self.first(places, RoomSettingKey::Language)? {
            RoomSetting::Language(language) => Some(language),
            _ => None,
        }
    }

    /// Whether members may use a command, by the first of these places that says.
    pub fn is_command_on(&self, places: &[Place], name: &str) -> Option<bool> {
        match self.first(places, RoomSettingKey::Command(name))? {
            RoomSetting::Command(_, on) => Some(on),
            _ => None,
        }
    }

    fn first(&self, places: &[Place], key: RoomSettingKey<'_>) -> Option<RoomSetting> {
        places.iter().find_map(|place| self.setting(place, key))
    }

    /// What moderators have set for exactly this place, by name.
    pub fn settings(&self, place: &Place) -> Vec<RoomSetting> {
        let known = self.places.read().unwrap_or_else(PoisonError::into_inner);
        let place = place.to_string();
        let mut settings: Vec<_> = known
            .iter()
            .filter(|((of, _), setting)| *of == place && **setting != RoomSetting::UndecryptedReported)
            .map(|((_, key), setting)| (key.clone(), setting.clone()))
            .collect();
        settings.sort_by(|one, other| one.0.cmp(&other.0));
        settings.into_iter().map(|(_, setting)| setting).collect()
    }

    /// Sets something for a place.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn set(&self, place: &Place, setting: RoomSetting) -> Result<(), CommunityError> {
        let (place, key, value) = (place.to_string(), setting.key().written(), setting.value());
        sqlx::query!(
            r#"INSERT INTO place_setting (place, setting, value) VALUES (?1, ?2, ?3)
               ON CONFLICT (place, setting) DO UPDATE SET value = excluded.value"#,
            place,
            key,
            value
        )
        .execute(&self.pool)
        .await?;
        self.places.write().unwrap_or_else(PoisonError::into_inner).insert((place, key), setting);
        Ok(())
    }

    /// Takes a setting of a place back.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn unset(&self, place: &Place, key: RoomSettingKey<'_>) -> Result<(), CommunityError> {
        let (place, key) = (place.to_string(), key.written());
        sqlx::query!("DELETE FROM place_setting WHERE place = ?1 AND setting = ?2", place, key)
            .execute(&self.pool)
            .await?;
        self.places.write().unwrap_or_else(PoisonError::into_inner).remove(&(place, key));
        Ok(())
    }
}
