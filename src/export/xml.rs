//! XML text is what GraphML and GEXF put between and inside tags: escaped, and without what XML cannot hold.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// Escapes text between tags. Control characters, which no escape brings into XML 1.0, become U+FFFD.
pub(super) fn text(raw: &str) -> Cow<'_, str> {
    // Most texts need nothing, which bytes tell sooner than letters. (U+FFFE and U+FFFF begin with EF.)
    if raw.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'<' | b'>' | b'&' | b'\'' | b'"' | 0xEF)) {
        return Cow::Borrowed(raw);
    }
    let mut text = match raw.chars().all(is_legal) {
        true => escape(raw),
        false => escape(raw.chars().map(|c| if is_legal(c) { c } else { '\u{FFFD}' }).collect::<String>()),
    };
    // A reader turns a bare carriage return into a line feed.
    if text.contains('\r') {
        text = text.replace('\r', "&#13;").into();
    }
    text
}

/// Escapes an attribute's value, in which a reader turns bare line feeds and tabs into spaces.
pub(super) fn attribute(raw: &str) -> Cow<'_, str> {
    let value = text(raw);
    if value.contains(['\n', '\t']) { value.replace('\n', "&#10;").replace('\t', "&#9;").into() } else { value }
}

fn is_legal(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(text("ａ\u{FFFE}"), "ａ\u{FFFD}");
        assert_eq!(text("a\u{1}b\u{FFFF}"), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(text("\"<&>'\r\n"), "&quot;&lt;&amp;&gt;&apos;&#13;\n");
        assert_eq!(attribute("a\n\tb"), "a&#10;&#9;b");
        assert!(matches!(text("Đắk Nông"), Cow::Borrowed(_)));
    }
}
