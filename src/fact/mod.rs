//! A fact is what a report says of two entities; its evidence tells where the report says it.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{EntityId, Relation};

/// Where a report states a fact, and how sure the rule is that read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte of the words that carry the fact, in the report as it was read.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The sentence around them, white space collapsed.
    pub sentence: String,
    /// The extraction rule's name.
    pub rule: String,
    /// From 0 to 1: how often facts of this rule in this setting are right.
    pub confidence: f32,
}

/// One line of the vocabulary, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The report that says so.
    pub article: EntityId,
    /// From whom or what.
    pub subject: EntityId,
    /// The relation.
    pub relation: Relation,
    /// To whom or what.
    pub object: EntityId,
    /// The post is held for the time being, on behalf of its holder.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub acting: bool,
    /// Where the report says so.
    #[serde(flatten)]
    pub evidence: Evidence,
}
