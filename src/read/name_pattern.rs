//! What file names say: `{source}_{date}_{id}.txt`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A pattern of file names: literal text with placeholders in braces.
///
/// `{source}`, `{date}`, `{id}`, `{title}`, `{url}` and `{language}` describe the document, `{_}` stands for
/// anything, and any other name becomes a column of its own. A placeholder takes at least one character, as few
/// as the rest allows, and never a `/`. A pattern without `/` is held against the file name, one with `/` against
/// the path relative to the given folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Field(String),
}

/// Why a name pattern was refused.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamePatternError {
    /// A brace without its partner.
    #[error(
        "--name-pattern {pattern} has a brace without its partner; write for example {{source}}_{{date}}.txt"
    )]
    Brace {
        /// The pattern as given.
        pattern: String,
    },
    /// A placeholder that is not a name.
    #[error(
        "--name-pattern {pattern} has the placeholder {{{name}}}; use letters, digits and underscores between the braces"
    )]
    Name {
        /// The pattern as given.
        pattern: String,
        /// What stands between the braces.
        name: String,
    },
    /// Two placeholders side by side, whose border cannot be told.
    #[error(
        "--name-pattern {pattern} has nothing between {{{left}}} and {{{right}}}; put a character between them"
    )]
    Adjacent {
        /// The pattern as given.
        pattern: String,
        /// The first placeholder.
        left: String,
        /// The one after it.
        right: String,
    },
    /// One placeholder twice.
    #[error(
        "--name-pattern {pattern} has {{{name}}} twice; use each name once, and {{_}} for parts to pass over"
    )]
    Twice {
        /// The pattern as given.
        pattern: String,
        /// The placeholder.
        name: String,
    },
    /// No placeholder at all.
    #[error("--name-pattern {pattern} has no placeholder; write for example {{source}}_{{date}}.txt")]
    NoPlaceholder {
        /// The pattern as given.
        pattern: String,
    },
}

impl FromStr for NamePattern {
    type Err = NamePatternError;

    fn from_str(pattern: &str) -> Result<NamePattern, NamePatternError> {
        let pieces = split(pattern)?;
        let mut seen = BTreeSet::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Field(name) = piece else { continue };
            if let Some(Piece::Field(right)) = pieces.get(at + 1) {
                return Err(NamePatternError::Adjacent {
                    pattern: pattern.to_owned(),
                    left: name.clone(),
                    right: right.clone(),
                });
            }
            if !seen.insert(name) && name != "_" {
                return Err(NamePatternError::Twice { pattern: pattern.to_owned(), name: name.clone() });
            }
        }
        if seen.is_empty() {
            return Err(NamePatternError::NoPlaceholder { pattern: pattern.to_owned() });
        }
        Ok(NamePattern { text: pattern.to_owned(), pieces })
    }
}

impl fmt::Display for NamePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl NamePattern {
    /// The placeholders' values in the file at `relative`, in order of the pattern; `None` if its name does not
    /// follow the pattern. The `.gz` or `.zst` of a packed file may be left out of the pattern.
    #[must_use]
    pub fn fields(&self, relative: &str) -> Option<Vec<(String, String)>> {
        let name = if self.text.contains('/') { relative } else { relative.rsplit('/').next()? };
        let unpacked = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst"));
        [Some(name), unpacked].into_iter().flatten().find_map(|name| self.match_name(name))
    }

    fn match_name(&self, name: &str) -> Option<Vec<(String, String)>> {
        let mut dead = vec![false; (self.pieces.len() + 1) * (name.len() + 1)];
        let mut ends = Vec::new();
        if !self.match_from(name, (0, 0), &mut ends, &mut dead) {
            return None;
        }
        let named = ends.into_iter().rev().filter_map(|(piece, start, end)| match &self.pieces[piece] {
            Piece::Field(field) if field != "_" => Some((field.clone(), name[start..end].to_owned())),
            _ => None,
        });
        Some(named.collect())
    }

    /// Whether pieces from `at.0` on match the name from byte `at.1` on; pushes the fields found, last one first.
    /// `dead` remembers what failed, so that no place is tried twice.
    fn match_from(
        &self,
        name: &str,
        at: (usize, usize),
        ends: &mut Vec<(usize, usize, usize)>,
        dead: &mut [bool],
    ) -> bool {
        let (piece, start) = at;
        let Some(present) = self.pieces.get(piece) else { return start == name.len() };
        let mark = piece * (name.len() + 1) + start;
        if dead[mark] {
            return false;
        }
        let rest = &name[start..];
        let found = match present {
            Piece::Literal(literal) => {
                rest.starts_with(literal)
                    && self.match_from(name, (piece + 1, start + literal.len()), ends, dead)
            }
            Piece::Field(_) => {
                let within = rest.split('/').next().unwrap_or(rest);
                within.char_indices().any(|(offset, letter)| {
                    let end = start + offset + letter.len_utf8();
                    let fits = self.match_from(name, (piece + 1, end), ends, dead);
                    if fits {
                        ends.push((piece, start, end));
                    }
                    fits
                })
            }
        };
        dead[mark] = !found;
        found
    }
}

fn split(pattern: &str) -> Result<Vec<Piece>, NamePatternError> {
    let brace = || NamePatternError::Brace { pattern: pattern.to_owned() };
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while !rest.is_empty() {
        let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
        if literal.contains('}') || (after.is_empty() && literal.len() < rest.len()) {
            return Err(brace());
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        if literal.len() == rest.len() {
            break;
        }
        let (name, after) = after.split_once('}').ok_or_else(brace)?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(NamePatternError::Name { pattern: pattern.to_owned(), name: name.to_owned() });
        }
        pieces.push(Piece::Field(name.to_owned()));
        rest = after;
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, relative: &str, expected: &str) {
        let found = match pattern.parse::<NamePattern>() {
            Err(error) => format!("refused: {error}"),
            Ok(pattern) => pattern.fields(relative).map_or("no match".to_owned(), |fields| {
                fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            }),
        };
        assert_eq!(found, expected, "{pattern} on {relative}");
    }

    #[test]
    fn takes_names_apart() {
        check("{source}_{date}_{id}.txt", "a/BBC_2026-03-02_17.txt", "source=BBC date=2026-03-02 id=17");
        check("{source}_{id}.txt", "The_Daily_Post_17.txt", "source=The id=Daily_Post_17");
        check("{source}_{date}.txt", "x_2026.txt.gz", "source=x date=2026");
        check("{source}/{_}-{id}.txt", "Пост/2026-7.txt", "source=Пост id=7");
        check("{source}/{id}.txt", "a/b/c.txt", "no match");
        check("{source}_{id}.txt", "_17.txt", "no match");
        check("{source}_{id}.txt", "BBC-17.txt", "no match");
        check("{a}_{b}_{c}_{d}_{e}_{f}x", &"_".repeat(200), "no match");
    }

    #[test]
    fn refuses_what_it_could_not_match() {
        check(
            "plain.txt",
            "",
            "refused: --name-pattern plain.txt has no placeholder; write for example {source}_{date}.txt",
        );
        check(
            "{source_{id}",
            "",
            "refused: --name-pattern {source_{id} has the placeholder {source_{id}; use letters, digits and underscores between the braces",
        );
        check(
            "{source",
            "",
            "refused: --name-pattern {source has a brace without its partner; write for example {source}_{date}.txt",
        );
        check(
            "a{",
            "",
            "refused: --name-pattern a{ has a brace without its partner; write for example {source}_{date}.txt",
        );
        check(
            "a}_{id}",
            "",
            "refused: --name-pattern a}_{id} has a brace without its partner; write for example {source}_{date}.txt",
        );
        check(
            "{id}{date}",
            "",
            "refused: --name-pattern {id}{date} has nothing between {id} and {date}; put a character between them",
        );
        check(
            "{id}_{id}",
            "",
            "refused: --name-pattern {id}_{id} has {id} twice; use each name once, and {_} for parts to pass over",
        );
    }
}
