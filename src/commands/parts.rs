//! People and times within a sentence: the sentence is a message of the catalogue, which says where they stand.

use crate::answer::Part;

/// The first of the characters that hold a place; no text has them, for they are for private use.
const FIRST: u32 = 0xE000;

/// What holds the place of the part with this number, as an argument of a message.
pub(super) fn slot(number: u8) -> String {
    char::from_u32(FIRST + u32::from(number)).unwrap_or_default().to_string()
}

/// A message with the parts in their places.
pub(super) fn parts(message: &str, fillers: &[Part]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    for c in message.chars() {
        let number = u32::from(c).checked_sub(FIRST).and_then(|number| usize::try_from(number).ok());
        match number.and_then(|number| fillers.get(number)) {
            Some(filler) => {
                parts.extend((!text.is_empty()).then(|| Part::Text(std::mem::take(&mut text))));
                parts.push(filler.clone());
            }
            None => text.push(c),
        }
    }
    parts.extend((!text.is_empty()).then_some(Part::Text(text)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_the_message_has_them() {
        let (at, who) = (Part::Time(5), Part::Person("discord:1".into()));
        let message = format!("made {} by {}", slot(0), slot(1));
        let all = parts(&message, &[at.clone(), who.clone()]);
        assert_eq!(all, [Part::Text("made ".into()), at.clone(), Part::Text(" by ".into()), who]);
        assert_eq!(parts(&slot(0), std::slice::from_ref(&at)), std::slice::from_ref(&at));
        assert_eq!(parts("", &[]), []);
    }
}
