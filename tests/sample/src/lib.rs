//! Fictional processes with their truth.
