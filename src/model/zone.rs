//! Parts of an article that are not its author's running text, and where they lie.

use crate::model::span::ByteSpan;

/// A stretch of a document with a role of its own, found in the text as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its role.
    pub kind: ZoneKind,
    /// Where it lies. Zones of different kinds may overlap: a quotation can stand in a caption.
    pub span: ByteSpan,
    /// Who or what it names: the agency of a credit line, the author of a byline, the place of a dateline, the speaker of a
    /// quotation.
    pub name: Option<String>,
    /// What decided it, for people.
    pub fact: String,
}

/// The role of a [`Zone`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// The headline, with its deck.
    Headline,
    /// Place and date before the first sentence.
    Dateline,
    /// Who wrote it.
    Byline,
    /// Which agency or other outlet the article was taken from; never the credit of a picture, nor a source of one fact.
    Credit,
    /// What says that the text is a press release: a service that distributes them, or the words themselves.
    Release,
    /// Words under a picture, with its credit; the name is that of the agency that took it.
    Caption,
    /// Somebody's words in quotation marks.
    Quotation,
    /// Somebody's words without marks, next to a verb of saying: "X said that …".
    Reported,
    /// An agency or outlet named as the source of one fact: "told Reuters".
    Cited,
    /// An editor's words in brackets inside other text.
    Gloss,
    /// Whom to ask, and who the sender is: the end of a press release.
    Contact,
}

impl ZoneKind {
    /// Every kind, in order.
    pub const ALL: [ZoneKind; 11] = [
        ZoneKind::Headline,
        ZoneKind::Dateline,
        ZoneKind::Byline,
        ZoneKind::Credit,
        ZoneKind::Release,
        ZoneKind::Caption,
        ZoneKind::Quotation,
        ZoneKind::Reported,
        ZoneKind::Cited,
        ZoneKind::Gloss,
        ZoneKind::Contact,
    ];

    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ZoneKind::Headline => "headline",
            ZoneKind::Dateline => "dateline",
            ZoneKind::Byline => "byline",
            ZoneKind::Credit => "credit",
            ZoneKind::Release => "release",
            ZoneKind::Caption => "caption",
            ZoneKind::Quotation => "quotation",
            ZoneKind::Reported => "reported",
            ZoneKind::Cited => "cited",
            ZoneKind::Gloss => "gloss",
            ZoneKind::Contact => "contact",
        }
    }
}
