//! Policy clauses that the plan breaks and no meeting relaxed: the first things that a meeting decides. Clause by clause: what is
//! broken, for whom, by how much, whether that is proved unavoidable, and the ways out.

use super::View;
use super::decisions::Decision;
use super::screen::joined;
use crate::check::Finding;
use crate::file::{Clause, Force, Text};
use crate::job::{Least, least};

/// Places of one clause that the question names; the page has all of them.
const SHOWN: usize = 3;

pub(super) fn to_relax(view: &View) -> Vec<Decision> {
    let Some(judgement) = view.judgement else { return Vec::new() };
    let broken = |clause: &Clause| {
        let findings = judgement.verdict.findings.iter();
        let mine: Vec<&Finding> = findings.filter(|it| it.force == Force::Policy && it.clause == clause.id).collect();
        (!mine.is_empty()).then(|| question(view, clause, &mine))
    };
    view.policy.clauses.iter().filter(|clause| !clause.off).filter_map(broken).collect()
}

fn question(view: &View, clause: &Clause, broken: &[&Finding]) -> Decision {
    let law = clause.rule.rule().law();
    let excess = broken.iter().map(|finding| finding.excess).fold(0, i64::saturating_add);
    let least = least(view.manifest, &clause.id, law.binds, excess);
    let (title, count, sure) = (law.title, broken.len(), sure(least));
    let mut places: Vec<Text> = broken.iter().take(SHOWN).map(|finding| finding.text.clone()).collect();
    if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
        places.push(Text::new(format!("另有 {more} 处"), format!("{more} more")));
    }
    let places = joined(&places);
    Decision {
        question: Text::new(
            format!("“{}”有 {count} 处没有做到({}),与规定合计差 {excess},{},是否放宽?", title.0, places.zh, sure.zh),
            format!("“{}” is not kept at {count} places ({}), by {excess} in all; {}. Relax it?", title.1, places.en, sure.en),
        ),
        options: [
            Text::new(
                "放宽(须经会议):集体研究同意后照本方案执行,把会议、日期和文号记进办法",
                "yes, by a meeting: the plan stands as it is; meeting, date and document go into the policy",
            ),
            otherwise(least),
        ],
    }
}

fn sure(least: Least) -> Text {
    match least {
        Least::Proved(bound) => Text::new(
            format!("已证明避免不了(这类规定任何方案合计至少差 {bound})"),
            format!("proved unavoidable (no plan breaks such rules by less than {bound} in all)"),
        ),
        Least::ProvedGiven(bound) => Text::new(
            format!("已证明在已定的安排下至少差 {bound},换一种安排能否避免未能判定"),
            format!("proved not below {bound} with what was decided before, open with other decisions"),
        ),
        Least::NotBelow(bound) => Text::new(
            format!("已证明这类规定合计至少差 {bound},其余能否避免未能判定"),
            format!("proved not below {bound} in all, the rest is open"),
        ),
        Least::Open => Text::new("能否避免未能判定", "whether it can be avoided is open"),
    }
}

fn otherwise(least: Least) -> Text {
    let (zh, en) = match least {
        Least::Proved(_) => (
            "不放宽:加时间也不会更少,要改变条件(人员、班额、场地或课时)后重排",
            "no: more time cannot help; change what there is (people, classes, rooms or hours) and plan again",
        ),
        Least::ProvedGiven(_) => {
            ("不放宽:换一种交流或任课安排,给更多时间再排", "no: plan again with other postings or teaching and more time")
        }
        Least::NotBelow(_) | Least::Open => ("不放宽:给更多时间再排", "no: plan again with more time"),
    };
    Text::new(zh, en)
}
