//! How newsrooms mark the parts of an article: names of services and words, as data.
//!
//! In: files in TOML, the built-in ones first. Out: [`Rules`], which find every name and word of a text in one pass (an
//! Aho-Corasick automaton over letters in either case, linear in the text whatever the number of words) and answer small
//! questions about single words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use thiserror::Error;

use crate::edits::{Manner, Vocabulary};
use crate::model::Profile;
use crate::provenance::zones::floor;
use crate::provenance::zones::words::{Sets, Words};

/// The built-in files.
const BUILT_IN: [(&str, &str); 2] =
    [("en.toml", include_str!("rules/en.toml")), ("de.toml", include_str!("rules/de.toml"))];

static DEFAULT: LazyLock<Arc<Rules>> = LazyLock::new(|| {
    let mut files = Vec::new();
    for (name, text) in BUILT_IN {
        files.push(File::parse(name, text).expect("the built-in files are rules"));
    }
    Arc::new(Rules::of(files, Vec::new()).expect("the built-in files make an automaton"))
});

/// A file of rules that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RulesError {
    /// It is no TOML of the form asked for.
    #[error(
        "rules file {file} is not in the form of rules: {problem}; its parts are [words] with lists of words, and \
             [[agency]], [[outlet]], [[photo_service]] and [[release_service]] with name, aliases, outlets and signoffs"
    )]
    Form {
        /// The file.
        file: String,
        /// What is wrong, and at which line and column.
        problem: String,
    },
    /// A service without a name, or an empty word.
    #[error("rules file {file} has an empty name or word in {place}; take it out or fill it in")]
    Empty {
        /// The file.
        file: String,
        /// The list it stands in.
        place: String,
    },
    /// Too many words.
    #[error("the rules hold more words than can be searched for at once ({problem}); take some out")]
    TooMany {
        /// What the automaton said.
        problem: String,
    },
}

/// An agency, a picture service or a distributor of press releases.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Service {
    /// Its name in results.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Outlets of its own, as sources name them: copy there is no agency copy.
    pub outlets: Vec<String>,
    /// What its copy ends with, at the beginning of a line or bracket.
    pub signoffs: Vec<String>,
}

/// One file.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
struct File {
    agency: Vec<Service>,
    outlet: Vec<Service>,
    photo_service: Vec<Service>,
    release_service: Vec<Service>,
    words: Words,
}

impl File {
    fn parse(name: &str, text: &str) -> Result<File, RulesError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let place = error.span().map(|span| place(text, span.start)).unwrap_or_default();
            let problem = format!("{}{place}", error.message().trim_end_matches('.'));
            RulesError::Form { file: name.to_owned(), problem }
        })?;
        let empty = |place: &str| RulesError::Empty { file: name.to_owned(), place: place.to_owned() };
        let services = [
            ("agency", &file.agency),
            ("outlet", &file.outlet),
            ("photo_service", &file.photo_service),
            ("release_service", &file.release_service),
        ];
        for (place, services) in services {
            let is_blank =
                |service: &Service| service.names().chain(&service.signoffs).any(|it| it.trim().is_empty());
            if services.iter().any(is_blank) {
                return Err(empty(place));
            }
        }
        match file.words.lists().into_iter().find(|(_, list)| list.iter().any(|word| word.trim().is_empty()))
        {
            Some((place, _)) => Err(empty(place)),
            None => Ok(file),
        }
    }
}

impl Service {
    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}

/// ` (line 3, column 5)`.
fn place(text: &str, at: usize) -> String {
    let before = &text[..floor(text, at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    format!(" (line {line}, column {column})")
}

/// What a word or name of the rules tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The agency at this place.
    Agency(u16),
    /// The outlet at this place, which others cite and whose copy nobody runs.
    Outlet(u16),
    /// The picture service at this place.
    Photo(u16),
    /// The distributor of press releases at this place.
    Distributor(u16),
    /// The end of this agency's copy begins.
    Signoff(u16),
    /// A verb of saying.
    Saying,
    /// "According to".
    According,
    /// A word of pictures.
    Picture,
    /// Whom to ask.
    Contact,
    /// A press release says so.
    Release,
    /// "Copyright".
    Copyright,
    /// "Contributed to".
    Contributed,
}

/// The cue of a service at some place.
type OfService = fn(u16) -> Cue;

/// A word or name of the rules in a text; bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) cue: Cue,
}

/// All rules in effect.
pub struct Rules {
    agencies: Vec<Service>,
    outlets: Vec<Service>,
    photo_services: Vec<Service>,
    distributors: Vec<Service>,
    pub(super) words: Words,
    sets: Sets,
    files: Vec<String>,
    /// Agencies and outlets by the [`plain`] form of their names and addresses.
    by_name: BTreeMap<String, Cue>,
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

/// What a string of letters in whatever case tells.
#[derive(Default)]
struct Pattern {
    /// Names of one word tell only as they are written, or in capitals: `AP` is an agency and `ap` is none.
    as_written: Vec<(String, Cue)>,
    /// What it tells in any case.
    in_any_case: Option<Cue>,
    /// What it tells if it has a capital: names of several words, such as `the Associated Press`.
    with_capital: Option<Cue>,
}

impl Pattern {
    fn cue(&self, words: &str) -> Option<Cue> {
        let as_written = self.as_written.iter().find(|(form, _)| form == words).map(|(_, cue)| *cue);
        as_written
            .or_else(|| self.with_capital.filter(|_| words.contains(char::is_uppercase)))
            .or(self.in_any_case)
    }
}

/// A name by its letters and digits alone, in small letters: `The-CNN-Wire` is `thecnnwire`.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Rules {
    /// The built-in rules.
    #[must_use]
    pub fn built_in() -> Arc<Rules> {
        Arc::clone(&DEFAULT)
    }

    /// The built-in rules and those of `files`, each with its name and its text.
    ///
    /// # Errors
    ///
    /// A file is not in the form of rules, with file, line and what the form is.
    pub fn with(files: &[(String, String)]) -> Result<Rules, RulesError> {
        let given = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let parsed: Result<Vec<File>, RulesError> =
            BUILT_IN.into_iter().chain(given).map(|(name, text)| File::parse(name, text)).collect();
        Rules::of(parsed?, files.iter().map(|(name, _)| name.clone()).collect())
    }

    fn of(parsed: Vec<File>, files: Vec<String>) -> Result<Rules, RulesError> {
        let mut all = File::default();
        let mut judged = BTreeSet::new();
        for file in parsed {
            join(&mut all.agency, file.agency);
            join(&mut all.outlet, file.outlet);
            join(&mut all.photo_service, file.photo_service);
            join(&mut all.release_service, file.release_service);
            if !file.words.finite.is_empty() {
                judged.extend(
                    file.words.saying.iter().chain(&file.words.according).map(|verb| verb.to_lowercase()),
                );
            }
            all.words.extend(&file.words);
        }
        let (words, patterns): (Vec<String>, Vec<Pattern>) = patterns(&all).into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(&words)
            .map_err(|error| RulesError::TooMany { problem: error.to_string() })?;
        Ok(Rules {
            by_name: by_name([(&all.agency, Cue::Agency), (&all.outlet, Cue::Outlet)]),
            agencies: all.agency,
            outlets: all.outlet,
            photo_services: all.photo_service,
            distributors: all.release_service,
            sets: Sets::of(&all.words, judged),
            words: all.words,
            files,
            automaton,
            patterns,
        })
    }

    /// The names of the files given beside the built-in ones.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The agency or outlet of the rules that `name` means, whether it is one of its names or the host of one: `AP`,
    /// `apnews.com`, `en.trend.az`.
    pub(crate) fn publisher(&self, name: &str) -> Option<&str> {
        self.name(self.published_by(name)?)
    }

    /// Whether `name` means an agency.
    pub(crate) fn is_agency(&self, name: &str) -> bool {
        matches!(self.published_by(name), Some(Cue::Agency(_)))
    }

    fn published_by(&self, name: &str) -> Option<Cue> {
        let known = |name: &str| self.by_name.get(&plain(name)).copied();
        known(name).or_else(|| host_labels(name).find_map(known))
    }

    /// The words by which edits that say something are told.
    #[must_use]
    pub fn manner(&self, profile: Profile) -> Manner {
        let words = &self.words;
        let vocabulary = Vocabulary {
            saying: &words.saying,
            self_evident: &words.self_evident,
            telling: &words.telling,
            nouns: &words.nouns,
            according: &words.according,
            that: &words.that,
            relatives: &words.relatives,
            subjects: &words.subjects,
            possessives: &words.possessives,
            unspoken: &words.unspoken,
            infinitive: &words.infinitive,
            passive: &words.passive,
            participle_endings: &words.participle_endings,
            holding: &words.holding,
            hedges: &words.hedges,
            hearsay: &words.hearsay,
            doubting: &words.doubting,
            modals: &words.modals,
            choice: &words.choice,
            own_voice: &words.own_voice,
            open: &words.open,
        };
        Manner::new(&vocabulary, profile)
    }

    pub(super) fn sets(&self) -> &Sets {
        &self.sets
    }

    /// Names of agencies of several words with at least so many letters, and their cues.
    pub(super) fn long_names(&self, letters: usize) -> impl Iterator<Item = (&str, Cue)> {
        let is_long = move |name: &&str| {
            name.contains(' ') && name.chars().filter(|c| c.is_alphabetic()).count() >= letters
        };
        let named = (0..=u16::MAX).zip(&self.agencies);
        named.flat_map(move |(index, agency)| {
            agency.names().map(String::as_str).filter(is_long).map(move |name| (name, Cue::Agency(index)))
        })
    }

    /// The canonical name behind a cue of a service whose words others run.
    pub(super) fn service(&self, cue: Cue) -> Option<&str> {
        if matches!(cue, Cue::Outlet(_)) { None } else { self.name(cue) }
    }

    /// The canonical name behind a cue of a service or an outlet.
    pub(super) fn name(&self, cue: Cue) -> Option<&str> {
        let (services, index) = match cue {
            Cue::Agency(index) | Cue::Signoff(index) => (&self.agencies, index),
            Cue::Outlet(index) => (&self.outlets, index),
            Cue::Photo(index) => (&self.photo_services, index),
            Cue::Distributor(index) => (&self.distributors, index),
            _ => return None,
        };
        services.get(usize::from(index)).map(|service| service.name.as_str())
    }

    /// Every name and word of the rules in `text` that stands as a whole word, in order of place; none overlap.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let found = self.automaton.find_iter(bytes);
        found
            .filter(|found| is_whole(bytes, found.start(), found.end()))
            .filter_map(|found| {
                let cue = self.patterns[found.pattern().as_usize()].cue(&text[found.range()])?;
                Some(Hit { start: found.start(), end: found.end(), cue })
            })
            .collect()
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Rules) -> bool {
        (&self.agencies, &self.outlets, &self.photo_services, &self.distributors, &self.words, &self.files)
            == (
                &other.agencies,
                &other.outlets,
                &other.photo_services,
                &other.distributors,
                &other.words,
                &other.files,
            )
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("files", &self.files)
            .field("n_words", &self.patterns.len())
            .finish_non_exhaustive()
    }
}

/// Adds services; one of the same name gets the further aliases.
fn join(services: &mut Vec<Service>, more: Vec<Service>) {
    for service in more {
        match services.iter_mut().find(|it| it.name == service.name) {
            Some(known) => {
                known.aliases.extend(service.aliases);
                known.outlets.extend(service.outlets);
                known.signoffs.extend(service.signoffs);
            }
            None => services.push(service),
        }
    }
}

/// The parts of a name that is a host, such as `en.trend.az` or `trend.az/news`; none of any other name.
pub(crate) fn host_labels(name: &str) -> impl Iterator<Item = &str> {
    let is_host = name.contains('.') && !name.contains(char::is_whitespace);
    name.split(['.', '/', '-']).filter(move |label| is_host && !label.is_empty())
}

/// Services by the [`plain`] form of their names and addresses; of two with the same, the first.
fn by_name<const N: usize>(kinds: [(&Vec<Service>, OfService); N]) -> BTreeMap<String, Cue> {
    let mut found = BTreeMap::new();
    for (services, cue) in kinds {
        for (index, service) in (0..=u16::MAX).zip(services) {
            for name in service.names().chain(&service.outlets) {
                found.entry(plain(name)).or_insert(cue(index));
            }
        }
    }
    found
}

/// What to search for: each string of letters once, whatever their case, with what it tells; of several lists that hold it
/// the first decides.
fn patterns(all: &File) -> BTreeMap<String, Pattern> {
    let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
    let kinds: [(&[Service], OfService); 4] = [
        (&all.agency, Cue::Agency),
        (&all.outlet, Cue::Outlet),
        (&all.photo_service, Cue::Photo),
        (&all.release_service, Cue::Distributor),
    ];
    for (services, cue) in kinds {
        for (index, service) in (0..=u16::MAX).zip(services) {
            for name in service.names() {
                for form in [name.clone(), name.to_uppercase()] {
                    patterns
                        .entry(form.to_ascii_lowercase())
                        .or_default()
                        .as_written
                        .push((form, cue(index)));
                }
                if name.contains(' ') {
                    let pattern = patterns.entry(name.to_ascii_lowercase()).or_default();
                    pattern.with_capital.get_or_insert(cue(index));
                }
            }
            for words in &service.signoffs {
                let pattern = patterns.entry(words.to_ascii_lowercase()).or_default();
                pattern.with_capital.get_or_insert(Cue::Signoff(index));
            }
        }
    }
    let lists: [(&[String], Cue); 7] = [
        (&all.words.saying, Cue::Saying),
        (&all.words.according, Cue::According),
        (&all.words.photo, Cue::Picture),
        (&all.words.contact, Cue::Contact),
        (&all.words.release, Cue::Release),
        (&all.words.copyright, Cue::Copyright),
        (&all.words.contributed, Cue::Contributed),
    ];
    for (list, cue) in lists {
        for word in list {
            // Letters beyond ASCII are searched for in both cases.
            for form in [word.clone(), capitalized(word), word.to_uppercase()] {
                patterns.entry(form.to_ascii_lowercase()).or_default().in_any_case.get_or_insert(cue);
            }
        }
    }
    patterns
}

pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether `start..end` begins and ends where words do. Letters beyond ASCII count as letters but for punctuation, which
/// begins with 0xE2 or 0xC2 in UTF-8.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0xc3 && byte != 0xe2 && byte != 0xe3;
    let starts = bytes[start].is_ascii_punctuation()
        || start == 0
        || !(is_letter(bytes[start - 1]) || (bytes[start - 1] >= 0x80 && ends_letter(bytes, start)));
    starts && bytes.get(end).is_none_or(|&byte| !is_letter(byte))
}

/// Whether the character before `at`, one of several bytes, is a letter.
fn ends_letter(bytes: &[u8], at: usize) -> bool {
    let first = (at.saturating_sub(4)..at).rev().find(|&index| bytes[index] >= 0xc0);
    first
        .and_then(|first| std::str::from_utf8(&bytes[first..at]).ok())
        .is_some_and(|c| c.chars().all(char::is_alphanumeric))
}
