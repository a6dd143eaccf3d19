//! `/status`: which revision answers, how much it holds, and how the program is.

use crate::answer::{Answer, Part};
use crate::say;

use super::caller::Role;
use super::command::{Command, Context};
use super::parts::{parts, slot};
use super::problem::Problem;
use super::show::number_of_kind;

pub(super) const COMMAND: Command =
    Command::new("status", |context| Box::pin(run(context))).examples(&["status"]).role(Role::Editor);

pub(super) async fn run(context: &Context<'_>) -> Result<Answer, Problem> {
    let world = context.world;
    let current = world.community.current().await?;
    let text = |text: String| vec![Part::Text(text)];
    let mut revision = text(say!("status-none"));
    let (mut library_size, mut holds) = (String::new(), String::new());
    if let (Some(library), Some(current)) = (&context.library, &current) {
        let made = [Part::Time(current.made_at), Part::Person(current.made_by.clone())];
        let made_by =
            say!("status-revision-made", revision = library.revision(), at = slot(0), who = slot(1));
        revision = parts(&made_by, &made);
        library_size = size(world.store.bytes(library.revision()).unwrap_or(0));
        let counts = library.counts(None).await?;
        let counts: Vec<String> =
            counts.iter().map(|(kind, number)| number_of_kind(*kind, *number)).collect();
        holds = counts.join(", ");
    }
    let up = world.clock.now().duration_since(world.started);
    let further = [
        (say!("article-holds"), holds),
        (say!("status-library"), library_size),
        (say!("status-community"), size(world.community.bytes().await?)),
        (say!("status-up"), uptime(up.as_secs())),
        (say!("status-version"), env!("CARGO_PKG_VERSION").into()),
    ];
    let further = further.into_iter().filter(|(_, value)| !value.is_empty());
    let further = further.map(|(name, value)| (text(name), text(value)));
    let facts = [(text(say!("status-revision")), revision)].into_iter().chain(further);
    Ok(Answer::found(say!("status-title")).facts(facts.collect()).private())
}

/// A time of the database as people read it, in UTC.
pub(super) fn time(milliseconds: i64) -> String {
    Part::Time(milliseconds).plain()
}

/// A size as people read it.
pub(super) fn size(bytes: i64) -> String {
    let bytes = bytes as f64;
    match bytes {
        b if b < 1024.0 => format!("{b:.0} B"),
        b if b < 1024.0 * 1024.0 => format!("{:.0} KiB", b / 1024.0),
        b if b < 1024.0 * 1024.0 * 1024.0 => format!("{:.1} MiB", b / 1024.0 / 1024.0),
        b => format!("{:.1} GiB", b / 1024.0 / 1024.0 / 1024.0),
    }
}

fn uptime(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}
