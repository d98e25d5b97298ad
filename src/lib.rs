#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! chutoa
pub mod error;
pub mod fact;
pub mod graph;
pub mod query;
pub mod score;
pub mod store;
pub mod vocabulary;
