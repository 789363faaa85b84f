//! The lists of words that rules consist of: as files give them, and as sets to ask for single words.

use std::collections::BTreeSet;

use serde::Deserialize;

macro_rules! words {
    (asked for words: $($name:ident),+; gone through: $($list:ident),+ $(,)?) => {
        /// Lists of words by what they tell; the built-in file for English says of each what that is.
        #[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct Words {
            $(pub(super) $name: Vec<String>,)+
            $(pub(super) $list: Vec<String>,)+
        }

        impl Words {
            pub(super) fn extend(&mut self, other: &Words) {
                $(self.$name.extend(other.$name.iter().cloned());)+
                $(self.$list.extend(other.$list.iter().cloned());)+
            }

            pub(super) fn lists(&self) -> Vec<(&'static str, &[String])> {
                vec![
                    $((stringify!($name), self.$name.as_slice()),)+
                    $((stringify!($list), self.$list.as_slice()),)+
                ]
            }
        }

        /// Those that are asked for single words, in lower case with straight apostrophes, and what follows from several of them.
        #[derive(Default)]
        pub(super) struct Sets {
            $(pub(super) $name: BTreeSet<String>,)+
            /// Verbs of saying without those of reporting alone, which newsrooms use of themselves.
            pub(super) self_saying: BTreeSet<String>,
            /// Verbs of saying of languages whose finite verbs are told; what others attribute is not looked through for one.
            pub(super) judged: BTreeSet<String>,
            /// Furniture and links: names of navigation.
            pub(super) navigation: BTreeSet<String>,
        }

        impl Sets {
            pub(super) fn of(words: &Words, judged: BTreeSet<String>) -> Sets {
                let set = |list: &[String]| list.iter().map(|word| straight(word.to_lowercase())).collect::<BTreeSet<String>>();
                let mut sets = Sets { $($name: set(&words.$name),)+ judged, ..Sets::default() };
                let is_own = |verb: &&String| sets.plain_saying.contains(*verb) || !sets.reporting.contains(*verb);
                sets.self_saying = sets.saying.iter().filter(is_own).cloned().collect();
                sets.navigation = sets.furniture.union(&sets.links).cloned().collect();
                sets
            }
        }
    };
}

words! {
    asked for words:
    saying, plain_saying, self_evident, reporting, telling, that, not_a_statement, finite, finite_endings, verb_endings,
    noun_endings, adverb_endings, negated_endings, aside_endings, relatives, subordinators, prepositions, determiners, pronouns,
    unsaid, what, be, trade, subjects, nouns, participles, around_verb, before_name, joints, titles, abbreviations, elisions, credit, furniture,
    links, labels, places, months, weekdays;
    gone through:
    according, introducing, articles, before_credit, after_credit, byline, contributed, copyright, photo, caption, contact, release,
    header, notice, site, nameplate, hedges, hearsay, doubting, modals, passive, choice, open, holding,
    unspoken, infinitive, own_voice, possessives, participle_endings,
}

/// Whether `word` ends with one of `endings`.
pub(super) fn ends(word: &str, endings: &BTreeSet<String>) -> bool {
    endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

/// A word without the marks at its ends.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A word as lists have it: without the marks at its ends, in small letters, with a straight apostrophe.
pub(super) fn listed(word: &str) -> String {
    straight(bare(word).to_lowercase())
}

fn straight(word: String) -> String {
    if word.contains('’') { word.replace('’', "'") } else { word }
}
