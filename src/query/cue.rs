//! The words of a sentence that tell a relation, beside the names it holds between: `chaired`, `was elected`, `former`.

use std::ops::Range;

use crate::gazetteer::{Cue, Gazetteer, LanguageId, Sense};
use crate::query::explain::MarkedQuote;
use crate::text::{TokenKind, cut};
use crate::vocabulary::Relation;

/// What words of these kinds tell a relation; none where the two names stand together and no word is needed.
fn cues(relation: Relation) -> &'static [Cue] {
    match relation {
        Relation::Chaired => &[Cue::Chair],
        Relation::SpokeAt => &[Cue::Speak],
        Relation::Attended => &[Cue::Attend, Cue::Delegation],
        Relation::ElectedTo => &[Cue::Elect, Cue::Reelect, Cue::Join],
        Relation::Left => &[Cue::Leave],
        Relation::Held => &[Cue::Formerly, Cue::Replace],
        Relation::Wrote => &[Cue::Byline],
        Relation::OrganizedBy => &[Cue::Convene],
        Relation::IssuedBy => &[Cue::Issue],
        _ => &[],
    }
}

/// Marks the words of a quote that tell the relation: of several, those nearest to what is marked already.
pub(super) fn mark(quote: &mut MarkedQuote, relation: Relation, gazetteer: &Gazetteer) {
    let wanted = cues(relation);
    if wanted.is_empty() {
        return;
    }
    let code = quote.quote.source.language.as_deref();
    let language = gazetteer.languages().iter().position(|l| Some(l.code.as_str()) == code);
    let found = find(&quote.quote.sentence, wanted, language.map(|at| LanguageId(at as u8)), gazetteer);
    let inside = |cue: &Range<usize>| quote.marks.iter().any(|mark| mark.start <= cue.start && cue.end <= mark.end);
    if found.iter().any(inside) {
        return;
    }
    let distance = |cue: &Range<usize>| {
        let gaps = quote.marks.iter().map(|m| cue.start.saturating_sub(m.end).max(m.start.saturating_sub(cue.end)));
        gaps.min().unwrap_or(cue.start)
    };
    let Some(nearest) = found.into_iter().min_by_key(|cue| (distance(cue), cue.start)) else { return };
    quote.marks.push(nearest);
    quote.marks = apart(std::mem::take(&mut quote.marks));
}

/// Ranges in order, those that touch made one.
pub(super) fn apart(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => apart.push(mark),
        }
    }
    apart
}

/// Where the sentence has phrases of these kinds, longest first where they overlap.
fn find(sentence: &str, wanted: &[Cue], language: Option<LanguageId>, gazetteer: &Gazetteer) -> Vec<Range<usize>> {
    let lexicon = gazetteer.lexicon();
    let tokens = cut(sentence, Some(lexicon)).tokens;
    let mut hits = Vec::new();
    lexicon.find(&tokens, &mut hits);
    let text = |at: usize| &sentence[tokens[at].start as usize..tokens[at].end as usize];
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut covered = 0;
    for hit in &hits {
        let spelling = lexicon.marked(hit, |at| lexicon.mark(text(at), tokens[at].word));
        let tells = lexicon.entries(spelling).iter().any(|entry| {
            language.is_none_or(|language| entry.languages.has(language))
                && matches!(entry.sense, Sense::Cue(cue) if wanted.contains(&cue))
        });
        let (first, last) = (&tokens[hit.start as usize], &tokens[hit.end as usize - 1]);
        if tells && hit.start >= covered && first.kind == TokenKind::Word {
            covered = hit.end;
            found.push(first.start as usize..last.end as usize);
        }
    }
    found
}
