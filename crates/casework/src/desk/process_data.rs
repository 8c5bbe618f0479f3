//! What a person states of the process where the pliego keeps it closed: the *presupuesto referencial*, which newer pliegos carry encrypted.

use super::Desk;
use crate::CaseworkError;
use crate::view::CaseView;
use cotejo_domain::{Code, Money};
use cotejo_store::EventPayload;

impl Desk {
    /// Records the *presupuesto referencial*, without IVA, with where it was read (the convocatoria, the Portal). What the pliego itself states is
    /// not stated over.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for no amount; [`Code::Precondition`] without its source, or where the pliego states it; [`Code::Sealed`] once a signed acta
    /// states the process.
    pub async fn state_budget(
        &self,
        case: &str,
        amount: &str,
        source: &str,
    ) -> Result<CaseView, CaseworkError> {
        let refused = |code, key, detail: &str| CaseworkError::refused(code, key, detail);
        let budget: Money = amount
            .trim()
            .parse()
            .map(Money)
            .map_err(|_| refused(Code::WrongUse, "casework.budget_no_amount", amount))?;
        if budget <= Money::ZERO {
            return Err(refused(Code::WrongUse, "casework.budget_no_amount", amount));
        }
        if source.trim().is_empty() {
            return Err(refused(Code::Precondition, "casework.budget_without_source", ""));
        }
        let open = self.opened(case).await?;
        let state = open.case.state().await?;
        if let Some(stated) = state.pliego.as_ref().and_then(|pliego| pliego.process.budget) {
            return Err(refused(Code::Precondition, "casework.budget_of_the_pliego", &stated.spanish()));
        }
        let mut process = state.process;
        process.budget = Some(budget);
        process.budget_encrypted = false;
        let payload =
            EventPayload::ProcessChanged { process, lots: state.lots, source: source.trim().to_owned() };
        open.case.record(self.actor.id, payload).await?;
        open.forget().await;
        self.case_view(&open).await
    }
}

#[cfg(test)]
mod tests {
    use crate::desk::tests::{case_of, desk};
    use cotejo_domain::{Code, Money, Pliego, ProcedureType};
    use cotejo_store::EventPayload;

    #[tokio::test]
    async fn attack_a_budget_is_stated_over_that_of_the_pliego_or_without_its_source() {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(desk) = desk(folder.path()).await else { return println!("skipped: no resources") };
        let (case, open) = case_of(&desk, ProcedureType::Sie).await;
        let code =
            |result: Result<crate::view::CaseView, crate::CaseworkError>| result.expect_err("refused").code();
        assert_eq!(code(desk.state_budget(&case, "15250.40", "  ").await), Code::Precondition);
        for amount in ["15.250,40", "0", "-1", "mucho"] {
            assert_eq!(
                code(desk.state_budget(&case, amount, "Convocatoria").await),
                Code::WrongUse,
                "{amount}"
            );
        }
        let view = desk.state_budget(&case, "15250.40", "Convocatoria en el Portal").await.expect("stated");
        assert_eq!((view.budget.as_deref(), view.budget_encrypted), (Some("15250.40"), false));
        let again =
            desk.state_budget(&case, "15250.50", "Convocatoria, corregida").await.expect("stated anew");
        assert_eq!(again.budget.as_deref(), Some("15250.50"), "the last word holds");

        let mut pliego = Pliego::unknown();
        pliego.process.procedure = ProcedureType::Sie;
        pliego.process.budget = Some(Money("15000.00".parse().expect("USD")));
        let payload = EventPayload::PliegoImported { file: None, pliego: Box::new(pliego) };
        open.case.record(desk.actor.id, payload).await.expect("records");
        open.forget().await;
        assert_eq!(code(desk.state_budget(&case, "14000.00", "Portal").await), Code::Precondition);
        assert_eq!(desk.open_case(&case).await.expect("opens").budget.as_deref(), Some("15000.00"));
    }

    #[tokio::test]
    async fn proformas_are_of_an_infima_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let Some(desk) = desk(folder.path()).await else { return println!("skipped: no resources") };
        let (case, _) = case_of(&desk, ProcedureType::Licbs).await;
        assert_eq!(desk.proformas(&case).await.expect_err("refused").view().details, "casework.no_proformas");
        let (case, _) = case_of(&desk, ProcedureType::Infima).await;
        assert_eq!(desk.proformas(&case).await.expect_err("refused").view().details, "casework.no_pack");
    }
}
