//! Facts as text: the vocabulary's four columns, then confidence, rule, byte range and sentence.
//!
//! The one format that has the days as facts, and the one that `score` reads. What follows from the gazetteer is no
//! fact of any report and is left out.

use std::io::Write;

use super::Error;
use super::export_graph::{ExportGraph, Tie};
use super::record::confidence;
use crate::graph::Statement;
use crate::vocabulary::{EntityId, Relation};

pub(super) fn write(graph: &ExportGraph<'_>, out: &mut impl Write) -> Result<(), Error> {
    if graph.projected {
        return Err(Error::NoFacts);
    }
    let mut days = graph.days.iter().peekable();
    let mut lines = Vec::new();
    let mut links = graph.links.iter().peekable();
    for (position, node) in graph.nodes.iter().enumerate() {
        lines.clear();
        while let Some(link) = links.next_if(|link| link.source == position) {
            let Tie::Stated(relation) = link.tie else {
                return Err(Error::NoFacts);
            };
            let object = &graph.nodes[link.target].entity.id;
            lines.extend(link.statements.iter().map(|statement| (relation, object, statement)));
        }
        while let Some(day) = days.next_if(|day| day.source == position) {
            lines.extend(day.edge.statements.iter().map(|statement| (day.relation, day.day, statement)));
        }
        lines.sort_by_key(|(relation, object, _)| (*relation, *object));
        for (relation, object, statement) in &lines {
            line(out, &node.entity.id, *relation, object, statement)?;
        }
    }
    Ok(())
}

fn line(
    out: &mut impl Write,
    subject: &EntityId,
    relation: Relation,
    object: &EntityId,
    statement: &Statement,
) -> Result<(), Error> {
    let evidence = &statement.evidence;
    writeln!(
        out,
        "{}\t{subject}\t{relation}\t{object}\t{}\t{}\t{}\t{}\t{}",
        statement.article.path(),
        confidence(evidence.confidence),
        cell(&evidence.rule),
        evidence.start,
        evidence.end,
        cell(&evidence.sentence),
    )?;
    Ok(())
}

/// A cell ends at a tab and a line at its end: white space becomes a space.
fn cell(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}
