//! The policy: ranks, weights, numbers of the rules, and what meetings decided.

use super::index::Index;
use super::times::day_number;
use crate::file::{Force, Policy};
use crate::problem::{Kind, Problem};
use serde_json::Value;
use std::collections::BTreeMap;

const RANK: Kind = Kind::error(
    "E-POLICY-001",
    ("优先级不在 1 到 5 之间", "a rank outside 1 to 5"),
    ("1 到 5", "1 to 5"),
    ("请改正 `rank`", "correct `rank`"),
);
const WEIGHT: Kind = Kind::error(
    "E-POLICY-002",
    ("权重不对", "a weight out of range"),
    ("1 到 1000000", "1 to 1000000"),
    ("请改正 `weight`;不想要这一条请写 `off`", "correct `weight`; to drop the clause write `off`"),
);
const DECISION_FOR_NOTHING: Kind = Kind::error(
    "E-POLICY-003",
    ("决议调整的条款不存在", "a decision about no clause"),
    ("`clauses` 里的条款编号", "the id of a clause in `clauses`"),
    ("请改正条款编号,或删掉这个决议", "correct the id or remove the decision"),
);
const DECISION_FOR_LAW: Kind = Kind::error(
    "E-POLICY-004",
    ("决议调整了必须遵守的条款", "a decision relaxes a clause that is law"),
    ("只有“经集体研究可调整”(policy)的条款可以调整", "only clauses of force `policy` can be relaxed"),
    ("请删掉这个决议;确实可以商量的,请把条款改为 `policy`", "remove the decision; if it may be discussed give the clause force `policy`"),
);
const DECISION_FOR_WISH: Kind = Kind::error(
    "E-POLICY-005",
    ("决议调整了“尽量照顾”的条款", "a decision relaxes a preference"),
    ("只有“经集体研究可调整”(policy)的条款需要决议", "only clauses of force `policy` need one"),
    ("请直接改条款的数或权重", "change the clause's numbers or weight instead"),
);
const DECISION_CHANGES_RULE: Kind = Kind::error(
    "E-POLICY-006",
    ("决议换成了另一种规则", "a decision changes to another rule"),
    ("同一种规则,只改其中的数", "the same rule with other numbers"),
    ("请改正 `relaxed_to`,或改正条款编号", "correct `relaxed_to` or the clause's id"),
);
const TWO_DECISIONS: Kind = Kind::error(
    "E-POLICY-007",
    ("同一条款有两个决议", "two decisions about one clause"),
    ("每个条款最多一个决议", "at most one for each clause"),
    ("请只留最后的一个", "keep the last one only"),
);
const NO_RECORD: Kind = Kind::error(
    "E-POLICY-008",
    ("决议没有写明会议、日期或文件", "a decision without its meeting, date or document"),
    ("会议、日期(YYYY-MM-DD)和文件都写明", "the meeting, the date (YYYY-MM-DD) and the document"),
    ("请补上:方案里要写明依据", "add them: the plan names its grounds"),
);
const NUMBER: Kind = Kind::error(
    "E-POLICY-009",
    ("规则里的数不合理", "a number of a rule is out of reason"),
    ("百分数不超过 100,其他的数不超过 100000", "percentages to 100, other numbers to 100000"),
    ("请改正这个数", "correct the number"),
);
const NOTHING_ASKED: Kind = Kind::warning(
    "W-POLICY-010",
    ("政策里没有起作用的条款", "a policy without a clause in force"),
    ("至少一个没有关闭的条款", "at least one clause that is not off"),
    ("请补上条款,或去掉 `off`", "add clauses or drop `off`"),
);
const NOTHING_RELAXED: Kind = Kind::warning(
    "W-POLICY-011",
    ("决议没有改变任何数", "a decision that changes nothing"),
    ("与条款不同的数", "numbers other than the clause's"),
    ("请改正 `relaxed_to`,或删掉这个决议", "correct `relaxed_to` or remove the decision"),
);
const SAME_CLAUSE: Kind = Kind::warning(
    "W-POLICY-012",
    ("两个条款完全相同", "two clauses say the same"),
    ("规则、数或范围有所不同", "a difference in rule, numbers or scope"),
    ("请删掉其中一个,否则会重复计算", "remove one, or it counts twice"),
);

pub const KINDS: &[&Kind] = &[
    &RANK,
    &WEIGHT,
    &DECISION_FOR_NOTHING,
    &DECISION_FOR_LAW,
    &DECISION_FOR_WISH,
    &DECISION_CHANGES_RULE,
    &TWO_DECISIONS,
    &NO_RECORD,
    &NUMBER,
    &NOTHING_ASKED,
    &NOTHING_RELAXED,
    &SAME_CLAUSE,
];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    let Some((file, policy)) = index.policy else { return };
    ranks(file, policy, found);
    weights(file, policy, found);
    numbers(file, policy, found);
    same_clause(file, policy, found);
    nothing_asked(file, policy, found);
    decisions(file, policy, found);
    two_decisions(file, policy, found);
    records(file, policy, found);
}

fn ranks(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    for (i, clause) in policy.clauses.iter().enumerate() {
        if let Force::Prefer(preference) = clause.force
            && !(1..=5).contains(&preference.rank)
        {
            let (at, rank) = (format!("{file}: clauses[{i}].force.prefer.rank"), preference.rank);
            found.push(RANK.at(at).of(&clause.id).found(format!("写的是 {rank}"), format!("it says {rank}")));
        }
    }
}

fn weights(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    for (i, clause) in policy.clauses.iter().enumerate() {
        if let Force::Prefer(preference) = clause.force
            && !(1..=1_000_000).contains(&preference.weight)
        {
            let (at, weight) = (format!("{file}: clauses[{i}].force.prefer.weight"), preference.weight);
            found.push(WEIGHT.at(at).of(&clause.id).found(format!("写的是 {weight}"), format!("it says {weight}")));
        }
    }
}

/// Rules are judged by the names of their numbers, so that a new rule is judged without a line here.
fn numbers(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    let clauses = policy.clauses.iter().enumerate().map(|(i, clause)| (format!("clauses[{i}].rule"), &clause.id, &clause.rule));
    let decisions = policy.decisions.iter().enumerate();
    let decisions = decisions.map(|(i, decision)| (format!("decisions[{i}].relaxed_to"), &decision.clause, &decision.relaxed_to));
    for (path, id, rule) in clauses.chain(decisions) {
        let Ok(Value::Object(rule)) = serde_json::to_value(rule) else { continue };
        for (rule, numbers) in &rule {
            for (name, number) in numbers.as_object().into_iter().flatten() {
                let limit = if name.contains("percent") { 100 } else { 100_000 };
                if number.as_u64().is_some_and(|number| number > limit) {
                    found.push(
                        NUMBER
                            .at(format!("{file}: {path}.{rule}.{name}"))
                            .of(id)
                            .found(format!("写的是 {number}"), format!("it says {number}"))
                            .allowed(format!("不超过 {limit}"), format!("at most {limit}")),
                    );
                }
            }
        }
    }
}

fn same_clause(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    let on: Vec<_> = policy.clauses.iter().enumerate().filter(|(_, clause)| !clause.off).collect();
    for (n, (i, clause)) in on.iter().enumerate() {
        if let Some((_, other)) = on[..n].iter().find(|(_, other)| other.rule == clause.rule && other.scope == clause.scope) {
            let words = (format!("与 `{}` 相同", other.id), format!("the same as `{}`", other.id));
            found.push(SAME_CLAUSE.at(format!("{file}: clauses[{i}]")).of(&clause.id).found(words.0, words.1));
        }
    }
}

fn nothing_asked(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    if policy.clauses.iter().all(|clause| clause.off) {
        found.push(NOTHING_ASKED.at(format!("{file}: clauses")));
    }
}

/// What each decision relaxes: a clause that exists and may be relaxed, by other numbers of the same rule.
fn decisions(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    let clauses: BTreeMap<_, _> = policy.clauses.iter().map(|clause| (&clause.id, clause)).collect();
    for (i, decision) in policy.decisions.iter().enumerate() {
        let at = |field: &str| format!("{file}: decisions[{i}].{field}");
        let id = &decision.clause;
        let Some(clause) = clauses.get(id) else {
            found.push(DECISION_FOR_NOTHING.at(at("clause")).of(id).found(format!("没有条款 `{id}`"), format!("no clause `{id}`")));
            continue;
        };
        match clause.force {
            Force::Legal => found.push(DECISION_FOR_LAW.at(at("clause")).of(id)),
            Force::Prefer(_) => found.push(DECISION_FOR_WISH.at(at("clause")).of(id)),
            Force::Policy => {}
        }
        let (was, is) = (clause.rule.rule().law().id, decision.relaxed_to.rule().law().id);
        if was != is {
            let words = (format!("条款是 `{was}`,决议写成 `{is}`"), format!("the clause is `{was}`, the decision `{is}`"));
            found.push(DECISION_CHANGES_RULE.at(at("relaxed_to")).of(id).found(words.0, words.1));
        } else if clause.rule == decision.relaxed_to {
            found.push(NOTHING_RELAXED.at(at("relaxed_to")).of(id));
        }
    }
}

fn two_decisions(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    let mut seen = BTreeMap::new();
    for (i, decision) in policy.decisions.iter().enumerate() {
        let first = *seen.entry(&decision.clause).or_insert(i);
        if first != i {
            let words =
                (format!("decisions[{first}] 已调整 `{}`", decision.clause), format!("decisions[{first}] is about `{}`", decision.clause));
            found.push(TWO_DECISIONS.at(format!("{file}: decisions[{i}].clause")).of(&decision.clause).found(words.0, words.1));
        }
    }
}

fn records(file: &str, policy: &Policy, found: &mut Vec<Problem>) {
    for (i, decision) in policy.decisions.iter().enumerate() {
        let date = if day_number(&decision.date).is_none() { "" } else { decision.date.as_str() };
        for (field, value) in [("meeting", decision.meeting.as_str()), ("date", date), ("document", decision.document.as_str())] {
            if value.trim().is_empty() {
                let words = (format!("`{field}` 没有写明"), format!("`{field}` is not given"));
                found.push(NO_RECORD.at(format!("{file}: decisions[{i}].{field}")).of(&decision.clause).found(words.0, words.1));
            }
        }
    }
}
