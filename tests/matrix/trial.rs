//! What makes functions tests of this program. Each file ends with a list of its tests; a function that is not on
//! it is dead code, which the lints refuse.

use libtest_mimic::{Completion, Trial};

use crate::homeserver;

/// A test. It is ignored, with the reason, where no homeserver can run; in CI (`CI` is set) it fails there.
pub fn trial<F: Future<Output = ()> + 'static>(module: &str, name: &str, test: fn() -> F) -> Trial {
    let module = module.split_once("::").map_or(module, |(_, module)| module);
    Trial::ignorable_test(format!("{module}::{name}"), move || {
        if let Err(reason) = homeserver::available() {
            return match std::env::var_os("CI") {
                Some(_) => Err(reason.into()),
                None => Ok(Completion::ignored_with(reason)),
            };
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(test());
        Ok(Completion::Completed)
    })
}

/// The tests of a file, by the names of their functions.
macro_rules! trials {
    ($($name:ident),* $(,)?) => {
        pub fn trials() -> Vec<libtest_mimic::Trial> {
            vec![$($crate::trial::trial(module_path!(), stringify!($name), $name),)*]
        }
    };
}

pub(crate) use trials;
