//! What an `.xlsx` must not be or hold, seen before it is parsed: other formats, passwords, macros, bombs, DOCTYPE.

use super::super::book::limits;
use super::super::problems::{DAMAGED, ENCRYPTED, MACROS, OLD_FORMAT, OVER_LIMIT};
use crate::file::Source;
use crate::problem::Problem;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// First bytes of a compound file: `.xls`, or an encrypted `.xlsx`.
pub(super) const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// # Errors
/// The first reason not to read the file.
pub(super) fn judge(source: &Source) -> Result<(), Problem> {
    let name = &source.name;
    if source.bytes.starts_with(COMPOUND) {
        // The stream of an encrypted workbook bears this name, in UTF-16.
        let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if holds(&source.bytes, &package) {
            ENCRYPTED.at(name)
        } else {
            OLD_FORMAT.at(name).found("是旧格式 .xls(或 .et)", "it is in the old format .xls (or .et)")
        });
    }
    if !source.bytes.starts_with(b"PK") {
        return Err(OLD_FORMAT.at(name));
    }
    let mut parts = ZipArchive::new(Cursor::new(source.bytes.as_slice())).map_err(|error| damaged(name, &error.to_string()))?;
    if parts.len() > limits::PARTS {
        return Err(over(name, ("内部文件数", "files inside"), parts.len() as u64, limits::PARTS as u64));
    }
    let names = parts.file_names().map(|part| part.map(|part| part.to_ascii_lowercase())).collect::<Result<Vec<_>, _>>();
    let names = names.map_err(|error| damaged(name, &error.to_string()))?;
    if names.iter().any(|part| part.ends_with("vbaproject.bin")) {
        return Err(MACROS.at(name));
    }
    if names.iter().any(|part| part == "content.xml" || part == "xl/workbook.bin") {
        return Err(OLD_FORMAT.at(name).found("是 .ods 或 .xlsb 格式", "it is in the format .ods or .xlsb"));
    }
    let mut unpacked = 0;
    for (index, part_name) in names.iter().enumerate() {
        let mut part = parts.by_index(index).map_err(|error| damaged(name, &error.to_string()))?;
        if part.encrypted() {
            return Err(ENCRYPTED.at(name));
        }
        let xml = [".xml", ".rels", ".vml"].iter().any(|ending| part_name.ends_with(ending));
        let mut bytes = Vec::new();
        let room = limits::UNPACKED - unpacked + 1;
        part.by_ref().take(room).read_to_end(&mut bytes).map_err(|error| damaged(name, &error.to_string()))?;
        unpacked += bytes.len() as u64;
        if unpacked > limits::UNPACKED {
            return Err(over(name, ("解压后的字节数", "bytes unpacked"), unpacked, limits::UNPACKED));
        }
        if xml {
            judge_xml(name, part_name, &bytes)?;
        }
    }
    Ok(())
}

fn judge_xml(name: &str, part: &str, bytes: &[u8]) -> Result<(), Problem> {
    // UTF-16 could hide what is looked for; no spreadsheet program writes its parts so.
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || holds(bytes, b"<!DOCTYPE") || holds(bytes, b"<!ENTITY") {
        return Err(damaged(name, &format!("{part}: DOCTYPE")));
    }
    // The reader sets memory aside for as many texts as this attribute promises.
    let mut rest = bytes;
    while let Some(at) = find(rest, b"uniqueCount") {
        rest = &rest[at + b"uniqueCount".len()..];
        let digits = rest.iter().skip_while(|byte| matches!(byte, b' ' | b'=' | b'"' | b'\'' | b'\t' | b'\r' | b'\n'));
        let promised = digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |n, byte| n.saturating_mul(10).saturating_add(u64::from(byte - b'0')));
        if promised > limits::TEXTS {
            return Err(over(name, ("文字条数", "texts"), promised, limits::TEXTS));
        }
    }
    Ok(())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted).is_some()
}

pub(super) fn damaged(name: &str, why: &str) -> Problem {
    DAMAGED.at(name).found(format!("工作簿读不下去:{why}"), format!("the workbook cannot be read: {why}"))
}

/// Over a limit: its name, the value found, the value allowed.
pub(super) fn over(at: &str, what: (&str, &str), found: u64, limit: u64) -> Problem {
    OVER_LIMIT
        .at(at)
        .found(format!("{}达到 {found}", what.0), format!("{found} {}", what.1))
        .allowed(format!("{}不超过 {limit}", what.0), format!("at most {limit} {}", what.1))
}
