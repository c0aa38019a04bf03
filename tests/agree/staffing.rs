//! Teaching confronted: numbers of classes drawn by lot, dealt to the classes by lot, against the checker.

use super::dice::Dice;
use super::tally::{Sums, Tally, add_where, detail};
use super::{built, policies, teaching, worlds};
use lunpai::check::check;
use lunpai::district::World;
use lunpai::engine::{Problem, State};
use lunpai::file::{ClassTeacher, Part, Plan, Policy, Teaching};
use lunpai::rules::{AnyRule, Stage};
use lunpai::stages::{Deal, Dealing, Exchange, Grain, Levels, Staffing, Take, bind, working_schools};
use std::collections::BTreeMap;

/// One world, policy and set of postings; `plans` teachings for them.
pub fn batch(seed: u64, plans: usize) -> Tally {
    let mut dice = Dice::new(seed ^ 0x7eac);
    // One in eight where a share of exactly 1 ‰ can be.
    let district = if seed.is_multiple_of(8) { built::thousand() } else { worlds::world(&mut dice, 12) };
    let policy = policies::varied(&district, &mut dice);
    let world = World::new(&district);
    let levels = Levels::of(&policy);
    let mut plan = Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), parts: vec![Part::Teaching], ..Plan::default() };
    let mut tally = Tally::default();
    // The same clause may speak of postings and of teaching: its points add up.
    let mut posted: Sums = vec![(0, 0); policy.clauses.len()];
    if dice.percent(40) {
        plan.parts.push(Part::Postings);
        plan.postings = teaching::postings(&world, &mut dice);
        let mut problem = Problem::new(levels.engine());
        let exchange = Exchange::new(&world, &policy, district.baseline.as_deref(), true, &mut problem);
        bind(&policy, &levels, &mut problem, &mut |rule, points| rule.exchange(&exchange, points));
        let mut values = vec![0; problem.items.len()];
        for posting in &plan.postings {
            let (person, to) = (world.person(&posting.person).expect("a person"), world.school(&posting.to).expect("a school"));
            let (item, schools) = &exchange.posts[&person];
            values[*item as usize] = schools.iter().position(|school| *school == to).expect("every school is open") as i32;
        }
        add_where(&mut posted, &problem, &values, &|_| true);
    }
    let school = working_schools(&world, &plan);
    let mut problem = Problem::new(levels.engine());
    let staffing = Staffing::new(&world, &policy, Grain::Courses, school, BTreeMap::new(), &|_, _| true, &mut problem);
    bind(&policy, &levels, &mut problem, &mut |rule, points| rule.staffing(&staffing, points));
    tally.binds(&policy, &problem, Stage::Teaching);
    let mut merged = Problem::new(levels.engine());
    let coarse = Staffing::new(&world, &policy, Grain::Subjects, staffing.school.clone(), BTreeMap::new(), &|_, _| true, &mut merged);
    bind(&policy, &levels, &mut merged, &mut |rule, points| rule.staffing(&coarse, points));
    let units = Units::of(&staffing);
    let mut low = units.climb(&staffing, &problem, staffing.at_home(&problem), 600, &mut dice);
    for turn in 0..plans {
        let mut numbers = low.clone();
        if turn % 2 == 0 {
            units.scatter(&staffing, &mut numbers, &mut dice);
        } else {
            if turn % 4 == 1 {
                units.aim(&staffing, &problem, &mut numbers, dice.below(policy.clauses.len()), &mut dice);
            }
            if turn % 8 == 7 {
                low = units.climb(&staffing, &problem, numbers.clone(), 100, &mut dice);
            }
            for _ in 0..dice.below(3) {
                units.shift(&staffing, &mut numbers, &mut dice);
            }
        }
        let (dealing, dealt, values) = deal(&staffing, &policy, &levels, &numbers, turn % 2 == 1, &mut dice);
        tally.binds(&policy, &dealt, Stage::Teaching);
        plan.teaching = rows(&staffing, &dealing, &values);
        plan.class_teachers = class_teachers(&staffing, &plan);
        let verdict = check(&district, &policy, &plan);
        let mut sums = posted.clone();
        let foreseen = |owner: u32| matches!(policy.clauses[owner as usize].rule, AnyRule::ClassTeacherCourse(_));
        add_where(&mut sums, &problem, &numbers, &|owner| !foreseen(owner));
        add_where(&mut sums, &dealt, &values, &|_| true);
        let story = format!("teaching {seed}/{turn}");
        let (mut fine, mut lighter): (Sums, Sums) = (vec![(0, 0); policy.clauses.len()], vec![(0, 0); policy.clauses.len()]);
        add_where(&mut fine, &problem, &numbers, &|_| true);
        add_where(&mut lighter, &merged, &without_grades(&staffing, &numbers, &coarse, &merged), &|_| true);
        for (owner, (fine, lighter)) in fine.iter().zip(&lighter).enumerate() {
            assert!(lighter.1 <= fine.1, "{story}: {} costs {} without grades, {} with", policy.clauses[owner].id, lighter.1, fine.1);
        }
        tally.well_formed(&story, &verdict);
        tally.confront(&story, &policy, &sums, &verdict, &|clause| clause.rule.rule().law().binds.contains(&Stage::Teaching), &|owner| {
            format!("{} | {}", detail(&problem, &numbers, owner), detail(&dealt, &values, owner))
        });
    }
    tally
}

/// The same plan at the grain of subjects.
fn without_grades(fine: &Staffing, numbers: &[i32], coarse: &Staffing, merged: &Problem) -> Vec<i32> {
    let mut values = vec![0; merged.items.len()];
    let part = |k: usize| fine.kinds[k].parts().next().expect("a unit");
    let kind = |k: usize| coarse.kinds.iter().position(|kind| kind.parts().any(|other| other == part(k))).expect("the same units");
    let kind: Vec<usize> = (0..fine.kinds.len()).map(kind).collect();
    for (k, open) in fine.uncovered.iter().enumerate() {
        values[coarse.uncovered[kind[k]] as usize] += numbers[*open as usize];
    }
    for take in &fine.takes {
        let merged = coarse.takes_of(take.person).iter().find(|other| other.kind == kind[take.kind]).expect("the same takes");
        values[merged.item as usize] += numbers[take.item as usize];
    }
    for (at, visit) in &fine.visits {
        values[coarse.visits[at] as usize] = numbers[*visit as usize];
    }
    values
}

/// Moves whole units between the takers of a kind; visits follow.
struct Units {
    takers: Vec<Vec<Take>>,
}

impl Units {
    fn of(staffing: &Staffing) -> Self {
        let mut takers = vec![Vec::new(); staffing.kinds.len()];
        for take in &staffing.takes {
            takers[take.kind].push(*take);
        }
        Self { takers }
    }
    /// The item of a taker, or of nobody; with its most.
    fn seat(&self, staffing: &Staffing, kind: usize, k: usize) -> (u32, i32) {
        self.takers[kind].get(k).map_or((staffing.uncovered[kind], i32::MAX), |take| (take.item, take.most as i32))
    }
    fn shift(&self, staffing: &Staffing, numbers: &mut [i32], dice: &mut Dice) -> Option<()> {
        let kind = dice.below(staffing.kinds.len());
        let seats = self.takers[kind].len() + 1;
        let (from, _) = self.seat(staffing, kind, dice.below(seats));
        let (to, most) = self.seat(staffing, kind, dice.below(seats));
        if from != to && numbers[from as usize] > 0 && numbers[to as usize] < most {
            numbers[from as usize] -= 1;
            numbers[to as usize] += 1;
            visits(staffing, numbers);
            return Some(());
        }
        None
    }
    fn scatter(&self, staffing: &Staffing, numbers: &mut [i32], dice: &mut Dice) {
        let home = [95, 60, 0][dice.below(3)];
        for (kind, of) in staffing.kinds.iter().enumerate() {
            for take in &self.takers[kind] {
                numbers[take.item as usize] = 0;
            }
            numbers[staffing.uncovered[kind] as usize] = 0;
            for _ in 0..of.units {
                let seats = self.takers[kind].len() + usize::from(dice.percent(20));
                let at_home = |k: &usize| self.takers[kind].get(*k).is_none_or(|take| staffing.school[take.person] == of.school);
                let mut k = dice.below(seats.max(1));
                for _ in 0..6 {
                    if !at_home(&k) && dice.percent(home) {
                        k = dice.below(seats.max(1));
                    }
                }
                let (item, most) = self.seat(staffing, kind, k);
                let item = if numbers[item as usize] < most { item } else { staffing.uncovered[kind] };
                numbers[item as usize] += 1;
            }
        }
        visits(staffing, numbers);
    }
    /// Towards an excess of exactly 1 of one clause.
    fn aim(&self, staffing: &Staffing, problem: &Problem, numbers: &mut Vec<i32>, owner: usize, dice: &mut Dice) {
        let distance = |numbers: &[i32]| {
            let mine = problem.points.iter().filter(|point| point.owner as usize == owner);
            let excess: i64 = mine.map(|point| point.excess(point.gauge.raw(&problem.totals(point, numbers)))).sum();
            (excess - 1).abs()
        };
        for _ in 0..60 {
            let (kept, before) = (numbers.clone(), distance(numbers));
            if before == 0 {
                return;
            }
            if self.shift(staffing, numbers, dice).is_some() && distance(numbers) > before {
                *numbers = kept;
            }
        }
    }
    fn climb(&self, staffing: &Staffing, problem: &Problem, mut numbers: Vec<i32>, tries: usize, dice: &mut Dice) -> Vec<i32> {
        visits(staffing, &mut numbers);
        let mut state = State::new(problem, numbers.clone());
        for _ in 0..tries {
            let (kept, before) = (numbers.clone(), state.score().to_vec());
            if self.shift(staffing, &mut numbers, dice).is_none() {
                continue;
            }
            set_all(&mut state, &numbers);
            if state.score() > before.as_slice() {
                numbers = kept;
                set_all(&mut state, &numbers);
            }
        }
        numbers
    }
}

fn set_all(state: &mut State, values: &[i32]) {
    for (item, value) in values.iter().enumerate() {
        state.set(item as u32, *value);
    }
}

/// v = [n > 0].
fn visits(staffing: &Staffing, numbers: &mut [i32]) {
    for ((person, school), visit) in &staffing.visits {
        let takes = staffing.takes_of(*person).iter().filter(|take| staffing.kinds[take.kind].school == *school);
        numbers[*visit as usize] = i32::from(takes.map(|take| numbers[take.item as usize]).sum::<i32>() > 0);
    }
}

/// The numbers dealt to the classes in any order; `well`: then exchanged as long as the clauses like it.
fn deal<'w>(
    staffing: &Staffing<'w>,
    policy: &Policy,
    levels: &Levels,
    numbers: &[i32],
    well: bool,
    dice: &mut Dice,
) -> (Dealing<'w>, Problem, Vec<i32>) {
    let world = staffing.world;
    let mut problem = Problem::new(levels.engine());
    let mut dealing = Dealing { world, deals: Vec::new(), class_teacher: vec![None; world.classes.len()] };
    let mut values = Vec::new();
    let mut kinds = Vec::new();
    for (k, kind) in staffing.kinds.iter().enumerate() {
        let mut hands: Vec<Option<usize>> = Vec::new();
        for take in staffing.takes.iter().filter(|take| take.kind == k) {
            hands.extend((0..numbers[take.item as usize]).map(|_| Some(take.person)));
        }
        hands.resize(kind.units as usize, None);
        let mut who = hands.clone();
        who.dedup();
        dice.shuffle(&mut hands);
        let first = values.len();
        let blocks: Vec<Option<usize>> = if kind.is_shared() { kind.blocks.iter().copied().map(Some).collect() } else { vec![None] };
        let units = kind.courses.iter().flat_map(|unit| blocks.iter().map(move |block| (*unit, *block)));
        for (((course, role), block), hand) in units.zip(hands) {
            let item = problem.choice("teacher", (0..who.len() as u16).collect());
            dealing.deals.push(Deal { course, role, block, item, who: who.clone() });
            values.push(who.iter().position(|other| *other == hand).unwrap_or_default() as i32);
        }
        kinds.push(first..values.len());
    }
    for (class, of) in world.classes.iter().enumerate() {
        dealing.class_teacher[class] = of.class_teacher.filter(|teacher| staffing.school[*teacher] == of.school);
    }
    bind(policy, levels, &mut problem, &mut |rule, points| rule.dealing(&dealing, points));
    if well {
        let mut state = State::new(&problem, values.clone());
        for _ in 0..200 {
            let of = &kinds[dice.below(kinds.len())];
            let (a, b) = (of.start + dice.below(of.len()), of.start + dice.below(of.len()));
            let before = state.score().to_vec();
            let (x, y) = (state.value(a as u32), state.value(b as u32));
            state.set(a as u32, y);
            state.set(b as u32, x);
            if state.score() > before.as_slice() {
                state.set(a as u32, x);
                state.set(b as u32, y);
            }
        }
        values = state.values().to_vec();
    }
    (dealing, problem, values)
}

fn rows(staffing: &Staffing, dealing: &Dealing, values: &[i32]) -> Vec<Teaching> {
    let world = staffing.world;
    let mut who: BTreeMap<(usize, usize, Option<usize>), Option<usize>> = BTreeMap::new();
    who.extend(staffing.given.iter().map(|(person, course, role)| ((*course, *role, None), Some(*person))));
    who.extend(dealing.deals.iter().map(|deal| ((deal.course, deal.role, deal.block), Dealing::teacher(deal, values))));
    let row = |((course, role, block), teacher): ((usize, usize, Option<usize>), Option<usize>)| Teaching {
        course: world.courses[course].id.clone(),
        role: world.courses[course].roles[role].name.clone(),
        teacher: teacher.map(|person| world.people[person].file.id.clone()),
        blocks: block.map(|block| block as u8 + 1).into_iter().collect(),
    };
    who.into_iter().map(row).collect()
}

/// Given and still there, else whoever holds the class meeting: as the teaching stage names them.
fn class_teachers(staffing: &Staffing, plan: &Plan) -> Vec<ClassTeacher> {
    let world = staffing.world;
    let mut named = Vec::new();
    for (c, class) in world.classes.iter().enumerate() {
        let meeting = world.courses.iter().find(|course| course.subject.class_meeting && course.classes == [c]);
        let holder = meeting.and_then(|course| plan.teaching.iter().find(|row| row.course == course.id)?.teacher.clone());
        let given = class.class_teacher.filter(|person| staffing.school[*person] == class.school);
        if let Some(teacher) = given.map(|person| world.people[person].file.id.clone()).or(holder) {
            named.push(ClassTeacher { class: class.file.id.clone(), teacher });
        }
    }
    named
}
