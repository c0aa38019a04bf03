//! The timetable confronted: any week, any teaching, against the checker.

use super::dice::Dice;
use super::rooms::{Dealt, about_rooms};
use super::tally::{RELAXED, Sums, Tally, add, detail};
use super::weeks::rows;
use super::{clubs, policies, rooms, teaching, worlds};
use lunpai::district::World;
use lunpai::engine::{Aim, Domain, Problem, Search, SearchLimits};
use lunpai::file::{Clause, Part, Plan};
use lunpai::rules::Stage;
use lunpai::stages::{Clubs, Levels, Rosters, Slots, bind, seats};

/// One world, policy and teaching; `plans` weeks for it.
pub fn batch(seed: u64, plans: usize) -> Tally {
    let mut dice = Dice::new(seed);
    let mut district = worlds::world(&mut dice, 12);
    while district.bells.is_empty() {
        district = worlds::world(&mut dice, 12);
    }
    // Places enough for everybody, in two worlds of three.
    let more = if dice.percent(66) { 20 } else { 0 };
    district.clubs.iter_mut().for_each(|club| club.places += more);
    let policy = policies::varied(&district, &mut dice);
    let world = World::new(&district);
    let mut plan = Plan { schema: "lunpai.plan/1".into(), district: district.id.clone(), parts: vec![Part::Timetable], ..Plan::default() };
    teaching::at_random(&world, &mut plan, &mut dice);
    let mut tally = Tally::default();
    let levels = Levels::of(&policy);
    let mut problem = Problem::new(levels.engine());
    let slots = Slots::new(&world, &plan, &mut problem);
    bind(&policy, &levels, &mut problem, &mut |rule, points| rule.timetable(&slots, points));
    tally.binds(&policy, &problem, Stage::Timetable);
    if problem.items.is_empty() || problem.items.iter().any(|item| matches!(&item.domain, Domain::Choice(values) if values.is_empty())) {
        return tally;
    }
    let seats = seats(&slots, &problem);
    let mut low: Vec<i32> = Vec::new();
    for turn in 0..plans {
        if turn % 10 == 0 {
            let mut search = Search::new(&problem, &seats, vec![-1; problem.items.len()], dice.draw());
            low = search.run(SearchLimits { deadline: None, moves: Some(6_000), aim: Aim::Best }, &|| false).values;
        }
        let mut values = low.clone();
        let moves = if turn % 2 == 0 { values.len() } else { dice.below(3) };
        for k in 0..moves {
            let item = if turn % 2 == 0 { k } else { dice.below(values.len()) };
            if let Domain::Choice(domain) = &problem.items[item].domain {
                values[item] = i32::from(domain[dice.below(domain.len())]);
            }
        }
        plan.timetable = rows(&slots, &values);
        let mut duties = Problem::new(levels.engine());
        let rosters = Rosters::new(&world, &plan, &mut duties);
        bind(&policy, &levels, &mut duties, &mut |rule, points| rule.roster(&rosters, points));
        tally.binds(&policy, &duties, Stage::Timetable);
        let served = in_turn(&rosters, duties.items.len(), &mut dice);
        plan.duties = rosters.duties(&served);
        let mut sums: Sums = vec![(0, 0); policy.clauses.len()];
        add(&mut sums, &problem, &values);
        add(&mut sums, &duties, &served);
        let mut members = Problem::new(levels.engine());
        let all = Clubs::new(&world, &plan, &mut members);
        bind(&policy, &levels, &mut members, &mut |rule, points| rule.clubs(&all, points));
        tally.binds(&policy, &members, Stage::Timetable);
        let dealt = clubs::dealt(&all, members.items.len(), &mut dice);
        (plan.club_leaders, plan.club_pupils) = all.rows(&dealt);
        add(&mut sums, &members, &dealt);
        let (verdict, exact) = match rooms::judged(&world, &policy, &mut plan, &sums, &mut dice) {
            Dealt::AsTheModelSays(verdict) => (verdict, true),
            Dealt::Better(verdict) => {
                *tally.relaxed.entry("rooms dealt worse than could be").or_default() += 1;
                (verdict, true)
            }
            Dealt::Relaxed(verdict) => {
                *tally.relaxed.entry(RELAXED[1].0).or_default() += 1;
                (verdict, false)
            }
        };
        let story = format!("timetable {seed}/{turn}");
        let judged = |clause: &Clause| clause.rule.rule().law().binds.contains(&Stage::Timetable) && (exact || !about_rooms(clause));
        tally.well_formed(&story, &verdict);
        tally.confront(&story, &policy, &sums, &verdict, &judged, &|owner| {
            let parts = [detail(&problem, &values, owner), detail(&duties, &served, owner), detail(&members, &dealt, owner)];
            parts.join(" | ")
        });
    }
    tally
}

/// Turns of duty dealt one after the other, as many as are wanted, with some taken away, added or given to anybody.
fn in_turn(rosters: &Rosters, items: usize, dice: &mut Dice) -> Vec<i32> {
    let mut values = vec![0; items];
    for roster in &rosters.list {
        for leaders in [true, false] {
            let who: Vec<usize> = (0..roster.pool.len()).filter(|k| rosters.leads(roster.pool[*k]) == leaders).collect();
            let wanted = if leaders { roster.file.leaders } else { roster.file.teachers } as usize;
            let mut next = dice.below(who.len());
            for items in roster.items.iter().filter(|_| !who.is_empty()) {
                for _ in 0..wanted.min(who.len()) {
                    values[items[who[next % who.len()]] as usize] = 1;
                    next += 1;
                }
            }
        }
    }
    for _ in 0..dice.below(3) {
        let item = dice.below(items);
        if let Some(value) = values.get_mut(item) {
            *value = 1 - *value;
        }
    }
    values
}
