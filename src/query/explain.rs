//! An explanation is the sentences behind an edge, with the words that carry it marked.
//!
//! A statement knows where in its report the words stand, but not their text. Whoever has it (the store keeps it)
//! passes it as [`Wordings`]; without it the names of the two entities are marked instead.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::gazetteer::Gazetteer;
use crate::graph::{Edge, Entity, KnowledgeGraph};
use crate::query::cue;
use crate::query::name::folded_words;
use crate::query::{Named, Query, QueryError, Quote};
use crate::vocabulary::{EntityId, Relation};

/// The words that carry a fact, by report and byte range, white space collapsed.
pub type Wordings = BTreeMap<(EntityId, u32, u32), String>;

/// An edge with all its sentences.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// From whom or what.
    pub subject: Named,
    /// The relation.
    pub relation: Relation,
    /// To whom or what.
    pub object: Named,
    /// Number of independent reports; none for what follows from identifiers and the gazetteer.
    pub reports: u32,
    /// The highest confidence of any sentence.
    pub confidence: f32,
    /// The sentences, sorted by report and place.
    pub sentences: Vec<MarkedQuote>,
    /// Why subject and object are what they are: merges, splits, and what readers decided.
    pub reasons: Vec<String>,
}

/// A sentence, and which of its bytes carry the fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkedQuote {
    /// The sentence and where it stands.
    #[serde(flatten)]
    pub quote: Quote,
    /// Byte ranges in the sentence, sorted, apart.
    pub marks: Vec<Range<usize>>,
    /// What the rule saw.
    pub meaning: &'static str,
    /// Why the confidence is what it is.
    pub confidence_reason: &'static str,
}

impl Explanation {
    /// Marks also the words that tell the relation, such as the verb beside the name of who chaired.
    pub fn mark_cues(&mut self, gazetteer: &Gazetteer) {
        for sentence in &mut self.sentences {
            cue::mark(sentence, self.relation, gazetteer);
        }
    }
}

/// What a rule sees, by its name.
fn meaning(rule: &str) -> &'static str {
    match rule {
        "apposition" => "a title beside a name",
        "apposition-list" => "a title in the list behind or before a name",
        "apposition-guessed" => "a title that does not say on which level its body is",
        "cue" => "a name in the clause of a word for chairing, speaking or attending",
        "role-only" => "a title that stands for the one person who has it in this report",
        "target" | "target-holds" => {
            "a name and the post that a word for electing, appointing or leaving gives or takes"
        }
        "left-own" => "a word for leaving behind a name and its own post",
        "re-elected" | "same-post" => "a word for electing again, and the post named before",
        "replaced" => "a word for taking somebody's place, and his post",
        "newly" => "a word for what is new, and the title and name behind it",
        "past" => "a verb in the past tense between a name and a post that touch it",
        "career" => "a list of posts held before",
        "header" | "header-list" => "a heading with a post, and the names below it",
        "pending-header" => "a heading that announces an election, and the names below it",
        "visitor" => "a name with a title in the sentence of a visit",
        "side-event" => "another meeting that the report speaks of",
        "place-name" => "a province named",
        "event-place" => "the place of the report's meeting",
        "event-body" => "the body whose meeting it was",
        "event-body-guessed" => "the body that holds such meetings by rule, where the report names no other oftener",
        "event-date" => "a day in the sentence of the meeting",
        "byline" => "a name where reports name their author",
        "document-number" => "a number of the form that documents have",
        "document-date" => "a day behind a document's number",
        "document-issuer" => "a body behind a document's number",
        "document-suffix" => "the letters of a document's number",
        "decision" => "a reader's decision, about words that were misread",
        _ => OTHER,
    }
}

/// What is known of a rule that is none of ours.
const OTHER: &str = "a rule of whoever wrote these facts";

/// Why a fact of a rule has its confidence.
fn confidence_reason(rule: &str) -> &'static str {
    match rule {
        "decision" => "a reader has read the sentence",
        _ if meaning(rule) == OTHER => "as whoever wrote these facts has it",
        _ => "how often, at least, facts of this rule and relation were right on annotated reports",
    }
}

/// The sentences behind every edge that fits a query, in the order of its answer.
///
/// # Errors
/// As [`Query::run`].
pub fn explain(graph: &KnowledgeGraph, query: &Query, wordings: &Wordings) -> Result<Vec<Explanation>, QueryError> {
    let answer = query.run(graph)?;
    let mut explanations = Vec::with_capacity(answer.rows.len());
    for row in answer.rows {
        let edges = graph.edges_of(&row.subject.id);
        let found = edges.into_iter().find(|(subject, edge, object)| {
            subject.id == row.subject.id && edge.relation == row.relation && object.id == row.object.id
        });
        let (subject, edge, object) = found.expect("rows are edges of this graph");
        explanations.push(Explanation {
            subject: row.subject,
            relation: row.relation,
            object: row.object,
            reports: row.reports,
            confidence: row.confidence,
            sentences: sentences(graph, subject, edge, object, wordings),
            reasons: [&subject.reasons[..], &object.reasons[..]].concat(),
        });
    }
    Ok(explanations)
}

fn sentences(
    graph: &KnowledgeGraph,
    subject: &Entity,
    edge: &Edge,
    object: &Entity,
    wordings: &Wordings,
) -> Vec<MarkedQuote> {
    edge.statements
        .iter()
        .map(|statement| {
            let quote = Quote::of(graph, statement);
            let key = (statement.article.clone(), quote.start, quote.end);
            let marks = match wordings.get(&key).and_then(|words| place(&quote.sentence, words)) {
                Some(range) => vec![range],
                None => mentions(&quote.sentence, &[subject, object]),
            };
            let (meaning, confidence_reason) = (meaning(&quote.rule), confidence_reason(&quote.rule));
            MarkedQuote { quote, marks, meaning, confidence_reason }
        })
        .collect()
}

fn place(sentence: &str, words: &str) -> Option<Range<usize>> {
    let start = sentence.find(words).filter(|_| !words.is_empty())?;
    Some(start..start + words.len())
}

/// Where a sentence names the entities, by any of their spellings.
fn mentions(sentence: &str, entities: &[&Entity]) -> Vec<Range<usize>> {
    let tokens: Vec<(Range<usize>, String)> = tokens(sentence);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for entity in entities {
        let spellings = [&entity.label, &entity.label_vi].into_iter().chain(&entity.names);
        let longest = spellings
            .map(|spelling| folded_words(spelling))
            .filter(|words| !words.is_empty() && tokens.windows(words.len()).any(|window| same(window, words)))
            .max_by_key(|words| words.len());
        let Some(words) = longest else { continue };
        let places = tokens.windows(words.len()).filter(|window| same(window, &words));
        marks.extend(places.map(|window| window[0].0.start..window[window.len() - 1].0.end));
    }
    cue::apart(marks)
}

fn same(window: &[(Range<usize>, String)], words: &[String]) -> bool {
    window.iter().map(|(_, token)| token).eq(words)
}

/// The words of a sentence, folded, with their bytes.
fn tokens(sentence: &str) -> Vec<(Range<usize>, String)> {
    let is_word = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (start, is_word(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let folded = folded_words(&sentence[from..at]).concat();
                tokens.push((from..at, folded));
                start = None;
            }
            _ => {}
        }
    }
    tokens
}
