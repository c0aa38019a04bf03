//! The tables: one per question a planner asks; files of `tables/` and sheets of `plan.xlsx`.

use super::decisions::REMEDIES;
use super::facts::Figures;
use super::grids::{MISSING, call, grids, periods, teachers, time};
use super::journeys::clock;
use super::sharing::Sharing;
use super::table::Table;
use super::{clubs, lists, moves};
use crate::check::{Balance, Facts, LessonFact, stage, weekday};
use crate::file::{Form, Part, Talent, Text, Window};
use std::collections::BTreeMap;

/// (file name without ending, table), only of the parts the plan has.
pub(super) fn all(facts: &Facts, figures: &Figures) -> Vec<(&'static str, Table)> {
    let mut tables = Vec::new();
    tables.extend(figures.changes.as_ref().map(|changes| ("changes", changes.table())));
    if facts.plan.parts.contains(&Part::Postings) {
        tables.push(("postings", postings(facts)));
        tables.push(("balance", balance(facts)));
        tables.extend(figures.exchange.as_ref().map(|exchange| ("quotas", lists::quotas(exchange))));
        let lists = [("flows", lists::flows(facts)), ("walks", moves::walks(facts)), ("blocking", moves::blocking(facts))];
        let offices = [("service", lists::service(facts)), ("bodies", lists::bodies(facts)), ("reserve", lists::reserve(facts))];
        let lists = lists.into_iter().chain(offices);
        tables.extend(lists.filter(|(_, table)| table.rows().len() > 1));
    }
    if let Some(sharing) = &figures.sharing {
        tables.push(("teaching", teaching(facts)));
        tables.push(("shortages", shortages(facts, sharing)));
    }
    if facts.plan.parts.contains(&Part::Timetable) {
        tables.push(("class_timetables", class_timetables(facts)));
        tables.push(("teacher_timetables", teacher_timetables(facts)));
        tables.push(("room_timetables", room_timetables(facts)));
        if !facts.rosters.is_empty() {
            tables.push(("duties", duties(facts)));
        }
        if !facts.clubs.is_empty() {
            tables.push(("clubs", clubs::clubs(facts)));
            tables.push(("club_classes", clubs::classes(facts)));
        }
    }
    if let (Some(sharing), Some(_)) = (&figures.sharing, &figures.week) {
        tables.push(("travellers", travellers(facts, sharing)));
    }
    tables
}

pub(super) fn form(form: Form) -> Text {
    let (zh, en) = match form {
        Form::Rotation => ("轮岗", "rotation"),
        Form::Support => ("支教", "support"),
        Form::Secondment => ("挂职", "secondment"),
        Form::Concurrent => ("交叉任职", "concurrent post"),
        Form::Swap => ("置换", "swap"),
        Form::Shadowing => ("跟岗", "shadowing"),
        Form::Return => ("返岗", "return"),
    };
    Text::new(zh, en)
}

pub(super) fn talent(talent: Talent) -> &'static str {
    match talent {
        Talent::None => "",
        Talent::School => "校级",
        Talent::County => "县区级",
        Talent::City => "市级",
        Talent::Province => "省级",
        Talent::Special => "特级",
    }
}

pub(super) fn id_and_name<'a>(facts: &'a Facts, person: usize) -> (&'a str, &'a str) {
    let id = facts.people.list[person].id.as_str();
    (id, facts.district.names.get(id).map_or("", String::as_str))
}

/// Name of an indicator, its unit.
pub(super) fn indicator(id: &str) -> &'static str {
    match id {
        "higher_degree" => "高于规定学历教师(每百名学生)",
        "backbone" => "县级以上骨干教师(每百名学生)",
        "sport_arts" => "体育艺术专任教师(每百名学生)",
        "floor_area" => "教学及辅助用房面积(平方米/生)",
        "sports_area" => "体育运动场馆面积(平方米/生)",
        "equipment" => "教学仪器设备值(元/生)",
        _ => "网络多媒体教室(间/百名学生)",
    }
}

/// Stage, indicator, schools, mean before and after, weighted and unweighted coefficients before and after, what the model counts in
/// their place before and after, limit.
pub(super) fn balance_row(row: &Balance) -> [String; 12] {
    let three = |value: f64| format!("{value:.3}");
    let (before, after) = (row.before, row.after);
    [
        stage(row.stage).zh,
        indicator(row.indicator).to_owned(),
        row.schools.to_string(),
        three(before.mean),
        three(after.mean),
        three(before.weighted),
        three(after.weighted),
        three(before.unweighted),
        three(after.unweighted),
        three(before.deviation),
        three(after.deviation),
        row.limit.map_or_else(String::new, |limit| format!("{limit:.2}")),
    ]
}

/// Heads of [`balance_row`].
pub(super) const BALANCE: [&str; 12] = [
    "学段",
    "指标",
    "学校数",
    "均值(前)",
    "均值(后)",
    "差异系数(前)",
    "差异系数(后)",
    "不加权(前)",
    "不加权(后)",
    "平均差(前)",
    "平均差(后)",
    "上限",
];

fn balance(facts: &Facts) -> Table {
    let mut table = Table::new(&BALANCE);
    for row in facts.balance() {
        table.row_of(balance_row(&row).to_vec());
    }
    table
}

fn postings(facts: &Facts) -> Table {
    let mut table = Table::new(&["教师编号", "姓名", "原任教学校", "交流到", "形式", "起始学期", "结束学期", "骨干级别", "依据条款"]);
    for (person, row, to) in facts.people.rows() {
        let (id, name) = id_and_name(facts, person);
        let from = facts.say_home(facts.people.before[person]).zh;
        let (to, form) = (facts.say_school(to).zh, form(row.form).zh);
        let because = row.because.join(" ");
        let level = talent(facts.people.list[person].talent);
        table.row([id, name, &from, &to, &form, &row.from_term, row.to_term.as_deref().unwrap_or("未定"), level, &because]);
    }
    table
}

fn teaching(facts: &Facts) -> Table {
    let header = ["课程编号", "学校", "班级", "学科", "角色", "课时", "教师编号", "姓名", "教师所在学校", "跨校", "课次"];
    let mut table = Table::new(&header);
    for (number, course) in facts.courses.list.iter().enumerate() {
        let school = facts.courses.school_of(number);
        let (school_name, classes) = (facts.say_home(school).zh, facts.class_names(number));
        let subject = facts.say_subject(course.subject).zh;
        for (role, rows) in course.roles.iter().zip(&facts.teaching.rows[number]) {
            for row in rows {
                let periods: i64 = row.blocks.iter().filter_map(|block| course.blocks.get(*block)).map(|block| block.load).sum();
                let (id, name) = row.teacher.map_or((MISSING, ""), |person| id_and_name(facts, person));
                let home = row.teacher.and_then(|person| facts.people.working[person]);
                let home_name = if row.teacher.is_some() { facts.say_home(home).zh } else { String::new() };
                let across = if row.teacher.is_some() && home != school { "是" } else { "" };
                let some = row.blocks.len() < course.blocks.len();
                let blocks =
                    if some { row.blocks.iter().map(|block| (block + 1).to_string()).collect::<Vec<_>>().join(" ") } else { String::new() };
                let role = role.name.unwrap_or("");
                let periods = periods.to_string();
                table.row([&course.id, &school_name, &classes, &subject, role, &periods, id, name, &home_name, across, &blocks]);
            }
        }
    }
    table
}

fn shortages(facts: &Facts, sharing: &Sharing) -> Table {
    let mut table = Table::new(&["学校", "学科", "待补课时", "班级", "可以怎样补"]);
    for shortage in &sharing.shortages {
        let classes: Vec<String> = shortage.courses.iter().map(|course| facts.class_names(*course)).collect();
        let (school, subject) = (facts.say_home(shortage.school).zh, facts.say_subject(&shortage.subject).zh);
        table.row([&school, &subject, &shortage.periods.to_string(), &classes.join("、"), REMEDIES.0]);
    }
    table
}

fn class_timetables(facts: &Facts) -> Table {
    let grids = grids(facts);
    let days: std::collections::BTreeSet<u8> = grids.iter().flat_map(|grid| grid.weekdays.iter().copied()).collect();
    let mut header: Vec<String> = ["学校", "班级", "节次", "时间"].map(str::to_owned).into();
    header.extend(days.iter().map(|day| weekday(*day).zh));
    let mut table = Table::new(&header);
    for grid in &grids {
        let school = facts.say_home(facts.courses.classes[grid.class].school).zh;
        let name = facts.class_name(grid.class);
        for row in &grid.rows {
            let mut cells = vec![school.clone(), name.to_owned(), format!("第{}节", row.period), row.time.clone()];
            for day in &days {
                let cell = grid.weekdays.iter().position(|known| known == day).map(|at| &row.cells[at]);
                cells
                    .push(cell.map_or_else(String::new, |cell| cell.iter().map(super::grids::Entry::line).collect::<Vec<_>>().join(" / ")));
            }
            table.row_of(cells);
        }
    }
    table
}

fn teacher_timetables(facts: &Facts) -> Table {
    let header = ["教师编号", "姓名", "所在学校", "周次", "星期", "节次", "时间", "上课学校", "班级", "学科", "教室"];
    let mut table = Table::new(&header);
    let mut lessons: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, lesson) in facts.lessons.list.iter().enumerate() {
        for &person in &facts.teaching.present[lesson.course][lesson.block] {
            lessons.entry(person).or_default().push(number);
        }
    }
    for (person, mut numbers) in lessons {
        numbers.sort_by_key(|number| in_time(&facts.lessons.list[*number]));
        let (id, name) = id_and_name(facts, person);
        let home = facts.say_home(facts.people.working[person]).zh;
        for number in numbers {
            let lesson = &facts.lessons.list[number];
            let [weeks, day, period, time] = when(facts, lesson);
            let site = lesson.site.map_or_else(String::new, |site| facts.say_site(site).zh);
            let room = lesson.room.map_or_else(String::new, |room| facts.say_room(room).zh);
            let subject = facts.say_subject(facts.courses.list[lesson.course].subject).zh;
            table.row([id, name, &home, &weeks, &day, &period, &time, &site, &facts.class_names(lesson.course), &subject, &room]);
        }
    }
    table
}

fn room_timetables(facts: &Facts) -> Table {
    let header = ["教室编号", "教室", "周次", "星期", "节次", "时间", "使用学校", "班级", "学科", "教师"];
    let mut table = Table::new(&header);
    let mut uses: Vec<(usize, usize)> =
        facts.lessons.list.iter().enumerate().filter_map(|(number, lesson)| Some((lesson.room?, number))).collect();
    uses.sort_by_key(|(room, number)| (*room, in_time(&facts.lessons.list[*number])));
    for (room, number) in uses {
        let lesson = &facts.lessons.list[number];
        let [weeks, day, period, time] = when(facts, lesson);
        let school = facts.say_home(facts.courses.school_of(lesson.course)).zh;
        let subject = facts.say_subject(facts.courses.list[lesson.course].subject).zh;
        let (teacher, _) = teachers(facts, lesson.course, Some(lesson.block));
        let (id, name) = (&facts.district.rooms[room].id, facts.say_room(room).zh);
        table.row([id, &name, &weeks, &day, &period, &time, &school, &facts.class_names(lesson.course), &subject, &teacher]);
    }
    table
}

fn duties(facts: &Facts) -> Table {
    let mut table = Table::new(&["值班", "学校", "次", "时间", "教师编号", "姓名", "类别"]);
    for roster in &facts.rosters {
        let school = facts.say_home(roster.school).zh;
        for (turn, people) in roster.turns.iter().enumerate() {
            let times = windows(facts, roster.file.windows(turn));
            let number = if roster.file.weeks.is_some() { format!("第{}周", turn + 1) } else { (turn + 1).to_string() };
            for &person in people {
                let (id, name) = id_and_name(facts, person);
                let kind = if facts.leads(person) { "干部" } else { "教师" };
                table.row([&roster.file.name.zh, &school, &number, &times, id, name, kind]);
            }
        }
    }
    table
}

/// `周三 15:50–16:30、周四 …`.
pub(super) fn windows(facts: &Facts, windows: &[Window]) -> String {
    let span = |window: &Window| {
        let day = facts.in_week(facts.courses.mask(window.weeks), &weekday(window.weekday)).zh;
        format!("{day} {}–{}", window.from, window.to)
    };
    windows.iter().map(span).collect::<Vec<_>>().join("、")
}

fn travellers(facts: &Facts, sharing: &Sharing) -> Table {
    let header = ["教师编号", "姓名", "周次", "星期", "从", "到", "路程分钟", "出发时间", "到达时限", "余量分钟", "到后上课"];
    let mut table = Table::new(&header);
    for (journey, weeks) in &sharing.journeys {
        let (id, name) = id_and_name(facts, journey.person);
        let lesson = journey.lesson.map(|number| &facts.lessons.list[number]);
        let then = lesson.map_or_else(
            || "返回".to_owned(),
            |lesson| {
                let subject = facts.say_subject(facts.courses.list[lesson.course].subject).zh;
                format!("{} {} {subject}", periods(lesson), facts.say_classes(lesson.course).zh)
            },
        );
        table.row([
            id,
            name,
            &facts.in_week(*weeks, &Text::default()).zh,
            &weekday(journey.weekday).zh,
            &facts.say_site(journey.from).zh,
            &facts.say_site(journey.to).zh,
            &journey.minutes.to_string(),
            &clock(journey.leave),
            &clock(journey.arrive),
            &journey.slack(),
            &then,
        ]);
    }
    table
}

fn in_time(lesson: &LessonFact) -> (u8, u16, u8, usize) {
    (lesson.weekday, lesson.cells.first().map_or(0, |cell| cell.start.0), lesson.weeks, lesson.course)
}

/// Week, weekday, periods, clock time.
fn when(facts: &Facts, lesson: &LessonFact) -> [String; 4] {
    [facts.in_week(lesson.weeks, &Text::default()).zh, weekday(lesson.weekday).zh, periods(lesson), time(lesson)]
}

/// The person as the page names them.
pub(super) fn person(facts: &Facts, person: usize) -> String {
    let id = &facts.people.list[person].id;
    let name = call(facts, person);
    if name == *id { name } else { format!("{name}({id})") }
}
