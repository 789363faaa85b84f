//! `wirecopy.toml`: where it is found, and how its keys become the values of flags.
//!
//! The file is flat: one key a flag, written with `_` or `-`, its value as the flag would take it or as the TOML
//! type that fits. A key nobody knows is an error, so that a slip of the pen does not silently leave a default in
//! force.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::allow_file;
use crate::cli::choice;
use crate::cli::exit::Failure;
use crate::cli::options::{self, Kind, Opt};
use crate::cli::settings::{Given, Layer, Origin};
use crate::cli::terminal::show_path;
use crate::cli::value;
use crate::gate::Allowance;

/// Name of the file that is looked for.
pub const FILE_NAME: &str = "wirecopy.toml";

/// The nearest configuration from `folder` upwards; the search ends at the repository's root (the folder that
/// holds `.git`) or the root of the file system.
#[must_use]
pub fn find(folder: &Path) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let candidate = folder.join(FILE_NAME);
        if candidate.is_file() {
            return Some(candidate);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// What a configuration holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The values of flags.
    pub layer: Layer,
    /// The allowances.
    pub allowances: Vec<Allowance>,
}

/// Reads the values of flags from the file at `path`, which is called `shown` in messages. Relative paths in it
/// start at its own folder.
///
/// # Errors
///
/// A file that cannot be read or is not TOML; an unknown key; a value of a type its flag cannot take; an allowance that
/// cannot be used.
pub fn load(path: &Path, shown: &Path) -> Result<Loaded, Failure> {
    let name = show_path(shown);
    let text = fs::read_to_string(path).map_err(|error| unreadable(&name, &error))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    parse(&text, &name, folder)
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "check the path after --config, or leave the flag out",
        io::ErrorKind::InvalidData => "save the file as UTF-8",
        _ => "make the file readable, or pass --no-config",
    };
    Failure::new(format!("cannot read the configuration {name}: {error}")).help(help)
}

fn parse(text: &str, name: &str, folder: &Path) -> Result<Loaded, Failure> {
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().map(|span| place(text, name, &span)).unwrap_or_else(|| name.to_owned());
        Failure::new(format!("the configuration is not TOML: {}", error.message().trim()))
            .at(place)
            .help("write one setting a line, as in: min_words = 8")
    })?;
    let mut layer: BTreeMap<&'static str, Given> = BTreeMap::new();
    let mut allowances = Vec::new();
    for (key, value) in table.into_inner() {
        if key.get_ref() == allow_file::KEY {
            allowances = allow_file::allowances(&value, text, name)?;
            continue;
        }
        let line = line_of(text, key.span().start);
        let at = format!("{name}:{line}");
        let option = options::by_key(key.get_ref()).ok_or_else(|| unknown(key.get_ref(), &value, &at))?;
        let values = values(option, value.get_ref(), folder).map_err(|wrong| {
            Failure::new(format!("{} {wrong}", option.key())).at(&at).help(format!(
                "write {} = {}",
                option.key(),
                option.example()
            ))
        })?;
        let given = Given { values, origin: Origin::File { name: name.to_owned(), line } };
        if layer.insert(option.name, given).is_some() {
            return Err(Failure::new(format!("{} is set twice", option.key()))
                .at(at)
                .help("keep one spelling: '-' and '_' mean the same"));
        }
    }
    Ok(Loaded { layer, allowances })
}

fn unknown(key: &str, value: &Spanned<DeValue<'_>>, at: &str) -> Failure {
    let keys: Vec<String> = options::OPTIONS.iter().map(Opt::key).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let what = if value.get_ref().is_table() { "section" } else { "key" };
    let help = match value::nearest(&key.replace('-', "_"), &keys) {
        Some(near) => format!("the nearest key is {near}"),
        None if what == "section" => {
            "settings stand at the top of the file, outside any [section]".to_owned()
        }
        None => "'wirecopy config show' lists the keys there are".to_owned(),
    };
    Failure::new(format!("unknown {what} '{key}'")).at(at).help(help)
}

/// The values of one key as its flag would be given them.
fn values(option: &Opt, value: &DeValue<'_>, folder: &Path) -> Result<Vec<OsString>, String> {
    let one = |value: &DeValue<'_>| -> Result<OsString, String> {
        let text = scalar(value).ok_or_else(|| format!("cannot be a TOML {}", value.type_str()))?;
        let dash = text == "-";
        if option.prefixed && choice::prefix_len(&text) > 0 {
            let (format, file) = text.split_at(choice::prefix_len(&text));
            return Ok(format!("{format}{}", choice::path_text(&folder.join(file))).into());
        }
        Ok(if option.path && !dash { folder.join(text).into_os_string() } else { text.into() })
    };
    match (value, option.kind) {
        (DeValue::Array(items), Kind::Many | Kind::Words) => {
            items.iter().map(|item| one(item.get_ref())).collect()
        }
        (DeValue::Array(_), _) => Err("takes one value, not a list".to_owned()),
        (value, _) => Ok(vec![one(value)?]),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(on) => Some(on.to_string()),
        _ => None,
    }
}

fn place(text: &str, name: &str, span: &Range<usize>) -> String {
    format!("{name}:{}", line_of(text, span.start))
}

/// 1-based line of byte `at`.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let shown = match parse(text, "wirecopy.toml", Path::new("conf")) {
            Ok(loaded) => loaded
                .layer
                .iter()
                .map(|(name, given)| {
                    let values: Vec<_> = given.values.iter().map(|value| value.to_string_lossy()).collect();
                    format!("{name} = {} ({})\n", values.join(" | "), given.origin)
                })
                .collect(),
            Err(failure) => {
                format!("{} ({})\n{}\n", failure.what, failure.place.unwrap(), failure.help.unwrap())
            }
        };
        expected.assert_eq(&shown);
    }

    #[test]
    fn keys_are_flags_with_either_separator() {
        check(
            "min_words = 8\nmin-identity = \"40%\" # comment\nmin_bits = 12.5\nhidden = true\n\
             boilerplate = ['a.txt', '/abs/b.txt']\nglob = \"*.txt\"\nexclude_tags = ['exact-copy', 'boilerplate']\n",
            expect![[r#"
                boilerplate = conf/a.txt | /abs/b.txt (wirecopy.toml:5)
                exclude-tags = exact-copy | boilerplate (wirecopy.toml:7)
                glob = *.txt (wirecopy.toml:6)
                hidden = true (wirecopy.toml:4)
                min-bits = 12.5 (wirecopy.toml:3)
                min-identity = 40% (wirecopy.toml:2)
                min-words = 8 (wirecopy.toml:1)
            "#]],
        );
    }

    #[test]
    fn refuses_an_unknown_key_and_names_the_nearest() {
        check(
            "# house rules\n\nmin-word = 8\n",
            expect![[r#"
                unknown key 'min-word' (wirecopy.toml:3)
                the nearest key is min_words
            "#]],
        );
        check(
            "qqqq = 8\n",
            expect![[r#"
                unknown key 'qqqq' (wirecopy.toml:1)
                'wirecopy config show' lists the keys there are
            "#]],
        );
        check(
            "[engine]\nmin_words = 8\n",
            expect![[r#"
                unknown section 'engine' (wirecopy.toml:1)
                settings stand at the top of the file, outside any [section]
            "#]],
        );
    }

    #[test]
    fn refuses_what_its_flag_cannot_take() {
        check(
            "min_words = [8, 9]\n",
            expect![[r#"
                min_words takes one value, not a list (wirecopy.toml:1)
                write min_words = 5
            "#]],
        );
        check(
            "within = 2024-01-01\n",
            expect![[r#"
                within cannot be a TOML datetime (wirecopy.toml:1)
                write within = "72h"
            "#]],
        );
        check(
            "min_words = 5\nmin-words = 6\n",
            expect![[r#"
                min_words is set twice (wirecopy.toml:1)
                keep one spelling: '-' and '_' mean the same
            "#]],
        );
    }

    #[test]
    fn refuses_what_is_not_toml() {
        check(
            "min_words = 8\nmax_gap = = 3\n",
            expect![[r#"
                the configuration is not TOML: extra `=`, expected nothing (wirecopy.toml:2)
                write one setting a line, as in: min_words = 8
            "#]],
        );
    }

    #[test]
    fn the_nearest_file_counts_and_the_repository_bounds_the_search() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("repo/a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(root.path().join(FILE_NAME), "").unwrap();
        assert_eq!(find(&deep), Some(root.path().join(FILE_NAME)));
        fs::create_dir(root.path().join("repo/.git")).unwrap();
        assert_eq!(find(&deep), None);
        fs::write(root.path().join("repo").join(FILE_NAME), "").unwrap();
        assert_eq!(find(&deep), Some(root.path().join("repo").join(FILE_NAME)));
        fs::write(root.path().join("repo/a").join(FILE_NAME), "").unwrap();
        assert_eq!(find(&deep), Some(root.path().join("repo/a").join(FILE_NAME)));
    }
}
