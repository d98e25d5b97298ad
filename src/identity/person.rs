//! People across reports: spellings of one name, and people of one name.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::decide::Reasons;
use super::name::{Likeness, Name, Spelling};
use crate::decision::Decisions;
use crate::fact::Extraction;
use crate::gazetteer::Gazetteer;
use crate::text::marked;
use crate::vocabulary::{EntityId, Kind, slug};

/// How reports write a person's name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The best-attested form with marks, else the best-attested form.
    pub(crate) display: String,
    /// All other forms, sorted.
    pub(crate) others: Vec<String>,
}

/// Brings together what is written otherwise and shares a seat that only one person can hold: a syllable with a
/// letter astray, `i` for `y`, a reading of other letters that only another report settles.
pub(super) fn bring_together(
    reports: &mut [Extraction],
    decisions: &Decisions,
    gazetteer: &Gazetteer,
    reasons: &mut Reasons,
) {
    let mut seats: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
    for fact in reports.iter().flat_map(|r| &r.facts).filter(|f| is_single_seat(&f.object, gazetteer)) {
        seats.entry(&fact.object).or_default().insert(&fact.subject);
    }
    seats.retain(|_, people| people.len() > 1);
    let wanted: BTreeSet<&EntityId> = seats.values().flatten().copied().collect();
    let attested = attested(reports, &wanted);
    let names: BTreeMap<&EntityId, Vec<Name>> = attested
        .iter()
        .map(|(id, written)| (id, written.keys().map(|w| Name::read(Spelling::from(w.as_str()), gazetteer)).collect()))
        .collect();
    let mut joined: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for (seat, people) in &seats {
        let people: Vec<&EntityId> = people.iter().copied().collect();
        for (at, one) in people.iter().enumerate() {
            for other in &people[at + 1..] {
                let like = |a: &EntityId, b: &EntityId| {
                    let (a, b) =
                        (names.get(a).map_or(&[][..], Vec::as_slice), names.get(b).map_or(&[][..], Vec::as_slice));
                    a.iter().any(|x| b.iter().any(|y| matches!(x.likeness(y), Likeness::Whole | Likeness::Misprint)))
                };
                if !like(one, other) || decisions.apart(one, other) {
                    continue;
                }
                // The sounder, better marked, better attested name stays.
                let rank = |id: &EntityId| {
                    let own = names.get(id).map_or(&[][..], Vec::as_slice);
                    let written = attested.get(id);
                    let best = written.and_then(|w| w.keys().filter(|w| !is_foreign(w)).map(|w| marks(w)).max());
                    let sound = own.iter().any(Name::is_sound);
                    (sound, best.is_some(), best, written.map_or(0, |w| w.values().map(BTreeSet::len).sum::<usize>()))
                };
                let (mut kept, mut gone) = (root(&joined, one), root(&joined, other));
                if kept == gone {
                    continue;
                }
                if (rank(&gone), std::cmp::Reverse(&gone)) > (rank(&kept), std::cmp::Reverse(&kept)) {
                    std::mem::swap(&mut kept, &mut gone);
                }
                let written = attested.get(&gone).and_then(|w| w.keys().next()).map_or(gone.path(), String::as_str);
                let reason = format!("{written} is the same person: the name may be so written, and both have {seat}");
                reasons.entry(kept.clone()).or_default().insert(reason);
                joined.insert(gone, kept);
            }
        }
    }
    if joined.is_empty() {
        return;
    }
    // What was said of somebody who was himself joined later goes along.
    for gone in joined.keys() {
        if let Some(said) = reasons.remove(gone) {
            reasons.entry(root(&joined, gone)).or_default().extend(said);
        }
    }
    for report in reports {
        let subjects = report.facts.iter_mut().map(|f| &mut f.subject);
        for id in subjects.chain(report.names.iter_mut().map(|(id, _)| id)) {
            if joined.contains_key(id) {
                *id = root(&joined, id);
            }
        }
    }
}

fn root(joined: &BTreeMap<EntityId, EntityId>, id: &EntityId) -> EntityId {
    let mut id = id;
    while let Some(next) = joined.get(id) {
        id = next;
    }
    id.clone()
}

/// How some people are written, and in which reports.
fn attested(
    reports: &[Extraction],
    wanted: &BTreeSet<&EntityId>,
) -> BTreeMap<EntityId, BTreeMap<String, BTreeSet<EntityId>>> {
    let mut attested: BTreeMap<EntityId, BTreeMap<String, BTreeSet<EntityId>>> = BTreeMap::new();
    for report in reports {
        for (id, written) in report.names.iter().filter(|(id, _)| wanted.contains(id)) {
            let written = attested.entry(id.clone()).or_default().entry(written.nfc().collect()).or_default();
            written.insert(report.article.clone());
        }
    }
    attested
}

/// Whether only one person at a time can have the post, and it is known which post it is.
pub(super) fn is_single_seat(post: &EntityId, gazetteer: &Gazetteer) -> bool {
    let grammar = gazetteer.grammar();
    let is_known = |segment: &str| segment != "?" && !segment.starts_with("?-");
    post.kind() == Kind::Post
        && post.segments().all(is_known)
        && post.segments().next_back().is_some_and(|role| grammar.has_deputy(role) || grammar.appoints(role))
}

/// A way to mark a name, with what tells its bearers apart.
struct Form {
    name: Name,
    written: String,
    /// How many reports that write it give its bearer a post or a meeting in each province.
    places: BTreeMap<String, usize>,
    /// Posts that only one person can have.
    seats: BTreeSet<EntityId>,
}

/// Splits an identifier that marked spellings show to be several people: Hùng is not Hưng, unless both have a seat
/// that only one can have, so that one of them is misprinted.
///
/// A report that writes no marks joins the spelling whose reports share a province with it; where none or several
/// do, it keeps the plain identifier, which then stands for nobody else.
pub(super) fn tell_apart(reports: &mut [Extraction], gazetteer: &Gazetteer, reasons: &mut Reasons) {
    let mut spellings: BTreeMap<&EntityId, BTreeSet<String>> = BTreeMap::new();
    for (id, written) in reports.iter().flat_map(|report| &report.names) {
        spellings.entry(id).or_default().insert(marked(written));
    }
    // Most people are written in one way, and need no reading.
    spellings.retain(|_, written| written.iter().filter(|w| is_marked(w)).count() > 1);
    let several: BTreeSet<EntityId> = spellings.into_keys().cloned().collect();
    let mut all: BTreeMap<EntityId, BTreeMap<String, Form>> = BTreeMap::new();
    for report in reports.iter() {
        for (id, written) in report.names.iter().filter(|(id, _)| several.contains(id)) {
            let spelling = marked(written);
            if !is_marked(&spelling) {
                continue;
            }
            let language = report.language.as_deref();
            // Reports that write all marks and others are two witnesses, though the letters are the same.
            let significant =
                gazetteer.languages().iter().any(|l| Some(l.code.as_str()) == language && l.marks_significant);
            let key = format!("{spelling}{}", if significant { "" } else { "?" });
            let form = all.entry(id.clone()).or_default().entry(key).or_insert_with(|| Form {
                name: Name::read(Spelling { name: written, language }, gazetteer),
                written: written.nfc().collect(),
                places: BTreeMap::new(),
                seats: BTreeSet::new(),
            });
            for province in provinces_of(report, id) {
                *form.places.entry(province).or_default() += 1;
            }
            let seats = report.facts.iter().filter(|f| f.subject == *id && is_single_seat(&f.object, gazetteer));
            form.seats.extend(seats.map(|f| f.object.clone()));
        }
    }
    let differ = |a: &Form, b: &Form| {
        a.name.likeness(&b.name) == Likeness::Different && a.seats.intersection(&b.seats).next().is_none()
    };
    all.retain(|_, forms| forms.values().any(|a| forms.values().any(|b| differ(a, b))));
    let split: BTreeMap<EntityId, Vec<Bearer>> =
        all.into_iter().map(|(id, forms)| (id.clone(), bearers(&id, forms.into_values().collect(), &differ))).collect();
    for (id, bearers) in &split {
        for bearer in bearers {
            let others: Vec<&str> =
                bearers.iter().filter(|b| b.id != bearer.id).map(|b| b.forms[0].written.as_str()).collect();
            let reason = format!("{} is not {}: the marks differ", bearer.forms[0].written, others.join(", "));
            reasons.entry(bearer.id.clone()).or_default().insert(reason);
        }
        debug_assert!(bearers.iter().all(|b| b.id.path().starts_with(id.path())));
    }
    for report in reports.iter_mut() {
        let mut renamed: BTreeMap<EntityId, EntityId> = BTreeMap::new();
        for (id, bearers) in &split {
            let language = report.language.as_deref();
            let own: Vec<Name> = report
                .names
                .iter()
                .filter(|(n, written)| n == id && is_marked(&marked(written)))
                .map(|(_, written)| Name::read(Spelling { name: written, language }, gazetteer))
                .collect();
            let provinces = provinces_of(report, id);
            let fits = |bearer: &&Bearer| match own[..] {
                [] => bearer.forms.iter().any(|f| provinces.iter().any(|p| f.places.contains_key(p))),
                _ => bearer.forms.iter().any(|f| own.iter().any(|o| o.likeness(&f.name) != Likeness::Different)),
            };
            if let [bearer] = bearers.iter().filter(fits).collect::<Vec<_>>()[..] {
                renamed.insert(id.clone(), bearer.id.clone());
            }
        }
        rename(report, &renamed);
    }
}

/// Gives people of one report other identifiers.
pub(super) fn rename(report: &mut Extraction, renamed: &BTreeMap<EntityId, EntityId>) {
    if renamed.is_empty() {
        return;
    }
    let subjects = report.facts.iter_mut().map(|fact| &mut fact.subject);
    for id in subjects.chain(report.names.iter_mut().map(|(id, _)| id)) {
        if let Some(new) = renamed.get(id) {
            *id = new.clone();
        }
    }
}

/// One of several people of one folded name.
struct Bearer {
    id: EntityId,
    forms: Vec<Form>,
}

/// Forms that agree are of one bearer; each gets the province where he is met most.
fn bearers(id: &EntityId, forms: Vec<Form>, differ: &impl Fn(&Form, &Form) -> bool) -> Vec<Bearer> {
    let mut groups: Vec<Vec<Form>> = Vec::new();
    for form in forms {
        // A form that fits several people says nothing of who they are.
        let mut fits: Vec<usize> = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            if !group.iter().any(|other| differ(other, &form)) {
                fits.push(at);
            }
        }
        match fits[..] {
            [] => groups.push(vec![form]),
            [one] => groups[one].push(form),
            _ => {}
        }
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    groups
        .into_iter()
        .map(|forms| {
            let mut places: BTreeMap<&String, usize> = BTreeMap::new();
            for (place, count) in forms.iter().flat_map(|f| &f.places) {
                *places.entry(place).or_default() += count;
            }
            let place = places.iter().max_by_key(|(place, count)| (**count, std::cmp::Reverse(**place)));
            let place = place.map_or("?".to_string(), |(place, _)| place.to_string());
            let number = taken.entry(place.clone()).or_default();
            *number += 1;
            let suffix = if *number > 1 { format!("{place}-{number}") } else { place };
            Bearer { id: EntityId::new(Kind::Person, &format!("{}~{suffix}", id.path())), forms }
        })
        .collect()
}

/// How to call each person.
pub(super) fn display_names(reports: &[Extraction], gazetteer: &Gazetteer) -> BTreeMap<EntityId, Names> {
    let mut counts: BTreeMap<EntityId, BTreeMap<String, usize>> = BTreeMap::new();
    for report in reports {
        for (id, written) in &report.names {
            let written: String = written.nfc().collect();
            *counts.entry(id.clone()).or_default().entry(written).or_default() += 1;
        }
    }
    let mut names = BTreeMap::new();
    for (id, forms) in counts {
        let name = id.path().split('~').next().unwrap_or_default();
        let known = gazetteer.people(name);
        // Most marks first, then most reports, then the order of letters; a declined form is not what one is called.
        let best = forms
            .iter()
            .filter(|(form, _)| !is_foreign(form) && slug(form) == name)
            .max_by_key(|(form, count)| (marks(form), **count, std::cmp::Reverse(form.to_string())));
        let display = match (best, known) {
            (Some((form, _)), _) if marks(form) > 0 => form.clone(),
            (_, [first, rest @ ..]) if rest.iter().all(|p| p.name == first.name) => first.name.clone(),
            (Some((form, _)), _) => form.clone(),
            (None, _) => capitalised(name),
        };
        let others = forms.into_keys().filter(|form| *form != display).collect();
        names.insert(id, Names { display, others });
    }
    names
}

/// Provinces of the person's posts and events in a report.
fn provinces_of(report: &Extraction, person: &EntityId) -> Vec<String> {
    let mut found: Vec<String> = report
        .facts
        .iter()
        .filter(|f| f.subject == *person && matches!(f.object.kind(), Kind::Post | Kind::Event))
        .filter(|f| f.object.segments().count() > 2)
        .filter_map(|f| f.object.segments().next().map(str::to_string))
        .filter(|p| p != "?")
        .collect();
    found.sort();
    found.dedup();
    found
}

fn is_marked(spelling: &str) -> bool {
    marks(spelling) > 0 && !is_foreign(spelling)
}

/// Letters of another script, whose marks tell nothing.
fn is_foreign(spelling: &str) -> bool {
    spelling.chars().any(|c| ('\u{370}'..='\u{1dff}').contains(&c))
}

fn marks(text: &str) -> usize {
    text.nfd().filter(|c| unicode_normalization::char::is_combining_mark(*c) || matches!(c, 'đ' | 'Đ')).count()
}

fn capitalised(slug: &str) -> String {
    let words: Vec<String> = slug
        .split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect();
    words.join(" ")
}
