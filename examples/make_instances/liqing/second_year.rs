//! The second year: everybody is a year older; who went in the first year has come back, or stays away for three.

use lunpai::file::{Category, District, Form, Month, PastExchange, Person, Talent, Text};

const START: Month = Month { year: 2026, month: 9 };
const BACK: Month = Month { year: 2027, month: 7 };

pub fn district() -> District {
    let mut district = super::district();
    "liqing-2".clone_into(&mut district.id);
    district.title = Text::new("利青教育集团化办学,第二年", "Liqing groups of schools, year 2");
    district.term = Some(super::term(2027));
    for person in &mut district.people {
        person.years_at_school += 1;
    }
    for group in district.groups.clone() {
        let (Some(lead), agreement) = (group.lead, group.agreement) else { continue };
        let years = u16::from(agreement.term_years.unwrap_or(1));
        for member in &group.members {
            // What could not work did not: no swap where nobody is young, one each way where the budget pays for one.
            let swaps = |count: u32| match (lead.as_str(), member.as_str()) {
                (_, super::OLD) => 0,
                (super::POOR, _) => 1,
                _ => count,
            };
            let out = agreement.each_way.iter().chain(&agreement.lead_sends).map(|(role, count)| (&lead, member, role, *count));
            let back = agreement.each_way.iter().chain(&agreement.member_sends).map(|(role, count)| (member, &lead, role, *count));
            for (from, to, role, count) in out.chain(back) {
                let fits = |person: &&mut Person| person.employer == *from && person.exchanges.is_empty() && plays(person, role);
                for person in district.people.iter_mut().filter(fits).take(swaps(count) as usize) {
                    go(person, to, role, years);
                }
            }
        }
    }
    district
}

/// Who is sent as what; a head stays, and a backbone teacher is kept for the pairs that ask for one.
fn plays(person: &Person, role: &str) -> bool {
    let teacher = person.category == Category::Teacher;
    match role {
        "leaders" => person.category == Category::Leader && person.rank.as_deref() != Some("head"),
        "backbone" => teacher && person.talent >= Talent::County && person.years_at_school > 6,
        "young" => teacher && person.born.is_some_and(|born| START.count() - born.count() < 36 * 12),
        _ => teacher && person.talent < Talent::County && person.years_at_school > 6,
    }
}

fn go(person: &mut Person, to: &str, role: &str, years: u16) {
    let form = match role {
        "leaders" => Form::Secondment,
        "teachers" => Form::Rotation,
        _ => Form::Swap,
    };
    let stays = years > 1;
    let end = (!stays).then_some(BACK);
    person.exchanges.push(PastExchange { from: person.employer.clone(), to: to.to_owned(), start: START, end, form });
    person.wishes.schools.clear();
    if stays {
        person.works_at = Some(to.to_owned());
        person.years_at_school = 1;
    }
}
