//! From bytes to an [`Archive`]: every problem at once, each with line, column and the path of its element.
//!
//! What nobody could evaluate exactly is refused rather than passed over: an unknown constraint, an unknown element of a
//! constraint. `Report` and `MetaData` are not looked into; a report inside a file may be stale.

mod constraints;
mod element;
mod instance;
mod kinds;
mod names;
mod solution;

use super::archive::{Archive, Instance};
use crate::file::Source;
use crate::problem::{Problem, WRONG_ENCODING};
use element::{Desk, Element, short};
pub use kinds::KINDS;
pub(super) use kinds::LIMIT;
use kinds::{DTD, MALFORMED, UNKNOWN_REFERENCE, WHICH};
use names::{Ids, Known};
use roxmltree::{Document, Error, ParsingOptions};

/// Larger files are refused (bytes).
pub const MAX_BYTES: usize = 64 << 20;

/// Elements, texts and comments of one file.
const MAX_NODES: u32 = 8_000_000;

/// Reads an archive. Missing durations and preassignments of its solutions are filled in.
///
/// # Errors
/// All problems found, as far as they can be told apart (at most 200).
pub fn read_archive(source: &Source) -> Result<Archive, Vec<Problem>> {
    let text = text(source).map_err(|problem| vec![problem])?;
    let document = parse(&source.name, text).map_err(|problem| vec![problem])?;
    let desk = Desk::new(&source.name, text);
    let archive = archive(Element::root(&document, &desk));
    let found = desk.found();
    if found.is_empty() { Ok(archive) } else { Err(found) }
}

/// The text of a file without a byte order mark.
pub(super) fn text(source: &Source) -> Result<&str, Problem> {
    if source.bytes.len() > MAX_BYTES {
        return Err(Problem::too_large(&source.name, MAX_BYTES));
    }
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::empty(&source.name).allowed("一个 XML 文件", "one XML document"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        WRONG_ENCODING.at(format!("{}: line {line}", source.name))
    })
}

/// Well-formed XML without a document type.
pub(super) fn parse<'d>(file: &str, text: &'d str) -> Result<Document<'d>, Problem> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match &error {
        Error::DtdDetected => DTD.at(format!("{file}: 1:1")),
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => LIMIT
            .at(format!("{file}: 1:1"))
            .found(format!("文件里的元素过多:{error}"), format!("too many elements: {error}"))
            .allowed(format!("最多 {MAX_NODES} 个"), format!("at most {MAX_NODES}")),
        _ => {
            let at = error.pos();
            // The library does not say where a text ends too early.
            let early = matches!(error, Error::UnexpectedEndOfStream | Error::UnclosedRootNode);
            let (line, column) = if early { end(text) } else { (at.row as usize, at.col as usize) };
            let words = error.to_string();
            MALFORMED
                .at(format!("{file}: {line}:{column}"))
                .found(format!("{}:{words}", MALFORMED.title.0), format!("{}: {words}", MALFORMED.title.1))
        }
    })
}

/// Line and column after the last letter.
fn end(text: &str) -> (usize, usize) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, last.chars().count() + 1)
}

/// What is told when a file has no such instance.
pub(super) fn unknown_instance(file: &str, id: &str) -> Problem {
    let id = short(id);
    UNKNOWN_REFERENCE.at(file).found(format!("没有 Id 为 `{id}` 的实例"), format!("no instance has the Id `{id}`")).of(id)
}

/// Ids that are listed where one of them is asked for.
const LISTED: usize = 50;

/// The instance with this Id; without one, the only instance.
///
/// # Errors
/// `E-XHSTT-012` with the Ids there are.
pub fn choose(file: &str, archive: &Archive, id: Option<&str>) -> Result<usize, Problem> {
    let count = archive.instances.len();
    let (index, zh, en) = match id.map(|id| (id, short(id))) {
        Some((id, short)) => {
            let index = archive.instances.iter().position(|instance| instance.id == id);
            (index, format!("没有 Id 为 `{short}` 的实例"), format!("no instance has the Id `{short}`"))
        }
        None => ((count == 1).then_some(0), format!("文件里有 {count} 个实例"), format!("the file has {count} instances")),
    };
    index.ok_or_else(|| {
        let ids: Vec<String> = archive.instances.iter().take(LISTED).map(|instance| short(&instance.id)).collect();
        let more = if count > LISTED { " …" } else { "" };
        let ids = ids.join(" ") + more;
        let (ids_zh, ids_en) = if count == 0 { ("有实例的文件", "a file with an instance") } else { (ids.as_str(), ids.as_str()) };
        WHICH.at(file).found(zh, en).allowed(ids_zh, ids_en)
    })
}

fn archive(root: Element<'_>) -> Archive {
    let mut archive = Archive { instances: Vec::new(), solutions: Vec::new() };
    if !root.is_called("HighSchoolTimetableArchive") {
        return archive;
    }
    root.shape(&[], &["MetaData", "Instances", "SolutionGroups"]);
    let mut ids = Ids::new(("实例", "instance"));
    let mut known: Vec<Known<'_>> = Vec::new();
    for element in root.listed("Instances", &["Instance"]) {
        ids.add(element, known.len());
        let (instance, names) = instance::read(element);
        archive.instances.push(instance);
        known.push(names);
    }
    if root.desk.is_full() {
        return archive;
    }
    let mut groups = Ids::new(("解的组", "solution group"));
    for (number, group) in root.listed("SolutionGroups", &["SolutionGroup"]).into_iter().enumerate() {
        groups.add(group, number);
        for element in group.children().filter(|child| child.name() != "MetaData") {
            if element.is_called("Solution")
                && let Some(index) = ids.of(element)
            {
                let instance: &Instance = &archive.instances[index];
                archive.solutions.push(solution::read(element, group, index, instance, &known[index]));
            }
        }
    }
    archive
}
