//! What a meeting is asked to decide: each question with its ways out, and what each of them costs in figures that the run
//! has. What only another run could tell is not guessed.

use super::View;
use super::confidence::{Smallest, smallest_shortage};
use super::facts::Figures;
use super::screen::per_cycle;
use super::sharing::{Link, Sharing};
use super::to_relax::to_relax;
use crate::check::{Facts, list};
use crate::file::{Text, Wishes};
use crate::problem::Problem;
use crate::rules::exchange::quota::{Quota, QuotaLine, QuotaWho, QuotaWithin};

/// A question and its ways out.
pub(super) struct Decision {
    pub(super) question: Text,
    pub(super) options: [Text; 2],
}

/// Of one kind so many are asked one by one; the page has all of them.
const SHOWN: usize = 3;

macro_rules! text {
    ($zh:literal, $en:literal) => {
        Text::new(format!($zh), format!($en))
    };
}

/// The most pressing first: what only a meeting may allow, who teaches, who goes, then data.
pub(super) fn decisions(view: &View, facts: &Facts, figures: &Figures) -> Vec<Decision> {
    let mut asked = to_relax(view);
    if let Some(sharing) = &figures.sharing {
        let weeks = i64::from(view.district.cycle_weeks.clamp(1, 2));
        let near = sharing.links.iter().filter(|link| link.is_near_post(weeks));
        asked.extend(near.take(SHOWN).map(|link| nearly_a_post(view, facts, sharing, link)));
        asked.extend(shortage(view, facts, sharing));
    }
    asked.extend(last_term(view, facts, figures));
    asked.extend(unwished(facts, figures));
    asked.extend(volunteers(facts, figures));
    asked.extend(more_than_due(figures));
    asked.extend(data(view, facts));
    asked
}

/// Remarks one by one: each is about somebody. Other data by kind, the first of each.
fn data(view: &View, facts: &Facts) -> Vec<Decision> {
    let remark = |warning: &&Problem| warning.code == "W-NOTE-001";
    let mut kinds: Vec<(&Problem, usize)> = Vec::new();
    for warning in view.warnings.iter().filter(|warning| !remark(warning)) {
        match kinds.iter_mut().find(|(first, _)| first.code == warning.code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((warning, 1)),
        }
    }
    let remarks = view.warnings.iter().filter(remark).take(SHOWN).map(|warning| (warning, 1));
    remarks.chain(kinds).map(|(warning, count)| to_confirm(facts, warning, count)).collect()
}

/// "花园口小学体育教师 HYK-T009": home, subjects, id.
fn called(facts: &Facts, link: &Link) -> Text {
    let subjects = list(&link.subjects.iter().map(|subject| facts.say_subject(subject)).collect::<Vec<_>>());
    let (home, id) = (facts.say_home(link.home), &facts.people.list[link.person].id);
    Text::new(format!("{}{}教师 {id}", home.zh, subjects.zh), format!("{id} ({}, {})", home.en, subjects.en))
}

fn nearly_a_post(view: &View, facts: &Facts, sharing: &Sharing, link: &Link) -> Decision {
    let (who, host, home, per) = (called(facts, link), facts.say_school(link.host), facts.say_home(link.home), per_cycle(view));
    let periods = link.periods;
    let tasks = facts.teaching.tasks[link.person].iter();
    let left: i64 = tasks.filter(|task| facts.courses.school_of(task.course) == link.home).map(|task| task.load).sum();
    let there = |site: usize| facts.places.sites[site].school == link.host;
    let trips = sharing.journeys.iter().filter(|(trip, _)| trip.person == link.person && (there(trip.from) || there(trip.to)));
    let minutes: i64 = trips.map(|(trip, weeks)| trip.minutes * i64::from(weeks.count_ones())).sum();
    // Without a timetable nobody knows how often the way is made.
    let way = match minutes {
        0 => Text::new(format!("走单程 {} 分钟的路", link.minutes), format!("{} minutes one way", link.minutes)),
        _ => Text::new(format!("走 {minutes} 分钟的路"), format!("{minutes} minutes on the way")),
    };
    let given_up = match left {
        0 => Text::new(format!("在{}没有课要另找人上", home.zh), format!("no lesson at {} needs somebody else", home.en)),
        _ => Text::new(format!("在{}的 {left} 课时要另找人上", home.zh), format!("{left} periods at {} need somebody else", home.en)),
    };
    Decision {
        question: Text::new(
            format!("{} {}到{}上 {periods} 节,几乎是全职,怎么安排?", who.zh, per.zh, host.zh),
            format!("{} teaches {periods} periods {} at {}, nearly a post. How?", who.en, per.en, host.en),
        ),
        options: [
            Text::new(
                format!("改为支教一学期:{}少{};{}", per.zh, way.zh, given_up.zh),
                format!("a support posting for the term: saves {} {}; {}", way.en, per.en, given_up.en),
            ),
            Text::new(format!("照方案兼课:{}{}", per.zh, way.zh), format!("as in the plan: {} {}", way.en, per.en)),
        ],
    }
}

/// All of it in one question: the places stand in a table of their own.
fn shortage(view: &View, facts: &Facts, sharing: &Sharing) -> Option<Decision> {
    let gap = Some(sharing.gap).filter(|gap| *gap > 0)?;
    let place = |shortage: &super::sharing::Shortage| {
        let (school, subject, periods) = (facts.say_home(shortage.school), facts.say_subject(&shortage.subject), shortage.periods);
        Text::new(format!("{}{} {periods}", school.zh, subject.zh), format!("{} {} {periods}", school.en, subject.en))
    };
    let places = list(&sharing.shortages.iter().map(place).collect::<Vec<_>>());
    let courses: usize = sharing.shortages.iter().map(|shortage| shortage.courses.len()).sum();
    let sure = match smallest_shortage(view) {
        Some(Smallest::Proved) => Text::new("已证明按现有教师和规定不能再少", "proved smallest with these teachers and rules"),
        Some(Smallest::ProvedWithPostings) => {
            Text::new("已证明照这样的交流安排不能再少,换一种交流安排未能判定", "proved smallest with these postings, open with others")
        }
        _ => Text::new("没有证明不能再少,可以给更多时间再排", "not proved smallest; more time may find less"),
    };
    let per = per_cycle(view);
    Some(Decision {
        question: Text::new(
            format!("{}还有 {gap} 课时没有教师({}),{},怎么补?", per.zh, places.zh, sure.zh),
            format!("{gap} periods {} have no teacher ({}), {}. Who takes them?", per.en, places.en, sure.en),
        ),
        options: [
            Text::new(format!("{}:外来补足 {gap} 课时", REMEDIES.0), format!("{}: {gap} periods from outside", REMEDIES.1)),
            text!(
                "暂缺:{courses} 门课(每班每科算一门)先空着,课表里写“待补”",
                "leave them open: {courses} courses of a class stay without a teacher"
            ),
        ],
    })
}

/// What can be done about a lesson without a teacher.
pub(super) const REMEDIES: (&str, &str) = ("招聘、代课、专递课堂或支教", "recruit, a substitute, a remote lesson or a support posting");

/// Somebody who was nearly at the school last term and is not posted there now.
fn last_term(view: &View, facts: &Facts, figures: &Figures) -> Vec<Decision> {
    let ask = |link: &Link| {
        let (who, host, per, periods) = (called(facts, link), facts.say_school(link.host), per_cycle(view), link.periods);
        let now = facts.hosts(link.person).get(&link.host).copied().unwrap_or(0);
        Decision {
            question: Text::new(
                format!("上学期{} {}到{}上 {periods} 节,这学期要不要派去支教?", who.zh, per.zh, host.zh),
                format!("last term {} taught {periods} periods {} at {}. A support posting this term?", who.en, per.en, host.en),
            ),
            options: [
                Text::new("派:在「锁定」里写明派往,重新排", "yes: lock the posting and plan again"),
                Text::new(format!("不派:照方案,此人到该校 {now} 节"), format!("no: as in the plan, {now} periods there")),
            ],
        }
    };
    figures.exchange.iter().flat_map(|exchange| exchange.last_term.iter().take(SHOWN).map(ask)).collect()
}

/// The district's quota of people.
fn quota(figures: &Figures) -> Option<&(Quota, QuotaLine)> {
    let mut all = figures.exchange.iter().flat_map(|exchange| &exchange.quotas);
    all.find(|(quota, _)| quota.within == QuotaWithin::District && quota.who == QuotaWho::All)
}

/// What is left of the quota when so many of those it counts stay at home.
fn without(figures: &Figures, people: usize) -> Text {
    quota(figures).map_or_else(Text::default, |(_, line)| {
        let (required, left) = (line.required, line.counted - people as i64);
        let enough = if left >= required { ("仍然够", "still enough") } else { ("就不够了", "no longer enough") };
        Text::new(
            format!(";{people} 人都退出时只剩 {left} 人交流,应交流 {required} 人,{}", enough.0),
            format!("; without all {people} of them {left} move where {required} must, {}", enough.1),
        )
    })
}

/// Somebody named wishes and is sent elsewhere: without consent the others of the same walk are concerned too.
fn unwished(facts: &Facts, figures: &Figures) -> Option<Decision> {
    let asked_else = |wishes: &Wishes, to: usize| {
        !wishes.accepts_any && !wishes.schools.is_empty() && !wishes.schools.iter().any(|id| facts.places.school(id) == Some(to))
    };
    let people: Vec<usize> = facts
        .people
        .posted()
        .filter(|(person, _, to)| asked_else(&facts.people.list[*person].wishes, *to))
        .map(|(person, ..)| person)
        .collect();
    let ids: Vec<&String> = people.iter().map(|person| &facts.people.list[*person].id).collect();
    let walks = facts.walks();
    let others = ids.iter().filter_map(|id| walks.iter().find(|walk| walk.people.contains(id)).map(|walk| walk.people.len() - 1));
    let others = others.max().unwrap_or(0);
    let names = list(&ids.iter().map(|id| Text::new(*id, *id)).collect::<Vec<_>>());
    let (n, left) = (people.len(), without(figures, people.len()));
    (n > 0).then(|| Decision {
        question: Text::new(
            format!("{n} 人填过志愿,去向却不在其中({}),是否派出?", names.zh),
            format!("{n} people named wishes and are sent elsewhere ({}). Send them?", names.en),
        ),
        options: [
            text!("派出:要逐一征得 {n} 人同意", "yes: each of the {n} must consent"),
            Text::new(
                format!("不派:一人退出,与其对调、轮转的人要跟着重排(最多 {others} 人){}", left.zh),
                format!("no: where one stays, up to {others} others of the same swap or chain are planned anew{}", left.en),
            ),
        ],
    })
}

/// People the rules would spare, who go because they asked to.
fn volunteers(facts: &Facts, figures: &Figures) -> Option<Decision> {
    let spared = |person: &usize| facts.people.list[*person].wishes.volunteers && facts.not_eligible(*person).is_some();
    let people: Vec<usize> = facts.people.posted().map(|(person, ..)| person).filter(spared).collect();
    let ids: Vec<Text> = people.iter().map(|person| facts.say_person(*person)).collect();
    let (n, names, left) = (people.len(), list(&ids), without(figures, people.len()));
    (n > 0).then(|| Decision {
        question: Text::new(
            format!("{n} 人按规定可以不交流,因本人自愿列入({}),是否采纳?", names.zh),
            format!("{n} people need not move and asked to ({}). Accept?", names.en),
        ),
        options: [
            text!("采纳:请 {n} 人书面确认", "yes: the {n} confirm in writing"),
            Text::new(format!("不采纳:这 {n} 人退出后重排{}", left.zh), format!("no: plan again without the {n}{}", left.en)),
        ],
    })
}

fn more_than_due(figures: &Figures) -> Option<Decision> {
    let (quota, line) = quota(figures)?;
    let QuotaLine { base, required, counted, .. } = line;
    let (percent, share, over) = (quota.percent, quota.share(*base), counted - required);
    (over > 0).then(|| Decision {
        question: text!(
            "方案交流 {counted} 人,按办法只需 {required} 人(符合条件 {base} 人×{percent}%={share}),是否照办?",
            "the plan moves {counted} where {required} are due ({base} eligible × {percent} % = {share}). Agreed?"
        ),
        options: [
            text!("照方案:多交流 {over} 人", "as in the plan: {over} more move"),
            text!(
                "只派 {required} 人:要重排,缺口和均衡的变化重排后才知道",
                "only {required}: plan again; what that costs is known only then"
            ),
        ],
    })
}

fn to_confirm(facts: &Facts, warning: &Problem, count: usize) -> Decision {
    let (found, remedy, id) = (&warning.found, &warning.remedy, warning.entity.as_str());
    // Whom it is about; a subject's id says nothing to a planner.
    let nobody = id.is_empty() || facts.courses.subject(id).is_some();
    let about = if nobody { Text::default() } else { text!("{id}:", "{id}: ") };
    let alike = match count {
        1 => Text::default(),
        _ => text!("(同类共 {count} 处)", " ({count} of this kind)"),
    };
    let person = facts.people.find(id);
    let posted = person.and_then(|person| facts.people.posting[person]).map(|(_, to)| facts.say_school(to));
    let visits = person.map(|person| facts.hosts(person)).unwrap_or_default();
    // What the plan asks of the person now: that is what would have to be planned anew.
    let concerned = match (posted, visits.keys().next()) {
        (Some(to), _) => Text::new(format!(";方案已派此人到{}", to.zh), format!("; the plan posts them to {}", to.en)),
        (None, Some(host)) => {
            let host = facts.say_school(*host);
            Text::new(format!(";方案安排此人到{}兼课", host.zh), format!("; in the plan they teach at {}", host.en))
        }
        (None, None) => Text::default(),
    };
    Decision {
        question: Text::new(format!("{}{}{}", about.zh, found.zh, alike.zh), format!("{}{}{}", about.en, found.en, alike.en)),
        options: [
            Text::new(format!("{};改过后重新排{}", remedy.zh, concerned.zh), format!("{}; then plan again{}", remedy.en, concerned.en)),
            Text::new("照现有数据:方案不变", "leave it: the plan stays as it is"),
        ],
    }
}
