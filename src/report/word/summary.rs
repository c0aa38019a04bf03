//! 方案说明: page 1 of the report as a text for the meeting, and what each school gives and gets.

use super::super::audience::Audience;
use super::super::balance::{HEADER, lines};
use super::super::facts::Figures;
use super::super::first_page::rows;
use super::super::{CLOSING, View, demo_mark};
use super::docx::Document;
use crate::check::Facts;

pub(super) fn document(view: &View, facts: &Facts, figures: &Figures) -> Document {
    // What remarks may mean is between the planner and the person: it stays in the report.
    let view = &View { warnings: &[], ..*view };
    let mut document = Document::default();
    document.title(&format!("{}方案说明{}", view.district.title.zh, demo_mark(view)));
    for row in rows(view, facts, figures, Audience::Bureau) {
        document.heading(&row.label.zh);
        for line in &row.lines {
            document.text(&line.zh);
        }
    }
    let schools = lines(facts, Audience::Bureau);
    if !schools.is_empty() {
        document.heading("各校得失");
        document.table(&HEADER.map(|head| head.0), &[20, 10, 10, 10, 10, 12, 12], &schools);
    }
    document.text(&format!("{}。", CLOSING.0));
    document
}
