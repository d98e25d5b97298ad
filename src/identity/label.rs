//! A label: what to call an entity in English and in Vietnamese.

use std::collections::BTreeMap;

use super::person::{self, Names};
use crate::gazetteer::Gazetteer;
use crate::graph::Entity;
use crate::vocabulary::{EntityId, Kind};

/// The entity of an identifier, labelled.
pub(super) fn entity(id: &EntityId, gazetteer: &Gazetteer, names: &BTreeMap<EntityId, Names>) -> Entity {
    let mut entity = Entity::bare(id.clone());
    let segments: Vec<&str> = id.segments().collect();
    let grammar = gazetteer.grammar();
    let mut say = |english: String, vietnamese: String| {
        entity.label = english;
        entity.label_vi = vietnamese;
    };
    match id.kind() {
        Kind::Person => {
            if let Some(found) = names.get(id) {
                say(found.display.clone(), found.display.clone());
                entity.names = found.others.clone();
            }
        }
        Kind::Province => {
            if let Some(province) = gazetteer.province(id.path()).map(|p| &gazetteer.provinces()[p as usize]) {
                say(province.name.clone(), province.name.clone());
                entity.until = Some(province.merged_on.clone()).filter(|day| !day.is_empty());
                entity.successor = province.merged_into.as_deref().map(|p| EntityId::new(Kind::Province, p));
            }
        }
        Kind::Post if segments.len() >= 2 => {
            let role = segments[segments.len() - 1];
            let (english, vietnamese) = seat(&segments[..segments.len() - 1], gazetteer);
            let (role, role_vi) = grammar.role_label(role);
            say(format!("{role}, {english}"), format!("{role_vi} {vietnamese}"));
        }
        Kind::Organization => {
            let (english, vietnamese) = seat(&segments, gazetteer);
            say(english, vietnamese);
        }
        Kind::Event if segments.len() >= 2 => {
            let (english, vietnamese) = seat(&segments[..segments.len() - 1], gazetteer);
            let last = segments[segments.len() - 1].split('~').next().unwrap_or_default();
            let kind = gazetteer
                .event_kinds()
                .iter()
                .filter(|k| last.strip_prefix(k.id.as_str()).is_some_and(|rest| rest.starts_with('-')))
                .max_by_key(|k| k.id.len());
            if let Some(kind) = kind {
                let tail = &last[kind.id.len() + 1..];
                let (event, event_vi) = &kind.labels;
                match tail.parse::<u32>() {
                    Ok(number) if number < 1000 => {
                        let (pattern, pattern_vi) = gazetteer.label("numbered-event");
                        let fill = |pattern: &str, event: &str, body: &str| {
                            let text = pattern.replace("{ordinal}", &ordinal(number));
                            let text = text.replace("{number}", &number.to_string());
                            text.replace("{event}", event).replace("{body}", body)
                        };
                        say(fill(pattern, event, &english), capital(&fill(pattern_vi, event_vi, &vietnamese)));
                    }
                    _ => {
                        let day = jiff_date(tail);
                        say(
                            format!("{}, {english}{}", capital(event), day.map_or(String::new(), |d| format!(", {d}"))),
                            format!(
                                "{}, {vietnamese}{}",
                                capital(event_vi),
                                day.map_or(String::new(), |d| format!(", {d}"))
                            ),
                        );
                    }
                }
            }
        }
        Kind::Document => {
            let (english, vietnamese) = document(id, gazetteer);
            say(english, vietnamese);
        }
        _ => {}
    }
    entity.single = person::is_single_seat(id, gazetteer);
    entity.province = province_of(id, &segments, gazetteer);
    entity
}

/// A body with its place: `Provincial Party Committee, Đắk Lắk`.
fn seat(segments: &[&str], gazetteer: &Gazetteer) -> (String, String) {
    let grammar = gazetteer.grammar();
    let body = segments.last().copied().unwrap_or_default();
    let (mut english, mut vietnamese) = if body == "?" {
        let (english, vietnamese) = gazetteer.label("unnamed-body");
        (english.to_string(), vietnamese.to_string())
    } else {
        grammar.body_label(body)
    };
    for place in segments[..segments.len().saturating_sub(1)].iter().rev() {
        let name = match gazetteer.province(place) {
            Some(province) => gazetteer.provinces()[province as usize].name.clone(),
            None if *place == "?" => continue,
            None => place.split('-').map(capital).collect::<Vec<_>>().join(" "),
        };
        english.push_str(&format!(", {name}"));
        vietnamese.push_str(&format!(" {name}"));
    }
    (english, vietnamese)
}

fn document(id: &EntityId, gazetteer: &Gazetteer) -> (String, String) {
    let last = id.segments().next_back().unwrap_or_default().split('~').next().unwrap_or_default();
    let digits = last.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = last.split_at(digits);
    let rest = rest.trim_start_matches('-');
    if let Some(kind) = gazetteer.document_type(rest) {
        let first = |text: &str| text.split('|').next().unwrap_or_default().to_string();
        let (english, vietnamese) = (first(&kind.labels.0), first(&kind.labels.1));
        let written = &kind.written;
        let join = if written.contains('/') { '-' } else { '/' };
        return (
            format!("{} {number}{join}{written}", capital(&english)).trim().to_string(),
            format!("{} {number}{join}{written}", vietnamese).trim().to_string(),
        );
    }
    (last.to_uppercase(), last.to_uppercase())
}

fn province_of(id: &EntityId, segments: &[&str], gazetteer: &Gazetteer) -> Option<EntityId> {
    let local = matches!(id.kind(), Kind::Post | Kind::Organization | Kind::Event | Kind::Document);
    let first = segments.first().filter(|_| local && segments.len() > 1)?;
    gazetteer.province(first).map(|_| EntityId::new(Kind::Province, first))
}

fn jiff_date(text: &str) -> Option<&str> {
    text.parse::<jiff::civil::Date>().ok().map(|_| text)
}

fn ordinal(number: u32) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
