//! A period is a year, a month or a day, as it is typed after `--on`, `--since` and `--until`.

use std::str::FromStr;

use serde::Serialize;

/// A year, a month or a day, with its first and last day.
///
/// ```
/// use chutoa::query::Period;
/// let june: Period = "2025-06".parse().unwrap();
/// assert!(june.overlaps("2025-06-12", "2025-06-12"));
/// assert!(!june.overlaps("2025-07-01", "2025-07-31"));
/// assert!("2025-13".parse::<Period>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    first: String,
    last: String,
}

impl Period {
    /// Its first day, `YYYY-MM-DD`.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Its last day, `YYYY-MM-DD`.
    pub fn last(&self) -> &str {
        &self.last
    }

    /// Whether a stretch of days has a day in common with it. The two days may lack day or month.
    pub fn overlaps(&self, first: &str, last: &str) -> bool {
        *self.first <= *latest(last) && *earliest(first) <= *self.last
    }

    /// Whether a stretch of days begins in it or goes on after its beginning.
    pub fn begins_before(&self, last: &str) -> bool {
        *self.first <= *latest(last)
    }

    /// Whether a stretch of days has begun when the period ends.
    pub fn ends_after(&self, first: &str) -> bool {
        *earliest(first) <= *self.last
    }
}

/// A text that is neither a year nor a month nor a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no date; write YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct MalformedPeriod {
    text: String,
}

impl FromStr for Period {
    type Err = MalformedPeriod;

    fn from_str(text: &str) -> Result<Period, MalformedPeriod> {
        parse(text.trim()).ok_or_else(|| MalformedPeriod { text: text.to_string() })
    }
}

fn parse(text: &str) -> Option<Period> {
    let widths: Vec<usize> = text.split('-').map(str::len).collect();
    if !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let mut numbers = text.split('-').map(|part| part.parse::<i16>().ok());
    let year = numbers.next()??;
    let month = numbers.next().flatten();
    let day = numbers.next().flatten();
    let begin = jiff::civil::Date::new(year, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8).ok()?;
    let end = match (month, day) {
        (_, Some(_)) => begin,
        (Some(_), None) => begin.last_of_month(),
        (None, None) => begin.last_of_year(),
    };
    Some(Period { first: begin.to_string(), last: end.to_string() })
}

/// The earliest day that a date of any precision can mean.
fn earliest(date: &str) -> String {
    parse(date).map_or_else(|| date.to_string(), |period| period.first)
}

/// The latest day that a date of any precision can mean.
fn latest(date: &str) -> String {
    parse(date).map_or_else(|| date.to_string(), |period| period.last)
}
