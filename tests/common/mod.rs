//! What several tests share.

pub mod gephi;
pub mod sample;
