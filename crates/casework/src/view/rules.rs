//! Rule packs for the window and the command line: which there are, what they say, what changed, and what a term makes of the calendar.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulePackView {
    /// Identifier: `ec-2023`.
    pub id: String,
    /// Version.
    pub version: u32,
    /// First day of the processes it governs, ISO 8601.
    pub valid_from: String,
    /// Last day, or `None` while it is in force.
    pub valid_to: Option<String>,
    /// The pack it inherits from, with its version.
    pub parent: Option<String>,
    /// The norms it was made from.
    pub norms: Vec<String>,
    /// What a person should know before relying on it.
    pub warning: Option<String>,
    /// SHA-256 of everything that judging by it rests on.
    pub sha256: String,
    /// How many values it states, inherited ones included.
    pub values: u32,
    /// How many of them nobody has verified.
    pub unverified_values: u32,
    /// True for a compiled-in pack.
    pub built_in: bool,
    /// SHA-256 of the installed file it came in.
    pub file: Option<String>,
    /// Public key of who signed that file.
    pub publisher: Option<String>,
    /// True when new cases are judged by it.
    pub used: bool,
}

/// Shows the packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulesView {
    /// The packs, oldest regime first.
    pub packs: Vec<RulePackView>,
    /// Installed files that no longer pass the checks, by name.
    pub refused: Vec<String>,
    /// Public keys of the publishers whose files are taken; the first is this device's own.
    pub publishers: Vec<String>,
}

/// Shows one value of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RuleValueView {
    /// Its key: `convalidacion_dias`, `base.TEMA`, `bandera.ARTÍCULO`.
    pub key: String,
    /// The value as JSON; `null` when a person is asked.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Where it was read.
    pub source: String,
    /// Who states it: `pack`, `inherited`, `entity`.
    pub origin: String,
    /// The pack that states it, with its version, or the person of the entity with the day.
    pub stated_by: String,
    /// Whether it is verified.
    pub verified: bool,
    /// Who verified it, with the day and the paper, where a person did.
    pub confirmed: Option<String>,
    /// True when it looks wrong in its source and was kept as read.
    pub suspicious: bool,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// Shows one flag of a transition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RuleFlagView {
    /// The article: `266`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The article with its norm.
    pub article: String,
    /// Norm that put it in transition.
    pub in_transition_by: String,
    /// What holds until then.
    pub before: String,
    /// Keys of the values it switches.
    pub switches: Vec<String>,
    /// First day of the processes it holds for; `None` while nothing was announced.
    pub valid_from: Option<String>,
    /// The announcement.
    pub source: Option<String>,
    /// Who recorded it, with the day, where the entity did.
    pub recorded: Option<String>,
}

/// Shows what a pack says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulePackContents {
    /// The pack.
    pub pack: RulePackView,
    /// Its values, in the order of their keys.
    pub values: Vec<RuleValueView>,
    /// Its flags.
    pub flags: Vec<RuleFlagView>,
    /// Keys of its parent that it does not take over.
    pub removed: Vec<String>,
}

/// Says one thing that is wrong with a pack file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RuleProblemView {
    /// Stable code.
    pub code: String,
    /// The file.
    pub file: String,
    /// JSON pointer into it.
    pub place: String,
    /// What was expected there.
    pub expected: String,
    /// What stands there.
    pub found: String,
    /// The whole sentence, in Spanish.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// Tells how a file of rules stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulesCheckView {
    /// The file.
    pub file: String,
    /// True when nothing is wrong with its packs.
    pub sound: bool,
    /// What is wrong.
    pub problems: Vec<RuleProblemView>,
    /// What it would be, when it is sound.
    pub pack: Option<RulePackView>,
    /// How its signature stands: `ninguna`, `propia`, `conocida`, `desconocida`, or `rota`.
    pub signature: String,
    /// What that means and what to do, in Spanish.
    pub signature_note: String,
    /// Public key of who signed it.
    pub publisher: Option<String>,
}

/// Shows what became of one key between two packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RuleDifferenceView {
    /// The key.
    pub key: String,
    /// `added`, `removed`, `value`, `source`, `verified`, `unverified`, `note`.
    pub change: String,
    /// What that means, in Spanish.
    pub change_name: String,
    /// The value as it was, as JSON.
    pub before: Option<String>,
    /// Its unit then.
    pub before_unit: Option<String>,
    /// Its source then.
    pub before_source: Option<String>,
    /// Whether it was verified.
    pub before_verified: Option<bool>,
    /// The value as it is, as JSON.
    pub after: Option<String>,
    /// Its unit.
    pub after_unit: Option<String>,
    /// Its source.
    pub after_source: Option<String>,
    /// Whether it is verified.
    pub after_verified: Option<bool>,
}

/// Shows what changed between two packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulesComparisonView {
    /// The first pack, with its version.
    pub before: String,
    /// The second pack, with its version.
    pub after: String,
    /// What changed, in the order of the keys.
    pub differences: Vec<RuleDifferenceView>,
}

/// Tells by which pack a case is judged, and whether there is a later one. Nothing is applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CaseRulesView {
    /// Identifier of the frozen pack; empty when the case has none.
    pub id: String,
    /// Its version, when its text is there.
    pub version: Option<u32>,
    /// The frozen hash.
    pub sha256: String,
    /// True when the exact text that was frozen is there.
    pub whole: bool,
    /// What there is to say, in Spanish: the same, a later version, the text is gone.
    pub note: String,
    /// True when this profile would freeze something else today.
    pub later: bool,
    /// What would change with it.
    pub comparison: Option<RulesComparisonView>,
}

/// Shows one day of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TermDayView {
    /// The day, ISO 8601.
    pub day: String,
    /// Name of the weekday.
    pub weekday: String,
    /// Its number in the count, or `None` when it does not count.
    pub number: Option<u32>,
    /// Why it does not count; empty when it does.
    pub reason: String,
    /// Where that was read.
    pub source: Option<String>,
    /// Whether that is verified.
    pub verified: bool,
}

/// Shows a término with its working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TermView {
    /// The day of the notification, ISO 8601.
    pub from: String,
    /// How many working days.
    pub days: u32,
    /// The canton whose holidays were left out.
    pub canton: Option<String>,
    /// The last day, ISO 8601.
    pub due: String,
    /// Every day on the way.
    pub working: Vec<TermDayView>,
    /// False when a day on the way is not verified.
    pub verified: bool,
    /// Why it may still change.
    pub remarks: Vec<String>,
}

/// Shows a day that the entity added to the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EntityDayView {
    /// The day, ISO 8601.
    pub day: String,
    /// The canton it holds for; everywhere when `None`.
    pub canton: Option<String>,
    /// Name.
    pub name: String,
    /// Ordinance, decree or resolution.
    pub source: String,
    /// True for a suspension, false for a holiday.
    pub suspension: bool,
    /// Who recorded it, with the day.
    pub recorded: String,
}
