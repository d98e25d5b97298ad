//! A fact is what a report says of two entities; its evidence tells where the report says it.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{EntityId, Relation};

/// Where a report states a fact, and how sure the rule is that read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte of the words that carry the fact, in the report as it was read.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The sentence around them, white space collapsed; all facts of a sentence share it.
    pub sentence: Arc<str>,
    /// The extraction rule's name.
    pub rule: Cow<'static, str>,
    /// From 0 to 1: how often facts of this rule in this setting are right.
    pub confidence: f32,
}

/// One line of the vocabulary, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The report that says so.
    pub article: EntityId,
    /// From whom or what.
    pub subject: EntityId,
    /// The relation.
    pub relation: Relation,
    /// To whom or what.
    pub object: EntityId,
    /// The post is held for the time being, on behalf of its holder.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acting: bool,
    /// Where the report says so.
    #[serde(flatten)]
    pub evidence: Evidence,
}

mod apposition;
mod byline;
mod calendar;
mod candidate;
mod citation;
mod clause;
mod completion;
mod coreference;
mod dateline;
mod draft;
mod election;
mod event;
mod host;
mod leaving;
mod part;
mod pending;
mod place;
mod scene;
mod side_event;
mod target;
mod visit;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::{MentionKind, Report};
use crate::text::collapse;
use crate::vocabulary::Kind;
use calendar::Calendar;
use draft::Draft;
use place::{Address, Home};
use scene::Scene;

/// Everything read from one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// The report.
    pub article: EntityId,
    /// Its facts, sorted.
    pub facts: Vec<Fact>,
    /// The code of its language, where any of the gazetteer's languages fits.
    pub language: Option<String>,
    /// The day of publication, where the report or its address tells it.
    pub published: Option<String>,
    /// Names of people as the report writes them, with their identifiers; sorted.
    pub names: Vec<(EntityId, String)>,
    /// People that the gazetteer does not know: name as written, and its sentence.
    pub unknown_names: Vec<(String, String)>,
    /// Title-like phrases that make no post of the vocabulary: phrase, and its sentence.
    pub unknown_titles: Vec<(String, String)>,
}

/// Reads the facts of one report.
///
/// ```
/// use chutoa::{document::Document, fact::extract, gazetteer::Gazetteer};
/// let report = Document::new("1", "Mr Ngo Thanh Danh, Secretary of the Dak Nong Provincial Party Committee, chaired the conference.");
/// let facts = extract(&report, Gazetteer::embedded()).facts;
/// assert!(facts.iter().any(|f| f.object.as_str() == "post:dak-nong/provincial-party-committee/secretary"));
/// ```
pub fn extract(document: &Document, gazetteer: &Gazetteer) -> Extraction {
    let mut report = Report::read(&document.body, gazetteer);
    let address = document.url.as_deref().map(Address::parse).unwrap_or_default();
    let address_report = Report::read_address(&address.words, gazetteer);
    let mut scenes = scenes_of(&mut report);
    scenes.iter_mut().for_each(|scene| target::drop_untouching(scene, &report));
    let home = Home::find(&scenes, &address, &report);
    let calendar = Calendar::find(&report, &scenes, &address);
    coreference::resolve(&mut scenes, &mut report);
    let report = &report;
    let last = scenes.len().saturating_sub(1);
    let mut above = None;
    for (at, scene) in scenes.iter_mut().enumerate() {
        apposition::link(scene, report, at == last, above.as_ref());
        above = completion::named_last(scene, report).cloned().or(above);
    }
    drop_weak_names(&mut scenes, report);
    let mut draft = Draft::new(report, &home, document.id.clone());
    let mut holders: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    let mut pending = None;
    for scene in &mut scenes {
        pending::read(scene, report, &mut draft, &mut pending);
        for ((person, title), rule) in scene.links.iter().copied().zip(scene.link_rules.iter().copied()) {
            if scene.person(person).is_some_and(|p| gazetteer.is_historic(&p.name)) {
                continue;
            }
            let Some(post) = draft.post_of(scene, title) else { continue };
            let former = scene.title(title).is_some_and(|t| t.former);
            let relation = if former { Relation::Held } else { Relation::Holds };
            let rule = if former { rule } else { apposition::kind_of(scene, report, person, title, rule) };
            draft.post_fact(scene, person, relation, &post, title, rule);
            if !former && election::is_new(scene, report, title) {
                draft.post_fact(scene, person, Relation::ElectedTo, &post, title, "newly");
            }
            if !former {
                let name = scene.person(person).map_or("", |p| p.name.as_str());
                if let Some(post) = scene.title(title).and_then(|t| t.post) {
                    match holders.get_mut(&post) {
                        Some(names) if names.contains(name) => {}
                        Some(names) => _ = names.insert(name.to_string()),
                        None => _ = holders.insert(post, BTreeSet::from([name.to_string()])),
                    }
                }
            }
        }
        election::read(scene, report, &mut draft);
    }
    let event = event::read(&scenes, report, &address_report, &home, &calendar, &mut draft);
    if let Some(event) = &event {
        part::read(&scenes, event, &holders, report, &mut draft);
        let taken_part = draft.facts.iter().any(|f| f.object == event.id);
        if event.id.segments().next() == Some("?") && !taken_part {
            draft.forget(&event.id);
        }
    }
    let has_words = |scene: &Scene| (scene.span.start..scene.span.end).any(|k| report.is_word(k));
    let mut left_to_read = scenes.iter().filter(|scene| has_words(scene)).count();
    let mut named = BTreeSet::new();
    for scene in &scenes {
        citation::read(scene, report, &home, &mut draft);
        byline::read(scene, report, left_to_read <= byline::CLOSING, &mut draft);
        left_to_read -= usize::from(has_words(scene));
        for mention in &scene.mentions {
            if let MentionKind::Place { province, namesake: false } = mention.kind
                && named.insert(province)
            {
                let province = EntityId::new(Kind::Province, &gazetteer.provinces()[province as usize].id);
                let article = draft.article();
                draft.fact(article, Relation::Mentions, province, (mention.start, mention.end), "place-name");
            }
        }
    }
    let mut facts = draft.facts;
    // Who left a post no longer holds it.
    let left: BTreeSet<(EntityId, EntityId)> =
        facts.iter().filter(|f| f.relation == Relation::Left).map(|f| (f.subject.clone(), f.object.clone())).collect();
    let past = |f: &Fact| matches!(f.relation, Relation::Holds | Relation::Held);
    if !left.is_empty() {
        facts.retain(|f| !past(f) || !left.contains(&(f.subject.clone(), f.object.clone())));
    }
    one_tense(&mut facts);
    facts.sort_by(|a, b| (&a.subject, a.relation, &a.object).cmp(&(&b.subject, b.relation, &b.object)));
    let (names, unknown_names) = names(&scenes, report, gazetteer);
    let sentence_at = |start: usize| {
        let span = report.readings.iter().map(|r| r.span).find(|s| s.start <= start && start < s.end);
        span.map(|s| collapse(report.text(s.start, s.end)).into_owned()).unwrap_or_default()
    };
    let unknown_titles = report
        .unknown_titles
        .iter()
        .map(|(start, end)| (collapse(report.text(*start, *end)).into_owned(), sentence_at(*start)))
        .collect();
    Extraction {
        article: document.id.clone(),
        facts,
        language: report.language.map(|l| gazetteer.language(l).code.clone()),
        published: calendar.published_on(),
        names,
        unknown_names,
        unknown_titles,
    }
}

/// A post told both as held now and as held before was held before; whoever is elected to it anew holds it.
fn one_tense(facts: &mut Vec<Fact>) {
    if !facts.iter().any(|f| f.relation == Relation::Held) {
        return;
    }
    let of = |relation: Relation, facts: &[Fact]| -> BTreeSet<(EntityId, EntityId)> {
        facts.iter().filter(|f| f.relation == relation).map(|f| (f.subject.clone(), f.object.clone())).collect()
    };
    let (holds, held) = (of(Relation::Holds, facts), of(Relation::Held, facts));
    if holds.is_disjoint(&held) {
        return;
    }
    let elected = of(Relation::ElectedTo, facts);
    // `X was T` beside `X, T, said`: the title is X's own.
    let told = |f: &Fact| f.relation == Relation::Held && f.evidence.rule != election::PAST;
    let held_surely: BTreeSet<(EntityId, EntityId)> =
        facts.iter().filter(|f| told(f)).map(|f| (f.subject.clone(), f.object.clone())).collect();
    facts.retain(|f| {
        let post = (f.subject.clone(), f.object.clone());
        match f.relation {
            Relation::Holds => !held_surely.contains(&post) || elected.contains(&post),
            Relation::Held => !holds.contains(&post) || (held_surely.contains(&post) && !elected.contains(&post)),
            _ => true,
        }
    });
}

/// A scene for each sentence, with its mentions.
fn scenes_of<'g>(report: &mut Report<'g>) -> Vec<Scene<'g>> {
    let readings = report.readings.iter_mut();
    readings.map(|r| Scene::new(r.span, r.language, std::mem::take(&mut r.mentions))).collect()
}

/// What the stages saw in a report, sentence by sentence: for curators who ask why a fact is missing.
pub fn trace(document: &Document, gazetteer: &Gazetteer) -> String {
    use std::fmt::Write as _;
    let mut report = Report::read(&document.body, gazetteer);
    let mut scenes = scenes_of(&mut report);
    scenes.iter_mut().for_each(|scene| target::drop_untouching(scene, &report));
    coreference::resolve(&mut scenes, &mut report);
    let last = scenes.len().saturating_sub(1);
    let mut out = String::new();
    let mut above = None;
    for (at, scene) in scenes.iter_mut().enumerate() {
        apposition::link(scene, &report, at == last, above.as_ref());
        above = completion::named_last(scene, &report).cloned().or(above);
        let code = &gazetteer.language(scene.language).code;
        let _ = writeln!(out, "[{code}] {}", collapse(report.text(scene.span.start, scene.span.end)));
        for (at, mention) in scene.mentions.iter().enumerate() {
            let text = collapse(report.text(mention.start, mention.end));
            let said = match &mention.kind {
                MentionKind::Person(person) => {
                    format!("person {}{}", person.name, if person.weak { " (weak)" } else { "" })
                }
                MentionKind::Title(title) => {
                    let post = title.post.as_ref().map_or("unknown".to_string(), |(b, r)| format!("{b}/{r}"));
                    let place = title.place.map_or("", |p| gazetteer.provinces()[p as usize].id.as_str());
                    let target = if scene.targets[at].is_some() { " target" } else { "" };
                    let former = if title.former { " former" } else { "" };
                    format!("title {post} {place} {}{target}{former}", title.units.join(","))
                }
                MentionKind::Body(body) => format!("body {}", body.body.unwrap_or("unknown")),
                MentionKind::Place { province, .. } => {
                    format!("place {}", gazetteer.provinces()[*province as usize].id)
                }
                MentionKind::Event(kind) => format!("event {}", gazetteer.event_kinds()[*kind as usize].id),
                MentionKind::Cue(cue) => format!("cue {cue:?}"),
                MentionKind::Document(number) => format!("document {}", number.id()),
                MentionKind::Date(date) => format!("date {date:?}"),
            };
            let _ = writeln!(out, "    {said} «{text}»");
        }
        for (person, title) in &scene.links {
            let name = scene.person(*person).map_or("", |p| p.name.as_str());
            let post = scene
                .title(*title)
                .and_then(|t| t.post.as_ref())
                .map_or("unknown".to_string(), |(b, r)| format!("{b}/{r}"));
            let _ = writeln!(out, "    {name} <- {post}");
        }
    }
    out
}

/// A name of two syllables without honorific or title anywhere in the report is none.
fn drop_weak_names(scenes: &mut [Scene], report: &Report<'_>) {
    let weak = |at: usize, scene: &Scene| scene.person(at).is_some_and(|p| p.weak);
    if !scenes.iter().any(|scene| (0..scene.mentions.len()).any(|at| weak(at, scene))) {
        return;
    }
    let mut strong: BTreeSet<&str> = BTreeSet::new();
    for scene in scenes.iter() {
        let people = (0..scene.mentions.len()).filter(|at| !weak(*at, scene));
        strong
            .extend(people.chain(scene.links.iter().map(|(p, _)| *p)).filter_map(|at| Some(&*scene.person(at)?.name)));
    }
    let mut dropped = Vec::new();
    for (place, scene) in scenes.iter().enumerate() {
        for at in (0..scene.mentions.len()).filter(|at| weak(*at, scene)) {
            if scene.person(at).is_some_and(|p| !strong.contains(&*p.name)) && !inside_list(scene, report, at) {
                dropped.push((place, at));
            }
        }
    }
    for (place, at) in dropped {
        if let MentionKind::Person(person) = &mut scenes[place].mentions[at].kind {
            person.name.clear();
        }
    }
}

/// `A, weak, B`: people on both sides make it somebody's name.
fn inside_list(scene: &Scene, report: &Report<'_>, at: usize) -> bool {
    let people = scene.people();
    let Some(place) = people.iter().position(|p| *p == at).filter(|place| *place > 0) else { return false };
    let beside = |one: usize, next: usize| {
        let gap = scene.gap(report, one, next);
        let sure = [one, next].iter().any(|p| scene.person(*p).is_some_and(|p| !p.weak));
        sure && gap.is_plain() && (gap.comma || gap.conjunction)
    };
    beside(people[place - 1], at) && people.get(place + 1).is_some_and(|next| beside(at, *next))
}

type Names = (Vec<(EntityId, String)>, Vec<(String, String)>);

fn names(scenes: &[Scene], report: &Report<'_>, gazetteer: &Gazetteer) -> Names {
    let mut names = BTreeSet::new();
    let mut unknown = BTreeMap::new();
    // Most names stand in a report more than once, written alike.
    let mut seen = HashSet::with_hasher(foldhash::fast::FixedState::default());
    for scene in scenes {
        for at in scene.people() {
            let Some(person) = scene.person(at).filter(|p| !p.given && !p.pronoun) else { continue };
            let text = report.text(scene.start(at), scene.end(at));
            if !seen.insert((person.name.as_str(), text)) {
                continue;
            }
            let written = collapse(text).into_owned();
            if gazetteer.people(&person.name).is_empty() {
                let sentence = || collapse(report.text(scene.span.start, scene.span.end)).into_owned();
                unknown.entry(written.clone()).or_insert_with(sentence);
            }
            names.insert((EntityId::new(Kind::Person, &person.name), written));
        }
    }
    (names.into_iter().collect(), unknown.into_iter().collect())
}
