//! XML is markup with text in it: escaped, and without what XML cannot hold. GraphML and GEXF are written through it.
//!
//! Large graphs are what costs here, so elements gather in one buffer, and texts are escaped straight into it.

use std::io::{self, Write};

use super::Tie;
use super::record::{SEPARATOR, Value, link_id_parts};

/// XML on its way out.
pub(super) struct Xml<W> {
    out: W,
    buffer: Vec<u8>,
}

/// So many bytes go out at once.
const PIECE: usize = 1 << 17;

impl<W: Write> Xml<W> {
    /// Nothing yet, on its way to `out`.
    pub fn new(out: W) -> Xml<W> {
        Xml { out, buffer: Vec::with_capacity(PIECE + PIECE / 8) }
    }

    /// Adds markup as it is.
    pub fn markup(&mut self, markup: &str) -> &mut Xml<W> {
        self.buffer.extend_from_slice(markup.as_bytes());
        self
    }

    /// Opens an edge with its identifier and its ends, as GraphML and GEXF both have it.
    pub fn open_edge(&mut self, source: &str, tie: Tie, target: &str) -> &mut Xml<W> {
        self.markup("<edge id=\"");
        for part in link_id_parts(source, tie, target) {
            self.attribute(part);
        }
        self.markup("\" source=\"").attribute(source).markup("\" target=\"").attribute(target)
    }

    /// Adds text between tags.
    pub fn text(&mut self, raw: &str) -> &mut Xml<W> {
        escape(raw, Place::Between, &mut self.buffer);
        self
    }

    /// Adds text to an attribute's value.
    pub fn attribute(&mut self, raw: &str) -> &mut Xml<W> {
        escape(raw, Place::Attribute, &mut self.buffer);
        self
    }

    /// Adds a whole number.
    pub fn whole(&mut self, number: u64) -> &mut Xml<W> {
        self.markup(itoa::Buffer::new().format(number))
    }

    /// Adds a column's value to the text between tags or to an attribute's value.
    pub fn value(&mut self, value: &Value<'_>, place: Place) -> &mut Xml<W> {
        match value {
            Value::Text(text) => escape(text, place, &mut self.buffer),
            Value::List(texts) => {
                for (position, text) in texts.iter().enumerate() {
                    self.markup(if position == 0 { "" } else { SEPARATOR });
                    escape(text, place, &mut self.buffer);
                }
            }
            Value::Whole(number) => _ = self.whole(*number),
            // Weights are whole, for which shortest digits need no search.
            Value::Real(number) if *number >= 1.0 && *number < 1e9 && number.fract() == 0.0 => {
                self.whole(*number as u64);
            }
            Value::Real(_) | Value::Flag(_) => _ = self.markup(&value.text(SEPARATOR)),
        }
        self
    }

    /// Ends an element: what has gathered goes out once it is much.
    pub fn end(&mut self, markup: &str) -> io::Result<()> {
        self.markup(markup);
        if self.buffer.len() >= PIECE {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Ends the document: everything goes out.
    pub fn finish(mut self, markup: &str) -> io::Result<()> {
        self.markup(markup);
        self.out.write_all(&self.buffer)
    }
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Between,
    /// In an attribute's value, where a reader turns bare line feeds and tabs into spaces.
    Attribute,
}

fn escape(raw: &str, place: Place, out: &mut Vec<u8>) {
    let mut rest = raw.as_bytes();
    // Most texts need nothing, which all bytes at once tell sooner than one after the other.
    if rest.iter().fold(false, |found, byte| found | may_need_escape(*byte)) {
        while let Some(at) = rest.iter().position(|byte| may_need_escape(*byte)) {
            let (clean, from) = rest.split_at(at);
            let (length, instead) = escaped(from, place).unwrap_or((1, &from[..1]));
            out.extend_from_slice(clean);
            out.extend_from_slice(instead);
            rest = &from[length..];
        }
    }
    out.extend_from_slice(rest);
}

/// Whether a byte alone may ask for an escape; U+FFFE and U+FFFF begin with EF.
fn may_need_escape(byte: u8) -> bool {
    byte < 0x20 || matches!(byte, b'<' | b'>' | b'&' | b'\'' | b'"' | 0xEF)
}

/// The length of what `text` begins with and what stands for it, where it cannot stand itself. Control characters, which no
/// escape brings into XML 1.0, become U+FFFD.
fn escaped(text: &[u8], place: Place) -> Option<(usize, &'static [u8])> {
    Some(match text {
        [b'<', ..] => (1, b"&lt;"),
        [b'>', ..] => (1, b"&gt;"),
        [b'&', ..] => (1, b"&amp;"),
        // Between tags they stay: Tulip's reader forgets what stands before an escape.
        [b'\'', ..] if place == Place::Attribute => (1, b"&apos;"),
        [b'"', ..] if place == Place::Attribute => (1, b"&quot;"),
        // A reader turns a bare carriage return into a line feed.
        [b'\r', ..] => (1, b"&#13;"),
        [b'\n', ..] if place == Place::Attribute => (1, b"&#10;"),
        [b'\t', ..] if place == Place::Attribute => (1, b"&#9;"),
        [b'\n' | b'\t', ..] => return None,
        [0..0x20, ..] => (1, "\u{FFFD}".as_bytes()),
        [0xEF, 0xBF, 0xBE | 0xBF, ..] => (3, "\u{FFFD}".as_bytes()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let [text, attribute] = [Place::Between, Place::Attribute].map(|place| {
            move |raw: &str| {
                let mut out = b"before ".to_vec();
                escape(raw, place, &mut out);
                String::from_utf8(out).unwrap().split_off("before ".len())
            }
        });
        assert_eq!(text("ａ\u{FFFE}"), "ａ\u{FFFD}");
        assert_eq!(text("a\u{1}b\u{FFFF}"), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(text("\"<&>'\r\n"), "\"&lt;&amp;&gt;'&#13;\n");
        assert_eq!(attribute("\"<&>'\r"), "&quot;&lt;&amp;&gt;&apos;&#13;");
        assert_eq!(attribute("a\n\tb"), "a&#10;&#9;b");
        for untouched in ["Đắk Nông", "\u{FEFF}\u{FFFD}\u{7F}", ""] {
            assert_eq!((text(untouched), attribute(untouched)), (untouched.to_string(), untouched.to_string()));
        }
    }

    #[test]
    fn numbers_are_as_rust_writes_them() {
        for number in [0.0, -0.0, 0.91, 1.0, 1.5, 2.0, 999_999_999.0, 1e9, 1e16, 1e300, -3.0, f64::NAN] {
            let mut out = Vec::new();
            let mut xml = Xml::new(&mut out);
            xml.value(&Value::Real(number), Place::Between);
            xml.finish("").unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }
}
