//! Top trading cycles and deferred acceptance against brute force: on a thousand tiny markets every way to deal the seats is
//! written down here, and what the definitions ask is looked for among them.
#![cfg(feature = "solve")]

use lunpai::study::baselines::Market;
use std::cmp::Ordering;

/// The same numbers on every machine (an LCG, upper bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }
    fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut list: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            list.swap(last, self.below(last + 1));
        }
        list
    }
}

/// Up to five people at up to four schools; `alone`: one person and one seat at each school, else at times a seat more than people.
fn market(seed: u64, alone: bool) -> Market {
    let mut dice = Dice(seed);
    dice.below(2);
    let people = 2 + dice.below(4);
    let schools = if alone { people } else { 2 + dice.below(3) };
    let home: Vec<usize> = (0..people).map(|person| if alone { person } else { dice.below(schools) }).collect();
    let mut wishes = Vec::new();
    for own in &home {
        let liked = dice.shuffled(schools);
        let length = dice.below(schools + 1);
        wishes.push(liked.into_iter().filter(|school| school != own).take(length).collect());
    }
    let priority = (0..schools).map(|_| dice.shuffled(people)).collect();
    let more = |school: usize, dice: &mut Dice| usize::from(!alone && dice.below(3) == 0) + home.iter().filter(|at| **at == school).count();
    let seats = (0..schools).map(|school| more(school, &mut dice)).collect();
    Market { home, wishes, priority, seats }
}

/// How much the person likes the school: 0 is best; nothing for a school worse than the own one.
fn likes(market: &Market, person: usize, school: usize) -> Option<usize> {
    let wishes = &market.wishes[person];
    let own = (market.home[person] == school).then_some(wishes.len());
    wishes.iter().position(|wished| *wished == school).or(own)
}

/// Every way to give each of these people a school they accept, no school beyond `seats`.
fn ways(market: &Market, people: &[usize], seats: &[usize]) -> Vec<Vec<usize>> {
    let Some((first, rest)) = people.split_first() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for school in (0..seats.len()).filter(|school| seats[*school] > 0 && likes(market, *first, *school).is_some()) {
        let mut left = seats.to_vec();
        left[school] -= 1;
        all.extend(ways(market, rest, &left).into_iter().map(|way| [vec![school], way].concat()));
    }
    all
}

fn everybody(market: &Market) -> Vec<usize> {
    (0..market.home.len()).collect()
}

/// Some people could deal the seats they came with among themselves so that each is better off (`strictly`), or none worse and one better.
fn is_blocked(market: &Market, dealt: &[usize], strictly: bool) -> bool {
    let people = everybody(market);
    (1_usize..1 << people.len()).any(|set| {
        let coalition: Vec<usize> = people.iter().copied().filter(|person| set >> person & 1 == 1).collect();
        let mut seats = vec![0; market.seats.len()];
        for person in &coalition {
            seats[market.home[*person]] += 1;
        }
        ways(market, &coalition, &seats).iter().any(|way| {
            let gains = || {
                let pairs = coalition.iter().zip(way);
                pairs.map(|(person, school)| likes(market, *person, *school).cmp(&likes(market, *person, dealt[*person])))
            };
            if strictly { gains().all(Ordering::is_lt) } else { gains().all(Ordering::is_le) && gains().any(Ordering::is_lt) }
        })
    })
}

/// Nobody is worse in `a` than in `b`.
fn at_least_as_good(market: &Market, a: &[usize], b: &[usize]) -> bool {
    (0..a.len()).all(|person| likes(market, person, a[person]) <= likes(market, person, b[person]))
}

/// The school would rather have `a` than `b`: its own people first, then its order.
fn prefers(market: &Market, school: usize, a: usize, b: usize) -> bool {
    let key = |person: usize| {
        let place = market.priority[school].iter().position(|other| *other == person);
        (market.home[person] != school, place)
    };
    key(a) < key(b)
}

/// Nobody and no school would both rather have each other.
fn is_stable(market: &Market, dealt: &[usize]) -> bool {
    everybody(market).into_iter().all(|person| {
        (0..market.seats.len()).all(|school| {
            let wants = likes(market, person, school).is_some_and(|place| Some(place) < likes(market, person, dealt[person]));
            let there: Vec<usize> = everybody(market).into_iter().filter(|other| dealt[*other] == school).collect();
            let room = there.len() < market.seats[school] || there.iter().any(|other| prefers(market, school, person, *other));
            !(wants && room)
        })
    })
}

#[test]
fn top_trading_cycles_find_the_core_of_a_thousand_markets_with_a_seat_each() {
    let mut moved = 0;
    for seed in 0..1000 {
        let market = market(seed, true);
        let all = ways(&market, &everybody(&market), &market.seats);
        let core: Vec<&Vec<usize>> = all.iter().filter(|way| !is_blocked(&market, way, false)).collect();
        let dealt = market.top_trading_cycles();
        assert_eq!(core, [&dealt], "{market:?}");
        moved += usize::from(dealt != market.home);
    }
    assert!(moved > 300, "only {moved} markets in which anybody moves");
}

#[test]
fn top_trading_cycles_with_more_seats_waste_nothing_and_wrong_no_group() {
    for seed in 0..1000 {
        let market = market(seed, false);
        let dealt = market.top_trading_cycles();
        let all = ways(&market, &everybody(&market), &market.seats);
        assert!(all.contains(&dealt), "each seat is there and nobody is worse off than at home: {market:?} {dealt:?}");
        let better = all.iter().find(|way| **way != dealt && at_least_as_good(&market, way, &dealt));
        assert_eq!(better, None, "{market:?} {dealt:?}");
        assert!(!is_blocked(&market, &dealt, true), "{market:?} {dealt:?}");
    }
}

#[test]
fn deferred_acceptance_is_stable_and_best_for_everybody_in_a_thousand_markets() {
    let (mut moved, mut several) = (0, 0);
    for seed in 0..1000 {
        let market = market(seed, false);
        let all = ways(&market, &everybody(&market), &market.seats);
        let stable: Vec<&Vec<usize>> = all.iter().filter(|way| is_stable(&market, way)).collect();
        let best: Vec<&Vec<usize>> =
            stable.iter().copied().filter(|way| stable.iter().all(|other| at_least_as_good(&market, way, other))).collect();
        let dealt = market.deferred_acceptance();
        assert_eq!(best, [&dealt], "{market:?}");
        moved += usize::from(dealt != market.home);
        several += usize::from(stable.len() > 1);
    }
    assert!(moved > 300 && several > 10, "{moved} markets in which anybody moves, {several} with several stable ways");
}

#[test]
fn greedy_swaps_take_the_dearest_pair_and_nobody_twice() {
    let market = Market {
        home: vec![0, 1, 2, 3],
        wishes: vec![vec![1, 2], vec![2, 0], vec![3, 0], vec![2]],
        priority: vec![vec![0, 1, 2, 3]; 4],
        seats: vec![1; 4],
    };
    // C and D are each other's first; A and B wish each other as first and second.
    assert_eq!(market.greedy_swaps(), [1, 0, 3, 2]);
    let short = Market { wishes: vec![vec![2], vec![2], vec![0, 1], vec![]], ..market };
    // C can swap with A or with B, and would rather have A's school.
    assert_eq!(short.greedy_swaps(), [2, 1, 0, 3]);
}
