//! 数据-方案: what the plan is as a whole.

use super::super::column::{Column, Sheet, Value};
use super::super::draft::Draft;
use super::super::sheets::put;
use super::super::values::labels::Labelled;
use crate::file::{Plan, PlanState};
use crate::problem::Words;

pub(super) struct StateSheet;

#[derive(Default)]
pub(super) struct Row {
    district: String,
    state: Option<PlanState>,
}

impl Sheet for StateSheet {
    type Row = Row;
    const NAME: &'static str = "数据-方案";
    const ALSO: &'static [&'static str] = &[];
    const ABOUT: Words = ("方案属于哪个学区、到了哪一步", "whose plan it is and how far it has come");

    fn columns() -> Vec<Column<Row>> {
        vec![
            Self::column(
                "学区",
                &[],
                ("请勿改动", "leave as it is"),
                |row, cell, _| put(&mut row.district, cell.text()),
                |row, _| Value::text(&row.district),
            )
            .needed(),
            Self::column(
                "状态",
                &[],
                ("草案、校核、上会、公示、定稿", "草案 draft, 校核 reviewed, 上会 discussed, 公示 published, 定稿 final"),
                |row, cell, _| put(&mut row.state, Some(PlanState::read(cell)?)),
                |row, _| Value::maybe(row.state.map(PlanState::label)),
            ),
        ]
    }
}

pub(super) fn write(plan: &Plan) -> [Row; 1] {
    [Row { district: plan.district.clone(), state: Some(plan.state) }]
}

pub(super) fn read(draft: &mut Draft, plan: &mut Plan) {
    if let Some(found) = draft.rows::<StateSheet>().into_iter().next() {
        plan.state = found.row.state.unwrap_or_default();
        plan.district = found.row.district;
        draft.origins.insert("district".to_owned(), found.at);
    }
}
