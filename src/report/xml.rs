//! Text as it may stand in XML 1.0, which has no place for control characters, not even escaped: they become `�`.

use std::fmt::Write;

use crate::report::sanitize;

/// `text` inside an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => shown += "&lt;",
            '>' => shown += "&gt;",
            '&' => shown += "&amp;",
            '"' => shown += "&quot;",
            '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => refer(c, &mut shown),
            c if sanitize::is_bidi_control(c) => refer(c, &mut shown),
            '\0'..=' ' if c != ' ' => shown.push(char::REPLACEMENT_CHARACTER),
            '\u{fffe}' | '\u{ffff}' => shown.push(char::REPLACEMENT_CHARACTER),
            _ => shown.push(c),
        }
    }
    shown
}

/// A character that XML allows and a terminal might act on.
fn refer(c: char, shown: &mut String) {
    write!(shown, "&#{};", u32::from(c)).expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place() {
        let cases = [
            ("a<b> & \"c\" 'd'", "a&lt;b&gt; &amp; &quot;c&quot; 'd'"),
            ("]]>", "]]&gt;"),
            ("\x1b[31m\0", "�[31m�"),
            ("a\r\n\tb", "a&#13;&#10;&#9;b"),
            ("\u{202e}x\u{9b}y\u{ffff}", "&#8238;x&#155;y�"),
            ("é 停 🕊", "é 停 🕊"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }
}
