//! 教师: a name or an id, a school and a subject are enough. How rows become people is in [`super::staff`].

use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::lookup::Lookup;
use super::super::remarks::Handled;
use super::super::values::labels::Labelled;
use super::super::values::{join, list, month, plain, week, whole, yes};
use super::schools::{rank, read_sources, say_rank, say_sources};
use super::{cell, put};
use crate::file::{
    Assessment, Category, Certificate, Deferral, DeferralCode, District, Means, Month, POSTS, Person, Policy, Post, Sex, Stage, Talent,
};
use crate::problem::Words;

pub(in super::super) use super::staff::read;

pub(in super::super) struct People;

#[derive(Default)]
pub(in super::super) struct Row {
    pub(super) person: Person,
    pub(super) name: String,
    /// Stage of the certificates, where it is not the school's.
    pub(super) stage: Option<Stage>,
    pub(super) target: Option<u32>,
    pub(super) cap: Option<u32>,
    pub(super) years: Option<u32>,
    pub(super) arrived: Option<Month>,
    pub(super) leads_a_class: bool,
    pub(super) remark: String,
    pub(super) handled: Handled,
}

impl Sheet for People {
    type Row = Row;
    const NAME: &'static str = "教师";
    const ALSO: &'static [&'static str] = &["教师花名册", "花名册", "教职工", "教师名单", "教师信息", "人员", "教师基本情况"];
    const ABOUT: Words = ("每人一行;姓名或编号、编制校必填", "one line a person; name or id, and the school, are needed");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "编号",
                &["工号", "教师编号", "职工号", "人员编号"],
                ("空着自动编;同名的人请填", "blank: numbered; give it where names are shared"),
                |row, cell, _| put(&mut row.person.id, cell.text()),
                |row, _| Value::text(&row.person.id),
            ),
            Self::column(
                "姓名",
                &["教师姓名", "名字", "教师"],
                ("可以不填,只用编号", "may be left out: ids alone will do"),
                |row, cell, _| put(&mut row.name, cell.text()),
                |row, _| Value::text(&row.name),
            ),
            Self::column(
                "编制校",
                &["编制所在校", "编制学校", "学校", "所在学校", "单位", "工作单位", "学校名称", "任职学校"],
                ("编制所在的学校", "the school that holds the post"),
                |row, cell, lookup| put(&mut row.person.employer, lookup.schools.find(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say(&row.person.employer)),
            )
            .needed_unless_one_school()
            .offers(Offer::From("学校", "学校")),
            // Before the subjects: their default stage.
            Self::tolerated("资格学段", &["教师资格学段", "任教学段", "学段"], |row, cell, _| {
                put(&mut row.stage, Some(Stage::read(cell)?))
            }),
            Self::column(
                "任教学科",
                &["学科", "科目", "任教科目", "所教学科", "现任教学科", "教师资格学科"],
                (
                    "能教的学科,主要的写前面,如 语文、道法;资格学段与学校不同时写 科学(初中)",
                    "subjects, the main one first; 科学(初中) where the stage is not the school's",
                ),
                |row, cell, lookup| {
                    let found = certificates(&plain(cell), usual_stage(row, lookup), lookup)?;
                    put(&mut row.person.subjects, found)
                },
                say_certificates,
            ),
            Self::column(
                "现任教校",
                &["实际任教校", "现任教学校", "借调学校", "实际工作学校"],
                ("借调在外时填;默认同编制校", "if lent to another school; default the same"),
                |row, cell, lookup| {
                    let school = lookup.schools.find(&cell.text())?;
                    put(&mut row.person.works_at, Some(school).filter(|school| *school != row.person.employer))
                },
                |row, lookup| Value::maybe(row.person.works_at.as_ref().map(|id| lookup.schools.say(id))),
            )
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "类别",
                &["人员类别", "岗位类别", "身份"],
                ("教师(默认)、干部、工勤", "教师 teacher (default), 干部 leader, 工勤 worker"),
                |row, cell, _| put(&mut row.person.category, Category::read(cell)?),
                |row, _| if row.person.category == Category::Teacher { Value::Blank } else { Value::text(row.person.category.label()) },
            )
            .offers(Offer::Words(Category::labels)),
            Self::column(
                "性别",
                &[],
                ("男、女", "男 male, 女 female"),
                |row, cell, _| put(&mut row.person.sex, Sex::read(cell)?),
                |row, _| if row.person.sex == Sex::Unstated { Value::Blank } else { Value::text(row.person.sex.label()) },
            )
            .offers(Offer::Words(|| vec!["男", "女"])),
            Self::column(
                "出生年月",
                &["出生日期", "生日", "出生"],
                ("如 1985-03;用来算退休年限", "such as 1985-03; for the years to retirement"),
                |row, cell, _| put(&mut row.person.born, Some(month::read(cell)?)),
                |row, _| Value::maybe(row.person.born.map(|month| month.to_string())),
            ),
            Self::column(
                "周课时标准",
                &["标准课时", "周标准课时", "满工作量"],
                (
                    "默认:小学语数 14,小学其他 18,初中 14;干部、工勤 0",
                    "default: primary Chinese and maths 14, other primary 18, junior 14; leaders and workers 0",
                ),
                |row, cell, _| put(&mut row.target, Some(whole(cell, 60)?)),
                |row, _| Value::maybe(row.target),
            ),
            Self::column(
                "周课时上限",
                &["课时上限", "最多课时"],
                ("默认 标准+4(标准为 18 时 +2)", "default: target + 4 (+ 2 where the target is 18)"),
                |row, cell, _| put(&mut row.cap, Some(whole(cell, 60)?)),
                |row, _| Value::maybe(row.cap),
            ),
            Self::column(
                "兼任工作",
                &["兼职", "职务", "兼任", "行政职务"],
                ("折算课时写在后面,如 班主任4、教研组长2", "with the periods it counts for, such as 班主任4、教研组长2"),
                |row, cell, _| put(&mut row.person.posts, posts(&plain(cell))?),
                |row, _| Value::text(join(row.person.posts.iter().map(|post| format!("{}{}", say_post(&post.post), post.periods)))),
            ),
            Self::column(
                "骨干级别",
                &["骨干", "荣誉称号", "骨干教师级别", "人才级别"],
                (
                    "无(默认)、校级、县级、市级、省级、特级",
                    "无 none (default), 校级 school, 县级 county, 市级 city, 省级 province, 特级 special",
                ),
                |row, cell, _| put(&mut row.person.talent, Talent::read(cell)?),
                |row, _| if row.person.talent == Talent::None { Value::Blank } else { Value::text(row.person.talent.label()) },
            )
            .offers(Offer::Words(Talent::labels)),
            Self::column(
                "学历高于规定",
                &["高学历"],
                ("是:高于本学段的规定学历", "是: above the degree that the stage requires"),
                |row, cell, _| put(&mut row.person.higher_degree, yes(cell)?),
                |row, _| Value::yes(row.person.higher_degree),
            )
            .offers(Offer::Words(|| vec!["是"])),
            Self::column(
                "职称",
                &["专业技术职务"],
                ("照实填写", "as it is called"),
                |row, cell, _| put(&mut row.person.title, Some(cell.text())),
                |row, _| Value::maybe(row.person.title.as_deref()),
            ),
            Self::column(
                "岗位等级",
                &["岗位", "聘任等级"],
                ("按等级核编时填:高级、中级、初级", "for headcounts by rank: 高级, 中级, 初级"),
                |row, cell, _| put(&mut row.person.rank, Some(rank(&cell.text()))),
                |row, _| Value::maybe(row.person.rank.as_deref().map(say_rank)),
            ),
            Self::column(
                "在本校年限",
                &["本校年限", "校龄", "在校年限", "本校任教年限"],
                ("在本校连续工作的年数,默认 0(不够交流年限)", "years at this school, default 0 (not yet to be moved)"),
                |row, cell, _| put(&mut row.years, Some(whole(cell, 60)?)),
                |row, _| Value::unless_zero(row.person.years_at_school),
            ),
            Self::tolerated("到本校时间", &["到校时间", "调入时间", "来校时间", "进校时间"], |row, cell, _| {
                put(&mut row.arrived, Some(month::read(cell)?))
            }),
            Self::column(
                "任教年限",
                &["教龄", "学科教龄"],
                ("任教本学科的年数,默认 0", "years in the subject, default 0"),
                |row, cell, _| put(&mut row.person.years_in_subject, whole(cell, 60)?),
                |row, _| Value::unless_zero(row.person.years_in_subject),
            ),
            Self::column(
                "近年考核",
                &["年度考核", "考核"],
                ("最近的写前面,如 合格、优秀", "latest first, such as 合格、优秀"),
                |row, cell, _| {
                    put(
                        &mut row.person.assessments,
                        list(&cell.text()).iter().map(|word| Assessment::read(&super::cell(word))).collect::<Result<_, _>>()?,
                    )
                },
                |row, _| Value::text(join(row.person.assessments.iter().map(|it| it.label()))),
            ),
            Self::column(
                "缓交流",
                &["缓交流原因", "暂缓交流"],
                ("原因,有期限的写 孕产哺乳(至2027-08);不写病情", "reason, with a date as in 孕产哺乳(至2027-08); no medical details"),
                |row, cell, _| put(&mut row.person.deferrals, deferrals(&plain(cell))?),
                |row, _| {
                    Value::text(join(row.person.deferrals.iter().map(|it| match it.until {
                        Some(month) => format!("{}(至{month})", it.code.label()),
                        None => it.code.label().to_owned(),
                    })))
                },
            ),
            Self::column(
                "服务期至",
                &["服务期", "服务期满"],
                ("特岗、公费师范等,如 2027-08", "bound to the employer until, such as 2027-08"),
                |row, cell, _| put(&mut row.person.service_until, Some(month::read(cell)?)),
                |row, _| Value::maybe(row.person.service_until.map(|month| month.to_string())),
            ),
            Self::column(
                "岗前培训未完成",
                &["未培训"],
                ("是:培训完成前不派出", "是: not posted before the training is complete"),
                |row, cell, _| put(&mut row.person.training_due, yes(cell)?),
                |row, _| Value::yes(row.person.training_due),
            )
            .offers(Offer::Words(|| vec!["是"])),
            Self::column(
                "出行方式",
                &["交通方式", "出行"],
                ("自驾、公交、骑车、步行", "自驾 car, 公交 bus, 骑车 bicycle, 步行 foot"),
                |row, cell, _| put(&mut row.person.means, Means::read(cell)?),
                |row, _| if row.person.means == Means::Unstated { Value::Blank } else { Value::text(row.person.means.label()) },
            )
            .offers(Offer::Words(Means::labels)),
            Self::column(
                "单程最多",
                &["单程最多分钟", "最远分钟"],
                ("分钟;空着不限", "minutes; blank: no limit of one's own"),
                |row, cell, _| put(&mut row.person.longest_trip_minutes, Some(whole(cell, 600)?)),
                |row, _| Value::maybe(row.person.longest_trip_minutes),
            ),
            Self::column(
                "不能上课的时间",
                &["不排课时间", "不可排课时间"],
                ("如 周四 08:30-12:10", "such as 周四 08:30-12:10"),
                |row, cell, _| put(&mut row.person.unavailable, week::read_windows(cell)?),
                |row, _| Value::text(week::say_windows(&row.person.unavailable)),
            ),
            Self::tolerated("是否班主任", &["班主任"], |row, cell, _| put(&mut row.leads_a_class, yes(cell)?)),
            Self::column(
                "数据来源",
                &[],
                ("不是填报的写明,如 load_cap=估计", "what is not given, such as load_cap=估计"),
                |row, cell, _| put(&mut row.person.provenance, read_sources(&cell.text())?),
                |row, _| say_sources(&row.person.provenance),
            ),
            Self::column(
                "备注",
                &["说明", "附注", "特殊情况"],
                (
                    "随便写;软件不自动采用,也不会丢掉,会列为“待确认”",
                    "anything; never applied on its own, never dropped: listed to be confirmed",
                ),
                |row, cell, _| put(&mut row.remark, cell.text()),
                |_, _| Value::Blank,
            ),
            Self::column(
                "备注处理",
                &[],
                (
                    "待确认(默认)、采用建议、已登记(已填到别的列)、不影响",
                    "待确认 open (default), 采用建议 do it, 已登记 entered elsewhere, 不影响 irrelevant",
                ),
                |row, cell, _| {
                    let misread = || Misread::wants(Handled::words().join(" "), Handled::words().join(" "));
                    put(&mut row.handled, Handled::parse(&cell.text()).ok_or_else(misread)?)
                },
                |_, _| Value::Blank,
            )
            .offers(Offer::Words(Handled::words)),
        ]
    }
}

/// The stage of certificates of which nothing else is said.
fn usual_stage(row: &Row, lookup: &Lookup) -> Stage {
    row.stage.or_else(|| lookup.stage(&row.person.employer)).unwrap_or(Stage::Primary)
}

/// 语文、科学(初中): subjects with their stage where it is not the default.
fn certificates(text: &str, default: Stage, lookup: &Lookup) -> Result<Vec<Certificate>, Misread> {
    let mut found = Vec::new();
    for part in list(text) {
        let (name, stage) = week::bracket(&part);
        let stage = stage.map(|stage| Stage::read(&cell(stage))).transpose()?.unwrap_or(default);
        // 小学语文: the stage before the subject.
        let stripped = [Stage::Primary, Stage::Junior, Stage::Senior].into_iter().find_map(|it| Some((name.strip_prefix(it.label())?, it)));
        let (name, stage) = match (lookup.subjects.find(name), stripped) {
            (Err(_), Some((rest, stage))) if !rest.is_empty() => (rest, stage),
            _ => (name, stage),
        };
        let subjects = match lookup.subjects.find(name) {
            Ok(subject) => vec![subject],
            Err(misread) => {
                let words: Vec<&str> = name.split_whitespace().collect();
                if words.len() < 2 {
                    return Err(misread);
                }
                words.into_iter().map(|word| lookup.subjects.find(word)).collect::<Result<_, _>>()?
            }
        };
        for subject in subjects {
            let certificate = Certificate { subject, stage };
            if !found.contains(&certificate) {
                found.push(certificate);
            }
        }
    }
    Ok(found)
}

fn say_certificates(row: &Row, lookup: &Lookup) -> Value {
    let default = usual_stage(row, lookup);
    Value::text(join(row.person.subjects.iter().map(|certificate| {
        let name = lookup.subjects.say(&certificate.subject);
        if default == certificate.stage { name } else { format!("{name}({})", certificate.stage.label()) }
    })))
}

pub(super) fn say_post(id: &str) -> &str {
    POSTS.iter().find(|(known, ..)| *known == id).map_or(id, |(_, word, _)| word)
}
/// The post meant by a word; one that is not known is kept, for validation to judge.
pub(super) fn post(word: &str) -> String {
    POSTS.iter().find(|(_, known, _)| *known == word).map_or(word, |(id, ..)| id).to_owned()
}

/// 班主任4、教研组长2; without a number it counts for nothing.
fn posts(text: &str) -> Result<Vec<Post>, Misread> {
    let one = |part: String| {
        let at = part.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + part[at..].chars().next().map_or(1, char::len_utf8));
        let (word, digits) = part.split_at(at);
        let periods =
            if digits.is_empty() { 0 } else { digits.parse().map_err(|_| Misread::wants("如 班主任4", "such as 班主任4"))? };
        let word = word.trim_end_matches(['=', ':']).trim();
        let post = post(word);
        if post.is_empty() { Err(Misread::wants("如 班主任4", "such as 班主任4")) } else { Ok(Post { post, periods }) }
    };
    list(text).into_iter().filter(|part| part != "无").map(one).collect()
}

fn deferrals(text: &str) -> Result<Vec<Deferral>, Misread> {
    let one = |part: String| {
        let (word, until) = week::bracket(&part);
        let until = until.map(|until| month::read(&cell(until.trim_start_matches(['至', '到'])))).transpose()?;
        Ok(Deferral { code: DeferralCode::read(&cell(word))?, until })
    };
    list(text).into_iter().filter(|part| !["无", "否"].contains(&part.as_str())).map(one).collect()
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |person: &Person| Row {
        name: district.names.get(&person.id).cloned().unwrap_or_default(),
        target: Some(person.load_target),
        cap: Some(person.load_cap),
        person: person.clone(),
        ..Row::default()
    };
    district.people.iter().map(row).collect()
}
