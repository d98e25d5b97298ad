//! Units below the province: districts, towns and cities, which names run into and whose province reports leave out.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::table::Table;
use crate::error::Error;

/// The most syllables of a unit's name.
pub(crate) const LONGEST_NAME: usize = 4;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Units {
    /// The provinces that have a unit of this name.
    provinces: HashMap<String, BTreeSet<u16>, foldhash::fast::FixedState>,
    levels: BTreeSet<String>,
    /// The first words of their names.
    openings: HashSet<String, foldhash::fast::FixedState>,
}

impl Units {
    /// Reads the table; `province` tells the number of a province's identifier.
    pub(super) fn read(table: &Table<'_>, province: impl Fn(&str) -> Option<u16>) -> Result<Units, Error> {
        let mut units = Units::default();
        for row in table.rows() {
            let id = row.required("province")?;
            let number = province(id)
                .ok_or_else(|| row.error(format!("`{id}` is no province"), "write an id of entities/provinces.tsv"))?;
            let name = row.required("unit")?;
            units.provinces.entry(name.to_string()).or_default().insert(number);
            units.openings.insert(name.split('-').next().unwrap_or_default().to_string());
            units.levels.insert(row.required("level")?.to_string());
        }
        Ok(units)
    }

    /// Whether some province has a unit of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.provinces.contains_key(name)
    }

    /// Whether the name of a unit opens with this word.
    pub(crate) fn may_open(&self, word: &str) -> bool {
        self.openings.contains(word)
    }

    /// Whether the table has the units of this level.
    pub(crate) fn lists(&self, level: &str) -> bool {
        self.levels.contains(level)
    }

    /// The province of a unit, where one alone has it; communes and wards share names with districts.
    pub(crate) fn province(&self, name: &str, level: &str) -> Option<u16> {
        let provinces = self.provinces.get(name).filter(|_| self.levels.contains(level))?;
        (provinces.len() == 1).then(|| provinces.first().copied()).flatten()
    }
}
