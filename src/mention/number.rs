//! A document number such as `57-NQ/TW`, `330-KH/TU`, `202/2025/QH15`: a shape without language.
//!
//! Source of the shapes: Circular 01/2011/TT-BNV and Decree 30/2020/ND-CP for the State, Guidance 36-HD/VPTW for the
//! Party.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, MentionKind, Report, Spot, Taken};
use crate::text::{Sentence, TokenKind, fold};
use crate::vocabulary::slug;

/// The parts of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentNumber {
    /// `57`
    pub(crate) number: String,
    /// `2025`, where the number holds it.
    pub(crate) year: Option<String>,
    /// `nq-tw`
    pub(crate) suffix: String,
}

impl DocumentNumber {
    /// The number as an identifier writes it: `57-nq-tw`.
    pub(crate) fn id(&self) -> String {
        match &self.year {
            Some(year) => format!("{}-{}-{}", self.number, year, self.suffix),
            None => format!("{}-{}", self.number, self.suffix),
        }
    }
}

/// `57-NQ/TW`, `18/NQ-CP`, `202/2025/QH15`, `55/QD-BXD`, `123- KL/TW`; anchored at the first digit.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^([0-9]{1,5})\s*(?:/\s*([0-9]{4}))?\s*[/\-–]\s*
          ( QH[0-9]{1,2}
          | [A-ZĐÐ][A-Za-zĐÐđ]{0,5}\s?(?:[0-9]{1,2})?
            (?:\s*[-–/]\s*[A-ZĐÐТВ][A-Za-zĐÐđТВ]{0,7}(?:[0-9]{1,2})?){0,3} )",
    )
    .expect("a constant")
});

/// The most characters of a number.
const LONGEST: usize = 100;

impl Report<'_> {
    /// Marks the tokens of document numbers before anything else reads them.
    pub(super) fn take_documents(&mut self) {
        let mut next = 0;
        while let Some(at) = self.spots.next(Spot::Date, next, self.cut.tokens.len()) {
            next = at + 1;
            if let Some((number, end)) = self.document_at(at) {
                self.slots[at..end].iter_mut().for_each(|s| s.taken = Taken::Document);
                self.documents.push((at, end, Some(Box::new(number))));
            }
        }
    }

    pub(super) fn document_mentions(&mut self, span: Sentence, mentions: &mut Vec<Mention<'_>>) {
        let mut at = span.start;
        while let Some(next) = self.spots.next(Spot::Date, at, span.end) {
            at = next;
            if self.slots[at].taken == Taken::Document
                && let Ok(place) = self.documents.binary_search_by_key(&at, |(start, _, _)| *start)
                && let (_, end, number) = &mut self.documents[place]
                && let (end, Some(number)) = (*end, number.take())
            {
                mentions.push(Mention { start: at, end, kind: MentionKind::Document(number) });
                at = end;
                continue;
            }
            at += 1;
        }
    }

    fn document_at(&self, at: usize) -> Option<(DocumentNumber, usize)> {
        let token = self.token(at);
        if token.kind != TokenKind::Number || token.end - token.start > 5 {
            return None;
        }
        let from = token.start as usize;
        let after = self.body[token.end as usize..].trim_start();
        if !after.starts_with(['/', '-', '–']) {
            return None;
        }
        if self.body[..from].ends_with(|c: char| c.is_alphanumeric() || c == '/') {
            return None;
        }
        if !opens_suffix(after) {
            return None;
        }
        // No number is longer; the search would make ready for all of the text.
        let text = &self.body[from..];
        let room = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let found = NUMBER.captures(&text[..room])?;
        let end = from + found.get(0)?.end();
        if self.body[end..].starts_with(char::is_alphanumeric) {
            return None;
        }
        let suffix = slug(&fold(&latin(&found[3])));
        let year = found.get(2).map(|y| y.as_str().to_string());
        let first = suffix.split('-').next().unwrap_or_default();
        let known = self.gazetteer.document_type(&suffix).is_some()
            || (suffix.contains('-') && self.gazetteer.is_document_abbreviation(first))
            || (suffix.starts_with("qh") && year.is_some());
        if !known {
            return None;
        }
        let last = (at..self.cut.tokens.len()).take_while(|k| (self.token(*k).end as usize) <= end).last()?;
        Some((DocumentNumber { number: found[1].to_string(), year, suffix }, last + 1))
    }
}

/// Whether a capital may follow the separators that open a text: a look before the regex, which dates and periods would
/// fail late.
fn opens_suffix(text: &str) -> bool {
    let behind = |text| str::trim_start_matches(text, ['/', '-', '–']).trim_start();
    let capital = |text: &str| text.starts_with(|c: char| matches!(c, 'A'..='Z' | 'Đ' | 'Ð'));
    let rest = behind(text);
    match rest.bytes().take_while(u8::is_ascii_digit).count() {
        0 => capital(rest),
        // A year stands between.
        4 => capital(behind(rest[4..].trim_start())),
        _ => false,
    }
}

/// Translators write T and W of TW in their own script.
fn latin(suffix: &str) -> String {
    suffix
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            'Т' => 'T',
            'В' => 'W',
            other => other,
        })
        .collect()
}
