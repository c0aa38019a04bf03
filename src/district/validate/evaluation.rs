//! The score sheet of the policy.

use super::index::Index;
use crate::file::{Evaluation, Metric};
use crate::problem::{Kind, Problem};

const NO_SCALE: Kind = Kind::error(
    "E-EVAL-001",
    ("考核项的满分值和零分值相同", "an item whose full and zero marks meet"),
    ("`full_at` 与 `none_at` 不同", "`full_at` other than `none_at`"),
    ("请改正其中一个", "correct one of the two"),
);
const NO_CLAUSE: Kind = Kind::error(
    "E-EVAL-002",
    ("考核项所指的条款不存在", "an item about no clause"),
    ("`clauses` 里的条款编号", "the id of a clause in `clauses`"),
    ("请改正条款编号", "correct the id"),
);
const NO_CHANGE: Kind = Kind::error(
    "E-EVAL-003",
    ("这种指标没有“提升”可算", "a metric without a change"),
    ("`change` 只用于学校数据(`measure`)和按人员计算的指标", "`change` only with `measure` and metrics of people"),
    ("请去掉 `change`", "drop `change`"),
);
const SHARE: Kind = Kind::error(
    "E-EVAL-004",
    ("考核办法里的百分数超过 100", "a percentage of the evaluation above 100"),
    ("0 到 100", "0 to 100"),
    ("请改正这个数", "correct the number"),
);
const NO_MEASURE: Kind = Kind::warning(
    "W-EVAL-005",
    ("没有学校填报这项数据", "a measure that no school has"),
    ("`schools[].measures` 里的名称", "a name in `schools[].measures`"),
    ("请改正名称,或请学校填报;在此之前这一项不计分", "correct the name or have the schools report it; until then the item does not count"),
);

pub const KINDS: &[&Kind] = &[&NO_SCALE, &NO_CLAUSE, &NO_CHANGE, &SHARE, &NO_MEASURE];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some((file, policy)) = index.policy else { return };
    let Some(sheet) = &policy.evaluation else { return };
    shares(file, sheet, found);
    for (i, item) in sheet.items.iter().enumerate() {
        let at = |field: &str| format!("{file}: evaluation.items[{i}].{field}");
        if item.full_at == item.none_at {
            let words = (format!("都是 {}", item.full_at), format!("both are {}", item.full_at));
            found.push(NO_SCALE.at(at("full_at")).found(words.0, words.1));
        }
        match &item.metric {
            Metric::Excess(id) if policy.clauses.iter().all(|clause| clause.id != *id) => {
                found.push(NO_CLAUSE.at(at("metric")).of(id).found(format!("没有条款 `{id}`"), format!("no clause `{id}`")));
            }
            Metric::Measure(name) if index.district.schools.iter().all(|school| !school.measures.contains_key(name)) => {
                found.push(NO_MEASURE.at(at("metric")).of(name));
            }
            _ => {}
        }
        let still = [Metric::ClassSize, Metric::Uncovered, Metric::Speciality, Metric::Allowances];
        if item.change && (still.contains(&item.metric) || matches!(item.metric, Metric::Excess(_))) {
            found.push(NO_CHANGE.at(at("change")));
        }
    }
}

fn shares(file: &str, sheet: &Evaluation, found: &mut Vec<Problem>) {
    for (field, percent) in [("bundle_percent", sheet.bundle_percent), ("lagging_percent", sheet.lagging_percent)] {
        if percent > 100 {
            let told = SHARE.at(format!("{file}: evaluation.{field}"));
            found.push(told.found(format!("写的是 {percent}"), format!("it says {percent}")));
        }
    }
}
