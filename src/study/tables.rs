//! A study on paper: its rows, its differences, and what may be said of them.

use super::{FrontPoint, Paired, Price, Range, Row, Separation, Staging, Status, Year};
use crate::file::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Names of the metrics that some row has.
pub(super) fn metrics(rows: &[Row]) -> BTreeSet<&String> {
    rows.iter().flat_map(|row| row.metrics.keys()).collect()
}

/// `runs.csv`: district, policy, seed, status, whether everything was proved and what the own policy demands was kept, then a column for every metric met; empty where a run has none.
pub fn runs_csv(rows: &[Row]) -> Vec<u8> {
    let metrics = metrics(rows);
    let head = ["district", "policy", "seed", "status", "proved", "kept"].into_iter().map(str::to_owned);
    let mut table = vec![head.chain(metrics.iter().map(|name| (*name).clone())).collect::<Vec<_>>()];
    for row in rows {
        let run = [row.district.clone(), row.policy.clone(), row.seed.to_string(), row.status.id().to_owned()];
        let first = run.into_iter().chain([row.proved, row.kept].map(|is| is.to_string()));
        let value = |name: &&String| row.metrics.get(*name).map_or_else(String::new, ToString::to_string);
        table.push(first.chain(metrics.iter().map(value)).collect());
    }
    bytes(&table)
}

/// `years.csv`: year, status, people who refused, retired and left, whether everything was proved, then the metrics.
pub fn years_csv(years: &[Year]) -> Vec<u8> {
    let metrics: BTreeSet<&String> = years.iter().flat_map(|year| year.row.metrics.keys()).collect();
    let head = ["year", "status", "refused", "retired", "left", "proved"].into_iter().map(str::to_owned);
    let mut table = vec![head.chain(metrics.iter().map(|name| (*name).clone())).collect::<Vec<_>>()];
    for year in years {
        let counts = [&year.refused, &year.retired, &year.left].map(|ids| ids.len().to_string());
        let first = [year.year.to_string(), year.row.status.id().to_owned()].into_iter().chain(counts);
        let value = |name: &&String| year.row.metrics.get(*name).map_or_else(String::new, ToString::to_string);
        table.push(first.chain([year.row.proved.to_string()]).chain(metrics.iter().map(value)).collect());
    }
    bytes(&table)
}

/// `pairs.csv`: every metric of every two policies; differences b − a.
pub fn pairs_csv(pairs: &[Paired]) -> Vec<u8> {
    let head = ["metric", "a", "b", "districts", "mean_difference", "least", "greatest", "noise", "verdict"];
    let row = |pair: &Paired| {
        let [mean, least, greatest, noise] = [pair.mean, pair.least, pair.greatest, pair.noise].map(decimal);
        let verdict = pair.separation.id().to_owned();
        let districts = pair.districts.to_string();
        vec![pair.metric.clone(), pair.a.clone(), pair.b.clone(), districts, mean, least, greatest, noise, verdict]
    };
    table(&head, pairs.iter().map(row))
}

/// `ranges.csv`: every metric of a policy in a district over the plans near the best.
pub fn ranges_csv(ranges: &[Range]) -> Vec<u8> {
    let row = |range: &Range| {
        let numbers = [range.plans.to_string(), range.best.to_string(), range.least.to_string(), range.greatest.to_string()];
        [range.district.clone(), range.policy.clone(), range.metric.clone()].into_iter().chain(numbers).collect()
    };
    table(&["district", "policy", "metric", "plans", "best", "least", "greatest"], ranges.iter().map(row))
}

/// `front.csv`: the points by the first level ascending.
pub fn front_csv(front: &[FrontPoint]) -> Vec<u8> {
    let row = |point: &FrontPoint| {
        let numbers = [point.first, point.second, point.first_bound, point.second_bound].map(|number| number.to_string());
        let limit = point.limit.map_or_else(String::new, |limit| limit.to_string());
        std::iter::once(limit).chain(numbers).chain([point.proved.to_string()]).collect()
    };
    table(&["limit", "first", "second", "first_bound", "second_bound", "proved"], front.iter().map(row))
}

/// `prices.csv`: every level with a clause and without it; `price` is the difference of the values.
pub fn prices_csv(prices: &[Price]) -> Vec<u8> {
    let row = |price: &Price| {
        let stage = format!("{:?}", price.stage).to_lowercase();
        let cell = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let (value, bound) = (price.without.map(|(value, _)| value), price.without.map(|(_, bound)| bound));
        let numbers = [Some(price.with.0), Some(price.with.1), value, bound, value.map(|value| price.with.0 - value)].map(cell);
        [price.clause.clone(), stage, price.level.clone()].into_iter().chain(numbers).chain([price.proved.to_string()]).collect()
    };
    let head = ["clause", "stage", "level", "value", "bound", "value_without", "bound_without", "price", "proved"];
    table(&head, prices.iter().map(row))
}

/// `staging.csv`: every level of the plan decided in stages and of the one decided at once; `price` is the difference.
pub fn staging_csv(staging: &[Staging]) -> Vec<u8> {
    let row = |level: &Staging| {
        let cell = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let model = [level.model.map(|(value, _)| value), level.model.map(|(_, bound)| bound)].map(cell);
        let plans = [level.staged, level.joint, level.staged - level.joint].map(|number| number.to_string());
        std::iter::once(level.level.clone()).chain(plans).chain(model).collect()
    };
    table(&["level", "staged", "joint", "price", "joint_model", "joint_model_bound"], staging.iter().map(row))
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let head = head.iter().map(|name| (*name).to_owned()).collect();
    bytes(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

/// Thousandths as a decimal.
fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000)
}

fn bytes(table: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in table {
        let _ = writer.write_record(row); // into memory, rows of one length
    }
    writer.into_inner().unwrap_or_default()
}

/// What the comparison shows, and what it does not.
pub fn story(rows: &[Row], pairs: &[Paired], yardstick: &str) -> Text {
    let planned = rows.iter().filter(|row| row.status == Status::Planned).count();
    let mut failed: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.status != Status::Planned) {
        *failed.entry((&row.policy, row.status.id())).or_default() += 1;
    }
    let districts = rows.iter().map(|row| &row.district).collect::<BTreeSet<_>>().len();
    let (mut zh, mut en) = (
        vec![
            format!("# 办法比较\n\n{districts} 个学区,{} 次运行,{planned} 次排出方案;指标全部由独立复核按“{yardstick}”计算。", rows.len()),
            "## 分得出的差别".to_owned(),
        ],
        vec![
            format!(
                "# Policies compared\n\n{districts} districts, {} runs, {planned} with a plan; every figure is the checker's, by `{yardstick}`.",
                rows.len()
            ),
            "## Differences that are separated".to_owned(),
        ],
    );
    let separated: Vec<&Paired> = pairs.iter().filter(|pair| pair.separation == Separation::Separated).collect();
    for pair in &separated {
        let (mean, least, greatest) = (decimal(pair.mean), decimal(pair.least), decimal(pair.greatest));
        let Paired { metric, a, b, districts, .. } = pair;
        zh.push(format!("* {metric}:{b} 比 {a} 平均差 {mean}({districts} 个学区,{least} 到 {greatest})"));
        en.push(format!("* {metric}: {b} less {a} is {mean} on average ({districts} districts, {least} to {greatest})"));
    }
    if separated.is_empty() {
        zh.push("没有。".to_owned());
        en.push("None.".to_owned());
    }
    zh.push("## 没有方案的运行".to_owned());
    en.push("## Runs without a plan".to_owned());
    for ((policy, status), count) in &failed {
        zh.push(format!("* {policy}:{status} {count} 次"));
        en.push(format!("* {policy}: {status}, {count} times"));
    }
    if failed.is_empty() {
        zh.push("没有。".to_owned());
        en.push("None.".to_owned());
    }
    let other = pairs.iter().filter(|pair| pair.separation == Separation::NotSeparated).count();
    zh.push(format!(
        "## 不能由此得出的结论\n\n另有 {other} 项差别未能区分:在有的学区不出现、方向相反、不大于搜索本身的起伏,或只有一个学区、一个种子。学区才是重复的单位,种子不是;\
         这里的学区不是随机抽取的,结论只对它们成立。指标是方案的数字,不是交流的效果。"
    ));
    en.push(format!(
        "## What this does not show\n\n{other} more differences are not separated: some district does not show them, shows them the other way round, they are \
         no larger than the search's own noise, or there is one district or one seed only. The district is the unit of replication, not the seed; these districts are no random sample, and \
         what is found holds for them. The figures describe plans, not what an exchange does to people."
    ));
    Text::new(zh.join("\n"), en.join("\n"))
}
