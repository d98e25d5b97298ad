//! chutoa reads reports on Vietnamese politics and makes a knowledge graph of what they state: who holds which post,
//! who chaired which meeting, which documents are cited. Every fact keeps the sentence and the byte range it was
//! read from, so that a reader can check it.
//!
//! ```
//! use chutoa::document::Document;
//! use chutoa::gazetteer::Gazetteer;
//! use chutoa::pipeline::{self, Options};
//! use chutoa::query::Query;
//!
//! let report = Document::new(
//!     "my-report",
//!     "Le 12 juin 2025, le Comité provincial du Parti de Dak Nong a tenu sa 20e conférence. \
//!      La conférence était présidée par Ngo Thanh Danh, secrétaire du Comité provincial du Parti.",
//! );
//! let graph = pipeline::build(vec![report], Gazetteer::embedded(), &Options::default()).graph();
//! let answer = Query::parse(&["who", "chaired", "what"])?.run(&graph)?;
//! let row = &answer.rows[0];
//! assert_eq!(row.subject.label, "Ngô Thanh Danh");
//! assert_eq!(row.object.id.as_str(), "event:dak-nong/provincial-party-committee/conference-20");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//!
//! Reports pass through the stages in this order; [`pipeline::build`] shows them all in one function.
//!
//! | module | what it does |
//! |---|---|
//! | [`pipeline`] | the whole program in one function: reports in, facts and entities out |
//! | [`vocabulary`] | identifiers of people, posts, bodies, events, …, and the relations between them |
//! | [`gazetteer`] | the tables of `gazetteer/`: names, titles, places and the words of each language; every stage reads them |
//! | [`document`] | files become reports with identifier, address and text |
//! | [`text`] | the text becomes words, numbers and marks that point back to the bytes they came from |
//! | `mention` (private) | stretches of text that denote a person, a title, a body, a place, a document, a date, or a cue |
//! | [`fact`] | what one report states of them, by rules that know no language |
//! | [`identity`] | which names of several reports mean one person, document or event |
//! | [`decision`] | what readers have decided: merges, splits, corrections; applied by `identity` |
//! | [`graph`] | facts become nodes and edges, with all statements behind each edge |
//! | [`query`] | patterns such as `who chaired what`, dossiers, explanations, differences, statistics |
//! | [`export`] | the graph, or a view of it, for other programs |
//! | [`store`] | the folder that `chutoa build` writes and every later command reads |
//! | [`score`] | precision and recall against facts that people have checked |
//! | [`error`] | what can go wrong with files, rows of tables and arguments |
//!
//! Most callers need [`pipeline`], [`query`] and [`export`] alone.
//!
//! # Invariants
//!
//! * Only [`document`], [`gazetteer`], [`store`], [`export::write_folder`] and the command read or write files.
//! * Nothing from [`text`] to [`graph`] returns a `Result`: what a stage cannot read it leaves out. Errors exist where
//!   files, tables and arguments come in.
//! * No `if` or `match` asks for a language by its name. What a language needs is a row in its folder, or a setting in
//!   its `language.tsv`. (Labels are in English or Vietnamese: [`graph::LabelLanguage`] chooses a column, not a rule.)
//! * Words, mentions and facts keep byte ranges of the report as it was read, whatever was folded for matching.
//! * No [`fact::Fact`] can be made without [`fact::Evidence`]. Edges without statements are those that follow from
//!   identifiers and the gazetteer; [`vocabulary::Relation::is_structural`] tells which.
//! * The same reports give the same bytes, in any order and on any number of threads.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod decision;
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

/// The README, so that its example is compiled and run as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
