//! What lines call an item: its id, with a mark where the id alone could mean another thing.

use std::collections::HashMap;

use crate::article::{Item, Kind};

/// The mark before an id, or an article's id and one (`id:us-mexico/paz`), where the id alone could mean another thing.
pub(super) const HANDLE: &str = "id:";

/// What a line calls each of a pack's items for a command of its kind, and for one of all kinds: its id, with a mark
/// where another thing is called so.
pub(super) fn handles(items: &[(i64, Item)]) -> Vec<(String, String)> {
    let mut owners: HashMap<String, Vec<(i64, Kind)>> = HashMap::new();
    for (row, item) in items {
        for name in item.called() {
            owners.entry(name.to_lowercase()).or_default().push((*row, item.kind()));
        }
    }
    // One command asks for actors and quotes, another for actors and articles.
    let family = |kind: Kind| match kind {
        Kind::Quote | Kind::Article => Kind::Actor,
        kind => kind,
    };
    let handle = |row: i64, item: &Item, counts: &dyn Fn(Kind) -> bool| {
        let mut owners = owners.get(&item.id().to_lowercase()).into_iter().flatten();
        match owners.any(|(other, kind)| *other != row && counts(*kind)) {
            true => format!("{HANDLE}{}", item.id()),
            false => item.id().to_string(),
        }
    };
    let both = |(row, item): &(i64, Item)| {
        let own = handle(*row, item, &|kind| family(kind) == family(item.kind()));
        (own, handle(*row, item, &|_| true))
    };
    items.iter().map(both).collect()
}
