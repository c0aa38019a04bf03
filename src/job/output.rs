//! The output directory: it appears whole by one rename, or not at all.
//!
//! Files are written into a sibling `.NAME.new-PID`, synced, the inventory (`manifest.json`) last; then the sibling is
//! renamed into place. With `--replace` the old directory first steps aside to `.NAME.old-PID`, so that at every instant
//! at least one whole directory is on the disk; a run killed between the two renames is mended by the next one. What a run
//! without a plan leaves goes to `NAME.failed` in the same way ([`Output::failed`]).

use super::Refusal;
use super::inventory::{Fingerprint, failed_and_untouched, only_ours};
use super::lock::Lock;
use super::scratch::{Scratch, discard, mark, mend, step_aside, unmark};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// An output being written. Dropped before [`Output::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    fresh: PathBuf,
    aside: PathBuf,
    may: May,
    files: BTreeMap<String, Fingerprint>,
    locks: Vec<Lock>,
    /// The sibling is there and ours.
    open: bool,
}

/// What may be taken away for the new directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Nothing,
    /// Whatever this program wrote and nobody added to.
    Ours,
    /// What a run without a plan left, as it left it.
    Failed,
}

impl Output {
    /// Takes the lock and makes the hidden sibling, so that a bad place is told before any work is done.
    ///
    /// # Errors
    /// 73 when the place is taken or cannot be made, 75 when another run holds it.
    pub fn begin(target: &Path, replace: bool) -> Result<Self, Refusal> {
        let (parent, name) = place(target)?;
        let lock = Lock::take(&parent.join(format!(".{name}.lock")), target)?;
        let mut output = Self {
            target: target.to_owned(),
            fresh: Scratch::New.path(&parent, &name),
            aside: Scratch::Old.path(&parent, &name),
            may: if replace { May::Ours } else { May::Nothing },
            files: BTreeMap::new(),
            locks: vec![lock],
            open: false,
        };
        mend(&parent, &name).map_err(|error| Refusal::create(target, &error))?;
        output.may_be_placed()?;
        let refused = |error: std::io::Error| Refusal::create(target, &error);
        fs::create_dir(&output.fresh).map_err(refused)?;
        output.open = true;
        mark(&output.fresh).map_err(refused)?;
        Ok(output)
    }

    /// The run ends without a plan: what it leaves goes beside the place, which stays as it is.
    ///
    /// # Errors
    /// 73 when something else stands there, 75 when another run holds it.
    pub fn failed(mut self) -> Result<Self, Refusal> {
        let (parent, name) = place(&self.target)?;
        let name = format!("{name}.failed");
        let target = self.target.with_file_name(&name);
        self.locks.push(Lock::take(&parent.join(format!(".{name}.lock")), &target)?);
        mend(&parent, &name).map_err(|error| Refusal::create(&target, &error))?;
        (self.target, self.aside, self.may) = (target, Scratch::Old.path(&parent, &name), May::Failed);
        self.may_be_placed()?;
        Ok(self)
    }

    /// Where the directory will stand.
    pub fn target(&self) -> &Path {
        &self.target
    }

    fn may_be_placed(&self) -> Result<(), Refusal> {
        match self.may {
            _ if !is_there(&self.target) => Ok(()),
            May::Nothing => Err(Refusal::exists(&self.target)),
            May::Ours => only_ours(&self.target),
            May::Failed => failed_and_untouched(&self.target),
        }
    }

    /// Writes and syncs one file. `name` is relative, with `/` between folders.
    ///
    /// # Errors
    /// 74 when the disk refuses.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) && !name.is_empty();
        let path = self.fresh.join(name);
        let written = if inside { write_synced(&path, bytes) } else { Err(ErrorKind::InvalidInput.into()) };
        written.map_err(|error| Refusal::write(&self.target.join(name), &error))?;
        self.files.insert(name.to_owned(), Fingerprint::of(bytes));
        Ok(())
    }

    /// What has been written so far.
    pub fn files(&self) -> &BTreeMap<String, Fingerprint> {
        &self.files
    }

    /// Writes the inventory as the last file and puts the directory into place; what an earlier run without a plan left there goes.
    ///
    /// # Errors
    /// 74 when the disk refuses, 73 when the place was taken meanwhile; what was there before is untouched.
    pub fn commit(mut self, inventory: &str, bytes: &[u8]) -> Result<(), Refusal> {
        self.write(inventory, bytes)?;
        let failed = |error: std::io::Error| Refusal::write(&self.target, &error);
        sync_folders(&self.fresh).map_err(failed)?;
        self.may_be_placed()?;
        let old = is_there(&self.target);
        if old {
            step_aside(&self.target, &self.aside).map_err(failed)?;
        }
        if let Err(error) = fs::rename(&self.fresh, &self.target) {
            if old {
                // If even this fails the old directory is whole under its other name, and the next run brings it back.
                let _ = fs::rename(&self.aside, &self.target).and_then(|()| unmark(&self.target));
            }
            return Err(failed(error));
        }
        self.open = false;
        let _ = unmark(&self.target); // else the next run does
        if let Some(parent) = self.fresh.parent() {
            let _ = sync_folder(parent); // some file systems cannot; the rename itself is done
        }
        if old {
            let _ = discard(&self.aside); // a leftover is removed by the next run
        }
        if self.may != May::Failed {
            self.sweep_failed();
        }
        Ok(())
    }

    /// A draft beside a plan would be taken for its successor. Whoever changed it keeps it.
    fn sweep_failed(&self) {
        let Ok((parent, name)) = place(&self.target) else { return };
        let name = format!("{name}.failed");
        let (draft, aside) = (parent.join(&name), Scratch::Old.path(&parent, &name));
        let Ok(_lock) = Lock::take(&parent.join(format!(".{name}.lock")), &draft) else { return };
        if is_there(&draft) && failed_and_untouched(&draft).is_ok() && step_aside(&draft, &aside).is_ok() {
            let _ = discard(&aside); // a leftover is removed by the next run
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.open {
            let _ = discard(&self.fresh);
        }
    }
}

/// Folder and name of an output.
pub(super) fn place(target: &Path) -> Result<(PathBuf, String), Refusal> {
    let Some(Component::Normal(name)) = target.components().next_back() else { return Err(Refusal::bad_place(target)) };
    let parent = target.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((parent.to_owned(), name.to_string_lossy().into_owned()))
}

pub(super) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folders(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(folder)
}

/// A directory can be opened and synced on Unix only; elsewhere the file system keeps the order itself.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A folder name made of an id: letters, digits, `-`, `_` and `.` stay; never hidden, never a path.
pub fn folder_name(id: &str) -> String {
    let safe = safe_name(id);
    format!("{}-plan", if safe.is_empty() { "district" } else { &safe })
}

/// Letters, digits, `-`, `_` and inner dots of an id; anything else becomes `_`.
pub(crate) fn safe_name(id: &str) -> String {
    let safe: String = id.chars().take(60).map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    safe.trim_start_matches('.').to_owned()
}
