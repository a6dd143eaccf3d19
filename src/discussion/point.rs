//! Points that people make for and against a motion.

use std::cmp::Reverse;

/// The shortest point, in characters.
pub const MIN_POINT: usize = 20;

/// The longest point, in characters.
pub const MAX_POINT: usize = 400;

/// What is wrong with the words of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongPoint {
    /// It has fewer characters than [`MIN_POINT`].
    Short(usize),
    /// It has more than [`MAX_POINT`].
    Long(usize),
}

/// Checks the words of a point.
///
/// # Errors
/// They are too few or too many.
pub fn check_point(words: &str) -> Result<(), WrongPoint> {
    match words.trim().chars().count() {
        length if length < MIN_POINT => Err(WrongPoint::Short(length)),
        length if length > MAX_POINT => Err(WrongPoint::Long(length)),
        _ => Ok(()),
    }
}

/// What decides the order of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many support it.
    pub support: usize,
    /// Whether it has evidence from the text.
    pub has_evidence: bool,
    /// Its number: the order in which points were made.
    pub number: i64,
}

/// Puts points in order: what more people support first, then what has evidence, then what was said first.
pub fn best_first<P>(points: &mut [P], standing: impl Fn(&P) -> Standing) {
    points.sort_by_key(|point| {
        let Standing { support, has_evidence, number } = standing(point);
        (Reverse(support), !has_evidence, number)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_a_sentence_or_two() {
        assert_eq!(check_point("I think so."), Err(WrongPoint::Short(11)));
        // Spaces around it are no words of it.
        assert_eq!(check_point(&format!("  {}  ", "x".repeat(19))), Err(WrongPoint::Short(19)));
        assert_eq!(check_point(&"é".repeat(20)), Ok(()));
        assert_eq!(check_point(&"é".repeat(400)), Ok(()));
        assert_eq!(check_point(&"é".repeat(401)), Err(WrongPoint::Long(401)));
    }

    #[test]
    fn what_people_support_comes_first_and_then_what_has_evidence() {
        let mut points = [
            Standing { support: 1, has_evidence: false, number: 1 },
            Standing { support: 1, has_evidence: true, number: 3 },
            Standing { support: 2, has_evidence: false, number: 4 },
            Standing { support: 1, has_evidence: true, number: 2 },
        ];
        best_first(&mut points, |it| *it);
        assert_eq!(points.map(|it| it.number), [4, 2, 3, 1]);
    }
}
