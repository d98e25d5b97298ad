//! The calendar of a report: when it was published, and the year of the dates it leaves without one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::place::Address;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{MentionKind, PartialDate, Report, Spot};

/// Months by which a post may be given ahead of the day on which it is taken.
const SEASON: u32 = 3;

/// What tells the year of a date that has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    /// Year, month, day of publication; month and day may be 12 and 31 where only the year is known.
    pub(crate) published: Option<(u32, u32, u32)>,
    dated: Option<u32>,
    standalone: Option<u32>,
    /// Days of documents that the report names.
    documents: Vec<PartialDate>,
    /// The last day on which the report says that somebody was elected or left: it cannot lie ahead.
    told_before: Option<(u32, u32, u32)>,
}

impl Calendar {
    pub(crate) fn find(report: &Report<'_>, scenes: &[Scene], address: &Address) -> Calendar {
        let mut published = dateline(report.body);
        for scene in scenes.iter().filter(|_| published.is_none()) {
            let date = scene.all(|s, at| s.date(at).is_some() && !follows_document(s, at)).into_iter().find_map(|at| {
                let date = scene.date(at)?;
                let year = date.year.filter(|y| (2008..=2040).contains(y))?;
                Some((year, date.month, date.day)).filter(|_| !opens_a_story(scene, at, report))
            });
            // A date line of its own, not a date in a story.
            if let Some(date) = date.filter(|_| scene.span.end - scene.span.start < 22) {
                published = Some(date);
                break;
            }
        }
        let published = published.or_else(|| published_in(&address.url));
        let mut dated: BTreeMap<u32, usize> = BTreeMap::new();
        let mut of_documents: BTreeMap<u32, usize> = BTreeMap::new();
        for scene in scenes {
            // Years of birth and of old days date no meeting.
            let life = scene.has_cue(&[Cue::Origin]);
            for at in scene.all(|s, at| s.date(at).is_some_and(|d| d.year.is_some_and(|y| y >= 2000 && !life))) {
                let year = scene.date(at).and_then(|d| d.year).unwrap_or_default();
                let map = if follows_document(scene, at) { &mut of_documents } else { &mut dated };
                *map.entry(year).or_default() += 1;
            }
        }
        let told_before = scenes
            .iter()
            .filter(|s| s.has_cue(&[Cue::Elect, Cue::Leave, Cue::Formerly]))
            .flat_map(|s| {
                let days = s.all(|s, at| s.date(at).is_some()).into_iter().filter_map(|at| s.date(at));
                let days = days.filter_map(|d| Some((d.year.filter(|y| *y >= 2000)?, d.month, d.day)));
                days.chain(months(s, report)).collect::<Vec<_>>()
            })
            .max();
        let documents: Vec<PartialDate> = scenes
            .iter()
            .flat_map(|scene| {
                let dated = scene.all(|s, at| s.date(at).is_some_and(|d| d.year.is_some()) && follows_document(s, at));
                dated.into_iter().filter_map(|at| scene.date(at)).collect::<Vec<_>>()
            })
            .collect();
        let mut standalone: BTreeMap<u32, isize> = BTreeMap::new();
        let mut terms: Vec<u32> = Vec::new();
        let mut next = 0;
        while let Some(at) = report.spots.next(Spot::Date, next, report.cut.tokens.len()) {
            next = at + 1;
            let Some(year) = report.number(at).filter(|y| (2000..2030).contains(y)) else { continue };
            let token = report.token(at);
            let before = report.body[..token.start as usize].trim_end_matches(' ');
            let after = report.body[token.end as usize..].trim_start_matches(' ');
            let range = after
                .strip_prefix(['-', '–', '/'])
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
            if range {
                terms.push(year);
            } else if !before.ends_with(['-', '–', '/']) || since_last_century(report, at) {
                *standalone.entry(year).or_default() += 1;
            }
        }
        for (year, count) in &of_documents {
            if let Some(all) = standalone.get_mut(year) {
                *all -= *count as isize;
            }
        }
        standalone.retain(|_, count| *count > 0);
        // A document of the newest term is about as old as the report.
        if let Some(newest) = terms.iter().max().filter(|_| standalone.is_empty())
            && let Some(year) = of_documents.keys().rfind(|year| *year >= newest)
        {
            standalone.insert(*year, 1);
        }
        if let Some(newest) = terms.iter().max() {
            standalone.retain(|year, _| *year + 1 >= *newest);
        }
        let most = |map: &BTreeMap<u32, usize>| {
            map.iter().max_by_key(|(year, count)| (**count, std::cmp::Reverse(**year))).map(|(year, _)| *year)
        };
        let standalone =
            standalone.iter().max_by_key(|(year, count)| (**count, std::cmp::Reverse(**year))).map(|(y, _)| *y);
        Calendar { published, dated: most(&dated), standalone, documents, told_before }
    }

    /// The day of publication, where it is known to the day.
    pub(crate) fn published_on(&self) -> Option<String> {
        let (year, month, day) = self.published?;
        PartialDate { year: None, month, day }.with_year(year)
    }

    /// Whether a report may be about a day of this year: not an anniversary, not a birth.
    pub(crate) fn is_recent(&self, year: u32) -> bool {
        year >= 2000 && self.published.is_none_or(|(published, _, _)| year + 1 >= published)
    }

    /// `YYYY-MM-DD`, the year taken from the report where the date has none.
    pub(crate) fn complete(&self, date: PartialDate) -> Option<String> {
        let year = date.year.or_else(|| {
            let (year, month, day) = self.published?;
            // A day well after publication was in the year before.
            Some(if (date.month, date.day) > (month, day + 3) { year - 1 } else { year })
        });
        let sure = year.is_some();
        let year = year.or(self.dated).or(self.standalone).or_else(|| self.after_document(date))?;
        // A year taken from elsewhere in the text: no meeting is reported before what the report looks back on.
        let year = match self.told_before {
            Some((before, month, _)) if !sure && before == year && month > date.month + SEASON => year + 1,
            _ => year,
        };
        let issued_later = |d: &PartialDate| d.year == Some(year) && (d.month, d.day) > (date.month, date.day);
        if !sure && self.documents.iter().any(issued_later) {
            return None;
        }
        date.with_year(year)
    }

    /// A decision is handed over within weeks: its year is that of a day shortly after it.
    fn after_document(&self, date: PartialDate) -> Option<u32> {
        const WEEKS: u32 = 60;
        let day = |d: &PartialDate| d.month * 31 + d.day;
        self.documents.iter().find(|d| (day(d)..=day(d) + WEEKS).contains(&day(&date))).and_then(|d| d.year)
    }
}

/// A date behind which a sentence goes on: `Accordingly, on 10 October 2024, the armed forces …`.
fn opens_a_story(scene: &Scene, date: usize, report: &Report<'_>) -> bool {
    let end = scene.end(date);
    let small = |at: usize| report.is_word(at) && !report.token(at).capital && !report.is_particle(at);
    (end..scene.span.end).filter(|at| small(*at)).count() > 2
}

/// The second year of an anniversary, which is the report's own: `(1975 – 2024)`.
fn since_last_century(report: &Report<'_>, year: usize) -> bool {
    let before = (year.saturating_sub(2)..year).rev().find_map(|at| report.number(at));
    before.is_some_and(|first| (1900..2000).contains(&first))
}

/// Months with their year, no day: `December 2024`, `12/2024`.
fn months(scene: &Scene, report: &Report<'_>) -> Vec<(u32, u32, u32)> {
    let year =
        |at: usize| (at < scene.span.end).then(|| report.number(at)).flatten().filter(|y| (2000..2040).contains(y));
    let spelt = |at: usize| Some(u32::from(report.slots[at].month)).filter(|m| *m > 0);
    let figure = |at: usize| {
        let alone = at == scene.span.start || !report.is_mark(at - 1, &["/", "-", "."]);
        let slash = at + 1 < scene.span.end && report.is_mark(at + 1, &["/"]);
        report.number(at).filter(|m| alone && slash && (1..=12).contains(m))
    };
    (scene.span.start..scene.span.end)
        .filter_map(|at| {
            let named = spelt(at).and_then(|month| Some((year(at + 1).or_else(|| year(at + 2))?, month, 0)));
            named.or_else(|| figure(at).and_then(|month| Some((year(at + 2)?, month, 0))))
        })
        .collect()
}

/// The date belongs to a document named right before it.
pub(crate) fn follows_document(scene: &Scene, date: usize) -> bool {
    let start = scene.start(date);
    scene.mentions.iter().any(|m| matches!(m.kind, MentionKind::Document(_)) && m.end <= start && start - m.end < 9)
}

/// A page's date in front of its text: `2025-10-15`, a word before it or none.
fn dateline(body: &str) -> Option<(u32, u32, u32)> {
    static LINE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\W*(?:\p{L}+\s+)?(20\d\d)-(\d\d)(?:-(\d\d))?\b").expect("a constant"));
    // The expression would read the whole text for what its first figure tells.
    let first = body.find(|c: char| c.is_ascii_digit())?;
    if !body[first..].starts_with("20") {
        return None;
    }
    let found = LINE.captures(body)?;
    let number = |at: usize| found.get(at).and_then(|m| m.as_str().parse::<u32>().ok());
    Some((number(1)?, number(2)?, number(3).unwrap_or(31)))
}

/// `…/202106/…`, `…20251014…`, `/2024/05/17/` in an address.
fn published_in(url: &str) -> Option<(u32, u32, u32)> {
    let digits: Vec<&str> = url.split(|c: char| !c.is_ascii_digit()).collect();
    let number = |text: &str| text.parse::<u32>().ok();
    for run in &digits {
        if run.len() < 6 || !run.starts_with("20") {
            continue;
        }
        let (year, month) = (number(&run[..4])?, number(&run[4..6])?);
        if !(2000..2030).contains(&year) || !(1..=12).contains(&month) {
            continue;
        }
        let tail = &run[6..];
        match tail.len() {
            // A month is a folder: `/201210.vnp` is a page's number.
            0 if url.contains(&format!("/{run}/")) => return Some((year, month, 31)),
            2 | 8..=11 => {
                let day = number(&tail[..2])?;
                if (1..=31).contains(&day) {
                    return Some((year, month, day));
                }
            }
            _ => {}
        }
    }
    let parts: Vec<&str> = url.split('/').collect();
    for (at, part) in parts.iter().enumerate().skip(3) {
        let Some(year) = number(part).filter(|y| part.len() == 4 && (2000..2030).contains(y)) else { continue };
        let next = |k: usize| parts.get(at + k).filter(|p| p.len() <= 2).and_then(|p| number(p));
        return Some((year, next(1).unwrap_or(12), next(2).unwrap_or(31)));
    }
    None
}
