//! The real program against a real homeserver: a harness of its own, for only that can ignore a test when it runs.
//! docs/testing.md says what is tested where.

#![recursion_limit = "256"]

mod account;
#[path = "../common/mod.rs"]
mod common;
mod conversations;
mod homeserver;
mod rooms;
mod shared;
#[cfg(feature = "discord")]
#[path = "../standin/mod.rs"]
mod standin;
#[cfg(feature = "discord")]
mod together;
mod trial;
mod verification;

use std::process::ExitCode;

/// Tests at once. Most of them wait most of the time: for the homeserver, which they share, or for one another's end.
const TESTS_AT_ONCE: usize = 6;

fn main() -> ExitCode {
    let mut arguments = libtest_mimic::Arguments::from_args();
    arguments.test_threads.get_or_insert(TESTS_AT_ONCE);
    let mut trials = Vec::new();
    trials.extend(account::trials());
    trials.extend(conversations::trials());
    trials.extend(rooms::asking::trials());
    trials.extend(rooms::debates::trials());
    trials.extend(rooms::described_commands::trials());
    trials.extend(rooms::editors::trials());
    trials.extend(rooms::encryption::trials());
    trials.extend(rooms::harness::trials());
    trials.extend(rooms::languages::trials());
    trials.extend(rooms::moderators::trials());
    trials.extend(rooms::quizzes::trials());
    trials.extend(rooms::restarts::trials());
    trials.extend(rooms::trouble::trials());
    trials.extend(verification::trials());
    #[cfg(feature = "discord")]
    trials.extend(together::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
