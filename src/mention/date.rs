//! A date as a report writes it: day and month, mostly with a year.

use super::{Mention, MentionKind, Report, Spot};
use crate::gazetteer::Cue;
use crate::text::{Sentence, TokenKind};

/// A day whose year may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PartialDate {
    pub(crate) year: Option<u32>,
    pub(crate) month: u32,
    pub(crate) day: u32,
}

/// A date in a text.
pub(crate) type DateMention = PartialDate;

impl PartialDate {
    /// `YYYY-MM-DD` with this year, where the calendar has such a day.
    pub(crate) fn with_year(self, year: u32) -> Option<String> {
        let date = jiff::civil::Date::new(year as i16, self.month as i8, self.day as i8).ok()?;
        Some(date.to_string())
    }
}

impl Report<'_> {
    pub(super) fn dates(&self, span: Sentence, mentions: &mut Vec<Mention<'_>>) {
        let mut at = span.start;
        while let Some(next) = self.spots.next(Spot::Date, at, span.end) {
            at = next;
            let found = match self.token(at).kind {
                TokenKind::Number => self.figures(at, span.end),
                TokenKind::Word if self.slots[at].month != 0 => self.spelt(at, span),
                _ => None,
            };
            match found {
                Some((date, end)) => {
                    mentions.push(Mention { start: at, end, kind: MentionKind::Date(date) });
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }

    /// `22/12/2024`, `22.12.2024`, `2024-12-22`, `22/12`.
    fn figures(&self, at: usize, end: usize) -> Option<(PartialDate, usize)> {
        if at > 0 && self.token(at - 1).kind == TokenKind::Number && self.separator(at - 1, at).is_some() {
            return None;
        }
        let first = self.number(at)?;
        let (second_at, mark) = self.next_figure(at, end)?;
        let second = self.number(second_at)?;
        let third = self.next_figure(second_at, end).filter(|(_, m)| *m == mark);
        if let Some((third_at, _)) = third {
            let third = self.number(third_at)?;
            let after = third_at + 1;
            if first >= 1900 && mark == '-' {
                return checked(Some(first), second, third).map(|d| (d, after));
            }
            if third >= 1900 {
                let (day, month) = if second > 12 && first <= 12 { (second, first) } else { (first, second) };
                return checked(Some(third), month, self.first_of_days(at, day)).map(|d| (d, after));
            }
            return None;
        }
        // `25-6` is a date behind a word that announces one; else it is a range or a score.
        let announced = mark != '/' && at > 0 && {
            let before = if self.is_mark(at - 1, &["(", ","]) { at.saturating_sub(2) } else { at - 1 };
            self.slots[before].cues.has(Cue::Day)
        };
        if (mark != '/' && !announced) || first == 0 || first > 31 || self.folded(second_at).len() > 2 {
            return None;
        }
        checked(None, second, self.first_of_days(at, first)).map(|d| (d, second_at + 1))
    }

    /// `6 and 7 April`: what lasts several days is told by its first.
    fn first_of_days(&self, at: usize, day: u32) -> u32 {
        let joined = at >= 2 && self.slots[at - 1].cues.has(Cue::Conjunction);
        let before = joined.then(|| self.number(at - 2)).flatten();
        before.filter(|first| (1..day).contains(first)).unwrap_or(day)
    }

    /// The figure after a date's separator, and the separator.
    fn next_figure(&self, at: usize, end: usize) -> Option<(usize, char)> {
        for next in [at + 1, at + 2] {
            if next < end && self.token(next).kind == TokenKind::Number {
                return self.separator(at, next).map(|mark| (next, mark));
            }
        }
        None
    }

    fn separator(&self, at: usize, next: usize) -> Option<char> {
        let gap = self.body[self.token(at).end as usize..self.token(next).start as usize].trim();
        match gap {
            "/" => Some('/'),
            "." => Some('.'),
            "-" | "–" => Some('-'),
            _ => None,
        }
    }

    /// `4 April 2025`, `le 24 janvier 2025`, `December 22, 2024`, `ngày 14 tháng 11 năm 2025`.
    fn spelt(&self, at: usize, span: Sentence) -> Option<(PartialDate, usize)> {
        let month = self.slots[at].month as u32;
        if at > span.start && self.slots[at - 1].month == self.slots[at].month && self.slots[at].month != 0 {
            return None; // the second word of a month's name
        }
        let mut end = at + 1;
        while end < span.end && self.slots[end].month == self.slots[at].month {
            end += 1;
        }
        let light = |k: usize| self.slots[k].ordinal_suffix || self.is_particle(k) || self.is_mark(k, &[".", ","]);
        let day_of = |k: usize| self.number(k).filter(|n| *n >= 1 && *n <= 31);
        let year_of = |k: usize| self.number(k).filter(|n| (1900..2100).contains(n));
        let mut day = None;
        let mut k = at;
        for _ in 0..3 {
            if k == span.start {
                break;
            }
            k -= 1;
            if let Some(number) = day_of(k) {
                day = Some(self.first_of_days(k, number));
                break;
            }
            if !light(k) {
                break;
            }
        }
        let mut year = None;
        let mut k = end;
        let mut skipped = 0;
        while k < span.end && skipped <= 2 {
            if let Some(number) = year_of(k) {
                year = Some(number);
                end = k + 1;
                break;
            }
            match day_of(k) {
                Some(number) if day.is_none() => {
                    day = Some(number);
                    end = k + 1;
                }
                _ if light(k) || (self.is_word(k) && self.folded(k).chars().count() <= 4 && day.is_some()) => {
                    skipped += 1;
                }
                _ => break,
            }
            k += 1;
        }
        checked(year, month, day?).map(|date| (date, end))
    }
}

fn checked(year: Option<u32>, month: u32, day: u32) -> Option<PartialDate> {
    let date = PartialDate { year, month, day };
    // 29 February is a day of some years.
    date.with_year(year.unwrap_or(2024)).map(|_| date)
}
