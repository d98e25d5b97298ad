//! A record is what every tabular format writes of a node or a link: the same columns, in the same order.
//!
//! Columns without a value are left out, so that a reader can tell unknown from empty.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, json};

use super::export_graph::{ExportGraph, Link, Statements, Tie};
use super::look::{kind_colour, size, tie_colour, tie_word};
use super::{Options, Sentences};
use crate::graph::{Entity, LabelLanguage, Statement};

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// Several texts.
    List,
    /// A calendar day; a text where the format has no such type.
    Day,
    Whole,
    Real,
    Flag,
}

/// A value of a column.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    List(Vec<&'a str>),
    Whole(u64),
    Real(f64),
    Flag(bool),
}

impl<'a> Value<'a> {
    /// The value as one text; lists are joined by `separator`.
    pub fn text(&self, separator: &str) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text),
            Value::List(list) => Cow::Owned(list.join(separator)),
            Value::Whole(number) => Cow::Owned(number.to_string()),
            Value::Real(number) => Cow::Owned(number.to_string()),
            Value::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        }
    }
}

/// How single-valued formats join lists.
pub(super) const SEPARATOR: &str = " | ";

macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal $type:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($variant,)* }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The column's name; none is `id` or `timeset`, which Gephi keeps for itself.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The type of its values.
            pub fn ty(self) -> Type {
                match self { $($name::$variant => Type::$type,)* }
            }
        }
    };
}

columns! {
    /// A column of nodes.
    NodeColumn {
        Label "label" Text,
        Kind "kind" Text,
        NameEnglish "name_en" Text,
        NameVietnamese "name_vi" Text,
        Names "names" List,
        Province "province" Text,
        ProvinceId "province_id" Text,
        Date "date" Day,
        FirstSeen "first_seen" Day,
        LastSeen "last_seen" Day,
        Url "url" Text,
        Language "language" Text,
        Group "group" Text,
        Degree "degree" Whole,
        Betweenness "betweenness" Real,
        Component "component" Whole,
        Community "community" Whole,
        Colour "color" Text,
        Size "size" Real,
    }
}

columns! {
    /// A column of links.
    LinkColumn {
        Label "label" Text,
        Relation "relation" Text,
        Weight "weight" Real,
        Reports "n_reports" Whole,
        Confidence "confidence" Real,
        Acting "acting" Flag,
        FirstSeen "first_seen" Day,
        LastSeen "last_seen" Day,
        Rules "rules" List,
        Evidence "evidence" List,
        Sources "sources" List,
        Colour "color" Text,
    }
}

/// The value of a node in a column.
pub(super) fn node_value<'g>(
    graph: &'g ExportGraph<'_>,
    position: usize,
    column: NodeColumn,
    options: &Options,
) -> Option<Value<'g>> {
    let node = &graph.nodes[position];
    let entity = node.entity;
    let text = |text: &'g str| Some(Value::Text(Cow::Borrowed(text)));
    match column {
        NodeColumn::Label => Some(Value::Text(Cow::Borrowed(label(entity, options)))),
        NodeColumn::Kind => text(node.kind.name()),
        NodeColumn::NameEnglish => text(&entity.label),
        NodeColumn::NameVietnamese => text(&entity.label_vi),
        NodeColumn::Names if entity.names.is_empty() => None,
        NodeColumn::Names => Some(Value::List(entity.names.iter().map(String::as_str).collect())),
        NodeColumn::Province => text(label(graph.province(position)?, options)),
        NodeColumn::ProvinceId => text(graph.province(position)?.id.as_str()),
        NodeColumn::Date => text(node.date?),
        NodeColumn::FirstSeen => text(node.first?),
        NodeColumn::LastSeen => text(node.last?),
        NodeColumn::Url => text(entity.url.as_deref()?),
        NodeColumn::Language => text(entity.language.as_deref()?),
        NodeColumn::Group => text(entity.group.as_deref()?),
        NodeColumn::Degree => Some(Value::Whole(u64::from(node.degree))),
        NodeColumn::Betweenness => Some(Value::Real(share(graph.measures.as_ref()?.betweenness[position]))),
        NodeColumn::Component => Some(Value::Whole(graph.measures.as_ref()?.component[position].into())),
        NodeColumn::Community => Some(Value::Whole(graph.measures.as_ref()?.community[position].into())),
        NodeColumn::Colour => Some(Value::Text(Cow::Owned(kind_colour(node.kind).hex()))),
        NodeColumn::Size => Some(Value::Real(size(node.degree))),
    }
}

/// The value of a link in a column.
pub(super) fn link_value<'g>(
    graph: &'g ExportGraph<'_>,
    link: &'g Link<'_>,
    column: LinkColumn,
    options: &Options,
) -> Option<Value<'g>> {
    let text = |text: &'g str| Some(Value::Text(Cow::Borrowed(text)));
    let list = |list: Vec<&'g str>| (!list.is_empty()).then_some(Value::List(list));
    match column {
        LinkColumn::Label => text(tie_word(link.tie, options.language)),
        LinkColumn::Relation => text(link.tie.name()),
        LinkColumn::Weight => Some(Value::Real(f64::from(link.weight))),
        LinkColumn::Reports => Some(Value::Whole(link.statements.articles().len() as u64)),
        LinkColumn::Confidence => Some(Value::Real(confidence(link.confidence))),
        LinkColumn::Acting => link.acting.then_some(Value::Flag(true)),
        LinkColumn::FirstSeen => text(link.first?),
        LinkColumn::LastSeen => text(link.last?),
        LinkColumn::Rules => list(distinct(&link.statements, |statement| &statement.evidence.rule)),
        LinkColumn::Evidence => match options.sentences {
            Sentences::None => None,
            Sentences::First => text(&link.statements.iter().next()?.evidence.sentence),
            Sentences::All => list(distinct(&link.statements, |statement| &statement.evidence.sentence)),
        },
        LinkColumn::Sources => {
            let articles = link.statements.articles().into_iter();
            list(articles.map(|id| graph.address(id).unwrap_or(id.as_str())).collect())
        }
        LinkColumn::Colour => Some(Value::Text(Cow::Owned(tie_colour(link.tie).hex()))),
    }
}

/// The identifier of a link, the same in every format and every view.
pub(super) fn link_id(graph: &ExportGraph<'_>, link: &Link<'_>) -> String {
    let end = |node: usize| graph.nodes[node].entity.id.as_str();
    link_id_parts(end(link.source), link.tie, end(link.target)).concat()
}

/// What [`link_id`] is put together from.
pub(super) fn link_id_parts<'g>(source: &'g str, tie: Tie, target: &'g str) -> [&'g str; 5] {
    [source, "|", tie.name(), "|", target]
}

/// See [`visible_label`].
pub(super) fn label<'a>(entity: &'a Entity, options: &Options) -> &'a str {
    visible_label(entity, options.language)
}

/// An entity's label, or its identifier's path where the label has nothing to see.
pub(super) fn visible_label(entity: &Entity, language: LabelLanguage) -> &str {
    let label = entity.label(language);
    if label.chars().all(|c| c.is_whitespace() || c.is_control()) { entity.id.path() } else { label }
}

/// A confidence with the digits that mean something.
pub(super) fn confidence(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// A share with six digits, beyond which sums of floats mean nothing.
fn share(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// All columns of a node as a JSON object.
pub(super) fn node_object(
    graph: &ExportGraph<'_>,
    position: usize,
    options: &Options,
) -> Map<String, serde_json::Value> {
    let values = NodeColumn::ALL.iter().map(|column| (column.name(), node_value(graph, position, *column, options)));
    object(values)
}

/// All columns of a link as a JSON object, with every statement where all evidence is asked for.
pub(super) fn link_object(
    graph: &ExportGraph<'_>,
    link: &Link<'_>,
    options: &Options,
) -> Map<String, serde_json::Value> {
    let values = LinkColumn::ALL.iter().map(|column| (column.name(), link_value(graph, link, *column, options)));
    let mut object = object(values);
    if options.sentences == Sentences::All {
        let statements = link.statements.iter().map(|statement| {
            let evidence = &statement.evidence;
            json!({
                "article": statement.article,
                "start": evidence.start,
                "end": evidence.end,
                "sentence": evidence.sentence,
                "rule": evidence.rule,
                "confidence": confidence(evidence.confidence),
            })
        });
        object.insert("statements".to_string(), statements.collect());
    }
    object
}

fn object<'g>(values: impl Iterator<Item = (&'static str, Option<Value<'g>>)>) -> Map<String, serde_json::Value> {
    values.filter_map(|(name, value)| Some((name.to_string(), json!(value?)))).collect()
}

/// What the statements of a link have in a field, each once, in their order.
fn distinct<'g>(statements: &Statements<'g>, field: impl Fn(&'g Statement) -> &'g str) -> Vec<&'g str> {
    let mut texts: Vec<&str> = statements.iter().map(field).filter(|text| !text.is_empty()).collect();
    // Most links have one statement.
    if texts.len() > 1 {
        let mut seen = BTreeSet::new();
        texts.retain(|text| seen.insert(*text));
    }
    texts
}
