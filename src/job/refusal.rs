//! Why an output was refused: an exit code and the problem in words.

use super::ExitCode;
use crate::problem::{Kind, Problem};
#[cfg(feature = "solve")]
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

const BAD_PLACE: Kind = Kind::error(
    "E-OUT-001",
    ("这个位置不能作为输出", "this place cannot be an output"),
    ("有自己名称的新文件夹或新文件", "a new directory or file with a name of its own"),
    ("请用 --out 指定一个新的名称,例如 --out 方案一", "choose a new name, for example --out plan-1"),
);
const EXISTS: Kind = Kind::error(
    "E-OUT-002",
    ("输出已经存在", "the output exists already"),
    ("尚不存在的文件夹或文件", "a directory or file that does not exist yet"),
    ("请换一个 --out,或加 --replace 替换原方案", "choose another --out, or add --replace"),
);
const FOREIGN: Kind = Kind::error(
    "E-OUT-003",
    ("要替换的内容不属于原方案", "what is to be replaced holds something that is not part of an earlier plan"),
    ("--replace 只替换本软件写出的文件夹或文件", "--replace only replaces a directory or file this program wrote"),
    ("请把这些文件移走,或换一个 --out;没有删除任何内容", "move these files away, or choose another --out; nothing was deleted"),
);
const BUSY: Kind = Kind::error(
    "E-OUT-004",
    ("另一个运行正在写这个输出", "another run is writing this output"),
    ("同一输出同时只有一个运行", "one run per output at a time"),
    ("请等它结束,或换一个 --out", "wait until it ends, or choose another --out"),
);
const CANNOT_CREATE: Kind = Kind::error(
    "E-OUT-005",
    ("无法建立输出", "the output cannot be created"),
    ("上级文件夹存在并且可写", "a parent directory that exists and may be written to"),
    ("请检查路径和权限", "check the path and its permissions"),
);
const CANNOT_WRITE: Kind = Kind::error(
    "E-OUT-006",
    ("写入失败", "writing failed"),
    ("足够的磁盘空间和写权限", "enough space and the right to write"),
    ("请腾出空间后重新运行;原有内容未改动", "free some space and run again; what was there is untouched"),
);
const DEFECT: Kind = Kind::error(
    "E-RUN-001",
    ("程序内部错误", "internal error"),
    ("任何输入都不应引起内部错误", "no input should cause one"),
    ("请把这段话和输入文件报告给开发者", "report these words and the input to the developers"),
);
const NO_TERM: Kind = Kind::error(
    "E-RUN-002",
    ("学区没有学期(term),无法逐年推演", "the district has no term: there is no year to go on from"),
    ("写明起止日期的学期", "a term with its first and last day"),
    ("请在学区文件里写上 `term`", "write `term` into the district's file"),
);
const NO_SUCH_LEVEL: Kind = Kind::error(
    "E-RUN-003",
    ("没有这样的两级", "no two such levels"),
    ("办法里用到的两个不同的级", "two different levels that the policy has"),
    ("请改正 --first 或 --second", "correct --first or --second"),
);
const NO_TABLE: Kind = Kind::error(
    "E-RUN-004",
    ("不是比较的结果表", "not a table of a comparison"),
    ("lunpai compare 写出的 runs.csv 或 front.csv", "runs.csv or front.csv as `lunpai compare` writes them"),
    ("请指定这样的表", "name such a table"),
);
const NO_PARQUET: Kind = Kind::error(
    "E-RUN-005",
    ("这个版本不能写 Parquet 文件", "this build does not write Parquet files"),
    ("用 parquet 功能编译的版本", "a build with the feature `parquet`"),
    (
        "请用 cargo build --features parquet 编译,或改用 runs.csv(内容相同)",
        "build with `cargo build --features parquet`, or read runs.csv, which holds the same",
    ),
);

/// Kinds of problems of a run, for the page of problem codes.
pub const KINDS: &[&Kind] =
    &[&BAD_PLACE, &EXISTS, &FOREIGN, &BUSY, &CANNOT_CREATE, &CANNOT_WRITE, &DEFECT, &NO_TERM, &NO_SUCH_LEVEL, &NO_TABLE, &NO_PARQUET];

/// The output could not be made; whatever was there before is untouched.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub exit: ExitCode,
    pub problem: Problem,
}

impl Refusal {
    fn new(exit: ExitCode, kind: &Kind, path: &Path) -> Self {
        Self { exit, problem: kind.at(path.display().to_string()) }
    }
    fn because(mut self, why: &str) -> Self {
        let found = &mut self.problem.found;
        found.zh = format!("{}:{why}", found.zh);
        found.en = format!("{}: {why}", found.en);
        self
    }

    /// Years ahead of a district that says no year.
    pub fn no_term(district: &Path) -> Self {
        Self::new(ExitCode::BadInput, &NO_TERM, district)
    }
    /// Levels that the policy does not have; `levels` are those it has.
    pub fn no_such_level(asked: &str, levels: &[String]) -> Self {
        let list = levels.join(", ");
        let problem = NO_SUCH_LEVEL.at("lunpai compare front").found(format!("写的是 {asked}"), format!("it says {asked}"));
        Self { exit: ExitCode::Usage, problem: problem.allowed(format!("不同的两个:{list}"), format!("two different ones of {list}")) }
    }
    /// A file that is no table of a study.
    pub fn no_table(path: &Path) -> Self {
        Self::new(ExitCode::BadInput, &NO_TABLE, path)
    }
    /// Rows asked for in a format that this build does not write.
    pub fn no_parquet() -> Self {
        Self { exit: ExitCode::Usage, problem: NO_PARQUET.at("lunpai compare --parquet") }
    }
    pub(super) fn bad_place(path: &Path) -> Self {
        Self::new(ExitCode::CannotCreate, &BAD_PLACE, path)
    }
    pub(super) fn exists(path: &Path) -> Self {
        Self::new(ExitCode::CannotCreate, &EXISTS, path)
    }
    pub(super) fn foreign(path: &Path, what: &str) -> Self {
        Self::new(ExitCode::CannotCreate, &FOREIGN, path).because(what)
    }
    pub(super) fn busy(path: &Path) -> Self {
        Self::new(ExitCode::Busy, &BUSY, path)
    }
    pub(super) fn create(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ExitCode::CannotCreate, &CANNOT_CREATE, path).because(&error.to_string())
    }
    pub(super) fn write(path: &Path, error: &std::io::Error) -> Self {
        Self::new(ExitCode::CannotWrite, &CANNOT_WRITE, path).because(&error.to_string())
    }
}

/// An internal error, in words.
#[cfg(feature = "solve")]
pub(super) fn defect(words: &str) -> Problem {
    DEFECT.at("lunpai").found(format!("程序内部错误:{words}"), format!("internal error: {words}"))
}

/// What the work comes to; a panic or an error in it is an internal error (70).
///
/// # Errors
/// The words of the panic or of the error.
#[cfg(feature = "solve")]
pub fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, Refusal> {
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panic_words(panic.as_ref())));
    done.map_err(|words| Refusal { exit: ExitCode::Internal, problem: defect(&words) })
}

#[cfg(feature = "solve")]
pub(super) fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "panic".to_owned())
}
