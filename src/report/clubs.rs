//! Clubs as tables: who leads each and who is in it, and class by class how many are in which and how many in none.

use super::table::Table;
use super::tables::{person, windows};
use crate::check::{Facts, club_kind};
use crate::file::ClubKind;

/// A line a club.
pub(super) fn clubs(facts: &Facts) -> Table {
    let mut table = Table::new(&["社团", "学校", "类别", "时间", "指导教师", "名额", "人数", "各班人数"]);
    for club in &facts.clubs {
        let leaders: Vec<String> = club.leaders.iter().map(|leader| person(facts, *leader)).collect();
        let some = club.pupils.iter().filter(|(_, pupils)| **pupils > 0);
        let classes: Vec<String> = some.map(|(class, pupils)| format!("{} {pupils}", facts.class_name(*class))).collect();
        table.row([
            &club.file.name.zh,
            &facts.say_home(club.school).zh,
            &club_kind(club.file.kind).zh,
            &windows(facts, club.when),
            &leaders.join("、"),
            &club.file.places.to_string(),
            &club.pupils_in_all().to_string(),
            &classes.join("、"),
        ]);
    }
    table
}

/// A line a class whose school has clubs.
pub(super) fn classes(facts: &Facts) -> Table {
    let mut table = Table::new(&["学校", "班级", "学生", "参加的社团", "没有社团", "没有体育、艺术社团"]);
    for (class, entry) in facts.district.classes.iter().enumerate() {
        let left = |kinds: &[ClubKind]| facts.in_clubs(class, kinds).map(|placed| (i64::from(entry.pupils) - placed).max(0).to_string());
        let (Some(none), Some(no_sport)) = (left(&[]), left(&[ClubKind::Sport, ClubKind::Arts])) else { continue };
        let pupils = facts.clubs.iter().filter_map(|club| Some((club, *club.pupils.get(&class)?))).filter(|(_, pupils)| *pupils > 0);
        let clubs: Vec<String> = pupils.map(|(club, pupils)| format!("{} {pupils}", club.file.name.zh)).collect();
        let school = facts.say_home(facts.courses.classes[class].school).zh;
        table.row([&school, facts.class_name(class), &entry.pupils.to_string(), &clubs.join("、"), &none, &no_sport]);
    }
    table
}
