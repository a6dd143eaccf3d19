//! What was read of a store, until something in it changes.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of answers from which all are forgotten.
const MAX_READS: usize = 10_000;

/// What a store has answered since its last change. In rooms where only messages come and go it answers everything.
#[derive(Debug, Default)]
pub struct Reads(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    answers: HashMap<String, Box<dyn Any + Send>>,
    /// The number of changes so far.
    changes: u64,
}

impl Reads {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a question. It is read only if it is not known.
    ///
    /// # Errors
    /// Reading failed.
    pub async fn through<T, E>(
        &self,
        question: String,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E>
    where
        T: Clone + Send + 'static,
    {
        let before = {
            let kept = self.lock();
            let known = kept.answers.get(&question);
            if let Some(known) = known.and_then(|known| known.downcast_ref::<T>()) {
                return Ok(known.clone());
            }
            kept.changes
        };
        let answer = read.await?;
        let mut kept = self.lock();
        // What was read while something changed may be of before or after.
        if kept.changes == before {
            if kept.answers.len() >= MAX_READS {
                kept.answers.clear();
            }
            kept.answers.insert(question, Box::new(answer.clone()));
        }
        Ok(answer)
    }

    /// Forgets everything, because something has changed.
    pub fn forget(&self) {
        let mut kept = self.lock();
        kept.changes += 1;
        kept.answers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(reads: &Reads, answer: u8) -> u8 {
        reads.through("question".into(), async { Ok::<_, ()>(answer) }).await.unwrap()
    }

    #[tokio::test]
    async fn an_answer_is_kept_until_something_changes() {
        let reads = Reads::default();
        assert_eq!(read(&reads, 1).await, 1);
        assert_eq!(read(&reads, 2).await, 1);
        reads.forget();
        assert_eq!(read(&reads, 3).await, 3);
        let failed = reads.through("other".into(), async { Err::<u8, _>(()) }).await;
        assert_eq!(failed, Err(()));
        assert_eq!(reads.through("other".into(), async { Ok::<_, ()>(4) }).await, Ok(4));
    }

    #[tokio::test]
    async fn what_is_read_during_a_change_is_not_kept() {
        let reads = Reads::default();
        let reading = reads.through("question".into(), async {
            reads.forget();
            Ok::<_, ()>(1)
        });
        assert_eq!(reading.await, Ok(1));
        assert_eq!(read(&reads, 2).await, 2);
    }

    #[tokio::test]
    async fn there_is_an_end_to_what_is_kept() {
        let reads = Reads::default();
        for number in 0..MAX_READS + 1 {
            reads.through(number.to_string(), async { Ok::<_, ()>(number) }).await.unwrap();
        }
        assert_eq!(reads.lock().answers.len(), 1);
    }
}
