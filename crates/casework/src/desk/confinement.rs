//! What holds the reading worker in on this machine, in words: the worker itself was asked and tried to get out.

use cotejo_catalogue::message;
use cotejo_lector_client::Lector;
use cotejo_lector_protocol::{ForbiddenAct, JailLayer};

/// Holds what `cotejo diagnostico` says of the jail.
pub(super) struct JailWords {
    /// The layers in force.
    pub(super) layers: String,
    /// What was tried from inside, and how it ended.
    pub(super) attempts: String,
    /// What a person should know; empty when everything tried was refused.
    pub(super) notices: Vec<String>,
}

/// Asks a worker. Blocks while it starts.
pub(super) fn of(lector: &Lector) -> JailWords {
    let report = match lector.jail() {
        Ok(report) => report,
        Err(error) => {
            return JailWords {
                layers: message("casework.no", &[]),
                attempts: error.to_string(),
                notices: vec![error.to_string(), error.remedy()],
            };
        }
    };
    let mut layers = Vec::new();
    for held in &report.layers {
        let mut text = message(layer_key(held.layer), &[]);
        if !held.detail.is_empty() {
            text = format!("{text} ({})", held.detail);
        }
        if !held.whole {
            text = format!("{text}, {}", message("lector.layer.in_part", &[]));
        }
        layers.push(text);
    }
    let mut attempts = Vec::new();
    let mut notices = Vec::new();
    for attempt in &report.attempts {
        let act = message(act_key(attempt.act), &[]);
        if attempt.refused {
            attempts.push(message("lector.act.refused", &[("acto", &act), ("detalle", &attempt.detail)]));
        } else {
            attempts.push(message("lector.act.allowed", &[("acto", &act)]));
            notices.push(message("lector.act.open", &[("acto", &act)]));
        }
    }
    JailWords { layers: layers.join("; "), attempts: attempts.join("; "), notices }
}

fn layer_key(layer: JailLayer) -> &'static str {
    match layer {
        JailLayer::Memory => "lector.layer.memory",
        JailLayer::ProcessorTime => "lector.layer.processor_time",
        JailLayer::FileSize => "lector.layer.file_size",
        JailLayer::CoreDump => "lector.layer.core_dump",
        JailLayer::Processes => "lector.layer.processes",
        JailLayer::Privileges => "lector.layer.privileges",
        JailLayer::FileSystem => "lector.layer.file_system",
        JailLayer::SystemCalls => "lector.layer.system_calls",
        JailLayer::Integrity => "lector.layer.integrity",
        JailLayer::Mitigations => "lector.layer.mitigations",
        JailLayer::Sandbox => "lector.layer.sandbox",
    }
}

fn act_key(act: ForbiddenAct) -> &'static str {
    match act {
        ForbiddenAct::OpenSocket => "lector.act.open_socket",
        ForbiddenAct::ReadFile => "lector.act.read_file",
        ForbiddenAct::WriteFile => "lector.act.write_file",
        ForbiddenAct::StartProcess => "lector.act.start_process",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_and_act_has_its_words() {
        let layers = [
            JailLayer::Memory,
            JailLayer::ProcessorTime,
            JailLayer::FileSize,
            JailLayer::CoreDump,
            JailLayer::Processes,
            JailLayer::Privileges,
            JailLayer::FileSystem,
            JailLayer::SystemCalls,
            JailLayer::Integrity,
            JailLayer::Mitigations,
            JailLayer::Sandbox,
        ];
        let acts = [
            ForbiddenAct::OpenSocket,
            ForbiddenAct::ReadFile,
            ForbiddenAct::WriteFile,
            ForbiddenAct::StartProcess,
        ];
        for key in layers.map(layer_key).into_iter().chain(acts.map(act_key)) {
            assert!(cotejo_catalogue::exists(key), "{key}");
        }
    }
}
