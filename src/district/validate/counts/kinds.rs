//! The kinds of counts, each with its code.

use crate::problem::Kind;

pub const ROOMS: Kind = Kind::error(
    "E-FIT-004",
    ("专用教室的开放时间不够用", "the rooms' open hours are fewer than the lessons that need them"),
    ("需要的课时不超过教室间数 × 可用节次", "periods needed at most rooms × usable cells"),
    (
        "请增加教室或开放时间,减少需要专用教室的课次,或借用别的校区",
        "add rooms or hours, need the room for fewer blocks, or borrow at another site",
    ),
);
pub const ROOMS_TAKEN: Kind = Kind::warning(
    "W-FIT-005",
    ("教研、活动等占用后,专用教室的节次不够用", "meetings and absences leave a room too few cells"),
    (
        "需要的课时不超过教研、活动和教师不能来的时间以外的可用节次",
        "periods needed at most the cells left by meetings, activities and absences",
    ),
    (
        "请把教研或活动移到这些课用不到的时间,增加教室或开放时间,或减少需要专用教室的课次",
        "move the meeting or activity out of these hours, add rooms or hours, or need the room for fewer blocks",
    ),
);
pub const TEACHER: Kind = Kind::error(
    "E-FIT-006",
    ("指定教师的课多于这些班能上课的节次", "a given teacher with more periods than the classes have cells"),
    ("一位教师每周的课不超过所教班级的可排节次", "periods of a teacher at most the cells of the classes taught"),
    ("请把其中的课换一位教师,或增加班级可排的节次", "give some of the courses to somebody else, or open cells of the classes"),
);
pub const TEACHER_TAKEN: Kind = Kind::warning(
    "W-FIT-007",
    ("指定教师能上课的节次不够", "a given teacher with fewer free cells than periods"),
    (
        "一位教师每周的课不超过教研、活动和不能上课的时间以外的节次",
        "periods of a teacher at most the cells left by meetings, activities and absences",
    ),
    (
        "请把其中的课换一位教师,或移动教研、活动,或改正教师不能上课的时间",
        "give some of the courses to somebody else, move the meeting or activity, or correct the hours away",
    ),
);
pub const NO_START: Kind = Kind::warning(
    "W-FIT-008",
    ("一次课没有能排的节次", "a lesson for which no cell is left"),
    ("每次课至少有一处能排", "at least one place for every lesson"),
    (
        "请移动占用的教研或活动,改正教师不能上课的时间、教室开放时间或锁定的节次,或换一位教师",
        "move the meeting or activity, correct the hours away, the room's hours or the lock, or name another teacher",
    ),
);
pub const HALVES: Kind = Kind::warning(
    "W-FIT-009",
    ("同一走班组的两门课指定了同一位教师", "one teacher is given for two courses of a band"),
    ("同一走班组的课同时上,每门课的教师不同", "the courses of a band run at one time, each with another teacher"),
    ("请给其中一门课换一位教师,或取消走班组", "name another teacher for one of them, or dissolve the band"),
);
pub const CLASS: Kind = Kind::warning(
    "W-FIT-003",
    ("活动、教师不能来等占用后,班级的节次不够上课", "activities and absences leave a class fewer cells than lessons"),
    ("各门课能用的节次合起来不少于课时", "as many cells that the lessons can use as periods"),
    ("请移动活动或教研,换一位能来的教师,或减少课时", "move the activity or meeting, name teachers who are there, or lower the periods"),
);
pub const DAYS: Kind = Kind::warning(
    "W-FIT-010",
    ("能上课的天数不够:每天有上限", "too few days for lessons of which each day takes only so many"),
    ("课次不超过天数 × 每天最多的课次", "lessons at most days × the most a day"),
    (
        "请增加教师能来的天数或班级上课的天数,换一位教师,减少课次,或放宽每天的上限",
        "add days on which the teacher or the class is there, name another teacher, lower the lessons, or relax the limit a day",
    ),
);
pub const TRIPS: Kind = Kind::warning(
    "W-FIT-011",
    ("指定教师在两处的课赶不过来", "a given teacher cannot get from one place to the other for all lessons"),
    ("两处的课之间有赶路的时间", "time for the trip between lessons at two places"),
    (
        "请给其中一处的课换一位教师,错开两校作息,或增加能上课的节次",
        "name another teacher at one of the places, stagger the bells, or open more cells",
    ),
);
pub const CLASS_TEACHER: Kind = Kind::warning(
    "W-FIT-012",
    ("班主任上不了班会和本班另一门课", "no class teacher can hold the class meeting and another course"),
    (
        "班主任在本校,课时上限够上班会和本班另一门课",
        "a class teacher who is there, with room under the cap for the meeting and another course of the class",
    ),
    (
        "请另定班主任,调高课时上限,减少已指定的课或职务折算,或放宽“班主任任课”",
        "name another class teacher, raise the cap, take a course or post away, or relax the clause",
    ),
);
pub const KINDS: &[&Kind] = &[&CLASS, &ROOMS, &ROOMS_TAKEN, &TEACHER, &TEACHER_TAKEN, &NO_START, &HALVES, &DAYS, &TRIPS, &CLASS_TEACHER];
