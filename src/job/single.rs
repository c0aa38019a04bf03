//! One file as the output: it appears whole by one rename, or not at all.

use super::Refusal;
use super::lock::Lock;
use super::output::{place, sync_folder, write_synced};
use super::scratch::Scratch;
use crate::file::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// A place held for one file. Dropped before [`OutputFile::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFile {
    target: PathBuf,
    fresh: PathBuf,
    replace: bool,
    ours: fn(&Source) -> bool,
    _lock: Lock,
}

impl OutputFile {
    /// Takes the lock, so that a bad place is told before any work is done. `ours` says of an earlier file whether this
    /// program wrote it: `replace` takes no other, save an empty one.
    ///
    /// # Errors
    /// 73 when the place is taken or cannot be written to, 75 when another run holds it.
    pub fn begin(target: &Path, replace: bool, ours: fn(&Source) -> bool) -> Result<Self, Refusal> {
        let (parent, name) = place(target)?;
        let lock = Lock::take(&parent.join(format!(".{name}.lock")), target)?;
        let fresh = Scratch::Part.path(&parent, &name);
        let output = Self { target: target.to_owned(), fresh, replace, ours, _lock: lock };
        mend(&parent, &name).map_err(|error| Refusal::create(target, &error))?;
        output.may_be_placed()?;
        Ok(output)
    }

    fn may_be_placed(&self) -> Result<(), Refusal> {
        let foreign = |what: &str| Err(Refusal::foreign(&self.target, what));
        match self.target.symlink_metadata() {
            Err(_) => Ok(()),
            Ok(_) if !self.replace => Err(Refusal::exists(&self.target)),
            Ok(there) if !there.is_file() => foreign("不是文件 / not a file"),
            Ok(there) if there.len() == 0 => Ok(()),
            Ok(_) => match Source::read(&self.target) {
                Ok(source) if (self.ours)(&source) => Ok(()),
                _ => foreign("不是本软件写出的文件 / not a file of this program"),
            },
        }
    }

    /// Writes, syncs and puts the file into place.
    ///
    /// # Errors
    /// 74 when the disk refuses, 73 when the place was taken meanwhile; what was there before is untouched.
    pub fn commit(self, bytes: &[u8]) -> Result<(), Refusal> {
        let failed = |error: std::io::Error| Refusal::write(&self.target, &error);
        write_synced(&self.fresh, bytes).map_err(failed)?;
        self.may_be_placed()?;
        fs::rename(&self.fresh, &self.target).map_err(failed)?;
        if let Some(parent) = self.fresh.parent() {
            let _ = sync_folder(parent); // some file systems cannot; the rename itself is done
        }
        Ok(())
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.fresh); // there only when it was not put into place
    }
}

/// What a killed run left half-written goes. The lock makes it safe.
fn mend(parent: &Path, name: &str) -> std::io::Result<()> {
    for part in Scratch::Part.left(parent, name)?.into_iter().filter(|part| part.is_file() && !part.is_symlink()) {
        fs::remove_file(part)?;
    }
    Ok(())
}
