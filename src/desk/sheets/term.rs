//! 学期: what holds for the whole district, one line per item.

use super::super::book::{Cell, key};
use super::super::column::{Column, Misread, Sheet, Value};
use super::super::draft::Draft;
use super::super::problems::UNKNOWN;
use super::super::values::labels::Labelled;
use super::super::values::{join, list, month, plain, week, whole, yes};
use super::put;
use crate::file::{District, Policy, Term, Text, Unified};
use crate::problem::{Words, nearest};

pub(in super::super) struct TermSheet;

/// Version of the template, written into every workbook; `collect` tells older ones.
pub(in super::super) const VERSION: u32 = 1;

#[derive(Default)]
pub(in super::super) struct Row {
    item: String,
    value: Cell,
}

/// The items, with what is said about each.
const ITEMS: [(&str, Words); 15] = [
    ("学区编号", ("字母、数字或汉字;空着取文件名", "letters, digits or Chinese; blank: the file's name")),
    ("学区名称", ("印在每份材料上", "printed on every paper")),
    ("学区英文名", ("可不填", "may be blank")),
    ("演示数据", ("是:每页印上“演示数据”", "是: every page says “demo data”")),
    ("数据说明", ("可不填", "may be blank")),
    ("数据说明(英文)", ("可不填", "may be blank")),
    ("学期编号", ("如 2026-1:学年和学期", "such as 2026-1: school year and term")),
    ("开学日期", ("如 2026-09-01", "such as 2026-09-01")),
    ("放假日期", ("如 2027-01-22", "such as 2027-01-22")),
    ("停课日期", ("用顿号隔开", "separated by 、")),
    ("调休", ("如 2026-09-20=周二", "such as 2026-09-20=周二")),
    ("课表周期", ("1 = 每周相同(默认),2 = 分单双周", "1 = every week alike (default), 2 = odd and even weeks")),
    ("统一事项", ("七个统一中已统一的,如 教师配置、课程计划", "what is held in common, such as 教师配置 (staffing), 课程计划 (hours)")),
    ("路程估算", ("有校区坐标时:固定分钟+每公里分钟,如 5+3", "with coordinates: fixed minutes + minutes per km, such as 5+3")),
    ("模板版本", ("请勿改动", "leave as it is")),
];
/// Written by `template --per-school`, read by `collect`.
const REPORTER: &str = "填报学校";
/// Stands there for the workbook with what concerns more than one school.
pub(in super::super) const DISTRICT: &str = "学区";

impl Sheet for TermSheet {
    type Row = Row;
    const NAME: &'static str = "学期";
    const ALSO: &'static [&'static str] = &["学期设置", "基本信息", "设置"];
    const ABOUT: Words = ("整个学区的名称、日期等,一行一项", "names and dates of the whole district, one item a line");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "项目",
                &["名称", "项"],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut row.item, plain(cell)),
                |row, _| Value::text(&row.item),
            )
            .needed(),
            Self::column(
                "内容",
                &["值", "填写"],
                ("每项的写法见「填写说明」", "how to write each stands beside it"),
                |row, cell, _| put(&mut row.value, cell.clone()),
                |row, _| Value::text(row.value.text()),
            ),
            Self::column(
                "填写说明",
                &["写法"],
                ("请勿改动", "leave as it is"),
                |_, _, _| Ok(()),
                |row, _| Value::text(ITEMS.iter().find(|(item, _)| *item == row.item).map_or("", |(_, words)| words.0)),
            ),
        ]
    }
}

/// What a school's workbook says of itself.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Stamp {
    pub reporter: Option<String>,
    pub version: Option<u32>,
}

/// A line that names the school a workbook was made for.
pub(in super::super) fn stamp(school: &str) -> Vec<Value> {
    vec![Value::text(REPORTER), Value::text(school), Value::Blank]
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let term = district.term.as_ref();
    let of = |pick: fn(&Term) -> &str| term.map(|term| pick(term).to_owned()).unwrap_or_default();
    let english = |text: &Text| super::english(text).to_owned();
    let travel = &district.travel;
    let value = |item: &str| match item {
        "学区编号" => district.id.clone(),
        "学区名称" => district.title.zh.clone(),
        "学区英文名" => english(&district.title),
        "演示数据" => if district.demo { "是" } else { "" }.to_owned(),
        "数据说明" => district.note.as_ref().map(|note| note.zh.clone()).unwrap_or_default(),
        "数据说明(英文)" => district.note.as_ref().map(english).unwrap_or_default(),
        "学期编号" => of(|term| &term.id),
        "开学日期" => of(|term| &term.first_day),
        "放假日期" => of(|term| &term.last_day),
        "停课日期" => term.map(|term| join(&term.off)).unwrap_or_default(),
        "调休" => {
            term.map(|term| join(term.teaches_as.iter().map(|(date, day)| format!("{date}={}", week::say_day(*day))))).unwrap_or_default()
        }
        "课表周期" => district.cycle_weeks.to_string(),
        "统一事项" => join(district.unified.iter().map(|unified| unified.label())),
        "路程估算" if travel.estimate_base_minutes + travel.estimate_minutes_per_km > 0 => {
            format!("{}+{}", travel.estimate_base_minutes, travel.estimate_minutes_per_km)
        }
        "模板版本" => VERSION.to_string(),
        _ => String::new(),
    };
    ITEMS.iter().map(|(item, _)| Row { item: (*item).to_owned(), value: Cell::from_text(&value(item)) }).collect()
}

pub(super) fn read(draft: &mut Draft) {
    let mut term = Term::default();
    let (mut english, mut note_english, mut first) = (String::new(), String::new(), String::new());
    for found in draft.rows::<TermSheet>() {
        first.clone_from(&found.at);
        let Row { item, value } = &found.row;
        if value.is_blank() {
            continue;
        }
        let district = &mut draft.district;
        let text = value.text();
        let done = match ITEMS.iter().map(|(known, _)| *known).chain([REPORTER]).find(|known| key(known) == key(item)) {
            Some("学区编号") => put(&mut district.id, text),
            Some("学区名称") => put(&mut district.title.zh, text),
            Some("学区英文名") => put(&mut english, text),
            Some("演示数据") => yes(value).map(|flag| district.demo = flag),
            Some("数据说明") => put(&mut district.note.get_or_insert_default().zh, text),
            Some("数据说明(英文)") => put(&mut note_english, text),
            Some("学期编号") => put(&mut term.id, text),
            Some("开学日期") => month::date(value).map(|date| term.first_day = date),
            Some("放假日期") => month::date(value).map(|date| term.last_day = date),
            Some("停课日期") => dates(value).map(|dates| term.off = dates),
            Some("调休") => make_up(value).map(|days| term.teaches_as = days.into_iter().collect()),
            Some("课表周期") => whole(value, 2).map(|weeks| district.cycle_weeks = weeks as u8),
            Some("统一事项") => unified(value).map(|list| district.unified = list),
            Some("路程估算") => estimate(value).map(|(base, per_km)| {
                district.travel.estimate_base_minutes = base;
                district.travel.estimate_minutes_per_km = per_km;
            }),
            Some("模板版本") => whole(value, 1_000).map(|version| draft.stamp.version = Some(version)),
            Some(REPORTER) => put(&mut draft.stamp.reporter, Some(text)),
            _ => {
                let near = nearest(item, ITEMS.iter().map(|(known, _)| *known)).unwrap_or("学区名称");
                Err(Misread::of(&UNKNOWN)
                    .found(format!("没有“{item}”这一项"), format!("there is no item {item}"))
                    .remedy(format!("是不是“{near}”?"), format!("did you mean {near}?")))
            }
        };
        if let Err(misread) = done {
            let place = found.at.replace("!A", "!B");
            draft.problems.push(misread.at(place, item, value));
        }
    }
    let district = &mut draft.district;
    district.title.en = if english.is_empty() { district.title.zh.clone() } else { english };
    if let Some(note) = &mut district.note {
        note.en = if note_english.is_empty() { note.zh.clone() } else { note_english };
    }
    draft.lookup.year = term.first_day.get(..4).and_then(|year| year.parse().ok());
    if !(term.id.is_empty() && term.first_day.is_empty() && term.last_day.is_empty()) {
        district.term = Some(term);
        draft.origins.insert("term".to_owned(), first.clone());
    }
    for path in ["id", "title", "travel.estimate"] {
        draft.origins.insert(path.to_owned(), first.clone());
    }
}

fn unified(cell: &Cell) -> Result<Vec<Unified>, Misread> {
    list(&plain(cell)).iter().map(|text| Unified::read(&Cell::from_text(text))).collect()
}

fn dates(cell: &Cell) -> Result<Vec<String>, Misread> {
    list(&plain(cell)).iter().map(|text| month::date(&Cell::from_text(text))).collect()
}

fn make_up(cell: &Cell) -> Result<Vec<(String, u8)>, Misread> {
    let misread = || Misread::wants("如 2026-09-20=周二", "such as 2026-09-20=周二");
    let day = |text: String| {
        let (date, day) = text.split_once('=').ok_or_else(misread)?;
        Ok((month::date(&Cell::from_text(date))?, week::read_day(&Cell::from_text(day))?))
    };
    list(&plain(cell)).into_iter().map(day).collect()
}

fn estimate(cell: &Cell) -> Result<(u32, u32), Misread> {
    let text = plain(cell);
    let pair = text.split_once('+').and_then(|(base, per_km)| Some((base.trim().parse().ok()?, per_km.trim().parse().ok()?)));
    pair.ok_or_else(|| Misread::wants("固定分钟+每公里分钟,如 5+3", "fixed minutes + minutes per km, such as 5+3"))
}
