//! `[[allow]]`: allowances as they stand in `wirecopy.toml` and `wirecopy-allow.toml`, and how the latter is edited.
//!
//! Text in, text out. An edit adds or takes out whole entries and leaves every other byte as it is.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::config::line_of;
use crate::cli::exit::Failure;
use crate::cli::value;
use crate::gate::Allowance;
use crate::model::{Rule, StableId};

/// Name of the file that is looked for.
pub const FILE_NAME: &str = "wirecopy-allow.toml";

/// The key of allowances.
pub const KEY: &str = "allow";

/// Keys of an allowance.
const KEYS: [&str; 7] = ["passage", "phrase", "documents", "sources", "rule", "reason", "expires"];

/// The allowances of a file that holds nothing else; `name` is what messages call it.
///
/// # Errors
///
/// It is not TOML, holds something else, or an allowance that cannot be used.
pub fn parse(text: &str, name: &str) -> Result<Vec<Allowance>, Failure> {
    let mut found = Vec::new();
    for (key, value) in table(text, name)? {
        if key.get_ref() != KEY {
            let place = format!("{name}:{}", line_of(text, key.span().start));
            return Err(Failure::new(format!("unknown key '{}'", key.get_ref()))
                .at(place)
                .help("this file holds [[allow]] tables only; settings stand in wirecopy.toml"));
        }
        found = allowances(&value, text, name)?;
    }
    Ok(found)
}

fn table<'t>(text: &'t str, name: &str) -> Result<DeTable<'t>, Failure> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Failure::new(format!("the allow-list is not TOML: {}", error.message().trim()))
            .at(format!("{name}:{line}"))
            .help("write each allowance as a table [[allow]] with its reason")
    })?;
    Ok(parsed.into_inner())
}

/// The allowances that `value`, the value of the key `allow` in `text`, holds.
///
/// # Errors
///
/// It is no list of tables, or one of them cannot be used.
pub fn allowances(value: &Spanned<DeValue<'_>>, text: &str, name: &str) -> Result<Vec<Allowance>, Failure> {
    let DeValue::Array(items) = value.get_ref() else {
        return Err(Failure::new(format!("allow cannot be a TOML {}", value.get_ref().type_str()))
            .at(format!("{name}:{}", line_of(text, value.span().start)))
            .help("write each allowance as a table [[allow]]; a file of them is named by allow_file"));
    };
    items.iter().map(|item| allowance(item, text, name)).collect()
}

fn allowance(item: &Spanned<DeValue<'_>>, text: &str, name: &str) -> Result<Allowance, Failure> {
    let line = line_of(text, item.span().start);
    let DeValue::Table(table) = item.get_ref() else {
        return Err(Failure::new("an allowance is no table")
            .at(format!("{name}:{line}"))
            .help("write it as [[allow]] with its keys below"));
    };
    let mut made = Allowance {
        path: name.to_owned(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        ..Allowance::default()
    };
    for (key, value) in table {
        let place = format!("{name}:{}", line_of(text, key.span().start));
        set(&mut made, key.get_ref(), value.get_ref()).map_err(|failure| failure.at(place))?;
    }
    made.check().map_err(|error| Failure::from_error(&error).at(format!("{name}:{line}")))?;
    Ok(made)
}

fn set(made: &mut Allowance, key: &str, value: &DeValue<'_>) -> Result<(), Failure> {
    match key {
        "passage" => {
            let text = one(key, value)?;
            made.passage = Some(id(&text)?);
        }
        "phrase" => made.phrase = Some(one(key, value)?),
        "documents" => made.documents = several(key, value)?,
        "sources" => made.sources = several(key, value)?,
        "rule" => {
            made.rules = several(key, value)?.iter().map(|text| rule(text)).collect::<Result<_, _>>()?
        }
        "reason" => made.reason = one(key, value)?,
        "expires" => {
            let text = match value {
                DeValue::Datetime(date) => date.to_string(),
                value => one(key, value)?,
            };
            made.expires = Some(date("expires", &text)?);
        }
        _ => {
            let help = match value::nearest(key, &KEYS) {
                Some(near) => format!("the nearest key is {near}"),
                None => format!("there are: {}", KEYS.join(", ")),
            };
            return Err(Failure::new(format!("unknown key '{key}' of an allowance")).help(help));
        }
    }
    Ok(())
}

fn one(key: &str, value: &DeValue<'_>) -> Result<String, Failure> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        value => Err(Failure::new(format!("{key} cannot be a TOML {}", value.type_str()))
            .help(format!("write {key} = \"...\""))),
    }
}

fn several(key: &str, value: &DeValue<'_>) -> Result<Vec<String>, Failure> {
    match value {
        DeValue::Array(items) => items.iter().map(|item| one(key, item.get_ref())).collect(),
        value => Ok(vec![one(key, value)?]),
    }
}

fn rule(text: &str) -> Result<Rule, Failure> {
    let names = Rule::ALL.map(Rule::name);
    Rule::ALL.into_iter().find(|rule| rule.name() == text).ok_or_else(|| {
        let all = names.join(", ");
        let help = match value::nearest(text, &names) {
            Some(near) => format!("did you mean {near}? There are: {all}"),
            None => format!("there are: {all}"),
        };
        Failure::new(format!("'{text}' is not a rule")).help(help)
    })
}

/// An identifier as results show it.
///
/// # Errors
///
/// Refuses what is none.
pub fn id(text: &str) -> Result<StableId, Failure> {
    StableId::from_public(text).ok_or_else(|| {
        Failure::new(format!("'{text}' is not an id"))
            .help("write the id of a finding or a passage as results show it, such as wc1-3f9a2c7100b4d2e8")
    })
}

/// A day; `what` is what messages call it.
///
/// # Errors
///
/// Refuses what is none.
pub fn date(what: &str, text: &str) -> Result<Date, Failure> {
    let plain = text.len() == 10;
    text.parse().ok().filter(|_| plain).ok_or_else(|| {
        Failure::new(format!("{what}: '{text}' is not a day")).help("write year, month and day: 2027-03-01")
    })
}

/// `text` with an allowance of `id` at its end.
#[must_use]
pub fn with(text: &str, id: StableId, reason: &str, expires: Option<Date>) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = vec![
        "[[allow]]".to_owned(),
        format!("passage = \"{}\"", id.public()),
        format!("reason = {}", toml::Value::from(reason)),
    ];
    lines.extend(expires.map(|day| format!("expires = {day}")));
    let ended = text.is_empty() || text.ends_with('\n');
    let gap = format!("{}{}", if ended { "" } else { newline }, if text.is_empty() { "" } else { newline });
    format!("{text}{gap}{}{newline}", lines.join(newline))
}

/// `text` without the allowances at the places `gone`: each goes from its header to its last value, with the blank lines
/// after it.
///
/// # Errors
///
/// It is not TOML, or an entry is not written as a table of its own.
pub fn without(text: &str, name: &str, gone: &[usize]) -> Result<String, Failure> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (key, value) in table(text, name)? {
        let DeValue::Array(items) = value.get_ref() else { continue };
        if key.get_ref() != KEY {
            continue;
        }
        for &index in gone {
            cuts.push(lines_of_entry(&items[index], text, name)?);
        }
    }
    cuts.sort_by_key(|cut| cut.start);
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        left.push_str(&text[at..cut.start]);
        at = cut.end;
    }
    left.push_str(&text[at..]);
    // What stood between the last entry and the end parts nothing any more.
    if at == text.len() {
        left.truncate(left.trim_end().len());
        if !left.is_empty() {
            left.push('\n');
        }
    }
    Ok(left)
}

/// The lines an entry takes up.
fn lines_of_entry(item: &Spanned<DeValue<'_>>, text: &str, name: &str) -> Result<Range<usize>, Failure> {
    let span = item.span();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let is_header = text[start..].trim_start().starts_with("[[");
    let (DeValue::Table(table), true) = (item.get_ref(), is_header) else {
        return Err(Failure::new("an allowance that stands inside a list cannot be taken out")
            .at(format!("{name}:{}", line_of(text, span.start)))
            .help("write it as a table [[allow]], or take it out by hand"));
    };
    let last = table.iter().map(|(_, value)| value.span().end).max().unwrap_or(span.end);
    let next_line = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let mut end = next_line(last);
    while end < text.len() && text[end..next_line(end)].trim().is_empty() {
        end = next_line(end);
    }
    Ok(start..end)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const FILE: &str = "# Agreed wording.\n\n[[allow]]\nphrase = '''\nAll rights\nreserved.''' # legal\nreason = \"ours\"\nexpires = 2020-01-01\n\n\
        # Second.\n[[allow]]\nsources = [\"Wire\", 'Post']\nrule = \"coverage\"\nreason = 'partner'\n\n\n[[allow]]\r\n\
        passage = \"wc1-00000000000000ff\"\r\nreason = \"x\"\r\nexpires = \"2020-01-02\"\r\n# end";

    #[track_caller]
    fn check_all(texts: &[&str], expected: Expect) {
        let shown = texts.iter().map(|text| match parse(text, "a.toml") {
            Ok(allowances) => allowances.iter().map(|allowance| format!("{allowance:?}\n")).collect(),
            Err(failure) => {
                format!("{} ({})\n{}\n", failure.what, failure.place.unwrap(), failure.help.unwrap())
            }
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn tables_are_read_with_their_lines() {
        check_all(
            &[FILE, ""],
            expect![[r#"
            Allowance { path: "a.toml", line: 3, passage: None, phrase: Some("All rights\nreserved."), documents: [], sources: [], rules: [], reason: "ours", expires: Some(2020-01-01) }
            Allowance { path: "a.toml", line: 11, passage: None, phrase: None, documents: [], sources: ["Wire", "Post"], rules: [Coverage], reason: "partner", expires: None }
            Allowance { path: "a.toml", line: 17, passage: Some(StableId(255)), phrase: None, documents: [], sources: [], rules: [], reason: "x", expires: Some(2020-01-02) }
        "#]],
        );
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_line() {
        let cases = [
            "\n[[allow]]\nphrase = 'x'\n",
            "[[allow]]\nreason = 'x'\n",
            "[[allow]]\nreason = 'x'\nphrases = 'y'\n",
            "[[allow]]\nreason = 'x'\nphrase = 3\n",
            "[[allow]]\nreason = 'x'\npassage = 'wc1-12'\n",
            "[[allow]]\nreason = 'x'\nsources = ['a']\nexpires = '1 March'\n",
            "[[allow]]\nreason = 'x'\nsources = ['a']\nexpires = 2027-03-01T10:00:00\n",
            "[[allow]]\nreason = 'x'\nsources = ['a']\nrule = 'longrun'\n",
            "allow = 'file'\n",
            "allow = [3]\n",
            "min_words = 3\n",
            "[[allow\n",
        ];
        check_all(
            &cases,
            expect![[r#"
            an allowance without a reason (a.toml:2)
            add reason = "..."
            an allowance that names nothing (a.toml:1)
            add passage, phrase, documents or sources
            unknown key 'phrases' of an allowance (a.toml:3)
            the nearest key is phrase
            phrase cannot be a TOML integer (a.toml:3)
            write phrase = "..."
            'wc1-12' is not an id (a.toml:3)
            write the id of a finding or a passage as results show it, such as wc1-3f9a2c7100b4d2e8
            expires: '1 March' is not a day (a.toml:4)
            write year, month and day: 2027-03-01
            expires: '2027-03-01T10:00:00' is not a day (a.toml:4)
            write year, month and day: 2027-03-01
            'longrun' is not a rule (a.toml:4)
            did you mean long-run? There are: long-run, coverage, near-duplicate, changed-number, same-outlet-reuse, input-unreadable, missing-metadata, allow-expired, allow-unused
            allow cannot be a TOML string (a.toml:1)
            write each allowance as a table [[allow]]; a file of them is named by allow_file
            an allowance is no table (a.toml:1)
            write it as [[allow]] with its keys below
            unknown key 'min_words' (a.toml:1)
            this file holds [[allow]] tables only; settings stand in wirecopy.toml
            the allow-list is not TOML: unclosed array table, expected `]]` (a.toml:1)
            write each allowance as a table [[allow]] with its reason
        "#]],
        );
    }

    #[test]
    fn an_added_entry_stands_behind_what_is_there() {
        let added = with("", StableId(255), "say \"yes\"\nto it", None);
        assert_eq!(parse(&added, "a").unwrap()[0].reason, "say \"yes\"\nto it");
        for text in ["", "# none", "# none\n", FILE] {
            let day = Date::new(2027, 3, 1).unwrap();
            let added = with(text, StableId(255), "agreed", Some(day));
            assert!(added.starts_with(text));
            let (before, after) = (parse(text, "a").unwrap(), parse(&added, "a").unwrap());
            assert_eq!(after[..before.len()], before);
            let [last] = &after[before.len()..] else { panic!("{added}") };
            assert_eq!(
                (last.passage, last.reason.as_str(), last.expires),
                (Some(StableId(255)), "agreed", Some(day))
            );
        }
    }

    #[test]
    fn entries_are_taken_out_and_the_rest_stays() {
        let entries = parse(FILE, "a").unwrap();
        for gone in [&[0][..], &[1], &[2], &[0, 2], &[0, 1, 2], &[]] {
            let left = without(FILE, "a", gone).unwrap();
            let kept = |index: &usize| !gone.contains(index);
            let expected: Vec<&String> =
                (0..entries.len()).filter(kept).map(|index| &entries[index].reason).collect();
            let parsed = parse(&left, "a").unwrap();
            assert_eq!(parsed.iter().map(|entry| &entry.reason).collect::<Vec<_>>(), expected, "{left}");
            assert!(left.contains("# Agreed wording.") && left.contains("# Second."), "{left}");
        }
        assert_eq!(without(FILE, "a", &[]).unwrap(), FILE);
        expect![[r##"
            # Agreed wording.

            # Second.
            [[allow]]
            sources = ["Wire", 'Post']
            rule = "coverage"
            reason = 'partner'


            # end"##]]
        .assert_eq(&without(FILE, "a", &[0, 2]).unwrap());
        let inside = "allow = [{ reason = 'x', sources = ['a'] }]\n";
        assert!(without(inside, "a", &[0]).unwrap_err().place.is_some_and(|place| place == "a:1"));
    }
}
