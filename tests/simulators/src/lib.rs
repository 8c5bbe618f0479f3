//! Local counterparts of government services.
