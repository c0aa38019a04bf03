//! Directories that a run needs for a while beside its output: what a killed run left of them is swept by the next one, and
//! nothing else. A name proves nothing: a directory is ours only while it bears our mark. The mark is put in first and taken out last.

use super::inventory::{MARK, has_inventory, remove_inventory};
use super::output::is_there;
use std::fs;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

const MARKED: &str = "lunpai.scratch/1\n";

/// What it is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scratch {
    /// The new directory while it is written.
    New,
    /// The old one while the new takes its place.
    Old,
    /// A single file while it is written.
    Part,
}

impl Scratch {
    fn prefix(self, name: &str) -> String {
        let kind = match self {
            Self::New => "new",
            Self::Old => "old",
            Self::Part => "part",
        };
        format!(".{name}.{kind}-")
    }
    /// `.NAME.new-PID`: no two processes write the same.
    pub(super) fn path(self, parent: &Path, name: &str) -> PathBuf {
        parent.join(format!("{}{}", self.prefix(name), std::process::id()))
    }
    /// What earlier processes left under this name; a person's notes end in something else than a number.
    pub(super) fn left(self, parent: &Path, name: &str) -> Result<Vec<PathBuf>> {
        let prefix = self.prefix(name);
        let mut left = Vec::new();
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.strip_prefix(&prefix).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
            if number {
                left.push(entry.path());
            }
        }
        left.sort();
        Ok(left)
    }
}

pub(super) fn mark(folder: &Path) -> Result<()> {
    fs::write(folder.join(MARK), MARKED)
}

pub(super) fn unmark(folder: &Path) -> Result<()> {
    match fs::remove_file(folder.join(MARK)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn is_marked(folder: &Path) -> bool {
    let there = folder.is_dir() && !folder.is_symlink();
    // A full disk may have kept the mark's words out; its name is ours all the same.
    there && fs::read(folder.join(MARK)).is_ok_and(|bytes| MARKED.as_bytes().starts_with(&bytes))
}

/// Makes room; with its inventory and the mark it is known to be whole.
pub(super) fn step_aside(folder: &Path, aside: &Path) -> Result<()> {
    mark(folder)?;
    fs::rename(folder, aside).inspect_err(|_| {
        let _ = unmark(folder); // else the next run does
    })
}

/// Deletes a directory of ours: first the inventory, so that half of it is never taken for the whole, last the mark.
pub(super) fn discard(folder: &Path) -> Result<()> {
    let _ = mark(folder); // where not even this can be written the rest still goes
    remove_inventory(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != MARK {
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
    }
    unmark(folder)?;
    fs::remove_dir(folder)
}

/// After a kill: an old directory that stepped aside comes back, what was half-written or half-deleted goes. The caller holds the lock
/// of `name`, so whoever left it is dead.
pub(super) fn mend(parent: &Path, name: &str) -> Result<()> {
    let target = parent.join(name);
    for old in Scratch::Old.left(parent, name)?.into_iter().filter(|old| is_marked(old)) {
        if has_inventory(&old) && !is_there(&target) { fs::rename(&old, &target)? } else { discard(&old)? }
    }
    if is_marked(&target) {
        unmark(&target)?;
    }
    for new in Scratch::New.left(parent, name)? {
        // Killed between making it and marking it: nothing in it can be lost.
        let empty = || new.is_dir() && !new.is_symlink() && fs::read_dir(&new).is_ok_and(|mut entries| entries.next().is_none());
        if is_marked(&new) || empty() {
            discard(&new)?;
        }
    }
    Ok(())
}
