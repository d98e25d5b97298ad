//! A scene: one sentence while its facts are read, its people, titles and cues at hand.

use smallvec::SmallVec;

use super::clause::Gap;
use crate::gazetteer::{Cue, CueSet, LanguageId};
use crate::mention::{Mention, MentionKind, PartialDate, PersonMention, Report, TitleMention};
use crate::text::Sentence;

/// A title that somebody is elected to, leaves or held: not one in apposition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// The mention of the cue that makes it one.
    pub(crate) cue: usize,
    /// `TITLE was elected PERSON`.
    pub(crate) inverted: bool,
}

/// Places of mentions; a sentence has few.
pub(crate) type Places = SmallVec<[usize; 16]>;

/// See the module. Indices are places in `mentions`.
pub(crate) struct Scene<'g> {
    pub(crate) span: Sentence,
    pub(crate) language: LanguageId,
    pub(crate) mentions: Vec<Mention<'g>>,
    /// Cues that any mention is or was: a look before each search.
    cued: CueSet,
    /// Per mention: the target it is, for titles.
    pub(crate) targets: Vec<Option<Target>>,
    /// (person, title) pairs by apposition.
    pub(crate) links: Vec<(usize, usize)>,
    /// Rule that made each link.
    pub(crate) link_rules: Vec<&'static str>,
    /// A header gives its title to everybody behind it.
    pub(crate) header: bool,
    /// A header of an election: everybody behind it was elected.
    pub(crate) election_header: bool,
}

impl<'g> Scene<'g> {
    pub(crate) fn new(span: Sentence, language: LanguageId, mentions: Vec<Mention<'g>>) -> Scene<'g> {
        let count = mentions.len();
        let mut cued = CueSet::default();
        for mention in &mentions {
            if let MentionKind::Cue(cue) = mention.kind {
                cued.insert(cue);
            }
        }
        Scene {
            span,
            language,
            mentions,
            targets: vec![None; count],
            cued,
            links: Vec::new(),
            link_rules: Vec::new(),
            header: false,
            election_header: false,
        }
    }

    pub(crate) fn start(&self, at: usize) -> usize {
        self.mentions[at].start
    }

    pub(crate) fn end(&self, at: usize) -> usize {
        self.mentions[at].end
    }

    pub(crate) fn person(&self, at: usize) -> Option<&PersonMention> {
        match &self.mentions[at].kind {
            MentionKind::Person(person) => Some(person),
            _ => None,
        }
    }

    pub(crate) fn title(&self, at: usize) -> Option<&TitleMention<'g>> {
        match &self.mentions[at].kind {
            MentionKind::Title(title) => Some(title),
            _ => None,
        }
    }

    pub(crate) fn body(&self, at: usize) -> Option<&TitleMention<'g>> {
        match &self.mentions[at].kind {
            MentionKind::Body(body) => Some(body),
            _ => None,
        }
    }

    pub(crate) fn cue(&self, at: usize) -> Option<Cue> {
        match self.mentions[at].kind {
            MentionKind::Cue(cue) => Some(cue),
            _ => None,
        }
    }

    pub(crate) fn date(&self, at: usize) -> Option<PartialDate> {
        match self.mentions[at].kind {
            MentionKind::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Places of mentions for which `keep` holds, in order.
    pub(crate) fn all(&self, keep: impl Fn(&Scene, usize) -> bool) -> Places {
        (0..self.mentions.len()).filter(|at| keep(self, *at)).collect()
    }

    /// People with a name.
    pub(crate) fn people(&self) -> Places {
        self.all(|s, at| s.person(at).is_some_and(|p| !p.name.is_empty()))
    }

    /// Titles.
    pub(crate) fn titles(&self) -> Places {
        self.all(|s, at| s.title(at).is_some())
    }

    /// People and titles, pronouns left out.
    pub(crate) fn chain_items(&self) -> Places {
        self.all(|s, at| s.title(at).is_some() || s.person(at).is_some_and(|p| !p.pronoun))
    }

    /// Cues of these kinds.
    pub(crate) fn cues(&self, kinds: &[Cue]) -> Places {
        if !self.cued.any(kinds) {
            return Places::new();
        }
        self.all(|s, at| s.cue(at).is_some_and(|c| kinds.contains(&c)))
    }

    pub(crate) fn has_cue(&self, kinds: &[Cue]) -> bool {
        self.cued.any(kinds) && (0..self.mentions.len()).any(|at| self.cue(at).is_some_and(|c| kinds.contains(&c)))
    }

    /// What stands between the end of one mention and the start of another.
    pub(crate) fn gap(&self, report: &Report<'_>, from: usize, to: usize) -> Gap {
        Gap::read(report, self.end(from), self.start(to))
    }

    /// Any person or title starts between two tokens.
    pub(crate) fn any_between(&self, from: usize, to: usize, titles: bool) -> bool {
        (0..self.mentions.len()).any(|at| {
            let here = self.start(at) >= from && self.start(at) < to;
            here && (self.person(at).is_some_and(|p| !p.pronoun) || (titles && self.title(at).is_some()))
        })
    }

    pub(crate) fn link(&mut self, person: usize, title: usize, rule: &'static str) {
        if !self.links.contains(&(person, title)) {
            self.links.push((person, title));
            self.link_rules.push(rule);
        }
    }

    /// Takes a link back.
    pub(crate) fn unlink(&mut self, person: usize, title: usize) {
        if let Some(at) = self.links.iter().position(|link| *link == (person, title)) {
            self.links.remove(at);
            self.link_rules.remove(at);
        }
    }

    /// Whether apposition gives a title to anybody.
    pub(crate) fn is_owned(&self, title: usize) -> bool {
        self.links.iter().any(|(_, t)| *t == title)
    }

    /// Whether apposition gives two titles to one name.
    pub(crate) fn share_owner(&self, one: usize, other: usize) -> bool {
        let owners = |title: usize| {
            let own = self.links.iter().filter(move |(_, t)| *t == title);
            own.map(|(person, _)| self.person(*person).map_or("", |p| p.name.as_str()))
        };
        owners(one).any(|name| owners(other).any(|o| o == name))
    }

    /// Titles that apposition gives to a person.
    pub(crate) fn titles_of(&self, person: usize) -> Places {
        self.links.iter().filter(|(p, _)| *p == person).map(|(_, t)| *t).collect()
    }
}
