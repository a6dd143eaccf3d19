//! The end of a platform: what is under way is finished first.

use std::future::Future;
use std::time::Duration;

use tokio_util::task::TaskTracker;

/// How long commands under way may take once the program is to end.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// Waits until the tasks are done, at most [`DRAIN_TIMEOUT`], and gives the number of those that are not. `incoming`
/// starts further tasks meanwhile, if the platform still takes questions; it may end or not.
pub async fn drain(tasks: &TaskTracker, incoming: impl Future<Output = ()>) -> usize {
    tasks.close();
    let finished = async {
        tokio::select! {
            // What came in already counts as under way.
            biased;
            () = incoming => tasks.wait().await,
            () = tasks.wait() => {}
        }
    };
    match tokio::time::timeout(DRAIN_TIMEOUT, finished).await {
        Ok(()) => 0,
        Err(_) => tasks.len(),
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::{Instant, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_under_way_is_finished_and_what_hangs_is_left() {
        let tasks = TaskTracker::new();
        tasks.spawn(sleep(Duration::from_secs(3)));
        let began = Instant::now();
        let more = async {
            tasks.spawn(sleep(Duration::from_secs(5)));
        };
        assert_eq!(drain(&tasks, more).await, 0);
        assert_eq!(began.elapsed(), Duration::from_secs(5));
        tasks.spawn(pending::<()>());
        let began = Instant::now();
        assert_eq!(drain(&tasks, ready(())).await, 1);
        assert_eq!(began.elapsed(), DRAIN_TIMEOUT);
    }
}
