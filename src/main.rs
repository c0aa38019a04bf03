//! The command: parse, run, exit code. Everything else is the library's.

mod cli;

use clap::Parser;
use lunpai::job::ExitCode;
use std::process;

fn main() -> process::ExitCode {
    let exit = match cli::Cli::try_parse() {
        Ok(cli) => cli.run(),
        Err(error) => {
            // clap prints help and version on stdout and wrong usage on stderr; only the exit code is ours.
            let usage = error.use_stderr();
            let _ = error.print();
            if usage { ExitCode::Usage } else { ExitCode::Done }
        }
    };
    exit.into()
}
