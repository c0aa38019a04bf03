//! People and where they work, before the plan's postings and after.

use super::Places;
use crate::file::{District, Form, Month, Part, Person, Plan, Posting};
use std::collections::BTreeMap;

pub struct People<'a> {
    pub(crate) list: &'a [Person],
    at: BTreeMap<&'a str, usize>,
    /// School that holds their post (编制).
    pub(crate) home: Vec<Option<usize>>,
    /// School they work at before the plan's postings.
    pub(crate) before: Vec<Option<usize>>,
    /// … and after.
    pub(crate) working: Vec<Option<usize>>,
    /// By person: the posting of the plan (the first, should there be two) and where it leads.
    pub(crate) posting: Vec<Option<(&'a Posting, usize)>>,
    /// First month of the term.
    pub(crate) term_start: Option<Month>,
}

/// Postings of these forms change the working school; 跟岗 and 交叉任职 do not.
pub(crate) fn changes_school(form: Form) -> bool {
    !matches!(form, Form::Shadowing | Form::Concurrent)
}

impl<'a> People<'a> {
    pub(super) fn of(district: &'a District, plan: &'a Plan, places: &Places) -> Self {
        let list = &district.people[..];
        let mut at = BTreeMap::new();
        for (number, person) in list.iter().enumerate() {
            at.entry(person.id.as_str()).or_insert(number);
        }
        let home = list.iter().map(|person| places.school(&person.employer)).collect();
        let before: Vec<_> = list.iter().map(|person| places.school(person.works_at.as_deref().unwrap_or(&person.employer))).collect();
        let mut working = before.clone();
        let mut posting = vec![None; list.len()];
        let rows = if plan.parts.contains(&Part::Postings) { &plan.postings[..] } else { &[] };
        for row in rows {
            let (Some(&person), Some(to)) = (at.get(row.person.as_str()), places.school(&row.to)) else { continue };
            if posting[person].is_none() {
                posting[person] = Some((row, to));
                if changes_school(row.form) {
                    working[person] = Some(to);
                }
            }
        }
        let term_start = district.term.as_ref().and_then(|term| Month::parse(term.first_day.get(..7)?));
        Self { list, at, home, before, working, posting, term_start }
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.at.get(id).copied()
    }
    /// Everybody with a row in the plan, the row and where it leads.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'a Posting, usize)> + '_ {
        self.posting.iter().enumerate().filter_map(|(person, posting)| posting.map(|(row, to)| (person, row, to)))
    }
    /// Everybody posted; coming home to the school of one's post is no posting.
    pub(crate) fn posted(&self) -> impl Iterator<Item = (usize, &'a Posting, usize)> + '_ {
        self.rows().filter(|(person, _, to)| self.home[*person] != Some(*to))
    }
}
