//! Components: the parts of which titles and bodies are made, and the rules that compose them.
//!
//! `Permanent deputy secretary of the Provincial Party Committee` is the set {standing, deputy, secretary, province,
//! party, committee}, in any word order and any language. Compositions map such sets to bodies and roles; both are
//! tables.

use std::collections::{BTreeMap, HashMap};

use super::asking::Asking;
use super::component_set::ComponentSet;
use super::table::{Row, Table};
use crate::error::Result;

/// A component by its index in the table of components.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Component(pub(crate) u8);

/// What a component does in a title: rules branch on this, rows decide which word does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Names a role: secretary, chair, member.
    Base,
    /// Deputy of a role.
    Deputy,
    /// Standing: of a role or of a committee, whichever it touches.
    Standing,
    /// Changes a role: general, alternate.
    Modifier,
    /// No longer in the post.
    Former,
    /// In the post for the time being.
    Acting,
    /// Of several persons.
    Plural,
    /// May stand between parts of a title without meaning.
    Particle,
    /// Province, city, district, …
    Level,
    /// Names a body.
    Body,
    /// Says more about a body without making one.
    Topic,
}

const CLASSES: [(&str, Class); 11] = [
    ("base", Class::Base),
    ("deputy", Class::Deputy),
    ("standing", Class::Standing),
    ("modifier", Class::Modifier),
    ("former", Class::Former),
    ("acting", Class::Acting),
    ("plural", Class::Plural),
    ("particle", Class::Particle),
    ("level", Class::Level),
    ("body", Class::Body),
    ("topic", Class::Topic),
];

/// What else rules ask of single components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// A level below the province.
    Lower,
    /// The city level: of a province, or of a unit below it.
    City,
    /// The province's own level.
    Province,
    /// One can be elected into such a body.
    Joinable,
    /// Makes a committee of what stands beside it.
    Committee,
    /// Says nothing alone.
    Idle,
    /// May be the second topic of a body, behind `and`.
    SecondTopic,
    /// Opens another body rather than being a second topic.
    NeverSecond,
    /// A role word that another may follow within one title.
    Leads,
    /// The role words that may follow it.
    Led,
    /// The role that heads a Party committee whatever else the title holds.
    HeadsParty,
    /// An ordinal before it counts terms, not meetings.
    CountedByTerm,
    /// Of the agency that the next title names.
    Agency,
    /// A force with a Party committee of its own.
    Force,
    /// Of the whole country.
    Countrywide,
    /// The role of the head of state.
    HeadOfState,
}

const FLAGS: [(&str, Flag); 16] = [
    ("lower", Flag::Lower),
    ("city", Flag::City),
    ("province", Flag::Province),
    ("joinable", Flag::Joinable),
    ("committee", Flag::Committee),
    ("idle", Flag::Idle),
    ("second-topic", Flag::SecondTopic),
    ("never-second", Flag::NeverSecond),
    ("leads", Flag::Leads),
    ("led", Flag::Led),
    ("heads-party", Flag::HeadsParty),
    ("counted-by-term", Flag::CountedByTerm),
    ("agency", Flag::Agency),
    ("force", Flag::Force),
    ("countrywide", Flag::Countrywide),
    ("head-of-state", Flag::HeadOfState),
];

/// Conditions that rules may name beside components: facts about the title as a whole.
const CONDITIONS: [&str; 7] = ["role", "no-role", "place", "central-city", "field", "lower", "standing-body"];

/// Stands in the name of a body for the field that a title names.
const FIELD: &str = "{field}";

/// A rule of `compositions.tsv`: a set of components that makes a body.
#[derive(Clone, Debug)]
struct Composition {
    all: ComponentSet,
    any: ComponentSet,
    none: ComponentSet,
    makes: Makes,
}

/// What a composition makes.
#[derive(Clone, Debug)]
enum Makes {
    Nothing,
    Unknown,
    Body(String),
    /// The body of each field; first that of a title that names none.
    BodyOfField(Vec<String>),
}

/// A rule of `posts.tsv`: components that make a role of a body, against the body's usual head and deputies.
#[derive(Clone, Debug)]
struct PostRule {
    when: String,
    all: ComponentSet,
    none: ComponentSet,
    body: String,
    role: String,
}

#[derive(Clone, Debug)]
struct BodyRow {
    prefix: String,
    suffix: Option<String>,
    central: bool,
    head: String,
    membership: Option<(String, String)>,
    event: Option<String>,
    flags: Vec<String>,
    label_en: String,
    label_vi: String,
}

#[derive(Clone, Debug)]
struct RoleRow {
    deputy: String,
    standing_deputy: String,
    appoints: bool,
    label_en: String,
    label_vi: String,
}

/// What a title's components say.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Role words: base, deputy, modifiers.
    pub role: ComponentSet,
    /// Body words.
    pub body: ComponentSet,
    /// The first base word.
    pub base: Option<Component>,
    /// The field of a department or ministry.
    pub field: Option<u16>,
    /// A place is named.
    pub place: bool,
    /// The place is a centrally-run city.
    pub central_city: bool,
}

/// What components make of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'g> {
    /// A body of the vocabulary.
    Known(&'g str),
    /// A body that the vocabulary does not name: the title stays unknown.
    Unknown,
    /// No body at all.
    Nothing,
}

/// All components and the rules over them.
#[derive(Clone, Debug, Default)]
pub struct Grammar {
    names: Vec<String>,
    classes: Vec<Class>,
    compositions: Vec<Composition>,
    compositions_by_component: Asking,
    posts: Vec<PostRule>,
    /// Those for titles without a body, and those for titles with one.
    posts_by_component: [Asking; 2],
    /// Single bodies first.
    bodies: Vec<BodyRow>,
    /// Where the rows of many bodies start.
    patterns: usize,
    default_body: String,
    city_body: String,
    /// The rows of single bodies, by name.
    body_rows: HashMap<String, u16, foldhash::fast::FixedState>,
    roles: BTreeMap<String, RoleRow>,
    /// Components of each class, and levels below the province.
    by_class: [ComponentSet; CLASSES.len()],
    by_flag: [ComponentSet; FLAGS.len()],
    conditions: [u8; CONDITIONS.len()],
}

impl Grammar {
    /// Reads the five tables of `entities/`.
    pub(super) fn read(
        components: &Table<'_>,
        compositions: &Table<'_>,
        posts: &Table<'_>,
        bodies: &Table<'_>,
        roles: &Table<'_>,
    ) -> Result<Grammar> {
        let mut grammar = Grammar::default();
        for row in components.rows() {
            let (name, class) = (row.required("component")?, row.required("class")?);
            let Some(at) = CLASSES.iter().position(|(n, _)| *n == class) else {
                let known: Vec<&str> = CLASSES.iter().map(|(n, _)| *n).collect();
                return Err(row.error(format!("`{class}` is no class"), format!("classes are {}", known.join(", "))));
            };
            if grammar.names.len() + CONDITIONS.len() >= 128 {
                return Err(row.error("more than 120 components", "merge some that no rule tells apart"));
            }
            let component = Component(grammar.names.len() as u8);
            grammar.by_class[at].insert(component);
            for flag in row.get("flags")?.split_whitespace() {
                let Some(at) = FLAGS.iter().position(|(n, _)| *n == flag) else {
                    let known: Vec<&str> = FLAGS.iter().map(|(n, _)| *n).collect();
                    return Err(row.error(format!("`{flag}` is no flag"), format!("flags are {}", known.join(", "))));
                };
                grammar.by_flag[at].insert(component);
            }
            grammar.names.push(name.to_string());
            grammar.classes.push(CLASSES[at].1);
        }
        for (at, condition) in CONDITIONS.iter().enumerate() {
            grammar.conditions[at] = grammar.names.len() as u8;
            grammar.names.push(condition.to_string());
            grammar.classes.push(Class::Topic);
        }
        for row in compositions.rows() {
            grammar.compositions.push(Composition {
                all: grammar.set(&row, "all")?,
                any: grammar.set(&row, "any")?,
                none: grammar.set(&row, "none")?,
                makes: match row.required("body")? {
                    "-" => Makes::Nothing,
                    "?" => Makes::Unknown,
                    body if body.contains(FIELD) => Makes::BodyOfField(vec![body.to_string()]),
                    body => Makes::Body(body.to_string()),
                },
            });
        }
        grammar.compositions_by_component = Asking::new(grammar.compositions.iter().map(|rule| rule.all).enumerate());
        for row in posts.rows() {
            grammar.posts.push(PostRule {
                when: row.required("when")?.to_string(),
                all: grammar.set(&row, "all")?,
                none: grammar.set(&row, "none")?,
                body: row.get("body")?.to_string(),
                role: row.get("role")?.to_string(),
            });
        }
        grammar.posts_by_component = [true, false].map(|bodiless| {
            let rules = grammar.posts.iter().map(|rule| rule.all).enumerate();
            Asking::new(rules.filter(|(at, _)| (grammar.posts[*at].when == "*") == bodiless))
        });
        for row in bodies.rows() {
            let body = row.required("body")?;
            let (prefix, suffix) = match body.split_once('*') {
                Some((prefix, suffix)) => (prefix, Some(suffix.to_string())),
                None => (body, None),
            };
            grammar.bodies.push(BodyRow {
                prefix: prefix.to_string(),
                suffix,
                central: row.required("scope")? == "central",
                head: row.required("head")?.to_string(),
                membership: row.get("membership")?.split_once('/').map(|(b, r)| (b.to_string(), r.to_string())),
                event: Some(row.get("event")?.to_string()).filter(|e| !e.is_empty()),
                flags: row.get("flags")?.split_whitespace().map(str::to_string).collect(),
                label_en: row.get("label_en")?.to_string(),
                label_vi: row.get("label_vi")?.to_string(),
            });
        }
        // A body's own row before a pattern, a longer pattern before a shorter one.
        grammar.bodies.sort_by_key(|b| (b.suffix.is_some(), std::cmp::Reverse(b.prefix.len())));
        grammar.patterns = grammar.bodies.partition_point(|row| row.suffix.is_none());
        grammar.default_body = grammar.flagged_body("default").to_string();
        grammar.city_body = grammar.flagged_body("of-city").to_string();
        for (at, row) in grammar.bodies.iter().enumerate().filter(|(_, row)| row.suffix.is_none()) {
            grammar.body_rows.entry(row.prefix.clone()).or_insert(at as u16);
        }
        for row in roles.rows() {
            grammar.roles.insert(
                row.required("role")?.to_string(),
                RoleRow {
                    deputy: row.get("deputy")?.to_string(),
                    standing_deputy: row.get("standing_deputy")?.to_string(),
                    appoints: row.get("appoints")? == "yes",
                    label_en: row.required("label_en")?.to_string(),
                    label_vi: row.required("label_vi")?.to_string(),
                },
            );
        }
        Ok(grammar)
    }

    /// The component of this name.
    pub fn component(&self, name: &str) -> Option<Component> {
        self.names.iter().position(|n| n == name).map(|at| Component(at as u8))
    }

    /// What a component does.
    pub fn class(&self, component: Component) -> Class {
        self.classes[component.0 as usize]
    }

    /// All components of a class.
    pub fn of(&self, class: Class) -> ComponentSet {
        self.by_class[class as usize]
    }

    /// All components with a flag.
    pub fn flagged(&self, flag: Flag) -> ComponentSet {
        self.by_flag[flag as usize]
    }

    /// The components of a set, in the order of the table.
    pub fn members(&self, set: ComponentSet) -> impl Iterator<Item = Component> {
        set.iter()
    }

    /// `standing` said of a committee, not of a role.
    pub fn standing_body(&self) -> Component {
        Component(self.conditions[6])
    }

    /// The name of a component.
    pub fn name(&self, component: Component) -> &str {
        &self.names[component.0 as usize]
    }

    /// Says which fields there are, by their index.
    pub(super) fn name_fields(&mut self, fields: &[String]) {
        for rule in &mut self.compositions {
            if let Makes::BodyOfField(bodies) = &mut rule.makes {
                let pattern = std::mem::take(&mut bodies[0]);
                let fields = std::iter::once("").chain(fields.iter().map(String::as_str));
                *bodies = fields.map(|field| pattern.replace(FIELD, field)).collect();
            }
        }
    }

    /// The body that components make.
    pub fn body(&self, parts: &Parts) -> Body<'_> {
        self.body_of(self.conditioned(parts), parts.field)
    }

    fn body_of(&self, conditioned: ComponentSet, field: Option<u16>) -> Body<'_> {
        let standing = self.of(Class::Standing);
        // `standing` of a role or of a committee: rules for bodies take either.
        let all = if conditioned.has(self.standing_body()) { conditioned.union(standing) } else { conditioned };
        let fits = |rule: &Composition| {
            all.covers(rule.all) && (rule.any.is_empty() || all.meets(rule.any)) && !all.meets(rule.none)
        };
        let first = self.compositions_by_component.first(all, |rule| fits(&self.compositions[rule]));
        match first.map(|rule| &self.compositions[rule].makes) {
            None | Some(Makes::Nothing) => Body::Nothing,
            Some(Makes::Unknown) => Body::Unknown,
            Some(Makes::Body(body)) => Body::Known(body),
            Some(Makes::BodyOfField(bodies)) => Body::Known(&bodies[field.map_or(0, |field| field as usize + 1)]),
        }
    }

    /// The post that components make: body and role; `None` where they make none or an unknown one.
    pub fn post(&self, parts: &Parts) -> Option<(&str, &str)> {
        let conditioned = self.conditioned(parts);
        let fits = |rule: &PostRule| conditioned.covers(rule.all) && !conditioned.meets(rule.none);
        let [bodiless, bodily] = &self.posts_by_component;
        if let Some(rule) = bodiless.first(conditioned, |rule| fits(&self.posts[rule])) {
            let rule = &self.posts[rule];
            return (!rule.role.is_empty()).then_some((rule.body.as_str(), rule.role.as_str()));
        }
        let Body::Known(body) = self.body_of(conditioned, parts.field) else { return None };
        let of_body = |rule: &PostRule| rule.when == "=" || rule.when == body;
        if let Some(rule) = bodily.first(conditioned, |rule| fits(&self.posts[rule]) && of_body(&self.posts[rule])) {
            let rule = &self.posts[rule];
            let body = if rule.body == "=" { body } else { &rule.body };
            return (!rule.role.is_empty()).then_some((body, rule.role.as_str()));
        }
        let deputy = parts.role.meets(self.of(Class::Deputy));
        if parts.base.is_none() && !deputy {
            return None;
        }
        // A body without a row takes the role that the report names.
        let named = || parts.base.map(|b| self.name(b)).filter(|name| self.roles.contains_key(*name));
        let row = self.body_row(body);
        let mut head = row.map(|row| row.head.as_str()).or_else(named).unwrap_or("head");
        // A secretary is one in whatever body.
        if let Some(base) = parts.base.filter(|base| self.flagged(Flag::HeadsParty).has(*base)) {
            head = self.name(base);
        }
        // A standing committee has the posts of the committee it stands for.
        let body = row.and_then(|row| row.membership.as_ref()).map_or(body, |(of, _)| of);
        if !deputy {
            return Some((body, head));
        }
        let roles = self.roles.get(head)?;
        let standing = parts.role.meets(self.of(Class::Standing));
        let role = if standing && !roles.standing_deputy.is_empty() { &roles.standing_deputy } else { &roles.deputy };
        (!role.is_empty()).then_some((body, role.as_str()))
    }

    /// Body and role of somebody who is elected into a body.
    pub fn membership(&self, body: &str) -> Option<(&str, &str)> {
        self.body_row(body)?.membership.as_ref().map(|(b, r)| (b.as_str(), r.as_str()))
    }

    /// Whether a role is membership of a body one is elected into.
    pub fn is_membership(&self, role: &str) -> bool {
        self.bodies.iter().any(|b| b.membership.as_ref().is_some_and(|(_, r)| r == role))
    }

    /// The kind of event that a body usually holds.
    pub fn usual_event(&self, body: &str) -> Option<&str> {
        self.body_row(body)?.event.as_deref()
    }

    /// The body that usually holds a kind of event.
    pub fn usual_body(&self, event: &str) -> Option<&str> {
        self.bodies.iter().find(|b| b.event.as_deref() == Some(event)).map(|b| b.prefix.as_str())
    }

    /// Whether a body always sits below the province.
    pub fn is_lower_body(&self, body: &str) -> bool {
        self.has_flag(body, "lower")
    }

    /// The body that a local event is taken to be of where the report names a central one only.
    pub fn default_body(&self) -> &str {
        &self.default_body
    }

    /// The body of a city below the province, which in a centrally-run city is the province's own.
    pub fn city_body(&self) -> &str {
        &self.city_body
    }

    /// Whether a role has deputies, so that one person at a time holds it.
    pub fn has_deputy(&self, role: &str) -> bool {
        self.roles.get(role).is_some_and(|r| !r.deputy.is_empty())
    }

    /// Whether a role is a seat of which nobody has two in one body: one that has deputies, or a deputy's.
    pub fn is_seat(&self, role: &str) -> bool {
        self.roles.iter().any(|(name, row)| !row.deputy.is_empty() && (name == role || row.deputy == role))
    }

    /// Whether a holder of the role appoints others.
    pub fn appoints(&self, role: &str) -> bool {
        self.roles.get(role).is_some_and(|r| r.appoints)
    }

    /// Whether members of a body lead other bodies of the whole country.
    pub fn is_summit(&self, body: &str) -> bool {
        self.has_flag(body, "summit")
    }

    fn has_flag(&self, body: &str, flag: &str) -> bool {
        self.body_row(body).is_some_and(|b| b.flags.iter().any(|f| f == flag))
    }

    fn flagged_body(&self, flag: &str) -> &str {
        self.bodies.iter().find(|b| b.flags.iter().any(|f| f == flag)).map_or("?", |b| b.prefix.as_str())
    }

    /// Whether a body is one of the whole country, so that its identifier has no place.
    pub fn is_central(&self, body: &str) -> bool {
        self.body_row(body).is_some_and(|row| row.central)
    }

    /// The label of a body in English and Vietnamese.
    pub fn body_label(&self, body: &str) -> (String, String) {
        match self.body_row(body) {
            Some(row) if !row.label_en.is_empty() => {
                let rest = row.suffix.as_ref().map(|s| &body[row.prefix.len()..body.len() - s.len()]);
                let rest = rest.map(|r| r.replace('-', " ")).unwrap_or_default();
                (row.label_en.replace('*', &rest), row.label_vi.replace('*', &rest))
            }
            _ => {
                let plain = body.replace('-', " ");
                (plain.clone(), plain)
            }
        }
    }

    /// The label of a role in English and Vietnamese.
    pub fn role_label(&self, role: &str) -> (String, String) {
        match self.roles.get(role) {
            Some(row) => (row.label_en.clone(), row.label_vi.clone()),
            None => (role.replace('-', " "), role.replace('-', " ")),
        }
    }

    /// Whether a row or pattern names the body.
    pub(super) fn has_body(&self, body: &str) -> bool {
        self.body_row(body).is_some()
    }

    /// Whether only one person at a time can hold the role in a body: who heads it has deputies or appoints others.
    pub(super) fn is_single(&self, role: &str) -> bool {
        self.roles.get(role).is_some_and(|r| r.appoints || !r.deputy.is_empty())
    }

    fn body_row(&self, body: &str) -> Option<&BodyRow> {
        if let Some(at) = self.body_rows.get(body) {
            return Some(&self.bodies[*at as usize]);
        }
        self.bodies[self.patterns..].iter().find(|row| {
            row.suffix.as_ref().is_some_and(|suffix| {
                body.len() > row.prefix.len() + suffix.len() && body.starts_with(&row.prefix) && body.ends_with(suffix)
            })
        })
    }

    fn conditioned(&self, parts: &Parts) -> ComponentSet {
        let mut all = parts.role.union(parts.body);
        let bases = self.of(Class::Base);
        all.0 &= !bases.0;
        if let Some(base) = parts.base {
            all.insert(base);
        }
        let mut say = |at: usize, holds: bool| {
            if holds {
                all.0 |= 1 << self.conditions[at];
            }
        };
        say(0, parts.base.is_some());
        say(1, parts.base.is_none());
        say(2, parts.place);
        say(3, parts.central_city);
        say(4, parts.field.is_some());
        say(5, parts.body.meets(self.flagged(Flag::Lower)));
        all
    }

    fn set(&self, row: &Row<'_, '_>, column: &str) -> Result<ComponentSet> {
        let mut set = ComponentSet::default();
        for name in row.get(column)?.split_whitespace() {
            if name == "level" {
                set = set.union(self.of(Class::Level));
                continue;
            }
            match self.component(name) {
                Some(component) => set.insert(component),
                None => {
                    return Err(row.error(
                        format!("`{name}` is no component"),
                        "write one of entities/components.tsv, or a condition named in the README",
                    ));
                }
            }
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_stand_in_the_order_of_their_enums() {
        assert!(super::CLASSES.iter().enumerate().all(|(at, (_, class))| *class as usize == at));
        assert!(super::FLAGS.iter().enumerate().all(|(at, (_, flag))| *flag as usize == at));
    }
}
