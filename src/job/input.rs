//! What a run reads: a district file or workbook, a directory with `district.json` (and perhaps `policy.json`) or with
//! CSV files, or `-`.

use super::standard::{STANDARD_POLICY, suit};
use super::{ExitCode, Fingerprint, pretty};
use crate::desk::{self, Desk, Origin};
use crate::district::validate::validate;
use crate::file::{District, Plan, Policy, Source, read_district, read_plan, read_policy};
use crate::problem::{Problem, Severity};
use std::collections::BTreeMap;
use std::path::Path;

/// The bytes of a run.
#[derive(Debug, Clone)]
pub struct Input {
    pub district: Source,
    pub policy: Source,
    /// Approved plan whose parts are not decided again.
    pub fixed: Option<Source>,
    /// Last term's plan, in place of the district's own `baseline`.
    pub baseline: Option<Source>,
    /// Where a district that came from a workbook stands in it.
    pub origin: Origin,
    /// What was tidied, skipped or assumed in the workbook.
    pub notes: Vec<Problem>,
}

/// What the bytes say, after validation.
#[derive(Debug, Clone)]
pub struct Read {
    pub district: District,
    pub policy: Policy,
    pub fixed: Option<Plan>,
    pub warnings: Vec<Problem>,
}

impl Input {
    /// Reads the files. Without a policy file the built-in standard policy holds.
    ///
    /// # Errors
    /// Every file that is missing, unreadable or too large.
    pub fn read(place: &Path, policy: Option<&Path>, fixed: Option<&Path>, baseline: Option<&Path>) -> Result<Self, Vec<Problem>> {
        let folder = place.is_dir();
        let beside = folder.then(|| place.join("policy.json")).filter(|path| path.exists());
        let standard = || Ok(Source { name: "standard_policy.json".to_owned(), bytes: STANDARD_POLICY.to_vec() });
        let tables = folder && !place.join("district.json").exists() && desk::is_folder_of_tables(place);
        let district = if tables {
            Ok(Source { name: place.display().to_string(), bytes: Vec::new() })
        } else {
            Source::read(&if folder { place.join("district.json") } else { place.to_owned() })
        };
        let own = policy.or(beside.as_deref());
        let policy = own.map_or_else(standard, Source::read);
        let fixed = fixed.map(Source::read).transpose();
        let baseline = baseline.map(Source::read).transpose();
        let (district, policy, fixed, baseline) = match (district, policy, fixed, baseline) {
            (Ok(district), Ok(policy), Ok(fixed), Ok(baseline)) => (district, policy, fixed, baseline),
            (district, policy, fixed, baseline) => {
                return Err([district.err(), policy.err(), fixed.err(), baseline.err()].into_iter().flatten().collect());
            }
        };
        let plain = Self { district, policy, fixed, baseline, origin: Origin::default(), notes: Vec::new() };
        let read = if tables || desk::is_workbook(&plain.district) {
            let base = read_policy(&plain.policy).map_err(|problem| vec![problem])?;
            let read = if tables { desk::read_folder(place, &base) } else { desk::read(&plain.district, &base) }?;
            plain.with_desk(read, &base)
        } else {
            plain
        };
        Ok(if own.is_none() { read.suited() } else { read })
    }

    /// The standard policy is written for every district: its clauses are put into the words of this one. A district that cannot
    /// be read is told of when it is parsed.
    fn suited(mut self) -> Self {
        if let (Ok(district), Ok(standard)) = (read_district(&self.district), read_policy(&self.policy)) {
            let mut policy = standard.clone();
            suit(&mut policy, &district);
            if policy != standard {
                self.policy.bytes = pretty(&policy);
            }
        }
        self
    }

    /// From here on a workbook is the JSON it stands for: that is what is hashed, kept and checked.
    fn with_desk(mut self, desk: Desk, base: &Policy) -> Self {
        self.district.bytes = pretty(&desk.district);
        if desk.policy != *base {
            self.policy.bytes = pretty(&desk.policy);
        }
        Self { origin: desk.origin, notes: desk.notes, ..self }
    }

    /// Parses and validates everything.
    ///
    /// # Errors
    /// All problems, warnings included, when one of them is an error.
    pub fn parse(&self) -> Result<Read, Vec<Problem>> {
        let district = read_district(&self.district);
        let policy = read_policy(&self.policy);
        let fixed = self.fixed.as_ref().map(read_plan).transpose();
        let baseline = self.baseline.as_ref().map(read_plan).transpose();
        let (mut district, policy, fixed, baseline) = match (district, policy, fixed, baseline) {
            (Ok(district), Ok(policy), Ok(fixed), Ok(baseline)) => (district, policy, fixed, baseline),
            (district, policy, fixed, baseline) => {
                return Err([district.err(), policy.err(), fixed.err(), baseline.err()].into_iter().flatten().collect());
            }
        };
        if let Some(plan) = baseline {
            district.baseline = Some(Box::new(plan));
        }
        let plan = self.fixed.as_ref().map(|source| source.name.as_str()).zip(fixed.as_ref());
        let mut warnings = validate(&self.district.name, &district, Some((&self.policy.name, &policy)), plan);
        if warnings.iter().any(|problem| problem.severity == Severity::Error) {
            self.origin.translate(&self.district.name, &mut warnings);
            return Err(warnings);
        }
        // From here on they belong to the report: where a file lay on this machine is nobody's business there.
        for warning in &mut warnings {
            for (name, source) in self.copies() {
                warning.at = warning.at.replacen(&source.name, name, 1);
            }
        }
        Ok(Read { district, policy, fixed, warnings })
    }

    /// File name in `inputs/` → bytes.
    pub fn copies(&self) -> BTreeMap<&'static str, &Source> {
        let optional = [("fixed.json", &self.fixed), ("baseline.json", &self.baseline)];
        let mut copies = BTreeMap::from([("district.json", &self.district), ("policy.json", &self.policy)]);
        copies.extend(optional.into_iter().filter_map(|(name, source)| Some((name, source.as_ref()?))));
        copies
    }

    pub fn fingerprints(&self) -> BTreeMap<String, Fingerprint> {
        self.copies().into_iter().map(|(name, source)| (name.to_owned(), Fingerprint::of(&source.bytes))).collect()
    }
}

/// Missing or unreadable files are 66; a file over a limit is 65.
pub fn reading_exit(problems: &[Problem]) -> ExitCode {
    let unreadable = |problem: &Problem| problem.code == "E-FILE-001";
    if problems.iter().any(unreadable) { ExitCode::NoInput } else { ExitCode::BadInput }
}

/// A plan from JSON or from the sheets of a workbook; what a workbook's rows name must be there.
///
/// # Errors
/// What does not parse; of a workbook every cell that is not understood and every row that names what there is not.
pub fn plan_of(source: &Source, district: &District) -> Result<Plan, Vec<Problem>> {
    if !desk::is_workbook(source) {
        return read_plan(source).map_err(|problem| vec![problem]);
    }
    let (plan, origin) = desk::read_plan(source, district)?;
    let mut problems = validate("", district, None, Some((&source.name, &plan)));
    problems.retain(|problem| problem.severity == Severity::Error && problem.at.starts_with(&source.name));
    origin.translate(&source.name, &mut problems);
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}
