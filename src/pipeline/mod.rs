//! Wires the stages: documents in, an [`Analysis`](crate::model::Analysis) out.

pub mod settings;

pub use settings::Settings;
