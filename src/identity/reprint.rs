//! A reprint: reports that tell the same, as translations and copies of one report do. They count as one source.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::Extraction;
use crate::vocabulary::{EntityId, Kind, Relation};

/// The fewest facts that make two reports comparable at all.
const FACTS: usize = 4;
/// The share of facts that two reports must have in common.
const SHARE: f32 = 0.75;

type Line<'a> = (&'a EntityId, Relation, &'a EntityId);

/// The group of each report that shares one: the smallest of its articles.
pub(super) fn groups(reports: &[Extraction]) -> BTreeMap<EntityId, String> {
    let lines: Vec<BTreeSet<Line<'_>>> = reports.iter().map(lines).collect();
    // Only reports that share a chaired, spoken-at or attended event are compared.
    let mut by_event: BTreeMap<&EntityId, Vec<usize>> = BTreeMap::new();
    for (at, own) in lines.iter().enumerate() {
        let events: BTreeSet<&EntityId> =
            own.iter().flat_map(|(s, _, o)| [*s, *o]).filter(|id| id.kind() == Kind::Event).collect();
        for event in events {
            by_event.entry(event).or_default().push(at);
        }
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
    for members in by_event.values() {
        for (place, a) in members.iter().enumerate() {
            for b in &members[place + 1..] {
                let shared = lines[*a].intersection(&lines[*b]).count();
                let all = lines[*a].union(&lines[*b]).count();
                if shared >= FACTS && shared as f32 >= SHARE * all as f32 {
                    let (x, y) = (find(&mut root, *a), find(&mut root, *b));
                    root[x.max(y)] = x.min(y);
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

fn lines(report: &Extraction) -> BTreeSet<Line<'_>> {
    report
        .facts
        .iter()
        .filter(|f| !matches!(f.relation, Relation::Mentions | Relation::Cites | Relation::Wrote))
        .map(|f| (&f.subject, f.relation, &f.object))
        .collect()
}
