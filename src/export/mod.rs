//! Renderings of a [`KnowledgeGraph`](crate::graph::KnowledgeGraph) for other programs and for people.

pub mod html;
pub mod layout;
