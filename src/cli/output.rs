//! What the program prints, and the exit code that follows from an answer.

use std::io::Write;
use std::process::ExitCode;

use rapporteur::answer::{Answer, AnswerKind};
use rapporteur::article::Diagnostic;
use rapporteur::chat::terminal;

/// Prints to standard output.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints an answer to standard output.
pub fn print_answer(answer: &Answer) -> std::io::Result<()> {
    print(&terminal::show(answer))
}

/// Prints to standard error what happened on the way to an answer.
pub fn show_answer(answer: &Answer) {
    anstream::eprintln!("{}", terminal::render(answer, terminal::width()));
}

/// Prints diagnostics to standard error, each with its place.
pub fn show(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        anstream::eprintln!("{}\n", diagnostic.render());
    }
}

/// Says on standard error how the program is used, and gives the exit code for that.
pub fn wrong_usage(message: &str) -> ExitCode {
    anstream::eprintln!("rapporteur: {message}");
    ExitCode::from(2)
}

/// The exit code for an answer.
pub fn code(answer: &Answer) -> ExitCode {
    ExitCode::from(match answer.kind {
        AnswerKind::Found => 0,
        AnswerKind::NothingFound => 1,
        AnswerKind::WrongUsage => 2,
        AnswerKind::Refused | AnswerKind::Failed => 3,
    })
}
