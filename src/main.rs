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
    leave(exit)
}

/// A search that was left behind may still be inside the solver: its global objects must not be torn down under it.
#[cfg(feature = "solve")]
fn leave(exit: ExitCode) -> process::ExitCode {
    use std::io::Write;
    let _ = std::io::stdout().flush();
    signal_hook::low_level::exit(i32::from(exit.code()))
}
#[cfg(not(feature = "solve"))]
fn leave(exit: ExitCode) -> process::ExitCode {
    exit.into()
}
