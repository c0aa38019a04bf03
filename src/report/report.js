"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const view = document.getElementById("view"), search = document.getElementById("search"), list = document.getElementById("found");
const WORDS = {
  zh: { days: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"], weeks: ["", "单周", "双周"], period: n => `第${n}节`, head: "班主任 ", all: "本校全部班级课表(每页一班)", total: "总课表", class: "班级", person: "教师", room: "教室", school: "学校", none: "没有找到", who: "教师" },
  en: { days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], weeks: ["", "odd weeks: ", "even weeks: "], period: n => `Period ${n}`, head: "class teacher ", all: "all classes of the school (one a page)", total: "all classes in one table", class: "class", person: "teacher", room: "room", school: "school", none: "nothing found", who: "teacher" },
};
const lang = () => (document.documentElement.lang === "en" ? "en" : "zh");
const words = () => WORDS[lang()];
const either = pair => (lang() === "en" && pair[1] ? pair[1] : pair[0]);
const nameOf = {
  class: n => `${data.classes[n][2] < 0 ? "" : either(data.schools[data.classes[n][2]])} ${either(data.classes[n])}`.trim(),
  person: n => (data.people[n][0] === data.people[n][1] ? data.people[n][0] : `${data.people[n][1]} ${data.people[n][0]}`),
  room: n => either(data.rooms[n]),
  school: n => either(data.schools[n]),
};
const sizes = { class: data.classes.length, person: data.people.length, room: data.rooms.length, school: data.schools.length };

function element(tag, text, parent, name) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (name) made.className = name;
  if (parent) parent.append(made);
  return made;
}

function lessonsOf(kind, n) {
  const inside = { class: l => l[1].includes(n), person: l => l[2].includes(n), room: l => l[7] === n };
  return data.lessons.filter(inside[kind]);
}

function describe(lesson, kind) {
  const teachers = lesson[2].length ? lesson[2].map(p => data.people[p][1]).join("、") : data.missing;
  const small = [];
  if (kind !== "person") small.push(teachers);
  if (kind !== "class") small.push(lesson[1].map(c => nameOf.class(c)).join("、"));
  if (kind === "person") small.push(lesson[8]);
  if (kind !== "room" && lesson[7] >= 0) small.push(nameOf.room(lesson[7]));
  return [words().weeks[lesson[6]] + either(data.subjects[lesson[0]]), small.filter(part => part).join(" · "), lesson[2].length === 0 && data.missing];
}

// One week: periods down, days across. A lesson without a teacher is marked by a word and a frame, not by colour alone.
function grid(kind, n, parent) {
  const lessons = lessonsOf(kind, n), sheet = element("section", null, parent, "sheet");
  const teacher = kind === "class" && data.classes[n][3];
  element("h2", nameOf[kind](n) + (teacher ? ` · ${words().head}${teacher}` : ""), sheet);
  const wide = element("div", null, sheet, "wide"), table = element("table", null, wide, "grid");
  const days = [...new Set(lessons.map(l => l[3]))].sort(), last = Math.max(0, ...lessons.map(l => l[4] + l[5] - 1));
  const head = element("tr", null, table);
  element("th", "", head);
  days.forEach(day => element("th", words().days[day - 1], head));
  for (let period = 1; period <= last; period++) {
    const row = element("tr", null, table), th = element("th", words().period(period), row);
    const single = lessons.find(l => l[4] === period && l[5] === 1);
    if (kind !== "person" && single) element("small", single[8], th);
    for (const day of days) {
      const cell = element("td", null, row);
      for (const lesson of lessons.filter(l => l[3] === day && l[4] <= period && period < l[4] + l[5])) {
        const [subject, small, missing] = describe(lesson, kind);
        element("span", subject, cell);
        element("small", small, cell);
        if (missing) cell.className = "missing";
      }
    }
  }
}

function total(n, parent) {
  element("h2", `${nameOf.school(n)} · ${words().total}`, parent);
  const every = element("p", null, parent), link = element("a", words().all, every);
  link.href = `#classes-${n}`;
  const classes = data.classes.map((c, k) => k).filter(k => data.classes[k][2] === n);
  const own = data.lessons.filter(l => l[1].some(c => classes.includes(c)));
  const days = [...new Set(own.map(l => l[3]))].sort(), last = Math.max(0, ...own.map(l => l[4] + l[5] - 1));
  const table = element("table", null, element("div", null, parent, "wide"), "total"), head = element("tr", null, table);
  element("th", words().class, head);
  for (const day of days) for (let p = 1; p <= last; p++) element("th", `${words().days[day - 1]}${p}`, head);
  for (const c of classes) {
    const row = element("tr", null, table), th = element("th", null, row);
    element("a", either(data.classes[c]), th).href = `#class-${c}`;
    const mine = lessonsOf("class", c);
    for (const day of days) for (let p = 1; p <= last; p++) {
      const cell = element("td", null, row);
      mine.filter(l => l[3] === day && l[4] <= p && p < l[4] + l[5]).forEach(l => element("span", describe(l, "class")[0], cell));
    }
  }
}

function draw() {
  view.replaceChildren();
  const asked = /^#(class|classes|person|room|school)-(\d+)$/.exec(location.hash), n = asked ? Number(asked[2]) : -1;
  document.body.classList.toggle("asked", asked !== null);
  if (!asked || n >= sizes[asked[1] === "classes" ? "school" : asked[1]]) return;
  if (asked[1] === "school") total(n, view);
  else if (asked[1] === "classes") data.classes.forEach((c, k) => { if (c[2] === n) grid("class", k, view); });
  else grid(asked[1], n, view);
  view.focus({ preventScroll: true });
  view.scrollIntoView();
}

function find() {
  const text = search.value.trim().toLowerCase();
  list.replaceChildren();
  if (!text) return;
  const found = [];
  const take = (kind, n, ...keys) => { if (keys.some(key => key && String(key).toLowerCase().includes(text))) found.push([kind, n]); };
  data.people.forEach((p, n) => take("person", n, p[0], p[1], p[2]));
  data.schools.forEach((s, n) => take("school", n, s[0], s[1], s[2]));
  data.classes.forEach((c, n) => take("class", n, nameOf.class(n)));
  data.rooms.forEach((r, n) => take("room", n, r[0], r[1]));
  for (const [kind, n] of found.slice(0, 20)) {
    const link = element("a", `${nameOf[kind](n)} (${words()[kind]})`, element("li", null, list));
    link.href = `#${kind}-${n}`;
  }
  if (!found.length) element("li", words().none, list);
}

function speak(to) {
  document.documentElement.lang = to === "en" ? "en" : "zh-CN";
  draw();
  find();
}

search.addEventListener("input", find);
document.getElementById("lang").addEventListener("click", () => speak(lang() === "en" ? "zh" : "en"));
document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("hashchange", draw);
// Keys: / to search, arrows among what is found, Escape back to the first page.
document.addEventListener("keydown", event => {
  const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
  if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
  else if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
  else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] || search).focus(); }
  else if (event.key === "Enter" && document.activeElement === search && links.length) links[0].click();
  else if (event.key === "Escape") { search.value = ""; find(); location.hash = "#top"; }
});
draw();
