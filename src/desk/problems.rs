//! What can be wrong with a workbook before it is a district: every kind with its code.

use crate::problem::Kind;

pub(super) const OLD_FORMAT: Kind = Kind::error(
    "E-BOOK-001",
    ("不是 .xlsx 工作簿", "not an .xlsx workbook"),
    (".xlsx 工作簿,或装着各表 CSV 的文件夹", "an .xlsx workbook, or a folder of CSV files"),
    ("请用 WPS/Excel 打开,另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx"),
);
pub(super) const ENCRYPTED: Kind = Kind::error(
    "E-BOOK-002",
    ("工作簿加了打开密码", "the workbook is encrypted"),
    ("没有打开密码的 .xlsx", "an .xlsx without a password"),
    ("请用 WPS/Excel 打开,取消密码后另存为 .xlsx", "open it in WPS or Excel, remove the password and save it as .xlsx"),
);
pub(super) const MACROS: Kind = Kind::error(
    "E-BOOK-003",
    ("工作簿带有宏", "the workbook holds macros"),
    ("不带宏的 .xlsx", "an .xlsx without macros"),
    ("请用 WPS/Excel 另存为 .xlsx(不是 .xlsm)", "save it in WPS or Excel as .xlsx, not .xlsm"),
);
pub(super) const OVER_LIMIT: Kind = Kind::error(
    "E-BOOK-004",
    ("工作簿超过限额", "the workbook is over a limit"),
    ("不超过限额的工作簿", "a workbook within the limits"),
    (
        "请删去无关的工作表、图片和远处的空行,或把数据复制到新的模板里",
        "remove unrelated sheets, pictures and far-off rows, or copy the data into a fresh template",
    ),
);
pub(super) const DAMAGED: Kind = Kind::error(
    "E-BOOK-005",
    ("工作簿已损坏或内容异常", "the workbook is damaged or holds what no workbook should"),
    ("WPS/Excel 写出的完整 .xlsx", "a whole .xlsx as WPS or Excel write it"),
    ("请用 WPS/Excel 打开检查,另存为 .xlsx", "open it in WPS or Excel, look at it and save it as .xlsx"),
);
pub(super) const NO_SHEET: Kind = Kind::error(
    "E-BOOK-006",
    ("没有找到需要的工作表", "a sheet that is needed is not there"),
    ("至少有「教师」表", "at least the sheet 教师 (teachers)"),
    ("请用 lunpai template 写出的模板,或把工作表改名", "use the template of `lunpai template`, or rename the sheet"),
);
pub(super) const PERSONAL: Kind = Kind::error(
    "E-BOOK-007",
    ("有不该交来的个人信息列", "a column of personal data that is not wanted"),
    ("不含身份证号、电话、银行卡号、住址的表", "no identity card, telephone, bank account or address columns"),
    ("请删除这一列再交来;本软件不需要、也不保存这些信息", "delete the column; this program neither needs nor keeps such data"),
);
pub(super) const UNDECODABLE: Kind = Kind::error(
    "E-BOOK-008",
    ("文字编码看不懂", "the text cannot be decoded"),
    ("UTF-8、UTF-16 或 GB18030(GBK)编码的 CSV", "CSV in UTF-8, UTF-16 or GB18030 (GBK)"),
    ("请在 WPS/Excel 里另存为“CSV UTF-8”或 .xlsx", "save it in WPS or Excel as “CSV UTF-8” or .xlsx"),
);
pub(super) const NO_COLUMN: Kind = Kind::error(
    "E-BOOK-009",
    ("缺少必填的列", "a column that is needed is missing"),
    ("表头里有这一列", "this column in the header"),
    ("请补上这一列,或把表头改成模板里的名称", "add the column, or name it as the template does"),
);
pub(super) const TWICE: Kind = Kind::error(
    "E-BOOK-010",
    ("两处说的是同一项,不知道以哪个为准", "two sheets or columns say the same thing"),
    ("同一内容只有一张表、一列", "one sheet and one column for each thing"),
    ("请合并或删除多余的一处", "merge them or delete one"),
);
pub(super) const UNREADABLE_CELL: Kind = Kind::error(
    "E-CELL-001",
    ("单元格看不懂", "a cell is not understood"),
    ("表头批注里写明的写法", "what the note on the header says"),
    ("请改正这个单元格", "correct the cell"),
);
pub(super) const EMPTY_CELL: Kind = Kind::error(
    "E-CELL-002",
    ("必填的单元格是空的", "a cell that is needed is empty"),
    ("填写内容", "a value"),
    ("请补填;整行作废请删除整行", "fill it in, or delete the whole row"),
);
pub(super) const UNKNOWN: Kind = Kind::error(
    "E-CELL-003",
    ("所指的对象在表里找不到", "it names something that is in no sheet"),
    ("相应表里的名称或编号", "a name or id of the sheet concerned"),
    ("请核对写法,或在相应表里补上", "check the spelling, or add it to its sheet"),
);
pub(super) const AMBIGUOUS: Kind = Kind::error(
    "E-CELL-004",
    ("名称不止指一个对象", "the name stands for more than one thing"),
    ("同名时写编号", "the id where names are shared"),
    ("请改写编号", "write the id instead"),
);
pub(super) const SAME_TWICE: Kind = Kind::error(
    "E-CELL-005",
    ("两行像是同一个对象", "two rows seem to be the same"),
    ("每个人、每个班、每所学校只写一行", "one row for each person, class and school"),
    ("同一个请删去一行;不同的请填不同的编号", "delete one row if they are the same, else give them different ids"),
);
pub(super) const SHEET_UNUSED: Kind = Kind::warning(
    "W-BOOK-011",
    ("这张工作表没有用到", "a sheet is not used"),
    ("模板里的工作表", "the sheets of the template"),
    ("如果里面有要用的数据,请改成模板里的表名", "if it holds data that is meant, name it as the template does"),
);
pub(super) const COLUMNS_UNUSED: Kind = Kind::warning(
    "W-BOOK-012",
    ("这些列没有用到", "some columns are not used"),
    ("模板里的列", "the columns of the template"),
    ("如果里面有要用的数据,请改成模板里的列名", "if they hold data that is meant, name them as the template does"),
);
pub(super) const ROWS_SKIPPED: Kind = Kind::warning(
    "W-BOOK-013",
    ("这些行没有当作数据", "some rows are not taken as data"),
    ("合计、说明、重复的表头不是数据", "totals, notes and repeated headers are no data"),
    ("请核对:其中如有真实的一行,请改写它的第一格", "look at them: if one is real, change its first cell"),
);
pub(super) const TIDIED: Kind = Kind::warning(
    "W-CELL-006",
    ("这些单元格的写法作了规范", "some cells were tidied"),
    ("意思不变", "the meaning stays"),
    ("请核对改写是否正确", "check that they were understood"),
);
pub(super) const ASSUMED: Kind = Kind::warning(
    "W-BOOK-014",
    ("没有填写,采用默认值", "not filled in: a default is used"),
    ("默认值写在模板的「说明」表", "the defaults stand in the sheet 说明 of the template"),
    ("请核对默认值是否符合本学区", "check that the default fits the district"),
);

/// Kinds of problems with a workbook, for the page of problem codes.
pub const KINDS: &[&Kind] = &[
    &OLD_FORMAT,
    &ENCRYPTED,
    &MACROS,
    &OVER_LIMIT,
    &DAMAGED,
    &NO_SHEET,
    &PERSONAL,
    &UNDECODABLE,
    &NO_COLUMN,
    &TWICE,
    &SHEET_UNUSED,
    &COLUMNS_UNUSED,
    &ROWS_SKIPPED,
    &ASSUMED,
    &UNREADABLE_CELL,
    &EMPTY_CELL,
    &UNKNOWN,
    &AMBIGUOUS,
    &SAME_TWICE,
    &TIDIED,
];
