//! In which way a district is strange, and what the seed adds to it.

use super::super::dice::Dice;
use super::names::Alphabet;

/// One kind of strangeness that can be asked for. Whatever is asked, ids, subjects, bells and hours are the district's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Every class has more open cells than lessons: 85 to 97 in a hundred are filled.
    Slack,
    /// Bells with cells in the evening.
    Evening,
    /// Another alphabet for each kind of id, some of the greatest length.
    Ids,
    /// Every course has its teacher.
    Given,
    /// Some courses have theirs.
    PartGiven,
    /// Last term's plan, with people and classes that are gone.
    Worn,
    /// Remarks that nobody has read yet.
    Remarks,
    /// One class a grade, in every school.
    SingleClass,
    /// Many people work at another school than the one that holds their post.
    Loan,
    /// Every school is a group of its own.
    Lone,
    /// A district of one school, whatever number is asked for.
    Alone,
    /// Two weeks to a cycle, with lessons of odd and of even weeks.
    Fortnight,
}

impl Mode {
    pub const ALL: [Self; 12] = [
        Self::Slack,
        Self::Evening,
        Self::Ids,
        Self::Given,
        Self::PartGiven,
        Self::Worn,
        Self::Remarks,
        Self::SingleClass,
        Self::Loan,
        Self::Lone,
        Self::Alone,
        Self::Fortnight,
    ];
    /// As the command line writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Evening => "evening",
            Self::Ids => "ids",
            Self::Given => "given",
            Self::PartGiven => "part-given",
            Self::Worn => "worn",
            Self::Remarks => "remarks",
            Self::SingleClass => "single-class",
            Self::Loan => "loan",
            Self::Lone => "lone",
            Self::Alone => "alone",
            Self::Fortnight => "fortnight",
        }
    }
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }
}

/// What a district is to be like.
#[derive(Debug, Clone)]
pub(super) struct Traits {
    /// In the order of [`Mode::ALL`].
    pub modes: Vec<Mode>,
    pub schools: usize,
    /// Alphabets of schools, people, classes and subjects.
    pub alphabets: [Alphabet; 4],
    /// Lessons in a hundred open cells of a class, between these two.
    pub fill: (i64, i64),
    /// Courses in a hundred that have their teacher.
    pub given: u64,
    pub cycle_weeks: u8,
    /// Trips by the table instead of coordinates.
    pub trip_table: bool,
}

impl Traits {
    /// The modes asked for; with none, one to three of the seed's choice.
    pub fn of(schools: usize, asked: &[Mode], dice: &mut Dice) -> Self {
        let mut modes = asked.to_vec();
        for _ in 0..if asked.is_empty() { dice.between(1, 3) } else { 0 } {
            // A district of one school is only chosen by asking for it.
            modes.push(dice.pick(&Mode::ALL));
            modes.retain(|mode| *mode != Mode::Alone);
        }
        if schools == 1 {
            modes.push(Mode::Alone);
        }
        modes.sort_unstable();
        modes.dedup();
        let has = |mode| modes.contains(&mode);
        let one = dice.pick(&Alphabet::ALL);
        let alphabets = if has(Mode::Ids) { [(); 4].map(|()| dice.pick(&Alphabet::ALL)) } else { [one; 4] };
        let dense = dice.percent(40);
        let fill = if has(Mode::Slack) {
            (85, 97)
        } else if dense {
            (100, 100)
        } else {
            (88, 100)
        };
        let some = dice.between(20, 80) as u64;
        let given = if has(Mode::Given) { 100 } else { some * u64::from(has(Mode::PartGiven)) };
        Self {
            schools: if has(Mode::Alone) { 1 } else { schools },
            alphabets,
            fill,
            given,
            cycle_weeks: if has(Mode::Fortnight) { 2 } else { 1 },
            trip_table: dice.percent(35),
            modes,
        }
    }
    pub fn has(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }
    pub fn cycle(&self) -> u32 {
        u32::from(self.cycle_weeks)
    }
}
