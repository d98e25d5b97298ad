//! Text in a drawing for Graphviz: quoted, or inside an HTML label.
//!
//! Escaping is strict: every identifier and value is quoted or an HTML label, backslashes are doubled since Graphviz
//! reads `\N` and the like in labels, tooltips and links.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text as a quoted value: line feeds become line breaks, everything else is itself.
pub(super) fn quoted(text: &str) -> String {
    // Values are read for entities on their way into SVG: `&lt;` in a text must stay these four characters.
    identifier(&text.replace('&', "&amp;"))
}

/// A quoted identifier, in which Graphviz looks for no entities.
pub(super) fn identifier(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text inside an HTML label; where nothing of it can be seen a space, since `<b></b>` is an error.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\\' => out.push_str("\\\\"),
            c if c.is_whitespace() => out.push(' '),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    if out.is_empty() {
        out.push(' ');
    }
    out
}

/// Control characters, and those that turn the direction of all text after them.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A text inside an HTML label, wrapped between words.
pub(super) fn lines(text: &str, columns: usize) -> String {
    wrap(text, columns).iter().map(|line| html(line)).collect::<Vec<_>>().join("<br/>")
}

/// Lines of at most so many columns; a longer word is cut.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if !line.is_empty() && line.width() + 1 + word.width() <= columns {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(String::new());
        }
        for c in word.chars() {
            let line = lines.last_mut().expect("there is a first line");
            if line.width() + c.width().unwrap_or(0) > columns {
                lines.push(String::new());
            }
            lines.last_mut().expect("there is a first line").push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(quoted("a\"b\\N\nc\u{7}"), r#""a\"b\\N\nc""#);
        assert_eq!(html("<b>\\N & \"x\"</b>\u{202E}"), "&lt;b&gt;\\\\N &amp; &quot;x&quot;&lt;/b&gt;");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(
            wrap("20th conference, Provincial Party Committee", 30),
            ["20th conference, Provincial", "Party Committee"]
        );
        assert_eq!(wrap("", 30), [""]);
        assert_eq!(wrap(&"x".repeat(70), 30).len(), 3);
    }
}
