//! The store through its public face.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

mod carrier;
mod documents;
mod exchange;
mod heads;
mod kill;
mod learning;
mod life;
mod records;
mod remembered;
mod rules;
mod scale;
mod seals;
mod world;
