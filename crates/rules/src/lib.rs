//! Rule packs and requirement checks.
