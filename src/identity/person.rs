//! People across reports: spellings of one name, and people of one name.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::fact::Extraction;
use crate::gazetteer::Gazetteer;
use crate::text::marked;
use crate::vocabulary::{EntityId, Kind};

/// How reports write a person's name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The best-attested form with marks, else the best-attested form.
    pub(crate) display: String,
    /// All other forms, sorted.
    pub(crate) others: Vec<String>,
}

/// Splits an identifier that marked spellings show to be several people: Hùng is not Hưng.
///
/// A report that writes no marks joins the spelling whose reports share a province with it; where none or several
/// do, it keeps the plain identifier, which then stands for nobody else.
pub(super) fn tell_apart(reports: &mut [Extraction]) {
    // Spellings with marks, and the provinces in which each was met.
    let mut spellings: BTreeMap<EntityId, BTreeMap<String, BTreeMap<String, usize>>> = BTreeMap::new();
    for report in reports.iter() {
        for (id, written) in &report.names {
            let spelling = marked(written);
            if !is_marked(&spelling) {
                continue;
            }
            let provinces = spellings.entry(id.clone()).or_default().entry(spelling).or_default();
            for province in provinces_of(report, id) {
                *provinces.entry(province).or_default() += 1;
            }
        }
    }
    spellings.retain(|_, forms| forms.len() > 1);
    // Half-marked spellings (Nguyên for Nguyễn) are forms of the fully marked ones they agree with.
    spellings.retain(|_, forms| {
        let all: Vec<String> = forms.keys().cloned().collect();
        all.iter().any(|a| all.iter().any(|b| !agree(a, b)))
    });
    for report in reports.iter_mut() {
        let mut renamed: BTreeMap<EntityId, EntityId> = BTreeMap::new();
        for (id, forms) in &spellings {
            let own: Vec<String> =
                report.names.iter().filter(|(n, _)| n == id).map(|(_, w)| marked(w)).filter(|w| is_marked(w)).collect();
            let provinces: BTreeSet<String> = provinces_of(report, id).into_iter().collect();
            let fits: Vec<&String> = forms
                .iter()
                .filter(|(form, places)| match own.first() {
                    Some(_) => own.iter().any(|o| agree(o, form)),
                    None => places.keys().any(|p| provinces.contains(p)),
                })
                .map(|(form, _)| form)
                .collect();
            let Some(form) = fits.first() else { continue };
            if fits.iter().any(|other| !agree(other, form)) {
                continue;
            }
            let place = forms[*form]
                .iter()
                .max_by_key(|(place, count)| (**count, std::cmp::Reverse(place.to_string())))
                .map(|(place, _)| place.clone());
            let ambiguous = forms
                .iter()
                .any(|(other, places)| !agree(other, form) && place.as_ref().is_some_and(|p| places.contains_key(p)));
            if let Some(place) = place.filter(|_| !ambiguous) {
                renamed.insert(id.clone(), EntityId::new(Kind::Person, &format!("{}~{place}", id.path())));
            }
        }
        if renamed.is_empty() {
            continue;
        }
        for (id, _) in &mut report.names {
            if let Some(new) = renamed.get(id) {
                *id = new.clone();
            }
        }
        for fact in &mut report.facts {
            if let Some(new) = renamed.get(&fact.subject) {
                fact.subject = new.clone();
            }
        }
    }
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
        // Most marks first, then most reports, then the order of letters.
        let best = forms
            .iter()
            .filter(|(form, _)| form.chars().all(|c| !('\u{370}'..='\u{1dff}').contains(&c)))
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
    marks(spelling) > 0 && spelling.chars().all(|c| !('\u{370}'..='\u{1dff}').contains(&c))
}

fn marks(text: &str) -> usize {
    text.nfd().filter(|c| unicode_normalization::char::is_combining_mark(*c) || matches!(c, 'đ' | 'Đ')).count()
}

/// Two spellings may be of one name: each mark that both have is the same. A spelling with fewer marks agrees with
/// one that has more, so that half-marked French forms fit.
pub(crate) fn agree(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split(' ').map(|w| w.nfd().collect::<String>()).collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            let combining = unicode_normalization::char::is_combining_mark;
            let plain = |w: &str| w.chars().filter(|c| !combining(*c)).map(undash).collect::<String>();
            let of = |w: &str| w.chars().filter(|c| combining(*c) || *c == 'đ').collect::<BTreeSet<char>>();
            let (mx, my) = (of(x), of(y));
            plain(x) == plain(y) && (mx.is_subset(&my) || my.is_subset(&mx))
        })
}

fn undash(c: char) -> char {
    match c {
        'đ' => 'd',
        other => other,
    }
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
