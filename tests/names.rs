//! Names: pairs of spellings that are or are not of one name, and how often the library's comparison is right.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chutoa::gazetteer::Gazetteer;
use chutoa::identity::{Likeness, Spelling, compare};

struct Pair {
    kind: String,
    one: String,
    language: String,
    other: String,
    other_language: String,
    same: bool,
}

fn pairs() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names/pairs.tsv");
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().enumerate().skip(1).filter(|(_, line)| !line.starts_with('#'));
    rows.map(|(at, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, one, language, other, other_language, verdict] = cells[..] else {
            panic!("pairs.tsv:{}: six cells", at + 1)
        };
        assert!(matches!(verdict, "same" | "different"), "pairs.tsv:{}: `{verdict}`", at + 1);
        Pair {
            kind: kind.into(),
            one: one.into(),
            language: language.into(),
            other: other.into(),
            other_language: other_language.into(),
            same: verdict == "same",
        }
    })
    .collect()
}

/// A language that a pair names.
fn known(code: &str) -> Option<&str> {
    Some(code).filter(|code| !code.is_empty())
}

/// Floors: 98 in 100 pairs right, and never one name made of two that differ in their marks.
#[test]
fn pairs_are_told_apart_and_brought_together() {
    let pairs = pairs();
    assert!(pairs.len() >= 400, "{} pairs", pairs.len());
    let (mut joined, mut wrongly, mut missed, mut right) = (0, 0, 0, 0);
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut errors = String::new();
    let mut merged = String::new();
    for pair in &pairs {
        let one = Spelling { name: &pair.one, language: known(&pair.language) };
        let other = Spelling { name: &pair.other, language: known(&pair.other_language) };
        let there = compare(one, other, Gazetteer::embedded());
        let back = compare(other, one, Gazetteer::embedded());
        assert_eq!(there, back, "{} / {}: the order counts", pair.one, pair.other);
        let same = there != Likeness::Different;
        let kind = kinds.entry(&pair.kind).or_default();
        kind.1 += 1;
        match (pair.same, same) {
            (true, true) => joined += 1,
            (false, true) => wrongly += 1,
            (true, false) => missed += 1,
            (false, false) => {}
        }
        if pair.same == same {
            right += 1;
            kind.0 += 1;
        } else {
            let verdict = if pair.same { "is one name" } else { "is two names" };
            writeln!(errors, "  {}: {} / {} {verdict}, not {there:?}", pair.kind, pair.one, pair.other).unwrap();
            if !pair.same && matches!(&*pair.kind, "one mark" | "one mark, middle" | "one mark, family name" | "bar") {
                writeln!(merged, "  {} / {}", pair.one, pair.other).unwrap();
            }
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let accuracy = share(right, pairs.len());
    for (kind, (right, all)) in &kinds {
        println!("{right:4} of {all:4}  {kind}");
    }
    println!(
        "{} pairs: precision {:.3}, recall {:.3}, right {accuracy:.3}\n{errors}",
        pairs.len(),
        share(joined, joined + wrongly),
        share(joined, joined + missed),
    );
    assert!(merged.is_empty(), "differently marked names are one:\n{merged}");
    assert!(accuracy >= 0.98, "right {accuracy:.3}\n{errors}");
}

/// The floors catch a comparison that forgets marks, and one that brings nothing together.
#[test]
fn a_weaker_comparison_stays_below_the_floors() {
    let pairs = pairs();
    let right = |same: &dyn Fn(&Pair) -> bool| {
        pairs.iter().filter(|pair| same(pair) == pair.same).count() as f64 / pairs.len() as f64
    };
    let folded = right(&|pair| chutoa::text::fold(&pair.one) == chutoa::text::fold(&pair.other));
    let never = right(&|_| false);
    assert!(folded < 0.7 && never < 0.7, "{folded:.3} {never:.3}");
}
