//! How the postings hang together: swaps, cycles, chains to a vacancy; and who would rather have been sent elsewhere.

use super::table::Table;
use super::tables::id_and_name;
use crate::check::{Facts, Walk};
use crate::file::Text;

/// 置换 of two schools, 轮转 of more, 链 to a vacancy.
pub(super) fn kind(walk: &Walk) -> (&'static str, &'static str) {
    match (walk.closed, walk.people.len()) {
        (true, 2) => ("置换", "swap"),
        (true, _) => ("轮转", "cycle"),
        (false, _) => ("链", "chain"),
    }
}

/// "A → B → C → A", who goes, one row a walk.
pub(super) fn walks(facts: &Facts) -> Table {
    let mut table = Table::new(&["类型", "人数", "走向", "人员"]);
    for walk in facts.walks() {
        let name = |id: &String| facts.places.school(id).map_or_else(|| id.clone(), |school| facts.say_school(school).zh);
        let way = walk.schools.iter().map(name).collect::<Vec<_>>().join(" → ");
        table.row([kind(&walk).0, &walk.people.len().to_string(), &way, &walk.people.join("、")]);
    }
    table
}

/// Pairs of a person and a school that would both rather have each other.
pub(super) fn blocking(facts: &Facts) -> Table {
    let mut table = Table::new(&["编号", "姓名", "更愿去", "已派往该校的", "说明"]);
    for (person, school, other) in facts.blocking() {
        let (id, name) = id_and_name(facts, person);
        let instead = &facts.people.list[other].id;
        table.row([id, name, &facts.say_school(school).zh, instead, "本人更愿去,骨干级别更高,学科相同"]);
    }
    table
}

/// "3 swaps, 2 chains", and who would rather be elsewhere; nothing without postings.
pub(super) fn line(facts: &Facts) -> Option<Text> {
    let walks = facts.walks();
    let kinds = [("置换", "组", "swaps"), ("轮转", "组", "cycles"), ("链", "条", "one-way chains")];
    let counted = kinds.map(|of| (of, walks.iter().filter(|walk| kind(walk).0 == of.0).count()));
    let some = || counted.iter().filter(|(_, count)| *count > 0);
    let zh: Vec<String> = some().map(|((zh, unit, _), count)| format!("{zh} {count} {unit}")).collect();
    let en: Vec<String> = some().map(|((_, _, en), count)| format!("{count} {en}")).collect();
    let more = match facts.blocking().len() {
        0 => (String::new(), String::new()),
        n => (
            format!(";有 {n} 人更愿去另一所学校,而派到那里的同学科教师骨干级别比其低(名单见 tables/blocking.csv)"),
            format!("; {n} people would rather be at a school to which somebody of a lower level was sent (tables/blocking.csv)"),
        ),
    };
    (!walks.is_empty()).then(|| Text::new(format!("{}{}", zh.join("、"), more.0), format!("{}{}", en.join(", "), more.1)))
}
