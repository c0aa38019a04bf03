//! What can be looked at while a run goes on: `DIR.run/` holds the best plan so far as the checker judged it, and a summary. Each
//! file is replaced by one rename; the folder is the user's alone and goes when the run has ended.

use super::Fingerprint;
use super::manifest::{TracePoint, pretty};
use super::output::write_synced;
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder beside an output.
#[derive(Debug)]
pub(super) struct Running {
    folder: PathBuf,
}

const PLAN: &str = "plan.json";
const SUMMARY: &str = "summary.json";

/// What the best plan so far is worth.
#[derive(Debug, Serialize)]
pub(super) struct Summary<'s> {
    pub(super) schema: &'static str,
    #[serde(flatten)]
    pub(super) point: &'s TracePoint,
    /// Findings that a meeting would have to decide on.
    pub(super) decisions_needed: u64,
    /// Periods without a teacher.
    pub(super) shortfall_periods: u64,
    pub(super) plan: Fingerprint,
}

impl Running {
    /// Takes `DIR.run` over from a run that was killed; nothing where something else stands there, and the run does without.
    pub(super) fn beside(target: &Path) -> Option<Self> {
        let mut name = target.file_name()?.to_os_string();
        name.push(".run");
        let running = Self { folder: target.with_file_name(name) };
        running.clear().then_some(running)
    }

    /// Shows a plan; that a disk is full is told when the plan itself is written.
    pub(super) fn show(&self, plan: &[u8], summary: &Summary) {
        if make_private(&self.folder).is_ok() {
            self.put(PLAN, plan);
            self.put(SUMMARY, &pretty(summary));
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let part = self.folder.join(format!(".{name}"));
        let _ = fs::remove_file(&part);
        if write_synced(&part, bytes).and_then(|()| fs::rename(&part, self.folder.join(name))).is_err() {
            let _ = fs::remove_file(&part);
        }
    }

    /// Removes the folder if it holds nothing but files of this module; false where there is more.
    fn clear(&self) -> bool {
        let Ok(entries) = fs::read_dir(&self.folder) else { return self.folder.symlink_metadata().is_err() };
        let names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        let ours = |name: &String| [PLAN, SUMMARY].contains(&name.trim_start_matches('.'));
        if !names.iter().all(ours) {
            return false;
        }
        names.iter().all(|name| fs::remove_file(self.folder.join(name)).is_ok()) && fs::remove_dir(&self.folder).is_ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.is_dir() { Ok(()) } else { fs::DirBuilder::new().mode(0o700).create(folder) }
}
#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() { Ok(()) } else { fs::create_dir(folder) }
}
