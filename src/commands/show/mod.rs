//! What commands have in common: finding the thing that was meant, and showing items with their sources.

mod lookup;
mod paging;
mod present;
mod stated;

pub(super) use super::text::{capital, clean, count, cut};
pub(super) use lookup::{
    One, article, article_by_name, article_for, article_here, asking_for, elsewhere, finish_all, instead,
    label, not_found, note, one, one_as, readings, settle, with_choices,
};
pub(super) use paging::page;
pub(super) use present::{
    actor_names, actor_roles, article_title, confirmed_by, entries, entry, more, quotations, relations,
    source, sources, when, where_line,
};
pub(super) use stated::stated;
