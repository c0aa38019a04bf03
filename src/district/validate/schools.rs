//! Schools and groups of schools, and words that outputs need.

use super::index::Index;
use crate::file::{Stage, Text};
use crate::problem::{Kind, Problem};
use std::collections::BTreeSet;
use std::fmt::Arguments;

const NO_STAGE: Kind = Kind::error(
    "E-SCHOOL-001",
    ("学校没有学段", "a school without a stage"),
    ("至少一个学段:primary、junior、senior", "at least one of primary, junior, senior"),
    ("请补上学段", "add its stages"),
);
const STAGE_NOT_HERE: Kind = Kind::error(
    "E-SCHOOL-002",
    ("学生或岗位属于学校没有的学段", "pupils or a post in a stage the school does not have"),
    ("学校 `stages` 里的学段", "a stage among the school's `stages`"),
    ("请补上学段,或改正学生数、岗位", "add the stage, or correct the pupils or the post"),
);
const STAGE_TWICE: Kind = Kind::warning(
    "W-SCHOOL-003",
    ("学校的学段写了两次", "a school names a stage twice"),
    ("每个学段只写一次", "each stage once"),
    ("请删掉重复的一个", "remove the second one"),
);
const SMALL_GROUP: Kind = Kind::warning(
    "W-GROUP-001",
    ("共同体不到两所学校", "a group of fewer than two schools"),
    ("至少两所学校", "at least two schools"),
    ("请补上成员校,或删掉这个共同体", "add its members or remove the group"),
);
const MEMBER_TWICE: Kind = Kind::error(
    "E-GROUP-002",
    ("共同体里同一所学校写了两次", "a group names a school twice"),
    ("牵头校和成员校各不相同", "lead and members all different"),
    ("请删掉重复的一个;牵头校不必再写进成员校", "remove the second one; the lead need not be listed as a member"),
);
const NO_WORDS: Kind = Kind::warning(
    "W-NAME-001",
    ("缺少名称", "a name is missing"),
    ("中文名称和英文名称(英文可与编号相同)", "a name in Chinese and in English (the English one may equal the id)"),
    ("请补上名称:方案和表格里要用", "add the name: plans and tables show it"),
);
const SAME_NAME: Kind = Kind::warning(
    "W-NAME-002",
    ("两项的名称相同", "two entries have one name"),
    ("学校之间、同校的班级之间名称不同", "different names for schools, and for the classes of a school"),
    ("请改掉其中一个名称,否则表格里分不清", "rename one, or tables cannot tell them apart"),
);

pub const KINDS: &[&Kind] = &[&NO_STAGE, &STAGE_NOT_HERE, &STAGE_TWICE, &SMALL_GROUP, &MEMBER_TWICE, &NO_WORDS, &SAME_NAME];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    no_stage(index, found);
    stage_not_here(index, found);
    stage_twice(index, found);
    small_groups(index, found);
    members_twice(index, found);
    no_words(index, found);
    same_names(index, found);
}

pub fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Kindergarten => ("幼儿园", "kindergarten"),
        Stage::Primary => ("小学", "primary"),
        Stage::Junior => ("初中", "junior"),
        Stage::Senior => ("高中", "senior"),
    }
}

fn no_stage(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, school) in index.district.schools.iter().enumerate().filter(|(_, school)| school.stages.is_empty()) {
        found.push(NO_STAGE.at(index.at(format_args!("schools[{i}].stages"))).of(&school.id));
    }
}

fn stage_not_here(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, school) in index.district.schools.iter().enumerate().filter(|(_, school)| !school.stages.is_empty()) {
        let mut tell = |stage: Stage, at: Arguments<'_>| {
            if !school.stages.contains(&stage) {
                let (zh, en) = stage_words(stage);
                let words = (format!("学校没有{zh}"), format!("the school has no {en} stage"));
                found.push(STAGE_NOT_HERE.at(index.at(at)).of(&school.id).found(words.0, words.1));
            }
        };
        for (stage, _) in school.pupils.iter().filter(|(_, pupils)| **pupils > 0) {
            tell(*stage, format_args!("schools[{i}].pupils.{}", stage_words(*stage).1));
        }
        for (j, opening) in school.openings.iter().enumerate() {
            if let Some(stage) = opening.stage {
                tell(stage, format_args!("schools[{i}].openings[{j}].stage"));
            }
        }
    }
}

fn stage_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, school) in index.district.schools.iter().enumerate() {
        if school.stages.iter().collect::<BTreeSet<_>>().len() < school.stages.len() {
            found.push(STAGE_TWICE.at(index.at(format_args!("schools[{i}].stages"))).of(&school.id));
        }
    }
}

fn small_groups(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, group) in index.district.groups.iter().enumerate() {
        let schools: BTreeSet<_> = group.lead.iter().chain(&group.members).collect();
        if schools.len() < 2 {
            found.push(SMALL_GROUP.at(index.at(format_args!("groups[{i}].members"))).of(&group.id));
        }
    }
}

fn members_twice(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, group) in index.district.groups.iter().enumerate() {
        let mut seen: BTreeSet<_> = group.lead.iter().collect();
        for (j, member) in group.members.iter().enumerate() {
            if !seen.insert(member) {
                let at = index.at(format_args!("groups[{i}].members[{j}]"));
                found.push(MEMBER_TWICE.at(at).of(&group.id).found(format!("`{member}` 写了两次"), format!("`{member}` twice")));
            }
        }
    }
}

fn no_words(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut words = |text: &Text, id: &str, at: Arguments<'_>| {
        for (language, words) in [("zh", &text.zh), ("en", &text.en)] {
            if words.trim().is_empty() {
                found.push(NO_WORDS.at(index.at(format_args!("{at}.{language}"))).of(id));
            }
        }
    };
    let district = index.district;
    words(&district.title, &district.id, format_args!("title"));
    for (i, subject) in district.subjects.iter().enumerate() {
        words(&subject.name, &subject.id, format_args!("subjects[{i}].name"));
    }
    for (i, school) in district.schools.iter().enumerate() {
        words(&school.name, &school.id, format_args!("schools[{i}].name"));
    }
    for (i, class) in district.classes.iter().enumerate() {
        words(&class.name, &class.id, format_args!("classes[{i}].name"));
    }
}

fn same_names(index: &Index<'_>, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    let mut tell = |owner: &'_ str, name: &Text, id: &str, at: Arguments<'_>| {
        if !name.zh.trim().is_empty() && !seen.insert((owner.to_owned(), name.zh.clone())) {
            let words = (format!("“{}”用了两次", name.zh), format!("\"{}\" is used twice", name.zh));
            found.push(SAME_NAME.at(index.at(at)).of(id).found(words.0, words.1));
        }
    };
    for (i, school) in index.district.schools.iter().enumerate() {
        tell("", &school.name, &school.id, format_args!("schools[{i}].name"));
    }
    for (i, class) in index.district.classes.iter().enumerate() {
        tell(&class.school, &class.name, &class.id, format_args!("classes[{i}].name"));
    }
}
