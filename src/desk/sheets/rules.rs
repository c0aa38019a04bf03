//! 规则: the clauses of the policy, their force and their numbers. What the sheet does not name stays as it is.

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::problems::UNKNOWN;
use super::super::values::{plain, yes};
use super::put;
use crate::file::{Clause, District, Force, Policy, Preference};
use crate::problem::{Words, nearest};
use serde_json::Value as Json;

pub(in super::super) struct Rules;

#[derive(Default)]
pub(in super::super) struct Row {
    clause: String,
    title: &'static str,
    force: Option<Level>,
    on: Option<bool>,
    number: String,
    value: Option<Json>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Legal,
    Policy,
    Prefer,
}

const LEVELS: [(Level, &str); 3] = [(Level::Legal, "必须遵守"), (Level::Policy, "经集体研究可调整"), (Level::Prefer, "尽量照顾")];

fn level(force: Force) -> Level {
    match force {
        Force::Legal => Level::Legal,
        Force::Policy => Level::Policy,
        Force::Prefer(_) => Level::Prefer,
    }
}

/// Field of a rule → what the sheet calls it.
const NUMBERS: [(&str, &str); 18] = [
    ("percent", "百分比"),
    ("min_years_at_school", "在本校至少几年"),
    ("more_than_years_to_retirement", "距退休多于几年"),
    ("max_age_male", "男最大年龄"),
    ("max_age_female", "女最大年龄"),
    ("above", "可超过几人"),
    ("below", "可少于几人"),
    ("max", "最多"),
    ("min", "最少"),
    ("max_minutes", "最多分钟"),
    ("max_days", "最多天数"),
    ("longest_minutes", "单程最多分钟"),
    ("margin_minutes", "路上留余分钟"),
    ("over_target", "可超标准课时"),
    ("spread", "按差距"),
    ("first", "避开第一节"),
    ("last", "避开最后一节"),
    ("after_lunch", "避开午后第一节"),
];

impl Sheet for Rules {
    type Row = Row;
    const NAME: &'static str = "规则";
    const ALSO: &'static [&'static str] = &["规则设置", "政策", "办法"];
    const ABOUT: Words = ("要改的规定改这里;不写的照标准办法", "change a clause here; what is not named stays as in the standard policy");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "条款",
                &["条款编号", "编号"],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut row.clause, cell.text()),
                |row, _| Value::text(&row.clause),
            )
            .needed(),
            Self::column("规则", &["内容", "规定"], ("请勿改动", "leave as it is"), |_, _, _| Ok(()), |row, _| Value::text(row.title)),
            Self::column(
                "力度",
                &["要求"],
                (
                    "必须遵守(不能改)、经集体研究可调整、尽量照顾;空着照旧",
                    "必须遵守 legal (fixed), 经集体研究可调整 policy, 尽量照顾 preference; blank: as before",
                ),
                |row, cell, _| {
                    let known = LEVELS.iter().find(|(_, word)| *word == cell.text()).map(|(level, _)| *level);
                    let words = LEVELS.map(|(_, word)| word).join(" ");
                    put(&mut row.force, Some(known.ok_or_else(|| Misread::wants(words.clone(), words))?))
                },
                |row, _| Value::maybe(LEVELS.iter().find(|(level, _)| Some(*level) == row.force).map(|(_, word)| *word)),
            )
            .offers(Offer::Words(|| LEVELS.map(|(_, word)| word).to_vec())),
            Self::column(
                "采用",
                &["是否采用", "启用"],
                ("是/否;空着照旧", "是 or 否; blank: as before"),
                |row, cell, _| put(&mut row.on, Some(yes(cell)?)),
                |row, _| Value::maybe(row.on.map(|on| if on { "是" } else { "否" })),
            )
            .offers(Offer::Words(|| vec!["是", "否"])),
            Self::column(
                "数值名称",
                &["参数"],
                ("一条有几个数时一数一行", "one line for each number of a clause"),
                |row, cell, _| {
                    let text = cell.text();
                    put(
                        &mut row.number,
                        NUMBERS.iter().find(|(id, word)| *word == text || *id == text).map_or(text, |(id, _)| (*id).to_owned()),
                    )
                },
                |row, _| Value::text(say_number(&row.number)),
            ),
            Self::column(
                "数值",
                &["值", "参数值"],
                ("整数,或 是/否", "a whole number, or 是 or 否"),
                |row, cell, _| {
                    let text = plain(cell);
                    let number = text.trim_end_matches(['%', '%']).parse::<u32>().map(Json::from);
                    let misread = || Misread::wants("整数,或 是/否", "a whole number, or 是 or 否");
                    put(&mut row.value, Some(number.or_else(|_| yes(cell).map(Json::from)).map_err(|_| misread())?))
                },
                |row, _| match &row.value {
                    Some(Json::Number(n)) => Value::maybe(n.as_i64()),
                    Some(Json::Bool(flag)) => Value::text(if *flag { "是" } else { "否" }),
                    _ => Value::Blank,
                },
            ),
        ]
    }
}

fn say_number(id: &str) -> &str {
    NUMBERS.iter().find(|(known, _)| *known == id).map_or(id, |(_, word)| word)
}

/// The numbers and flags of a clause's rule.
fn numbers(clause: &Clause) -> Vec<(String, Json)> {
    let rule = serde_json::to_value(&clause.rule).unwrap_or_default();
    let fields = rule.as_object().and_then(|rule| rule.values().next()?.as_object().cloned()).unwrap_or_default();
    fields.into_iter().filter(|(_, value)| value.is_number() || value.is_boolean()).collect()
}

pub(super) fn write(_: &District, policy: &Policy) -> Vec<Row> {
    let mut rows = Vec::new();
    for clause in &policy.clauses {
        let title = clause.rule.rule().law().title.0;
        let mut numbers = numbers(clause).into_iter();
        let (number, value) = numbers.next().map_or((String::new(), None), |(number, value)| (number, Some(value)));
        let head = Row { clause: clause.id.clone(), title, force: Some(level(clause.force)), on: Some(!clause.off), number, value };
        rows.push(head);
        rows.extend(numbers.map(|(number, value)| Row { clause: clause.id.clone(), title, number, value: Some(value), ..Row::default() }));
    }
    rows
}

pub(super) fn read(draft: &mut Draft) {
    for found in draft.rows::<Rules>() {
        if let Err((head, misread)) = change(&mut draft.policy, &found.row) {
            draft.refuse(&found.at, head, misread);
        }
    }
}

fn change(policy: &mut Policy, row: &Row) -> Result<(), (&'static str, Misread)> {
    let Some(index) = policy.clauses.iter().position(|clause| clause.id == row.clause) else {
        let near = nearest(&row.clause, policy.clauses.iter().map(|clause| clause.id.as_str())).unwrap_or("quota");
        let found = (format!("办法里没有条款“{}”", row.clause), format!("the policy has no clause {}", row.clause));
        let misread = Misread::of(&UNKNOWN).found(found.0, found.1).remedy(format!("是不是“{near}”?"), format!("did you mean {near}?"));
        return Err(("条款", misread));
    };
    let clause = &mut policy.clauses[index];
    let legal = clause.force == Force::Legal;
    let fixed = || {
        Misread::wants("必须遵守、采用", "必须遵守 and 是")
            .remedy("必须遵守的规定不能放宽或停用;请改回来", "what must be kept can be neither relaxed nor switched off; change it back")
    };
    if let Some(force) = row.force.filter(|force| *force != level(clause.force)) {
        if legal {
            return Err(("力度", fixed()));
        }
        clause.force = match force {
            Level::Legal => Force::Legal,
            Level::Policy => Force::Policy,
            Level::Prefer => Force::Prefer(Preference { rank: 4, then: 0, weight: 1 }),
        };
    }
    if row.on == Some(false) && legal {
        return Err(("采用", fixed()));
    }
    clause.off = row.on.map_or(clause.off, |on| !on);
    let (false, Some(value)) = (row.number.is_empty(), &row.value) else { return Ok(()) };
    let mut rule = serde_json::to_value(&clause.rule).unwrap_or_default();
    if let Some(fields) = rule.as_object_mut().and_then(|rule| rule.values_mut().next()?.as_object_mut()) {
        fields.insert(row.number.clone(), value.clone());
    }
    clause.rule = serde_json::from_value(rule).map_err(|error| {
        let known = numbers(clause).iter().map(|(id, _)| say_number(id).to_owned()).collect::<Vec<_>>().join("、");
        let found = (format!("“{}”={value} 不能用在这条规则上", say_number(&row.number)), error.to_string());
        let allowed = if known.is_empty() { "这条规则没有数值".to_owned() } else { known };
        ("数值", Misread::wants(allowed.clone(), allowed).found(found.0, found.1))
    })?;
    Ok(())
}
