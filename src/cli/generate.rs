//! `lunpai generate`: an invented district of a real shape.

use super::Lang;
use super::say::{put, refuse, say};
use clap::Args;
use lunpai::generate::generate;
use lunpai::job::{ExitCode, Output, Refusal, STANDARD_POLICY};
use std::path::{Path, PathBuf};

/// Write an invented district with the standard policy.
///
/// 生成一个虚构的学区(演示和测试用)。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai generate --schools 6 --seed 1 --out demo")]
pub struct Generate {
    /// How many schools.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u64).range(3..=200))]
    schools: u64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plant so many contradictions that no plan can satisfy.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    impossible: u64,
    /// New directory for district.json and policy.json; `-` prints the district.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier generated directory.
    #[arg(long)]
    replace: bool,
}

impl Generate {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let made = generate(self.schools as usize, self.seed, self.impossible as usize);
        let district = lunpai::job::pretty(&made.district);
        if self.out == Path::new("-") {
            return if put(&district) { ExitCode::Done } else { ExitCode::CannotWrite };
        }
        match self.write(&district, &made.realised) {
            Ok(()) => {
                say(made.realised.to_string().trim_end());
                ExitCode::Done
            }
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn write<T: serde::Serialize>(&self, district: &[u8], realised: &T) -> Result<(), Refusal> {
        let mut output = Output::begin(&self.out, self.replace)?;
        output.write("district.json", district)?;
        output.write("policy.json", STANDARD_POLICY)?;
        let inventory = serde_json::json!({
            "schema": "lunpai.generated/1",
            "schools": self.schools, "seed": self.seed, "impossible": self.impossible,
            "realised": realised,
            "files": output.files(),
        });
        output.commit("generated.json", &lunpai::job::pretty(&inventory))
    }
}
