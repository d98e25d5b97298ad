//! The report's own place: what the lead, the address and the newspaper's home tell of the whole report.

use std::collections::{BTreeMap, BTreeSet};

use super::dateline;
use super::scene::Scene;
use crate::gazetteer::{Component, Cue, Flag, Gazetteer};
use crate::mention::{MentionKind, Report};
use crate::vocabulary::slug;

/// The parts of a report's address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Address {
    pub(crate) host: String,
    /// The first folder of the path.
    folder: Option<String>,
    /// The words of the path, without marks.
    pub(crate) words: String,
    pub(crate) url: String,
}

impl Address {
    pub(crate) fn parse(url: &str) -> Address {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = match path.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 5 && !ending.contains('/') => stem,
            _ => path,
        };
        let folder = path.split_once('/').map(|(folder, _)| folder.to_lowercase());
        let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        Address { host: host.to_lowercase(), folder, words: words.join(" "), url: url.to_string() }
    }
}

/// Where a report is at home, with the provinces that it names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    pub(crate) province: Option<u16>,
    /// How often each province is named, roads and newspapers left out; in order of province.
    pub(crate) named: BTreeMap<u16, usize>,
    /// The token of the place where the report was written: nobody's post is there by it.
    dateline: Option<usize>,
    /// The unit of each level below the province that the report names more often than all others.
    pub(crate) units: BTreeMap<Component, String>,
}

impl Home {
    /// Weighs the provinces named in the text against those of the address.
    pub(crate) fn find(scenes: &[Scene], address: &Address, report: &Report<'_>) -> Home {
        let gazetteer = report.gazetteer;
        let dateline = dateline::find(scenes, report);
        let mut named: BTreeMap<u16, usize> = BTreeMap::new();
        let mut first = None;
        for scene in scenes {
            for mention in &scene.mentions {
                if let MentionKind::Place { province, namesake: false } = mention.kind {
                    *named.entry(province).or_default() += 1;
                    if dateline.is_none_or(|(at, _)| at != mention.start) {
                        first.get_or_insert(province);
                    }
                }
            }
        }
        let mut score: BTreeMap<u16, f32> = BTreeMap::new();
        for (province, count) in &named {
            *score.entry(*province).or_default() += (*count).min(5) as f32;
        }
        // Where a report was written weighs only where it names nothing else.
        if let (Some((_, province)), true) = (dateline, named.len() > 1)
            && let Some(weight) = score.get_mut(&province)
        {
            *weight -= 1.0;
        }
        if let Some(first) = first {
            *score.entry(first).or_default() += 1.5;
        }
        for label in address.host.split('.') {
            if let Some(province) = gazetteer.outlet(label) {
                *score.entry(province).or_default() += 2.5;
            }
        }
        // `vietnam.vn/dongnai/…`
        if let Some(province) = address.folder.as_deref().and_then(|folder| gazetteer.outlet(folder)) {
            *score.entry(province).or_default() += 2.5;
        }
        // Somebody's name in the address names no place: `vuong-dinh-hue-meets-voters`.
        let people = scenes.iter().flat_map(|s| s.people().into_iter().filter_map(|at| s.person(at)));
        let names: BTreeSet<&str> = people.filter(|p| !p.weak).map(|p| p.name.as_str()).collect();
        let words = names.iter().fold(slug(&address.words), |words, name| words.replace(name, ""));
        for province in gazetteer.provinces_in(&words) {
            // One syllable may be the end of a person's name there: only a text that names the province counts.
            if gazetteer.provinces()[province as usize].id.contains('-') || named.contains_key(&province) {
                *score.entry(province).or_default() += 2.5;
            }
        }
        // Nothing names a province: that of a district which one province alone has.
        if score.is_empty() {
            for scene in scenes {
                let named = (0..scene.mentions.len()).filter_map(|at| scene.title(at).or_else(|| scene.body(at)));
                for province in named.filter(|t| !t.units.is_empty()).filter_map(|t| t.place) {
                    *score.entry(province).or_default() += 1.0;
                }
            }
        }
        // Or that of the people whom the gazetteer knows, if they are several.
        if score.is_empty() {
            let mut named: BTreeSet<&str> = BTreeSet::new();
            let people = scenes.iter().flat_map(|s| s.people().into_iter().filter_map(|at| s.person(at)));
            for person in people.filter(|p| !p.weak) {
                if !named.insert(&person.name) {
                    continue;
                }
                let known: BTreeSet<&str> = gazetteer.people(&person.name).iter().map(|k| k.place.as_str()).collect();
                if let (1, Some(province)) = (known.len(), known.first().and_then(|id| gazetteer.province(id))) {
                    *score.entry(province).or_default() += 1.0;
                }
            }
            score.retain(|_, people| *people > 1.0);
        }
        let mut best: Option<(u16, f32)> = None;
        for (province, value) in score {
            // The later of equals in the order of identifiers, so that the answer never depends on hash order.
            if best.is_none_or(|(_, b)| value >= b) {
                best = Some((province, value));
            }
        }
        Home {
            province: best.map(|(p, _)| p),
            named,
            dateline: dateline.map(|(at, _)| at),
            units: units(scenes, gazetteer),
        }
    }
}

/// The units below the province that titles and bodies name, where one of a level is named most.
fn units(scenes: &[Scene], gazetteer: &Gazetteer) -> BTreeMap<Component, String> {
    let grammar = gazetteer.grammar();
    let levels = grammar.flagged(Flag::Lower).union(grammar.flagged(Flag::City));
    let mut named: BTreeMap<Component, BTreeMap<String, usize>> = BTreeMap::new();
    for scene in scenes {
        for at in 0..scene.mentions.len() {
            let Some(title) = scene.title(at).or_else(|| scene.body(at)) else { continue };
            let Some(level) = grammar.members(levels).find(|c| title.parts.body.has(*c)) else { continue };
            // `Lao Cai City`: called as its province is, unless it is one itself.
            let city =
                grammar.flagged(Flag::City).has(level) && !title.parts.body.meets(grammar.flagged(Flag::Province));
            let place = title.place.filter(|p| city && !gazetteer.is_city(*p));
            let place = place.map(|p| &gazetteer.provinces()[p as usize].id);
            let Some(unit) = title.units.first().or(place) else { continue };
            *named.entry(level).or_default().entry(unit.clone()).or_default() += 1;
        }
    }
    let most = |units: BTreeMap<String, usize>| {
        let all: usize = units.values().sum();
        units.into_iter().find(|(_, count)| 2 * count > all).map(|(unit, _)| unit)
    };
    named.into_iter().filter_map(|(level, units)| Some((level, most(units)?))).collect()
}

/// `head of the delegation (15th term) of Ben Tre province`: only parentheses stand between.
fn behind_parenthesis(scene: &Scene, title: usize, report: &Report<'_>) -> Option<u16> {
    let grammar = report.gazetteer.grammar();
    let end = scene.end(title);
    let closed = (end..scene.span.end).take(8).find(|k| report.is_mark(*k, &[")"]))?;
    let province = |k: usize| report.components(k).iter().any(|c| grammar.flagged(Flag::Province).has(*c));
    let next = (closed + 1..scene.span.end).find(|k| !(report.is_particle(*k) || province(*k)))?;
    (0..scene.mentions.len())
        .find_map(|at| match scene.mentions[at].kind {
            MentionKind::Place { province, namesake: false } if scene.start(at) == next => Some(province),
            _ => None,
        })
        .filter(|_| end < scene.span.end && report.is_mark(end, &["("]))
}

/// The province of a title or body in its sentence, where it names none itself.
pub(crate) fn context(scene: &Scene, title: usize, home: &Home, report: &Report<'_>) -> Option<u16> {
    if home.named.len() > 1 {
        if let Some(own) = behind_parenthesis(scene, title, report) {
            return Some(own);
        }
        let mut nearest = None;
        let own = scene.start(title);
        let origins = scene.cues(&[Cue::Origin]);
        let target = scene.targets[title];
        let former = scene.title(title).is_some_and(|t| t.former);
        let item = list_item(scene, title, report);
        for at in 0..scene.mentions.len() {
            match &scene.mentions[at].kind {
                // What stands in another item of a list is somebody else's.
                MentionKind::Place { .. } if item.as_ref().is_some_and(|item| !item.reaches(scene.start(at))) => {}
                MentionKind::Place { .. } if home.dateline == Some(scene.start(at)) => {}
                MentionKind::Place { province, namesake: false } if scene.start(at) < own => {
                    let birth = origins.iter().any(|c| {
                        let distance = scene.start(at) as isize - scene.end(*c) as isize;
                        (0..=6).contains(&distance)
                    });
                    if !birth {
                        nearest = Some(*province);
                    }
                }
                MentionKind::Title(other) if at != title && (!other.former || former) => {
                    if let Some(place) = other.place
                        && scene.share_owner(at, title)
                    {
                        return Some(place);
                    }
                }
                _ => {}
            }
        }
        if let Some(target) = target {
            let titles = scene.titles();
            if scene.cue(target.cue) == Some(Cue::Join) {
                let next = titles.iter().find(|t| {
                    scene.start(**t) >= scene.end(title)
                        && scene.title(**t).is_some_and(|x| x.place.is_some())
                        && scene.start(**t) - scene.end(title) < 25
                        && !scene.any_between(scene.end(title), scene.start(**t), false)
                });
                if let Some(next) = next {
                    return scene.title(*next).and_then(|t| t.place);
                }
            }
            let same = titles.iter().find(|t| {
                **t != title
                    && scene.targets[**t].is_some_and(|o| o.cue == target.cue)
                    && scene.title(**t).is_some_and(|x| x.place.is_some())
            });
            if let Some(same) = same {
                return scene.title(*same).and_then(|t| t.place);
            }
        }
        // `A - Vice Chairman of the People's Committee, head of the group of Lao Cai; B - …`
        let behind = || {
            let item = item.as_ref().filter(|item| item.each_placed)?;
            (0..scene.mentions.len()).find_map(|at| match scene.mentions[at].kind {
                MentionKind::Place { province, namesake: false } if item.span.contains(&scene.start(at)) => {
                    Some(province)
                }
                _ => None,
            })
        };
        if let Some(found) = nearest.or_else(behind) {
            return Some(found);
        }
    }
    home.province
}

/// An item of a list parted by semicolons.
struct ListItem {
    span: std::ops::Range<usize>,
    /// Where the first person of the list stands: what is named before is said of all.
    first: usize,
    /// Most items name a place of their own.
    each_placed: bool,
}

impl ListItem {
    fn reaches(&self, token: usize) -> bool {
        token < self.first || self.span.contains(&token)
    }
}

/// The item in which a title stands, where the sentence has three or more.
fn list_item(scene: &Scene, title: usize, report: &Report<'_>) -> Option<ListItem> {
    let marks: Vec<usize> = (scene.span.start..scene.span.end).filter(|at| report.is_mark(*at, &[";"])).collect();
    if marks.len() < 2 {
        return None;
    }
    let own = scene.start(title);
    let start = marks.iter().copied().rfind(|mark| *mark < own).unwrap_or(scene.span.start);
    let end = marks.iter().copied().find(|mark| *mark > own).unwrap_or(scene.span.end);
    let first = scene.people().first().map_or(scene.span.start, |person| scene.start(*person));
    let places = (0..scene.mentions.len())
        .filter(|at| matches!(scene.mentions[*at].kind, MentionKind::Place { namesake: false, .. }))
        .map(|at| marks.iter().filter(|mark| **mark < scene.start(at)).count());
    let placed: BTreeSet<usize> = places.collect();
    Some(ListItem { span: start..end, first, each_placed: 2 * placed.len() > marks.len() + 1 })
}
