//! What the pictures in `docs/pictures` show depends on: the report's page, style and script.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

pub const PICTURES: &str = "docs/pictures";
/// Beside the pictures: the fingerprint of what they were made from.
pub const MADE_FROM: &str = "docs/pictures/made-from.txt";

fn read(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

/// The fingerprint today.
pub fn now() -> String {
    let mut hash = Sha256::new();
    for part in ["html", "css", "js"] {
        hash.update(read(&format!("src/report/report.{part}")));
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }) + "\n"
}

/// The fingerprint when the pictures were taken.
pub fn made_from() -> String {
    String::from_utf8(read(MADE_FROM)).expect("text")
}
