//! Everything that is held and was decided about one person, for whoever asks.

use super::View;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// `{schema, person, held, decided, findings}`: each part of the files that names the person, by its place; the smallest
/// part that does. `None` where the district does not know the id.
pub fn person(view: &View, id: &str) -> Option<Value> {
    let known = view.district.people.iter().position(|person| person.id == id)?;
    let mut held = Map::new();
    mentions(&json(view.district), "district", id, &mut held);
    mentions(&json(view.policy), "policy", id, &mut held);
    if let Some(name) = view.district.names.get(id) {
        held.insert(format!("district.names.{id}"), json!(name));
    }
    let mut decided = Map::new();
    mentions(&json(&view.plan), "plan", id, &mut decided);
    let timetable = decided_lessons(view, id);
    let named = |text: &str| text.match_indices(id).any(|(at, _)| alone(text, at, id.len()));
    let findings = view.judgement.iter().flat_map(|judgement| &judgement.verdict.findings);
    let findings: Vec<Value> = findings.filter(|finding| named(&finding.text.zh)).map(|finding| json!(finding)).collect();
    let not_eligible = view.look(|_, facts, _| facts.not_eligible(known));
    Some(json!({
        "schema": "lunpai.person/1",
        "person": id,
        "held": held,
        "decided": decided,
        "lessons": timetable,
        "not_asked_to_move_because": not_eligible,
        "findings": findings,
    }))
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The lessons of the courses the person teaches, as the plan has them.
fn decided_lessons(view: &View, id: &str) -> Vec<Value> {
    let Some(plan) = view.plan else { return Vec::new() };
    let taught = |course: &str, block: u8| {
        let mut rows = plan.teaching.iter().filter(|row| row.teacher.as_deref() == Some(id) && row.course == course);
        rows.any(|row| row.blocks.is_empty() || row.blocks.contains(&block))
    };
    plan.timetable.iter().filter(|lesson| taught(&lesson.course, lesson.block)).map(json).collect()
}

/// Collects every object that has the id as a value of its own, or in a list of its own.
fn mentions(value: &Value, path: &str, id: &str, found: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) => {
            let own = |value: &Value| value == id || value.as_array().is_some_and(|list| list.iter().any(|item| item == id));
            if fields.values().any(own) {
                // Who else is in the same list is their business.
                let alone = |value: &Value| if value.is_array() && own(value) { json!([id]) } else { value.clone() };
                let part: Map<_, _> = fields.iter().map(|(key, value)| (key.clone(), alone(value))).collect();
                found.insert(path.to_owned(), part.into());
                return;
            }
            for (key, value) in fields {
                mentions(value, &format!("{path}.{key}"), id, found);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                mentions(value, &format!("{path}[{at}]"), id, found);
            }
        }
        _ => {}
    }
}

/// Is the id at this place a word of its own, not a part of a longer one?
fn alone(text: &str, at: usize, length: usize) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    !text[..at].chars().next_back().is_some_and(part) && !text[at + length..].chars().next().is_some_and(part)
}
