//! `lunpai check`: the independent checker on a plan, or on a whole output directory with every figure it claims.

use super::Lang;
use super::say::{refuse, say, tell};
use clap::Args;
use lunpai::file::{Force, Source};
use lunpai::job::{ExitCode, Falsified, Input, Judgement, Verdict, is_output, judge, plan_of, reading_exit, verify};
use lunpai::problem::Problem;
use std::path::{Path, PathBuf};

/// Check a plan against a district and a policy, or an output directory against itself.
///
/// A plan may be the workbook plan.xlsx with lessons moved in it: rows that are not understood are told with their cells.
///
/// 独立复核:检查方案是否遵守全部规定;对输出文件夹,还重新计算清单里的每一个数。在 plan.xlsx 里调过课,也可以直接复核。
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  lunpai check huayuankou-plan\n  lunpai check plan.json --district instances/huayuankou\n  lunpai check huayuankou-plan/plan.xlsx"
)]
pub struct Check {
    /// Output directory, or a plan file or workbook (`-` for standard input).
    plan: PathBuf,
    /// District file or directory [default: the copy in the output directory, or in that of the plan file].
    #[arg(long)]
    district: Option<PathBuf>,
    /// Policy file [default: policy.json beside the district, else the standard policy].
    #[arg(long)]
    policy: Option<PathBuf>,
    /// Last term's plan, in place of the district's own.
    #[arg(long)]
    baseline: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Also list what breaks preferences only.
    #[arg(long)]
    all: bool,
    /// Exit 1 also where a meeting has to decide, not only where a legal rule is broken.
    #[arg(long)]
    strict: bool,
}

/// What was found out about a plan or a directory.
struct Found {
    judgement: Option<Judgement>,
    falsified: Vec<Falsified>,
    /// The directory holds what a run without a plan left.
    draft: bool,
}

impl Found {
    /// The checker's verdict in one word.
    fn verdict(&self) -> Verdict {
        self.judgement.as_ref().map_or(Verdict::NoPlan, Judgement::in_short)
    }

    fn exit(&self, strict: bool) -> ExitCode {
        let clean = match self.verdict() {
            Verdict::Passed | Verdict::NoPlan => true,
            Verdict::NeedsDecision => !strict,
            Verdict::Findings => false,
        };
        if clean && self.falsified.is_empty() { ExitCode::Done } else { ExitCode::Findings }
    }
}

impl Check {
    pub fn run(&self, lang: Lang) -> ExitCode {
        let whole = is_output(&self.plan);
        let beside =
            self.plan.parent().map(|folder| folder.join("inputs")).filter(|inputs| !whole && inputs.join("district.json").is_file());
        let given = match self.district.as_deref().or(beside.as_deref()).map(|place| self.input(place)).transpose() {
            Ok(given) => given,
            Err(list) => return refuse(reading_exit(&list), &list, lang, false),
        };
        let answer = match given {
            _ if whole => verify(&self.plan, given).map(|verified| Found {
                draft: !verified.manifest.delivered(),
                judgement: verified.judgement,
                falsified: verified.falsified,
            }),
            Some(input) => self.one(&input).map(|judgement| Found { judgement: Some(judgement), falsified: Vec::new(), draft: false }),
            None => {
                tell(lang.pick("请用 --district 指明方案所属的学区文件", "name the plan's district with --district"));
                return ExitCode::Usage;
            }
        };
        match answer {
            Err((exit, list)) => refuse(exit, &list, lang, false),
            Ok(found) => {
                if self.json {
                    print_json(&found);
                } else {
                    self.print(&found, lang);
                }
                found.exit(self.strict)
            }
        }
    }

    fn input(&self, place: &Path) -> Result<Input, Vec<Problem>> {
        let kept = place.join("baseline.json");
        let baseline = self.baseline.as_deref().or(Some(kept.as_path()).filter(|path| path.is_file()));
        Input::read(place, self.policy.as_deref(), None, baseline)
    }

    fn one(&self, input: &Input) -> Result<Judgement, (ExitCode, Vec<Problem>)> {
        let source = Source::read(&self.plan).map_err(|problem| (reading_exit(std::slice::from_ref(&problem)), vec![problem]))?;
        let bad = |list: Vec<Problem>| (ExitCode::BadInput, list);
        let read = input.parse().map_err(bad)?;
        let plan = plan_of(&source, &read.district).map_err(bad)?;
        Ok(judge(&read.district, &read.policy, &plan))
    }

    fn print(&self, found: &Found, lang: Lang) {
        for figure in &found.falsified {
            say(&format!("{} {}", lang.pick("不符", "false"), lang.of(&figure.words())));
        }
        let Some(judgement) = &found.judgement else {
            say(lang.pick("这次运行没有写出方案", "this run wrote no plan"));
            return;
        };
        if found.draft {
            say(lang.pick("这里是没有排成的运行留下的草案,不是方案", "this is the draft that a run without a plan left, no plan"));
        }
        let mut softer = 0_u64;
        for finding in &judgement.verdict.findings {
            let kind = match finding.force {
                Force::Legal => lang.pick("违反必须遵守的规定", "breaks a legal rule"),
                Force::Policy => lang.pick("须经会议决定:没有做到经集体研究可调整的规定", "to decide: breaks a policy rule"),
                Force::Prefer(_) if self.all => lang.pick("未能照顾", "falls short of a preference"),
                Force::Prefer(_) => {
                    softer += 1;
                    continue;
                }
            };
            say(&format!("{kind} [{}] {}", finding.clause, lang.of(&finding.text)));
        }
        say(&last_line(judgement, softer, lang));
        let falsified = found.falsified.len();
        if falsified > 0 {
            say(&match lang {
                Lang::Zh => format!("清单有 {falsified} 个数与文件不符"),
                Lang::En => format!("{falsified} figures of the manifest are not what the files say"),
            });
        }
    }
}

fn last_line(judgement: &Judgement, softer: u64, lang: Lang) -> String {
    let Judgement { legal, policy, shortfall_periods: short, .. } = judgement;
    match (lang, judgement.in_short()) {
        (Lang::Zh, Verdict::Passed) => {
            format!("复核通过:必须遵守的规定全部满足;待补 {short} 课时;不理想之处 {softer} 条(--all 列出)")
        }
        (Lang::Zh, Verdict::NeedsDecision) => format!(
            "须经会议决定 {policy} 处:必须遵守的规定全部满足,经集体研究可调整的规定没有全部做到;待补 {short} 课时;不理想之处 {softer} 条(--all 列出)"
        ),
        (Lang::Zh, _) => format!("复核不通过:{legal} 处违反必须遵守的规定,另有 {policy} 处须经会议决定;待补 {short} 课时"),
        (Lang::En, Verdict::Passed) => format!(
            "passed: every rule of force is kept; {short} periods without a teacher; {softer} preferences fall short (--all lists them)"
        ),
        (Lang::En, Verdict::NeedsDecision) => format!(
            "{policy} places need a meeting's decision: every legal rule is kept, policy rules are not all; {short} periods without a teacher; {softer} preferences fall short (--all lists them)"
        ),
        (Lang::En, _) => format!(
            "not passed: legal rules broken at {legal} places, {policy} more need a meeting's decision; {short} periods without a teacher"
        ),
    }
}

fn print_json(found: &Found) {
    let falsified: Vec<_> = found
        .falsified
        .iter()
        .map(|f| serde_json::json!({ "figure": f.figure, "claimed": f.claimed, "found": f.found, "text": f.words() }))
        .collect();
    let judgement = found.judgement.as_ref();
    let json = serde_json::json!({
        "verdict": found.verdict(),
        "draft": found.draft,
        "hard": judgement.map(Judgement::hard),
        "legal": judgement.map(|judgement| judgement.legal),
        "decisions_needed": judgement.map(|judgement| judgement.policy),
        "shortfall_periods": judgement.map(|judgement| judgement.shortfall_periods),
        "score": judgement.map(|judgement| &judgement.score),
        "findings": judgement.map(|judgement| &judgement.verdict.findings),
        "falsified": falsified,
    });
    say(&serde_json::to_string_pretty(&json).unwrap_or_default());
}
