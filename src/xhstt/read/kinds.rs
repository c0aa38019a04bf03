//! Kinds of problems with an archive.

use crate::problem::Kind;

pub const MALFORMED: Kind = Kind::error(
    "E-XHSTT-001",
    ("不是合法的 XML", "not well-formed XML"),
    ("完整、合法的 XML", "a whole, well-formed XML document"),
    ("请改正所指的行和列,或重新下载这个文件", "correct the line and column named, or download the file again"),
);
pub const DTD: Kind = Kind::error(
    "E-XHSTT-002",
    ("文件里有文档类型声明(DOCTYPE)", "the file declares a document type (DOCTYPE)"),
    ("没有 DOCTYPE 和实体声明的 XML", "XML without DOCTYPE and entity declarations"),
    ("请删掉 DOCTYPE 一段", "remove the DOCTYPE"),
);
pub const UNKNOWN_PART: Kind = Kind::error(
    "E-XHSTT-003",
    ("不认识、重复或放错位置的内容", "an unknown, repeated or misplaced part"),
    ("XHSTT 2014 规定的元素和属性", "the elements and attributes of XHSTT 2014"),
    ("请改正或删掉;不认识的内容可能改变代价,所以不能跳过", "correct or remove it; it might change the cost, so it is not passed over"),
);
pub const MISSING: Kind = Kind::error(
    "E-XHSTT-004",
    ("缺少必需的元素或属性", "a required element or attribute is missing"),
    ("XHSTT 2014 规定的元素和属性", "the elements and attributes of XHSTT 2014"),
    ("请补上", "add it"),
);
pub const BAD_VALUE: Kind = Kind::error(
    "E-XHSTT-005",
    ("取值不对", "a wrong value"),
    ("范围内的整数、true 或 false、已知的代价函数", "a whole number in range, true or false, a known cost function"),
    ("请改正这个值", "correct the value"),
);
pub const UNKNOWN_REFERENCE: Kind = Kind::error(
    "E-XHSTT-006",
    ("引用的 Id 不存在", "a reference to an Id that does not exist"),
    ("同一实例里已有的 Id", "an Id of the same instance"),
    ("请改正 Reference,或补上被引用的元素", "correct the Reference, or add what it names"),
);
pub const TWICE: Kind = Kind::error(
    "E-XHSTT-007",
    ("Id 或角色重复", "an Id or a role is given twice"),
    ("同类元素的 Id 各不相同;一个事件里待分配的角色各不相同", "different Ids for things of one sort, different open roles within an event"),
    ("请改掉其中一个", "change one of the two"),
);
pub const DURATIONS: Kind = Kind::error(
    "E-XHSTT-008",
    ("一个事件各段的时长之和超过事件的时长", "the durations given for an event sum to more than the event's duration"),
    ("各段之和不超过事件的时长", "durations that sum to at most the event's duration"),
    ("请改正解里的 Duration", "correct the Duration elements of the solution"),
);
pub const CONTRADICTION: Kind = Kind::error(
    "E-XHSTT-009",
    ("与预先指定的时间、资源或资源类型矛盾", "a contradiction of a preassigned time or resource, or of a resource type"),
    ("与实例规定的一致", "what the instance prescribes"),
    ("请改正解(或实例里的类型)", "correct the solution (or the type in the instance)"),
);
pub const BEYOND: Kind = Kind::error(
    "E-XHSTT-010",
    ("时间超出最后一个时段", "a meet that runs past the last time"),
    ("开始时间加时长不超过最后一个时段", "a start and a duration that end by the last time"),
    ("请改正开始时间或时长", "correct the start or the duration"),
);
pub const LIMIT: Kind = Kind::error(
    "E-XHSTT-011",
    ("规模超过限额", "over a limit of size"),
    ("限额以内的实例", "an instance within the limits"),
    ("请确认选对了文件", "make sure this is the right file"),
);
pub const WHICH: Kind = Kind::error(
    "E-XHSTT-012",
    ("不知道要哪一个实例", "it is not clear which instance is meant"),
    ("文件里某个实例的 Id", "the Id of an instance in the file"),
    ("请用 --instance 指明一个实例", "name an instance with --instance"),
);

/// Kinds of problems of an archive, for the page of problem codes.
pub const KINDS: &[&Kind] = &[
    &MALFORMED,
    &DTD,
    &UNKNOWN_PART,
    &MISSING,
    &BAD_VALUE,
    &UNKNOWN_REFERENCE,
    &TWICE,
    &DURATIONS,
    &CONTRADICTION,
    &BEYOND,
    &LIMIT,
    &WHICH,
];
