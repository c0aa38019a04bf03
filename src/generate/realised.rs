//! What an invented district turned out to be like, counted from the district itself.

use super::standard;
use crate::file::{Category, Class, District, Room, Stage, Text};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Counts and shares; shares in permille of the thing named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Realised {
    pub schools: usize,
    pub groups: usize,
    pub classes: usize,
    pub people: usize,
    pub lessons: u32,
    pub periods: u32,
    /// Periods of the classes over open cells.
    pub grid_full_permille: u32,
    /// Specialist periods beyond the caps of the school's own teachers.
    pub uncoverable_at_home: u32,
    pub uncoverable_at_home_permille: u32,
    /// At least so many must teach at other schools (two hosts each).
    pub travellers_needed: u32,
    /// Use of the most used shared laboratory: its lessons over the junior cells in which it is open.
    pub shared_lab_use_permille: u32,
    /// Cells in which a teacher is unavailable over the cells of the school's bell.
    pub blocked_permille: u32,
    /// Pupils of the largest school over those of the smallest, in tenths.
    pub size_ratio_tenths: u32,
    /// Conflicts planted on purpose.
    pub planted: Vec<Text>,
}

pub(super) fn measure(district: &District, groups: usize, planted: Vec<Text>) -> Realised {
    let mut realised = Realised {
        schools: district.schools.len(),
        groups,
        classes: district.classes.len(),
        people: district.people.len(),
        planted,
        ..Realised::default()
    };
    let mut cells = 0;
    for class in &district.classes {
        cells += if class.grade <= 6 { 30 } else { 35 } - class.closed.len() as u32;
        for &(subject, _) in standard::HOURS {
            let periods = u32::from(standard::hours(subject, class.grade));
            realised.periods += periods;
            realised.lessons += periods - u32::from(doubles(subject, class.grade));
        }
    }
    realised.grid_full_permille = permille(realised.periods, cells);
    (realised.uncoverable_at_home, realised.travellers_needed) = shortage(district);
    realised.uncoverable_at_home_permille = permille(realised.uncoverable_at_home, realised.periods);
    realised.shared_lab_use_permille = district.rooms.iter().map(|room| lab_use(district, room)).max().unwrap_or_default();
    realised.blocked_permille = blocked(district);
    let pupils = district.schools.iter().map(|school| school.pupils.values().sum::<u32>());
    realised.size_ratio_tenths = pupils.clone().max().unwrap_or_default() * 10 / pupils.min().unwrap_or_default().max(1);
    realised
}

fn permille(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 1000 / u64::from(whole).max(1)) as u32
}

fn doubles(subject: &str, grade: u8) -> bool {
    standard::curriculum(grade..=grade).iter().any(|line| line.subject == subject && line.doubles > 0)
}

/// Periods that the school's own teachers cannot take under their caps, and how many people from elsewhere that needs:
/// one subject and two host schools each, never more than their cap.
fn shortage(district: &District) -> (u32, u32) {
    let group_of: BTreeMap<&str, usize> = district
        .groups
        .iter()
        .enumerate()
        .flat_map(|(index, group)| group.lead.iter().chain(&group.members).map(move |school| (school.as_str(), index)))
        .collect();
    let mut need: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for class in &district.classes {
        for subject in district.subjects.iter().filter(|subject| !subject.any_teacher) {
            *need.entry((&class.school, &subject.id)).or_default() += u32::from(standard::hours(&subject.id, class.grade));
        }
    }
    let mut short: BTreeMap<(usize, &str), (u32, u32)> = BTreeMap::new();
    let mut total = 0;
    for ((school, subject), periods) in need {
        let qualified = |person: &&crate::file::Person| {
            person.category == Category::Teacher && person.employer == school && person.subjects.iter().any(|held| held.subject == subject)
        };
        let cover: u32 = district.people.iter().filter(qualified).map(|person| person.load_cap).sum();
        if periods > cover {
            total += periods - cover;
            let entry = short.entry((group_of[school], subject)).or_default();
            *entry = (entry.0 + 1, entry.1 + periods - cover);
        }
    }
    (total, short.values().map(|&(schools, periods)| schools.div_ceil(2).max(periods.div_ceil(20))).sum())
}

/// A guest's double takes two junior cells, an own lesson one.
fn lab_use(district: &District, room: &Room) -> u32 {
    if room.open_to.is_empty() {
        return 0;
    }
    let here = |class: &&Class| {
        let line = district.curriculum.iter().find(|line| {
            line.grade == class.grade
                && line.room.as_ref().is_some_and(|need| need.kind == room.kind)
                && (line.schools.is_empty() || line.schools.contains(&class.school))
        });
        line.and_then(|line| line.room.as_ref()).is_some_and(|need| need.site.as_ref().is_none_or(|site| *site == room.site))
            && (room.open_to.contains(&class.school) || room.site == super::layout::site(&class.school))
    };
    let used: u32 = district.classes.iter().filter(here).map(|class| if class.grade <= 6 { 2 } else { 1 }).sum();
    let bell = standard::junior_bell();
    let open = |weekday: u8, cell: &crate::file::Cell| {
        room.open.is_empty()
            || room.open.iter().any(|window| window.weekday == weekday && window.from <= cell.start && cell.end <= window.to)
    };
    let cells: usize = bell
        .weekdays
        .iter()
        .map(|&weekday| bell.cells.iter().enumerate().filter(|(index, cell)| (weekday, *index) != (5, 6) && open(weekday, cell)).count())
        .sum();
    permille(used, cells as u32 * room.units)
}

fn blocked(district: &District) -> u32 {
    let bells = [standard::primary_bell(), standard::junior_bell()];
    let junior: BTreeMap<&str, bool> =
        district.schools.iter().map(|school| (school.id.as_str(), school.stages.contains(&Stage::Junior))).collect();
    let (mut blocked, mut all) = (0, 0);
    for person in district.people.iter().filter(|person| person.category == Category::Teacher) {
        let bell = &bells[usize::from(junior[person.employer.as_str()])];
        for &weekday in &bell.weekdays {
            for cell in &bell.cells {
                all += 1;
                blocked += u32::from(
                    person.unavailable.iter().any(|window| window.weekday == weekday && cell.start < window.to && window.from < cell.end),
                );
            }
        }
    }
    permille(blocked, all)
}

impl fmt::Display for Realised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |permille: u32| format!("{}.{} %", permille / 10, permille % 10);
        writeln!(
            f,
            "学校 schools {} · 学区 groups {} · 班 classes {} · 人 people {}",
            self.schools, self.groups, self.classes, self.people
        )?;
        writeln!(
            f,
            "课 lessons {} · 课时 periods {} · 课表占满 grid full {}",
            self.lessons,
            self.periods,
            percent(self.grid_full_permille)
        )?;
        writeln!(
            f,
            "本校无人可上 uncoverable at home {} ({}) · 至少需兼课 travellers needed {}",
            self.uncoverable_at_home,
            percent(self.uncoverable_at_home_permille),
            self.travellers_needed
        )?;
        writeln!(
            f,
            "共享实验室使用率 shared lab use {} · 教师不可用节 blocked cells {} · 规模比 size ratio {}.{}:1",
            percent(self.shared_lab_use_permille),
            percent(self.blocked_permille),
            self.size_ratio_tenths / 10,
            self.size_ratio_tenths % 10
        )?;
        for planted in &self.planted {
            writeln!(f, "故意排不出 impossible on purpose: {} / {}", planted.zh, planted.en)?;
        }
        Ok(())
    }
}
