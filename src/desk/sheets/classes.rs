//! 班级: without lines here, the classes that 学校 counts.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::lookup::bell_name;
use super::super::values::{grade, week, whole};
use super::{english, or_same, put};
use crate::file::{CellRef, Class, District, Policy, Stage};
use crate::generate::standard;
use crate::problem::Words;
use std::collections::BTreeMap;

pub(in super::super) struct Classes;

#[derive(Default)]
pub(in super::super) struct Row {
    class: Class,
    grade: Option<u8>,
    number: Option<u32>,
    pupils: Option<u32>,
    /// As written: a name or id of a person, found once the school is known.
    teacher: Option<String>,
    /// Said to have a bell, or none: 无.
    bell_said: bool,
    closed: Option<Vec<CellRef>>,
}

/// Said where there is none although the default would be one.
const NONE: &str = "无";

impl Sheet for Classes {
    type Row = Row;
    const NAME: &'static str = "班级";
    const ALSO: &'static [&'static str] = &["班级一览", "班级情况", "班级设置"];
    const ABOUT: Words = ("每班一行;也可以只在「学校」表写各年级班数", "one line a class; or only count them in 学校");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学校",
                &["学校名称", "单位"],
                ("学校名称", "name of the school"),
                |row, cell, lookup| put(&mut row.class.school, lookup.schools.find(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say(&row.class.school)),
            )
            .needed_unless_one_school()
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "年级",
                &["年段"],
                ("1–12,也认 一、七(初一)、2023级;空着看班名", "1–12, also 一, 七(初一), 2023级; blank: by the class name"),
                |row, cell, lookup| put(&mut row.grade, Some(grade::read(cell, lookup.year, lookup.stage(&row.class.school))?)),
                |row, _| Value::maybe(row.grade.map(u32::from)),
            ),
            Self::column(
                "班级",
                &["班", "班名", "班级名称", "班号", "班次"],
                ("如 一(1)班、3班、302", "such as 一(1)班, 3班, 302"),
                |row, cell, _| {
                    let (grade, number) = grade::of_class(&cell.text());
                    row.grade = row.grade.or(grade);
                    row.number = number;
                    put(&mut row.class.name.zh, cell.text())
                },
                |row, _| Value::text(&row.class.name.zh),
            )
            .needed(),
            Self::column(
                "人数",
                &["学生数", "班额", "学生人数"],
                ("默认 45", "default 45"),
                |row, cell, _| put(&mut row.pupils, Some(whole(cell, 500)?)),
                |row, _| Value::maybe(row.pupils),
            ),
            Self::column(
                "班主任",
                &["班主任姓名"],
                ("编号或姓名;空着由软件安排", "id or name; blank: chosen by the program"),
                |row, cell, _| put(&mut row.teacher, Some(cell.text())),
                |row, lookup| Value::maybe(row.class.class_teacher.as_ref().map(|id| lookup.people.say(id))),
            ),
            Self::column(
                "作息",
                &["作息时间"],
                ("默认按学段:小学作息、初中作息", "default by stage: 小学作息, 初中作息"),
                |row, cell, lookup| {
                    row.bell_said = true;
                    let named = Some(cell.text()).filter(|text| text != NONE);
                    put(&mut row.class.bell, named.map(|text| lookup.bells.find(&text)).transpose()?)
                },
                |row, lookup| Value::text(row.class.bell.as_ref().map_or(NONE.to_owned(), |id| lookup.bells.say(id))),
            ),
            Self::column(
                "停课节次",
                &["不上课节次", "不排课节次"],
                (
                    "如 周一第6节;默认:一、二年级周一至周四第 6 节,初中周五第 7 节;没有写“无”",
                    "such as 周一第6节; default: grades 1–2 Monday to Thursday period 6, junior Friday period 7; none: 无",
                ),
                |row, cell, _| put(&mut row.closed, Some(if cell.text() == NONE { Vec::new() } else { week::read_cells(cell)? })),
                |row, _| match row.closed.as_deref() {
                    None => Value::Blank,
                    Some([]) => Value::text(NONE),
                    Some(closed) => Value::text(week::say_cells(closed)),
                },
            ),
            Self::column(
                "校区",
                &[],
                ("有多个校区时填", "where the school has several sites"),
                |row, cell, lookup| put(&mut row.class.site, Some(lookup.sites.find(&cell.text())?)),
                |row, lookup| Value::maybe(row.class.site.as_ref().map(|id| lookup.sites.say(id))),
            ),
            Self::column(
                "编号",
                &["班级编号"],
                ("空着自动编", "blank: made from school, grade and number"),
                |row, cell, _| put(&mut row.class.id, cell.text()),
                |row, _| Value::text(&row.class.id),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.class.name.en, cell.text()),
                |row, _| Value::text(english(&row.class.name)),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |class: &Class| {
        let (grade, pupils, closed) = (Some(class.grade), Some(class.pupils), Some(class.closed.clone()));
        Row { grade, pupils, closed, class: class.clone(), ..Row::default() }
    };
    district.classes.iter().map(row).collect()
}

pub(super) fn read(draft: &mut Draft) {
    let (mut assumed, mut numbers): (usize, BTreeMap<(String, u8), u32>) = (0, BTreeMap::new());
    for found in draft.rows::<Classes>() {
        let Row { mut class, grade, number, pupils, teacher, bell_said, closed } = found.row;
        if class.school.is_empty()
            && let [only] = draft.district.schools.as_slice()
        {
            class.school.clone_from(&only.id);
        }
        let Some(grade) = grade else {
            draft.refuse_once(&found.at, "年级", Misread::empty());
            continue;
        };
        class.grade = grade;
        let count = numbers.entry((class.school.clone(), grade)).or_default();
        *count += 1;
        let number = number.unwrap_or(*count);
        if class.id.is_empty() {
            class.id = format!("{}-{grade}-{number}", class.school);
        }
        let (named, digits) = (grade::of_class(&class.name.zh), class.name.zh.bytes().all(|byte| byte.is_ascii_digit()));
        if named.1.is_some() && (named.0.is_none() || digits) {
            class.name.zh = format!("{}({number})班", grade::say(grade));
        }
        or_same(&mut class.name);
        assumed += usize::from(pupils.is_none());
        class.pupils = pupils.unwrap_or(45);
        if let Some(name) = teacher {
            match draft.lookup.person(&name, &class.school) {
                Ok(id) => class.class_teacher = Some(id),
                Err(misread) => draft.refuse(&found.at, &format!("班主任 {name}"), misread),
            }
        }
        if !bell_said {
            class.bell = usual_bell(draft, grade);
        }
        class.closed = closed.unwrap_or_else(|| usual_closed(&class));
        push(draft, class, &found.at);
    }
    if assumed > 0 {
        draft.assume("班级", format!("{assumed} 个班没有填人数,按 45 人"), format!("{assumed} classes without a number of pupils: 45"));
    }
    counted(draft);
}

/// Schools that only count their classes.
fn counted(draft: &mut Draft) {
    for (school, counts) in std::mem::take(&mut draft.grades) {
        if draft.district.classes.iter().any(|class| class.school == school) {
            continue;
        }
        let stages = draft.lookup.stages.get(&school).cloned().unwrap_or_default();
        let grades = |stage: &Stage| match stage {
            Stage::Kindergarten => 0..0,
            Stage::Primary => 1..7,
            Stage::Junior => 7..10,
            Stage::Senior => 10..13_u8,
        };
        let grades: Vec<u8> = stages.iter().flat_map(grades).collect();
        let counts = if let [each] = counts.as_slice() { vec![*each; grades.len()] } else { counts };
        let index = draft.district.schools.iter().position(|it| it.id == school).unwrap_or(0);
        let at = draft.origins.get(&format!("schools[{index}]")).cloned().unwrap_or_default();
        if counts.len() != grades.len() || stages.contains(&Stage::Senior) {
            let wants = Misread::wants(
                format!("1 个或 {} 个数(小学、初中)", grades.len()),
                format!("1 or {} numbers (primary, junior)", grades.len()),
            );
            draft.refuse(&at, "各年级班数", wants);
            continue;
        }
        let pupils: u32 = draft.district.schools[index].pupils.values().sum();
        let classes: u32 = counts.iter().sum();
        let each = if pupils == 0 { 45 } else { pupils.div_ceil(classes.max(1)) };
        for (grade, count) in grades.into_iter().zip(counts) {
            for number in 1..=count {
                let mut class = standard::class(&school, grade, number, each);
                class.bell = usual_bell(draft, grade);
                class.closed = usual_closed(&class);
                push(draft, class, &at);
            }
        }
        draft.assume(
            "班级",
            format!("「{school}」按各年级班数编了 {classes} 个班"),
            format!("{classes} classes made for {school} from the count of its classes"),
        );
    }
}

fn push(draft: &mut Draft, class: Class, at: &str) {
    draft.lookup.learn_class(&class.id, &class.school, &class.name.zh);
    draft.came_from("classes", draft.district.classes.len(), at);
    draft.district.classes.push(class);
}

/// The bell of the stage, or the only one.
fn usual_bell(draft: &Draft, grade: u8) -> Option<String> {
    let stage = if grade <= 6 { "primary" } else { "junior" };
    let bells = &draft.district.bells;
    let own = bells.iter().find(|bell| bell.id == stage && bell_name(&bell.id) != bell.id);
    own.or_else(|| bells.first().filter(|_| bells.len() == 1)).map(|bell| bell.id.clone())
}

/// The cells that the national hours leave empty in the standard bells.
fn usual_closed(class: &Class) -> Vec<CellRef> {
    let standard = (1..=9).contains(&class.grade) && class.bell.as_deref().is_some_and(|bell| bell_name(bell) != bell);
    if standard { standard::class("", class.grade, 1, 0).closed } else { Vec::new() }
}
