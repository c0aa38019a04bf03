//! Sizes: refused before any heavy work, with the name of the limit.

use crate::file::{District, Plan, Policy};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const TOO_MANY: Kind = Kind::error(
    "E-LIMIT-001",
    ("数量超过限额", "more entries than the limit"),
    ("限额以内的数量", "a number within the limit"),
    ("请确认选对了文件,或按学区拆成几个文件", "make sure this is the right file, or split it by district"),
);
const TOO_MANY_PERIODS: Kind = Kind::error(
    "E-LIMIT-002",
    ("课时总数超过限额", "more periods in all than the limit"),
    ("每周课时总数不超过 5000000(限额 `periods`)", "at most 5000000 periods a week in all (limit `periods`)"),
    ("请检查课程计划的课时数,或按学区拆成几个文件", "check the periods of the curriculum, or split the file by district"),
);

pub const KINDS: &[&Kind] = &[&TOO_MANY, &TOO_MANY_PERIODS];

const PERIODS: u64 = 5_000_000;

pub fn judge(file: &str, district: &District, policy: Option<(&str, &Policy)>, plan: Option<(&str, &Plan)>, found: &mut Vec<Problem>) {
    district_sizes(file, district, found);
    if let Some((file, policy)) = policy {
        for (path, count, limit) in [("clauses", policy.clauses.len(), 2_000), ("decisions", policy.decisions.len(), 2_000)] {
            too_many(file, path, count, limit, found);
        }
    }
    if let Some((file, plan)) = plan {
        plan_sizes(file, "", plan, found);
    }
    if let Some(plan) = &district.baseline {
        plan_sizes(file, "baseline.", plan, found);
    }
    if found.is_empty() {
        too_many_periods(file, district, found);
    }
}

fn district_sizes(file: &str, district: &District, found: &mut Vec<Problem>) {
    let sites = district.schools.iter().map(|school| school.sites.len()).sum();
    let stages = district.schools.iter().map(|school| school.stages.len()).max().unwrap_or(0);
    let members = district.groups.iter().map(|group| group.members.len()).sum();
    let mut pools: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for room in &district.rooms {
        *pools.entry((&room.site, &room.kind)).or_default() += 1;
    }
    let pool = pools.into_values().max().unwrap_or(0);
    let cells = district.bells.iter().map(|bell| bell.cells.len().max(bell.days.values().map(Vec::len).max().unwrap_or(0))).max();
    for (path, count, limit) in [
        ("subjects", district.subjects.len(), 1_000),
        ("bells", district.bells.len(), 5_000),
        ("bells[].cells", cells.unwrap_or(0), 40),
        ("schools", district.schools.len(), 2_000),
        ("schools[].stages", stages, 10),
        ("schools[].sites", sites, 4_000),
        ("groups", district.groups.len(), 2_000),
        ("groups[].members", members, 20_000),
        ("travel.trips", district.travel.trips.len(), 4_000_000),
        ("people", district.people.len(), 200_000),
        ("names", district.names.len(), 200_000),
        ("curriculum", district.curriculum.len(), 20_000),
        ("classes", district.classes.len(), 50_000),
        ("courses", district.courses.len(), 200_000),
        ("rooms", district.rooms.len(), 50_000),
        ("rooms of one kind at a site", pool, 500),
        ("blocks", district.blocks.len(), 20_000),
        ("rosters", district.rosters.len(), 2_000),
        ("clubs", district.clubs.len(), 5_000),
        ("pending", district.pending.len(), 200_000),
        ("locked_lessons", district.locked_lessons.len(), 1_000_000),
    ] {
        too_many(file, path, count, limit, found);
    }
}

fn plan_sizes(file: &str, prefix: &str, plan: &Plan, found: &mut Vec<Problem>) {
    for (path, count, limit) in [
        ("postings", plan.postings.len(), 200_000),
        ("teaching", plan.teaching.len(), 2_000_000),
        ("class_teachers", plan.class_teachers.len(), 100_000),
        ("timetable", plan.timetable.len(), 5_000_000),
        ("duties", plan.duties.len(), 100_000),
        ("club_leaders", plan.club_leaders.len(), 200_000),
        ("club_pupils", plan.club_pupils.len(), 1_000_000),
    ] {
        too_many(file, &format!("{prefix}{path}"), count, limit, found);
    }
}

fn too_many(file: &str, path: &str, count: usize, limit: usize, found: &mut Vec<Problem>) {
    if count > limit {
        found.push(
            TOO_MANY
                .at(format!("{file}: {path}"))
                .found(format!("`{path}` 有 {count} 项"), format!("`{path}` has {count} entries"))
                .allowed(format!("不超过 {limit} 项(限额 `{path}`)"), format!("at most {limit} (limit `{path}`)")),
        );
    }
}

/// Σ over curriculum lines of periods × classes of the grade there, and the periods of the courses given.
fn too_many_periods(file: &str, district: &District, found: &mut Vec<Problem>) {
    let mut by_grade: BTreeMap<u8, u64> = BTreeMap::new();
    let mut by_school: BTreeMap<(u8, &str), u64> = BTreeMap::new();
    for class in &district.classes {
        *by_grade.entry(class.grade).or_default() += 1;
        *by_school.entry((class.grade, &class.school)).or_default() += 1;
    }
    let derived = district.curriculum.iter().map(|line| {
        let classes = if line.schools.is_empty() {
            by_grade.get(&line.grade).copied().unwrap_or(0)
        } else {
            line.schools.iter().filter_map(|school| by_school.get(&(line.grade, school.as_str()))).sum()
        };
        classes.saturating_mul(u64::from(line.periods).max(1))
    });
    let given = district.courses.iter().flat_map(|course| &course.blocks).map(|block| u64::from(block.periods).max(1));
    let total = derived.chain(given).fold(0, u64::saturating_add);
    if total > PERIODS {
        found.push(TOO_MANY_PERIODS.at(format!("{file}: curriculum")).found(format!("共 {total} 课时"), format!("{total} periods in all")));
    }
}
