//! A known person: a row of the table of people.

use super::Gazetteer;

/// A person known to hold or have held a post.
#[derive(Clone, Debug)]
pub struct KnownPerson {
    /// The name with its marks.
    pub name: String,
    /// The province of the post, empty for a central one.
    pub place: String,
    /// The last year, month or day for which the table has the person.
    pub observed: String,
}

impl Gazetteer {
    /// Whether a name is only that of somebody of the last century, in whose honour things are named and places visited.
    pub(crate) fn is_historic(&self, name: &str) -> bool {
        let known = self.people(name);
        !known.is_empty() && known.iter().all(|k| !k.observed.is_empty() && k.observed.as_str() < "2000")
    }
}
