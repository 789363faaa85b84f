//! Reads Rust source just well enough for the house rules: what is code, what is test, where functions end.

use std::ops::Range;

/// The text with comments, strings and character literals blanked; every byte stays where it was.
pub(crate) fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = literal_end(bytes, at).unwrap_or(at);
        if end == at {
            at += 1;
            continue;
        }
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    String::from_utf8(out).unwrap()
}

/// Where the comment or literal that begins at `at` ends; `None` if none begins there.
fn literal_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") {
        return Some(at + rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len()));
    }
    if rest.starts_with(b"/*") {
        return Some(at + block_comment_len(rest));
    }
    match rest[0] {
        b'"' => Some(at + 1 + string_len(&rest[1..])),
        b'r' if at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'b' || bytes[at - 1] == b'c' => {
            raw_string_len(rest).map(|len| at + len)
        }
        b'\'' => char_literal_len(rest).map(|len| at + len),
        _ => None,
    }
}

fn block_comment_len(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// Length up to and with the closing quote, of what follows the opening one.
fn string_len(rest: &[u8]) -> usize {
    let mut at = 0;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string_len(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|&&b| b == b'#').count();
    let open = 1 + hashes;
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    let body = &rest[open + 1..];
    let len = body.windows(close.len()).position(|window| window == close).unwrap_or(body.len());
    Some((open + 1 + len + close.len()).min(rest.len()))
}

/// Tells a character literal from a lifetime.
fn char_literal_len(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        return rest[3..].iter().position(|&b| b == b'\'').map(|len| len + 4);
    }
    let width = match rest.get(1)? {
        byte if byte.is_ascii() => 1,
        byte => byte.leading_ones() as usize,
    };
    (rest.get(1 + width) == Some(&b'\'')).then_some(width + 2)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Byte ranges of the items that only test builds hold, attribute included. Takes [`code_only`] text.
pub(crate) fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(found) = code[from..].find("#[cfg(") {
        let start = from + found;
        let attribute_end = start + code[start..].find(']').unwrap_or(0) + 1;
        from = attribute_end;
        if !is_test_condition(&code[start..attribute_end]) {
            continue;
        }
        let end = item_end(code, attribute_end);
        from = end;
        items.push(start..end);
    }
    items
}

/// Whether an attribute `#[cfg(…)]` keeps its item for tests alone.
fn is_test_condition(attribute: &str) -> bool {
    let condition: String = attribute.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = condition.trim_start_matches("#[cfg(").trim_end_matches(")]");
    inner == "test" || inner.strip_prefix("all(").is_some_and(|all| all.split(',').any(|one| one == "test"))
}

/// Where the item that begins at `from` ends: its closing brace, or its semicolon if it has no body.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return closing_brace(code, offset),
            b';' if depth == 0 => return offset + 1,
            _ => {}
        }
    }
    code.len()
}

/// The place after the brace that closes the one at `open`.
fn closing_brace(code: &str, open: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return offset + 1;
        }
    }
    code.len()
}

/// Code without comments, literals and test items; every byte that is left stays where it was.
pub(crate) fn shipped_code(text: &str) -> String {
    let code = code_only(text);
    let mut out = code.clone().into_bytes();
    for item in test_items(&code) {
        for byte in &mut out[item] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(out).unwrap()
}

/// Names of the files that `#[cfg(test)] mod name;` declares.
pub(crate) fn test_modules(text: &str) -> Vec<String> {
    let code = code_only(text);
    let declared = |item: Range<usize>| {
        let item = code[item].strip_suffix(';')?;
        let (_, name) = item.rsplit_once("mod ")?;
        Some(name.trim().to_owned())
    };
    test_items(&code).into_iter().filter_map(declared).collect()
}

/// Name and extent in bytes of every function with a body. Takes [`code_only`] text.
pub(crate) fn functions(code: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("fn ") {
        if start > 0 && is_word(code.as_bytes()[start - 1]) {
            continue;
        }
        let name: String =
            code[start + 3..].trim_start().chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect();
        let end = item_end(code, start);
        if !name.is_empty() && code[..end].ends_with('}') {
            found.push((name, start..end));
        }
    }
    found
}

/// First segments that follow `root::` wherever it stands, grouped imports taken apart. Takes [`code_only`] text.
pub(crate) fn paths_under(code: &str, root: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices(root) {
        if start > 0 && (is_word(code.as_bytes()[start - 1]) || code.as_bytes()[start - 1] == b'$') {
            continue;
        }
        let Some(rest) = code[start + root.len()..].trim_start().strip_prefix("::") else { continue };
        let line = line_of(code, start);
        let rest = rest.trim_start();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group).into_iter().map(|head| (line, head))),
            None => found.push((line, head(rest))),
        }
    }
    found
}

/// First segments of a group `{a::b, c::{d, e}, f}`, of which `group` is what follows the opening brace.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut begin) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                heads.push(head(group[begin..at].trim_start()));
                begin = at + 1;
            }
            _ => {}
        }
        if c == '}' && begin == at + 1 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

fn head(path: &str) -> String {
    if path.starts_with('*') {
        return "*".to_owned();
    }
    path.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect()
}

/// Line of a byte, 1-based.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    text[..byte].matches('\n').count() + 1
}

#[test]
fn comments_and_literals_are_blanked_and_code_is_kept() {
    let cases = [
        ("a // b\nc", "a     \nc"),
        ("a /* b /* c */ d */ e", "a                   e"),
        (r#"f("x \" y", 1)"#, "f(        , 1)"),
        (r##"f(r#"x " y"#, 1)"##, "f(          , 1)"),
        (r#"f(br"x", 1)"#, "f(b    , 1)"),
        (r"f('\'', '{', 'é')", "f(    ,    ,     )"),
        ("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}"),
        ("\"open", "     "),
    ];
    for (text, expected) in cases {
        assert_eq!(code_only(text), expected, "{text}");
    }
}

#[test]
fn test_items_are_cut_out_and_nothing_else() {
    let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { \"}\" }\n}\nfn c() {}\n";
    let code = shipped_code(text);
    assert!(code.contains("fn a") && code.contains("fn c") && !code.contains("fn b"), "{code}");
    assert_eq!(code.len(), text.len());
    for kept in ["#[cfg(not(test))]\nfn a() {}", "#[cfg(feature = \"test\")]\nfn a() {}"] {
        assert!(shipped_code(kept).contains("fn a"), "{kept}");
    }
    assert!(!shipped_code("#[cfg(all(test, unix))]\nfn a() {}").contains("fn a"));
}

#[test]
fn test_modules_in_files_of_their_own_are_known() {
    let text =
        "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\npub(crate) mod cases;\n#[cfg(test)]\nmod b {}\n";
    assert_eq!(test_modules(text), ["tests", "cases"]);
}

#[test]
fn functions_are_found_with_their_bodies() {
    let code =
        "trait T { fn a(&self); }\nfn b(f: fn(u8) -> u8) -> [u8; 4]\nwhere\n X: Y,\n{ { } }\nconst fn c() {}";
    let found: Vec<(String, usize)> =
        functions(code).into_iter().map(|(name, range)| (name, code[range].lines().count())).collect();
    assert_eq!(found, [("b".to_owned(), 4), ("c".to_owned(), 1)]);
}

#[test]
fn heads_of_grouped_and_inline_paths_are_found() {
    let cases: [(&str, &[&str]); 7] = [
        ("use crate::align::chain;", &["align"]),
        ("use crate::{align, model::{Document, Span}, read};", &["align", "model", "read"]),
        (
            "use crate::{\n    align::{self, chain::{X}},\n    model,\n};\nuse crate::read;",
            &["align", "model", "read"],
        ),
        ("let x = crate :: report::write(crate::model::A);", &["report", "model"]),
        ("pub(crate) fn f() {}", &[]),
        ("use crate::*;", &["*"]),
        ("use my_crate::align;", &[]),
    ];
    for (code, expected) in cases {
        let heads: Vec<String> = paths_under(code, "crate").into_iter().map(|(_, head)| head).collect();
        assert_eq!(heads, expected, "{code}");
    }
}
