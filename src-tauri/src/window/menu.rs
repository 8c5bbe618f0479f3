//! The native menu. It acts by telling the interface which item was chosen, so that menu, keys and buttons do the same thing.

use cotejo_catalogue::message;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{App, Wry};
use tauri_specta::Event;

/// Tells the interface which item of the menu was chosen.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct MenuChosen {
    /// Identifier of the act: `deshacer`.
    pub(crate) id: String,
}

/// Lists the submenus: key of the title, then the items with their accelerators; an empty item is a separator.
/// `Ctrl Z` and its kind stay without accelerator here: inside a text field they belong to the text.
const MENU: &[(&str, &[(&str, &str)])] = &[
    (
        "archivo",
        &[
            ("nuevo", "CmdOrCtrl+N"),
            ("importar", "CmdOrCtrl+O"),
            ("requisito", ""),
            ("", ""),
            ("salir", "CmdOrCtrl+Q"),
        ],
    ),
    (
        "edicion",
        &[("deshacer", ""), ("rehacer", ""), ("", ""), ("buscar", "CmdOrCtrl+F"), ("paleta", "CmdOrCtrl+K")],
    ),
    (
        "ver",
        &[
            ("indice", "CmdOrCtrl+B"),
            ("ajustes", "CmdOrCtrl+Comma"),
            ("", ""),
            ("tema_sistema", ""),
            ("tema_claro", ""),
            ("tema_oscuro", ""),
            ("tema_contraste", ""),
        ],
    ),
    (
        "ir",
        &[
            ("inicio", "CmdOrCtrl+1"),
            ("", ""),
            ("etapas", "CmdOrCtrl+6"),
            ("requisitos", "CmdOrCtrl+7"),
            ("documentos", "CmdOrCtrl+3"),
            ("copias", ""),
            ("matriz", "CmdOrCtrl+2"),
            ("validaciones", ""),
            ("indicios", ""),
            ("convalidacion", "CmdOrCtrl+8"),
            ("puntaje", "CmdOrCtrl+9"),
            ("comision", ""),
            ("sesion", "CmdOrCtrl+4"),
            ("acta", "CmdOrCtrl+5"),
            ("papeles", ""),
            ("", ""),
            ("siguiente", ""),
            ("anterior", ""),
        ],
    ),
    ("decision", &[("decidir", "CmdOrCtrl+Enter"), ("componer", ""), ("firmar", "")]),
    ("ayuda", &[("atajos", "F1"), ("acerca", "")]),
];

/// Builds the menu.
pub(super) fn build(app: &App) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(app);
    for (title, items) in MENU {
        let submenu = submenu(app, title, items)?;
        menu = menu.item(&submenu);
    }
    menu.build()
}

fn submenu(app: &App, title: &str, items: &[(&str, &str)]) -> tauri::Result<Submenu<Wry>> {
    let mut submenu = SubmenuBuilder::new(app, message(&format!("app.menu.{title}"), &[]));
    for (id, accelerator) in items {
        if id.is_empty() {
            submenu = submenu.separator();
            continue;
        }
        let mut item = MenuItemBuilder::with_id(*id, message(&format!("app.menu.{title}.{id}"), &[]));
        if !accelerator.is_empty() {
            item = item.accelerator(accelerator);
        }
        submenu = submenu.item(&item.build(app)?);
    }
    submenu.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_accelerator_does_two_things() {
        let mut seen = std::collections::BTreeSet::new();
        for (id, keys) in MENU.iter().flat_map(|(_, items)| items.iter()).filter(|(_, keys)| !keys.is_empty())
        {
            assert!(seen.insert(keys), "{keys} of {id} stands twice");
        }
    }

    #[test]
    fn every_item_has_its_words() {
        for (title, items) in MENU {
            assert!(cotejo_catalogue::exists(&format!("app.menu.{title}")), "app.menu.{title}");
            for (id, _) in items.iter().filter(|(id, _)| !id.is_empty()) {
                let key = format!("app.menu.{title}.{id}");
                assert!(cotejo_catalogue::exists(&key), "{key}");
            }
        }
    }
}
