//! What kind of text is compared.

/// What kind of text is compared; decides how words get their keys and how pairs are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Text that was typed: articles of today, and carefully corrected ones of the past.
    #[default]
    News,
    /// Text read from print by a machine, with confused and lost letters and words split or run together.
    Ocr,
}

impl Profile {
    /// Every profile, in the order help lists them.
    pub const ALL: [Profile; 2] = [Profile::News, Profile::Ocr];

    /// Its name in settings and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Profile::News => "news",
            Profile::Ocr => "ocr",
        }
    }
}
