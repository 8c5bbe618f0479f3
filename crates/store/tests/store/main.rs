//! The store through its public face.

mod carrier;
mod documents;
mod kill;
mod life;
mod seals;
mod world;
