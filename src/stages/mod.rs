//! The stages of planning a term, and the pipeline that runs them.
//!
//! ```text
//! Exchange ──postings──▶ Teaching ──who teaches what──▶ Timetable ──when and where──▶ Plan
//!                            ▲────────── cuts ─────────────┘
//! ```
//!
//! A stage is its items, then the list of clauses bound to them; it adds nothing of its own to the law.

mod after;
mod blocks;
mod bounds;
mod clubs;
mod coarse;
mod components;
mod cuts;
mod dealing;
mod exchange;
mod foresight;
mod outcome;
mod placing;
mod points;
mod probe;
mod rooms;
mod rosters;
mod run;
mod scope;
mod seating;
mod slot_views;
mod slots;
mod staffing;
mod staffing_views;
mod teaching;
mod timetable;

pub use clubs::{Clubs, Leads, Members};
pub use dealing::{Deal, Dealing};
pub use exchange::{Exchange, Posed, consents, pose};
pub use outcome::{Cancel, Claim, Cut, Event, LevelReport, Options, Outcome, StageReport, Stopped, TermReport};
pub use points::{FREE, Levels, Points};
pub use rooms::deal as deal_rooms;
pub use rosters::Rosters;
pub use scope::{class_fits, course_fits, person_fits, place_fits};
pub use seating::seats;
pub use slots::{Lesson, Slots};
pub use staffing::{Grain, Kind, Staffing, Take};

use crate::district::World;
use crate::engine::Problem;
use crate::file::{ClassTeacher, Clause, District, Form, Part, Plan, Policy, Teaching};
use crate::rules::{AnyRule, Rule, Stage};
pub use run::NODES;
use run::Run;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Decides the stages asked for, in order. The district has passed validation; the plan still has to pass the checker.
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
    let mut stages = Vec::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let mut work = || stages_in_order(&mut run, &mut plan, &mut stages);
    let found = match pool {
        Ok(pool) => pool.install(&mut work),
        // No threads to be had: the caller's own will do.
        Err(_) => work(),
    };
    let proved = stages.iter().all(|report: &StageReport| report.levels.iter().all(|level| level.proved));
    let stopped = match () {
        () if cancel.load(Ordering::Relaxed) => Stopped::Cancelled,
        () if proved && found.is_some() => Stopped::Proved,
        () if Instant::now() >= run.deadline => Stopped::Time,
        () if options.work.is_some() => Stopped::Work,
        () => Stopped::Gap,
    };
    let claim = run.claim.unwrap_or(if proved { Claim::Optimal } else { Claim::Feasible });
    let keep = found.is_some();
    Outcome { plan: keep.then_some(plan), claim, stopped, stages, cuts: run.cuts, reasons: run.reasons, models: run.models }
}

fn stages_in_order(run: &mut Run, plan: &mut Plan, stages: &mut Vec<StageReport>) -> Option<()> {
    let mut memory = teaching::Memory::default();
    // What was claimed before the teaching.
    let mut before = run.claimed();
    for stage in [Stage::Exchange, Stage::Teaching, Stage::Timetable] {
        if !run.options.stages.contains(&stage) {
            continue;
        }
        (run.on_event)(Event::Begin(stage));
        let part = match stage {
            Stage::Exchange => {
                let (postings, report) = exchange::solve(run)?;
                plan.postings = postings;
                stages.push(report);
                Part::Postings
            }
            Stage::Teaching => {
                before = run.claimed();
                let (rows, report) = teaching::solve(run, plan, &mut memory, &[])?;
                teach(run, plan, rows);
                stages.push(report);
                Part::Teaching
            }
            Stage::Timetable => {
                let mut week = timetable::solve(run, plan, AGAIN);
                let mut again = AGAIN;
                while !week.broken.is_empty() && again > 0 && memory.is_open() && run.options.feedback && !run.stopped() {
                    again -= 1;
                    let who: Vec<Vec<usize>> = week.broken.iter().map(|(teachers, _)| teachers.clone()).collect();
                    let claimed = run.claimed();
                    run.claim_again(before.clone());
                    (run.on_event)(Event::Begin(Stage::Teaching));
                    let other = teaching::solve(run, plan, &mut memory, &who);
                    (run.on_event)(Event::Begin(stage));
                    let Some((rows, report)) = other else {
                        run.claim_again(claimed);
                        break;
                    };
                    let mut other = plan.clone();
                    teach(run, &mut other, rows);
                    let next = timetable::solve(run, &other, again);
                    if next.hard <= week.hard {
                        (*plan, week) = (other, next);
                        stages.retain(|report| report.stage != Stage::Teaching);
                        stages.push(report);
                    } else {
                        run.claim_again(claimed);
                    }
                }
                // All the time that is left for what no other teaching could mend.
                if !week.broken.is_empty() && !run.stopped() {
                    let next = timetable::solve(run, plan, 0);
                    if next.hard < week.hard {
                        week = next;
                    }
                }
                if !week.broken.is_empty() {
                    timetable::explain(run, plan, &week.broken);
                }
                plan.timetable = week.rows;
                rosters::solve(run, plan, &mut week.report);
                clubs::solve(run, plan, &mut week.report);
                stages.push(week.report);
                Part::Timetable
            }
        };
        if !plan.parts.contains(&part) {
            plan.parts.push(part);
        }
    }
    Some(())
}

/// Times that a timetable which was not found sends the run back to the teaching.
const AGAIN: u32 = 4;

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
