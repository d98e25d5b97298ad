//! Facts as text: the vocabulary's four columns, then confidence, rule, byte range and sentence.
//!
//! The one format that has the days as facts, and the one that `score` reads. What follows from the gazetteer is no
//! fact of any report and is left out.

use std::io::{self, Write};

use super::Error;
use super::export_graph::{ExportGraph, Tie};
use super::record::confidence;
use crate::graph::Statement;
use crate::vocabulary::{EntityId, Relation};

/// A fact with its evidence.
pub(super) struct FactLine<'g> {
    pub subject: &'g EntityId,
    pub relation: Relation,
    pub object: &'g EntityId,
    pub statement: &'g Statement,
}

pub(super) fn write(graph: &ExportGraph<'_>, out: &mut impl Write) -> Result<(), Error> {
    if graph.projected {
        return Err(Error::NoFacts);
    }
    Ok(each(graph, |fact| line(out, &fact))?)
}

/// Takes every fact, by subject, relation and object; a projection has none.
pub(super) fn each<'g>(
    graph: &ExportGraph<'g>,
    mut take: impl FnMut(FactLine<'g>) -> io::Result<()>,
) -> io::Result<()> {
    let mut days = graph.days.iter().filter(|_| !graph.projected).peekable();
    let mut links = graph.links.iter().peekable();
    let mut lines = Vec::new();
    for (position, node) in graph.nodes.iter().enumerate() {
        while let Some(link) = links.next_if(|link| link.source == position) {
            if let Tie::Stated(relation) = link.tie {
                let object = &graph.nodes[link.target].entity.id;
                lines.extend(link.statements.iter().map(|statement| (relation, object, statement)));
            }
        }
        while let Some(day) = days.next_if(|day| day.source == position) {
            lines.extend(day.edge.statements.iter().map(|statement| (day.relation, day.day, statement)));
        }
        lines.sort_by_key(|(relation, object, _)| (*relation, *object));
        for (relation, object, statement) in lines.drain(..) {
            take(FactLine { subject: &node.entity.id, relation, object, statement })?;
        }
    }
    Ok(())
}

fn line(out: &mut impl Write, fact: &FactLine<'_>) -> io::Result<()> {
    let FactLine { subject, relation, object, statement } = fact;
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
    )
}

/// A cell ends at a tab and a line at its end: white space becomes a space.
fn cell(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}
