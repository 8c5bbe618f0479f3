//! The one window, its menu, and other programs that show a file.

mod menu;
mod open;

pub(crate) use menu::MenuChosen;
pub(crate) use open::open_with_system;

use cotejo_catalogue::message;
use tauri::{App, WebviewUrl, WebviewWindowBuilder};
use tauri_specta::Event as _;

const LEAST_SIZE: (f64, f64) = (1120.0, 680.0);
const FIRST_SIZE: (f64, f64) = (1366.0, 768.0);

/// Opens the window with its menu.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    app.set_menu(menu::build(app)?)?;
    app.on_menu_event(|app, event| {
        if event.id() == "salir" {
            app.exit(0);
            return;
        }
        // A window that is closing has nobody left to hear it.
        drop(MenuChosen { id: event.id().0.clone() }.emit(app));
    });
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(message("app.nombre", &[]))
        .inner_size(FIRST_SIZE.0, FIRST_SIZE.1)
        .min_inner_size(LEAST_SIZE.0, LEAST_SIZE.1)
        .build()?;
    Ok(())
}
