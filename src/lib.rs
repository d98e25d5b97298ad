#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! chutoa
pub mod document;
pub mod error;
pub mod fact;
pub mod gazetteer;
pub mod graph;
mod mention;
pub mod text;
pub mod vocabulary;
