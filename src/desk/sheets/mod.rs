//! The sheets: one file each, with its headings and their synonyms, how a cell is read and how it is written.

mod bells;
mod blocks;
mod bodies;
mod classes;
mod clubs;
mod courses;
mod curriculum;
mod groups;
mod help;
mod history;
mod kin;
mod locks;
mod mentors;
mod openings;
mod pending;
mod people;
mod rooms;
mod rosters;
mod rules;
mod schools;
mod sites;
mod staff;
mod subjects;
mod term;
mod trips;
mod wishes;

pub(super) use people::People;
pub(super) use schools::Schools;
pub(super) use term::{DISTRICT, Stamp, VERSION, stamp};

use super::book::Cell;
use super::column::{Misread, Page, page};
use super::draft::Draft;
use super::lookup::Lookup;
use super::tabs::Form;
use crate::file::{District, Policy, Text};

macro_rules! sheets {
    ($($file:ident :: $Sheet:ident $($core:ident)?),+ $(,)?) => {
        /// What each kind of sheet is known by.
        pub(super) fn forms() -> Vec<Form> {
            vec![$(Form::of::<$file::$Sheet>()),+]
        }

        /// Every sheet of a district, in the order of the template. Sheets marked `core` stand in every template; the
        /// others where there is something to say in them, or where `whole` asks for all.
        pub(super) fn pages(district: &District, policy: &Policy, whole: bool) -> Vec<Page> {
            let lookup = Lookup::of(district);
            let mut pages = Vec::new();
            $({
                let rows = $file::write(district, policy);
                if whole || !rows.is_empty() $(|| stringify!($core) == "core")? {
                    pages.push(page::<$file::$Sheet>(&rows, &lookup));
                }
            })+
            pages.push(help::page(&pages));
            pages
        }
    };
}

sheets! {
    people::People core,
    schools::Schools core,
    classes::Classes core,
    curriculum::Curriculum core,
    rooms::Rooms core,
    trips::Trips core,
    wishes::WishList core,
    rules::Rules core,
    blocks::Blocks core,
    locks::Locks core,
    term::TermSheet core,
    subjects::Subjects,
    bells::Bells,
    groups::Groups,
    bodies::Bodies,
    courses::Courses,
    sites::Sites,
    openings::Openings,
    kin::KinList,
    mentors::Mentors,
    rosters::Rosters,
    clubs::Clubs,
    history::History,
    pending::PendingList,
}

/// Reads every sheet, those first that others refer to.
pub(super) fn read(draft: &mut Draft) {
    term::read(draft);
    subjects::read(draft);
    schools::read(draft);
    sites::read(draft);
    openings::read(draft);
    bells::read(draft);
    groups::read(draft);
    bodies::read(draft);
    trips::read(draft);
    people::read(draft);
    wishes::read(draft);
    kin::read(draft);
    mentors::read(draft);
    history::read(draft);
    classes::read(draft);
    bells::judge(draft);
    curriculum::read(draft);
    courses::read(draft);
    rooms::read(draft);
    blocks::read(draft);
    rosters::read(draft);
    clubs::read(draft);
    locks::read(draft);
    pending::read(draft);
    rules::read(draft);
}

/// Sets a field: what most columns do.
#[allow(clippy::unnecessary_wraps)] // the shape of a column's reader
pub(super) fn put<T>(field: &mut T, value: T) -> Result<(), Misread> {
    *field = value;
    Ok(())
}

/// The English words, blank where they are the Chinese ones.
fn english(text: &Text) -> &str {
    if text.en == text.zh { "" } else { &text.en }
}
/// English words not given are the Chinese ones.
fn or_same(text: &mut Text) {
    if text.en.is_empty() {
        text.en.clone_from(&text.zh);
    }
}

/// A part of a cell as a cell of its own.
fn cell(text: &str) -> Cell {
    Cell::from_text(text)
}
