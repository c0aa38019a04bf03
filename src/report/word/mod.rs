//! What goes to a meeting, onto a notice board and to the people concerned, as Word documents to be edited.

mod docx;
mod handover;
mod letters;
mod notice;
mod summary;

use super::facts::Figures;
use super::order::{Names, Order};
use super::{CLOSING, DEMO, View};
use crate::check::{Facts, changes_school};
use crate::file::Posting;
use docx::Document;
use std::cmp::Ordering;

/// Somebody posted to another school.
struct Posted<'a> {
    person: usize,
    row: &'a Posting,
    from: Option<usize>,
    to: usize,
}

/// (file name, bytes); lists of people only where somebody is posted.
pub(super) fn documents(view: &View, facts: &Facts, figures: &Figures, order: Order) -> Vec<(String, Vec<u8>)> {
    let mut documents = vec![("方案说明.docx".to_owned(), summary::document(view, facts, figures))];
    let posted = posted(facts, order);
    if !posted.is_empty() {
        documents.push(("公示名单.docx".to_owned(), notice::document(view, facts, &posted)));
        documents.push(("交流通知书.docx".to_owned(), letters::document(view, facts, &posted)));
        documents.push(("交接清单.docx".to_owned(), handover::document(view, facts, posted.iter())));
        for (school, entry) in facts.places.schools.iter().enumerate() {
            let own: Vec<&Posted> = posted.iter().filter(|posted| posted.from == Some(school) && changes_school(posted.row.form)).collect();
            if !own.is_empty() {
                let name = format!("交接清单.school-{}.docx", crate::job::safe_name(&entry.id));
                documents.push((name, handover::document(view, facts, own.into_iter())));
            }
        }
    }
    let footer = if view.district.demo { format!("{}  {}", DEMO.0, CLOSING.0) } else { CLOSING.0.to_owned() };
    let packed = |(name, document): (String, Document)| Some((name, document.bytes(&footer).ok()?));
    documents.into_iter().filter_map(packed).collect()
}

fn posted<'a>(facts: &'a Facts, order: Order) -> Vec<Posted<'a>> {
    let names = Names::new();
    let mut posted: Vec<Posted> =
        facts.people.posted().map(|(person, row, to)| Posted { person, row, from: facts.people.before[person], to }).collect();
    let name = |posted: &Posted| super::grids::call(facts, posted.person);
    posted.sort_by(|a, b| {
        let (one, other) = (name(a), name(b));
        let first = match order {
            Order::Strokes => Ordering::Equal,
            Order::Pinyin => names.by_pinyin(&one, &other),
            Order::School => a.from.cmp(&b.from),
        };
        // People who share a name stand in the order of their ids.
        first.then_with(|| names.by_strokes(&one, &other)).then_with(|| a.row.person.cmp(&b.row.person))
    });
    posted
}

/// `2026-1` to `2029-2` → 2026年9月至2030年7月; ids of another form as they are.
fn terms(row: &Posting) -> String {
    let of = |id: &str| {
        let (year, term) = id.split_once('-')?;
        Some((
            year.parse::<u16>().ok().filter(|year| (1949..9000).contains(year))?,
            term.parse::<u8>().ok().filter(|n| (1..=2).contains(n))?,
        ))
    };
    let from = of(&row.from_term).map(|(year, term)| if term == 1 { format!("{year}年9月") } else { format!("{}年2月", year + 1) });
    let to = row.to_term.as_ref().map(|id| {
        let month = of(id).map(|(year, term)| format!("{}年{}月", year + 1, if term == 1 { 1 } else { 7 }));
        month.unwrap_or_else(|| id.clone())
    });
    let from = from.unwrap_or_else(|| row.from_term.clone());
    to.map_or_else(|| format!("{from}起(期限另定)"), |to| format!("{from}至{to}"))
}
