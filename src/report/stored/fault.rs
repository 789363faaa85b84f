//! What is wrong with a row of a written result.

/// What is wrong with a row, in words that go behind its place.
pub(super) type Fault = String;
