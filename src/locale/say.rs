//! The macro that says a message.

/// A message of the catalogue in the current language: `say!("quotes-of", name = actor.title)`. An argument is words
/// or a number.
#[macro_export]
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::locale::fill($key, &[$((stringify!($name), $crate::locale::Fill::value(&$value))),*])
    };
}
