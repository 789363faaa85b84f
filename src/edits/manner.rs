//! The words that typed edits are read by: data, as the rules by which an article's parts are told.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Profile;
use crate::normalize::fold;

/// Lists of words and phrases, as rules have them; [en.toml](../provenance/zones/rules/en.toml) says of each what it holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vocabulary<'w> {
    /// `said`, `pointed out`.
    pub saying: &'w [String],
    /// `said`: verbs of saying that are nothing else.
    pub self_evident: &'w [String],
    /// `told`: verbs of saying that name who hears it.
    pub telling: &'w [String],
    /// `claims`: verbs of saying that are nouns as often.
    pub nouns: &'w [String],
    /// `according to`.
    pub according: &'w [String],
    /// `that`.
    pub that: &'w [String],
    /// `which`.
    pub relatives: &'w [String],
    /// `he`, `they`.
    pub subjects: &'w [String],
    /// `its`, `their`.
    pub possessives: &'w [String],
    /// `was`, `could`: with these before it, nobody in particular says it.
    pub unspoken: &'w [String],
    /// `to`.
    pub infinitive: &'w [String],
    /// `be`: `may be used` is a permission, `may have used` is not.
    pub passive: &'w [String],
    /// `-ed`.
    pub participle_endings: &'w [String],
    /// `claim`, `citing`: what tells that somebody holds it, beside verbs of saying.
    pub holding: &'w [String],
    /// `perhaps`, `appear to`.
    pub hedges: &'w [String],
    /// `allegedly`, `believed to`.
    pub hearsay: &'w [String],
    /// `claimed`: verbs of saying that doubt.
    pub doubting: &'w [String],
    /// `may be`.
    pub modals: &'w [String],
    /// `or`.
    pub choice: &'w [String],
    /// `I`, `you`: `you might say`.
    pub own_voice: &'w [String],
    /// `could`, `if`: what leaves it open in some of its uses.
    pub open: &'w [String],
}

/// What typed edits are read by besides two texts and their alignment.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    pub(super) saying: Phrases,
    pub(super) according: Phrases,
    pub(super) doubts: Doubts,
    pub(super) words: Words,
    /// First words of all phrases: most words are told apart by one look.
    firsts: BTreeSet<String>,
    /// What forms of verbs of saying begin with.
    stems: BTreeSet<String>,
    /// Whether the texts were read from print by a machine.
    pub(super) profile: Profile,
}

/// Phrases that leave it open, by what has to stand around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    /// Nothing.
    pub(super) plain: Phrases,
    /// Nothing; the doubt is laid on somebody else.
    pub(super) hearsay: Phrases,
    /// What somebody says, after it.
    pub(super) saying: Phrases,
    /// A verb that is no permission.
    pub(super) modal: Phrases,
}

macro_rules! sets {
    ($($name:ident),+ $(,)?) => {
        /// Single words.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Words {
            $(pub(super) $name: BTreeSet<String>,)+
        }

        impl Words {
            fn of(vocabulary: &Vocabulary<'_>) -> Words {
                Words { $($name: vocabulary.$name.iter().map(|word| fold(word)).collect(),)+ }
            }
        }
    };
}

sets!(
    self_evident,
    telling,
    nouns,
    that,
    relatives,
    subjects,
    possessives,
    unspoken,
    infinitive,
    passive,
    participle_endings,
    holding,
    choice,
    own_voice,
    open,
);

impl Manner {
    /// Of lists of words, and the kind of text.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary<'_>, profile: Profile) -> Manner {
        let saying = Phrases::of(vocabulary.saying);
        let lists = [
            vocabulary.saying,
            vocabulary.according,
            vocabulary.hedges,
            vocabulary.hearsay,
            vocabulary.doubting,
            vocabulary.modals,
        ];
        let phrases = lists.into_iter().flatten();
        let firsts = phrases.filter_map(|phrase| phrase.split_whitespace().next().map(fold)).collect();
        let stems = saying.words().filter_map(|verb| stem(verb).map(str::to_owned)).collect();
        Manner {
            saying,
            according: Phrases::of(vocabulary.according),
            doubts: Doubts {
                plain: Phrases::of(vocabulary.hedges),
                hearsay: Phrases::of(vocabulary.hearsay),
                saying: Phrases::of(vocabulary.doubting),
                modal: Phrases::of(vocabulary.modals),
            },
            words: Words::of(vocabulary),
            firsts,
            stems,
            profile,
        }
    }

    /// Whether a phrase that tells something may begin with a word.
    pub(super) fn may_tell(&self, word: &str) -> bool {
        self.firsts.contains(word)
    }

    /// Whether a word is a verb of saying in another form: `suggests` where `suggested` is listed.
    pub(super) fn is_form_of_saying(&self, word: &str) -> bool {
        stem(word).is_some_and(|stem| self.stems.contains(stem))
    }
}

/// What a form of a verb begins with, where an ending shows: `declar` of `declared`, `declares`, `declaring`.
fn stem(verb: &str) -> Option<&str> {
    const LEAST: usize = 4;
    let endings = ["ing", "ed", "es", "s"];
    let mut stems = endings.into_iter().filter_map(|ending| verb.strip_suffix(ending));
    stems.find(|stem| stem.len() >= LEAST).map(|stem| stem.trim_end_matches('e'))
}

/// Phrases by their first word.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases(BTreeMap<String, Vec<Vec<String>>>);

impl Phrases {
    fn of(phrases: &[String]) -> Phrases {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in phrases {
            let mut words = phrase.split_whitespace().map(fold);
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push(words.collect());
            }
        }
        Phrases(by_first)
    }

    /// Whether a phrase begins so.
    pub(super) fn may_begin(&self, first: &str) -> bool {
        self.0.contains_key(first)
    }

    /// Words of the longest phrase that begins with `first` and goes on as `is_next` tells of the word so many places on.
    pub(super) fn len(&self, first: &str, is_next: impl Fn(i64, &str) -> bool) -> Option<u32> {
        let rests = self.0.get(first)?;
        let fits = |rest: &&Vec<String>| (1..).zip(rest.iter()).all(|(n, word)| is_next(n, word));
        rests.iter().filter(fits).map(|rest| rest.len() as u32 + 1).max()
    }

    /// Those of one word.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, rests)| rests.iter().any(Vec::is_empty)).map(|(word, _)| word.as_str())
    }
}
