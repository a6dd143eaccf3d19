//! What commands have in common: finding the thing that was meant, and showing items with their sources.

mod few;
mod lookup;
mod paging;
mod present;
mod stated;

pub(super) use super::text::{clean, cut, kind_word, means_all};
pub(super) use few::{List, few, list_option, number_of, number_of_kind, or_all, whole_list};
pub(super) use lookup::{
    One, Sought, article, article_by_name, article_for, article_here, asking_for, elsewhere, finish_all,
    instead, label, not_found, note, one, one_as, readings, settle, with_choices,
};
pub(super) use paging::page;
pub(super) use present::{
    actor_names, actor_roles, article_title, author, confirmed_by, dated_entry, entries, entry,
    line_in_article, more, passage, quotations, relations, source, sources, when, where_line,
};
pub(super) use stated::stated;
