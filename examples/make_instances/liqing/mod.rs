//! `liqing`: a city district of 39 schools and campuses in 19 groups over two places, side L and side Q. The groups, who leads
//! them and what they owe each other are a published plan's; names it blanks with `**` stay blank. People, places and sums
//! of money are invented. Exchange only: no classes.

mod second_year;

pub use second_year::district as second_year;

use crate::staff::{Crew, people, subjects};
use lunpai::file::{Agreement, District, Group, GroupKind, School, Site, Stage, Standing, Term, Text, Travel};
use std::collections::BTreeMap;

/// Allowances for one person away for a school year: 100 yuan for meals and 80 for the bus on 200 days.
const YUAN: u32 = (100 + 80) * 200;
/// Owes 2 × 36,000 yuan and has less.
pub const POOR: &str = "L12";
/// Owes two young teachers and has none.
pub const OLD: &str = "Q11";

use Stage::{Junior, Kindergarten, Primary, Senior};

/// Id, zh, en, stages (the first is the one of its staff), people.
type Row = (&'static str, &'static str, &'static str, &'static [Stage], usize);

const SCHOOLS: &[Row] = &[
    ("L01", "**中学", "Side L senior high", &[Senior], 96),
    ("L02", "**三中", "Side L No. 3", &[Junior], 64),
    ("L03", "利通一小", "Litong No. 1 Primary", &[Primary], 72),
    ("L04", "民族职业技术学院", "Vocational college", &[Senior], 60),
    ("L05", "**回中", "Side L Hui senior high", &[Senior], 88),
    ("L06", "**一中", "Side L No. 1", &[Junior], 62),
    ("L07", "**二中", "Side L No. 2", &[Junior], 58),
    ("L08", "**四中", "Side L No. 4", &[Junior], 54),
    ("L09", "利通二小", "Litong No. 2 Primary", &[Primary], 60),
    ("L10", "朝阳小学", "Chaoyang Primary", &[Primary], 52),
    ("L11", "裕民小学", "Yumin Primary", &[Primary], 50),
    ("L12", "开元小学", "Kaiyuan Primary", &[Primary], 48),
    ("Q01", "市高级中学", "City senior high", &[Senior], 84),
    ("Q02", "市第七中学", "City No. 7", &[Junior], 50),
    ("Q03", "市第六小学", "City Primary No. 6", &[Primary], 46),
    ("Q04", "市职教中心", "City vocational centre", &[Senior], 56),
    ("Q05", "市第一中学", "City No. 1", &[Senior], 80),
    ("Q06", "市第四中学", "City No. 4", &[Junior], 56),
    ("Q07", "市第五中学", "City No. 5", &[Junior], 56),
    ("Q08", "市第六中学", "City No. 6", &[Junior], 52),
    ("Q09", "市第二小学", "City Primary No. 2", &[Primary], 48),
    ("Q10", "市第三小学", "City Primary No. 3", &[Primary], 46),
    ("Q11", "市第四小学", "City Primary No. 4", &[Primary], 44),
    ("Q12", "市第五小学", "City Primary No. 5", &[Primary], 54),
    ("Q13", "市汉坝小学", "Hanba Primary", &[Primary], 40),
    ("Q14", "市第三中学", "City No. 3", &[Junior], 44),
    ("Q15", "甘城子中心学校", "Ganchengzi school", &[Junior, Primary], 40),
    ("Q16", "铝业学校", "Aluminium works school", &[Junior, Primary], 42),
    ("Q17", "回民中学", "Hui junior high", &[Junior], 42),
    ("Q18", "大电学校", "Power station school", &[Junior, Primary], 40),
    ("Q19", "市第二中学", "City No. 2", &[Junior], 46),
    ("Q20", "邵岗中学", "Shaogang junior high", &[Junior], 40),
    ("Q21", "五小唐源校区", "Primary No. 5, Tangyuan campus", &[Primary], 14),
    ("Q22", "一幼", "Kindergarten No. 1", &[Kindergarten], 44),
    ("Q23", "一幼学府分园", "Kindergarten No. 1, Xuefu", &[Kindergarten], 40),
    ("Q24", "一幼康乐分园", "Kindergarten No. 1, Kangle", &[Kindergarten], 40),
    ("Q25", "二幼", "Kindergarten No. 2", &[Kindergarten], 42),
    ("Q26", "二幼南苑分园", "Kindergarten No. 2, Nanyuan", &[Kindergarten], 40),
    ("Q27", "二幼建民分园", "Kindergarten No. 2, Jianmin", &[Kindergarten], 40),
];

/// Main campus and branch.
const BRANCHES: [(&str, &str); 3] = [("L01", "Q01"), ("L02", "Q02"), ("L03", "Q03")];
const COOPERATIONS: [(&str, &str); 10] = [
    ("L04", "Q04"),
    ("L05", "Q05"),
    ("L06", "Q06"),
    ("L07", "Q07"),
    ("L08", "Q08"),
    ("L09", "Q09"),
    ("L10", "Q10"),
    ("L11", "Q11"),
    ("L12", "Q12"),
    ("L03", "Q13"),
];
const COMMUNITIES: [(&str, &[&str]); 3] = [("Q22", &["Q23", "Q24"]), ("Q25", &["Q26", "Q27"]), ("Q12", &["Q21"])];
const ALLIANCES: [(&str, &[&str]); 3] = [("Q06", &["Q14", "Q15"]), ("Q07", &["Q16", "Q17", "Q18"]), ("Q08", &["Q19", "Q20"])];

/// The first year.
pub fn district() -> District {
    let groups = groups();
    let schools: Vec<School> = SCHOOLS.iter().enumerate().map(|(place, row)| school(place, row, &groups)).collect();
    let people = SCHOOLS.iter().enumerate().flat_map(|(turn, row)| people(&crew(turn, row))).collect();
    District {
        schema: "lunpai.district/1".to_owned(),
        id: "liqing-1".to_owned(),
        title: Text::new("利青教育集团化办学,第一年", "Liqing groups of schools, year 1"),
        demo: true,
        note: Some(Text::new(
            "演示数据:学校、分组和互派人数取自公开方案(隐去的校名照旧写 **),人员、位置、经费均为虚构。",
            "Demo data: schools, groups and the numbers exchanged come from a published plan (blanked names stay **); people, places and money are invented.",
        )),
        term: Some(term(2026)),
        cycle_weeks: 1,
        subjects: subjects(),
        schools,
        groups,
        travel: Travel { trips: Vec::new(), estimate_base_minutes: 14, estimate_minutes_per_km: 1 },
        people,
        ..District::default()
    }
}

fn term(year: u16) -> Term {
    Term {
        id: format!("{year}-1"),
        first_day: format!("{year}-09-01"),
        last_day: format!("{}-01-15", year + 1),
        off: Vec::new(),
        teaches_as: BTreeMap::new(),
    }
}

fn groups() -> Vec<Group> {
    let counts = |counts: &[(&str, u32)]| counts.iter().map(|(role, count)| ((*role).to_owned(), *count)).collect();
    let group = |id: String, kind, lead: &str, members: &[&str], agreement| Group {
        id,
        name: None,
        kind,
        lead: Some(lead.to_owned()),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        agreement,
    };
    let mut groups = Vec::new();
    for (k, (lead, branch)) in BRANCHES.iter().enumerate() {
        // The senior pair sends one leader more, for three years; the others' two years are invented.
        let agreement = Agreement {
            pooled_posts: Some(true),
            pooled_budget: Some(false),
            term_years: Some(if k == 0 { 3 } else { 2 }),
            each_way: counts(&[("leaders", if k == 0 { 3 } else { 2 }), ("teachers", 6)]),
            yuan_per_person: Some(YUAN),
            ..Agreement::default()
        };
        groups.push(group(format!("branch-{}", k + 1), GroupKind::NameBranch, lead, &[branch], agreement));
    }
    for (k, (lead, member)) in COOPERATIONS.iter().enumerate() {
        let agreement = Agreement {
            pooled_budget: Some(false),
            term_years: Some(1),
            lead_sends: counts(&[("backbone", 2)]),
            member_sends: counts(&[("young", 2)]),
            yuan_per_person: Some(YUAN),
            ..Agreement::default()
        };
        groups.push(group(format!("cooperation-{}", k + 1), GroupKind::Cooperation, lead, &[member], agreement));
    }
    for (k, (lead, members)) in COMMUNITIES.iter().enumerate() {
        let agreement = Agreement { pooled_posts: Some(true), pooled_budget: Some(true), ..Agreement::default() };
        groups.push(group(format!("community-{}", k + 1), GroupKind::Community, lead, members, agreement));
    }
    for (k, (lead, members)) in ALLIANCES.iter().enumerate() {
        groups.push(group(format!("alliance-{}", k + 1), GroupKind::Alliance, lead, members, Agreement::default()));
    }
    groups
}

/// People whom the school owes to others in a year.
fn owes(school: &str, groups: &[Group]) -> u32 {
    let of = |group: &Group| {
        let all = |counts: &BTreeMap<String, u32>| counts.values().sum::<u32>();
        let agreement = &group.agreement;
        let leads = if group.lead.as_deref() == Some(school) { group.members.len() as u32 } else { 0 };
        let member = u32::from(group.members.iter().any(|member| member == school));
        leads * (all(&agreement.each_way) + all(&agreement.lead_sends)) + member * (all(&agreement.each_way) + all(&agreement.member_sends))
    };
    groups.iter().map(of).sum()
}

fn school(place: usize, &(id, zh, en, stages, people): &Row, groups: &[Group]) -> School {
    let (far, name) = (id.starts_with('Q'), Text::new(zh, en));
    // Two towns 24 kilometres apart; 甘城子 and 邵岗 outside the second.
    let (row, column) = ((place % 5) as i64, (place / 5) as i64);
    let outside = if ["Q15", "Q20"].contains(&id) { -4_000 } else { 0 };
    let east_north_m = if far { (-24_000 + 700 * row + outside, 600 * column) } else { (900 * row, 700 * column) };
    let owes = owes(id, groups);
    let budget = i64::from(owes * YUAN) + 20_000;
    School {
        id: id.to_owned(),
        name: name.clone(),
        stages: stages.to_vec(),
        sites: vec![Site { id: format!("{id}-site"), name, east_north_m: Some(east_north_m) }],
        pupils: BTreeMap::from([(stages[0], people as u32 * 14)]),
        quota: BTreeMap::from([("all".to_owned(), people as u32), ("head".to_owned(), 1)]),
        indicators: BTreeMap::from(
            [
                ("floor_area", 420 + 35 * row),
                ("sports_area", 700 + 90 * column),
                ("equipment", 180_000 + 20_000 * row),
                ("multimedia_rooms", 230),
            ]
            .map(|(name, hundredths)| (name.to_owned(), hundredths)),
        ),
        standing: if far { Standing::Receiving } else { Standing::Supporting },
        rural: outside != 0,
        budget_yuan: (owes > 0).then_some(if id == POOR { 50_000 } else { budget }),
        ..School::default()
    }
}

fn crew(turn: usize, &(id, _, _, stages, people): &Row) -> Crew<'static> {
    let pairs = BRANCHES.iter().chain(&COOPERATIONS);
    let wishes = pairs.filter_map(|&(lead, member)| match id {
        _ if lead == id => Some(member),
        _ if member == id => Some(lead),
        _ => None,
    });
    let leaders = match people {
        ..=20 => 1,
        21..=60 => 4,
        _ => 6,
    };
    Crew {
        school: id,
        stage: stages[0],
        leaders,
        teachers: people - leaders,
        backbone: if id.starts_with('L') { 5 } else { 11 },
        youngest: if id == OLD { 1985 } else { 2002 },
        wishes: wishes.collect(),
        turn,
    }
}
