//! `lunpai xhstt`: timetables of real high schools in the XHSTT format.

#[cfg(feature = "solve")]
mod solve;

use super::Lang;
use super::say::{refuse, say};
use clap::{Args, Subcommand};
use lunpai::file::Source;
use lunpai::job::{ExitCode, reading_exit};
use lunpai::problem::Problem;
use lunpai::xhstt::archive::{Archive, Solution};
use lunpai::xhstt::{Charge, Cost, breakdown, evaluate, read_archive};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Timetables of real high schools in the XHSTT format.
///
/// XHSTT 格式(各国中学真实课表)的算例。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai xhstt check archive.xml")]
pub struct Xhstt {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
    #[cfg(feature = "solve")]
    Solve(solve::Solve),
}

/// Evaluate every solution of an archive exactly; `Report` elements inside are not believed.
///
/// 精确计算文件里每个解的代价;不采信文件里的 Report。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai xhstt check archive.xml --detail")]
struct Check {
    /// XHSTT archive, or `-` for standard input.
    file: PathBuf,
    /// Also list the constraints that cost something.
    #[arg(long)]
    detail: bool,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Xhstt {
    pub fn run(&self, lang: Lang) -> ExitCode {
        match &self.command {
            Command::Check(command) => command.run(lang),
            #[cfg(feature = "solve")]
            Command::Solve(command) => command.run(lang),
        }
    }
}

impl Check {
    fn run(&self, lang: Lang) -> ExitCode {
        let archive = match read(&self.file) {
            Ok((_, archive)) => archive,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        if self.json {
            let all: Vec<Value> = archive.solutions.iter().map(|solution| self.object(&archive, solution)).collect();
            say(&serde_json::to_string_pretty(&all).unwrap_or_default());
            return ExitCode::Done;
        }
        for solution in &archive.solutions {
            self.print(&archive, solution, lang);
        }
        if archive.solutions.is_empty() {
            let count = archive.instances.len();
            say(&match lang {
                Lang::Zh => format!("{count} 个实例,没有解"),
                Lang::En => format!("{count} instances, no solution"),
            });
        }
        ExitCode::Done
    }

    fn print(&self, archive: &Archive, solution: &Solution, lang: Lang) {
        let instance = &archive.instances[solution.instance];
        let Cost { hard, soft } = evaluate(instance, solution);
        let (id, group) = (plain(&instance.id), plain(&solution.group));
        say(&match lang {
            Lang::Zh => format!("{id}  硬代价 {hard}  软代价 {soft}  {group}"),
            Lang::En => format!("{id}  hard {hard}  soft {soft}  {group}"),
        });
        if self.detail {
            for charge in costly(breakdown(instance, solution)) {
                say(&line(&charge, lang));
            }
        }
    }

    fn object(&self, archive: &Archive, solution: &Solution) -> Value {
        let instance = &archive.instances[solution.instance];
        let Cost { hard, soft } = evaluate(instance, solution);
        let mut object = json!({ "instance": instance.id, "group": solution.group, "hard": hard, "soft": soft });
        if self.detail {
            let charges = costly(breakdown(instance, solution)).map(|charge| {
                json!({
                    "constraint": charge.constraint.id,
                    "kind": charge.constraint.kind.element(),
                    "required": charge.constraint.required,
                    "points": charge.points,
                    "deviation": charge.deviation,
                    "cost": charge.cost,
                })
            });
            object["charges"] = charges.collect();
        }
        object
    }
}

fn read(path: &Path) -> Result<(Source, Archive), Vec<Problem>> {
    let source = Source::read(path).map_err(|problem| vec![problem])?;
    let archive = read_archive(&source)?;
    Ok((source, archive))
}

/// What deviates, also where the weight is 0.
fn costly(charges: Vec<Charge<'_>>) -> impl Iterator<Item = Charge<'_>> {
    charges.into_iter().filter(|charge| charge.deviation != 0)
}

fn line(charge: &Charge<'_>, lang: Lang) -> String {
    let Charge { constraint, points, deviation, cost } = charge;
    let (kind, id, name) = (constraint.kind.element(), plain(&constraint.id), plain(&constraint.name));
    match lang {
        Lang::Zh => {
            let force = if constraint.required { "硬" } else { "软" };
            format!("  {force} {cost}  {kind} [{id}] {name}:{points} 处,偏差 {deviation}")
        }
        Lang::En => {
            let force = if constraint.required { "hard" } else { "soft" };
            format!("  {force} {cost}  {kind} [{id}] {name}: {points} points, deviation {deviation}")
        }
    }
}

/// A text from the file on one line.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
