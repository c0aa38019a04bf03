//! What leaves: only an archive that, read again, costs what the engine and the evaluator said.

use super::archive::Instance;
use super::solve::Solved;
use super::{Credit, evaluate, read_archive, write_solution};
use crate::file::Source;

/// The archive of a solved instance, written, read again and evaluated.
///
/// # Errors
/// In words, when engine, evaluator and what was written do not agree: a defect of this program.
pub fn deliver(source: &Source, instance: &Instance, credit: &Credit<'_>, solved: &Solved) -> Result<String, String> {
    let text = write_solution(source, instance, credit, &solved.solution).map_err(|problem| problem.found.en)?;
    let again = Source { name: "solution".to_owned(), bytes: text.into_bytes() };
    let archive = read_archive(&again).map_err(|problems| {
        let first = problems.first().map_or_else(String::new, |problem| format!("{}: {}", problem.at, problem.found.en));
        format!("the solution written cannot be read: {first}")
    })?;
    let ([same], [solution]) = (&archive.instances[..], &archive.solutions[..]) else {
        return Err("one instance and one solution were written, and others are read".to_owned());
    };
    let cost = evaluate(same, solution);
    if [solved.engine, cost] != [solved.cost; 2] {
        return Err(format!("the engine says {:?}, the evaluator {:?}, of what was written {cost:?}", solved.engine, solved.cost));
    }
    String::from_utf8(again.bytes).map_err(|error| error.to_string())
}
