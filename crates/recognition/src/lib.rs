//! Page types, documents and facts.
