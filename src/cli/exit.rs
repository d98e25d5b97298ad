//! An exit code is what a run tells its caller; a failure is an error on its way there.

use std::error::Error;
use std::fmt;
use std::io;
use std::process::{ExitCode, Termination};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: something was found, or everything was done.
    Found,
    /// 1: nothing was found, or a threshold was not reached.
    Nothing,
    /// 2: an error, told on standard error.
    Error,
}

impl Exit {
    /// Found or nothing, as the case may be.
    pub fn found(any: bool) -> Exit {
        if any { Exit::Found } else { Exit::Nothing }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Any error, to be told to the user and no further distinguished, but for a closed pipe.
pub struct Failure(Box<dyn Error>);

impl Failure {
    /// A failure that one sentence tells.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure(message.into().into())
    }

    /// Whether the reader of the output has gone, which is his good right.
    pub fn is_broken_pipe(&self) -> bool {
        let mut cause: Option<&(dyn Error + 'static)> = Some(self.0.as_ref());
        while let Some(error) = cause {
            let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
            let kind = kind.or_else(|| error.downcast_ref::<serde_json::Error>().and_then(|e| e.io_error_kind()));
            if kind == Some(io::ErrorKind::BrokenPipe) {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(Box::new(error))
    }
}
