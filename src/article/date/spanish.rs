//! Dates that people type in Spanish, put into the English that [`parse_range`](super::parse_range) reads.

use crate::article::fold::fold;

/// Words that stand together, each with what they are in English; nothing for words that do not change a date. Without
/// accents, the longest of those that begin alike first.
const PHRASES: [(&str, &str); 105] = [
    ("en algun momento entre", "between"),
    ("a partir de", "since"),
    ("a partir del", "since"),
    ("antes de cristo", "bc"),
    ("despues de cristo", "ce"),
    ("a principios de", "early"),
    ("a principios del", "early"),
    ("a comienzos de", "early"),
    ("a comienzos del", "early"),
    ("a inicios de", "early"),
    ("a mediados de", "mid"),
    ("a mediados del", "mid"),
    ("a finales de", "late"),
    ("a finales del", "late"),
    ("a fines de", "late"),
    ("a fines del", "late"),
    ("alrededor de", "about"),
    ("alrededor del", "about"),
    ("cerca de", "about"),
    ("antes de", "before"),
    ("antes del", "before"),
    ("despues de", "after"),
    ("despues del", "after"),
    ("o antes", "or earlier"),
    ("o despues", "or later"),
    ("a c", "bc"),
    ("d c", "ce"),
    ("primer trimestre", "first quarter"),
    ("segundo trimestre", "second quarter"),
    ("tercer trimestre", "third quarter"),
    ("cuarto trimestre", "fourth quarter"),
    ("ultimo trimestre", "fourth quarter"),
    ("primer tercio", "first third"),
    ("segundo tercio", "second third"),
    ("ultimo tercio", "last third"),
    ("primera mitad", "first half"),
    ("segunda mitad", "second half"),
    ("primer semestre", "first half"),
    ("segundo semestre", "second half"),
    ("primavera boreal", "northern spring"),
    ("verano boreal", "northern summer"),
    ("otono boreal", "northern autumn"),
    ("invierno boreal", "northern winter"),
    ("primavera austral", "southern spring"),
    ("verano austral", "southern summer"),
    ("otono austral", "southern autumn"),
    ("invierno austral", "southern winter"),
    ("primer milenio", "first millennium"),
    ("segundo milenio", "second millennium"),
    ("tercer milenio", "third millennium"),
    ("primavera", "spring"),
    ("verano", "summer"),
    ("otono", "autumn"),
    ("invierno", "winter"),
    ("principios", "early"),
    ("comienzos", "early"),
    ("inicios", "early"),
    ("mediados", "mid"),
    ("finales", "late"),
    ("fines", "late"),
    ("desde", "since"),
    ("hasta", "until"),
    ("entre", "between"),
    ("tras", "after"),
    ("hacia", "about"),
    ("circa", "about"),
    ("ac", "bc"),
    ("aec", "bc"),
    ("dc", "ce"),
    ("ec", "ce"),
    ("a", "to"),
    ("al", "to"),
    ("y", "and"),
    ("e", "and"),
    ("o", "or"),
    ("u", "or"),
    ("primero", "1"),
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "september"),
    ("setiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
    ("lunes", ""),
    ("martes", ""),
    ("miercoles", ""),
    ("jueves", ""),
    ("viernes", ""),
    ("sabado", ""),
    ("domingo", ""),
    ("en", ""),
    ("de", ""),
    ("del", ""),
    ("el", ""),
    ("la", ""),
    ("durante", ""),
    ("ano", ""),
    ("mes", ""),
];

/// The words before a decade: "los años noventa", "la década de 1990".
const BEFORE_DECADES: [&str; 7] =
    ["decada de los anos", "decada de los", "decada de", "decada del", "los anos", "anos", "los"];

/// The decades by their names, from the twenties on.
const DECADES: [&str; 8] =
    ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];

/// The longest phrase, in words.
const MAX_WORDS: usize = 4;

/// The date in English. `None` if there is a word that no date has in Spanish.
pub(super) fn in_english(typed: &str) -> Option<String> {
    let even = typed.replace(['(', ')', '«', '»', '“', '”', '¿', '?', 'º', 'ª'], " ").replace(',', " , ");
    // "a. C.", "1.º"; but not "16.3.2020".
    let words = even.split_whitespace().map(|word| {
        match word.contains(|c: char| c.is_ascii_digit()) || word == "," {
            true => word.trim_end_matches('.').to_string(),
            false => fold(word),
        }
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut english: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (said, taken) =
            decade(&words[at..]).or_else(|| century(&words[at..])).or_else(|| phrase(&words[at..]))?;
        at += taken;
        match said.as_str() {
            "" => {}
            // A comma goes with the word before it.
            "," => english.iter_mut().last()?.push(','),
            _ => english.push(said),
        }
    }
    // A comma that nothing follows stood before words that are left out.
    let english = english.join(" ");
    Some(english.trim_end_matches(',').to_string()).filter(|it| !it.is_empty())
}

/// The longest phrase at the beginning, or a number: what it is in English, and how many words it has.
fn phrase(words: &[&str]) -> Option<(String, usize)> {
    for length in (1..=words.len().min(MAX_WORDS)).rev() {
        let said = words[..length].join(" ");
        if let Some((_, english)) = PHRASES.iter().find(|(spanish, _)| *spanish == said) {
            return Some(((*english).to_string(), length));
        }
    }
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '–' | '~' | '%' | '[' | ']');
    let first = words[0];
    (first == "," || first.chars().all(is_plain)).then(|| (first.to_string(), 1))
}

fn decade(words: &[&str]) -> Option<(String, usize)> {
    BEFORE_DECADES.iter().find_map(|before| {
        let length = before.split(' ').count();
        let name = words.get(length)?;
        let said = words[..length].join(" ");
        if said != *before {
            return None;
        }
        let is_decade = |it: &&&str| it.ends_with('0') && matches!(it.len(), 2 | 4);
        let number = Some(name).filter(is_decade).and_then(|it| it.parse::<u32>().ok());
        let named =
            || DECADES.iter().position(|it| it == name).and_then(|it| u32::try_from(20 + 10 * it).ok());
        Some((format!("{}s", number.or_else(named)?), length + 1))
    })
}

/// "Siglo XVI".
fn century(words: &[&str]) -> Option<(String, usize)> {
    let ["siglo", number, ..] = words else { return None };
    let number = number.parse().ok().or_else(|| roman(number)).filter(|it| (1..=99).contains(it))?;
    // The ending does not matter to who reads it.
    Some((format!("{number}th century"), 2))
}

/// A Roman numeral as centuries have them.
fn roman(text: &str) -> Option<u32> {
    let value = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let values: Vec<i32> = text.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, value)| match values.get(at + 1) {
        Some(next) if next > value => -value,
        _ => *value,
    });
    u32::try_from(signed.sum::<i32>()).ok()
}

#[cfg(test)]
mod tests {
    use super::in_english;
    use crate::article::date::parse_range;

    #[test]
    fn reads_dates_in_spanish_as_in_english() {
        for (spanish, english) in [
            ("principios de los noventa", "early 1990s"),
            ("a principios de los años noventa", "early 1990s"),
            ("finales de los 80", "late 1980s"),
            ("la década de 1990", "1990s"),
            ("los años 1920", "1920s"),
            ("mediados de los años setenta", "mid-1970s"),
            ("desde 2006", "since 2006"),
            ("a partir de 2006", "since 2006"),
            ("hasta 2012", "until 2012"),
            ("antes de 2000", "before 2000"),
            ("después del 16 de marzo de 2020", "after 16 March 2020"),
            ("entre 2015 y 2016", "between 2015 and 2016"),
            ("de 2006 a 2012", "2006 to 2012"),
            ("desde 2006 hasta 2012", "2006 to 2012"),
            ("del 1 al 5 de junio de 2020", "1 to 5 June 2020"),
            ("16 de marzo de 2020", "16 March 2020"),
            ("el lunes 16 de marzo de 2020", "16 March 2020"),
            ("1.º de enero de 2020", "1 January 2020"),
            ("julio de 2020", "July 2020"),
            ("otoño de 2021", "fall 2021"),
            ("el verano austral de 2021", "southern summer 2021"),
            ("la primera mitad de 2020", "the first half of 2020"),
            ("el segundo semestre de 2020", "the second half of 2020"),
            ("siglo XVI", "16th century"),
            ("finales del siglo XIX", "late 19th century"),
            ("principios de 2020", "early 2020"),
            ("44 a. C.", "44 BC"),
            ("15 de marzo de 44 a. C.", "15 March 44 BC"),
            ("de 58 a. C. a 50 a. C.", "58 BC to 50 BC"),
            ("79 d. C.", "AD 79"),
            ("1667, 1668 y de 1670 a 1672", "1667, 1668 and 1670 to 1672"),
            ("1667 o 1668", "1667 or 1668"),
            ("1667 o antes", "1667 or earlier"),
            ("hacia 1990", "about 1990"),
        ] {
            let days = parse_range(english);
            assert!(days.is_some(), "{english}");
            assert_eq!(parse_range(spanish), days, "{spanish}: {:?}", in_english(spanish));
        }
        for spanish in
            ["", "Paz", "los tres países", "principios de la amistad", "a", "de", "el 2020 2021", "mayo"]
        {
            assert_eq!(parse_range(spanish), None, "{spanish}: {:?}", in_english(spanish));
        }
    }
}
