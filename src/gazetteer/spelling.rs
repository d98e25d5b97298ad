//! Spellings: the phrases as reports write them, for measurements against a plain search over bytes.

use super::table::Table;
use super::{Gazetteer, LanguageId};
use crate::error::Result;

/// Tables whose words take the endings of their language; those of names and months list their forms.
const INFLECTING: [&str; 6] = ["components", "cues", "fields", "events", "documents", "ordinals"];
const LISTED: [&str; 2] = ["places", "calendar"];

impl Gazetteer {
    /// Every phrase with its marks and capitals; with `inflected`, also with each ending of its language.
    ///
    /// The words of a phrase take their endings together (all first forms, all second forms, …), since all
    /// combinations of one long title alone would be thousands of millions.
    #[doc(hidden)]
    pub fn spellings(&self, inflected: bool) -> Result<Vec<String>> {
        let mut all = Vec::new();
        for (number, language) in self.languages.iter().enumerate() {
            let written = self.written_endings(&language.code)?;
            let stem = self.language(LanguageId(number as u8)).stem;
            for (tables, inflecting) in [(&INFLECTING[..], true), (&LISTED[..], false)] {
                for name in tables {
                    let file = format!("languages/{}/{name}.tsv", language.code);
                    let Some(parts) = self.tables.get(&file) else { continue };
                    for row in Table::parse(parts)?.rows() {
                        let form = row.required("form")?;
                        let exact = form.strip_prefix('=');
                        all.push(exact.unwrap_or(form).to_string());
                        if inflected && inflecting && exact.is_none() {
                            inflect(form, &written, stem, &mut all);
                        }
                    }
                }
            }
        }
        all.extend(self.provinces.iter().map(|p| p.name.clone()));
        all.sort();
        all.dedup();
        Ok(all)
    }

    fn written_endings(&self, code: &str) -> Result<Vec<String>> {
        let mut endings = Vec::new();
        if let Some(parts) = self.tables.get(&format!("languages/{code}/endings.tsv")) {
            for row in Table::parse(parts)?.rows() {
                if row.required("of")? == "word" {
                    endings.push(row.required("ending")?.to_string());
                }
            }
        }
        endings.sort_by_key(|e| std::cmp::Reverse(e.chars().count()));
        Ok(endings)
    }
}

fn inflect(form: &str, endings: &[String], stem: usize, all: &mut Vec<String>) {
    let stems: Vec<&str> = form
        .split_whitespace()
        .map(|word| {
            let letters = word.chars().count();
            endings
                .iter()
                .filter_map(|ending| Some((word.strip_suffix(ending.as_str())?, ending)))
                .find(|(_, ending)| letters - ending.chars().count() >= stem)
                .map_or(word, |(stem, _)| stem)
        })
        .collect();
    all.push(stems.join(" "));
    for ending in endings {
        let words: Vec<String> = stems.iter().map(|stem| format!("{stem}{ending}")).collect();
        all.push(words.join(" "));
    }
}
