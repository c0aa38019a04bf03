//! A district that may be shown to strangers: new ids, no names, dates moved, the same structure.
//!
//! Dates move by 28 years, after which weekdays and leap days fall alike, so that ages, terms and make-up days keep their meaning.
//! Subjects, bells, numbers of pupils, minutes and certificates stay: they are the structure.

use crate::file::District;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const YEARS: u16 = 28;

/// Old id → new id, by sort of thing.
#[derive(Default)]
struct Masks {
    schools: BTreeMap<String, String>,
    sites: BTreeMap<String, String>,
    people: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
    courses: BTreeMap<String, String>,
    rooms: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    blocks: BTreeMap<String, String>,
    rosters: BTreeMap<String, String>,
    clubs: BTreeMap<String, String>,
    openings: BTreeMap<String, String>,
}

/// The same district for strangers. The same district gives the same answer.
///
/// # Errors
/// The words of the reader, should the result be no district; that is a defect.
pub fn anonymise(district: &District) -> Result<District, String> {
    let masks = Masks::of(district);
    let mut plain = district.clone();
    plain.names.clear();
    plain.note = None;
    if let Some((east, north)) = plain.schools.iter().flat_map(|school| &school.sites).find_map(|site| site.east_north_m) {
        let sites = plain.schools.iter_mut().flat_map(|school| &mut school.sites);
        sites.filter_map(|site| site.east_north_m.as_mut()).for_each(|at| *at = (at.0 - east, at.1 - north));
    }
    let mut value = serde_json::to_value(&plain).map_err(|error| error.to_string())?;
    masks.hide(&mut value, "district");
    name_things(&mut value);
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// `S01`, `S02` … for ids in their order.
fn numbered<'a>(letter: &str, ids: impl Iterator<Item = &'a String>) -> BTreeMap<String, String> {
    let ids: Vec<&String> = ids.collect();
    let digits = ids.len().to_string().len().max(2);
    ids.into_iter().zip(1..).map(|(id, number)| (id.clone(), format!("{letter}{number:0digits$}"))).collect()
}

impl Masks {
    fn of(district: &District) -> Self {
        let schools = || district.schools.iter();
        Self {
            schools: numbered("S", schools().map(|school| &school.id)),
            sites: numbered("C", schools().flat_map(|school| &school.sites).map(|site| &site.id)),
            people: numbered("P", district.people.iter().map(|person| &person.id)),
            classes: numbered("K", district.classes.iter().map(|class| &class.id)),
            courses: numbered("X", district.courses.iter().map(|course| &course.id)),
            rooms: numbered("R", district.rooms.iter().map(|room| &room.id)),
            groups: numbered("G", district.groups.iter().map(|group| &group.id)),
            blocks: numbered("B", district.blocks.iter().map(|block| &block.id)),
            rosters: numbered("D", district.rosters.iter().map(|roster| &roster.id)),
            clubs: numbered("U", district.clubs.iter().map(|club| &club.id)),
            openings: numbered("O", schools().flat_map(|school| &school.openings).map(|opening| &opening.id)),
        }
    }

    /// Replaces ids and dates below a field; `list` is the list of the district that holds the object.
    fn hide(&self, value: &mut Value, list: &str) {
        let Value::Object(fields) = value else { return };
        for (key, value) in fields.iter_mut() {
            match value {
                Value::String(text) => *text = self.hidden(list, key, text),
                Value::Array(items) => {
                    for item in items {
                        match item {
                            Value::String(text) => *text = self.hidden(list, key, text),
                            item => self.hide(item, key),
                        }
                    }
                }
                Value::Object(_) if key == "teaches_as" => moved_keys(value),
                value => self.hide(value, key),
            }
        }
    }

    /// An id by the field it stands in, else a date, else what was there.
    fn hidden(&self, list: &str, key: &str, text: &str) -> String {
        let of = |masks: &[&BTreeMap<String, String>]| masks.iter().find_map(|mask| mask.get(text).cloned());
        let known = match (list, key) {
            ("district", "id") | ("baseline", "district") => Some("anonymous".to_owned()),
            ("sites", "id") | (_, "site") | ("trips", "from" | "to") => of(&[&self.sites, &self.schools]),
            ("schools", "id")
            | (_, "employer" | "works_at" | "school" | "lead" | "members" | "schools" | "posted_to" | "open_to" | "wish" | "from" | "to") => {
                of(&[&self.schools])
            }
            ("people", "id") | (_, "person" | "people" | "teacher" | "class_teacher" | "mentor" | "about") => of(&[&self.people]),
            ("classes", "id") | (_, "class" | "classes") => of(&[&self.classes]),
            ("courses", "id") | (_, "course") => self.courses.get(text).cloned().or_else(|| self.derived(text)),
            ("rooms", "id") | (_, "room") => of(&[&self.rooms]),
            ("rosters", "id") | (_, "roster") => of(&[&self.rosters]),
            ("clubs", "id") | (_, "club") => of(&[&self.clubs]),
            ("groups", "id") => of(&[&self.groups]),
            ("blocks", "id") | (_, "block") => of(&[&self.blocks]),
            ("openings", "id") => of(&[&self.openings]),
            _ => None,
        };
        known.or_else(|| moved(text)).unwrap_or_else(|| text.to_owned())
    }

    /// The course of a class and subject: `class.subject`.
    fn derived(&self, course: &str) -> Option<String> {
        let (class, subject) = course.rsplit_once('.')?;
        Some(format!("{}.{subject}", self.classes.get(class)?))
    }
}

/// `2026-09`, `2026-09-01` and the term `2026-1`, later by [`YEARS`].
fn moved(text: &str) -> Option<String> {
    let (year, rest) = text.split_at_checked(4)?;
    let rest_is = |lengths: &[usize]| {
        lengths.contains(&rest.len()) && rest.starts_with('-') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    let year: u16 = year.parse().ok().filter(|_| rest_is(&[2, 3, 6]))?;
    Some(format!("{:04}{rest}", year + YEARS))
}

fn moved_keys(value: &mut Value) {
    if let Value::Object(fields) = value {
        let old = std::mem::take(fields);
        *fields = old.into_iter().map(|(key, value)| (moved(&key).unwrap_or(key), value)).collect::<Map<_, _>>();
    }
}

/// Words for things that had names: by sort and number.
fn name_things(value: &mut Value) {
    value["title"] = text("匿名学区", "Anonymous district");
    let words = [
        ("schools", "学校", "School"),
        ("groups", "共同体", "Group"),
        ("rooms", "专用教室", "Room"),
        ("blocks", "固定安排", "Fixed time"),
        ("rosters", "值班", "Roster"),
        ("clubs", "社团", "Club"),
        ("classes", "班", "Class"),
    ];
    for (list, zh, en) in words {
        for (item, number) in items(value, list).zip(1..) {
            for (site, of) in items(item, "sites").zip(1..) {
                site["name"] = text(&format!("学校{number}校区{of}"), &format!("School {number} campus {of}"));
            }
            let grade = item.get("grade").and_then(Value::as_u64);
            if let Some(name) = item.get_mut("name") {
                *name = match grade {
                    Some(grade) => text(&format!("{grade}年级{zh}{number}"), &format!("Grade {grade} {en} {number}")),
                    None => text(&format!("{zh}{number}"), &format!("{en} {number}")),
                };
            }
        }
    }
}

/// The items of a list that may not be there.
fn items<'a>(value: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten()
}

fn text(zh: &str, en: &str) -> Value {
    json!({ "zh": zh, "en": en })
}
