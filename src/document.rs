//! A document: one report as it was read, with what its file tells beside the text.
//!
//! The only stage besides the gazetteer and the store that opens files. Bad input never stops the others: what
//! cannot be read is returned as skipped, with the reason.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::error::{Error, Result};
use crate::vocabulary::EntityId;

/// A report.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its identifier: the file name without ending.
    pub id: EntityId,
    /// The address it was published at, from its last line `Source: https://…` (the word may be of any language).
    pub url: Option<String>,
    /// The text, as it was decoded. Byte ranges of evidence point into it.
    pub body: String,
}

impl Document {
    /// A report from its identifier and text.
    ///
    /// ```
    /// use chutoa::document::Document;
    /// let document = Document::new("001", "Conference of …\nSource: https://example.org/a-conference.html\n");
    /// assert_eq!(document.url.as_deref(), Some("https://example.org/a-conference.html"));
    /// ```
    pub fn new(name: &str, body: impl Into<String>) -> Document {
        static SOURCE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"(?m)^\W*\p{L}+\s*[::]\s*(https?://\S+)\s*$").expect("a constant"));
        let body = body.into();
        // Only the last line of that shape is the report's own; others are sources it quotes.
        let url = SOURCE.captures_iter(&body).last().map(|c| c[1].to_string());
        Document { id: EntityId::article(name), url, body }
    }
}

/// Why something that was named is not among the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub name: String,
    /// The reason, and what to do about it.
    pub reason: String,
}

/// Reads reports: files, folders (all `.txt` below them), or `-` for standard input.
///
/// # Errors
/// Where nothing at all could be read: the message says what was looked for and where. A file that is no text is
/// skipped, the others go on.
pub fn read(paths: &[PathBuf]) -> Result<(Vec<Document>, Vec<Skipped>)> {
    let mut documents = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            match std::io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => take("standard-input", "standard input", &bytes, &mut documents, &mut skipped),
                Err(e) => skipped.push(Skipped { name: "standard input".into(), reason: e.to_string() }),
            }
            continue;
        }
        let mut files = Vec::new();
        list(path, true, &mut files, &mut skipped);
        files.sort();
        for file in files {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match std::fs::read(&file) {
                Ok(bytes) => take(&stem, &file.display().to_string(), &bytes, &mut documents, &mut skipped),
                Err(e) => skipped.push(Skipped { name: file.display().to_string(), reason: e.to_string() }),
            }
        }
    }
    if documents.is_empty() {
        let places: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        let mut message = format!(
            "no report found in {}: reports are files that end in .txt, folders that hold such files, or - for standard input",
            places.join(", ")
        );
        for Skipped { name, reason } in &skipped {
            message.push_str(&format!("\n  {name}: {reason}"));
        }
        return Err(Error::Message(message));
    }
    Ok((documents, skipped))
}

fn list(path: &Path, named: bool, files: &mut Vec<PathBuf>, skipped: &mut Vec<Skipped>) {
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(e) => {
            skipped.push(Skipped { name: path.display().to_string(), reason: e.to_string() });
            return;
        }
    };
    if meta.is_dir() {
        match std::fs::read_dir(path) {
            Ok(entries) => {
                for entry in entries.flatten() {
                    let hidden = entry.file_name().to_string_lossy().starts_with('.');
                    if !hidden {
                        list(&entry.path(), false, files, skipped);
                    }
                }
            }
            Err(e) => skipped.push(Skipped { name: path.display().to_string(), reason: e.to_string() }),
        }
        return;
    }
    if named || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) {
        files.push(path.to_path_buf());
    }
}

fn take(id: &str, name: &str, bytes: &[u8], documents: &mut Vec<Document>, skipped: &mut Vec<Skipped>) {
    match decode(bytes) {
        Ok(body) => {
            let mut document = Document::new(id, body);
            // Two files of one name in two folders stay two reports.
            let mut number = 2;
            while documents.iter().any(|d: &Document| d.id == document.id) {
                document.id = EntityId::article(&format!("{id}-{number}"));
                number += 1;
            }
            documents.push(document);
        }
        Err(reason) => skipped.push(Skipped { name: name.to_string(), reason }),
    }
}

/// UTF-8 as it is; other encodings as their mark or, failing that, their letters tell.
fn decode(bytes: &[u8]) -> std::result::Result<String, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("the file is empty".to_string());
    }
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, failed) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if failed {
            Err(format!("it opens as {} and goes on as something else; save it as UTF-8", encoding.name()))
        } else {
            Ok(text.into_owned())
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.to_string()),
        Ok(_) => Err("it holds zero bytes and is no text; save the report as UTF-8 text".to_string()),
        Err(e) => {
            let at = e.valid_up_to();
            if bytes.contains(&0) {
                return Err(format!(
                    "byte {at} is no UTF-8 and zero bytes follow: no text; save the report as UTF-8 text"
                ));
            }
            let mut detector = chardetng::EncodingDetector::new();
            detector.feed(bytes, true);
            let encoding = detector.guess(None, false);
            let (text, failed) = encoding.decode_without_bom_handling(bytes);
            let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
            if failed || odd > 0 {
                return Err(format!("byte {at} is no UTF-8, and no other encoding fits; save the report as UTF-8"));
            }
            Ok(text.into_owned())
        }
    }
}
