//! The typed border between the window and the core: `ui/src/lib/ipc/bindings.ts` is written from these commands.

use crate::{
    commands, commission, course, curing, exchange, indicios, papers, points, reading, requirements, rules,
    stages, window,
};
use tauri::Wry;
use tauri_specta::{Builder, collect_commands, collect_events};

/// Gathers commands and events.
pub(crate) fn bindings() -> Builder<Wry> {
    Builder::<Wry>::new()
        .commands(collect_commands![
            commands::launch,
            commands::about,
            commands::list_cases,
            commands::create_case,
            commands::open_case,
            commands::import_bids,
            commands::cancel_import,
            commands::matrix,
            commands::cell,
            commands::documents,
            commands::page,
            commands::document_types,
            commands::add_requirement,
            commands::decide,
            commands::decide_many,
            commands::note,
            commands::session,
            commands::record_session,
            commands::commission,
            commands::record_commission,
            commands::open_sealed,
            commands::undo,
            commands::redo,
            commands::search,
            commands::acta,
            commands::generate_acta,
            commands::sign_acta,
            commands::open_acta,
            commands::rectify,
            course::departures,
            course::answer_departure,
            course::clarifications,
            curing::curing,
            curing::request_cures,
            curing::notify_cures,
            curing::answer_cures,
            curing::cure_difference,
            curing::resolve_cure,
            curing::outcomes,
            curing::record_outcome,
            curing::negotiations,
            curing::negotiate,
            curing::recommendation,
            curing::recommend,
            curing::constatations,
            curing::record_constatation,
            curing::say_defect,
            stages::course,
            stages::move_stage,
            stages::frame_course,
            stages::deadlines,
            stages::export_calendar,
            stages::set_stage_date,
            stages::claims,
            stages::raise_claim,
            stages::answer_claim,
            stages::constancias,
            stages::record_constancia,
            stages::compliance,
            stages::copy_kept_file,
            commission::agreements,
            commission::agree,
            commission::dissent,
            commission::refuse_to_sign,
            commission::declarations,
            commission::declare,
            commission::answer_kinship,
            commission::raise_impediment,
            commission::resolve_impediment,
            commission::evidence_due,
            commission::open_evidence,
            commission::samples,
            commission::draw_sample,
            commission::check_sample,
            commission::treatments,
            commission::answer_treatment,
            commission::rehearse,
            commission::subcommission_reports,
            commission::record_report,
            commission::answer_report,
            exchange::exchange,
            exchange::send_case,
            exchange::look_at_package,
            exchange::receive_case,
            exchange::take_seat,
            exchange::join_package,
            points::points,
            points::answer_point,
            points::withdraw_point,
            points::save_points_sheet,
            indicios::indicios,
            indicios::dismiss_indicio,
            indicios::take_up_indicio,
            requirements::asked,
            requirements::say_of_requirements,
            requirements::read_requirements,
            requirements::add_from_template,
            requirements::declared_checks,
            requirements::apply_clarification,
            requirements::withdraw_clarification,
            requirements::lint_draft,
            papers::papers,
            papers::paper_sheet,
            papers::write_paper,
            papers::generate_paper,
            papers::sign_paper,
            papers::open_paper,
            papers::save_paper,
            papers::export_evidence,
            papers::export_expediente,
            papers::prove_expediente,
            papers::adaptation,
            papers::check_adaptation,
            papers::install_adaptation,
            papers::remove_adaptation,
            reading::turn_page,
            reading::write_page,
            reading::arrange_documents,
            reading::fields,
            reading::correct_field,
            reading::recognise_again,
            reading::learning,
            reading::set_example,
            reading::export_learning,
            reading::import_learning,
            reading::read_again,
            reading::limits,
            reading::set_limits,
            reading::reading_pace,
            reading::set_reading_pace,
            reading::validation,
            reading::validate_bidders,
            reading::note_source,
            reading::registry_answer,
            reading::open_source,
            reading::copies,
            reading::watched,
            reading::watch,
            reading::answer_offer,
            rules::rules,
            rules::rule_values,
            rules::check_rules,
            rules::compare_rules,
            rules::install_rules,
            rules::verify_rule,
            rules::set_rule,
            rules::switch_flag,
            rules::withdraw_rule,
            rules::case_rules,
            rules::term,
        ])
        .events(collect_events![window::MenuChosen])
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;
    use std::path::Path;

    #[test]
    fn the_committed_bindings_are_the_generated_ones() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/ipc/bindings.ts");
        let folder = tempfile::tempdir().expect("a folder");
        let generated = folder.path().join("bindings.ts");
        bindings().export(Typescript::default(), &generated).expect("the types can be written in TypeScript");
        let fresh = std::fs::read_to_string(&generated).expect("just written");
        if std::env::var_os("COTEJO_ESCRIBIR_ENLACES").is_some() {
            std::fs::create_dir_all(committed.parent().expect("has a folder")).expect("can be made");
            std::fs::write(&committed, &fresh).expect("can be written");
        }
        let stored = std::fs::read_to_string(&committed).unwrap_or_default();
        assert_eq!(
            stored, fresh,
            "ui/src/lib/ipc/bindings.ts is not what the commands say: run this test with COTEJO_ESCRIBIR_ENLACES=1"
        );
    }
}
