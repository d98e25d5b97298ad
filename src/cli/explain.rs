//! `chutoa explain`: the sentences behind an edge, with the words that carry it marked.

use std::io::{self, Write};
use std::ops::Range;

use chutoa::graph::LabelLanguage;
use chutoa::query::explain::{Explanation, explain};
use chutoa::query::{Query, relation};

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::console::{Console, is_styled, print_json, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::clean;

/// Explains edges.
pub fn run(args: &args::Explain, common: &Common) -> Result<Exit, Failure> {
    let query = match &args.pattern[..] {
        [name] if relation(name).is_none() && !name.split_whitespace().any(|word| relation(word).is_some()) => {
            Query::about(name)
        }
        pattern => Query::parse(pattern)?,
    };
    let store = reports::load(&args.source, common)?;
    let mut explanations = explain(&store.graph(), &query, &store.wordings)?;
    let gazetteer = reports::gazetteer(common)?;
    explanations.iter_mut().for_each(|explanation| explanation.mark_cues(gazetteer));
    let mut out = results();
    match args.format {
        TextFormat::Json => print_json(&mut out, &explanations)?,
        TextFormat::Text if explanations.is_empty() => Console::new(common).note("nothing found"),
        TextFormat::Text => {
            for (i, explanation) in explanations.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                print(&mut out, explanation, common.lang.into(), is_styled())?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::found(!explanations.is_empty()))
}

fn print(out: &mut dyn Write, explanation: &Explanation, language: LabelLanguage, styled: bool) -> io::Result<()> {
    let Explanation { subject, relation, object, reports, confidence, sentences, reasons } = explanation;
    writeln!(out, "{} {relation} {}", clean(subject.label(language)), clean(object.label(language)))?;
    writeln!(out, "{} {relation} {}", subject.id, object.id)?;
    if sentences.is_empty() {
        return writeln!(out, "  follows from the identifiers and the gazetteer; no report is needed to know it");
    }
    let plural = if *reports == 1 { "" } else { "s" };
    writeln!(out, "{reports} independent report{plural}, confidence {}", share(*confidence))?;
    for sentence in sentences {
        let quote = &sentence.quote;
        let source = &quote.source;
        let about: Vec<&str> = [&source.language, &source.date].into_iter().flatten().map(String::as_str).collect();
        let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
        writeln!(out, "\n  {}", marked(&quote.sentence, &sentence.marks, styled))?;
        writeln!(out, "  {}{about}, bytes {}..{}", clean(source.place()), quote.start, quote.end)?;
        writeln!(out, "  rule {}: {}", clean(&quote.rule), sentence.meaning)?;
        writeln!(out, "  confidence {}: {}", share(quote.confidence), sentence.confidence_reason)?;
    }
    if !reasons.is_empty() {
        writeln!(out)?;
    }
    reasons.iter().try_for_each(|reason| writeln!(out, "  {}", clean(reason)))
}

/// The sentence with marked words in bold, or between `»` and `«` where there is no bold.
fn marked(sentence: &str, marks: &[Range<usize>], styled: bool) -> String {
    let (on, off) = if styled { ("\x1b[1m", "\x1b[0m") } else { ("»", "«") };
    let mut text = String::new();
    let mut at = 0;
    for mark in marks {
        text.push_str(&clean(&sentence[at..mark.start]));
        text.push_str(on);
        text.push_str(&clean(&sentence[mark.clone()]));
        text.push_str(off);
        at = mark.end;
    }
    text.push_str(&clean(&sentence[at..]));
    text
}

/// A confidence as people read it.
pub fn share(confidence: f32) -> String {
    format!("{confidence:.2}")
}
