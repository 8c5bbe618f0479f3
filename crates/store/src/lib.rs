//! One encrypted file a case.
