//! The districts that plan an exchange only: the groups are the published ones, and what cannot work is told.

use super::{district, folder, liqing, policy};
use lunpai::district::validate::validate;
use lunpai::file::{Agreement, Category, District, Group, GroupKind, Stage, Talent};
use std::collections::{BTreeMap, BTreeSet};

/// Kind, lead, members by the names of the published plan, in its order.
const LIQING: [(GroupKind, &str, &[&str]); 19] = [
    (GroupKind::NameBranch, "**中学", &["市高级中学"]),
    (GroupKind::NameBranch, "**三中", &["市第七中学"]),
    (GroupKind::NameBranch, "利通一小", &["市第六小学"]),
    (GroupKind::Cooperation, "民族职业技术学院", &["市职教中心"]),
    (GroupKind::Cooperation, "**回中", &["市第一中学"]),
    (GroupKind::Cooperation, "**一中", &["市第四中学"]),
    (GroupKind::Cooperation, "**二中", &["市第五中学"]),
    (GroupKind::Cooperation, "**四中", &["市第六中学"]),
    (GroupKind::Cooperation, "利通二小", &["市第二小学"]),
    (GroupKind::Cooperation, "朝阳小学", &["市第三小学"]),
    (GroupKind::Cooperation, "裕民小学", &["市第四小学"]),
    (GroupKind::Cooperation, "开元小学", &["市第五小学"]),
    (GroupKind::Cooperation, "利通一小", &["市汉坝小学"]),
    (GroupKind::Community, "一幼", &["一幼学府分园", "一幼康乐分园"]),
    (GroupKind::Community, "二幼", &["二幼南苑分园", "二幼建民分园"]),
    (GroupKind::Community, "市第五小学", &["五小唐源校区"]),
    (GroupKind::Alliance, "市第四中学", &["市第三中学", "甘城子中心学校"]),
    (GroupKind::Alliance, "市第五中学", &["铝业学校", "回民中学", "大电学校"]),
    (GroupKind::Alliance, "市第六中学", &["市第二中学", "邵岗中学"]),
];

/// (code, school or group) of all that validation says.
fn told(file: &str, policy_file: &str) -> Vec<(&'static str, String)> {
    let policy = policy(&folder().join(policy_file));
    let problems = validate(file, &district(file), Some((policy_file, &policy)), None);
    problems.into_iter().map(|problem| (problem.code, problem.entity)).collect()
}

/// People owed by the lead and by each member, all roles.
fn owed(agreement: &Agreement) -> (u32, u32) {
    let sum = |counts: &BTreeMap<String, u32>| counts.values().sum::<u32>();
    let both = sum(&agreement.each_way);
    (both + sum(&agreement.lead_sends), both + sum(&agreement.member_sends))
}

#[test]
fn liqing_has_the_published_groups_and_numbers() {
    let liqing = district("liqing/district.json");
    let name: BTreeMap<&str, &str> = liqing.schools.iter().map(|school| (school.id.as_str(), school.name.zh.as_str())).collect();
    assert_eq!((liqing.schools.len(), liqing.groups.len()), (39, 19));
    for (group, (kind, lead, members)) in liqing.groups.iter().zip(LIQING) {
        let told: Vec<&str> = group.members.iter().map(|id| name[id.as_str()]).collect();
        assert_eq!((group.kind, group.lead.as_deref().map(|id| name[id]), told), (kind, Some(lead), members.to_vec()), "{}", group.id);
    }
    let of = |kind| liqing.groups.iter().filter(move |group| group.kind == kind).map(|group| owed(&group.agreement));
    assert_eq!(of(GroupKind::NameBranch).collect::<Vec<_>>(), [(9, 9), (8, 8), (8, 8)]);
    assert!(of(GroupKind::Cooperation).all(|owed| owed == (2, 2)));
    let all: u32 = liqing.groups.iter().map(|group| owed(&group.agreement)).map(|(lead, member)| lead + member).sum();
    assert_eq!(all, 90);
    assert_eq!(liqing.groups[0].agreement.term_years, Some(3));
    let staff = |id: &str| liqing.people.iter().filter(|person| person.employer == id).count();
    let of_size = |id: &str| if id == "Q21" { staff(id) == 14 } else { (40..=140).contains(&staff(id)) };
    assert!(liqing.schools.iter().all(|school| of_size(&school.id)), "the campus is new, the others have 40 to 140 people");
    assert!(liqing.demo && liqing.names.is_empty() && liqing.classes.is_empty());
    assert!(liqing.schools.iter().any(|school| school.stages == [Stage::Kindergarten]));
}

#[test]
fn liqing_warns_of_the_poor_school_and_of_the_one_without_young_teachers_and_of_nothing_else() {
    for year in ["liqing/district.json", "liqing/year-2.json"] {
        let told = told(year, "liqing/policy.json");
        assert_eq!(told, [("W-GROUP-004", liqing::OLD.to_owned()), ("W-GROUP-005", liqing::POOR.to_owned())], "{year}");
    }
}

/// People of the second year who were sent from one school to another in the first, as (leaders, others).
fn sent(district: &District, from: &str, to: &str) -> (usize, usize) {
    let gone = district.people.iter().filter(|it| it.exchanges.iter().any(|past| past.from == from && past.to == to));
    let (leaders, others): (Vec<_>, Vec<_>) = gone.partition(|person| person.category == Category::Leader);
    (leaders.len(), others.len())
}

#[test]
fn the_second_year_of_liqing_remembers_the_first() {
    let second = district("liqing/year-2.json");
    for group in &second.groups {
        let (lead, member) = (group.lead.as_deref().unwrap_or_default(), group.members[0].as_str());
        let (out, back) = (sent(&second, lead, member), sent(&second, member, lead));
        let expected = match (group.kind, group.agreement.term_years) {
            (GroupKind::NameBranch, Some(3)) => ((3, 6), (3, 6)),
            (GroupKind::NameBranch, _) => ((2, 6), (2, 6)),
            (GroupKind::Cooperation, _) if member == liqing::OLD => ((0, 0), (0, 0)),
            (GroupKind::Cooperation, _) if lead == liqing::POOR => ((0, 1), (0, 1)),
            (GroupKind::Cooperation, _) => ((0, 2), (0, 2)),
            _ => ((0, 0), (0, 0)),
        };
        assert_eq!((out, back), expected, "{}", group.id);
    }
    let went: Vec<_> = second.people.iter().filter(|person| !person.exchanges.is_empty()).collect();
    assert!(went.iter().all(|person| person.exchanges.len() == 1), "nobody went twice");
    let away: Vec<_> = went.iter().filter(|person| person.works_at.is_some()).collect();
    assert_eq!((went.len(), away.len()), (84, 50), "the branches' two and three years are not over");
    assert!(away.iter().all(|person| person.exchanges[0].end.is_none()));
    let backbone = went.iter().filter(|person| person.employer.starts_with('L') && person.talent >= Talent::County);
    assert_eq!(backbone.count(), 17, "two from each of eight leads, one from the poor one");
}

#[test]
fn xian_has_its_groups_at_their_caps_and_nothing_to_warn_of() {
    let xian = district("xian/district.json");
    assert_eq!(xian.schools.len(), 12);
    let members = |kind| xian.groups.iter().filter(|group| group.kind == kind).map(|group| group.members.len()).max();
    let caps = [GroupKind::GroupAlliance, GroupKind::GroupTight, GroupKind::GroupTrust].map(members);
    assert_eq!(caps, [Some(5), Some(3), Some(3)]);
    let stage = |id: &String| xian.schools.iter().find(|school| school.id == *id).map_or(Stage::Kindergarten, |school| school.stages[0]);
    for zone in xian.groups.iter().filter(|group| group.kind == GroupKind::HsZone) {
        assert_eq!(zone.lead.as_ref().map(stage), Some(Stage::Senior));
        let open = xian.rooms.iter().filter(|room| zone.lead.as_deref().is_some_and(|lead| room.site.starts_with(lead)));
        assert!(open.clone().count() >= 2 && open.clone().all(|room| room.open_to == zone.members && !room.open.is_empty()));
    }
    assert_eq!(told("xian/district.json", "xian/policy.json"), []);
}

#[test]
fn every_kind_of_group_is_alive_in_some_instance() {
    let files = ["huayuankou/district.json", "beizhangzhuang/district.json", "liqing/district.json", "xian/district.json"];
    let groups: Vec<Group> = files.iter().flat_map(|file| district(file).groups).collect();
    let kinds: BTreeSet<GroupKind> = groups.iter().map(|group| group.kind).collect();
    let all = schemars::schema_for!(GroupKind);
    assert_eq!(Some(kinds.len()), all.as_value()["enum"].as_array().map(Vec::len), "{kinds:?}");
}
