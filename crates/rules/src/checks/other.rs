//! Everything that no check understands: shown to the person with its words, never judged.

use crate::context::{Context, Draft};
use cotejo_domain::{Requirement, RequirementKind, Verdict};

/// Identifier of this check.
pub(super) const ID: &str = "otros@1";

pub(super) fn propose(context: Context<'_>, requirement: &Requirement) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente);
    let code = match requirement.kind {
        RequirementKind::Informativo => "rules.otros.informativo",
        RequirementKind::Integridad => "rules.otros.integridad",
        RequirementKind::Minimo | RequirementKind::Puntaje => "rules.otros.revise",
    };
    draft.add_reason(code, &[]);
    if requirement.id.0.starts_with("MET-") || requirement.id.0.starts_with("PERSEXP-") {
        let topic = if requirement.id.0.starts_with("MET-") { "metodologia" } else { "experiencia_personal" };
        super::personnel::not_evaluated_in_works(context, &mut draft, topic);
    }
    draft
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{Subject, Verdict};

    #[test]
    fn what_no_check_understands_is_left_to_a_person() {
        assert_eq!(Fixture::new("2026-01-15").propose(Subject::Other).verdict, Verdict::Pendiente);
    }
}
