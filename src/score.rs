//! A score is how far a program's facts agree with gold facts: right, wrong and missed for each relation.
//!
//! In go two lists of [`Line`]s; out comes a [`Score`], whose `Display` is the table. Facts about articles that the
//! gold does not hold are ignored. `optional` gold facts are neither missed nor wrong. A `?` segment in a gold
//! identifier stands for any one segment. Events are aligned inside an article first, by shared people or dates, so
//! that a differently named event costs one error in the row `event identity`, not one for each of its facts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::fact::Fact;

/// A fact as a line of a file: identifiers as they stand there, well-formed or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Line {
    /// The article's own id, without `article:`.
    pub article: String,
    /// From whom or what.
    pub subject: String,
    /// The relation.
    pub relation: String,
    /// To whom or what.
    pub object: String,
}

/// Whether a gold fact has to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Demand {
    /// Missed where it is not stated.
    Required,
    /// Right where it is stated, not missed where it is not.
    Optional,
}

impl From<&Fact> for Line {
    fn from(fact: &Fact) -> Line {
        Line {
            article: fact.article.path().to_string(),
            subject: fact.subject.to_string(),
            relation: fact.relation.name().to_string(),
            object: fact.object.to_string(),
        }
    }
}

/// Reads tab-separated lines: article, subject, relation, object[, status]. A header, empty lines and lines that
/// open with `#` are skipped; columns after the fifth are ignored. `name` is for messages.
///
/// # Errors
/// A line of fewer than four columns.
pub fn read(name: &str, text: &str) -> Result<Vec<(Line, Demand)>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [article, subject, relation, object, rest @ ..] = &columns[..] else {
            let problem = format!("expected 4 tab-separated columns, got {}: {line:?}", columns.len());
            return Err(Error::row(name, number + 1, problem, "write article, subject, relation, object"));
        };
        if [*article, *subject, *relation, *object] == ["article", "subject", "relation", "object"] {
            continue;
        }
        if IGNORED.contains(relation) {
            continue;
        }
        let demand = if rest.first() == Some(&"optional") { Demand::Optional } else { Demand::Required };
        let [article, subject, relation, object] = [article, subject, relation, object].map(|c| c.to_string());
        lines.push((Line { article, subject, relation, object }, demand));
    }
    Ok(lines)
}

/// Relations that follow from the gazetteer alone.
const IGNORED: [&str; 1] = ["merged_into"];

/// The row of events that were found under another name.
const EVENT_IDENTITY: &str = "event identity";

/// How many facts of a row are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Stated, and required by the gold.
    pub right: usize,
    /// Stated, and not in the gold.
    pub wrong: usize,
    /// Required by the gold, and not stated.
    pub missed: usize,
    /// Stated, and optional in the gold.
    pub optional: usize,
}

impl Tally {
    /// Share of right facts among those stated; 1 where none is stated.
    pub fn precision(&self) -> f64 {
        share(self.right, self.wrong)
    }

    /// Share of right facts among those required; 1 where none is required.
    pub fn recall(&self) -> f64 {
        share(self.right, self.missed)
    }

    /// Harmonic mean of the two; 0 where both are 0.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

fn share(right: usize, other: usize) -> f64 {
    if right + other == 0 { 1.0 } else { right as f64 / (right + other) as f64 }
}

/// What kind of error a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Required and not stated.
    Missed,
    /// An event stated under another name.
    Renamed,
    /// Stated and not in the gold.
    Wrong,
}

impl Fault {
    fn name(self) -> &'static str {
        match self {
            Fault::Missed => "missed",
            Fault::Renamed => "renamed",
            Fault::Wrong => "wrong",
        }
    }
}

/// One error: the fault and the fact; of a renamed event its name, `event identity`, and the gold's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// What is amiss.
    pub fault: Fault,
    /// With which fact.
    pub line: Line,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { article, subject, relation, object } = &self.line;
        write!(f, "{}\t{article}\t{subject}\t{relation}\t{object}", self.fault.name())
    }
}

/// The figures by relation, and every error.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// One row a relation that occurs, and one for the identity of events.
    pub rows: BTreeMap<String, Tally>,
    /// Sorted by article, fault and relation.
    pub mistakes: Vec<Mistake>,
}

impl Score {
    /// All rows together.
    pub fn all(&self) -> Tally {
        self.rows.values().fold(Tally::default(), |sum, row| Tally {
            right: sum.right + row.right,
            wrong: sum.wrong + row.wrong,
            missed: sum.missed + row.missed,
            optional: sum.optional + row.optional,
        })
    }

    /// All rows together, with optional facts counted as wrong.
    pub fn strict(&self) -> Tally {
        let all = self.all();
        Tally { wrong: all.wrong + all.optional, optional: 0, ..all }
    }

    fn row(&mut self, name: &str) -> &mut Tally {
        self.rows.entry(name.to_string()).or_default()
    }

    fn mistake(&mut self, fault: Fault, line: Line) {
        self.mistakes.push(Mistake { fault, line });
    }
}

/// The table of figures, without the errors.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:16} {:>6} {:>6} {:>6} {:>8}   {:>6} {:>6} {:>6}",
            "relation", "right", "wrong", "missed", "optional", "P", "R", "F1"
        )?;
        let rows = self.rows.iter().map(|(name, row)| (name.as_str(), *row));
        for (name, row) in rows.chain([("STRICT", self.strict()), ("ALL", self.all())]) {
            let Tally { right, wrong, missed, optional } = row;
            let (precision, recall, f1) = (row.precision(), row.recall(), row.f1());
            writeln!(
                f,
                "{name:16} {right:6} {wrong:6} {missed:6} {optional:8}   {precision:6.3} {recall:6.3} {f1:6.3}"
            )?;
        }
        Ok(())
    }
}

/// Compares stated facts with gold facts.
///
/// ```
/// use chutoa::score::{read, score};
/// let gold = read("gold", "1\tperson:a\tholds\tpost:x/y\n1\tperson:b\tholds\tpost:x/z\n").unwrap();
/// let found = read("found", "1\tperson:a\tholds\tpost:x/y\n").unwrap();
/// let score = score(&gold, found.into_iter().map(|(line, _)| line));
/// assert_eq!((score.all().right, score.all().missed), (1, 1));
/// ```
pub fn score(gold: &[(Line, Demand)], found: impl IntoIterator<Item = Line>) -> Score {
    let mut gold_by_article: BTreeMap<&str, Vec<(&Line, Demand)>> = BTreeMap::new();
    for (line, demand) in gold {
        gold_by_article.entry(&line.article).or_default().push((line, *demand));
    }
    let mut found_by_article: BTreeMap<String, BTreeSet<Line>> = BTreeMap::new();
    for line in found.into_iter().filter(|line| !IGNORED.contains(&line.relation.as_str())) {
        found_by_article.entry(line.article.clone()).or_default().insert(line);
    }
    let mut score = Score::default();
    let nothing = BTreeSet::new();
    for (article, gold) in gold_by_article {
        score_article(&mut score, once_each(gold), found_by_article.get(article).unwrap_or(&nothing));
    }
    score.mistakes.sort_by(|a, b| {
        (&a.line.article, a.fault, &a.line.relation).cmp(&(&b.line.article, b.fault, &b.line.relation))
    });
    score
}

/// A gold fact that stands twice counts once, in its first place and with its last status.
fn once_each(gold: Vec<(&Line, Demand)>) -> Vec<(&Line, Demand)> {
    let mut places: HashMap<&Line, usize> = HashMap::new();
    let mut once: Vec<(&Line, Demand)> = Vec::with_capacity(gold.len());
    for (line, demand) in gold {
        let place = *places.entry(line).or_insert(once.len());
        match once.get_mut(place) {
            Some(known) => known.1 = demand,
            None => once.push((line, demand)),
        }
    }
    once
}

fn score_article(score: &mut Score, gold: Vec<(&Line, Demand)>, found: &BTreeSet<Line>) {
    let gold_lines: Vec<&Line> = gold.iter().map(|(line, _)| *line).collect();
    let found_lines: Vec<&Line> = found.iter().collect();
    let mapping = align(&gold_lines, &found_lines);
    for event in events(&found_lines) {
        let row = score.row(EVENT_IDENTITY);
        match mapping.get(event) {
            Some(target) if is_same_event(target, event, &gold_lines) => row.right += 1,
            Some(target) => {
                row.wrong += 1;
                row.missed += 1;
                let article = gold_lines[0].article.clone();
                let [subject, relation, object] = [event, EVENT_IDENTITY, target].map(str::to_string);
                score.mistake(Fault::Renamed, Line { article, subject, relation, object });
            }
            None => {}
        }
    }
    let renamed = |id: &String| mapping.get(id.as_str()).map_or_else(|| id.clone(), |target| target.to_string());
    let moved: BTreeSet<Line> = found
        .iter()
        .map(|line| Line { subject: renamed(&line.subject), object: renamed(&line.object), ..line.clone() })
        .collect();
    let mut open = gold;
    open.sort_by_key(|(line, demand)| {
        (line.subject.contains('?') || line.object.contains('?'), *demand != Demand::Required)
    });
    for line in &moved {
        let hit = open.iter().position(|(gold, _)| {
            gold.relation == line.relation
                && matches(&gold.subject, &line.subject)
                && matches(&gold.object, &line.object)
        });
        match hit {
            Some(at) if !(open[at].1 == Demand::Optional && has_opposite(line, &moved)) => match open.remove(at).1 {
                Demand::Required => score.row(&line.relation).right += 1,
                Demand::Optional => score.row(&line.relation).optional += 1,
            },
            _ => {
                score.row(&line.relation).wrong += 1;
                score.mistake(Fault::Wrong, line.clone());
            }
        }
    }
    for (line, _) in open.into_iter().filter(|(_, demand)| *demand == Demand::Required) {
        score.row(&line.relation).missed += 1;
        score.mistake(Fault::Missed, line.clone());
    }
}

/// Of `holds` and `held` for one person and post only one can be right.
fn has_opposite(line: &Line, stated: &BTreeSet<Line>) -> bool {
    let opposite = match line.relation.as_str() {
        "holds" => "held",
        "held" => "holds",
        _ => return false,
    };
    stated.contains(&Line { relation: opposite.to_string(), ..line.clone() })
}

fn events<'a>(lines: &[&'a Line]) -> BTreeSet<&'a str> {
    let ids = lines.iter().flat_map(|line| [line.subject.as_str(), line.object.as_str()]);
    ids.filter(|id| id.starts_with("event:")).collect()
}

/// Maps the found events of one article onto its gold events: equal ones first, then those that share most.
fn align<'a>(gold: &[&'a Line], found: &[&'a Line]) -> BTreeMap<&'a str, &'a str> {
    let mut pairs = Vec::new();
    for f in events(found) {
        let seen = context(found, f);
        for g in events(gold) {
            let shared = context(gold, g).intersection(&seen).count();
            if shared > 0 || f == g {
                pairs.push((f != g, std::cmp::Reverse(shared), g, f));
            }
        }
    }
    pairs.sort_unstable();
    let mut mapping = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, _, g, f) in pairs {
        if !mapping.contains_key(f) && taken.insert(g) {
            mapping.insert(f, g);
        }
    }
    mapping
}

/// What is said of an event, itself left out, beside place and organizer.
fn context<'a>(lines: &[&'a Line], event: &str) -> BTreeSet<(&'a str, &'a str, &'a str)> {
    let blank = |id: &'a str| if id == event { "*" } else { id };
    lines
        .iter()
        .filter(|line| line.subject == event || line.object == event)
        .filter(|line| !matches!(line.relation.as_str(), "held_in" | "organized_by"))
        .map(|line| (blank(&line.subject), line.relation.as_str(), blank(&line.object)))
        .collect()
}

/// The last part of an event's identifier: an ordinal, an article's id, a date.
static ENDING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"-(\d+|[a-z][a-z-]*\d+|\d{4}-\d\d-\d\d)$").expect("a constant"));

/// An ordinal at the end: `conference-20`.
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"-\d{1,2}$").expect("a constant"));

/// Equal, equal up to `?`, or the found one names by date what the gold one names otherwise.
fn is_same_event(gold_event: &str, found_event: &str, gold: &[&Line]) -> bool {
    if matches(gold_event, found_event) {
        return true;
    }
    let stem = ENDING.replace(gold_event, "");
    let dates = gold.iter().filter(|line| line.subject == gold_event && line.relation == "held_on");
    let mut dated = dates.map(|line| format!("{stem}-{}", line.object.strip_prefix("date:").unwrap_or(&line.object)));
    dated.any(|event| matches(&event, found_event)) && !ORDINAL.is_match(gold_event)
}

/// Equal, where a `?` segment of the gold identifier equals any segment.
fn matches(gold: &str, found: &str) -> bool {
    if gold == found {
        return true;
    }
    if !gold.contains('?') {
        return false;
    }
    let (kind, path) = gold.split_once(':').unwrap_or((gold, ""));
    let Some(found) = found.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')) else { return false };
    let (mut gold, mut found) = (path.split('/'), found.split('/'));
    loop {
        match (gold.next(), found.next()) {
            (None, None) => return true,
            (Some("?"), Some(segment)) if !segment.is_empty() => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}
