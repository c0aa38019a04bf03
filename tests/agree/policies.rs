//! The tiny policy, and beside each of its clauses sometimes a copy with other numbers, another scope, force and cost.

use super::dice::Dice;
use super::worlds;
use lunpai::file::{Clause, Cost, Decision, District, Force, Policy, Preference, Scope, Stage};
use lunpai::rules::AnyRule;
use serde_json::Value;

/// Copies carry a `~` in their id and are compared, but not counted.
pub fn varied(district: &District, dice: &mut Dice) -> Policy {
    let mut policy = worlds::policy();
    let mut copies = Vec::new();
    for clause in &policy.clauses {
        if dice.percent(40) {
            let mut copy = clause.clone();
            copy.id = format!("{}~", clause.id);
            copy.off = false;
            copy.cost = [Cost::Linear, Cost::Quadratic, Cost::Step][dice.below(3)];
            copy.force = match dice.below(3) {
                0 => Force::Policy,
                1 => Force::Legal,
                _ => Force::Prefer(Preference { rank: 1 + dice.below(5) as u8, then: dice.below(2) as u8, weight: dice.below(9) as u32 }),
            };
            copy.rule = renumber(&copy.rule, dice);
            copy.scope = scope(district, dice);
            if copy.force == Force::Policy && dice.percent(30) {
                policy.decisions.push(Decision {
                    clause: copy.id.clone(),
                    relaxed_to: renumber(&copy.rule, dice),
                    meeting: "a meeting".into(),
                    date: "2026-08-20".into(),
                    document: "1".into(),
                });
            }
            copies.push(copy);
        }
    }
    // Before and after the originals: what comes first must not matter but for `eligible`.
    let keep: fn(&Clause) -> bool = |copy| matches!(copy.rule, AnyRule::Eligible(_));
    let (after, before): (Vec<Clause>, Vec<Clause>) = copies.into_iter().partition(keep);
    policy.clauses.splice(0..0, before);
    policy.clauses.extend(after);
    policy
}

fn renumber(rule: &AnyRule, dice: &mut Dice) -> AnyRule {
    let mut value = serde_json::to_value(rule).expect("a rule is data");
    turn("", &mut value, dice);
    serde_json::from_value(value).unwrap_or_else(|_| rule.clone())
}

fn turn(key: &str, value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| turn(key, value, dice)),
        Value::Array(list) => list.iter_mut().for_each(|value| turn(key, value, dice)),
        Value::Number(number) if dice.percent(60) => {
            let old = number.as_i64().unwrap_or_default();
            let step = if old >= 20 { 10 } else { 1 };
            *value = Value::from((old + step * dice.between(-2, 2)).max(0));
        }
        Value::Bool(flag) => *flag = dice.percent(50),
        Value::String(word) => {
            let words: &[&str] = match (key, word.as_str()) {
                ("who", _) => &["all", "backbone", "graduating"],
                ("of", "eligible" | "eligible_backbone" | "eligible_graduating" | "moved") => {
                    &["eligible", "eligible_backbone", "eligible_graduating", "moved"]
                }
                ("of", _) => &["main", "sport", "all"],
                ("within", _) => &["district", "each_group", "each_school", "leads"],
                ("rounding", _) => &["up", "nearest", "down"],
                ("at", _) => &["school", "lead", "member", "group"],
                ("also", _) => &["party_member", "principal"],
                ("half", _) => &["am", "pm"],
                ("by", _) => &["school_subject", "school", "class"],
                ("out" | "back", _) => &["leaders", "backbone", "young", "teachers"],
                ("talent", _) => &["school", "county", "city"],
                _ => &[],
            };
            if let Some(other) = dice.pick(words) {
                (*other).clone_into(word);
            }
        }
        _ => {}
    }
}

fn scope(district: &District, dice: &mut Dice) -> Scope {
    let mut scope = Scope::default();
    for _ in 0..dice.below(3) {
        let some = |ids: Vec<&String>, dice: &mut Dice| -> Vec<String> {
            let mut ids: Vec<String> = ids.into_iter().cloned().collect();
            dice.shuffle(&mut ids);
            ids.truncate(1 + dice.below(3));
            ids
        };
        match dice.below(7) {
            0 => scope.schools = some(district.schools.iter().map(|school| &school.id).collect(), dice),
            1 => scope.stages = vec![[Stage::Primary, Stage::Junior, Stage::Senior][dice.below(3)]],
            2 => scope.grades = district.classes.iter().map(|class| class.grade).filter(|_| dice.percent(50)).collect(),
            3 => scope.subjects = some(district.subjects.iter().map(|subject| &subject.id).collect(), dice),
            4 => scope.people = some(district.people.iter().map(|person| &person.id).collect(), dice),
            5 => scope.classes = some(district.classes.iter().map(|class| &class.id).collect(), dice),
            _ => scope.groups = some(district.groups.iter().map(|group| &group.id).collect(), dice),
        }
    }
    scope
}
