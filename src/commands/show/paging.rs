//! Pages of long lists.

use crate::answer::{Answer, AnswerKind, ChoiceKind};
use crate::say;

use super::super::command::Context;
use super::super::line::write as line;
use super::super::problem::Problem;

/// One page of a list.
pub(in crate::commands) struct Page<'a, T> {
    pub items: &'a [T],
    pub number: usize,
    pub of: usize,
    /// How many there are before this page.
    pub before: usize,
}

/// Cuts a list into pages of `size`, and gives the one that was asked for.
pub(in crate::commands) fn page<'a, T>(
    context: &Context<'_>,
    all: &'a [T],
    size: usize,
) -> Result<Page<'a, T>, Problem> {
    let of = all.len().div_ceil(size).max(1);
    let number = context.page();
    if number > of {
        let answer = Answer::other(AnswerKind::NothingFound, say!("page-only", number = of));
        return Err(answer.choice(say!("page-last"), line::with_page(context.request, of)).into());
    }
    let before = (number - 1) * size;
    Ok(Page { items: &all[before..all.len().min(before + size)], number, of, before })
}

impl<T> Page<'_, T> {
    /// A title with the page in it, where there are several.
    pub fn title(&self, title: impl Into<String>) -> String {
        let title = title.into();
        match self.of {
            0 | 1 => title,
            of => say!("page-title", title = title, number = self.number, of = of),
        }
    }

    /// The answer with the choices to turn the page.
    pub fn turn(&self, context: &Context<'_>, mut answer: Answer) -> Answer {
        // The next page first, so that one number leads through all of them.
        if self.number < self.of {
            answer = answer.offer(
                ChoiceKind::Next,
                say!("page-next"),
                line::with_page(context.request, self.number + 1),
            );
        }
        if self.number > 1 {
            answer = answer.offer(
                ChoiceKind::Previous,
                say!("page-previous"),
                line::with_page(context.request, self.number - 1),
            );
        }
        answer
    }
}
