//! What people mean by what they type, on small packs of several languages and on the first article: a name, an alias
//! or whole words of them are answered; what is merely near is offered, or told.

mod choices;
mod names;
mod small_packs;
mod words;
