//! `lunpai convert`: a district from JSON to a workbook or back.

use super::Lang;
use super::say::{refuse, tell};
use super::template::place;
use clap::Args;
use lunpai::desk;
use lunpai::job::{ExitCode, Input, pretty, reading_exit};
use std::path::{Path, PathBuf};

/// Convert a district to an Excel workbook or to JSON.
///
/// A workbook that is read and written again is tidy.
///
/// 学区数据转换:JSON ⇄ Excel;也可把不整齐的表整理成标准的表。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai convert 我的学区.xlsx --out district.json")]
pub struct Convert {
    /// District file, workbook, directory of either or of CSV files, or `-`.
    input: PathBuf,
    /// New file, .json or .xlsx; `-` prints JSON.
    #[arg(long)]
    out: PathBuf,
    /// Policy for the sheet 规则 [default: as for solve].
    #[arg(long)]
    policy: Option<PathBuf>,
}

impl Convert {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let ending = self.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        let workbook = match ending.as_str() {
            "xlsx" => true,
            "json" => false,
            _ if self.out == Path::new("-") => false,
            _ => {
                tell(lang.pick("--out 请写 .xlsx 或 .json 文件", "name an .xlsx or .json file with --out"));
                return ExitCode::Usage;
            }
        };
        let read = Input::read(&self.input, self.policy.as_deref(), None, None).map_err(|list| (reading_exit(&list), list));
        let read = read.and_then(|input| {
            let parsed = input.parse().map_err(|list| (ExitCode::BadInput, list))?;
            Ok((input, parsed))
        });
        let (input, read) = match read {
            Ok(read) => read,
            Err((exit, list)) => return refuse(exit, &list, lang, false),
        };
        if !input.notes.is_empty() {
            refuse(ExitCode::Done, &input.notes, lang, false);
        }
        let bytes = if workbook { desk::workbook(&read.district, &read.policy) } else { Ok(pretty(&read.district)) };
        match bytes {
            Ok(bytes) => place(&self.out, &bytes, lang),
            Err((zh, en)) => {
                tell(lang.pick(&zh, &en));
                ExitCode::BadInput
            }
        }
    }
}
