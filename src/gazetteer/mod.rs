//! Stub: the loaded tables.

use std::path::Path;
use std::sync::LazyLock;

use crate::error::{Error, Result};

/// The loaded tables.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer;

impl Gazetteer {
    /// The tables that are compiled in.
    pub fn embedded() -> &'static Gazetteer {
        static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::default);
        &EMBEDDED
    }

    /// The tables that are compiled in, and those of a folder.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn with_folder(folder: &Path) -> Result<Gazetteer> {
        std::fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
        Ok(Gazetteer)
    }

    /// What is amiss in the tables.
    pub fn check(&self) -> Vec<Error> {
        Vec::new()
    }
}
