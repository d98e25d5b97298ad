//! Relation words are what people type for a relation: its own name, or an everyday synonym.
//!
//! All of them stand in one table. A word that tells the relation from its other end (`cited by`) turns the pattern
//! round, so that answers always have the relation's own subject first.

use crate::vocabulary::Relation;

/// Which end of the relation the words before it name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Its subject: `who chaired what`.
    Forward,
    /// Its object: `what chaired by who`.
    Backward,
}

use Direction::{Backward, Forward};
use Relation::*;

/// Synonyms, sorted; `_` and `-` in what is typed count as a space.
const WORDS: &[(&str, Relation, Direction)] = &[
    ("absorbed into", MergedInto, Forward),
    ("adopted by", IssuedBy, Forward),
    ("appointed", ElectedTo, Forward),
    ("appointed as", ElectedTo, Forward),
    ("appointed to", ElectedTo, Forward),
    ("attend", Attended, Forward),
    ("attended", Attended, Forward),
    ("attended by", Attended, Backward),
    ("attends", Attended, Forward),
    ("authored", Wrote, Forward),
    ("became", ElectedTo, Forward),
    ("became part of", MergedInto, Forward),
    ("body", PostOf, Forward),
    ("by", IssuedBy, Forward),
    ("chair", Chaired, Forward),
    ("chaired by", Chaired, Backward),
    ("chairs", Chaired, Forward),
    ("cite", Cites, Forward),
    ("cited", Cites, Forward),
    ("cited by", Cites, Backward),
    ("cites document", Cites, Forward),
    ("co chaired", Chaired, Forward),
    ("convened by", OrganizedBy, Forward),
    ("dated", IssuedOn, Forward),
    ("dismissed from", Left, Forward),
    ("elected", ElectedTo, Forward),
    ("elected as", ElectedTo, Forward),
    ("former", Held, Forward),
    ("formerly", Held, Forward),
    ("gave a speech at", SpokeAt, Forward),
    ("had been", Held, Forward),
    ("has", Holds, Forward),
    ("held by", Holds, Backward),
    ("hold", Holds, Forward),
    ("hosted by", OrganizedBy, Forward),
    ("in", LocatedIn, Forward),
    ("is", Holds, Forward),
    ("issued", IssuedBy, Backward),
    ("leave", Left, Forward),
    ("leaves", Left, Forward),
    ("led", Chaired, Forward),
    ("located", LocatedIn, Forward),
    ("mention", Mentions, Forward),
    ("mentioned", Mentions, Forward),
    ("mentioned in", Mentions, Backward),
    ("mentions document", Cites, Forward),
    ("merged", MergedInto, Forward),
    ("merged with", MergedInto, Forward),
    ("merges into", MergedInto, Forward),
    ("of", PostOf, Forward),
    ("organised", OrganizedBy, Backward),
    ("organised by", OrganizedBy, Forward),
    ("organized", OrganizedBy, Backward),
    ("participated in", Attended, Forward),
    ("present at", Attended, Forward),
    ("preside", Chaired, Forward),
    ("preside over", Chaired, Forward),
    ("presided", Chaired, Forward),
    ("presided over", Chaired, Forward),
    ("presides", Chaired, Forward),
    ("presides over", Chaired, Forward),
    ("promoted to", ElectedTo, Forward),
    ("promulgated by", IssuedBy, Forward),
    ("references", Cites, Forward),
    ("refers to", Cites, Forward),
    ("resigned from", Left, Forward),
    ("retired from", Left, Forward),
    ("serves as", Holds, Forward),
    ("signed on", IssuedOn, Forward),
    ("speak", SpokeAt, Forward),
    ("speaks", SpokeAt, Forward),
    ("speaks at", SpokeAt, Forward),
    ("spoke", SpokeAt, Forward),
    ("spoke in", SpokeAt, Forward),
    ("spoken at by", SpokeAt, Backward),
    ("stepped down from", Left, Forward),
    ("took part in", Attended, Forward),
    ("took place in", HeldIn, Forward),
    ("took place on", HeldOn, Forward),
    ("was", Held, Forward),
    ("were", Held, Forward),
    ("write", Wrote, Forward),
    ("writes", Wrote, Forward),
    ("written by", Wrote, Backward),
];

/// The longest synonym has this many words.
pub const LONGEST: usize = 4;

/// The relation that a word or phrase means.
///
/// ```
/// use chutoa::query::{Direction, relation};
/// use chutoa::vocabulary::Relation;
/// assert_eq!(relation("Presided over"), Some((Relation::Chaired, Direction::Forward)));
/// assert_eq!(relation("spoke-at"), Some((Relation::SpokeAt, Direction::Forward)));
/// assert_eq!(relation("sang"), None);
/// ```
pub fn relation(text: &str) -> Option<(Relation, Direction)> {
    let phrase = normal(text);
    if let Ok(relation) = phrase.replace(' ', "_").parse() {
        return Some((relation, Forward));
    }
    let row = WORDS.binary_search_by(|(word, ..)| (*word).cmp(&phrase)).ok()?;
    Some((WORDS[row].1, WORDS[row].2))
}

/// The relation words nearest to a misspelt one, at most three.
pub fn nearest(text: &str) -> Vec<&'static str> {
    let phrase = normal(text);
    let limit = (phrase.chars().count() / 3).max(1);
    let words = Relation::ALL.map(Relation::name).into_iter().chain(WORDS.iter().map(|(word, ..)| *word));
    let mut near: Vec<(usize, &str)> = words
        .map(|word| (strsim::osa_distance(&phrase, &word.replace('_', " ")), word))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort();
    near.into_iter().map(|(_, word)| word).take(3).collect()
}

fn normal(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == '_' || c == '-').collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_no_row_shadows_a_relation() {
        assert!(WORDS.is_sorted_by(|a, b| a.0 < b.0), "rows must be sorted, each word once");
        for (word, relation, direction) in WORDS {
            assert_eq!(super::relation(word), Some((*relation, *direction)), "{word}");
            assert_eq!(normal(word), *word);
            assert!(word.split(' ').count() <= LONGEST, "{word}");
        }
    }

    #[test]
    fn every_relation_is_known_by_its_own_name() {
        for each in Relation::ALL {
            assert_eq!(relation(each.name()), Some((each, Forward)));
        }
    }
}
