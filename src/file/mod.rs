//! Files on disk: `lunpai.district/1`, `lunpai.policy/1`, `lunpai.plan/1`. Serde types without behaviour, and reading them.

mod class;
mod club;
mod district;
mod evaluation;
mod organisation;
mod pending;
mod person;
mod plan;
mod policy;
mod read;
mod roster;
mod school;
mod unique;
mod words;

pub use class::{Block, BlockKind, CellRef, Class, Course, CurriculumLine, FixedBlock, LockedLesson, Role, RoomNeed, Weeks};
pub use club::{Club, ClubKind, ClubLeader, ClubPupils};
pub use district::{District, Provenance, Sources, Subject, Term};
pub use evaluation::{Evaluation, EvaluationItem, Metric};
pub use organisation::{Approval, ApprovalStep, Body, Seat, SeatOf, Unified};
pub use pending::{Pending, Proposal};
pub use person::{
    Assessment, Category, Certificate, Deferral, DeferralCode, Form, Kin, KinTie, Means, POSTS, PastExchange, Person, PersonLocks, Post,
    Sex, Talent, Wishes,
};
pub use plan::{ClassTeacher, Lesson, Part, Plan, PlanState, Posting, Teaching};
pub use policy::{Clause, Cost, Decision, Force, Policy, Preference, Scope};
pub use read::{Source, parse, read_district, read_plan, read_policy};
pub use roster::{Duty, Roster};
pub use school::{Agreement, Bell, Cell, Group, GroupKind, Half, Opening, Room, School, SentAs, Site, Stage, Standing, Travel, Trip};
pub use words::{Clock, Month, Text, Window};
