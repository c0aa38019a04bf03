//! `xian` planned once through the command: who leads the members, who is trained, the new school, the common quotas, and the
//! score sheet, computed here again from the files.
#![cfg(all(feature = "solve", unix))]

use assert_cmd::Command;
use lunpai::check::{Verdict, check};
use lunpai::file::{District, Form, Part, Plan, Policy, Posting, Source, read_district, read_plan, read_policy};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/xian")
}

fn source(path: &Path) -> Source {
    Source::read(path).unwrap_or_else(|problem| panic!("{problem:?}"))
}

struct Run {
    district: District,
    policy: Policy,
    plan: Plan,
    out: PathBuf,
    _kept: tempfile::TempDir,
}

fn run() -> Run {
    let kept = tempfile::tempdir().expect("a folder");
    let out = kept.path().join("plan");
    let mut command = Command::cargo_bin("lunpai").expect("the binary");
    command.arg("solve").arg(folder()).args(["--stage", "exchange", "--time", "240", "--out"]).arg(&out).assert().success();
    Run {
        district: read_district(&source(&folder().join("district.json"))).expect("a district"),
        policy: read_policy(&source(&folder().join("policy.json"))).expect("a policy"),
        plan: read_plan(&source(&out.join("plan.json"))).expect("a plan"),
        out,
        _kept: kept,
    }
}

impl Run {
    fn judge(&self, plan: &Plan) -> Verdict {
        check(&self.district, &self.policy, plan)
    }
    /// Excess of a clause after a change of the plan.
    fn broken(&self, clause: &str, change: impl FnOnce(&mut Vec<Posting>)) -> i64 {
        let mut plan = self.plan.clone();
        change(&mut plan.postings);
        self.judge(&plan).by_clause[clause].excess
    }
    fn table(&self, name: &str) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(self.out.join(format!("tables/{name}.csv"))).expect("the table");
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }
}

#[test]
fn posts_are_held_the_new_school_is_staffed_and_the_sheet_is_filled_in() {
    let run = run();
    assert_eq!(run.plan.parts, [Part::Postings]);
    assert!(run.judge(&run.plan).is_in_order());
    each_clause_binds(&run);
    the_scores_are_right(&run);
    lists_go_out(&run);
}

/// Each clause is kept by the plan and broken as soon as the postings that keep it are gone.
fn each_clause_binds(run: &Run) {
    let posts = |id: &str, post: &str| {
        let person = run.district.people.iter().find(|person| person.id == id).expect("a person");
        person.posts.iter().any(|held| held.post == post)
    };
    let principal = |row: &Posting| row.from == "P1" && row.to == "P4" && posts(&row.person, "executive_principal");
    assert_eq!(run.plan.postings.iter().filter(|row| principal(row)).count(), 1);
    assert_eq!(run.broken("executive-principal", |rows| rows.retain(|row| !principal(row))), 1);
    let first = |row: &Posting| row.from == "P2" && row.to == "P5";
    assert!(run.plan.postings.iter().any(first), "P5 is new: people of P2 go there");
    assert!(run.broken("new-school", |rows| rows.retain(|row| !first(row))) > 0);
    let due = run.district.people.iter().find(|person| person.training_due && person.employer == "P1").expect("somebody to be trained");
    let row = Posting {
        person: due.id.clone(),
        from: "P1".to_owned(),
        to: "P4".to_owned(),
        form: Form::Support,
        from_term: "2026-1".to_owned(),
        to_term: None,
        because: Vec::new(),
    };
    assert!(run.plan.postings.iter().all(|posted| posted.person != due.id));
    assert_eq!(run.broken("training", |rows| rows.push(row.clone())), 1);
    // P2 and P5 have one quota in common: only a posting out of the group is felt.
    assert_eq!(run.broken("headcount", |rows| rows.retain(|row| !first(row))), 0);
    let out = Posting { to: "P3".to_owned(), ..row };
    assert!(run.broken("headcount", |rows| rows.push(out)) > 0);
}

/// Attendance with 60 points, its rise with 20, backbone with 20; a group is half its lead and half its members.
fn the_scores_are_right(run: &Run) {
    let works: BTreeMap<&str, &str> = run.plan.postings.iter().map(|row| (row.person.as_str(), row.to.as_str())).collect();
    let score = |school: &lunpai::file::School| {
        let years = &school.measures["attendance"];
        let attendance = (6_000 * (years[0] - 9_000) / 1_000).clamp(0, 6_000);
        let rise = (2_000 * (years[0] - years[1] + 100) / 200).clamp(0, 2_000);
        let backbone = |person: &&lunpai::file::Person| {
            let at = works.get(person.id.as_str()).copied().unwrap_or(&person.employer);
            at == school.id && person.talent >= lunpai::file::Talent::County
        };
        let pupils: i64 = school.pupils.values().map(|pupils| i64::from(*pupils)).sum();
        let per_100 = run.district.people.iter().filter(backbone).count() as i64 * 10_000 / pupils;
        attendance + rise + (2_000 * per_100 / 100).clamp(0, 2_000)
    };
    let scores: BTreeMap<&str, i64> = run.district.schools.iter().map(|school| (school.id.as_str(), score(school))).collect();
    let decimal = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let totals: Vec<Vec<String>> = run.table("scores").into_iter().filter(|row| row[1] == "合计").collect();
    assert_eq!(totals.len(), 12);
    for (row, school) in totals.iter().zip(&run.district.schools) {
        assert_eq!(row[4], decimal(scores[school.id.as_str()]), "{}", school.id);
    }
    let groups = run.table("group_scores");
    assert_eq!(groups.len(), run.district.groups.len());
    for row in &groups {
        let named = |group: &&lunpai::file::Group| group.name.as_ref().is_some_and(|name| name.zh == row[1]);
        let group = run.district.groups.iter().find(named).expect("a group");
        let lead = scores[group.lead.as_deref().expect("a lead")];
        let members: i64 = group.members.iter().map(|id| scores[id.as_str()]).sum::<i64>() / group.members.len() as i64;
        assert_eq!(row[4], decimal(i64::midpoint(lead, members)), "{}", group.id);
    }
    let awards: Vec<&str> = groups.iter().map(|row| row[5].as_str()).collect();
    assert_eq!(awards[..3], ["50000", "50000", ""]);
}

fn lists_go_out(run: &Run) {
    let council: Vec<String> = run.table("bodies").iter().filter(|row| row[1] == "理事会").map(|row| row[5].clone()).collect();
    assert!(council.contains(&"P1-L01".to_owned()) && council.contains(&"P6-L01".to_owned()), "{council:?}");
    assert_eq!(run.table("reserve").len(), run.district.people.iter().filter(|p| p.posts.iter().any(|it| it.post == "reserve")).count());
    assert_eq!(run.table("service").len(), run.plan.postings.len(), "nobody comes home: every posting is service");
}
