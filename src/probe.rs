//! Probes into single stages: `benches/stages.rs` times the stages through them, `tests/matching.rs` compares what
//! they find with a slow reference.

use crate::gazetteer::{Cue, Gazetteer, LanguageId, LanguageSet, Sense, WordId};
use crate::mention::{Report, Spot, Spots};
use crate::text::{Token, TokenKind, cut, sentences};

/// Cuts a text and numbers its words: how many tokens, how many with a number.
pub fn text(body: &str, gazetteer: &Gazetteer) -> (usize, usize) {
    let mut cut = cut(body, Some(gazetteer.lexicon()));
    let found = (cut.tokens.len(), cut.tokens.iter().filter(|token| token.word != 0).count());
    cut.recycle();
    found
}

/// Finds what a text holds before anything is decided, as spans: how many sentences, and how many phrases of all
/// languages, nested ones too, with the names and numbers that their shapes tell.
pub fn spans(body: &str, gazetteer: &Gazetteer) -> (usize, usize) {
    let lexicon = gazetteer.lexicon();
    let mut cut = cut(body, Some(lexicon));
    let tokens = &cut.tokens;
    let mut hits = Vec::with_capacity(tokens.len());
    lexicon.find(tokens, &mut hits);
    let sentences = sentences(body, &cut, gazetteer, |_| false, |_| false);
    let spots = Spots::new(tokens);
    let mut shapes: Vec<(u32, u32)> = Vec::new();
    let mut at = 0;
    while let Some(start) = spots.next(Spot::Name, at, tokens.len()) {
        let family = |id: WordId| lexicon.syllables(id).iter().any(|s| gazetteer.syllable(*s).surname_share > 0.0);
        let goes_on = |before: &Token, next: &Token| {
            next.kind == TokenKind::Word && next.capital && next.syllable && next.start - before.end <= 2
        };
        let more = tokens[start..].windows(2).take(3).take_while(|pair| goes_on(&pair[0], &pair[1])).count();
        at = start + 1 + more;
        if more > 0 && family(tokens[start].word) {
            shapes.push((tokens[start].start, tokens[at - 1].end));
        }
    }
    at = 0;
    while let Some(start) = spots.next(Spot::Date, at, tokens.len()) {
        at = start + 1;
        let (from, to) = (tokens[start].start as usize, tokens[start].end as usize);
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
        let rest = &body[to..];
        if rest.starts_with(['/', '-']) {
            let end = to + rest.find(|c| !joined(c)).unwrap_or(rest.len());
            shapes.push((from as u32, end as u32));
            at += tokens[at..].iter().take_while(|token| (token.end as usize) <= end).count();
        }
    }
    let found = (sentences.len(), hits.len() + shapes.len());
    cut.recycle();
    found
}

/// Reads a report up to its mentions: how many sentences, how many mentions.
pub fn mentions(body: &str, gazetteer: &Gazetteer) -> (usize, usize) {
    let report = Report::read(body, gazetteer);
    (report.readings.len(), report.readings.iter().map(|reading| reading.mentions.len()).sum())
}

/// A phrase of the gazetteer found in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it denotes: the codes of the languages in which it does (`*` for all), and the row: `en cue speak`.
    pub sense: String,
}

/// All phrases in a text, nested ones too, sorted; marks count as each language says.
pub fn phrases(text: &str, gazetteer: &Gazetteer) -> Vec<Phrase> {
    let lexicon = gazetteer.lexicon();
    let tokens = cut(text, Some(lexicon)).tokens;
    let mut hits = Vec::new();
    lexicon.find(&tokens, &mut hits);
    let mut found = Vec::with_capacity(hits.len());
    for hit in &hits {
        let (start, end) = (tokens[hit.start as usize].start as usize, tokens[hit.end as usize - 1].end as usize);
        let mark = |at: usize| lexicon.mark(&text[tokens[at].start as usize..tokens[at].end as usize], tokens[at].word);
        for entry in lexicon.entries(lexicon.marked(hit, mark)) {
            let what = describe(&entry.sense, gazetteer);
            if entry.languages == LanguageSet::ALL {
                found.push(Phrase { start, end, sense: format!("* {what}") });
                continue;
            }
            for (number, language) in gazetteer.languages().iter().enumerate() {
                if entry.languages.has(LanguageId(number as u8)) {
                    found.push(Phrase { start, end, sense: format!("{} {what}", language.code) });
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn describe(sense: &Sense, gazetteer: &Gazetteer) -> String {
    match sense {
        Sense::Components(components) => {
            let names: Vec<&str> = components.iter().map(|c| gazetteer.grammar().name(*c)).collect();
            format!("components {}", names.join(" "))
        }
        Sense::Cue(cue) => {
            let name = Cue::ALL.iter().find(|(c, _)| c == cue).map_or("", |(_, name)| name);
            format!("cue {name}")
        }
        Sense::Event(kind) => format!("event {}", gazetteer.event_kinds()[*kind as usize].id),
        Sense::Field(field) => format!("field {}", gazetteer.fields()[*field as usize]),
        Sense::Province(province) => format!("province {}", gazetteer.provinces()[*province as usize].id),
        Sense::Month { month, .. } => format!("month {month}"),
        Sense::Ordinal(value) => format!("ordinal {value}"),
        Sense::OrdinalSuffix => "ordinal suffix".to_string(),
        Sense::OrdinalMarker => "ordinal marker".to_string(),
        Sense::DocumentType(kind) => format!("document {}", gazetteer.document_type_names()[*kind as usize]),
        Sense::Counted(value) => format!("counted {value}"),
        Sense::Autonym => "autonym".to_string(),
    }
}
