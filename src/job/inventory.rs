//! What stands in a directory, and whether this program put it there: its own list of files says so, never a name.

use super::Refusal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Size and SHA-256 of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.sha256.get(..12).unwrap_or(&self.sha256), self.bytes)
    }
}

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Self {
        use std::fmt::Write;
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(sha256, "{byte:02x}"); // writing to a String cannot fail
        }
        Self { bytes: bytes.len() as u64, sha256 }
    }
}

/// The part of an inventory that is looked at before a directory is taken away.
#[derive(Deserialize)]
struct Inventory {
    schema: String,
    /// Of a run.
    exit_code: Option<u8>,
    files: BTreeMap<String, Fingerprint>,
}

const INVENTORIES: [&str; 4] = ["manifest.json", "generated.json", "compare.json", "simulate.json"];

/// In a directory that is being made or taken away (see [`super::scratch`]): no part of what it holds.
pub(super) const MARK: &str = ".lunpai-scratch";

pub(super) fn has_inventory(folder: &Path) -> bool {
    inventory(folder).is_some()
}

pub(super) fn remove_inventory(folder: &Path) -> std::io::Result<()> {
    for name in INVENTORIES {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The inventory of a directory and its name.
fn inventory(folder: &Path) -> Option<(&'static str, Inventory)> {
    INVENTORIES.iter().find_map(|name| {
        let inventory: Inventory = serde_json::from_slice(&fs::read(folder.join(name)).ok()?).ok()?;
        inventory.schema.starts_with("lunpai.").then_some((*name, inventory))
    })
}

/// `--replace` deletes only what an inventory of this program lists: never a stranger's notes.
pub(super) fn only_ours(target: &Path) -> Result<(), Refusal> {
    let found = files_of(target)?;
    if found.is_empty() {
        return Ok(());
    }
    let Some((own, inventory)) = inventory(target) else { return Err(no_inventory(target)) };
    listed(target, &found, own, &inventory)
}

/// What a run without a plan left, byte for byte: nobody asked for its removal, so whoever worked on it keeps it.
pub(super) fn failed_and_untouched(target: &Path) -> Result<(), Refusal> {
    let found = files_of(target)?;
    let Some((own, inventory)) = inventory(target) else { return Err(no_inventory(target)) };
    listed(target, &found, own, &inventory)?;
    if !inventory.exit_code.is_some_and(|exit| !matches!(exit, 0 | 3)) {
        return Err(Refusal::foreign(target, "是排好的方案 / a finished plan"));
    }
    let changed = |(name, print): &(&String, &Fingerprint)| {
        let bytes = found.contains(name).then(|| fs::read(target.join(name)).ok()).flatten();
        bytes.is_some_and(|bytes| Fingerprint::of(&bytes) != **print)
    };
    inventory.files.iter().find(changed).map_or(Ok(()), |(name, _)| Err(Refusal::foreign(target, &format!("{name} 已改动 / was changed"))))
}

fn files_of(target: &Path) -> Result<Vec<String>, Refusal> {
    if !target.is_dir() || target.is_symlink() {
        return Err(Refusal::foreign(target, "不是文件夹 / not a directory"));
    }
    let mut found = Vec::new();
    list(target, "", &mut found).map_err(|error| Refusal::create(target, &error))?;
    found.retain(|name| name != MARK);
    Ok(found)
}

fn no_inventory(target: &Path) -> Refusal {
    Refusal::foreign(target, "没有方案清单 / no manifest.json")
}

fn listed(target: &Path, found: &[String], own: &str, inventory: &Inventory) -> Result<(), Refusal> {
    let stranger = found.iter().find(|name| name.as_str() != own && !inventory.files.contains_key(name.as_str()));
    stranger.map_or(Ok(()), |name| Err(Refusal::foreign(target, name)))
}

/// Relative names of all files below a folder, with `/` between folders.
pub(super) fn list(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    found.sort();
    Ok(())
}
