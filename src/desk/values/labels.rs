//! Words for the choices of the district file: what the template offers, and what else planners write for it.

use super::super::book::{Cell, key};
use super::super::column::Misread;
use crate::file::{
    Assessment, BlockKind, Category, ClubKind, DeferralCode, Form, GroupKind, Half, KinTie, Means, PlanState, Provenance, SeatOf, Sex,
    Stage, Standing, Talent, Unified, Weeks,
};
use serde::Serialize;

/// A choice with its words: the first is the one written.
pub(in super::super) type Choices<T> = &'static [(T, &'static [&'static str])];

/// A type whose values have words.
pub(in super::super) trait Labelled: Copy + PartialEq + Serialize + 'static {
    const CHOICES: Choices<Self>;

    fn label(self) -> &'static str {
        Self::CHOICES.iter().find(|(value, _)| *value == self).map_or("", |(_, words)| words[0])
    }
    fn labels() -> Vec<&'static str> {
        Self::CHOICES.iter().map(|(_, words)| words[0]).collect()
    }
    /// The value meant by a word, or by its name in the JSON file.
    fn parse(text: &str) -> Option<Self> {
        let wanted = key(text);
        let known = |(value, words): &&(Self, &[&str])| {
            words.iter().any(|word| key(word) == wanted) || serde_json::to_value(value).is_ok_and(|id| id.as_str() == Some(text))
        };
        Self::CHOICES.iter().find(known).map(|(value, _)| *value)
    }
    fn read(cell: &Cell) -> Result<Self, Misread> {
        Self::parse(&cell.text()).ok_or_else(|| {
            let words = Self::labels().join(" ");
            Misread::wants(format!("其中之一:{words}"), format!("one of: {words}"))
        })
    }
}

macro_rules! labelled {
    ($($Type:ident { $($Value:ident: $($word:literal),+;)+ })+) => { $(
        impl Labelled for $Type {
            const CHOICES: Choices<Self> = &[$((Self::$Value, &[$($word),+])),+];
        }
    )+ };
}

labelled! {
    Sex {
        Female: "女", "f", "女性";
        Male: "男", "m", "男性";
        Unstated: "未填", "不详";
    }
    Category {
        Teacher: "教师", "专任教师", "教学", "专技", "专业技术";
        Leader: "干部", "领导", "校级领导", "校领导", "管理", "校长", "副校长";
        Worker: "工勤", "职工", "后勤", "工勤人员";
    }
    Talent {
        None: "无", "否", "不是", "-";
        School: "校级", "校级骨干", "校";
        County: "县级", "区级", "县级骨干", "区级骨干", "县区级", "县", "区", "骨干", "骨干教师";
        City: "市级", "市级骨干", "市";
        Province: "省级", "省级骨干", "省";
        Special: "特级", "特级教师", "正高级教师";
    }
    Assessment {
        Excellent: "优秀", "优";
        Passed: "合格", "称职", "良好";
        Basic: "基本合格", "基本称职";
        Failed: "不合格", "不称职";
    }
    DeferralCode {
        Maternity: "孕产哺乳", "孕", "孕产", "产假", "哺乳", "哺乳期", "怀孕";
        Health: "病休", "健康", "疾病", "病假";
        Carer: "照顾家人", "照顾", "家庭照顾";
        NearRetirement: "临近退休", "退休";
        AidProgramme: "在外援助", "援疆", "援藏", "支援";
        JustExchanged: "刚交流回来", "已交流";
        UnderInquiry: "接受调查", "处分期";
        SoleTeacher: "学科唯一教师", "唯一教师";
        Contract: "任期或合同未满", "任期未满", "合同";
        Other: "其他";
    }
    Form {
        Rotation: "轮岗", "交流", "交流轮岗";
        Support: "支教";
        Secondment: "挂职";
        Concurrent: "交叉任职";
        Swap: "置换", "互换";
        Shadowing: "跟岗", "跟岗学习";
        Return: "返岗", "返回", "返回原校";
    }
    KinTie {
        Near: "同在通勤范围", "夫妻", "夫妻同校", "就近";
        Avoid: "回避", "亲属回避";
    }
    Means {
        Unstated: "未填", "不详";
        Car: "自驾", "私家车", "汽车", "开车";
        Bus: "公交", "公交车", "班车";
        Bicycle: "骑车", "自行车", "电动车";
        Foot: "步行", "走路";
    }
    Stage {
        Kindergarten: "幼儿园", "幼";
        Primary: "小学", "小";
        Junior: "初中", "初", "中学", "初级中学";
        Senior: "高中", "高", "高级中学";
    }
    Half {
        Am: "上午", "am";
        Pm: "下午", "pm";
        Eve: "晚上", "晚", "晚自习";
    }
    Standing {
        Supporting: "支援校", "支援";
        Receiving: "受援校", "受援";
        Neither: "都不是", "无", "否";
    }
    Weeks {
        All: "每周", "全", "全周";
        Odd: "单周", "单";
        Even: "双周", "双";
    }
    BlockKind {
        Research: "教研", "教研活动", "集体备课";
        Assembly: "集会", "升旗";
        Club: "社团", "社团活动";
        Exam: "考试";
        Exercise: "大课间", "课间操", "阳光体育";
        Duty: "值班", "课后服务";
        Meeting: "会议", "例会";
    }
    ClubKind {
        Sport: "体育", "运动", "体育类";
        Arts: "艺术", "文艺", "艺术类";
        Other: "其他", "科技", "其他类";
    }
    PlanState {
        Draft: "草案";
        Reviewed: "校核";
        Discussed: "上会";
        Published: "公示";
        Final: "定稿";
    }
    SeatOf {
        Lead: "牵头校", "龙头校", "核心校";
        Members: "成员校", "各成员校";
        Bureau: "教育局", "局";
    }
    Unified {
        Staffing: "教师配置", "统一教师配置";
        Hours: "课程计划", "统一课程计划";
        Progress: "教学进度", "统一教学进度";
        Preparation: "集体备课", "统一集体备课";
        Tests: "质量检测", "统一质量检测";
        Training: "教师培训", "统一教师培训";
        Pay: "绩效工资", "统一绩效工资";
    }
    Provenance {
        Given: "填报";
        Estimated: "估计";
        Default: "默认";
    }
    GroupKind {
        HsZone: "高中教学管理区", "管理区";
        TownCentre: "中心校学区", "中心校";
        StrongWeak: "支援校带受援校", "集团化";
        District: "学区";
        BigDistrict: "大学区";
        CountyGroup: "县域集团", "教育集团";
        Community: "共同体", "集团化共同体";
        Alliance: "联盟化合作体", "联盟";
        NameBranch: "冠名分校", "利青共同体";
        Cooperation: "合作体";
        GroupAlliance: "联盟型集团";
        GroupTight: "紧密型集团";
        GroupTrust: "托管型集团";
        GeneralSchool: "总校";
        JointSchool: "联小学区", "联校";
    }
}
