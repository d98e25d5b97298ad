//! The console is where a run speaks: results on standard output, everything else on standard error.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::args::{Common, TableFormat};

/// How loud a run is.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    quiet: bool,
    /// Whether to say more than usual.
    pub verbose: bool,
}

impl Console {
    /// As the arguments say.
    pub fn new(common: &Common) -> Console {
        Console { quiet: common.quiet, verbose: common.verbose }
    }

    /// Says something on standard error. Where that cannot be written nobody is left to be told.
    pub fn note(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            writeln!(io::stderr(), "{text}").ok();
        }
    }

    /// Whether a summary is wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A spinner on standard error, where that is a terminal; it goes away when it is dropped.
    pub fn spinner(&self, message: String) -> Spinner {
        if self.quiet || !io::stderr().is_terminal() {
            return Spinner(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a constant");
        let bar = ProgressBar::new_spinner().with_style(style).with_message(message);
        bar.enable_steady_tick(Duration::from_millis(100));
        Spinner(bar)
    }
}

/// A sign on the terminal that work is going on.
pub struct Spinner(ProgressBar);

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Standard output, buffered.
pub fn results() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// The width of the terminal on standard output, if it is one; a terminal that does not tell may have told the shell.
pub fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let asked = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    asked.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok())
}

/// Whether standard output shows bold letters.
pub fn is_styled() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// The format asked for, or a table on a terminal and tab-separated values elsewhere.
pub fn table_format(asked: Option<TableFormat>) -> TableFormat {
    asked.unwrap_or(if io::stdout().is_terminal() { TableFormat::Table } else { TableFormat::Tsv })
}

/// Prints a value as JSON, for eyes on a terminal, else on one line.
pub fn print_json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<(), serde_json::Error> {
    if io::stdout().is_terminal() {
        serde_json::to_writer_pretty(&mut *out, value)?;
    } else {
        serde_json::to_writer(&mut *out, value)?;
    }
    writeln!(out).map_err(serde_json::Error::io)
}
