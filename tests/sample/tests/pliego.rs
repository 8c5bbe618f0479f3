//! The pliego of a sample, decoded as real ones are.

use cotejo_domain::{Money, Plazo, ProcedureType, Subject};
use cotejo_intake::ushay::decode_pliego;
use cotejo_sample::{SampleProcedure, generate};

#[test]
fn the_pliego_decodes_to_what_the_truth_says() {
    for (procedure, seed) in
        [(SampleProcedure::Sie, 1), (SampleProcedure::Sie, 4), (SampleProcedure::Lico, 3)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let truth = generate(procedure, seed, folder.path()).expect("a sample");
        let bytes = std::fs::read(folder.path().join(&truth.pliego)).expect("the pliego");
        let pliego = decode_pliego("pliego.ushay", &bytes).value;
        let process = &pliego.process;
        assert_eq!(
            process.code.as_ref().map(|code| code.as_str()),
            Some(truth.process.code.as_str()),
            "code"
        );
        let entity = process.entity.as_ref().expect("an entity");
        assert_eq!(entity.name, truth.process.entity, "entity");
        assert_eq!(
            entity.ruc.as_ref().map(|ruc| ruc.as_str()),
            Some(truth.process.entity_ruc.as_str()),
            "RUC of the entity"
        );
        assert_eq!(process.object.as_deref(), Some(truth.process.object.as_str()), "object");
        let expected =
            if procedure == SampleProcedure::Sie { ProcedureType::Sie } else { ProcedureType::Lico };
        assert_eq!(process.procedure, expected, "procedure");
        assert_eq!(process.budget_encrypted, truth.process.budget_encrypted, "whether prices are encrypted");
        let budget = (!truth.process.budget_encrypted)
            .then(|| Money(truth.process.budget.parse().expect("an amount")));
        assert_eq!(process.budget, budget, "budget");
        assert_eq!(process.term, Some(Plazo(truth.process.term_days)), "term");
        assert_eq!(process.validity, Some(Plazo(truth.process.validity_days)), "validity");
        assert_eq!(
            process.started.map(|date| date.to_string()),
            Some(truth.process.started.clone()),
            "start"
        );
        assert_eq!(
            process.bids_due.map(|moment| moment.to_string()),
            Some(truth.process.bids_due.clone()),
            "deadline"
        );
        assert_eq!(pliego.items.len(), truth.process.items.len(), "items");
        let patrimonio = pliego.requirements.iter().find_map(|requirement| match &requirement.subject {
            Subject::Patrimonio { minimum } => *minimum,
            _ => None,
        });
        assert_eq!(
            patrimonio,
            Some(Money(truth.process.patrimonio.parse().expect("an amount"))),
            "patrimonio"
        );
        assert_eq!(pliego.attachments.len(), 2, "both annexes");
        assert!(pliego.attachments.iter().all(|file| file.md5_ok == Some(true)), "their sums agree");
    }
}
