//! Remarks that wait for somebody to confirm what they mean: told on the first page until they are entered or dismissed.

use super::index::Index;
use crate::file::{DeferralCode, Proposal};
use crate::problem::{Kind, Problem};

const OPEN: Kind = Kind::warning(
    "W-NOTE-001",
    ("备注还没有确认", "a remark waits to be confirmed"),
    ("备注里的情况登记到相应的列,或说明不影响", "what a remark says entered in its column, or said not to matter"),
    (
        "请阅读原文:在「备注处理」选「采用建议」,或登记后选「已登记」,与排课无关选「不影响」;确认前不作任何安排",
        "read it: choose 采用建议 (do it), 已登记 (entered) or 不影响 (irrelevant) in 备注处理; nothing is done before",
    ),
);
const ABOUT_NOBODY: Kind = Kind::error(
    "E-NOTE-002",
    ("待确认的备注说的人不存在", "a remark about nobody in the district"),
    ("`people` 里的编号,或不写", "an id in `people`, or none"),
    ("请改正 `about`", "correct `about`"),
);

pub const KINDS: &[&Kind] = &[&OPEN, &ABOUT_NOBODY];

pub fn judge(index: &Index<'_>, found: &mut Vec<Problem>) {
    for (i, pending) in index.district.pending.iter().enumerate() {
        let about = pending.about.as_str();
        if !about.is_empty() && !index.people.contains_key(about) {
            let words = (format!("没有 `{about}` 这个人"), format!("there is nobody `{about}`"));
            found.push(ABOUT_NOBODY.at(index.at(format_args!("pending[{i}].about"))).of(about).found(words.0, words.1));
        }
        let (zh, en): (Vec<_>, Vec<_>) = pending.proposals.iter().map(words).unzip();
        let at = &pending.at;
        let words = (format!("{at} 的备注;可能是:{}", zh.join("、")), format!("the remark at {at}; it may mean: {}", en.join(", ")));
        found.push(OPEN.at(index.at(format_args!("pending[{i}]"))).of(about).found(words.0, words.1));
    }
}

fn words(proposal: &Proposal) -> (String, String) {
    match proposal {
        Proposal::Defer(code) => {
            let (zh, en) = reason(*code);
            (format!("缓交流({zh})"), format!("deferral ({en})"))
        }
        Proposal::NoVisits => ("不跨校".to_owned(), "does not teach across schools".to_owned()),
        Proposal::Stays => ("留校".to_owned(), "is not posted away".to_owned()),
        Proposal::Wish(school) => (format!("志愿({school})"), format!("a wish ({school})")),
        Proposal::Kin => ("亲属关系".to_owned(), "a tie to another person".to_owned()),
        Proposal::Service => ("服务期".to_owned(), "bound to the employer".to_owned()),
        Proposal::Unread => ("请阅读原文".to_owned(), "read it yourself".to_owned()),
    }
}

fn reason(code: DeferralCode) -> (&'static str, &'static str) {
    match code {
        DeferralCode::Maternity => ("孕产哺乳", "maternity"),
        DeferralCode::Health => ("病休", "health"),
        DeferralCode::Carer => ("照顾家人", "carer"),
        DeferralCode::NearRetirement => ("临近退休", "near retirement"),
        DeferralCode::AidProgramme => ("在外援助", "aid programme"),
        DeferralCode::JustExchanged => ("刚交流回来", "just exchanged"),
        DeferralCode::UnderInquiry => ("接受调查", "under inquiry"),
        DeferralCode::SoleTeacher => ("学科唯一教师", "sole teacher"),
        DeferralCode::Contract => ("任期或合同未满", "contract"),
        DeferralCode::Other => ("其他", "other"),
    }
}
