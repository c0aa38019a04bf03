//! The stages of planning a term, and the pipeline that runs them.
//!
//! ```text
//! Exchange ──postings──▶ Teaching ──who teaches what──▶ Timetable ──when and where──▶ Plan ──checker──▶ better?
//!    ▲                       ▲────────── cuts ─────────────┘                              │
//!    └──────────────────────── next round, with more work ◀──────────────────────────────┘
//! ```
//!
//! A stage is its items, then the list of clauses bound to them; it adds nothing of its own to the law.

mod after;
mod blocks;
mod bounds;
mod closing;
mod clubs;
mod coarse;
mod components;
mod cuts;
mod dealing;
mod exchange;
mod foresight;
mod giving_up;
mod holding;
mod kinds;
mod outcome;
mod placing;
mod points;
mod posed;
mod probe;
mod repair;
mod rooms;
mod rosters;
mod rounds;
mod run;
mod scope;
mod seating;
mod shortage;
mod slot_views;
mod slots;
mod staffing;
mod staffing_views;
mod standing_in;
mod teaching;
mod timetable;
mod travellers;
mod visiting;

pub use closing::{close_gaps, gather, mend};
pub use clubs::{Clubs, Leads, Members};
pub use dealing::{Deal, Dealing};
pub use exchange::{Exchange, consents};
pub use outcome::{Cancel, Claim, Cut, Event, Incumbent, LevelReport, Options, Outcome, StageReport, Stopped, TermReport};
pub use points::{FREE, Levels, Points};
pub use posed::{Posed, pose};
pub use rooms::deal as deal_rooms;
pub use rosters::Rosters;
pub use scope::{class_fits, course_fits, person_fits, place_fits};
pub use seating::seats;
pub use slots::{Lesson, Slots};
pub use staffing::{Grain, Kind, Staffing, Take};

use crate::district::World;
use crate::engine::Problem;
use crate::file::{ClassTeacher, Clause, District, Form, Plan, Policy, Teaching};
use crate::rules::{AnyRule, Rule};
use rounds::Rounds;
use run::Run;
use std::collections::BTreeMap;

/// Decides the stages asked for. The district has passed validation; every plan on the way has been judged by the checker.
pub fn solve(
    district: &District,
    policy: &Policy,
    baseline: Option<&Plan>,
    options: &Options,
    cancel: &Cancel,
    on_event: &mut (dyn FnMut(Event) + Send + Sync),
) -> Outcome {
    let world = World::new(district);
    let baseline = baseline.or(district.baseline.as_deref());
    let mut plan = options.fixed.clone().unwrap_or_default();
    plan.schema = "lunpai.plan/1".into();
    plan.district.clone_from(&district.id);
    let mut run = Run::new(&world, policy, baseline, options, cancel, on_event);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let work = || Rounds::new(&mut run, plan).all();
    let best = match pool {
        Ok(pool) => pool.install(work),
        // No threads to be had: the caller's own will do.
        Err(_) => work(),
    };
    let legal = best.as_ref().is_some_and(|best| best.verdict.is_legal());
    let stages = best.as_ref().map_or_else(Vec::new, |best| best.stages.clone());
    let asked = options.stages.iter().all(|stage| stages.iter().any(|report| report.stage == *stage));
    let proved = legal && asked && best.as_ref().is_some_and(|best| best.is_proved(&options.stages));
    let stopped = match () {
        () if run.is_cancelled() => Stopped::Cancelled,
        () if proved => Stopped::Proved,
        () if run.stopped() => Stopped::Time,
        () if options.work.is_some() => Stopped::Work,
        () => Stopped::Stall,
    };
    let claim = match (legal, run.claim) {
        (true, _) => {
            if proved {
                Claim::Optimal
            } else {
                Claim::Feasible
            }
        }
        (false, Some(Claim::Impossible)) => Claim::Impossible,
        (false, _) => Claim::Undecided,
    };
    Outcome {
        claim,
        stopped,
        stages,
        without_postings: best.as_ref().and_then(|best| best.without_postings.clone()),
        cuts: best.as_ref().map_or(run.cuts, |best| best.cuts.clone()),
        plan: best.map(|best| best.plan),
        reasons: if legal { Vec::new() } else { run.reasons },
        models: run.models,
    }
}

fn teach(run: &Run, plan: &mut Plan, rows: Vec<Teaching>) {
    plan.teaching = rows;
    plan.class_teachers = named_class_teachers(run.world, plan);
}

/// The rule of a clause with the numbers that a decision of a meeting gives it.
pub fn effective<'p>(policy: &'p Policy, clause: &'p Clause) -> &'p AnyRule {
    let decision = policy.decisions.iter().find(|decision| decision.clause == clause.id);
    decision.map_or(&clause.rule, |decision| &decision.relaxed_to)
}

/// Lets every clause that is on post its points.
pub fn bind(policy: &Policy, levels: &Levels, problem: &mut Problem, post: &mut dyn FnMut(&dyn Rule, &mut Points)) {
    for (owner, clause, rule) in dealing::clauses(policy) {
        let mut points = Points::new(problem, levels, clause, owner);
        post(rule, &mut points);
    }
}

/// Working school of each person once the plan's postings hold; shadowing and concurrent posts leave it as it is.
pub fn working_schools(world: &World, plan: &Plan) -> Vec<usize> {
    let mut school: Vec<usize> = world.people.iter().map(|person| person.school).collect();
    for posting in &plan.postings {
        let moves = !matches!(posting.form, Form::Shadowing | Form::Concurrent);
        if let (Some(person), Some(to), true) = (world.person(&posting.person), world.school(&posting.to), moves) {
            school[person] = to;
        }
    }
    school
}

/// Class teachers: named by the plan (a successor of somebody posted away), else given by the file.
pub fn class_teachers(world: &World, plan: &Plan) -> Vec<Option<usize>> {
    let rows = plan.class_teachers.iter().rev();
    let named: BTreeMap<&str, usize> = rows.filter_map(|row| Some((row.class.as_str(), world.person(&row.teacher)?))).collect();
    world.classes.iter().map(|class| named.get(class.file.id.as_str()).copied().or(class.class_teacher)).collect()
}

/// Rows of the class teachers: given, or whoever holds the class meeting.
fn named_class_teachers(world: &World, plan: &Plan) -> Vec<ClassTeacher> {
    let school = working_schools(world, plan);
    let mut held: BTreeMap<usize, &str> = BTreeMap::new();
    for row in plan.teaching.iter().rev() {
        let course = world.course(&row.course).map(|course| &world.courses[course]);
        if let (Some(course), Some(teacher)) = (course, &row.teacher)
            && let (true, [class]) = (course.subject.class_meeting, course.classes.as_slice())
        {
            held.insert(*class, teacher);
        }
    }
    let mut rows = Vec::new();
    for (c, class) in world.classes.iter().enumerate() {
        let holds = || held.get(&c).map(|teacher| (*teacher).to_owned());
        let given = class.class_teacher.filter(|person| school[*person] == class.school).map(|person| world.people[person].file.id.clone());
        if let Some(teacher) = given.or_else(holds) {
            rows.push(ClassTeacher { class: class.file.id.clone(), teacher });
        }
    }
    rows
}
