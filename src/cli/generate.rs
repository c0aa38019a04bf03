//! `lunpai generate`: an invented district of a real shape, or a strange one.

use super::Lang;
use super::say::{put, refuse, say};
use clap::Args;
use clap::builder::PossibleValuesParser;
use lunpai::generate::generate;
use lunpai::generate::strange::{Mode, strange};
use lunpai::job::{ExitCode, Output, Refusal, STANDARD_POLICY, pretty};
use std::path::{Path, PathBuf};

/// Write an invented district with a policy that fits it.
///
/// The plain district is dense and has the standard policy. A strange one has ids, subjects, clocks and hours of its own, a
/// policy with these ids, and witness.json: a plan that keeps every rule and leaves no lesson without a teacher.
///
/// 生成一个虚构的学区(演示和测试用)。
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  lunpai generate --schools 6 --seed 1 --out demo\n  lunpai generate --schools 12 --mode slack --mode worn --out stranger"
)]
pub struct Generate {
    /// How many schools.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u64).range(3..=200))]
    schools: u64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Plant so many contradictions that no plan can satisfy.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    impossible: u64,
    /// Unlike any example; the seed chooses in which ways.
    #[arg(long, conflicts_with = "impossible")]
    strange: bool,
    /// Strange in this way (may be given several times).
    #[arg(long = "mode", value_name = "MODE", conflicts_with = "impossible", value_parser = PossibleValuesParser::new(Mode::ALL.map(Mode::id)))]
    modes: Vec<String>,
    /// New directory for district.json and policy.json; `-` prints the district.
    #[arg(long)]
    out: PathBuf,
    /// Replace an earlier generated directory.
    #[arg(long)]
    replace: bool,
}

/// What is written, and what is said of it.
struct Made {
    /// Name → bytes, the district first.
    files: Vec<(&'static str, Vec<u8>)>,
    realised: serde_json::Value,
    words: String,
}

impl Generate {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let made = if self.strange || !self.modes.is_empty() { self.strange() } else { self.plain() };
        if self.out == Path::new("-") {
            let printed = made.files.first().is_some_and(|(_, district)| put(district));
            return if printed { ExitCode::Done } else { ExitCode::CannotWrite };
        }
        match self.write(&made) {
            Ok(()) => {
                say(made.words.trim_end());
                ExitCode::Done
            }
            Err(refusal) => refuse(refusal.exit, &[refusal.problem], lang, false),
        }
    }

    fn plain(&self) -> Made {
        let made = generate(self.schools as usize, self.seed, self.impossible as usize);
        Made {
            files: vec![("district.json", pretty(&made.district)), ("policy.json", STANDARD_POLICY.to_vec())],
            realised: serde_json::json!(made.realised),
            words: made.realised.to_string(),
        }
    }

    fn strange(&self) -> Made {
        let modes: Vec<Mode> = self.modes.iter().filter_map(|id| Mode::parse(id)).collect();
        let made = strange(self.schools as usize, self.seed, &modes);
        let files =
            vec![("district.json", pretty(&made.district)), ("policy.json", pretty(&made.policy)), ("witness.json", pretty(&made.witness))];
        Made { files, realised: serde_json::json!(made.figures), words: made.figures.to_string() }
    }

    fn write(&self, made: &Made) -> Result<(), Refusal> {
        let mut output = Output::begin(&self.out, self.replace)?;
        for (name, bytes) in &made.files {
            output.write(name, bytes)?;
        }
        let inventory = serde_json::json!({
            "schema": "lunpai.generated/1",
            "schools": self.schools, "seed": self.seed, "impossible": self.impossible,
            "realised": made.realised,
            "files": output.files(),
        });
        output.commit("generated.json", &pretty(&inventory))
    }
}
