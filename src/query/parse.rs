//! Parsing turns typed words into a [`Query`]; it knows relations and wildcards, but no graph.

use crate::query::period::Period;
use crate::query::relation_words::{Direction, LONGEST, nearest, relation};
use crate::vocabulary::{Kind, Relation};

/// One pattern `SUBJECT RELATION OBJECT` and what its answers must lie in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// From whom or what.
    pub subject: Term,
    /// Which relation; none means any.
    pub relation: Option<Relation>,
    /// To whom or what.
    pub object: Term,
    /// Place and time.
    pub filter: Filter,
}

/// One end of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// Anything that the wildcard's word admits.
    Wildcard(Wildcard),
    /// Whatever has this name.
    Name(String),
}

/// A word that stands for any entity, or for any of some kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wildcard {
    /// `who`: people, organizations, authors of documents.
    Who,
    /// `where`: provinces and organizations.
    Where,
    /// `when`: days.
    When,
    /// `what` or `?`: anything.
    Any,
}

impl Wildcard {
    /// The wildcard that a word is, if it is one.
    pub fn from_word(word: &str) -> Option<Wildcard> {
        match word.to_lowercase().as_str() {
            "who" | "whom" => Some(Wildcard::Who),
            "where" => Some(Wildcard::Where),
            "when" => Some(Wildcard::When),
            "what" | "which" | "?" | "*" => Some(Wildcard::Any),
            _ => None,
        }
    }

    /// The kinds it stands for.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Wildcard::Who => &[Kind::Person, Kind::Organization, Kind::Article],
            Wildcard::Where => &[Kind::Province, Kind::Organization],
            Wildcard::When => &[Kind::Date],
            Wildcard::Any => &Kind::ALL,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Wildcard::Who => "who",
            Wildcard::Where => "where",
            Wildcard::When => "when",
            Wildcard::Any => "what",
        }
    }
}

/// What answers must lie in; nothing set admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Name of the province of the event, post, organization or document.
    pub place: Option<String>,
    /// The day of the event or document lies in it; posts were observed in it.
    pub on: Option<Period>,
    /// Not over before it.
    pub since: Option<Period>,
    /// Not begun after it.
    pub until: Option<Period>,
}

/// Why words are no query; the message says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedQuery {
    /// No relation stands between two other words.
    #[error("a query is SUBJECT RELATION OBJECT, such as `who chaired what`; got `{0}`")]
    TooShort(String),
    /// The words in the middle are no relation.
    #[error(
        "`{text}` is no relation{}; relations are: {}",
        suggestion(text),
        Relation::ALL.map(Relation::name).join(", ")
    )]
    UnknownRelation {
        /// What stands where a relation should.
        text: String,
    },
    /// The wildcard cannot stand at this end of the relation.
    #[error(
        "`{relation}` leads from {} to {}, and `{word}` asks for something else{}",
        article(relation.kinds().0), article(relation.kinds().1), alternatives
    )]
    Wildcard {
        /// The relation.
        relation: Relation,
        /// The wildcard's word.
        word: &'static str,
        /// Relations where it would fit.
        alternatives: String,
    },
}

impl Query {
    /// Reads a pattern from its words. A name may be one argument or several.
    ///
    /// ```
    /// use chutoa::query::{Query, Term};
    /// use chutoa::vocabulary::Relation;
    /// let query = Query::parse(&["what", "cites", "57-NQ/TW"]).unwrap();
    /// assert_eq!(query.relation, Some(Relation::Cites));
    /// assert_eq!(query.object, Term::Name("57-NQ/TW".into()));
    /// assert!(Query::parse(&["who", "sang", "what"]).unwrap_err().to_string().contains("chaired"));
    /// ```
    ///
    /// # Errors
    /// Words without a relation among them, or a wildcard at an end of the relation where it cannot stand.
    pub fn parse<S: AsRef<str>>(words: &[S]) -> Result<Query, MalformedQuery> {
        let mut words: Vec<&str> = words.iter().map(|word| word.as_ref().trim()).filter(|w| !w.is_empty()).collect();
        if let [whole] = words[..] {
            words = whole.split_whitespace().collect();
        }
        let (from, to, relation, direction) = middle(&words)?;
        let mut subject = term(&words[..from]);
        let mut object = term(&words[to..]);
        if direction == Direction::Backward {
            std::mem::swap(&mut subject, &mut object);
        }
        if let Some(relation) = relation {
            let (left, right) = relation.kinds();
            check(relation, &subject, left, |other| other.kinds().0)?;
            check(relation, &object, right, |other| other.kinds().1)?;
        }
        Ok(Query { subject, relation, object, filter: Filter::default() })
    }

    /// All that is said of a name as subject, whatever the relation.
    pub fn about(name: &str) -> Query {
        let object = Term::Wildcard(Wildcard::Any);
        Query { subject: Term::Name(name.to_string()), relation: None, object, filter: Filter::default() }
    }

    /// The same pattern with another filter.
    pub fn with(self, filter: Filter) -> Query {
        Query { filter, ..self }
    }
}

/// Where the relation stands among the words: the longest phrase with a word before it, the first of equals.
fn middle(words: &[&str]) -> Result<(usize, usize, Option<Relation>, Direction), MalformedQuery> {
    for length in (1..=LONGEST).rev() {
        for from in 1..words.len() {
            let to = from + length;
            if let Some((relation, direction)) = words.get(from..to).and_then(|phrase| relation(&phrase.join(" "))) {
                return Ok((from, to, Some(relation), direction));
            }
        }
    }
    if words.len() < 2 {
        return Err(MalformedQuery::TooShort(words.join(" ")));
    }
    let last = (words.len() - 1).max(2);
    match (1..last).find(|at| Wildcard::from_word(words[*at]) == Some(Wildcard::Any)) {
        Some(at) => Ok((at, at + 1, None, Direction::Forward)),
        None => Err(MalformedQuery::UnknownRelation { text: words[1..last].join(" ") }),
    }
}

fn term(words: &[&str]) -> Term {
    match words {
        [] => Term::Wildcard(Wildcard::Any),
        [word] => Wildcard::from_word(word).map_or_else(|| Term::Name(word.to_string()), Term::Wildcard),
        several => Term::Name(several.join(" ")),
    }
}

fn check(relation: Relation, term: &Term, kind: Kind, end: fn(Relation) -> Kind) -> Result<(), MalformedQuery> {
    let Term::Wildcard(wildcard) = term else { return Ok(()) };
    if wildcard.kinds().contains(&kind) {
        return Ok(());
    }
    let fitting = Relation::ALL.into_iter().filter(|other| wildcard.kinds().contains(&end(*other)));
    let names: Vec<&str> = fitting.map(Relation::name).collect();
    let alternatives = if names.is_empty() { String::new() } else { format!("; it fits {}", names.join(", ")) };
    Err(MalformedQuery::Wildcard { relation, word: wildcard.word(), alternatives })
}

fn article(kind: Kind) -> String {
    let name = kind.name();
    format!("{} {name}", if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
}

fn suggestion(text: &str) -> String {
    match nearest(text).as_slice() {
        [] => String::new(),
        near => format!(" (did you mean {}?)", near.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(" or ")),
    }
}
