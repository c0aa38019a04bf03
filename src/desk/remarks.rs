//! 备注: what planners write beside a row holds the real constraints. It is never applied on its own and never dropped:
//! words become a proposal in the district's `pending` list, and only the planner turns it into data.

use super::column::Misread;
use super::lookup::Lookup;
use super::values::labels::Labelled;
use super::values::{join, list};
use crate::file::{Deferral, DeferralCode, Person, Proposal};

/// What the planner says about a remark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Handled {
    #[default]
    Open,
    /// Do what is proposed.
    Accept,
    /// It stands in its columns now.
    Entered,
    /// It does not matter here.
    Irrelevant,
}

impl Handled {
    const WORDS: [(Self, &'static str); 4] =
        [(Self::Open, "待确认"), (Self::Accept, "采用建议"), (Self::Entered, "已登记"), (Self::Irrelevant, "不影响")];

    pub fn words() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(_, word)| *word).collect()
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, word)| *word == text.trim()).map(|(handled, _)| *handled)
    }
    pub fn label(self) -> &'static str {
        Self::WORDS.iter().find(|(handled, _)| *handled == self).map_or("", |(_, word)| word)
    }
}

/// Words that hint at a reason; the first list that matches a kind counts.
const HINTS: [(&[&str], Proposal); 14] = [
    (&["不走教", "不跨校", "不兼课", "不外出"], Proposal::NoVisits),
    (&["孕", "产假", "哺乳", "预产期"], Proposal::Defer(DeferralCode::Maternity)),
    (&["退休"], Proposal::Defer(DeferralCode::NearRetirement)),
    (&["援疆", "援藏", "援青"], Proposal::Defer(DeferralCode::AidProgramme)),
    (&["刚交流", "交流期满", "交流回", "支教回", "轮岗回"], Proposal::Defer(DeferralCode::JustExchanged)),
    (&["处分", "调查"], Proposal::Defer(DeferralCode::UnderInquiry)),
    (&["唯一", "仅此一人", "只有一名"], Proposal::Defer(DeferralCode::SoleTeacher)),
    (&["服务期", "特岗", "公费师范"], Proposal::Service),
    (&["任期", "合同"], Proposal::Defer(DeferralCode::Contract)),
    (&["照顾", "护理", "父母", "老人", "残疾"], Proposal::Defer(DeferralCode::Carer)),
    (&["病", "手术", "腰", "伤", "透析", "化疗", "心脏", "残"], Proposal::Defer(DeferralCode::Health)),
    (&["夫妻", "配偶", "爱人", "丈夫", "妻子", "父女", "母子", "兄弟", "姐妹"], Proposal::Kin),
    (&["不动", "留任", "留校", "不交流", "不参加交流"], Proposal::Stays),
    (&["自愿", "志愿", "愿意"], Proposal::Unread),
];

/// What a remark may mean. A school that it names is read as a wish to be near it; words without a hint are left to the
/// reader. An injury beside “no visits” asks for no visits, not for a deferral.
pub(super) fn proposals(text: &str, lookup: &Lookup) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for (words, proposal) in &HINTS {
        let last_resort = *proposal == Proposal::Defer(DeferralCode::Health);
        if (found.is_empty() || !last_resort) && words.iter().any(|word| text.contains(word)) {
            found.push(proposal.clone());
        }
    }
    for id in lookup.schools.ids() {
        let name = lookup.schools.say(id);
        let short = name.trim_end_matches("小学").trim_end_matches("中学").trim_end_matches("学校");
        if short.chars().count() >= 2 && text.contains(short) {
            found.push(Proposal::Wish(id.clone()));
        }
    }
    if found.is_empty() {
        found.push(Proposal::Unread);
    }
    found
}

/// Does what the planner accepted; `false` when one of the proposals cannot be done without more being said.
pub(super) fn accept(person: &mut Person, proposals: &[Proposal]) -> bool {
    for proposal in proposals {
        match proposal {
            Proposal::Defer(code) => person.deferrals.push(Deferral { code: *code, until: None }),
            Proposal::NoVisits => person.locks.no_visits = true,
            Proposal::Stays => person.locks.stays = true,
            Proposal::Wish(school) => person.wishes.schools.push(school.clone()),
            Proposal::Kin | Proposal::Service | Proposal::Unread => return false,
        }
    }
    true
}

/// 缓交流:病休、不走教、志愿:石桥小学.
pub(super) fn say(proposals: &[Proposal], lookup: &Lookup) -> String {
    join(proposals.iter().map(|proposal| match proposal {
        Proposal::Defer(code) => format!("缓交流:{}", code.label()),
        Proposal::NoVisits => "不跨校".to_owned(),
        Proposal::Stays => "留校".to_owned(),
        Proposal::Wish(school) => format!("志愿:{}", lookup.schools.say(school)),
        Proposal::Kin => "亲属".to_owned(),
        Proposal::Service => "服务期".to_owned(),
        Proposal::Unread => "请阅读原文".to_owned(),
    }))
}

pub(super) fn parse(text: &str, lookup: &Lookup) -> Option<Vec<Proposal>> {
    let one = |part: String| match part.split_once([':', ':']) {
        Some(("缓交流", code)) => Some(Proposal::Defer(DeferralCode::parse(code)?)),
        Some(("志愿", school)) => Some(Proposal::Wish(lookup.schools.find(school).ok()?)),
        _ => match part.as_str() {
            "不跨校" => Some(Proposal::NoVisits),
            "留校" => Some(Proposal::Stays),
            "亲属" => Some(Proposal::Kin),
            "服务期" => Some(Proposal::Service),
            "请阅读原文" => Some(Proposal::Unread),
            _ => None,
        },
    };
    list(text).into_iter().map(one).collect()
}

/// The proposal cannot be taken as it stands.
pub(super) fn not_alone() -> Misread {
    Misread::wants("已登记 或 不影响", "已登记 (entered) or 不影响 (irrelevant)").remedy(
        "这条建议还缺内容,不能直接采用:请把它登记到相应的列或表,再选「已登记」",
        "the proposal lacks something: enter it in its column or sheet and choose 已登记",
    )
}
