//! `beizhangzhuang`: ten small primaries with 82 classes and nine teachers for music, physical education and art. The
//! three figures are a published district's; all else is invented. Full coverage is impossible: it is a test of rationing.

use lunpai::file::{
    Agreement, Assessment, BlockKind, Category, Certificate, Class, District, FixedBlock, Group, GroupKind, Means, Month, Person, Post,
    School, Site, Stage, Standing, Talent, Term, Text, Travel, Weeks, Wishes,
};
use lunpai::generate::standard;
use std::collections::BTreeMap;

/// Number in the id, classes in grades 1–6, place in metres, pupils per class, specialists at home.
type Row = (usize, [u32; 6], (i64, i64), u32, &'static [&'static str]);

const SCHOOLS: &[Row] = &[
    (1, [2; 6], (0, 0), 38, &["pe", "music", "art"]),
    (2, [2; 6], (2_100, 600), 36, &["pe", "music"]),
    (3, [2; 6], (-1_800, 1_900), 35, &["art", "pe"]),
    (4, [1, 2, 2, 2, 2, 1], (900, 3_400), 30, &["music"]),
    (5, [1; 6], (4_300, 1_500), 24, &["art"]),
    (6, [1; 6], (-3_900, -400), 22, &[]),
    (7, [1; 6], (1_200, -2_800), 26, &[]),
    (8, [1; 6], (-1_500, -3_600), 20, &[]),
    (9, [1; 6], (5_200, 4_000), 18, &[]),
    (10, [1; 6], (-4_600, 4_100), 17, &[]),
];

pub fn district() -> District {
    District {
        schema: "lunpai.district/1".to_owned(),
        id: "beizhangzhuang".to_owned(),
        title: Text::new("北张庄学区 2026 年秋季学期", "Beizhangzhuang district, autumn term 2026"),
        demo: true,
        note: Some(Text::new(
            "演示数据:10 校、82 班、9 名体音美教师取自公开报道,其余均为虚构。",
            "Demo data: 10 schools, 82 classes and 9 specialists come from a published report; all else is invented.",
        )),
        term: Some(Term {
            id: "2026-1".to_owned(),
            first_day: "2026-09-01".to_owned(),
            last_day: "2027-01-22".to_owned(),
            off: vec!["2026-10-01".to_owned(), "2026-10-02".to_owned()],
            teaches_as: BTreeMap::new(),
        }),
        cycle_weeks: 1,
        subjects: standard::subjects().into_iter().filter(|subject| standard::hours(&subject.id, 4) > 0).collect(),
        bells: vec![standard::primary_bell()],
        schools: SCHOOLS.iter().map(school).collect(),
        groups: vec![Group {
            id: "beizhangzhuang".to_owned(),
            name: Some(Text::new("北张庄学区教育集团", "Beizhangzhuang group of schools")),
            kind: GroupKind::District,
            lead: Some(id(1)),
            members: SCHOOLS[1..].iter().map(|row| id(row.0)).collect(),
            agreement: Agreement::default(),
        }],
        travel: Travel { trips: Vec::new(), estimate_base_minutes: 5, estimate_minutes_per_km: 3 },
        people: SCHOOLS.iter().flat_map(people).collect(),
        curriculum: standard::curriculum(1..=6),
        classes: SCHOOLS.iter().flat_map(classes).collect(),
        blocks: vec![FixedBlock {
            id: "flag".to_owned(),
            name: Text::new("升旗", "Flag raising"),
            kind: BlockKind::Assembly,
            subjects: Vec::new(),
            schools: SCHOOLS.iter().map(|row| id(row.0)).collect(),
            people: Vec::new(),
            classes: Vec::new(),
            observed: false,
            when: vec![lunpai::file::Window {
                weekday: 1,
                from: standard::clock("08:20"),
                to: standard::clock("08:30"),
                weeks: Weeks::All,
            }],
        }],
        ..District::default()
    }
}

fn id(number: usize) -> String {
    format!("Z{number:02}")
}

fn school(&(number, per_grade, place, pupils, _): &Row) -> School {
    let name = Text::new(format!("{number}号小学"), format!("Primary No. {number}"));
    let all = per_grade.iter().sum::<u32>() * pupils;
    School {
        id: id(number),
        name: name.clone(),
        stages: vec![Stage::Primary],
        sites: vec![Site { id: format!("{}-site", id(number)), name, east_north_m: Some(place) }],
        pupils: BTreeMap::from([(Stage::Primary, all)]),
        quota: BTreeMap::new(),
        standing: if number == 1 { Standing::Supporting } else { Standing::Neither },
        rural: number > 3,
        ..School::default()
    }
}

/// Teachers of 语文 (with 道法), of 数学 (with 科学 and 信息科技), of 英语, then the specialists.
fn staff(&(_, per_grade, _, _, specialists): &Row) -> Vec<&'static [&'static str]> {
    let classes = per_grade.iter().sum::<u32>() as usize;
    let mut staff: Vec<&'static [&'static str]> = Vec::new();
    staff.extend(vec![&["chinese", "morality"][..]; classes]);
    staff.extend(vec![&["maths", "science", "it"][..]; if classes == 6 { 4 } else { classes * 7 / 12 + 1 }]);
    staff.extend(vec![&["english"][..]; if classes == 12 { 2 } else { 1 }]);
    staff.extend(specialists.iter().map(|subject| match *subject {
        "pe" => &["pe"][..],
        "music" => &["music"][..],
        _ => &["art"][..],
    }));
    staff
}

fn people(row: &Row) -> Vec<Person> {
    let school = id(row.0);
    let class_count = row.1.iter().sum::<u32>() as usize;
    let ordinary = |(index, subjects): (usize, &'static [&'static str])| {
        let specialist = ["pe", "music", "art"].contains(&subjects[0]);
        let (load_target, load_cap) = if specialist { (18, 20) } else { (14, 18) };
        let turn = index * 7 + row.0 * 3;
        Person {
            id: format!("{school}-T{:02}", index + 1),
            employer: school.clone(),
            born: Some(Month { year: 1975 + (turn % 23) as u16, month: 1 + (turn % 12) as u8 }),
            subjects: subjects.iter().map(|&subject| Certificate { subject: subject.to_owned(), stage: Stage::Primary }).collect(),
            load_target,
            load_cap,
            posts: if index < class_count { vec![Post { post: "class_teacher".to_owned(), periods: 4 }] } else { Vec::new() },
            talent: if turn.is_multiple_of(9) { Talent::County } else { Talent::None },
            years_at_school: 1 + (turn % 15) as u32,
            years_in_subject: 3 + (turn % 20) as u32,
            assessments: vec![Assessment::Passed],
            wishes: Wishes::default(),
            means: if specialist { Means::Bus } else { Means::Unstated },
            category: Category::Teacher,
            ..Person::default()
        }
    };
    staff(row).into_iter().enumerate().map(ordinary).collect()
}

fn classes(row: &Row) -> Vec<Class> {
    let school = id(row.0);
    let mut classes = Vec::new();
    for (grade, &count) in (1..).zip(&row.1) {
        for number in 1..=count {
            let class_teacher = Some(format!("{school}-T{:02}", classes.len() + 1));
            classes.push(Class { class_teacher, ..standard::class(&school, grade, number, row.3) });
        }
    }
    classes
}
