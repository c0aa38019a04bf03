//! `lunpai compare figures`: a study drawn from its table alone.

use super::super::Lang;
use super::super::say::refuse;
use clap::Args;
use lunpai::file::Source;
use lunpai::job::{ExitCode, Output, Refusal, guarded, pretty, reading_exit};
use lunpai::study::{front_figure, runs_figures};
use std::path::PathBuf;

/// Draw runs.csv or front.csv as SVG.
///
/// 只凭 csv 表画图(SVG)。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai compare figures study/runs.csv --out figures")]
pub(super) struct Figures {
    /// runs.csv or front.csv of a study.
    table: PathBuf,
    /// New directory for the figures.
    #[arg(long)]
    out: PathBuf,
    /// Replace earlier ones.
    #[arg(long)]
    replace: bool,
}

impl Figures {
    pub(super) fn run(&self, lang: Lang) -> ExitCode {
        match guarded(|| Ok(self.draw(lang))).and_then(|done| done) {
            Ok(exit) => exit,
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn draw(&self, lang: Lang) -> Result<ExitCode, Refusal> {
        let source = match Source::read(&self.table) {
            Ok(source) => source,
            Err(problem) => return Ok(refuse(reading_exit(std::slice::from_ref(&problem)), &[problem], lang, false)),
        };
        let front = || front_figure(&source.bytes).map(|svg| vec![("front.svg".to_owned(), svg)]);
        let figures = runs_figures(&source.bytes).or_else(front).ok_or_else(|| Refusal::no_table(&self.table))?;
        let mut output = Output::begin(&self.out, self.replace)?;
        for (name, svg) in &figures {
            output.write(name, svg.as_bytes())?;
        }
        let inventory = serde_json::json!({ "schema": "lunpai.compare/1", "files": output.files() });
        output.commit("compare.json", &pretty(&inventory))?;
        Ok(ExitCode::Done)
    }
}
