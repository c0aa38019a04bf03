//! One run at a time holds an output.

use super::Refusal;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// An advisory lock on a hidden file next to the output; the kernel frees it when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    pub(super) fn take(path: &Path, target: &Path) -> Result<Self, Refusal> {
        // Whoever releases deletes the file, so a lock won on a deleted file is no lock: look again.
        for _ in 0..100 {
            let opened = File::options().create(true).truncate(false).write(true).open(path);
            let file = opened.map_err(|error| Refusal::create(target, &error))?;
            match file.try_lock() {
                Ok(()) if same_file(&file, path) => return Ok(Self { path: path.to_owned(), file: Some(file) }),
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => return Err(Refusal::busy(target)),
                Err(fs::TryLockError::Error(error)) => return Err(Refusal::create(target, &error)),
            }
        }
        Err(Refusal::busy(target))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        self.file = None;
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let key = |data: fs::Metadata| (data.dev(), data.ino());
    matches!((file.metadata().map(key), fs::metadata(path).map(key)), (Ok(a), Ok(b)) if a == b)
}
#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
