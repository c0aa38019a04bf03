//! `lunpai anonymise`: a district that may be shown to strangers.

use super::Lang;
use super::say::{refuse, say};
use super::template::place;
use clap::Args;
use lunpai::anonymise::anonymise;
use lunpai::file::read_district;
use lunpai::job::{ExitCode, Input, pretty, reading_exit};
use std::path::PathBuf;

/// Write a district without names: new ids, dates moved, the same structure.
///
/// 写出可以交给外人的学区数据:换编号、去姓名和校名、挪日期,结构不变。
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  lunpai anonymise instances/huayuankou --out shareable.json")]
pub struct Anonymise {
    /// District file, workbook, directory of either or of CSV files, or `-`.
    input: PathBuf,
    /// New file, .json; `-` prints it.
    #[arg(long)]
    out: PathBuf,
}

impl Anonymise {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let read = Input::read(&self.input, None, None, None).map_err(|list| (reading_exit(&list), list));
        // A district with problems may be shown to strangers too: that is how they can help.
        let read = read.and_then(|input| read_district(&input.district).map_err(|problem| (ExitCode::BadInput, vec![problem])));
        let district = match read {
            Ok(district) => district,
            Err((exit, list)) => return refuse(exit, &list, lang, false),
        };
        match anonymise(&district) {
            Ok(district) => place(&self.out, &pretty(&district), lang),
            Err(words) => {
                say(&words);
                ExitCode::Internal
            }
        }
    }
}
