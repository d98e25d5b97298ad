//! What can go wrong at the edges: files, table rows, arguments. The stages between them never fail.

use std::path::PathBuf;

/// An error a user can act on: it names the place and, where there is one, the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A row of a table cannot be understood.
    #[error("{file}:{line}: {problem}; {remedy}")]
    Row {
        /// The table.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// Anything else, said in one sentence.
    #[error("{0}")]
    Message(String),
}

impl Error {
    /// An I/O error with its place.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Error {
        Error::Io { path: path.into(), source }
    }

    /// A row that cannot be understood.
    pub fn row(file: &str, line: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::Row { file: file.to_string(), line, problem: problem.into(), remedy: remedy.into() }
    }
}

/// A result with this library's error.
pub type Result<T> = std::result::Result<T, Error>;
