//! `check --source`: a pack says what the text says, in many languages, and an editor is shown each fault once.

mod case;
mod generated;
mod marks;
mod small_pack;
mod speakers;
mod texts;
mod words;
