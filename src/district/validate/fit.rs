//! Who is there for the lessons: each subject against its teachers, each research meeting against those who do not attend. Both are
//! warnings: lessons without a teacher are placed and counted as 待补, and people of other schools may take lessons during a meeting.

use super::classes::{periods, timed};
use super::clauses::Hold;
use super::given::cycle_periods;
use super::index::{Index, Origin, stage_of};
use super::schools::stage_words;
use crate::file::{BlockKind, Category, Clock, FixedBlock, Stage, Window};
use crate::problem::{Kind, Problem};
use std::collections::{BTreeMap, BTreeSet};

const SHORTAGE: Kind = Kind::warning(
    "W-FIT-001",
    ("学科课时多于有资格教师能承担的课时", "more periods of a subject than its qualified teachers can take"),
    ("课时不超过有资格教师的课时上限合计(已减职务折算)", "periods at most the caps of all qualified teachers, less their posts"),
    (
        "缺口会标为待补;可招聘、代课、专递课堂或支教",
        "the rest is planned as 待补; recruit, hire substitutes, share by remote lessons or ask for support",
    ),
);
const RESEARCH: Kind = Kind::warning(
    "W-FIT-002",
    ("教研放在上课时间,没有足够的其他教师", "research in lesson time without enough other teachers"),
    ("同时上课的班级不超过本校不参加教研的教师", "at most as many classes at lessons as teachers of the school who do not attend"),
    (
        "请把教研放到最后一节之后(课后服务由其他教师负责),或放到低年级没课的下午,或分年级、分学校错开;要由外校教师顶课的,把参加人员逐一写在 `people` 里,不写 `subjects`",
        "put it after the last lesson (others take the care service), into afternoons without lessons, or stagger grades or schools; if people from other schools are to take the lessons, name who attends in `people` instead of `subjects`",
    ),
);
pub const KINDS: &[&Kind] = &[&SHORTAGE, &RESEARCH];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    shortage(index, found);
    research(index, found);
}

/// For each subject and stage s: Σ periods at s and above against Σ (limit − posts) of who may teach there.
///
/// It holds where every course asks for a certificate and everybody has a limit; courses given to somebody without one are left out.
fn shortage(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut wanted: BTreeMap<(&str, Stage), u64> = BTreeMap::new();
    // By subject: the least firm of the clauses that the count needs; `None`: one is missing.
    let mut holds: BTreeMap<&str, Option<Hold>> = BTreeMap::new();
    for (c, course) in index.courses.iter().enumerate() {
        let Some(stage) = course.classes.iter().map(|class| stage_of(index.district.classes[*class].grade)).max().flatten() else {
            continue;
        };
        let whole = cycle_periods(index, course);
        // Helpers of a course are not counted.
        let lead = match course.origin {
            Origin::Given(i) => index.district.courses[i].teachers.first(),
            Origin::Line(_) => None,
        };
        let given = lead.and_then(|role| index.people.get(role.person.as_deref()?)).map(|person| &index.district.people[*person]);
        if given.is_some_and(|given| !given.subjects.iter().any(|held| held.subject == course.subject && held.stage >= stage)) {
            continue;
        }
        let asked =
            index.clauses.ground("qualified", |scope| scope.people.is_empty() && index.course_in(scope, c)).map(|ground| ground.hold);
        let hold = holds.entry(course.subject).or_insert(Some(Hold::Nature));
        *hold = hold.zip(asked).map(|(one, other)| one.max(other));
        *wanted.entry((course.subject, stage)).or_default() += lead.and_then(|role| role.load_periods).map_or(whole, u64::from).min(whole);
    }
    let mut offered: BTreeMap<(&str, Stage), u64> = BTreeMap::new();
    for (p, person) in index.district.people.iter().enumerate() {
        let posts = person.posts.iter().map(|post| u64::from(post.periods)).sum::<u64>();
        let mut best: BTreeMap<&str, Stage> = BTreeMap::new();
        for certificate in &person.subjects {
            let stage = best.entry(&certificate.subject).or_insert(certificate.stage);
            *stage = certificate.stage.max(*stage);
        }
        let limit = limit(index, p);
        for (subject, stage) in best {
            let hold = holds.entry(subject).or_insert(Some(Hold::Nature));
            *hold = hold.zip(limit).map(|(one, (_, other))| one.max(other));
            *offered.entry((subject, stage)).or_default() += limit.map_or(0, |(limit, _)| limit.saturating_sub(posts));
        }
    }
    let above = |table: &BTreeMap<(&str, Stage), u64>, subject: &str, stage: Stage| {
        let stages = [Stage::Primary, Stage::Junior, Stage::Senior].into_iter().filter(|other| *other >= stage);
        stages.filter_map(|stage| table.get(&(subject, stage))).sum::<u64>()
    };
    for (i, subject) in index.district.subjects.iter().enumerate().filter(|(_, subject)| !subject.any_teacher) {
        let worst = [Stage::Primary, Stage::Junior, Stage::Senior]
            .map(|stage| (above(&wanted, &subject.id, stage), above(&offered, &subject.id, stage), stage))
            .into_iter()
            .max_by_key(|(wanted, offered, _)| wanted.saturating_sub(*offered));
        let Some(hold) = holds.get(subject.id.as_str()).copied().flatten() else { continue };
        if let Some((wanted, offered, stage)) = worst.filter(|(wanted, offered, _)| wanted > offered) {
            let (missing, words) = (wanted - offered, stage_words(stage));
            let kept = match hold {
                Hold::Policy if index.policy.is_some() => ("按现有规定", "as the clauses stand "),
                _ => ("", ""),
            };
            found.push(SHORTAGE.at(index.at(format_args!("subjects[{i}]"))).of(&subject.id).found(
                format!("{}({}以上)共 {wanted} 课时,有资格的教师最多承担 {offered},{}至少缺 {missing}", subject.name.zh, words.0, kept.0),
                format!(
                    "{} ({} and above): {wanted} periods, at most {offered} by qualified teachers, {}{missing} short",
                    subject.name.en, words.1, kept.1
                ),
            ));
        }
    }
}

/// The most that the clauses allow somebody, and how firm they are; without a policy the cap of the file.
fn limit(index: &Index<'_>, person: usize) -> Option<(u64, Hold)> {
    if index.policy.is_none() {
        return Some((u64::from(index.district.people[person].load_cap), Hold::Policy));
    }
    let clauses = index.clauses.of_rule("load_cap").filter(|clause| index.person_in(clause.scope, person, None));
    let limits = clauses.filter_map(|clause| Some((index.load_limit(person, clause.rule)?, clause.ground.hold)));
    limits.min_by_key(|(limit, _)| *limit)
}

/// Each class's party: classes that may share a teacher count as one, and those taught together with another school
/// need none of their own.
fn parties(index: &Index<'_>) -> Vec<Option<usize>> {
    let mut joined: Vec<usize> = (0..index.district.classes.len()).collect();
    let mut away: BTreeSet<usize> = BTreeSet::new();
    for course in index.courses.iter().filter(|course| course.classes.len() > 1) {
        let schools: BTreeSet<_> = course.classes.iter().map(|class| &index.district.classes[*class].school).collect();
        if schools.len() > 1 {
            away.extend(&course.classes);
            continue;
        }
        for pair in course.classes.windows(2) {
            let (a, b) = (party(&mut joined, pair[0]), party(&mut joined, pair[1]));
            joined[a.max(b)] = a.min(b);
        }
    }
    (0..joined.len()).map(|class| if away.contains(&class) { None } else { Some(party(&mut joined, class)) }).collect()
}

/// The smallest class of a party; what is passed on the way is linked to it.
fn party(joined: &mut [usize], class: usize) -> usize {
    let mut first = class;
    while joined[first] != first {
        joined[first] = joined[joined[first]];
        first = joined[first];
    }
    first
}

/// In each school: classes that must be at a lesson during the meeting against its teachers who do not attend.
fn research(index: &Index<'_>, found: &mut Vec<Problem>) {
    let parties = parties(index);
    let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, class) in index.district.classes.iter().enumerate() {
        // Only a class without a free cell must be taught then.
        let must = timed(index, i) && parties[i].is_some() && periods(index, i).1 >= index.open[i].len() as u64;
        if let Some(school) = index.school_of(class).filter(|_| must) {
            full.entry(school).or_default().push(i);
        }
    }
    for (b, block) in index.district.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Research) {
        for (school, classes) in &full {
            let id = &index.district.schools[*school].id;
            if (!block.schools.is_empty() && !block.schools.contains(id)) || block.subjects.is_empty() {
                continue;
            }
            let others = others(index, block, *school);
            if classes.len() <= others {
                continue;
            }
            let worst = block.when.iter().enumerate().map(|(w, window)| (at_lessons(index, classes, &parties, *window), w));
            if let Some((count, w)) = worst.max_by_key(|(count, w)| (*count, std::cmp::Reverse(*w))).filter(|(count, _)| *count > others) {
                let subject = |id: &String| index.subjects.get(id.as_str()).map(|i| &index.district.subjects[*i].name);
                let zh: Vec<_> = block.subjects.iter().filter_map(subject).map(|name| name.zh.as_str()).collect();
                let en: Vec<_> = block.subjects.iter().filter_map(subject).map(|name| name.en.as_str()).collect();
                let name = index.school_name(*school);
                let problem = RESEARCH.at(index.at(format_args!("blocks[{b}].when[{w}]"))).of(&block.id).found(
                    format!(
                        "{}教研放在上课时间:{} {count} 班要上课,不参加教研的教师 {others} 名,缺 {} 名",
                        zh.join("、"),
                        name.0,
                        count - others
                    ),
                    format!(
                        "{} research in lesson time: {}: {count} classes at lessons, {others} teachers who do not attend, {} short",
                        en.join(", "),
                        name.1,
                        count - others
                    ),
                );
                found.push(problem);
            }
        }
    }
}

/// Teachers of the school who neither hold a certificate of the meeting's subjects nor are asked to come.
fn others(index: &Index<'_>, block: &FixedBlock, school: usize) -> usize {
    let subjects: BTreeSet<_> = block.subjects.iter().collect();
    let asked: BTreeSet<_> = block.people.iter().collect();
    let here = index.staff[school].iter().map(|person| &index.district.people[*person]);
    let here = here.filter(|person| person.category == Category::Teacher && person.load_cap > 0 && !asked.contains(&person.id));
    here.filter(|person| !person.subjects.iter().any(|certificate| subjects.contains(&certificate.subject))).count()
}

/// Most classes (parties of them) at lessons at one moment of the window.
fn at_lessons(index: &Index<'_>, classes: &[usize], parties: &[Option<usize>], window: Window) -> usize {
    let cells = |class: &usize| index.open[*class].iter().filter(|open| open.meets(window.weekday, window.from, window.to));
    let moments: BTreeSet<_> = classes.iter().flat_map(cells).map(|open| open.cell.start.max(window.from)).collect();
    let busy = |moment: Clock| {
        let at_lesson = |class: &&usize| cells(class).any(|open| open.cell.start <= moment && moment < open.cell.end);
        classes.iter().filter(at_lesson).map(|class| parties[*class]).collect::<BTreeSet<_>>().len()
    };
    moments.into_iter().map(busy).max().unwrap_or(0)
}
