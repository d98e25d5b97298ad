#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! chutoa
pub mod export;
pub mod fact;
pub mod graph;
pub mod vocabulary;
