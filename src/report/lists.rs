//! Lists that go on to other offices: quotas as formulas, what each school gives and gets, service records of those sent,
//! attendees of the groups' bodies, leaders in reserve.

use super::balance;
use super::exchange::Exchange;
use super::table::Table;
use super::tables::{form, id_and_name};
use crate::check::{Facts, post};
use crate::file::{Body, GroupKind, Seat, SeatOf, Standing};
use crate::rules::exchange::quota::{QuotaOf, QuotaWho, Rounding};

/// Every quota as a formula: percent × base = share, rounded, against the people counted.
pub(super) fn quotas(exchange: &Exchange) -> Table {
    let mut table = Table::new(&["范围", "对象", "基数", "基数人数", "比例(%)", "应交流(未取整)", "取整", "应交流", "方案", "算式"]);
    for (quota, line) in &exchange.quotas {
        let who = match quota.who {
            QuotaWho::All => "全部",
            QuotaWho::Backbone => "骨干教师",
            QuotaWho::Graduating => "毕业年级教师",
        };
        let of = match quota.of {
            QuotaOf::Eligible => "符合条件",
            QuotaOf::EligibleBackbone => "符合条件的骨干教师",
            QuotaOf::EligibleGraduating => "符合条件的毕业年级教师",
            QuotaOf::Moved => "实际交流",
        };
        let rounding = match quota.rounding {
            Rounding::Up => "进位",
            Rounding::Nearest => "四舍五入",
            Rounding::Down => "舍去",
        };
        let (base, percent, share) = (line.base.to_string(), quota.percent.to_string(), quota.share(line.base));
        let formula = format!("{base}×{percent}%={share}→{}", line.required);
        let (required, counted) = (line.required.to_string(), line.counted.to_string());
        table.row([&line.name.zh, who, of, &base, &percent, &share, rounding, &required, &counted, &formula]);
    }
    table
}

/// What each school gives and gets by this plan's postings, backbone among them, and the direction of what it gives.
pub(super) fn flows(facts: &Facts) -> Table {
    let mut table = Table::new(&["学校", "派出", "其中骨干", "接收", "其中骨干", "派出:向下", "派出:平级", "派出:向上"]);
    for (school, flow) in balance::flows(facts).iter().enumerate().filter(|(_, flow)| flow.sends + flow.receives > 0) {
        let counts = [flow.sends, flow.backbone_sent, flow.receives, flow.backbone_received].into_iter().chain(flow.ways);
        table.row_of(std::iter::once(facts.say_school(school).zh).chain(counts.map(|count| count.to_string())).collect());
    }
    table
}

/// Who is sent where, the years away before, and whether it counts as service at a rural or weaker school (S2.5-27, S2.5-28).
pub(super) fn service(facts: &Facts) -> Table {
    let mut table = Table::new(&["教师编号", "姓名", "岗位", "编制校", "任教校", "形式", "起始学期", "此前交流年数", "经历认定"]);
    for (person, row, to) in facts.people.posted() {
        let (id, name) = id_and_name(facts, person);
        let entry = &facts.people.list[person];
        let posts = entry.posts.iter().map(|held| post(&held.post).zh).collect::<Vec<_>>().join("、");
        let start = facts.people.term_start;
        let months = entry.exchanges.iter().filter_map(|past| Some(past.end.or(start)?.count() - past.start.count()));
        let years = months.map(|months| months.max(0)).sum::<i64>() / 12;
        let counts = if weak_or_rural(facts, to) { "视为在薄弱学校或农村学校任(支)教" } else { "" };
        let (home, host) = (facts.say_home(facts.people.home[person]).zh, facts.say_school(to).zh);
        table.row([id, name, &posts, &home, &host, &form(row.form).zh, &row.from_term, &years.to_string(), counts]);
    }
    table
}

/// A rural or receiving school, or a branch or member of an alliance.
fn weak_or_rural(facts: &Facts, school: usize) -> bool {
    let entry = &facts.places.schools[school];
    let led = facts.places.groups.iter().any(|group| {
        let kind = matches!(group.kind, GroupKind::NameBranch | GroupKind::Alliance | GroupKind::GroupAlliance);
        kind && group.members.contains(&entry.id)
    });
    entry.rural || entry.standing == Standing::Receiving || led
}

/// Seats of the groups' bodies, with the people who hold the post that the seat names once the postings stand.
pub(super) fn bodies(facts: &Facts) -> Table {
    let mut table = Table::new(&["集团", "机构", "席位", "学校", "岗位", "编号", "姓名"]);
    for group in facts.places.groups {
        let name = group.name.as_ref().map_or(group.id.as_str(), |name| &name.zh);
        let mut seat = |body: &Body, seat: &Seat, school: Option<usize>| {
            let words = seat.post.as_deref().map_or_else(String::new, |id| post(id).zh);
            let place = school.map_or_else(|| "教育局".to_owned(), |school| facts.say_school(school).zh);
            let holds = |person: &usize| {
                let named = facts.people.list[*person].posts.iter().any(|held| Some(&held.post) == seat.post.as_ref());
                named && school.is_some() && facts.people.working[*person] == school
            };
            let holders: Vec<usize> = (0..facts.people.list.len()).filter(holds).collect();
            for (id, called) in holders.iter().map(|person| id_and_name(facts, *person)).chain(holders.is_empty().then_some(("待定", "")))
            {
                table.row([name, &body.name.zh, &seat.role.zh, &place, &words, id, called]);
            }
        };
        let school = |id: &String| facts.places.school(id);
        for body in &group.agreement.bodies {
            for of in &body.seats {
                match of.of {
                    SeatOf::Lead => group.lead.iter().filter_map(school).for_each(|lead| seat(body, of, Some(lead))),
                    SeatOf::Members => group.members.iter().filter_map(school).for_each(|member| seat(body, of, Some(member))),
                    SeatOf::Bureau => seat(body, of, None),
                }
            }
        }
    }
    table
}

/// 后备干部: whoever could be given a post of leadership, by school (S1-14).
pub(super) fn reserve(facts: &Facts) -> Table {
    let mut table = Table::new(&["学校", "编号", "姓名", "骨干级别", "在本校年限"]);
    for (person, entry) in facts.people.list.iter().enumerate() {
        if entry.posts.iter().any(|held| held.post == "reserve") {
            let (id, name) = id_and_name(facts, person);
            let school = facts.say_home(facts.people.working[person]).zh;
            table.row([&school, id, name, super::tables::talent(entry.talent), &entry.years_at_school.to_string()]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{bodies, flows, reserve, service};
    use crate::check::Facts;
    use crate::file::{District, Plan, Source, read_district, read_plan};
    use crate::rules::exchange::eligible::Eligible;

    fn read() -> (District, Plan) {
        let source = |text: &str| Source { name: "test.json".to_owned(), bytes: text.as_bytes().to_vec() };
        let district = r#"{"schema": "lunpai.district/1", "id": "d", "title": {"zh": "学区", "en": "District"},
            "term": {"id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-15"},
            "schools": [{"id": "A", "name": {"zh": "甲校", "en": "A"}, "stages": ["primary"]},
                        {"id": "B", "name": {"zh": "乙校", "en": "B"}, "stages": ["primary"]}],
            "groups": [{"id": "G", "kind": "alliance", "lead": "A", "members": ["B"], "agreement": {"bodies": [
                {"name": {"zh": "理事会", "en": "Council"}, "seats": [
                    {"role": {"zh": "会长", "en": "chair"}, "of": "lead", "post": "principal"},
                    {"role": {"zh": "副会长", "en": "deputy"}, "of": "members", "post": "principal"},
                    {"role": {"zh": "联络员", "en": "liaison"}, "of": "bureau"}]}]}}],
            "people": [{"id": "P1", "employer": "A", "category": "leader", "posts": [{"post": "principal", "periods": 0}]},
                       {"id": "P2", "employer": "A", "posts": [{"post": "principal", "periods": 0}, {"post": "reserve", "periods": 0}],
                        "exchanges": [{"from": "A", "to": "B", "start": "2019-09", "end": "2021-09", "form": "support"}]}]}"#;
        let plan = r#"{"schema": "lunpai.plan/1", "district": "d", "parts": ["postings"],
            "postings": [{"person": "P2", "from": "A", "to": "B", "form": "secondment", "from_term": "2026-1"}]}"#;
        (read_district(&source(district)).expect("a district"), read_plan(&source(plan)).expect("a plan"))
    }

    #[test]
    fn a_member_led_by_the_leads_deputy_sits_on_the_council_and_the_years_away_are_counted() {
        let (district, plan) = read();
        let facts = Facts::of(&district, &plan, Eligible::default());
        let rows = |rows: &[Vec<String>]| rows[1..].iter().map(|row| row.join(" ")).collect::<Vec<_>>();
        assert_eq!(
            rows(bodies(&facts).rows()),
            ["G 理事会 会长 甲校 校长 P1 ", "G 理事会 副会长 乙校 校长 P2 ", "G 理事会 联络员 教育局  待定 "]
        );
        assert_eq!(rows(service(&facts).rows()), ["P2  校长、后备干部 甲校 乙校 挂职 2026-1 2 视为在薄弱学校或农村学校任(支)教"]);
        assert_eq!(rows(reserve(&facts).rows()), ["乙校 P2   0"]);
        assert_eq!(rows(flows(&facts).rows()), ["甲校 1 0 0 0 0 1 0", "乙校 0 0 1 0 0 0 0"]);
    }
}
