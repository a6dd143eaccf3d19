//! The help of the command line, in the language of who reads it.

use clap::{Arg, ArgAction, Command};

use rapporteur::locale::text;
use rapporteur::say;

/// The same command line with its help from the catalogue: `cli-check` is what `check` does, `cli-check-source` what
/// its option `--source` is.
pub fn localized(command: Command) -> Command {
    let help =
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say!("cli-help")).global(true);
    let command = command.disable_help_flag(true).disable_help_subcommand(true).arg(help);
    let version =
        Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say!("cli-version"));
    below(command.disable_version_flag(true).arg(version), "cli")
}

fn below(command: Command, key: &str) -> Command {
    let template =
        format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", say!("cli-usage"));
    let command = command
        .help_template(template)
        .about(text(key))
        .subcommand_help_heading(&*say!("cli-commands").leak())
        .mut_args(|arg| described(arg, key));
    command.mut_subcommands(|it| {
        let key = format!("{key}-{}", it.get_name());
        below(it, &key)
    })
}

fn described(arg: Arg, key: &str) -> Arg {
    let heading: &'static str =
        if arg.is_positional() { say!("cli-arguments").leak() } else { say!("cli-options").leak() };
    let arg = arg.help_heading(heading);
    // Those of the program as a whole have theirs.
    if arg.get_id() == "help" || arg.get_id() == "version" {
        return arg;
    }
    let help = text(&format!("{key}-{}", arg.get_id()));
    arg.help(help)
}
