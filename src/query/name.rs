//! A name is what a reader types for an entity: its identifier, its label, or any spelling that reports use.
//!
//! Letters are compared without case and diacritics, but a diacritic that both sides could have counts: two marked
//! names of a person match only with the same marks. Words may stand in any order, and some may be left out.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::graph::{Entity, KnowledgeGraph};
use crate::vocabulary::{EntityId, Kind};

/// How well a name fits an entity, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the identifier.
    Id,
    /// All words of one spelling, with its marks.
    Whole,
    /// All words of one spelling, some marks left out.
    Folded,
    /// Some words of its spellings.
    Part,
}

/// An entity that a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct Match<'g> {
    /// The entity.
    pub entity: &'g Entity,
    /// How well the name fits it.
    pub fit: Fit,
}

/// The entities of these kinds that a name may mean, best fit first; only those of the best kind of fit, where a
/// whole name counts as one kind and a part of it as another.
///
/// # Errors
/// A name that fits no entity; the error lists the nearest ones.
pub fn find<'g>(graph: &'g KnowledgeGraph, text: &str, kinds: &[Kind]) -> Result<Vec<Match<'g>>, UnknownName> {
    let name = Name::new(text);
    let mut matches: Vec<Match> = graph
        .entities()
        .filter(|entity| kinds.contains(&entity.id.kind()))
        .filter_map(|entity| name.fit(entity).map(|fit| Match { entity, fit }))
        .collect();
    matches.sort_by(|a, b| (a.fit, &a.entity.id).cmp(&(b.fit, &b.entity.id)));
    let Some(best) = matches.first().map(|m| m.fit) else { return Err(UnknownName::new(graph, &name, kinds)) };
    matches.retain(|m| m.fit == best);
    Ok(matches)
}

/// A name that no entity of the wanted kinds has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownName {
    /// What was typed.
    pub text: String,
    /// The kinds that were looked through.
    pub kinds: Vec<Kind>,
    /// Entities with similar names, nearest first.
    pub nearest: Vec<(String, EntityId)>,
    /// An entity of another kind that has the name.
    pub elsewhere: Option<EntityId>,
    /// Entities of other kinds with similar names, nearest first; none where one has the name itself.
    pub nearest_elsewhere: Vec<(String, EntityId)>,
}

impl UnknownName {
    fn new(graph: &KnowledgeGraph, name: &Name, kinds: &[Kind]) -> UnknownName {
        let limit = (name.folded().chars().count() / 3).max(1);
        let nearest = |is_wanted: bool| {
            let mut near: Vec<(usize, &Entity)> = graph
                .entities()
                .filter(|entity| kinds.contains(&entity.id.kind()) == is_wanted)
                .map(|entity| (name.distance(entity), entity))
                .filter(|(distance, _)| *distance <= limit)
                .collect();
            near.sort_by_key(|(distance, entity)| (*distance, &entity.id));
            near.into_iter().take(5).map(|(_, entity)| (entity.label.clone(), entity.id.clone())).collect()
        };
        let elsewhere = graph
            .entities()
            .filter(|entity| !kinds.contains(&entity.id.kind()))
            .find(|entity| name.fit(entity).is_some_and(|fit| fit < Fit::Part))
            .map(|entity| entity.id.clone());
        UnknownName {
            text: name.text.clone(),
            kinds: kinds.to_vec(),
            nearest: nearest(true),
            nearest_elsewhere: if elsewhere.is_some() { Vec::new() } else { nearest(false) },
            elsewhere,
        }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        let all = self.kinds.len() == Kind::ALL.len();
        write!(f, "no {} is called `{}`", if all { "entity".to_string() } else { kinds.join(" or ") }, self.text)?;
        if let Some(id) = &self.elsewhere {
            write!(f, " (there is a {}, {id})", id.kind().name())?;
        }
        for (opening, nearest) in
            [("; the nearest are ", &self.nearest), ("; the nearest of other kinds are ", &self.nearest_elsewhere)]
        {
            for (i, (label, id)) in nearest.iter().enumerate() {
                write!(f, "{}{label} ({id})", if i == 0 { opening } else { ", " })?;
            }
        }
        Ok(())
    }
}

/// One word: its letters without case and marks, and its marks if it has any.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    folded: String,
    /// The marked letters, tone last, so that it does not matter on which vowel a tone was written.
    marked: Option<String>,
}

/// A name as typed, cut into words.
struct Name {
    text: String,
    words: Vec<Word>,
    is_marked: bool,
}

impl Name {
    fn new(text: &str) -> Name {
        let words = words(text);
        Name { text: text.trim().to_string(), is_marked: words.iter().any(|w| w.marked.is_some()), words }
    }

    fn folded(&self) -> String {
        join(&self.words)
    }

    fn fit(&self, entity: &Entity) -> Option<Fit> {
        if self.text == entity.id.as_str() || self.text == entity.id.path() {
            return Some(Fit::Id);
        }
        if self.words.is_empty() {
            return None;
        }
        let is_person = entity.id.kind() == Kind::Person;
        let spellings: Vec<Name> = spellings(entity).map(Name::new).collect();
        let is_marked = spellings.iter().any(|spelling| spelling.is_marked);
        // A person's unmarked spelling says nothing against the marks of another one.
        let strict = is_person && self.is_marked && is_marked;
        let best = spellings
            .iter()
            .filter(|spelling| !strict || spelling.is_marked)
            .filter_map(|spelling| self.fit_spelling(&spelling.words, strict))
            .min();
        if best.is_some() || is_person {
            return best;
        }
        let all: Vec<Word> = spellings.into_iter().flat_map(|spelling| spelling.words).collect();
        self.fit_spelling(&all, false).map(|_| Fit::Part)
    }

    fn fit_spelling(&self, spelling: &[Word], strict: bool) -> Option<Fit> {
        let mut free: Vec<&Word> = spelling.iter().collect();
        let mut same_marks = true;
        for word in &self.words {
            let fits = |other: &&Word| {
                other.folded == word.folded
                    && (other.marked == word.marked || !strict && (other.marked.is_none() || word.marked.is_none()))
            };
            let at = free.iter().position(|other| *other == word).or_else(|| free.iter().position(fits))?;
            same_marks &= free[at].marked == word.marked;
            free.swap_remove(at);
        }
        Some(match (free.is_empty(), same_marks) {
            (true, true) => Fit::Whole,
            (true, false) => Fit::Folded,
            (false, _) => Fit::Part,
        })
    }

    /// Edit distance to the nearest spelling; a single word also to any word of it.
    fn distance(&self, entity: &Entity) -> usize {
        let (own, own_sorted) = (self.folded(), join(&sorted(&self.words)));
        spellings(entity)
            .map(words)
            .map(|other| {
                let whole = strsim::osa_distance(&own, &join(&other));
                let any_order = strsim::osa_distance(&own_sorted, &join(&sorted(&other)));
                let single = other.iter().filter(|_| self.words.len() == 1);
                let word = single.map(|word| strsim::osa_distance(&own, &word.folded)).min();
                whole.min(any_order).min(word.unwrap_or(usize::MAX))
            })
            .min()
            .unwrap_or(usize::MAX)
    }
}

/// All texts that name the entity.
fn spellings(entity: &Entity) -> impl Iterator<Item = &str> {
    let path = entity.id.path();
    let plain = path.split_once('~').map_or(path, |(plain, _)| plain);
    let number = match entity.id.kind() {
        Kind::Document => plain.rsplit('/').next(),
        _ => None,
    };
    [entity.label.as_str(), entity.label_vi.as_str(), path, plain]
        .into_iter()
        .chain(number)
        .chain(entity.names.iter().map(String::as_str))
}

fn sorted(words: &[Word]) -> Vec<Word> {
    let mut words = words.to_vec();
    words.sort_by(|a, b| a.folded.cmp(&b.folded));
    words
}

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// The words of a text without case and diacritics.
///
/// ```
/// assert_eq!(chutoa::query::folded_words("57-NQ/TW"), ["57", "nq", "tw"]);
/// ```
pub fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

fn words(text: &str) -> Vec<Word> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut words = Vec::new();
    let mut word = (String::new(), String::new(), Vec::new(), false);
    let mut finish = |(folded, mut letters, mut tones, is_marked): (String, String, Vec<char>, bool)| {
        tones.sort_unstable();
        letters.extend(tones);
        if !folded.is_empty() {
            words.push(Word { folded, marked: is_marked.then_some(letters) });
        }
    };
    for c in text.nfd().flat_map(char::to_lowercase) {
        let (folded, letters, tones, is_marked) = &mut word;
        if is_combining_mark(c) {
            // Only Latin letters carry marks that tell names apart; other scripts are folded without trace.
            if folded.chars().next_back().is_some_and(|base| base.is_ascii_alphabetic()) {
                *is_marked = true;
                if TONES.contains(&c) { tones.push(c) } else { letters.push(c) }
            }
        } else if let Some(base) = barred(c) {
            folded.push(base);
            letters.push(c);
            *is_marked = true;
        } else if c.is_alphanumeric() {
            folded.push(c);
            letters.push(c);
        } else {
            finish(std::mem::take(&mut word));
        }
    }
    finish(word);
    words
}

/// The plain letter below a stroke that Unicode does not decompose.
fn barred(c: char) -> Option<char> {
    match c {
        'đ' | 'ð' => Some('d'),
        'ł' => Some('l'),
        _ => None,
    }
}
