//! The timetable in figures.

use crate::check::Facts;
use std::collections::BTreeMap;

pub(super) struct Week {
    pub(super) lessons: usize,
    pub(super) placed: usize,
    /// Classes of which every lesson is placed.
    pub(super) complete: usize,
    /// (visiting school, host school, room kind) → lessons per cycle in the host's rooms.
    pub(super) guests: BTreeMap<(usize, usize, String), usize>,
}

impl Week {
    pub(super) fn of(facts: &Facts) -> Self {
        let blocks = |course: usize| facts.courses.list[course].blocks.len();
        let done = |course: &usize| facts.lessons.of_course[*course].len() == blocks(*course);
        let mut guests = BTreeMap::new();
        for lesson in &facts.lessons.list {
            let host = lesson.site.map(|site| facts.places.sites[site].school);
            if let (Some(guest), Some(host), Some(need)) = (facts.courses.school_of(lesson.course), host, lesson.need)
                && guest != host
            {
                *guests.entry((guest, host, need.kind.clone())).or_insert(0) += 1;
            }
        }
        Self {
            lessons: (0..facts.courses.list.len()).map(blocks).sum(),
            placed: facts.lessons.list.len(),
            complete: facts.courses.of_class.iter().filter(|courses| !courses.is_empty() && courses.iter().all(done)).count(),
            guests,
        }
    }
}
