//! The layout: which lines of an answer are in which part, and which reaction each of them has.

use std::collections::HashMap;

use crate::answer::ChoiceKind;
use crate::chat::matrix::reaction_action::{KEYS, YES};

use super::draft::Piece;

/// Distributes lines over as many parts as they need, at least one. A part is a list of places in `pieces`.
pub fn parts(pieces: &[Piece], room: usize) -> Vec<Vec<usize>> {
    let mut parts = vec![Vec::new()];
    let mut used = 0;
    let mut put = |at: usize, cost: usize, wanted: usize| {
        if used + wanted > room && used > 0 {
            parts.push(Vec::new());
            used = 0;
        }
        used += cost;
        if let Some(part) = parts.last_mut() {
            part.push(at);
        }
    };
    let places: Vec<usize> = (0..pieces.len()).collect();
    for group in places.chunk_by(|one, other| pieces[*one].group == pieces[*other].group) {
        let whole: usize = group.iter().map(|at| pieces[*at].cost()).sum();
        for (number, at) in group.iter().enumerate() {
            let cost = pieces[*at].cost();
            // The first line of a group needs room for all of it, if any part can hold it.
            put(*at, cost, if number == 0 && whole <= room { whole } else { cost });
        }
    }
    parts
}

/// The lines of an answer that has only one part: its beginning, its source, and its first choices.
pub fn beginning(pieces: &[Piece], ends: usize, room: usize) -> Vec<usize> {
    let mut used = 0;
    let mut take = |at: &usize, max: usize| {
        used += pieces[*at].cost();
        used <= max
    };
    let kept: Vec<usize> = (ends..pieces.len()).take_while(|at| take(at, room / 2)).collect();
    let mut used: usize = kept.iter().map(|at| pieces[*at].cost()).sum();
    let mut shown = Vec::new();
    'groups: for group in (0..ends).collect::<Vec<_>>().chunk_by(|a, b| pieces[*a].group == pieces[*b].group)
    {
        let whole: usize = group.iter().map(|at| pieces[*at].cost()).sum();
        // A group that no part can hold is begun here.
        if used + whole > room && whole <= room && !shown.is_empty() {
            break;
        }
        for at in group {
            used += pieces[*at].cost();
            if used > room {
                break 'groups;
            }
            shown.push(*at);
        }
    }
    shown.extend(kept);
    shown
}

/// The reactions of a part, by command line: choices before list items where there are too many, and all in reading
/// order. The choice that confirms has a reaction of its own. What nobody else may see has none: all see reactions.
pub fn keys<'a>(shown: &[&'a Piece]) -> HashMap<&'a str, &'static str> {
    let offered = || {
        let those = shown.iter().filter_map(|piece| Some((piece.choice, piece.action.as_ref()?)));
        let those = those.filter(|(_, (_, kind))| *kind != ChoiceKind::Secret);
        those.map(|(choice, (line, kind))| (choice, line.as_str(), *kind))
    };
    let mut keys: HashMap<&str, &'static str> = HashMap::new();
    if let Some((_, line, _)) = offered().find(|(_, _, kind)| *kind == ChoiceKind::Confirm) {
        keys.insert(line, YES);
    }
    let mut taken: Vec<&str> = Vec::new();
    for wanted in [true, false] {
        for (_, line, kind) in offered().filter(|(choice, ..)| *choice == wanted) {
            // Only its own key confirms, never a number.
            let is_free = kind != ChoiceKind::Confirm && !keys.contains_key(line);
            if is_free && taken.len() < KEYS.len() && !taken.contains(&line) {
                taken.push(line);
            }
        }
    }
    let mut numbers = KEYS.into_iter();
    for (_, line, _) in offered() {
        if taken.contains(&line)
            && !keys.contains_key(line)
            && let Some(key) = numbers.next()
        {
            keys.insert(line, key);
        }
    }
    keys
}
