//! The command line: one file per command.

mod anonymise;
mod check;
mod collect;
#[cfg(feature = "solve")]
mod compare;
mod convert;
mod free;
mod generate;
mod person;
mod report;
mod rules;
#[cfg(feature = "solve")]
mod running;
mod say;
mod schema;
#[cfg(feature = "solve")]
mod simulate;
#[cfg(feature = "solve")]
mod solve;
mod template;
mod validate;
mod xhstt;

use clap::{Parser, Subcommand, ValueEnum};
use lunpai::job::ExitCode;

/// Lunpai 轮排 plans a school district's term: exchange postings, cross-school teaching, timetables.
///
/// 轮排:学区一学期的交流轮岗、跨校兼课和课表,一次排好,独立复核。
#[derive(Debug, Parser)]
#[command(
    name = "lunpai",
    version,
    max_term_width = 110,
    after_help = "Example:\n  lunpai generate --schools 6 --out demo && lunpai solve demo"
)]
pub struct Cli {
    /// Language of what is printed.
    #[arg(long, global = true, value_enum, default_value = "zh")]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "solve")]
    Solve(solve::Solve),
    #[cfg(feature = "solve")]
    Compare(compare::Compare),
    #[cfg(feature = "solve")]
    Simulate(simulate::Simulate),
    Validate(validate::Validate),
    Check(check::Check),
    Free(free::Free),
    Template(template::Template),
    Convert(convert::Convert),
    Collect(collect::Collect),
    Report(report::Report),
    Person(person::Person),
    Anonymise(anonymise::Anonymise),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Generate(generate::Generate),
    Xhstt(xhstt::Xhstt),
}

impl Cli {
    pub fn run(&self) -> ExitCode {
        match &self.command {
            #[cfg(feature = "solve")]
            Command::Solve(command) => command.run(self.lang),
            #[cfg(feature = "solve")]
            Command::Compare(command) => command.run(self.lang),
            #[cfg(feature = "solve")]
            Command::Simulate(command) => command.run(self.lang),
            Command::Validate(command) => command.run(self.lang),
            Command::Check(command) => command.run(self.lang),
            Command::Free(command) => command.run(self.lang),
            Command::Template(command) => command.run(self.lang),
            Command::Convert(command) => command.run(self.lang),
            Command::Collect(command) => command.run(self.lang),
            Command::Report(command) => command.run(self.lang),
            Command::Person(command) => command.run(self.lang),
            Command::Anonymise(command) => command.run(self.lang),
            Command::Rules(command) => command.run(self.lang),
            Command::Schema(command) => command.run(),
            Command::Generate(command) => command.run(self.lang),
            Command::Xhstt(command) => command.run(self.lang),
        }
    }
}
