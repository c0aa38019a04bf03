//! Bytes to types. A file that does not parse is one problem with its place; what it means is judged in
//! [`crate::district::validate`].

use super::unique::UniqueKeys;
use super::{District, Plan, Policy};
use crate::problem::{Problem, WRONG_ENCODING};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Larger files are refused unread (bytes).
pub const MAX_BYTES: usize = 256 << 20;

/// Where bytes come from: named in every problem.
#[derive(Debug, Clone)]
pub struct Source {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Source {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// The problem `E-FILE-001` when it is missing or unreadable, `E-FILE-002` when it is too large.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        use std::io::Read;
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let limit = MAX_BYTES as u64 + 1;
        let read = if name == "-" {
            std::io::stdin().take(limit).read_to_end(&mut bytes)
        } else {
            std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
        };
        match read {
            Err(error) => Err(Problem::unreadable(&name, &error.to_string())),
            Ok(_) if bytes.len() > MAX_BYTES => Err(Problem::too_large(&name, MAX_BYTES)),
            Ok(_) => Ok(Self { name, bytes }),
        }
    }
}

/// Parses one JSON document; nothing may follow it, and no key may be given twice.
///
/// # Errors
/// `E-FILE-003`, `E-FILE-004` or `E-JSON-…` with the JSON path of the fault.
pub fn parse<T: DeserializeOwned>(source: &Source) -> Result<T, Problem> {
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::empty(&source.name));
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        return Err(WRONG_ENCODING.at(format!("{}: line {line}", source.name)));
    }
    let value = document(source, bytes)?;
    // Derived types refuse a field given twice, but a map (names, pupils, quota …) would quietly keep the last one.
    document::<UniqueKeys>(source, bytes)?;
    Ok(value)
}

fn document<T: DeserializeOwned>(source: &Source, bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Problem::json(&source.name, bytes, &error.path().to_string(), error.inner()))?;
    reader.end().map_err(|error| Problem::json(&source.name, bytes, "", &error))?;
    Ok(value)
}

fn of_schema<T: DeserializeOwned>(source: &Source, schema: &str, found: impl Fn(&T) -> &str) -> Result<T, Problem> {
    match parse::<T>(source) {
        Ok(value) if found(&value) == schema => Ok(value),
        Ok(value) => Err(Problem::schema(&source.name, found(&value), schema)),
        // A policy read as a district fails on its first field; that it is another kind of file says more.
        Err(problem) => match parse::<Head>(source) {
            Ok(head) if head.schema != schema => Err(Problem::schema(&source.name, &head.schema, schema)),
            _ => Err(problem),
        },
    }
}

/// What all our files begin with.
#[derive(Deserialize)]
struct Head {
    schema: String,
}

/// # Errors
/// One problem when the bytes are no district file.
pub fn read_district(source: &Source) -> Result<District, Problem> {
    of_schema(source, "lunpai.district/1", |file: &District| &file.schema)
}
/// # Errors
/// One problem when the bytes are no policy file.
pub fn read_policy(source: &Source) -> Result<Policy, Problem> {
    of_schema(source, "lunpai.policy/1", |file: &Policy| &file.schema)
}
/// # Errors
/// One problem when the bytes are no plan file.
pub fn read_plan(source: &Source) -> Result<Plan, Problem> {
    of_schema(source, "lunpai.plan/1", |file: &Plan| &file.schema)
}
