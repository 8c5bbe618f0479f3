//! Lets Tauri prepare the window's resources, and says so when the interface has not been built.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
    let interface = Path::new("../ui/dist");
    if !interface.join("index.html").exists() {
        println!(
            "cargo::warning=ui/dist is missing: run `npm ci && npm run build` in ui/, or the window stays empty"
        );
        // Tauri refuses to compile without the folder; an empty one keeps checks of the whole workspace possible.
        if let Err(error) = std::fs::create_dir_all(interface) {
            println!("cargo::warning=ui/dist cannot be created: {error}");
        }
    }
    tauri_build::build();
}
