//! The sync token: it is stored only when everything before it was answered, so that the homeserver repeats what a
//! crash leaves unanswered.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::commands::World;

/// A sync, and the number of its items that are still to be answered.
#[derive(Debug)]
struct Batch {
    number: u64,
    /// The token at its end; none while that is not known.
    token: Option<String>,
    left: usize,
}

#[derive(Debug, Default)]
struct Open {
    batches: VecDeque<Batch>,
    next: u64,
}

impl Open {
    /// The token of the last of the syncs at the beginning that are all answered.
    fn closed(&mut self) -> Option<String> {
        let mut reached = None;
        while let Some(batch) = self.batches.pop_front_if(|batch| batch.left == 0 && batch.token.is_some()) {
            reached = batch.token;
        }
        reached
    }
}

/// The syncs that are not completely answered yet.
#[derive(Debug)]
pub(super) struct Ledger {
    open: Mutex<Open>,
    reached: watch::Sender<Option<String>>,
    /// The number of items of all syncs that are still to be answered.
    left: watch::Sender<usize>,
}

/// One item to answer. It counts as answered when [`answered`](Due::answered) is called, or when answering it panicked:
/// it would panic again. What is only interrupted, at the end of the program, does not count.
#[derive(Debug)]
pub(super) struct Due {
    ledger: Arc<Ledger>,
    number: u64,
    is_answered: bool,
}

impl Due {
    /// Marks it as answered, or as needing no answer.
    pub fn answered(mut self) {
        self.is_answered = true;
    }
}

impl Drop for Due {
    fn drop(&mut self) {
        self.ledger.left.send_modify(|left| *left = left.saturating_sub(1));
        if !self.is_answered && !std::thread::panicking() {
            return;
        }
        let mut open = self.ledger.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(batch) = open.batches.iter_mut().find(|batch| batch.number == self.number) {
            batch.left = batch.left.saturating_sub(1);
        }
        self.ledger.reach(&mut open);
    }
}

impl Ledger {
    /// A ledger, and the task that stores its token; it ends when the ledger is dropped.
    pub fn new(world: Arc<World>, account: String) -> (Arc<Ledger>, JoinHandle<()>) {
        let (reached, mut changes) = watch::channel(None::<String>);
        let keeping = tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let token = changes.borrow_and_update().clone();
                if let Err(error) = world.community.keep_heard::<()>(&account, token.as_deref(), &[]).await {
                    tracing::error!(%error, "the sync token can't be stored");
                }
            }
        });
        (Arc::new(Ledger { open: Mutex::default(), reached, left: watch::Sender::new(0) }), keeping)
    }

    /// Opens a sync with `count` items to answer. [`ends`](Ledger::ends) says where it ends.
    pub fn open(self: &Arc<Ledger>, count: usize) -> Vec<Due> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let number = open.next;
        open.next += 1;
        open.batches.push_back(Batch { number, token: None, left: count });
        self.left.send_modify(|left| *left += count);
        (0..count).map(|_| Due { ledger: Arc::clone(self), number, is_answered: false }).collect()
    }

    /// Closes all syncs so far: they end at this token, or before it.
    pub fn ends(&self, token: &str) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for batch in open.batches.iter_mut().rev().take_while(|batch| batch.token.is_none()) {
            batch.token = Some(token.into());
        }
        self.reach(&mut open);
    }

    /// Waits until nothing is left to answer.
    pub async fn answered(&self) {
        // The sender is ours, so it is not closed.
        let _ = self.left.subscribe().wait_for(|left| *left == 0).await;
    }

    fn reach(&self, open: &mut Open) {
        if let Some(token) = open.closed() {
            self.reached.send_replace(Some(token));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_counts_when_all_before_it_is_answered() {
        let (reached, stored) = watch::channel(None);
        let ledger = Arc::new(Ledger { open: Mutex::default(), reached, left: watch::Sender::new(0) });
        let token = || stored.borrow().clone();
        let open = |token, count| {
            let due = ledger.open(count);
            ledger.ends(token);
            due
        };
        drop(open("a", 0));
        assert_eq!(token().as_deref(), Some("a"));
        let mut first = open("b", 2);
        let second = open("c", 1);
        drop(open("d", 0));
        second.into_iter().for_each(Due::answered);
        assert_eq!(token().as_deref(), Some("a"), "b is not answered");
        first.pop().unwrap().answered();
        assert_eq!(token().as_deref(), Some("a"), "b is answered by half");
        first.pop().unwrap().answered();
        assert_eq!(token().as_deref(), Some("d"));
        // What is answered before it is known where its sync ends.
        ledger.open(1).into_iter().for_each(Due::answered);
        assert_eq!(token().as_deref(), Some("d"));
        ledger.ends("e");
        assert_eq!(token().as_deref(), Some("e"));
        drop(open("f", 1));
        drop(open("g", 0));
        assert_eq!(token().as_deref(), Some("e"), "f was broken off");
    }
}
