//! Whole journeys over every room.
