//! `lunpai schema`: the JSON Schema of a file.

use super::say::{put, tell};
use clap::Args;
use clap::builder::PossibleValuesParser;
use lunpai::job::{ExitCode, SCHEMAS, schema};

/// Print the JSON Schema of a file format.
///
/// 输出文件格式的 JSON Schema。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai schema district > district.schema.json")]
pub struct Schema {
    #[arg(value_parser = PossibleValuesParser::new(SCHEMAS))]
    name: String,
}

impl Schema {
    pub fn run(&self) -> ExitCode {
        match schema(&self.name) {
            Some(text) if put(text.as_bytes()) => ExitCode::Done,
            Some(_) => ExitCode::CannotWrite,
            None => {
                tell(&self.name);
                ExitCode::Usage
            }
        }
    }
}
