//! A reprint: reports that tell the same, as translations and copies of one report do. They count as one source.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::Extraction;
use crate::vocabulary::{EntityId, Kind, Relation};

/// The fewest facts that make two reports comparable at all.
const FACTS: usize = 4;
/// The share of facts that two reports must have in common.
const SHARE: f32 = 0.75;
/// A translation may be shorter than the report: most of its facts are in that one, and half of all in both.
const TRANSLATED: (usize, f32, f32) = (5, 0.8, 0.5);
/// A copy may be cut: most of its sentences are in the other, letter by letter.
const COPIED: (usize, f32) = (2, 0.6);
/// A sentence that so many reports have is a phrase of the house.
const HOUSE: usize = 50;

/// Who did what to what; the report itself where it is the subject.
type Line<'a> = (Option<&'a EntityId>, Relation, &'a EntityId);

/// The group of each report that shares one: the smallest of its articles.
pub(super) fn groups(reports: &[Extraction]) -> BTreeMap<EntityId, String> {
    let lines: Vec<BTreeSet<Line<'_>>> = reports.iter().map(lines).collect();
    let sentences: Vec<BTreeSet<&str>> = reports.iter().map(sentences).collect();
    // Only reports that share an event are compared fact by fact, only those that share a sentence by sentences.
    let mut by_event: BTreeMap<&EntityId, BTreeSet<usize>> = BTreeMap::new();
    let mut by_sentence: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        let ids = report.facts.iter().flat_map(|f| [&f.subject, &f.object]);
        for event in ids.filter(|id| id.kind() == Kind::Event) {
            by_event.entry(event).or_default().insert(at);
        }
        sentences[at].iter().for_each(|sentence| by_sentence.entry(sentence).or_default().push(at));
    }
    let mut root: Vec<usize> = (0..reports.len()).collect();
    fn find(root: &mut [usize], at: usize) -> usize {
        let mut at = at;
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    let mut join = |a: usize, b: usize| {
        let (x, y) = (find(&mut root, a), find(&mut root, b));
        root[x.max(y)] = x.min(y);
    };
    for members in by_event.values() {
        let members: Vec<usize> = members.iter().copied().collect();
        for (place, a) in members.iter().enumerate() {
            for b in &members[place + 1..] {
                let translated = reports[*a].language != reports[*b].language;
                if tell_the_same(&lines[*a], &lines[*b], translated) {
                    join(*a, *b);
                }
            }
        }
    }
    let mut compared: BTreeSet<(usize, usize)> = BTreeSet::new();
    for members in by_sentence.values().filter(|members| members.len() <= HOUSE) {
        for (place, a) in members.iter().enumerate() {
            for b in &members[place + 1..] {
                if compared.insert((*a, *b)) && are_copies(&sentences[*a], &sentences[*b]) {
                    join(*a, *b);
                }
            }
        }
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for at in 0..reports.len() {
        *sizes.entry(find(&mut root, at)).or_default() += 1;
    }
    (0..reports.len())
        .filter_map(|at| {
            let group = find(&mut root, at);
            (sizes[&group] > 1).then(|| (reports[at].article.clone(), reports[group].article.path().to_string()))
        })
        .collect()
}

fn tell_the_same(a: &BTreeSet<Line<'_>>, b: &BTreeSet<Line<'_>>, translated: bool) -> bool {
    let shared = a.intersection(b).count();
    let (all, few) = (a.len() + b.len() - shared, a.len().min(b.len()));
    let share = |whole: usize| shared as f32 / whole.max(1) as f32;
    let (facts, own, both) = TRANSLATED;
    shared >= FACTS && share(all) >= SHARE || translated && shared >= facts && share(few) >= own && share(all) >= both
}

fn are_copies(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    let shared = a.intersection(b).count();
    let few = a.len().min(b.len());
    let (sentences, share) = COPIED;
    shared >= sentences && shared as f32 >= share * few as f32 || shared == a.len() && shared == b.len()
}

/// The sentences that state something, where they are long enough to be nobody else's.
fn sentences(report: &Extraction) -> BTreeSet<&str> {
    const LONG: usize = 40;
    let all = report.facts.iter().map(|fact| &*fact.evidence.sentence);
    all.filter(|sentence| sentence.chars().count() >= LONG).collect()
}

/// What a report states beyond where and when its event was, which two independent reports of it have in common.
fn lines(report: &Extraction) -> BTreeSet<Line<'_>> {
    let shared_by_all = [
        Relation::Mentions,
        Relation::Wrote,
        Relation::OrganizedBy,
        Relation::HeldIn,
        Relation::HeldOn,
        Relation::IssuedBy,
        Relation::IssuedOn,
    ];
    report
        .facts
        .iter()
        .filter(|f| !shared_by_all.contains(&f.relation))
        .map(|f| (Some(&f.subject).filter(|id| id.kind() != Kind::Article), f.relation, &f.object))
        .collect()
}
