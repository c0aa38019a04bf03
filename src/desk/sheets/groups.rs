//! 学区: which schools are tied together; without this sheet all of them are one district.

use super::super::book::Cell;
use super::super::column::{Column, Misread, Offer, Sheet, Value};
use super::super::draft::Draft;
use super::super::values::labels::Labelled;
use super::super::values::{join, pairs, whole, yes};
use super::people::{post, say_post};
use super::{english, put};
use crate::file::{Agreement, District, Group, GroupKind, Policy, SentAs, Text};
use crate::problem::Words;
use std::collections::BTreeMap;

pub(in super::super) struct Groups;

#[derive(Default)]
pub(in super::super) struct Row {
    id: String,
    name: Text,
    kind: Option<GroupKind>,
    lead: Option<String>,
    members: Vec<String>,
    agreement: Agreement,
}

/// As what people are sent, in the words of the sheet.
const SENT_AS: [(SentAs, &str); 4] =
    [(SentAs::Leaders, "干部"), (SentAs::Backbone, "骨干"), (SentAs::Young, "青年"), (SentAs::Teachers, "教师")];

/// 干部=2、教师=6; a word that is not known is kept, for validation to judge.
fn sent(cell: &Cell) -> Result<BTreeMap<String, u32>, Misread> {
    let misread = || Misread::wants("如 干部=2、教师=6", "such as 干部=2、教师=6");
    let one = |(word, number): (String, i64)| {
        let known = SENT_AS.iter().find(|(_, known)| *known == word).map(|(role, _)| role.id().to_owned());
        Ok((known.unwrap_or(word), u32::try_from(number).map_err(|_| misread())?))
    };
    pairs(&cell.text()).map_err(|_| misread())?.into_iter().map(one).collect()
}

fn pay(cell: &Cell) -> Result<BTreeMap<String, u32>, Misread> {
    let misread = || Misread::wants("如 校长=20000", "such as 校长=20000");
    let one = |(word, yuan): (String, i64)| Ok((post(&word), u32::try_from(yuan).map_err(|_| misread())?));
    pairs(&cell.text()).map_err(|_| misread())?.into_iter().map(one).collect()
}

fn say_sent(people: &BTreeMap<String, u32>) -> Value {
    let word = |id: &String| SENT_AS.iter().find(|(role, _)| role.id() == id).map_or(id.clone(), |(_, word)| (*word).to_owned());
    Value::text(join(people.iter().map(|(role, number)| format!("{}={number}", word(role)))))
}

fn stated(flag: Option<bool>) -> Value {
    Value::maybe(flag.map(|flag| if flag { "是" } else { "否" }))
}

impl Sheet for Groups {
    type Row = Row;
    const NAME: &'static str = "共同体";
    const ALSO: &'static [&'static str] = &["学区", "集团", "教育集团", "学区划分"];
    const ABOUT: Words = ("没有这张表时:全部学校同属一个学区", "without this sheet: all schools are one district");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "编号",
                &[],
                ("空着用名称", "blank: the name"),
                |row, cell, _| put(&mut row.id, cell.text()),
                |row, _| Value::text(&row.id),
            ),
            Self::column(
                "名称",
                &["共同体", "集团名称", "学区名称"],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.name.zh, cell.text()),
                |row, _| Value::text(&row.name.zh),
            ),
            Self::column(
                "类型",
                &["类别"],
                ("默认 学区", "default 学区"),
                |row, cell, _| put(&mut row.kind, Some(GroupKind::read(cell)?)),
                |row, _| Value::maybe(row.kind.map(GroupKind::label)),
            )
            .offers(Offer::Words(GroupKind::labels)),
            Self::column(
                "牵头校",
                &["龙头校", "牵头学校", "核心校"],
                ("学校名称", "name of the school"),
                |row, cell, lookup| put(&mut row.lead, Some(lookup.schools.find(&cell.text())?)),
                |row, lookup| Value::maybe(row.lead.as_ref().map(|id| lookup.schools.say(id))),
            )
            .offers(Offer::From("学校", "学校")),
            Self::column(
                "成员校",
                &["成员", "成员学校"],
                ("用顿号隔开,不含牵头校", "separated by 、, without the lead"),
                |row, cell, lookup| put(&mut row.members, lookup.schools.find_all(&cell.text())?),
                |row, lookup| Value::text(lookup.schools.say_all(&row.members)),
            ),
            Self::column(
                "编制统筹",
                &[],
                ("空着按类型", "blank: as usual for its kind"),
                |row, cell, _| put(&mut row.agreement.pooled_posts, Some(yes(cell)?)),
                |row, _| stated(row.agreement.pooled_posts),
            ),
            Self::column(
                "经费统筹",
                &[],
                ("空着按类型", "blank: as usual for its kind"),
                |row, cell, _| put(&mut row.agreement.pooled_budget, Some(yes(cell)?)),
                |row, _| stated(row.agreement.pooled_budget),
            ),
            Self::column(
                "可跨校兼课",
                &[],
                ("空着按类型", "blank: as usual for its kind"),
                |row, cell, _| put(&mut row.agreement.teach_across, Some(yes(cell)?)),
                |row, _| stated(row.agreement.teach_across),
            ),
            Self::column(
                "任期",
                &["交流期限"],
                ("年;空着按类型", "years; blank: as usual for its kind"),
                |row, cell, _| put(&mut row.agreement.term_years, Some(whole(cell, 20)? as u8)),
                |row, _| Value::maybe(row.agreement.term_years.map(u32::from)),
            ),
            Self::column(
                "互派人数",
                &["互派"],
                (
                    "牵头校与每个成员校各派,如 干部=2、教师=6、骨干=1、青年=1",
                    "each way between the lead and each member, such as 干部=2、教师=6 (leaders, teachers; 骨干 backbone, 青年 young)",
                ),
                |row, cell, _| put(&mut row.agreement.each_way, sent(cell)?),
                |row, _| say_sent(&row.agreement.each_way),
            ),
            Self::column(
                "牵头校派出",
                &["龙头校派出"],
                ("牵头校派到每个成员校,写法同上", "from the lead to each member, written alike"),
                |row, cell, _| put(&mut row.agreement.lead_sends, sent(cell)?),
                |row, _| say_sent(&row.agreement.lead_sends),
            ),
            Self::column(
                "成员校派出",
                &[],
                ("每个成员校派到牵头校,写法同上", "from each member to the lead, written alike"),
                |row, cell, _| put(&mut row.agreement.member_sends, sent(cell)?),
                |row, _| say_sent(&row.agreement.member_sends),
            ),
            Self::column(
                "派出补助",
                &["补助(元)", "交流补助"],
                ("派出一人一学年多少元,由派出校经费支付", "yuan for one person and school year, from the sender's budget"),
                |row, cell, _| put(&mut row.agreement.yuan_per_person, Some(whole(cell, 10_000_000)?)),
                |row, _| Value::maybe(row.agreement.yuan_per_person),
            ),
            Self::column(
                "岗位薪酬",
                &["岗位薪酬(元)"],
                ("县级负担的岗位薪酬,元/年,如 校长=20000", "yearly pay of posts that the county bears, such as 校长=20000"),
                |row, cell, _| put(&mut row.agreement.pay_yuan, pay(cell)?),
                |row, _| Value::text(join(row.agreement.pay_yuan.iter().map(|(id, yuan)| format!("{}={yuan}", say_post(id))))),
            ),
            Self::column(
                "英文名",
                &[],
                ("可不填", "may be blank"),
                |row, cell, _| put(&mut row.name.en, cell.text()),
                |row, _| Value::text(english(&row.name)),
            ),
        ]
    }
}

pub(super) fn write(district: &District, _: &Policy) -> Vec<Row> {
    let row = |group: &Group| Row {
        id: group.id.clone(),
        name: group.name.clone().unwrap_or_default(),
        kind: Some(group.kind),
        lead: group.lead.clone(),
        members: group.members.clone(),
        agreement: group.agreement.clone(),
    };
    district.groups.iter().map(row).collect()
}

pub(super) fn read(draft: &mut Draft) {
    if !draft.has::<Groups>() {
        let mut schools = draft.district.schools.iter().map(|school| school.id.clone());
        if let Some(lead) = schools.next()
            && draft.district.schools.len() > 1
        {
            let name = Some(Text::new("本学区", "this district"));
            let group = Group {
                id: "district".to_owned(),
                name,
                kind: GroupKind::District,
                lead: Some(lead),
                members: schools.collect(),
                agreement: Agreement::default(),
            };
            draft.lookup.groups.learn(&group.id, "本学区");
            draft.district.groups.push(group);
            draft.assume("共同体", "没有「共同体」表:全部学校按同属一个学区处理", "no sheet 共同体: all schools are taken as one district");
        }
    }
    for found in draft.rows::<Groups>() {
        let Row { mut id, mut name, kind, lead, members, agreement } = found.row;
        if id.is_empty() {
            id.clone_from(&name.zh);
        }
        super::or_same(&mut name);
        let name = Some(name).filter(|name| !name.zh.is_empty());
        draft.lookup.groups.learn(&id, name.as_ref().map_or(&id, |name| &name.zh));
        draft.came_from("groups", draft.district.groups.len(), &found.at);
        draft.district.groups.push(Group { id, name, kind: kind.unwrap_or(GroupKind::District), lead, members, agreement });
    }
}
