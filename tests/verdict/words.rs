//! No sentence without its proof: what is not done, what got worse and what nothing is known of is said, or nothing is.

use super::searched;
use crate::desk::{ask, input, plan, read};
use lunpai::file::{Form, Part, Plan, Posting};
use lunpai::job::{Ask, Claim, Delivery, Input, LevelFigures, Searched, StageFigures, Stopped};
use lunpai::rules::Stage;

fn screen(input: &Input, ask: &Ask, searched: Searched) -> String {
    let read = read(input);
    Delivery::judge(input, &read, ask, searched, 1.0).answer().screen.zh
}

fn level(name: &str, value: i64, bound: i64) -> LevelFigures {
    let gap_permille = LevelFigures::gap(value, bound);
    LevelFigures { name: name.to_owned(), value, bound, proved: value == bound, gap_permille, terms: vec![] }
}

fn stage(stage: Stage, levels: Vec<LevelFigures>) -> StageFigures {
    StageFigures { stage, levels, seconds: 0.1, work: 5, items: 2, points: 3, legal_after: None }
}

fn with(plan: Plan, stages: Vec<StageFigures>) -> Searched {
    Searched { stages, ..searched(Some(plan), Claim::Feasible, Stopped::Time) }
}

/// Nobody teaches at all: seven periods lack a teacher, where without any sharing only two would.
fn nobody() -> Plan {
    let mut plan = plan();
    for row in &mut plan.teaching {
        row.teacher = None;
    }
    plan
}

#[test]
fn more_without_a_teacher_than_without_sharing_is_no_plan_for_a_meeting() {
    let open = stage(Stage::Teaching, vec![level("rank1", 7, 2)]);
    let said = screen(&input(), &ask(), with(nobody(), vec![open.clone()]));
    assert!(said.contains("本稿未排好,请加时间:每周缺 7 课时,比不跨校时至少缺的 2 课时还多"), "{said}");
    assert!(!said.contains("可提交会议讨论"), "{said}");
    // A proof that there is no better one is a reason to go to the meeting.
    let proved = stage(Stage::Teaching, vec![level("rank1", 7, 7)]);
    let said = screen(&input(), &ask(), with(nobody(), vec![proved.clone()]));
    assert!(said.contains("可提交会议讨论") && !said.contains("未排好"), "{said}");
    // A proof for the postings decided before is none: with others there may be fewer.
    let whole = Ask { stages: vec![Stage::Exchange, Stage::Teaching, Stage::Timetable], ..ask() };
    let before = stage(Stage::Exchange, vec![level("rank1", 5, 4)]);
    let said = screen(&input(), &whole, with(nobody(), vec![before, proved.clone()]));
    assert!(said.contains("本稿未排好") && said.contains("照这样的交流安排,缺口课时已证明最少"), "{said}");
    let all = stage(Stage::Exchange, vec![level("rank1", 7, 7)]);
    let said = screen(&input(), &whole, with(nobody(), vec![all, proved]));
    assert!(said.contains("可提交会议讨论") && said.contains("把握") && said.contains(" 缺口课时已证明最少"), "{said}");
    // No more time can help where the teaching is given.
    let given = Ask { stages: vec![Stage::Timetable], ..ask() };
    let said = screen(&input(), &given, with(nobody(), vec![]));
    assert!(said.contains("本稿未排好,任课是给定的") && !said.contains("请加时间"), "{said}");
}

#[test]
fn a_bound_of_nothing_is_no_comfort() {
    let timetable = |value, bound| vec![stage(Stage::Timetable, vec![level("legal", 0, 0), level("rank4", value, bound)])];
    let said = screen(&input(), &ask(), with(plan(), timetable(4, 0)));
    assert!(!said.contains("不会少于") && !said.contains("100.0%") && !said.contains("还能改进"), "{said}");
    let said = screen(&input(), &ask(), with(plan(), timetable(44, 1)));
    assert!(!said.contains("不会少于") && !said.contains("97.8%"), "{said}");
    let said = screen(&input(), &ask(), with(plan(), timetable(4, 3)));
    assert!(said.contains("已证明照这样的任课任何课表都不会少于 3 分(最多还能改进 25.0%)"), "{said}");
    let said = screen(&input(), &ask(), with(plan(), timetable(4, 4)));
    assert!(said.contains("照这样的任课,课表已证明最好"), "{said}");
    let exchange = |bound| vec![stage(Stage::Exchange, vec![level("policy", 0, 0), level("rank3", 20, bound)])];
    let alone = Ask { stages: vec![Stage::Exchange], ..ask() };
    let said = screen(&input(), &alone, with(plan(), exchange(0)));
    assert!(said.contains("交流方案在“少变动、少奔波”之前逐级已证明最好") && !said.contains("不会少于"), "{said}");
}

/// Two schools with one backbone teacher each: sending one to the other leaves a school without any.
#[test]
fn schools_less_evenly_staffed_than_before_are_in_the_conclusion() {
    let mut input = input();
    let district = String::from_utf8(input.district.bytes.clone()).expect("text");
    let district = district
        .replace("\"stages\": [\"primary\"], \"pupils\": {\"primary\": 30}", "\"stages\": [\"primary\"], \"pupils\": {\"primary\": 100}")
        .replace(
            "\"en\": \"School B\"}, \"stages\": [\"primary\"]",
            "\"en\": \"School B\"}, \"stages\": [\"primary\"], \"pupils\": {\"primary\": 100}",
        )
        .replace("\"load_target\"", "\"talent\": \"county\", \"load_target\"");
    input.district.bytes = district.into_bytes();
    let posting = Posting {
        person: "T2".to_owned(),
        from: "B".to_owned(),
        to: "A".to_owned(),
        form: Form::Rotation,
        from_term: "2026-1".to_owned(),
        to_term: None,
        because: Vec::new(),
    };
    let moved = Plan {
        parts: vec![Part::Postings],
        postings: vec![posting],
        district: "desk".to_owned(),
        schema: "lunpai.plan/1".to_owned(),
        ..Plan::default()
    };
    let alone = Ask { stages: vec![Stage::Exchange], ..ask() };
    let said = screen(&input, &alone, with(moved, vec![]));
    let result: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("结论")).take(2).collect();
    assert!(result[1].contains("均衡程度变差(差异系数):") && result[1].contains("小学骨干教师 0.000→1.000,超过上限 0.50"), "{said}");
    let stays = Plan { parts: vec![Part::Postings], district: "desk".to_owned(), schema: "lunpai.plan/1".to_owned(), ..Plan::default() };
    let said = screen(&input, &alone, with(stays, vec![]));
    assert!(said.contains("可提交会议讨论") && !said.contains("均衡程度"), "{said}");
}

/// The screen claims no clash and no missed trip only of clauses that are kept, not of clauses that are merely judged.
#[test]
fn what_is_broken_is_not_claimed_to_be_kept() {
    let mut input = input();
    let district = String::from_utf8(input.district.bytes.clone()).expect("text");
    // T2 has a lesson at B that ends a quarter of an hour before the one at A begins, half an hour away.
    let second =
        r#""classes": [{"id": "B-1", "school": "B", "grade": 2, "name": {"zh": "二(1)班", "en": "2(1)"}, "pupils": 30, "bell": "day"},"#;
    let far = district
        .replace("\"minutes\": 10", "\"minutes\": 30")
        .replace("\"classes\": [", second)
        .replace("\"curriculum\": [", "\"curriculum\": [{\"grade\": 2, \"subject\": \"music\", \"periods\": 1},");
    input.district.bytes = far.into_bytes();
    let mut plan = plan();
    let mut lesson = plan.timetable[5].clone();
    (lesson.course, lesson.block, lesson.at.period) = ("B-1.music".to_owned(), 1, 1);
    plan.timetable.push(lesson);
    let mut row = plan.teaching[1].clone();
    row.course = "B-1.music".to_owned();
    plan.teaching.push(row);
    let read = read(&input);
    let judged = lunpai::job::judge(&read.district, &read.policy, &plan);
    assert!(judged.policy > 0, "the trip is missed: {:?}", judged.verdict.findings);
    let said = screen(&input, &ask(), with(plan, vec![]));
    assert!(!said.contains("路程赶得上"), "{said}");
}
