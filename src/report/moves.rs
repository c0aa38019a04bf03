//! How the postings hang together: swaps, cycles, chains to a vacancy; and who would rather have been sent elsewhere.

use super::table::Table;
use super::tables::id_and_name;
use crate::check::{Facts, Walk};
use crate::file::Text;

/// 置换 of two schools, 轮转 of more, 链 to a vacancy.
fn kind(walk: &Walk) -> &'static str {
    match (walk.closed, walk.people.len()) {
        (true, 2) => "置换",
        (true, _) => "轮转",
        (false, _) => "链",
    }
}

/// "A → B → C → A", who goes, one row a walk.
pub(super) fn walks(facts: &Facts) -> Table {
    let mut table = Table::new(&["类型", "人数", "走向", "人员"]);
    for walk in facts.walks() {
        let name = |id: &String| facts.places.school(id).map_or_else(|| id.clone(), |school| facts.say_school(school).zh);
        let way = walk.schools.iter().map(name).collect::<Vec<_>>().join(" → ");
        table.row([kind(&walk), &walk.people.len().to_string(), &way, &walk.people.join("、")]);
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

/// "3 swaps, 1 cycle, 2 chains"; nothing without postings.
pub(super) fn line(facts: &Facts) -> Option<Text> {
    let walks = facts.walks();
    let count = |of: &str| walks.iter().filter(|walk| kind(walk) == of).count();
    let (swaps, cycles, chains, blocking) = (count("置换"), count("轮转"), count("链"), facts.blocking().len());
    let more = match blocking {
        0 => (String::new(), String::new()),
        n => (
            format!(",{n} 对人与校彼此更合意(见 tables/blocking.csv)"),
            format!(", {n} pairs that would rather have each other (tables/blocking.csv)"),
        ),
    };
    let line = Text::new(
        format!("置换 {swaps} 组、轮转 {cycles} 组、单向链 {chains} 条{}", more.0),
        format!("{swaps} swaps, {cycles} cycles, {chains} one-way chains{}", more.1),
    );
    (!walks.is_empty()).then_some(line)
}
