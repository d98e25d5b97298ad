//! Triples are the RDF of a graph, numbered and sorted three ways, so that any pattern is a range of one of the lists.
//!
//! Answers come in the order of these lists, which is that of the export: the same graph gives the same answer, also
//! where a query asks for no order.

use std::convert::Infallible;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use oxrdf::{Term, Triple};
use spareval::{InternalQuad, QueryableDataset};

/// The triples of a graph, ready to be asked.
#[derive(Default)]
pub struct Triples {
    terms: Vec<Term>,
    numbers: HashMap<Term, u32, FixedState>,
    /// Subject, predicate, object; and in the two other orders that begin with another of the three.
    by_subject: Vec<[u32; 3]>,
    by_predicate: Vec<[u32; 3]>,
    by_object: Vec<[u32; 3]>,
}

impl Triples {
    /// Adds a triple; [`Triples::sort`] must follow the last.
    pub(super) fn add(&mut self, triple: Triple) {
        let parts: [Term; 3] = [triple.subject.into(), triple.predicate.into(), triple.object];
        let numbers = parts.map(|term| self.number(term));
        self.by_subject.push(numbers);
    }

    pub(super) fn sort(&mut self) {
        let turned = |turn: fn([u32; 3]) -> [u32; 3], triples: &[[u32; 3]]| {
            let mut turned: Vec<[u32; 3]> = triples.iter().copied().map(turn).collect();
            turned.sort_unstable();
            turned
        };
        self.by_subject.sort_unstable();
        self.by_subject.dedup();
        self.by_predicate = turned(|[s, p, o]| [p, o, s], &self.by_subject);
        self.by_object = turned(|[s, p, o]| [o, s, p], &self.by_subject);
    }

    fn number(&mut self, term: Term) -> u32 {
        if let Some(number) = self.numbers.get(&term) {
            return *number;
        }
        let number = u32::try_from(self.terms.len()).expect("fewer terms than memory has room for");
        self.terms.push(term.clone());
        self.numbers.insert(term, number);
        number
    }

    /// The triples of a pattern, as (subject, predicate, object).
    fn matching(&self, pattern: [Option<u32>; 3]) -> impl Iterator<Item = [u32; 3]> + use<'_> {
        type Turn = fn([u32; 3]) -> [u32; 3];
        let (list, key, back): (&[[u32; 3]], [Option<u32>; 3], Turn) = match pattern {
            [s, p, o] if s.is_some() && (p.is_some() || o.is_none()) => (&self.by_subject, [s, p, o], |t| t),
            [s, p, o] if p.is_some() => (&self.by_predicate, [p, o, s], |[p, o, s]| [s, p, o]),
            [s, p, o] if o.is_some() => (&self.by_object, [o, s, p], |[o, s, p]| [s, p, o]),
            all => (&self.by_subject, all, |t| t),
        };
        let known: Vec<u32> = key.into_iter().map_while(|number| number).collect();
        let start = list.partition_point(|triple| triple[..known.len()] < known[..]);
        let length = list[start..].partition_point(|triple| triple[..known.len()] == known[..]);
        list[start..start + length].iter().copied().map(back)
    }
}

/// A term of the triples, or one that a query made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Value {
    Known(u32),
    Made(Box<Term>),
}

/// Triples as the evaluator takes them: the default graph, beside which there is no other.
#[derive(Clone, Copy)]
pub(super) struct Source<'a>(pub &'a Triples);

impl<'a> QueryableDataset<'a> for Source<'a> {
    type InternalTerm = Value;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Value>,
        predicate: Option<&Value>,
        object: Option<&Value>,
        graph: Option<Option<&Value>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Value>, Infallible>> + use<'a> {
        let parts = [subject, predicate, object];
        // What a query made stands in no triple.
        let is_there = graph == Some(None) && !parts.iter().any(|part| matches!(part, Some(Value::Made(_))));
        let pattern = parts.map(|part| match part {
            Some(Value::Known(number)) => Some(*number),
            _ => None,
        });
        let Source(triples) = *self;
        is_there.then(|| triples.matching(pattern)).into_iter().flatten().map(|numbers| {
            let [subject, predicate, object] = numbers.map(Value::Known);
            Ok(InternalQuad { subject, predicate, object, graph_name: None })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Value, Infallible> {
        Ok(match self.0.numbers.get(&term) {
            Some(number) => Value::Known(*number),
            None => Value::Made(Box::new(term)),
        })
    }

    fn externalize_term(&self, value: Value) -> Result<Term, Infallible> {
        Ok(match value {
            Value::Known(number) => self.0.terms[number as usize].clone(),
            Value::Made(term) => *term,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNode;

    #[test]
    fn every_pattern_finds_what_looking_at_all_finds() {
        let node = |i: u32| NamedNode::new_unchecked(format!("urn:{i}"));
        let mut triples = Triples::default();
        let all: Vec<[u32; 3]> = (0..60).map(|i| [i * 7 % 5, i * 3 % 4, i * 11 % 6]).collect();
        for &[s, p, o] in all.iter().chain(&all) {
            triples.add(Triple::new(node(s), node(p), node(o)));
        }
        triples.sort();
        let number = |i: u32| triples.numbers[&Term::from(node(i))];
        let parts = |part: u32| (0..6).map(move |i| Some((part, i))).chain([None]);
        for (s, p, o) in parts(0).flat_map(|s| parts(1).flat_map(move |p| parts(2).map(move |o| (s, p, o)))) {
            let pattern = [s, p, o].map(|part| part.map(|(_, i)| number(i)));
            let mut found: Vec<[u32; 3]> = triples.matching(pattern).collect();
            let fits = |t: &&[u32; 3]| t.iter().zip(pattern).all(|(term, wanted)| wanted.is_none_or(|w| w == *term));
            let mut expected: Vec<[u32; 3]> = triples.by_subject.iter().filter(fits).copied().collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{pattern:?}");
        }
        assert_eq!(triples.matching([None; 3]).count(), triples.by_subject.len());
    }
}
