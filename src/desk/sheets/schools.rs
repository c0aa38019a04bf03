//! 学校: name and stage are enough.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::lookup::Lookup;
use super::super::values::labels::Labelled;
use super::super::values::{join, list, pairs, plain, whole, yes};
use super::{english, or_same, put};
use crate::file::{District, Policy, Provenance, School, Sources, Stage, Standing};
use crate::problem::Words;
use std::collections::BTreeMap;

pub(in super::super) struct Schools;

#[derive(Default)]
pub(in super::super) struct Row {
    school: School,
    /// Classes in each grade, for a school without lines in 班级.
    classes: Vec<u32>,
    pupils: Option<u32>,
}

impl Sheet for Schools {
    type Row = Row;
    const NAME: &'static str = "学校";
    const ALSO: &'static [&'static str] = &["学校一览", "学校情况", "学校基本情况", "各校"];
    const ABOUT: Words = ("每校一行;学校、学段必填", "one line a school; name and stage are needed");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学校",
                &["学校名称", "名称", "校名", "单位", "单位名称"],
                ("各表都用这个名称", "the name used in all sheets"),
                |row, cell, _| put(&mut row.school.name.zh, cell.text()),
                |row, _| Value::text(&row.school.name.zh),
            )
            .needed(),
            Self::column(
                "学段",
                &["办学层次", "学校类别"],
                ("小学、初中、高中,九年一贯写“小学、初中”;空着看校名", "小学 primary, 初中 junior, 高中 senior; blank: by the name"),
                |row, cell, _| put(&mut row.school.stages, stages(&plain(cell))?),
                |row, _| Value::text(join(row.school.stages.iter().map(|stage| stage.label()))),
            )
            .offers(Offer::Words(Stage::labels)),
            Self::column(
                "各年级班数",
                &["每年级班数", "年级班数", "轨数"],
                (
                    "没有逐班填「班级」时用:2 表示每年级 2 班;2、2、3 … 为逐年级",
                    "used where 班级 has no lines: 2 = two classes in each grade; 2、2、3 … = grade by grade",
                ),
                |row, cell, _| {
                    put(&mut row.classes, list(&cell.text()).iter().map(|part| whole(&super::cell(part), 60)).collect::<Result<_, _>>()?)
                },
                |_, _| Value::Blank,
            ),
            Self::column(
                "学生数",
                &["学生人数", "在校生数", "在校生", "学生"],
                ("默认 0;两个学段写“小学=300、初中=200”", "default 0; for two stages 小学=300、初中=200"),
                |row, cell, _| {
                    if cell.text().contains(['=', ':', ':']) {
                        return put(&mut row.school.pupils, by_stage(&cell.text())?);
                    }
                    put(&mut row.pupils, Some(whole(cell, 100_000)?))
                },
                |row, _| match (row.school.stages.as_slice(), row.school.pupils.iter().next(), row.school.pupils.len()) {
                    ([only], Some((stage, pupils)), 1) if only == stage => Value::from(*pupils),
                    _ => Value::text(join(row.school.pupils.iter().map(|(stage, pupils)| format!("{}={pupils}", stage.label())))),
                },
            ),
            Self::column(
                "编制数",
                &["编制", "教职工编制", "核定编制"],
                ("教职工编制;分等级写“总数=60、高级=6”;空着不核编制", "authorised posts; by rank 总数=60、高级=6; blank: not checked"),
                |row, cell, _| {
                    let quota = whole(cell, 10_000).map(|all| BTreeMap::from([("all".to_owned(), all)]));
                    put(&mut row.school.quota, quota.or_else(|_| by_rank(&cell.text()))?)
                },
                |row, _| match (row.school.quota.get("all"), row.school.quota.len()) {
                    (Some(all), 1) => Value::from(*all),
                    _ => Value::text(join(row.school.quota.iter().map(|(rank, posts)| format!("{}={posts}", say_rank(rank))))),
                },
            ),
            Self::column(
                "交流定位",
                &["支援受援", "定位"],
                ("支援校(派出)或受援校(接收);默认都不是", "支援校 sends, 受援校 receives; default neither"),
                |row, cell, _| put(&mut row.school.standing, Standing::read(cell)?),
                |row, _| if row.school.standing == Standing::Neither { Value::Blank } else { Value::text(row.school.standing.label()) },
            )
            .offers(Offer::Words(Standing::labels)),
            Self::column(
                "乡村",
                &["是否乡村", "农村", "乡村学校"],
                ("是/否,默认否", "是 or 否, default 否"),
                |row, cell, _| put(&mut row.school.rural, yes(cell)?),
                |row, _| Value::yes(row.school.rural),
            )
            .offers(Offer::Words(|| vec!["是", "否"])),
            Self::column(
                "新建",
                &["新建学校"],
                ("是:起步师资由牵头校派出", "是: its first staff come from the lead of its group"),
                |row, cell, _| put(&mut row.school.new_school, yes(cell)?),
                |row, _| Value::yes(row.school.new_school),
            )
            .offers(Offer::Words(|| vec!["是"])),
            Self::column(
                "编号",
                &["学校编号", "学校代码", "代码"],
                ("空着用校名", "blank: the name"),
                |row, cell, _| put(&mut row.school.id, cell.text()),
                |row, _| Value::text(&row.school.id),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.school.name.en, cell.text()),
                |row, _| Value::text(english(&row.school.name)),
            ),
            Self::column(
                "交流经费",
                &["经费(元)"],
                ("每年,元;空着不限", "yuan a year; blank: no limit"),
                |row, cell, _| put(&mut row.school.budget_yuan, Some(i64::from(whole(cell, 100_000_000)?))),
                |row, _| Value::maybe(row.school.budget_yuan),
            ),
            Self::column(
                "指标",
                &["优质均衡指标"],
                ("名称=数(百分之一为单位)", "name=number in hundredths"),
                |row, cell, _| put(&mut row.school.indicators, pairs(&cell.text())?.into_iter().collect()),
                |row, _| Value::text(join(row.school.indicators.iter().map(|(name, value)| format!("{name}={value}")))),
            ),
            Self::column(
                "考核数据",
                &[],
                (
                    "只供考核,从今年往前,百分之一为单位,如 attendance=9900 9850",
                    "figures for the evaluation only, this year first, in hundredths, such as attendance=9900 9850",
                ),
                |row, cell, _| put(&mut row.school.measures, measures(&cell.text())?),
                |row, _| Value::text(join(row.school.measures.iter().map(|(name, years)| format!("{name}={}", years_of(years))))),
            ),
            Self::column(
                "包校领导",
                &["包校局领导", "包联领导", "联系领导"],
                ("教育局由谁包校(代号)", "who of the bureau vouches for the school"),
                |row, cell, _| put(&mut row.school.patron, Some(cell.text())),
                |row, _| Value::maybe(row.school.patron.as_deref()),
            ),
            Self::column(
                "数据来源",
                &[],
                ("不是填报的写明,如 学生数=估计", "what is not given, such as 学生数=估计"),
                |row, cell, _| put(&mut row.school.provenance, read_sources(&cell.text())?),
                |row, _| say_sources(&row.school.provenance),
            ),
        ]
    }
}

fn stages(text: &str) -> Result<Vec<Stage>, Misread> {
    match text {
        "九年一贯制" | "九年一贯" | "九年制" => return Ok(vec![Stage::Primary, Stage::Junior]),
        "完全中学" | "完中" => return Ok(vec![Stage::Junior, Stage::Senior]),
        _ => {}
    }
    list(text).iter().map(|part| Stage::read(&super::cell(part))).collect()
}

fn by_stage(text: &str) -> Result<BTreeMap<Stage, u32>, Misread> {
    let misread = || Misread::wants("小学=人数、初中=人数", "小学=number、初中=number");
    let stage = |(name, number): (String, i64)| Some((Stage::parse(&name)?, u32::try_from(number).ok()?));
    pairs(text)?.into_iter().map(|pair| stage(pair).ok_or_else(misread)).collect()
}

const RANKS: [(&str, &str); 4] = [("all", "总数"), ("senior", "高级"), ("middle", "中级"), ("junior", "初级")];

/// The word for a rank of posts; unknown ranks speak for themselves.
pub(super) fn say_rank(id: &str) -> &str {
    RANKS.iter().find(|(known, _)| *known == id).map_or(id, |(_, word)| word)
}
pub(super) fn rank(word: &str) -> String {
    RANKS.iter().find(|(_, known)| *known == word.trim()).map_or(word.trim(), |(id, _)| id).to_owned()
}

fn by_rank(text: &str) -> Result<BTreeMap<String, u32>, Misread> {
    let misread = || Misread::wants("整数,或 总数=60、高级=6", "a whole number, or 总数=60、高级=6");
    let pair = |(name, number): (String, i64)| u32::try_from(number).map(|number| (rank(&name), number)).map_err(|_| misread());
    pairs(text).map_err(|_| misread())?.into_iter().map(pair).collect()
}

/// name=this year, last year … with blanks between.
fn measures(text: &str) -> Result<BTreeMap<String, Vec<i64>>, Misread> {
    let misread = || Misread::wants("名称=今年 去年 …,整数", "name=this year, last year …, whole numbers with blanks between");
    let one = |part: String| {
        let (name, years) = part.split_once(['=', ':', ':'])?;
        let years: Option<Vec<i64>> = years.split_whitespace().map(|year| year.parse().ok()).collect();
        Some((name.trim().to_owned(), years?))
    };
    list(text).into_iter().map(|part| one(part).ok_or_else(misread)).collect()
}
fn years_of(years: &[i64]) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    district.schools.iter().map(|school| Row { school: school.clone(), ..Row::default() }).collect()
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Schools>() {
        let Row { mut school, classes, pupils } = found.row;
        if school.name.zh.is_empty() {
            school.name.zh.clone_from(&school.id);
        }
        if school.id.is_empty() {
            school.id.clone_from(&school.name.zh);
        }
        or_same(&mut school.name);
        if school.stages.is_empty() {
            school.stages = by_name(&school.name.zh);
            if school.stages.is_empty() {
                draft.refuse(&found.at, "学段", Misread::empty());
            }
        }
        if let Some(pupils) = pupils {
            match school.stages.as_slice() {
                [stage] => drop(school.pupils.insert(*stage, pupils)),
                _ => draft.refuse(&found.at, "学生数", Misread::wants("小学=人数、初中=人数", "小学=number、初中=number")),
            }
        }
        learn(&mut draft.lookup, &school);
        if !classes.is_empty() {
            draft.grades.push((school.id.clone(), classes));
        }
        draft.came_from("schools", draft.district.schools.len(), &found.at);
        draft.district.schools.push(school);
    }
}

fn learn(lookup: &mut Lookup, school: &School) {
    lookup.schools.learn(&school.id, &school.name.zh);
    lookup.stages.insert(school.id.clone(), school.stages.clone());
}

/// The stage that a name tells.
fn by_name(name: &str) -> Vec<Stage> {
    if name.contains("小学") || name.ends_with("教学点") {
        vec![Stage::Primary]
    } else if name.contains("高中") || name.contains("高级中学") {
        vec![Stage::Senior]
    } else if name.contains("初中") || name.contains("初级中学") {
        vec![Stage::Junior]
    } else {
        Vec::new()
    }
}

/// Field=估计: where values come from that nobody gave.
pub(super) fn read_sources(text: &str) -> Result<Sources, Misread> {
    let misread = || Misread::wants("字段=填报、估计或默认", "field=填报 (given), 估计 (estimated) or 默认 (default)");
    let one = |part: &String| {
        let (field, source) = part.split_once('=')?;
        Some((field.to_owned(), Provenance::parse(source)?))
    };
    list(text).iter().map(|part| one(part).ok_or_else(misread)).collect()
}
pub(super) fn say_sources(sources: &Sources) -> Value {
    Value::text(join(sources.iter().map(|(field, source)| format!("{field}={}", source.label()))))
}
