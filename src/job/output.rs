//! The output directory: it appears whole by one rename, or not at all.
//!
//! Files are written into a sibling `.NAME.new-PID`, synced, the inventory (`manifest.json`) last; then the sibling is
//! renamed into place. With `--replace` the old directory first steps aside to `.NAME.old`, so that at every instant
//! at least one whole directory is on the disk; a run killed between the two renames is mended by the next one.

use super::Refusal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

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

/// An output being written. Dropped before [`Output::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    fresh: PathBuf,
    aside: PathBuf,
    replace: bool,
    files: BTreeMap<String, Fingerprint>,
    lock: Lock,
    committed: bool,
}

impl Output {
    /// Takes the lock and makes the hidden sibling, so that a bad place is told before any work is done.
    ///
    /// # Errors
    /// 73 when the place is taken or cannot be made, 75 when another run holds it.
    pub fn begin(target: &Path, replace: bool) -> Result<Self, Refusal> {
        let (parent, name) = place(target)?;
        let lock = Lock::take(&parent.join(format!(".{name}.lock")), target)?;
        let output = Self {
            target: target.to_owned(),
            fresh: parent.join(format!(".{name}.new-{}", std::process::id())),
            aside: parent.join(format!(".{name}.old")),
            replace,
            files: BTreeMap::new(),
            lock,
            committed: false,
        };
        output.mend(&parent, &format!(".{name}.new-")).map_err(|error| Refusal::create(target, &error))?;
        output.may_be_placed()?;
        fs::create_dir(&output.fresh).map_err(|error| Refusal::create(target, &error))?;
        Ok(output)
    }

    /// After a kill: an old directory that stepped aside comes back, half-written siblings go. The lock makes it safe.
    fn mend(&self, parent: &Path, prefix: &str) -> std::io::Result<()> {
        if is_there(&self.aside) {
            if is_there(&self.target) { fs::remove_dir_all(&self.aside)? } else { fs::rename(&self.aside, &self.target)? }
        }
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    fn may_be_placed(&self) -> Result<(), Refusal> {
        match (is_there(&self.target), self.replace) {
            (false, _) => Ok(()),
            (true, false) => Err(Refusal::exists(&self.target)),
            (true, true) => only_ours(&self.target),
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

    /// Writes the inventory as the last file and puts the directory into place.
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
            fs::rename(&self.target, &self.aside).map_err(failed)?;
        }
        if let Err(error) = fs::rename(&self.fresh, &self.target) {
            if old {
                // If even this fails the old directory is whole under its other name, and the next run brings it back.
                let _ = fs::rename(&self.aside, &self.target);
            }
            return Err(failed(error));
        }
        self.committed = true;
        if let Some(parent) = self.fresh.parent() {
            let _ = sync_folder(parent); // some file systems cannot; the rename itself is done
        }
        if old {
            let _ = fs::remove_dir_all(&self.aside); // a leftover is removed by the next run
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.committed {
            let _ = fs::remove_dir_all(&self.fresh);
        }
        self.lock.release();
    }
}

/// Folder and name of an output.
pub(super) fn place(target: &Path) -> Result<(PathBuf, String), Refusal> {
    let Some(Component::Normal(name)) = target.components().next_back() else { return Err(Refusal::bad_place(target)) };
    let parent = target.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((parent.to_owned(), name.to_string_lossy().into_owned()))
}

fn is_there(path: &Path) -> bool {
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

/// The part of an inventory that `--replace` looks at.
#[derive(Deserialize)]
struct Inventory {
    schema: String,
    files: BTreeMap<String, Fingerprint>,
}

/// `--replace` deletes only what an inventory of this program lists: never a stranger's notes.
fn only_ours(target: &Path) -> Result<(), Refusal> {
    let foreign = |what: &str| Err(Refusal::foreign(target, what));
    if !target.is_dir() || target.is_symlink() {
        return foreign("不是文件夹 / not a directory");
    }
    let mut found = Vec::new();
    list(target, "", &mut found).map_err(|error| Refusal::create(target, &error))?;
    if found.is_empty() {
        return Ok(());
    }
    let inventory = INVENTORIES.iter().find_map(|name| {
        let inventory: Inventory = serde_json::from_slice(&fs::read(target.join(name)).ok()?).ok()?;
        inventory.schema.starts_with("lunpai.").then_some((*name, inventory))
    });
    let Some((own, inventory)) = inventory else { return foreign("没有方案清单 / no manifest.json") };
    match found.iter().find(|name| name.as_str() != own && !inventory.files.contains_key(name.as_str())) {
        Some(name) => foreign(name),
        None => Ok(()),
    }
}

const INVENTORIES: [&str; 4] = ["manifest.json", "generated.json", "compare.json", "simulate.json"];

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

    pub(super) fn release(&mut self) {
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
