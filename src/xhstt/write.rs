//! From a solution to a standard archive: the instance as its source has it, byte for byte, and one solution.

use super::archive::{Instance, Meet, Solution};
use super::read::{parse, text, unknown_instance};
use crate::file::Source;
use crate::problem::Problem;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::borrow::Cow;
use std::io;

/// Who made a solution, for the solution group's `MetaData`.
#[derive(Debug, Clone, Copy)]
pub struct Credit<'a> {
    pub contributor: &'a str,
    /// In any form.
    pub date: &'a str,
    pub description: &'a str,
}

/// Id of the solution group of solutions that have none.
pub const OUR_GROUP: &str = "Lunpai";

/// An archive that holds the instance, copied from the source it was read from, and this solution of it, without a
/// `Report`. Preassigned resources are left out, durations and times are always written.
///
/// # Errors
/// When the source is no archive with this instance.
pub fn write_solution(source: &Source, instance: &Instance, credit: &Credit<'_>, solution: &Solution) -> Result<String, Problem> {
    let text = text(source)?;
    let document = parse(&source.name, text)?;
    let elements = document.root_element().descendants();
    let element = elements
        .filter(|node| node.tag_name().name() == "Instance")
        .find(|node| node.attribute("Id") == Some(&instance.id))
        .ok_or_else(|| unknown_instance(&source.name, &instance.id))?;
    // Prefixes that the copied part may use.
    let spaces = element.namespaces().filter(|space| space.name() != Some("xml"));
    let spaces: Vec<_> =
        spaces.map(|space| (space.name().map_or_else(|| "xmlns".to_owned(), |name| format!("xmlns:{name}")), space.uri())).collect();
    let copy = &text[element.range()];
    let bytes = written(&spaces, copy, instance, credit, solution);
    let whole = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    whole.map_err(|error| Problem::unreadable(&source.name, &error.to_string()))
}

type Out = Writer<Vec<u8>>;

fn written(spaces: &[(String, &str)], copy: &str, instance: &Instance, credit: &Credit<'_>, solution: &Solution) -> io::Result<Vec<u8>> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = out.create_element("HighSchoolTimetableArchive");
    let root = root.with_attributes(spaces.iter().map(|(name, uri)| (name.as_str(), *uri)));
    root.write_inner_content(|out| {
        out.create_element("Instances").write_inner_content(|out| {
            out.write_indent()?;
            out.write_event(Event::Text(BytesText::from_escaped(copy)))?;
            out.write_indent()
        })?;
        out.create_element("SolutionGroups").write_inner_content(|out| group(out, instance, credit, solution)).map(drop)
    })?;
    Ok(out.into_inner())
}

fn group(out: &mut Out, instance: &Instance, credit: &Credit<'_>, solution: &Solution) -> io::Result<()> {
    let id = if solution.group.is_empty() { OUR_GROUP } else { &solution.group };
    out.create_element("SolutionGroup").with_attribute(("Id", &*sound(id))).write_inner_content(|out| {
        out.create_element("MetaData").write_inner_content(|out| {
            leaf(out, "Contributor", credit.contributor)?;
            leaf(out, "Date", credit.date)?;
            leaf(out, "Description", credit.description)
        })?;
        out.create_element("Solution").with_attribute(("Reference", &*instance.id)).write_inner_content(|out| {
            if !solution.description.is_empty() {
                leaf(out, "Description", &solution.description)?;
            }
            let events = out.create_element("Events");
            events.write_inner_content(|out| solution.meets.iter().try_for_each(|it| meet(out, instance, it))).map(drop)
        })?;
        Ok(())
    })?;
    Ok(())
}

fn meet(out: &mut Out, instance: &Instance, meet: &Meet) -> io::Result<()> {
    let event = &instance.events[meet.event];
    out.create_element("Event").with_attribute(("Reference", &*event.id)).write_inner_content(|out| {
        leaf(out, "Duration", &meet.duration.to_string())?;
        if let Some(time) = meet.time {
            out.create_element("Time").with_attribute(("Reference", &*instance.times[time].id)).write_empty()?;
        }
        let open = event.resources.iter().zip(&meet.resources).filter(|(place, _)| place.preassigned.is_none());
        let assigned: Vec<_> = open.filter_map(|(place, resource)| Some((place.role.as_deref()?, (*resource)?))).collect();
        if !assigned.is_empty() {
            out.create_element("Resources").write_inner_content(|out| {
                assigned.iter().try_for_each(|(role, resource)| {
                    let resource = out.create_element("Resource").with_attribute(("Reference", &*instance.resources[*resource].id));
                    resource.write_inner_content(|out| leaf(out, "Role", role)).map(drop)
                })
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn leaf(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(&sound(text))).map(drop)
}

/// The text without the letters that XML cannot hold.
fn sound(text: &str) -> Cow<'_, str> {
    let holds = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(holds) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter(|letter| holds(*letter)).collect()) }
}
