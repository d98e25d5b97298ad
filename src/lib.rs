#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! chutoa
pub mod document;
pub mod error;
pub mod export;
pub mod fact;
pub mod gazetteer;
pub mod graph;
pub mod identity;
mod mention;
pub mod pipeline;
#[doc(hidden)]
pub mod probe;
pub mod query;
pub mod score;
pub mod store;
pub mod text;
pub mod vocabulary;
