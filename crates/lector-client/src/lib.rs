//! Starts, feeds, limits and kills workers.
