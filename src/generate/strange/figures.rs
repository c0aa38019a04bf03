//! What a strange district turned out to be like, counted from district and witness.

use super::mode::Mode;
use super::sketch::Sketch;
use super::written::Ids;
use crate::file::{District, Half};
use serde::Serialize;
use std::fmt;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub modes: Vec<String>,
    pub schools: usize,
    pub groups: usize,
    pub classes: usize,
    pub people: usize,
    pub bells: usize,
    /// Periods of the classes in a week, and the cells open to them outside the evening.
    pub periods: usize,
    pub open_cells: usize,
    pub evening_cells: usize,
    pub courses: usize,
    pub given: usize,
    /// Lessons of odd or of even weeks only.
    pub fortnightly: usize,
    /// In the witness: people posted, people who teach at another school and their periods in a cycle.
    pub moved: usize,
    pub travellers: usize,
    pub periods_away: u32,
    pub lent: usize,
    /// Grades of a school with one class.
    pub single_classes: usize,
    pub remarks: usize,
    /// Rows of last term's plan.
    pub baseline_rows: usize,
}

pub(super) fn figures(sketch: &Sketch, ids: &Ids, district: &District) -> Figures {
    let away = |person: usize| {
        let host = sketch.staff[person].visit.as_ref().map(|visit| visit.host);
        let there = (0..sketch.courses.len()).filter(|course| sketch.courses[*course].teacher == Some(person));
        there.filter(|course| host == Some(sketch.place_of(*course))).map(|course| sketch.load(course)).sum::<u32>()
    };
    let away: Vec<u32> = (0..sketch.staff.len()).map(away).filter(|periods| *periods > 0).collect();
    let open = |evening: bool| -> usize {
        let of = |class: usize| {
            let open = sketch.slots(class).iter().filter(|slot| !sketch.classes[class].closed.contains(&slot.at));
            open.filter(|slot| (slot.half == Half::Eve) == evening).count()
        };
        (0..sketch.classes.len()).map(of).sum()
    };
    let baseline = district.baseline.as_ref();
    Figures {
        modes: sketch.traits.modes.iter().map(|mode| Mode::id(*mode).to_owned()).collect(),
        schools: district.schools.len(),
        groups: district.groups.len(),
        classes: district.classes.len(),
        people: district.people.len(),
        bells: district.bells.len(),
        periods: sketch.classes.iter().map(|class| class.slots.len()).sum(),
        open_cells: open(false),
        evening_cells: open(true),
        courses: sketch.courses.len(),
        given: ids.given.len(),
        fortnightly: sketch.courses.iter().filter(|course| course.partner.is_some()).count(),
        moved: sketch.staff.iter().filter(|hire| hire.swaps_with.is_some()).count(),
        travellers: away.len(),
        periods_away: away.iter().sum(),
        lent: sketch.staff.iter().filter(|hire| hire.lent_by.is_some()).count(),
        single_classes: sketch.places.iter().map(|place| place.classes.iter().filter(|count| **count == 1).count()).sum(),
        remarks: district.pending.len(),
        baseline_rows: baseline
            .map_or(0, |plan| plan.postings.len() + plan.teaching.len() + plan.class_teachers.len() + plan.timetable.len()),
    }
}

impl Figures {
    /// Periods over open cells.
    pub fn fill_permille(&self) -> usize {
        self.periods * 1_000 / self.open_cells.max(1)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fill = self.fill_permille();
        writeln!(f, "样式 modes {}", self.modes.join(" "))?;
        writeln!(
            f,
            "学校 schools {} · 学区 groups {} · 班 classes {}(单班年级 single {})· 人 people {} · 作息 bells {}",
            self.schools, self.groups, self.classes, self.single_classes, self.people, self.bells
        )?;
        writeln!(
            f,
            "课时 periods {} · 课表占满 grid full {}.{} % · 晚上节次 evening cells {} · 单双周课 odd or even weeks {}",
            self.periods,
            fill / 10,
            fill % 10,
            self.evening_cells,
            self.fortnightly
        )?;
        writeln!(
            f,
            "课程 courses {} · 已定教师 given {} · 借调 lent {} · 备注 remarks {} · 上学期 last term's rows {}",
            self.courses, self.given, self.lent, self.remarks, self.baseline_rows
        )?;
        writeln!(
            f,
            "见证方案 the witness: 交流 moved {} · 跨校兼课 travellers {} ({} 课时 periods)",
            self.moved, self.travellers, self.periods_away
        )
    }
}
