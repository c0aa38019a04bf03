//! Bodies, vouching leaders, what is unified, approvals.

use super::index::Index;
use super::times::{DATE, day_number};
use crate::file::{ApprovalStep, Plan, PlanState, SeatOf, Unified};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const NOBODY_VOUCHES: Kind = Kind::error(
    "E-ORG-001",
    ("有的学校没有包校领导", "a school without a vouching leader"),
    ("要么每所学校正好一位包校领导,要么都不写", "exactly one for each school, or none for any"),
    ("请补上 `patron`", "fill in `patron`"),
);
const UNEVEN: Kind = Kind::warning(
    "W-ORG-002",
    ("各位领导包校的数量不均", "leaders vouch for uneven numbers of schools"),
    ("各位领导包校的数量最多相差 1 所", "numbers of schools that differ by 1 at most"),
    ("请调整 `patron`", "share the schools out again"),
);
const OWN_HOURS: Kind = Kind::error(
    "E-ORG-003",
    ("课程计划统一,却有只适用于部分学校的课时", "one curriculum for all, but a line for some schools only"),
    (
        "`unified` 含 `hours` 时,`curriculum` 每行适用于所有学校",
        "with `hours` among `unified` every line of `curriculum` is for all schools",
    ),
    ("请删掉这一行的 `schools`,或从 `unified` 去掉 `hours`", "remove the line's `schools`, or `hours` from `unified`"),
);
const EMPTY_SEAT: Kind = Kind::warning(
    "W-ORG-004",
    ("没有人能坐这个席位", "nobody can take a seat"),
    ("席位写明的岗位在该校有人担任", "somebody of the school holds the post that the seat names"),
    ("请在 `people.posts` 登记,或改正席位的 `post`", "enter the post in `people.posts`, or correct the seat's `post`"),
);
const APPROVAL_ORDER: Kind = Kind::error(
    "E-ORG-005",
    ("审批步骤的次序不对", "steps of approval out of order"),
    ("学校 → 中心校 → 教育局,日期不早于前一步", "school → centre → bureau, none dated before the one above"),
    ("请改正 `approvals` 的次序或日期", "correct the order or the dates of `approvals`"),
);
const NOT_APPROVED: Kind = Kind::error(
    "E-ORG-006",
    ("方案已公示或定稿,却没有教育局审批", "published or final without the bureau's approval"),
    ("`approvals` 写到某一步时,公示(published)之前要有教育局一步", "where `approvals` is used, the bureau's step before `published`"),
    ("请补上审批,或把 `state` 改回 `discussed`", "add the approval, or set `state` back to `discussed`"),
);

pub const KINDS: &[&Kind] = &[&NOBODY_VOUCHES, &UNEVEN, &OWN_HOURS, &EMPTY_SEAT, &APPROVAL_ORDER, &NOT_APPROVED];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    patrons(index, found);
    seats(index, found);
    if index.district.unified.contains(&Unified::Hours) {
        for (i, line) in index.district.curriculum.iter().enumerate().filter(|(_, line)| !line.schools.is_empty()) {
            found.push(OWN_HOURS.at(index.at(format_args!("curriculum[{i}].schools"))).of(&line.subject));
        }
    }
}

fn patrons(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for patron in index.district.schools.iter().filter_map(|school| school.patron.as_deref()) {
        *by.entry(patron).or_default() += 1;
    }
    if by.is_empty() {
        return;
    }
    for (i, school) in index.district.schools.iter().enumerate().filter(|(_, school)| school.patron.is_none()) {
        found.push(NOBODY_VOUCHES.at(index.at(format_args!("schools[{i}].patron"))).of(&school.id));
    }
    let (Some(least), Some(most)) = (by.values().min(), by.values().max()) else { return };
    if most - least > 1 {
        let words = (format!("多的 {most} 所,少的 {least} 所"), format!("{most} schools for one, {least} for another"));
        found.push(UNEVEN.at(index.at(format_args!("schools"))).found(words.0, words.1));
    }
}

fn seats(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, group) in index.district.groups.iter().enumerate() {
        for (j, body) in group.agreement.bodies.iter().enumerate() {
            for (k, seat) in body.seats.iter().enumerate() {
                let Some(post) = &seat.post else { continue };
                let schools: Vec<&String> = match seat.of {
                    SeatOf::Lead => group.lead.iter().collect(),
                    SeatOf::Members => group.members.iter().collect(),
                    SeatOf::Bureau => continue,
                };
                let held = |school: &usize| {
                    let holds = |person: &usize| index.district.people[*person].posts.iter().any(|held| held.post == *post);
                    index.staff[*school].iter().any(holds)
                };
                for id in schools.into_iter().filter(|id| index.schools.get(id.as_str()).is_some_and(|school| !held(school))) {
                    let at = index.at(format_args!("groups[{i}].agreement.bodies[{j}].seats[{k}]"));
                    found.push(EMPTY_SEAT.at(at).of(id).found(format!("没有人担任 `{post}`"), format!("nobody holds `{post}`")));
                }
            }
        }
    }
}

/// The steps of a plan's approval.
pub fn judge_plan(file: &str, plan: &Plan, found: &mut Vec<Problem>) {
    for (i, approval) in plan.approvals.iter().enumerate().filter(|(_, approval)| day_number(&approval.date).is_none()) {
        let told = DATE.at(format!("{file}: approvals[{i}].date"));
        found.push(told.found(format!("写的是 `{}`", approval.date), format!("it says `{}`", approval.date)));
    }
    for (i, two) in plan.approvals.windows(2).enumerate() {
        if two[1].step < two[0].step || two[1].date < two[0].date {
            found.push(APPROVAL_ORDER.at(format!("{file}: approvals[{}]", i + 1)));
        }
    }
    let shown = matches!(plan.state, PlanState::Published | PlanState::Final);
    let by_bureau = plan.approvals.iter().any(|approval| approval.step == ApprovalStep::Bureau);
    if shown && !plan.approvals.is_empty() && !by_bureau {
        found.push(NOT_APPROVED.at(format!("{file}: state")));
    }
}
