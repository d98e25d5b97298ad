//! A draft: the facts of one report while its rules run, each with its evidence.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::place::{Home, context};
use super::scene::Scene;
use super::{Evidence, Fact};
use crate::gazetteer::{Component, Flag, Grammar};
use crate::mention::{Report, TitleMention};
use crate::text::collapse;
use crate::vocabulary::{EntityId, Kind, Relation};

/// See the module.
pub(crate) struct Draft<'r> {
    report: &'r Report<'r>,
    home: &'r Home,
    article: EntityId,
    pub(crate) facts: Vec<Fact>,
    /// The post that the last election gave.
    pub(crate) last_given: Option<String>,
    /// The facts by what they state.
    stated: HashTable<usize>,
    /// The sentence of the last fact, by the token that opens it.
    sentence: RefCell<(usize, Arc<str>)>,
}

impl<'r> Draft<'r> {
    pub(crate) fn new(report: &'r Report<'r>, home: &'r Home, article: EntityId) -> Draft<'r> {
        Draft {
            report,
            home,
            article,
            facts: Vec::new(),
            last_given: None,
            stated: HashTable::new(),
            sentence: RefCell::new((usize::MAX, "".into())),
        }
    }

    pub(crate) fn article(&self) -> EntityId {
        self.article.clone()
    }

    /// The article's name as a part of other identifiers.
    pub(crate) fn article_name(&self) -> String {
        crate::vocabulary::slug(self.article.path())
    }

    /// States a fact once; `span` are the tokens that carry it.
    pub(crate) fn fact(
        &mut self,
        subject: EntityId,
        relation: Relation,
        object: EntityId,
        span: (usize, usize),
        rule: &'static str,
    ) {
        self.state(subject, relation, object, span, rule, false);
    }

    /// States that a person and a post stand in a relation, on the evidence of two mentions.
    pub(crate) fn post_fact(
        &mut self,
        scene: &Scene,
        person: usize,
        relation: Relation,
        post: &str,
        other: usize,
        rule: &'static str,
    ) {
        let Some(name) = scene.person(person).map(|p| p.name.as_str()).filter(|n| !n.is_empty()) else { return };
        let span = (scene.start(person).min(scene.start(other)), scene.end(person).max(scene.end(other)));
        let acting = scene.title(other).is_some_and(|t| t.acting);
        let subject = EntityId::new(Kind::Person, name);
        self.state(subject, relation, EntityId::new(Kind::Post, post), span, rule, acting);
    }

    fn state(
        &mut self,
        subject: EntityId,
        relation: Relation,
        object: EntityId,
        span: (usize, usize),
        rule: &'static str,
        acting: bool,
    ) {
        let facts = &self.facts;
        let place = self.stated.entry(
            hash(&subject, relation, &object),
            |at| facts[*at].subject == subject && facts[*at].relation == relation && facts[*at].object == object,
            |at| hash(&facts[*at].subject, facts[*at].relation, &facts[*at].object),
        );
        let Entry::Vacant(place) = place else { return };
        place.insert(facts.len());
        let evidence = self.evidence(span, rule, relation);
        self.facts.push(Fact { article: self.article.clone(), subject, relation, object, acting, evidence });
    }

    /// Takes back the facts whose subject is this.
    pub(crate) fn forget(&mut self, subject: &EntityId) {
        self.facts.retain(|fact| fact.subject != *subject);
        self.stated.clear();
        let facts = &self.facts;
        let hash = |at: &usize| hash(&facts[*at].subject, facts[*at].relation, &facts[*at].object);
        for at in 0..facts.len() {
            self.stated.insert_unique(hash(&at), at, hash);
        }
    }

    fn evidence(&self, span: (usize, usize), rule: &'static str, relation: Relation) -> Evidence {
        let tokens = &self.report.cut.tokens;
        if tokens.is_empty() {
            return Evidence {
                start: 0,
                end: 0,
                sentence: "".into(),
                rule: rule.into(),
                confidence: confidence(rule, relation),
            };
        }
        let start = span.0.min(tokens.len() - 1);
        let end = span.1.clamp(start + 1, tokens.len());
        Evidence {
            sentence: self.sentence(start, end),
            start: tokens[start].start,
            end: tokens[end - 1].end,
            rule: rule.into(),
            confidence: confidence(rule, relation),
        }
    }

    /// The sentence around tokens; facts of one sentence follow each other, so the last one is kept.
    fn sentence(&self, start: usize, end: usize) -> Arc<str> {
        let readings = &self.report.readings;
        let next = readings.partition_point(|r| r.span.end <= start);
        let around = readings.get(next).filter(|r| r.span.start <= start);
        let (start, end) = around.map_or((start, end), |r| (r.span.start, r.span.end));
        let mut kept = self.sentence.borrow_mut();
        if kept.0 != start || around.is_none() {
            *kept = (start, (*collapse(self.report.text(start, end))).into());
        }
        kept.1.clone()
    }

    /// The path of a title's post, its place taken from the context where the title names none.
    pub(crate) fn post_of(&self, scene: &Scene, title: usize) -> Option<String> {
        let grammar = self.report.gazetteer.grammar();
        let mention = scene.title(title)?;
        let (body, role) = mention.post?;
        if grammar.is_central(body) {
            return Some([body, role].join("/"));
        }
        let province = mention
            .place
            .or_else(|| self.place_of_unit(scene, title))
            .or_else(|| context(scene, title, self.home, self.report));
        // Without any province only a title that says `provincial`, or names a unit, is surely a local one.
        let local = grammar.flagged(Flag::Province).union(grammar.flagged(Flag::Lower));
        if province.is_none() && !mention.parts.body.meets(local) {
            return None;
        }
        let seat = self.seat(scene, title, mention, body, province);
        Some([seat.as_str(), role].join("/"))
    }

    /// What the tables say of components, bodies and roles.
    pub(crate) fn grammar(&self) -> &Grammar {
        self.report.gazetteer.grammar()
    }

    /// Place and body of a local body: `dak-lak/people-council`, `ben-tre/?/city-party-committee`; a central one alone.
    pub(crate) fn seat(
        &self,
        scene: &Scene,
        at: usize,
        title: &TitleMention,
        body: &str,
        province: Option<u16>,
    ) -> String {
        let gazetteer = self.report.gazetteer;
        let grammar = gazetteer.grammar();
        if grammar.is_central(body) {
            return body.to_string();
        }
        // Where neither the report nor its address tells the province.
        let place = province.map_or("?", |p| gazetteer.provinces()[p as usize].id.as_str());
        let city = province.is_some_and(|p| gazetteer.is_city(p));
        let components = title.parts.body;
        let lower = components.meets(grammar.flagged(Flag::Lower));
        let of_city = components.meets(grammar.flagged(Flag::City))
            && !components.meets(grammar.flagged(Flag::Province))
            && !lower;
        let mut body = body.to_string();
        if body == grammar.city_body() && city && title.units.is_empty() {
            body = grammar.default_body().to_string();
        }
        // `Thu Duc City`: in a central city too, one below it.
        if of_city && (!city || !title.units.is_empty()) {
            if body == grammar.default_body() {
                body = grammar.city_body().to_string();
            }
            let own = || grammar.members(grammar.flagged(Flag::City)).find_map(|c| self.home.units.get(&c)).cloned();
            let named = title.units.first().cloned().or_else(|| title.place.map(|_| place.to_string())).or_else(own);
            let unit = named.map_or("?".to_string(), |name| format!("{name}-{}", self.level(title)));
            return format!("{place}/{unit}/{body}");
        }
        if grammar.is_lower_body(&body) || (lower && body != grammar.default_body()) {
            let unit = title.units.first().cloned().or_else(|| {
                // The same unit named with another title of the sentence.
                let mut others: Vec<&String> = (0..scene.mentions.len())
                    .filter(|other| *other != at)
                    .filter_map(|other| scene.title(other).or_else(|| scene.body(other)))
                    .filter(|other| {
                        other.parts.body.meets(grammar.flagged(Flag::Lower))
                            && self.lower_level(other) == self.lower_level(title)
                    })
                    .filter_map(|other| other.units.first())
                    .collect();
                others.sort();
                others.dedup();
                (others.len() == 1).then(|| others[0].clone())
            });
            let unit = unit.or_else(|| self.home.units.get(&self.lower_level(title)?).cloned());
            let numbered = |name: &str| name.bytes().all(|b| b.is_ascii_digit());
            let unit = unit.map_or("?".to_string(), |name| match self.level(title) {
                level if numbered(&name) => format!("{level}-{name}"),
                level => format!("{name}-{level}"),
            });
            return format!("{place}/{unit}/{body}");
        }
        format!("{place}/{body}")
    }

    /// The province of the unit that a title takes from another one of the sentence.
    fn place_of_unit(&self, scene: &Scene, at: usize) -> Option<u16> {
        let grammar = self.report.gazetteer.grammar();
        let title = scene.title(at).filter(|title| title.units.is_empty())?;
        let level = self.lower_level(title).filter(|_| title.parts.body.meets(grammar.flagged(Flag::Lower)))?;
        let mut named = (0..scene.mentions.len())
            .filter(|other| *other != at)
            .filter_map(|other| scene.title(other).or_else(|| scene.body(other)))
            .filter(|other| !other.units.is_empty() && self.lower_level(other) == Some(level));
        let first = named.next()?;
        named.all(|other| other.units == first.units).then_some(first.place).flatten()
    }

    fn lower_level(&self, title: &TitleMention) -> Option<Component> {
        let grammar = self.report.gazetteer.grammar();
        grammar.members(grammar.flagged(Flag::Lower)).find(|c| title.parts.body.has(*c))
    }

    /// The word for the level of a unit below the province.
    fn level(&self, title: &TitleMention) -> &str {
        let grammar = self.report.gazetteer.grammar();
        let city = || grammar.members(grammar.flagged(Flag::City)).next();
        self.lower_level(title).or_else(city).map_or("?", |c| grammar.name(c))
    }

    /// Whether a title appoints others rather than being given.
    pub(crate) fn is_appointer(&self, scene: &Scene, title: usize) -> bool {
        let grammar = self.report.gazetteer.grammar();
        scene.title(title).and_then(|t| t.post.as_ref()).is_some_and(|(_, role)| grammar.appoints(role))
    }

    /// Whether a role has one holder at a time.
    pub(crate) fn is_single_seat(&self, role: &str) -> bool {
        self.report.gazetteer.grammar().has_deputy(role)
    }

    /// Whether a role is membership of a body.
    pub(crate) fn is_membership(&self, role: &str) -> bool {
        self.report.gazetteer.grammar().is_membership(role)
    }
}

fn hash(subject: &EntityId, relation: Relation, object: &EntityId) -> u64 {
    foldhash::fast::FixedState::default().hash_one((subject, relation, object))
}

/// How often facts of a rule and relation are right, at least: the lower end of the 99 % interval (Wilson 1927) of their
/// share on the last reports of `tests/field`, as first seen. The table stands in its README; one that errs by chance
/// errs low.
fn confidence(rule: &str, relation: Relation) -> f32 {
    match (rule, relation) {
        ("place-name", _) => 0.94,
        ("apposition", Relation::Held) => 0.79,
        ("apposition", _) => 0.89,
        ("apposition-list", _) => 0.88,
        ("apposition-guessed", _) => 0.57,
        ("cue", Relation::Attended) => 0.86,
        ("event-place", _) => 0.83,
        ("cue", Relation::Chaired) => 0.8,
        ("cue" | "event-body", _) => 0.77,
        ("target", Relation::ElectedTo) => 0.76,
        ("event-date", _) => 0.75,
        ("byline", _) => 0.74,
        ("document-number", _) => 0.73,
        ("header", _) => 0.71,
        ("document-date", _) => 0.56,
        ("target", _) => 0.55,
        ("re-elected" | "document-issuer", _) => 0.54,
        ("pending-header", _) => 0.47,
        // Too rare there to tell.
        _ => 0.4,
    }
}
