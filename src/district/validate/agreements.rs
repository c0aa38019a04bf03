//! What groups owe: the roles an agreement names, who could be sent, what it costs, and how large a group of its kind may be.

use super::index::Index;
use crate::district::agreements::plays;
use crate::file::{Group, GroupKind, Month, SentAs};
use crate::problem::{Kind, Problem};
use std::collections::BTreeMap;

const ROLE: Kind = Kind::error(
    "E-GROUP-003",
    ("协议里的人员类别不认识", "an agreement names an unknown role"),
    ("`leaders`(干部)、`teachers`(教师)、`backbone`(骨干教师)或 `young`(青年教师)", "`leaders`, `teachers`, `backbone` or `young`"),
    ("请改正类别", "correct the role"),
);
const NOBODY_TO_SEND: Kind = Kind::warning(
    "W-GROUP-004",
    ("学校没有足够的人可以按协议派出", "a school has too few people of the kind it owes"),
    (
        "派出学校这类人员不少于协议人数(骨干为县级以上,青年为 35 岁以下)",
        "as many people of the role as agreed (backbone: county level and above; young: 35 and younger)",
    ),
    ("请与对方商定改派另一类人员,或减少人数", "agree on another kind of people, or on fewer"),
);
const BUDGET: Kind = Kind::warning(
    "W-GROUP-005",
    ("学校预算不够支付协议派出人员的补助", "a school's budget does not pay for those it owes"),
    (
        "派出人数 × `yuan_per_person` 合计不超过 `budget_yuan`(资金归各校,不得统筹)",
        "people sent × `yuan_per_person` at most `budget_yuan` (money is not pooled between schools)",
    ),
    ("请增加这所学校的预算,或减少派出人数", "raise the school's budget, or send fewer"),
);
const TOO_LARGE: Kind = Kind::warning(
    "W-GROUP-006",
    ("集团的成员校超过这一类型的上限", "a group with more members than its kind should have"),
    (
        "成员校(不含牵头校):联盟型、托管型不超过 5 所,紧密型不超过 3 所",
        "members without the lead: at most 5 in an alliance or a trust, 3 in a tight group",
    ),
    ("请分成几个集团;原则上的上限,确有需要可以保留", "split the group; the cap holds in principle, so it may stay where needed"),
);

pub const KINDS: &[&Kind] = &[&ROLE, &NOBODY_TO_SEND, &BUDGET, &TOO_LARGE];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    roles(index, found);
    nobody_to_send(index, found);
    budgets(index, found);
    too_large(index, found);
}

fn role(id: &str) -> Option<SentAs> {
    SentAs::ALL.into_iter().find(|role| role.id() == id)
}

fn role_words(role: SentAs) -> (&'static str, &'static str) {
    match role {
        SentAs::Leaders => ("干部", "leaders"),
        SentAs::Teachers => ("教师", "teachers"),
        SentAs::Backbone => ("骨干教师", "backbone teachers"),
        SentAs::Young => ("青年教师", "young teachers"),
    }
}

fn roles(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, group) in index.district.groups.iter().enumerate() {
        let agreement = &group.agreement;
        let fields = [("each_way", &agreement.each_way), ("lead_sends", &agreement.lead_sends), ("member_sends", &agreement.member_sends)];
        for (field, counts) in fields {
            for role in counts.keys().filter(|id| role(id).is_none()) {
                let at = index.at(format_args!("groups[{i}].agreement.{field}"));
                found.push(ROLE.at(at).of(&group.id).found(format!("写的是 `{role}`"), format!("it says `{role}`")));
            }
        }
    }
}

/// (role, people, sending school) of every direction of a group.
fn duties(group: &Group) -> Vec<(&str, u32, &String)> {
    let (Some(lead), agreement) = (&group.lead, &group.agreement) else { return Vec::new() };
    let mut duties = Vec::new();
    for member in &group.members {
        duties.extend(agreement.each_way.iter().chain(&agreement.lead_sends).map(|(role, count)| (role.as_str(), *count, lead)));
        duties.extend(agreement.each_way.iter().chain(&agreement.member_sends).map(|(role, count)| (role.as_str(), *count, member)));
    }
    duties
}

fn nobody_to_send(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some(start) = index.district.term.as_ref().and_then(|term| Month::parse(term.first_day.get(..7)?)) else { return };
    for (i, group) in index.district.groups.iter().enumerate() {
        for (id, count, sender) in duties(group) {
            let (Some(school), Some(role)) = (index.schools.get(sender.as_str()), role(id)) else { continue };
            let here = index.staff[*school].iter().filter(|person| plays(&index.district.people[**person], role, Some(start))).count();
            if here < count as usize {
                let (name, words) = (index.school_name(*school), role_words(role));
                found.push(NOBODY_TO_SEND.at(index.at(format_args!("groups[{i}].agreement"))).of(sender).found(
                    format!("{}应派{} {count} 人,只有 {here} 人", name.0, words.0),
                    format!("{} owes {count} {}, it has {here}", name.1, words.1),
                ));
            }
        }
    }
}

/// Per school: Σ over its groups of people × allowance.
fn budgets(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut owed: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for group in &index.district.groups {
        let yuan = group.agreement.yuan_per_person.unwrap_or(0);
        for (_, count, sender) in duties(group) {
            let (people, sum) = owed.entry(sender).or_default();
            (*people, *sum) = (*people + u64::from(count), *sum + u64::from(count) * u64::from(yuan));
        }
    }
    for (i, school) in index.district.schools.iter().enumerate() {
        let Some(((people, sum), budget)) = owed.get(school.id.as_str()).zip(school.budget_yuan) else { continue };
        if *sum > 0 && i128::from(*sum) > i128::from(budget) {
            let name = index.school_name(i);
            found.push(BUDGET.at(index.at(format_args!("schools[{i}].budget_yuan"))).of(&school.id).found(
                format!("{}按协议派出 {people} 人需 {sum} 元,预算 {budget} 元", name.0),
                format!("{} owes {people} people, {sum} yuan; its budget is {budget}", name.1),
            ));
        }
    }
}

fn too_large(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, group) in index.district.groups.iter().enumerate() {
        let cap = match group.kind {
            GroupKind::GroupAlliance | GroupKind::GroupTrust => 5,
            GroupKind::GroupTight => 3,
            _ => continue,
        };
        let members = group.members.len();
        if members > cap {
            let at = index.at(format_args!("groups[{i}].members"));
            found.push(
                TOO_LARGE
                    .at(at)
                    .of(&group.id)
                    .found(format!("成员校 {members} 所,上限 {cap} 所"), format!("{members} members, at most {cap}")),
            );
        }
    }
}
