//! The whole program in one function: reports in, facts and entities out.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::decision::{Decisions, Outcome, Ruling};
use crate::document::{Document, Skipped};
use crate::fact::{Extraction, Fact, extract};
use crate::gazetteer::Gazetteer;
use crate::graph::{Entity, KnowledgeGraph};
use crate::identity;
use crate::vocabulary::{EntityId, Kind, slug};

/// What reports gave.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// All facts, by report and place.
    pub facts: Vec<Fact>,
    /// All entities.
    pub entities: BTreeMap<EntityId, Entity>,
    /// The reports that were read.
    pub read: Vec<ReportInfo>,
    /// The reports that were not, and why.
    pub skipped: Vec<Skipped>,
    /// What the gazetteer lacks.
    pub unknown: Unknown,
    /// What became of each decision.
    pub decisions: Vec<Outcome>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Build {
    /// The graph of these facts.
    pub fn graph(&self) -> KnowledgeGraph {
        KnowledgeGraph::from_facts(&self.facts, &self.entities)
    }
}

/// A report that was read.
#[derive(Clone, Debug)]
pub struct ReportInfo {
    /// Its identifier.
    pub article: EntityId,
    /// The code of its language, `und` where none fits.
    pub language: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// Seen but unknown: text, in how many reports, and a sentence with it; the most frequent first.
#[derive(Clone, Debug, Default)]
pub struct Unknown {
    /// Names of people that the gazetteer does not hold.
    pub names: Vec<(String, usize, String)>,
    /// Title-like phrases that make no post of the vocabulary.
    pub titles: Vec<(String, usize, String)>,
}

/// How to build.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Number of threads; 0 for all cores. The result is the same for any number.
    pub threads: usize,
    /// What readers have decided.
    pub decisions: Decisions,
}

/// Reports in, facts and entities out; the stages in order.
///
/// ```
/// use chutoa::{document::Document, gazetteer::Gazetteer, pipeline};
/// let report = Document::new("1", "Mr Ngo Thanh Danh, Secretary of the Dak Nong Provincial Party Committee, chaired the 20th conference of the Provincial Party Committee.");
/// let build = pipeline::build(vec![report], Gazetteer::embedded(), &pipeline::Options::default());
/// assert_eq!(build.graph().count(chutoa::vocabulary::Kind::Event), 1);
/// ```
pub fn build(documents: Vec<Document>, gazetteer: &Gazetteer, options: &Options) -> Build {
    let started = Instant::now();
    let extractions: Vec<Extraction> = parallel(&documents, options.threads, |document| extract(document, gazetteer));
    let read = documents
        .iter()
        .zip(&extractions)
        .map(|(document, extraction)| ReportInfo {
            article: document.id.clone(),
            language: extraction.language.clone().unwrap_or_else(|| "und".to_string()),
            bytes: document.body.len(),
        })
        .collect();
    let mut unknown = Unknown {
        names: count(extractions.iter().map(|e| e.unknown_names.as_slice())),
        titles: count(extractions.iter().map(|e| e.unknown_titles.as_slice())),
    };
    // A name that is nobody's is not wanted in the gazetteer either.
    unknown.names.retain(|(name, ..)| {
        let id = EntityId::new(Kind::Person, &slug(name));
        !options.decisions.iter().any(|decision| decision.ruling == Ruling::NotAPerson(id.clone(), None))
    });
    let addresses = documents.iter().filter_map(|d| Some((d.id.clone(), d.url.clone()?))).collect();
    let resolved = identity::resolve(extractions, &addresses, gazetteer, &options.decisions);
    Build {
        facts: resolved.facts,
        entities: resolved.entities,
        read,
        skipped: Vec::new(),
        unknown,
        decisions: resolved.outcomes,
        elapsed: started.elapsed(),
    }
}

/// Maps documents on several threads (0 for all cores); the results are in the order of the documents.
pub fn parallel<T: Send>(documents: &[Document], threads: usize, work: impl Fn(&Document) -> T + Sync) -> Vec<T> {
    // Without a pool of its own (no more threads to be had) the work is done all the same.
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| documents.par_iter().map(&work).collect()),
        Err(_) => documents.iter().map(work).collect(),
    }
}

fn count<'a>(reports: impl Iterator<Item = &'a [(String, String)]>) -> Vec<(String, usize, String)> {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for report in reports {
        let mut seen: Vec<&str> = Vec::new();
        for (text, context) in report {
            if !seen.contains(&text.as_str()) {
                seen.push(text);
                let entry = counts.entry(text).or_insert((0, context));
                entry.0 += 1;
                entry.1 = entry.1.min(context);
            }
        }
    }
    let mut all: Vec<(String, usize, String)> =
        counts.into_iter().map(|(text, (count, context))| (text.to_string(), count, context.to_string())).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}
