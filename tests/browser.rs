//! The report in a real browser, offline. Needs a Chromium and a Chinese font:
//! `cargo test --test browser -- --ignored`; pictures are left in `target/pictures`, to be looked at.
#![cfg(feature = "solve")]

#[path = "browser/chromium.rs"]
mod chromium;
#[path = "papers/dealt.rs"]
mod dealt;
#[path = "browser/looks.rs"]
mod looks;

use chromium::Browser;
use lunpai::generate::generate;
use std::path::{Path, PathBuf};

fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn pictures() -> PathBuf {
    let folder = repo("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
#[ignore = "needs a Chromium and a Chinese font"]
fn the_report_is_found_in_read_and_printed_offline() {
    let mut district = generate(6, 3, 0).district;
    let person = district.people[4].id.clone();
    district.names.insert(person.clone(), "欧阳明远".to_owned());
    let school = district.classes[0].school.clone();
    let classes = district.classes.iter().filter(|class| class.school == school).count();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html");
    std::fs::write(&file, dealt::page(&district)).expect("written");
    let mut browser = Browser::start();
    browser.open(&file);
    assert_eq!(browser.value("document.querySelectorAll('.grid, .total').length"), 0, "the first page draws without the grids");
    let fonts = browser.fonts("h1");
    assert!(fonts.iter().any(|font| ["CJK", "Hei", "Han"].iter().any(|known| font.contains(known))), "{fonts:?}");

    // A teacher by the initials of the name, with the keyboard alone.
    browser.press("/");
    assert_eq!(browser.value("document.activeElement.id"), "search");
    for key in ["o", "y", "m", "y"] {
        browser.press(key);
    }
    assert_eq!(browser.value("document.getElementById('found').innerText"), format!("欧阳明远 {person} (教师)"));
    browser.press("Enter");
    let week = browser.value("document.getElementById('view').innerText").as_str().expect("text").to_owned();
    assert!(week.starts_with(&format!("欧阳明远 {person}")) && week.contains("第1节"), "{week}");

    for (width, name) in [(1280, "wide"), (390, "narrow")] {
        browser.size(width, 800);
        for (hash, what) in
            [("top", "first"), ("class-0", "class"), ("school-0", "school"), ("person-0", "person"), ("flow", "flow"), ("strip", "strip")]
        {
            browser.run(&format!("location.hash = '#{hash}'"));
            let wide = browser.value("document.documentElement.scrollWidth");
            assert!(wide.as_u64().is_some_and(|wide| wide <= u64::from(width)), "{name} {what}: {wide}");
            browser.picture(&pictures().join(format!("{what}-{name}.png")));
        }
    }
    browser.size(1280, 800);
    browser.run("location.hash = '#classes-0'");
    assert_eq!(browser.value("document.querySelectorAll('.grid').length"), classes);
    assert_eq!(browser.printed(), classes, "one class a page");
    browser.run("location.hash = '#top'; document.getElementById('lang').click()");
    let title = browser.value("document.querySelector('h1').innerText").as_str().expect("text").to_owned();
    assert!(title.starts_with("Lunpai") && title.ends_with("draft"), "{title}");
    browser.picture(&pictures().join("first-english.png"));
    // Page 1 is one page of A4: what follows it begins the second.
    browser.run("document.querySelectorAll('body > :not(main)').forEach(part => part.remove())");
    assert_eq!(browser.printed(), 1);

    let (requests, complaints) = browser.noticed();
    assert!(requests.iter().all(|url| url.starts_with("\"file://")), "{requests:?}");
    assert_eq!(complaints, Vec::<String>::new());
}

/// What the pictures of the documents are made from. They are never rewritten silently: `UPDATE=1` takes new ones.
#[test]
#[ignore = "needs a Chromium and a Chinese font, and solves the demo"]
fn the_pictures_of_the_documents_are_those_of_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    // A demo solved before will do (`REPORT=demo-plan/report.html`, from the root of the repository).
    let report = std::env::var("REPORT").map_or_else(
        |_| {
            let mut run = assert_cmd::Command::cargo_bin("lunpai").expect("the binary");
            run.args(["solve", "--time", "60", "--out", "demo-plan"]).arg(repo("instances/huayuankou"));
            run.current_dir(folder.path()).assert().success();
            folder.path().join("demo-plan/report.html")
        },
        |given| repo(&given),
    );
    let update = std::env::var_os("UPDATE").is_some();
    let to = if update { repo(looks::PICTURES) } else { pictures() };
    let mut browser = Browser::start();
    browser.open(&report);
    browser.size(1000, 800);
    browser.picture_from("h1", ".screen", 0.7, &to.join("page-1.png"));
    browser.picture_from("#flow", "figure.walk:last-of-type", 1.0, &to.join("flow.png"));
    browser.picture_from("#strip", ".strip", 1.0, &to.join("strip.png"));
    browser.run("location.hash = '#class-0'");
    browser.picture_from("#view h2", "#view .grid", 1.0, &to.join("class.png"));
    browser.run("location.hash = '#top'; document.getElementById('lang').click()");
    browser.picture_from("h1", ".screen", 0.7, &to.join("page-1.en.png"));
    browser.run("document.getElementById('lang').click()");
    browser.size(390, 780);
    browser.run("window.scrollTo(0, 0)");
    browser.picture(&to.join("phone.png"));
    browser.run("document.querySelectorAll('body > :not(main)').forEach(part => part.remove())");
    assert_eq!(browser.printed(), 1, "page 1 is one page of A4");
    if update {
        std::fs::write(repo(looks::MADE_FROM), looks::now()).expect("written");
    }
    assert_eq!(looks::made_from(), looks::now(), "the pictures are stale: take new ones with UPDATE=1 and look at them");
}
