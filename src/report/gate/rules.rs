//! What the rules of the gate are about, for formats that list them.

use crate::model::Rule;

/// A rule in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    /// Some words as a heading.
    pub(super) title: &'static str,
    /// What it finds, one sentence.
    pub(super) short: &'static str,
    /// What to do about a finding.
    pub(super) help: &'static str,
}

/// The words for `rule`.
pub(super) fn about(rule: Rule) -> About {
    let words = |title, short, help| About { title, short, help };
    match rule {
        Rule::LongRun => words(
            "Long shared run",
            "More consecutive words than the limit also appear in another article.",
            "Rewrite or attribute the passage, or accept it with a reason: wirecopy allow add ID --reason TEXT. The limit \
             is --max-run.",
        ),
        Rule::Coverage => words(
            "Large shared part",
            "A larger share of the article than the limit stands in another article.",
            "Rewrite or attribute what is shared, or accept it with a reason: wirecopy allow add ID --reason TEXT. The \
             limit is --max-coverage.",
        ),
        Rule::NearDuplicate => words(
            "Version of another article",
            "The article and another one are versions of one text.",
            "Check whether the article was added twice, or accept it with a reason: wirecopy allow add ID --reason TEXT.",
        ),
        Rule::ChangedNumber => words(
            "Number differs",
            "A passage is shared with another article but for a number, time or date.",
            "Check which figure is right.",
        ),
        Rule::SameOutletReuse => words(
            "Reuse inside one outlet",
            "The article shares wording with another article of the same outlet.",
            "Accept it with a reason where the outlet reuses its own text: wirecopy allow add ID --reason TEXT.",
        ),
        Rule::InputUnreadable => words(
            "Input not read",
            "An input could not be read, so it was not checked.",
            "Repair the input or leave it out; the message says what is wrong with it.",
        ),
        Rule::MissingMetadata => words(
            "Outlet or date missing",
            "A new article names no outlet or no date.",
            "Add the missing field to the input.",
        ),
        Rule::AllowExpired => words(
            "Allowance expired",
            "The day until which an allowance holds is past.",
            "Give it a later day or remove it: wirecopy allow prune.",
        ),
        Rule::AllowUnused => words(
            "Allowance unused",
            "An allowance matches no finding of this run.",
            "Remove it from the list if it is no longer needed.",
        ),
    }
}
