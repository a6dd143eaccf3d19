//! How long it takes from the start of the program to the answer of `ask`, with the library already
//! built, and how much memory an idle prompt has.
//!
//! `cargo bench --bench start`. The table is written to `target/bench/start.md` too.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generate;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use generate::Generator;
use generate::library::{self, Size};

const TIMES: usize = 100;

fn main() {
    // `cargo test --benches` must not build libraries.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let generator = Generator::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut table = String::from(
        "| Library | `ask` p50 | `ask` p99 | idle prompt, nothing asked | idle prompt, after an answer |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for size in [Size::First, Size::Articles(100), Size::Articles(10_000)] {
        drop(runtime.block_on(size.open(&generator)));
        let mut starts = Histogram::<u64>::new(3).unwrap();
        for time in 0..=TIMES {
            let started = Instant::now();
            let output = program(size, &generator).args(["ask", "/quote Paz"]).output().unwrap();
            let took = started.elapsed();
            assert!(matches!(output.status.code(), Some(0 | 1)) && !output.stdout.is_empty(), "{output:?}");
            // The first start fills the caches.
            if time > 0 {
                starts.record(u64::try_from(took.as_nanos()).unwrap()).unwrap();
            }
        }
        let (before, after) = idle(size, &generator);
        let ms = |part: f64| starts.value_at_quantile(part) as f64 / 1e6;
        writeln!(
            table,
            "| {size} | {:.1} ms | {:.1} ms | {before:.1} MB | {after:.1} MB |",
            ms(0.5),
            ms(0.99)
        )
        .unwrap();
    }
    println!("{table}");
    std::fs::write(library::folder().join("start.md"), table).unwrap();
}

fn program(size: Size, generator: &Generator) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.env("RAPPORTEUR_LIBRARY_PACKS", size.packs(generator)).arg("--data").arg(size.data());
    command
}

/// The resident memory, in MB, of a prompt that waits: before anything was asked, and after an answer.
fn idle(size: Size, generator: &Generator) -> (f64, f64) {
    let mut child =
        program(size, generator).arg("chat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let before = resident(child.id());
    let mut input = child.stdin.as_ref().unwrap();
    input.write_all(b"/quote Paz\n").unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let after = resident(child.id());
    drop(child.stdin.take());
    child.wait().unwrap();
    (before, after)
}

fn resident(id: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0 / 1e6
}
