//! The language of facts: identifiers of entities, relations between them, and their written form.
//!
//! A fact is one line, `ARTICLE <TAB> SUBJECT <TAB> RELATION <TAB> OBJECT`. Identifiers are lower-case ASCII and
//! never depend on the language of a report; this module knows how they look, not what they mean.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A human being.
    Person,
    /// A seat: role, body and place.
    Post,
    /// A body that has posts and holds meetings.
    Organization,
    /// One of the 63 units before 1 July 2025 or the 34 since.
    Province,
    /// A meeting, ceremony, visit or inspection.
    Event,
    /// A numbered resolution, directive, plan, …
    Document,
    /// A report.
    Article,
    /// A calendar day.
    Date,
}

impl Kind {
    /// All kinds, in the order in which summaries list them.
    pub const ALL: [Kind; 8] = [
        Kind::Person,
        Kind::Post,
        Kind::Organization,
        Kind::Province,
        Kind::Event,
        Kind::Document,
        Kind::Article,
        Kind::Date,
    ];

    /// The word before the colon of an identifier.
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Post => "post",
            Kind::Organization => "org",
            Kind::Province => "province",
            Kind::Event => "event",
            Kind::Document => "doc",
            Kind::Article => "article",
            Kind::Date => "date",
        }
    }

    /// The kind's name in exports and summaries.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Organization => "organization",
            Kind::Document => "document",
            other => other.prefix(),
        }
    }

    /// Plural for counts: `people 48`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Person => "people",
            Kind::Post => "posts",
            Kind::Organization => "organizations",
            Kind::Province => "provinces",
            Kind::Event => "events",
            Kind::Document => "documents",
            Kind::Article => "articles",
            Kind::Date => "dates",
        }
    }
}

/// A well-formed identifier such as `post:dak-lak/provincial-party-committee/secretary`.
///
/// ```
/// use chutoa::vocabulary::{EntityId, Kind};
/// let id: EntityId = "person:ngo-thanh-danh".parse().unwrap();
/// assert_eq!(id.kind(), Kind::Person);
/// assert_eq!(id.path(), "ngo-thanh-danh");
/// assert!("person:Ngô Thanh Danh".parse::<EntityId>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// Puts an identifier together from its kind and path; the path is folded where it is not yet an identifier.
    pub fn new(kind: Kind, path: &str) -> EntityId {
        let prefix = kind.prefix().len();
        let len = prefix + 1 + path.len();
        let mut room = [0; 96];
        // Nearly all are short and well-formed: put together without a string in between.
        if len <= room.len() && path.bytes().all(is_path_byte) {
            room[..prefix].copy_from_slice(kind.prefix().as_bytes());
            room[prefix] = b':';
            room[prefix + 1..len].copy_from_slice(path.as_bytes());
            if let Ok(text) = std::str::from_utf8(&room[..len]) {
                return EntityId(text.into());
            }
        }
        let mut text = String::with_capacity(path.len() + 12);
        text.push_str(kind.prefix());
        text.push(':');
        if path.bytes().all(is_path_byte) {
            text.push_str(path);
        } else {
            text.push_str(&slug_path(path));
        }
        EntityId(text.into())
    }

    /// The article of a report with this file name (without ending); the name is kept, white space becomes `-`.
    pub fn article(name: &str) -> EntityId {
        let clean: String = name.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).collect();
        EntityId(format!("article:{clean}").into())
    }

    /// What the identifier names.
    pub fn kind(&self) -> Kind {
        let prefix = self.0.split(':').next().unwrap_or("");
        Kind::ALL.into_iter().find(|kind| kind.prefix() == prefix).unwrap_or(Kind::Article)
    }

    /// The part after the colon.
    pub fn path(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, path)| path)
    }

    /// The whole identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts of the path between slashes.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.path().split('/')
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<EntityId> for String {
    fn from(id: EntityId) -> String {
        id.0.to_string()
    }
}

impl TryFrom<String> for EntityId {
    type Error = MalformedId;
    fn try_from(text: String) -> Result<EntityId, MalformedId> {
        text.parse()
    }
}

/// Why a text is no identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no identifier: {reason}")]
pub struct MalformedId {
    text: String,
    reason: &'static str,
}

impl FromStr for EntityId {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<EntityId, MalformedId> {
        let fail = |reason| Err(MalformedId { text: text.to_string(), reason });
        let Some((prefix, path)) = text.split_once(':') else {
            return fail("it has no kind before a colon, such as `person:`");
        };
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.prefix() == prefix) else {
            return fail("kinds are person, post, org, province, event, doc, article, date");
        };
        if path.is_empty() {
            return fail("nothing stands after the colon");
        }
        if kind != Kind::Article && !path.bytes().all(is_path_byte) {
            return fail("only a-z, 0-9, `-`, `/`, `?` and `~` stand after the colon");
        }
        if path.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return fail("white space and control characters are not allowed");
        }
        Ok(EntityId(text.into()))
    }
}

fn is_path_byte(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'?' | b'~')
}

/// Diacritics folded, every run of anything else becomes one `-`; slashes stay.
fn slug_path(text: &str) -> String {
    let parts: Vec<String> = text.split('/').map(slug).collect();
    parts.join("/")
}

/// One segment of an identifier from free text: `Đắk Lắk` becomes `dak-lak`.
///
/// ```
/// assert_eq!(chutoa::vocabulary::slug("Ngô Thanh Danh"), "ngo-thanh-danh");
/// ```
pub fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    let mut add = |c: char| match c {
        'đ' | 'Đ' | 'Ð' | 'ð' => out.push('d'),
        'ł' | 'Ł' => out.push('l'),
        c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
        _ if !out.ends_with('-') && !out.is_empty() => out.push('-'),
        _ => {}
    };
    if text.is_ascii() {
        text.chars().for_each(add);
    } else {
        text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).for_each(&mut add);
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// What a fact says of its subject and object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The report gives the person the post at its time.
    Holds,
    /// The report says that the person held it before.
    Held,
    /// Chaired, co-chaired or presided over the event.
    Chaired,
    /// Gave a speech or took the floor.
    SpokeAt,
    /// Is named as present, and neither chaired nor spoke.
    Attended,
    /// Election, appointment, approval or re-election.
    ElectedTo,
    /// Dismissal, retirement, transfer.
    Left,
    /// Byline.
    Wrote,
    /// Whose meeting it was.
    OrganizedBy,
    /// Where it was held.
    HeldIn,
    /// When it was held.
    HeldOn,
    /// A document with a number is named.
    Cites,
    /// Who issued a document.
    IssuedBy,
    /// When a document was issued.
    IssuedOn,
    /// A province is named.
    Mentions,
    /// Succession of provinces, from the gazetteer.
    MergedInto,
    /// Which body a post belongs to; follows from the identifiers.
    PostOf,
    /// Which province a body belongs to; follows from the identifiers.
    LocatedIn,
}

impl Relation {
    /// All relations, in the order in which summaries list them.
    pub const ALL: [Relation; 18] = [
        Relation::Holds,
        Relation::Held,
        Relation::Chaired,
        Relation::SpokeAt,
        Relation::Attended,
        Relation::ElectedTo,
        Relation::Left,
        Relation::Wrote,
        Relation::OrganizedBy,
        Relation::HeldIn,
        Relation::HeldOn,
        Relation::Cites,
        Relation::IssuedBy,
        Relation::IssuedOn,
        Relation::Mentions,
        Relation::MergedInto,
        Relation::PostOf,
        Relation::LocatedIn,
    ];

    /// The relation's word in facts and exports.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Holds => "holds",
            Relation::Held => "held",
            Relation::Chaired => "chaired",
            Relation::SpokeAt => "spoke_at",
            Relation::Attended => "attended",
            Relation::ElectedTo => "elected_to",
            Relation::Left => "left",
            Relation::Wrote => "wrote",
            Relation::OrganizedBy => "organized_by",
            Relation::HeldIn => "held_in",
            Relation::HeldOn => "held_on",
            Relation::Cites => "cites",
            Relation::IssuedBy => "issued_by",
            Relation::IssuedOn => "issued_on",
            Relation::Mentions => "mentions",
            Relation::MergedInto => "merged_into",
            Relation::PostOf => "post_of",
            Relation::LocatedIn => "located_in",
        }
    }

    /// The kinds that stand on its two sides.
    pub fn kinds(self) -> (Kind, Kind) {
        use Kind::*;
        match self {
            Relation::Holds | Relation::Held | Relation::ElectedTo | Relation::Left => (Person, Post),
            Relation::Chaired | Relation::SpokeAt | Relation::Attended => (Person, Event),
            Relation::Wrote => (Person, Article),
            Relation::OrganizedBy => (Event, Organization),
            Relation::HeldIn => (Event, Province),
            Relation::HeldOn => (Event, Date),
            Relation::Cites => (Article, Document),
            Relation::IssuedBy => (Document, Organization),
            Relation::IssuedOn => (Document, Date),
            Relation::Mentions => (Article, Province),
            Relation::MergedInto => (Province, Province),
            Relation::PostOf => (Post, Organization),
            Relation::LocatedIn => (Organization, Province),
        }
    }

    /// Whether the relation follows from identifiers and the gazetteer, so that no report is its evidence.
    pub fn is_structural(self) -> bool {
        matches!(self, Relation::MergedInto | Relation::PostOf | Relation::LocatedIn)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Relation {
    type Err = UnknownRelation;
    fn from_str(text: &str) -> Result<Relation, UnknownRelation> {
        Relation::ALL
            .into_iter()
            .find(|relation| relation.name() == text)
            .ok_or_else(|| UnknownRelation { text: text.to_string() })
    }
}

/// A word that is no relation; the message lists those that are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no relation; relations are: {}", Relation::ALL.map(Relation::name).join(", "))]
pub struct UnknownRelation {
    text: String,
}
