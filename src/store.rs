//! A store is an output directory: the facts with their evidence, and the entities they speak of, as two tables.
//!
//! `facts.tsv` opens with the four columns of the vocabulary, so that every reader of facts reads it; `entities.tsv`
//! holds labels, spellings and attributes. The graph is a view of the two: reading a store and building its graph
//! gives what was built before. Tables are written under a temporary name and then renamed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::decision::Decisions;
use crate::error::{Error, Result};
use crate::fact::{Evidence, Fact};
use crate::graph::{Entity, KnowledgeGraph};
use crate::query::explain::Wordings;
use crate::vocabulary::{EntityId, Kind};

/// The columns of facts as `extract` prints them and the store keeps them; the store adds [`WORDS`].
pub const FACT_COLUMNS: [&str; 10] =
    ["article", "subject", "relation", "object", "confidence", "rule", "start", "end", "sentence", "status"];

/// The store's last column: the words that carry the fact, where the report's text was at hand.
pub const WORDS: &str = "words";

/// The columns of entities.
pub const ENTITY_COLUMNS: [&str; 13] = [
    "id",
    "label",
    "label_vi",
    "names",
    "province",
    "date",
    "url",
    "language",
    "group",
    "successor",
    "until",
    "single",
    "reasons",
];

const FACTS: &str = "facts.tsv";
const ENTITIES: &str = "entities.tsv";

/// The contents of an output directory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store {
    /// All facts.
    pub facts: Vec<Fact>,
    /// All entities of which more than the identifier is known.
    pub entities: BTreeMap<EntityId, Entity>,
    /// The words that carry facts; may lack any.
    pub wordings: Wordings,
}

impl Store {
    /// Makes the directory where it is missing, and finds out whether it can be written before long work is done.
    ///
    /// # Errors
    /// It cannot be made or written.
    pub fn prepare(dir: &Path) -> Result<()> {
        fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
        tempfile::Builder::new().prefix(".chutoa-").tempfile_in(dir).map_err(|e| Error::io(dir, e))?;
        Ok(())
    }

    /// Whether a directory holds a store.
    pub fn is_in(dir: &Path) -> bool {
        dir.join(FACTS).is_file()
    }

    /// Writes both tables. Facts are sorted, so that the same facts give the same bytes.
    ///
    /// # Errors
    /// A table cannot be written; what stood there before stays.
    pub fn write(&self, dir: &Path) -> Result<Vec<PathBuf>> {
        Store::prepare(dir)?;
        let mut facts: Vec<&Fact> = self.facts.iter().collect();
        facts.sort_by(|a, b| by_place(a, b));
        let (facts_path, entities_path) = (dir.join(FACTS), dir.join(ENTITIES));
        write_whole(&entities_path, |out| {
            writeln!(out, "{}", ENTITY_COLUMNS.join("\t"))?;
            self.entities.values().try_for_each(|entity| writeln!(out, "{}", entity_row(entity)))
        })?;
        write_whole(&facts_path, |out| {
            writeln!(out, "{}\t{WORDS}", FACT_COLUMNS.join("\t"))?;
            facts.iter().try_for_each(|fact| {
                let key = (fact.article.clone(), fact.evidence.start, fact.evidence.end);
                let words = self.wordings.get(&key).map_or("", String::as_str);
                writeln!(out, "{}\t{}", fact_row(fact), escape(words))
            })
        })?;
        Ok(vec![facts_path, entities_path])
    }

    /// Reads both tables.
    ///
    /// # Errors
    /// A table is missing, or a row cannot be understood; the error names file, line and remedy.
    pub fn read(dir: &Path) -> Result<Store> {
        let mut store = Store::default();
        let columns: Vec<&str> = FACT_COLUMNS.into_iter().chain([WORDS]).collect();
        read_table(&dir.join(FACTS), &columns, |row| {
            let (fact, words) = parse_fact(row)?;
            if !words.is_empty() {
                let key = (fact.article.clone(), fact.evidence.start, fact.evidence.end);
                store.wordings.insert(key, words);
            }
            store.facts.push(fact);
            Ok(())
        })?;
        read_table(&dir.join(ENTITIES), &ENTITY_COLUMNS, |row| {
            let entity = parse_entity(row)?;
            store.entities.insert(entity.id.clone(), entity);
            Ok(())
        })?;
        Ok(store)
    }

    /// The graph of these facts.
    pub fn graph(&self) -> KnowledgeGraph {
        KnowledgeGraph::from_facts(&self.facts, &self.entities)
    }
}

/// The decisions of these files, in their order.
///
/// # Errors
/// A file cannot be read, or a row not be understood; the error names file, line and remedy.
pub fn read_decisions(files: &[PathBuf]) -> Result<Decisions> {
    let mut decisions = Decisions::default();
    for path in files {
        let bytes = fs::read(path).map_err(|e| Error::io(path, e))?;
        let name = path.display().to_string();
        let text = String::from_utf8(bytes).map_err(|e| {
            let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            Error::row(&name, line, "it is no UTF-8", "save the file as UTF-8")
        })?;
        decisions = decisions.and(&name, &text)?;
    }
    Ok(decisions)
}

/// Writes a file under a temporary name in its own folder and renames it when it is whole.
///
/// # Errors
/// It cannot be written; what stood there before stays.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let fail = |e| Error::io(path, e);
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".chutoa-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(fail)?;
    let mut out = BufWriter::new(file);
    fill(&mut out).map_err(fail)?;
    let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(())
}

/// The order of facts in tables: by report, then by place in it.
pub fn by_place(a: &Fact, b: &Fact) -> std::cmp::Ordering {
    let key = |f: &Fact| (f.article.clone(), f.evidence.start, f.evidence.end, f.subject.clone(), f.relation);
    key(a)
        .cmp(&key(b))
        .then_with(|| a.object.cmp(&b.object))
        .then_with(|| a.evidence.rule.cmp(&b.evidence.rule))
        .then_with(|| a.evidence.confidence.total_cmp(&b.evidence.confidence))
        .then_with(|| a.evidence.sentence.cmp(&b.evidence.sentence))
        .then_with(|| a.acting.cmp(&b.acting))
}

/// A fact as a row of [`FACT_COLUMNS`], without line end.
pub fn fact_row(fact: &Fact) -> String {
    let Evidence { start, end, sentence, rule, confidence } = &fact.evidence;
    format!(
        "{}\t{}\t{}\t{}\t{confidence}\t{}\t{start}\t{end}\t{}\t{}",
        escape(fact.article.path()),
        fact.subject,
        fact.relation,
        fact.object,
        escape(rule),
        escape(sentence),
        if fact.acting { "acting" } else { "" }
    )
}

fn entity_row(entity: &Entity) -> String {
    let option = |text: &Option<String>| escape(text.as_deref().unwrap_or(""));
    [
        entity.id.to_string(),
        escape(&entity.label),
        escape(&entity.label_vi),
        list(&entity.names),
        entity.province.as_ref().map_or_else(String::new, EntityId::to_string),
        option(&entity.date),
        option(&entity.url),
        option(&entity.language),
        option(&entity.group),
        entity.successor.as_ref().map_or_else(String::new, EntityId::to_string),
        option(&entity.until),
        if entity.single { "single" } else { "" }.to_string(),
        list(&entity.reasons),
    ]
    .join("\t")
}

/// Several texts in one cell, between `|`.
fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| text.replace('\\', "\\\\").replace('|', "\\p")).collect();
    escape_breaks(&texts.join("|"))
}

/// Backslash, tab and line ends as `\\`, `\t`, `\n`, `\r`.
fn escape(text: &str) -> String {
    escape_breaks(&text.replace('\\', "\\\\"))
}

fn escape_breaks(text: &str) -> String {
    text.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('p') => '|',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    out
}

/// A row with its cells, and what is wrong with one of them.
type Cells<'a> = [&'a str];
type Parsed<T> = std::result::Result<T, String>;

fn parse_fact(row: &Cells) -> Parsed<(Fact, String)> {
    let article = unescape(row[0]);
    if article.is_empty() {
        return Err("the article is empty".into());
    }
    let confidence: f32 = number(row[4], "confidence")?;
    if !(0.0..=1.0).contains(&confidence) {
        return Err(format!("the confidence `{confidence}` does not lie between 0 and 1"));
    }
    let fact = Fact {
        article: EntityId::article(&article),
        subject: identifier(row[1])?,
        relation: row[2].parse().map_err(|e: crate::vocabulary::UnknownRelation| e.to_string())?,
        object: identifier(row[3])?,
        acting: match row[9] {
            "acting" => true,
            "" => false,
            other => return Err(format!("the status `{other}` is neither `acting` nor empty")),
        },
        evidence: Evidence {
            start: number(row[6], "start")?,
            end: number(row[7], "end")?,
            sentence: unescape(row[8]).into(),
            rule: unescape(row[5]).into(),
            confidence,
        },
    };
    Ok((fact, unescape(row[10])))
}

fn parse_entity(row: &Cells) -> Parsed<Entity> {
    let option = |text: &str| Some(unescape(text)).filter(|text| !text.is_empty());
    Ok(Entity {
        id: identifier(row[0])?,
        label: unescape(row[1]),
        label_vi: unescape(row[2]),
        names: unlist(row[3]),
        province: match row[4] {
            "" => None,
            id => Some(identifier(id)?).filter(|id| id.kind() == Kind::Province),
        },
        date: option(row[5]),
        url: option(row[6]),
        language: option(row[7]),
        group: option(row[8]),
        successor: match row[9] {
            "" => None,
            id => Some(identifier(id)?),
        },
        until: option(row[10]),
        single: match row[11] {
            "single" => true,
            "" => false,
            other => return Err(format!("`{other}` is neither `single` nor empty")),
        },
        reasons: unlist(row[12]),
    })
}

fn unlist(cell: &str) -> Vec<String> {
    cell.split('|').filter(|text| !text.is_empty()).map(unescape).collect()
}

fn identifier(text: &str) -> Parsed<EntityId> {
    text.parse().map_err(|e: crate::vocabulary::MalformedId| e.to_string())
}

fn number<T: FromStr>(text: &str, column: &str) -> Parsed<T> {
    text.parse().map_err(|_| format!("the {column} `{text}` is no number"))
}

fn read_table(path: &Path, columns: &[&str], mut take: impl FnMut(&Cells) -> Parsed<()>) -> Result<()> {
    const REMEDY: &str = "mend the row, or run `chutoa build` again";
    let name = path.display().to_string();
    let fail = |line: usize, problem: String| Error::row(&name, line, problem, REMEDY);
    let file = fs::File::open(path).map_err(|e| Error::io(path, e))?;
    let mut lines = BufReader::new(file).lines();
    let header = lines.next().transpose().map_err(|e| fail(1, e.to_string()))?.unwrap_or_default();
    if header.split('\t').ne(columns.iter().copied()) {
        return Err(fail(1, format!("the header is not `{}`", columns.join(" "))));
    }
    for (at, line) in lines.enumerate() {
        let line = line.map_err(|e| fail(at + 2, e.to_string()))?;
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != columns.len() {
            return Err(fail(at + 2, format!("it has {} columns instead of {}", cells.len(), columns.len())));
        }
        take(&cells).map_err(|problem| fail(at + 2, problem))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Relation;
    use proptest::prelude::*;

    fn fact(sentence: String, start: u32, confidence: f32, acting: bool) -> Fact {
        Fact {
            article: EntityId::article("a b"),
            subject: EntityId::new(Kind::Person, "a"),
            relation: Relation::Holds,
            object: EntityId::new(Kind::Post, "x/y/z"),
            acting,
            evidence: Evidence { start, end: start, sentence: sentence.into(), rule: "rule".into(), confidence },
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            sentence in ".*", names in prop::collection::vec(".+", 0..4), label in ".*",
            start in any::<u32>(), confidence in 0f32..=1.0, acting in any::<bool>(), words in ".*",
        ) {
            let dir = tempfile::tempdir().unwrap();
            let fact = fact(sentence, start, confidence, acting);
            let id = fact.subject.clone();
            let url = Some(label.clone()).filter(|l| !l.is_empty());
            let entity = Entity { label, names, url, ..Entity::bare(id.clone()) };
            let mut store = Store { entities: BTreeMap::from([(id, entity)]), ..Store::default() };
            if !words.is_empty() {
                store.wordings.insert((fact.article.clone(), start, start), words);
            }
            store.facts.push(fact);
            store.write(dir.path()).unwrap();
            prop_assert_eq!(Store::read(dir.path()).unwrap(), store);
        }
    }

    #[test]
    fn a_broken_row_is_named_with_file_line_and_remedy() {
        let dir = tempfile::tempdir().unwrap();
        Store::default().write(dir.path()).unwrap();
        let path = dir.path().join(FACTS);
        let header = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{header}1\tperson:A\tholds\tpost:x\t1\tr\t0\t1\ts\t\t\n")).unwrap();
        let message = Store::read(dir.path()).unwrap_err().to_string();
        assert!(message.contains("facts.tsv:2: `person:A` is no identifier"), "{message}");
        assert!(message.ends_with("run `chutoa build` again"), "{message}");
    }
}
