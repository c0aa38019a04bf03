"""Small districts drawn by lot, each small enough that all its plans can be tried.

What is drawn: 1 to 3 schools, 1 to 4 classes, 2 to 5 teachers, weeks of 2 to 6 cells, and a policy of some of the clauses with any force.
Some are contradictory on purpose. Everything is invented.
"""
import random

SUBJECTS = {
    "chinese": {"main": True}, "maths": {"main": True}, "pe": {"sport": True}, "art": {"arts": True},
    "science": {}, "meeting": {"any_teacher": True, "class_meeting": True}, "labour": {"any_teacher": True},
}
NAMES = {"chinese": ("语文", "Chinese"), "maths": ("数学", "Maths"), "pe": ("体育", "PE"), "art": ("美术", "Art"),
         "science": ("科学", "Science"), "meeting": ("班会", "Class meeting"), "labour": ("劳动", "Labour")}


def text(zh, en=None):
    return {"zh": zh, "en": en or zh}


def hour(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


class Draw:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.seed = seed

    def maybe(self, share):
        return self.rng.random() < share

    def of(self, *options):
        return self.rng.choice(options)

    def district(self):
        self.draw_shape()
        self.draw_week()
        self.draw_schools()
        self.draw_curriculum()
        self.draw_people()
        self.draw_classes()
        self.draw_courses()
        self.draw_rooms()
        self.draw_blocks()
        self.draw_locks()
        return self.d

    # -- the district --------------------------------------------------------------------------------------------

    def draw_shape(self):
        self.n_schools = self.rng.choices([1, 2, 3], [35, 47, 18])[0]
        self.n_classes = max(self.n_schools if self.maybe(0.8) else 1, self.of(1, 1, 2, 2, 3, 4))
        self.n_classes = min(4, self.n_classes)
        self.two_weeks = self.maybe(0.1)
        self.d = {"schema": "lunpai.district/1", "id": f"brute-{self.seed}", "title": text(f"小学区 {self.seed}", f"Brute {self.seed}"),
                  "demo": True, "term": {"id": "2026-1", "first_day": "2026-09-01", "last_day": "2027-01-22"}}
        if self.two_weeks:
            self.d["cycle_weeks"] = 2

    def bell(self, id, days, start):
        shape = self.shape
        cells, at = [], start
        for half, count in shape:
            if half == "pm":
                at = max(at + 60, 14 * 60 + self.of(0, 10))
            for n in range(count):
                cells.append({"start": hour(at), "end": hour(at + 40), "half": half})
                if n + 1 < count and self.maybe(0.6):
                    cells[-1]["joins_next"] = True
                at += 40 + self.of(5, 10, 10, 30)
        return {"id": id, "weekdays": list(range(1, days + 1)), "cells": cells}

    def draw_week(self):
        self.days, self.shape = self.of(
            (1, [("am", 2)]), (1, [("am", 3)]), (1, [("am", 2), ("pm", 1)]), (1, [("am", 2), ("pm", 2)]), (2, [("am", 1), ("pm", 1)]),
            (2, [("am", 2)]), (2, [("am", 2)]), (2, [("am", 2), ("pm", 1)]), (2, [("am", 2), ("pm", 1)]), (3, [("am", 2)]),
            (3, [("am", 1), ("pm", 1)]), (2, [("am", 3)]))
        self.n_cells = self.days * sum(n for _, n in self.shape)
        self.d["bells"] = [self.bell("b1", self.days, 8 * 60 + self.of(0, 30))]
        if self.n_schools > 1 and self.maybe(0.3):
            self.d["bells"].append(self.bell("b2", self.days, 8 * 60 + self.of(0, 20, 40)))

    def draw_schools(self):
        ids = ["A", "B", "C"][:self.n_schools]
        self.junior = {s: self.maybe(0.2) for s in ids} if self.n_schools > 1 else {"A": self.maybe(0.2)}
        self.d["schools"] = []
        for s in ids:
            stage = "junior" if self.junior[s] else "primary"
            self.d["schools"].append({"id": s, "name": text(f"{s}校", f"School {s}"), "stages": [stage],
                                      "pupils": {stage: self.of(40, 80, 120)}})
        self.d["travel"] = {"trips": []}
        for i, a in enumerate(ids):
            for b in ids[i + 1:]:
                self.d["travel"]["trips"].append({"from": a, "to": b, "minutes": self.of(5, 10, 20, 30), "both_ways": True})
        if self.n_schools > 1 and self.maybe(0.4):
            members = ids[1:] if self.maybe(0.7) else ids[1:2]
            self.d["groups"] = [{"id": "g1", "name": text("共同体", "Group"), "kind": self.of("town_centre", "alliance", "cooperation"),
                                 "lead": "A", "members": members}]

    def draw_curriculum(self):
        names = self.rng.sample(["chinese", "maths", "pe", "art", "science"], self.of(1, 2, 2, 3))
        if self.maybe(0.4):
            names.append(self.of("meeting", "meeting", "labour"))
        self.names = names
        self.d["subjects"] = [{"id": s, "name": text(*NAMES[s]), **SUBJECTS[s]} for s in names]
        self.grades = {s: 7 if self.junior[s] else self.of(1, 1, 2) for s in self.junior}
        self.closed = self.maybe(0.25)  # each class may have one closed cell
        cells = self.n_cells - self.closed
        wanted = max(1, min(6, round(cells * self.of(0.5, 0.7, 0.85, 1.0, 1.0, 1.0))))
        if self.maybe(0.02):
            wanted = cells + 1
        roomy = sum(n // 2 for _, n in self.shape) * self.days - self.closed > 0
        self.d["curriculum"] = []
        for grade in sorted(set(self.grades.values())):
            periods = dict.fromkeys(names, 1)
            while sum(periods.values()) > wanted and len(periods) > 1:
                periods.popitem()
            while sum(periods.values()) < wanted:
                periods[self.of(*[s for s in periods if s != "meeting"] or list(periods))] += 1
            for s, n in periods.items():
                line = {"grade": grade, "subject": s, "periods": n}
                if n >= 2 and roomy and self.maybe(0.25) or self.maybe(0.01) and n >= 2:
                    line["doubles"] = 1
                    roomy = self.maybe(0.2)
                if s == "science" and self.maybe(0.7):
                    line["room"] = {"kind": "lab"}
                self.d["curriculum"].append(line)

    def draw_people(self):
        schools, count = list(self.junior), self.of(2, 3, 3, 4, 5)
        need = sum(line["periods"] for line in self.d["curriculum"]) * self.n_classes // max(1, len(set(self.grades.values())))
        self.d["people"] = []
        for n in range(count):
            s = schools[n % len(schools)] if n < len(schools) else self.of(*schools)
            target = max(1, need // count + self.of(-1, 0, 0, 1))
            p = {"id": f"t{n + 1}", "employer": s, "category": "leader" if self.maybe(0.1) else "teacher", "sex": self.of("female", "male"),
                 "born": self.of("1985-05", "1985-05", "1985-05", "1985-05", "1967-05"),
                 "subjects": self.certificates(s), "years_at_school": self.of(2, 8, 8, 8), "years_in_subject": 8}
            p["load_target"] = target * (2 if self.two_weeks else 1)
            p["load_cap"] = p["load_target"] + self.of(0, 0, 1, 2) * (2 if self.two_weeks else 1)
            if self.maybe(0.2):
                p["talent"] = self.of("school", "county", "city")
            if self.maybe(0.1):
                p["posts"] = [{"post": "group_head", "periods": 1}]
            self.d["people"].append(p | self.circumstances(s, schools))
        if count > 1 and self.maybe(0.08):
            self.d["people"][0]["kin"] = [{"person": "t2", "tie": "avoid"}]

    def certificates(self, school):
        names = [s for s in self.names if s not in ("meeting", "labour")]
        stage = self.of("junior", "primary") if not self.junior[school] else "junior"
        return [{"subject": s, "stage": stage} for s in self.rng.sample(names, min(len(names), self.of(1, 1, 1, 2)))]

    def circumstances(self, school, schools):
        more, others = {}, [s for s in schools if s != school]
        if self.maybe(0.25):
            day = self.of(*range(1, self.days + 1))
            begin, end = self.of(("07:30", "12:00"), ("13:00", "17:00"), ("07:30", "17:00"), ("07:30", "09:00"))
            more["unavailable"] = [{"weekday": day, "from": begin, "to": end}]
            if self.two_weeks and self.maybe(0.5):
                more["unavailable"][0]["weeks"] = self.of("odd", "even")
        if others and self.maybe(0.2):
            more["wishes"] = {"schools": [self.of(*others)], "volunteers": self.maybe(0.3), "accepts_any": self.maybe(0.3)}
        if others and self.maybe(0.07):
            more["locks"] = {"posted_to": self.of(*others)}
        elif self.maybe(0.07):
            more["locks"] = {"stays": True}
        if self.maybe(0.06):
            more["deferrals"] = [{"code": "health", "until": self.of("2027-08", "2026-03")}]
        if self.maybe(0.04):
            more["service_until"] = self.of("2028-08", "2025-08")
        if self.maybe(0.04):
            more["training_due"] = True
        if others and self.maybe(0.05):
            more["longest_trip_minutes"] = self.of(5, 15)
        return more

    def draw_classes(self):
        schools = list(self.junior)
        self.d["classes"] = []
        for n in range(self.n_classes):
            s = schools[n % len(schools)]
            bell = "b2" if len(self.d["bells"]) > 1 and s == schools[-1] else "b1"
            c = {"id": f"{s.lower()}{n + 1}", "school": s, "grade": self.grades[s], "name": text(f"{n + 1}班", f"Class {n + 1}"),
                 "pupils": self.of(30, 36, 44), "bell": bell}
            if self.closed and self.maybe(0.6):
                cells = len(self.d["bells"][0]["cells"])
                c["closed"] = [{"weekday": self.of(*range(1, self.days + 1)), "period": self.of(*range(1, cells + 1))}]
            there = [p["id"] for p in self.d["people"] if p["employer"] == s]
            if there and self.maybe(0.6):
                c["class_teacher"] = self.of(*there)
            self.d["classes"].append(c)

    def draw_courses(self):
        courses, self.given = [], {}
        classes = self.d["classes"]
        for c in classes:
            for line in self.d["curriculum"]:
                if line["grade"] != c["grade"]:
                    continue
                name = f"{c['id']}.{line['subject']}"
                sizes = [2] * line.get("doubles", 0) + [1] * (line["periods"] - 2 * line.get("doubles", 0))
                room = {"room": line["room"]} if "room" in line else {}
                special = {"id": name, "classes": [c["id"]], "subject": line["subject"],
                           "blocks": [{"periods": n, **room} for n in sizes]}
                if self.maybe(0.12) or self.given_all:
                    special["teachers"] = [{"role": "lead", "person": self.fitting(line["subject"], line["grade"], line["periods"])}]
                elif self.maybe(0.06) and len(sizes) > 1:
                    special["split"] = True
                elif self.maybe(0.03):
                    special["teachers"] = [{"role": "lead"}, {"role": "helper"}]
                elif self.two_weeks and self.maybe(0.4):
                    weeks = self.of("odd", "even")
                    for b in special["blocks"]:
                        if self.maybe(0.7):
                            b["weeks"] = weeks
                else:
                    continue
                courses.append(special)
        self.combine(courses)
        if courses:
            self.d["courses"] = courses

    @property
    def given_all(self):
        if not hasattr(self, "_given"):
            self._given = self.maybe(0.1)
        return self._given

    def fitting(self, subject, grade, periods):
        """Somebody with the certificate, the least burdened; now and then anybody."""
        stage = "junior" if grade >= 7 else "primary"
        fit = [p for p in self.d["people"] if any(s["subject"] == subject and s["stage"] in (stage, "junior") for s in p["subjects"])]
        if not fit or self.maybe(0.05):
            fit = self.d["people"]
        chosen = min(fit, key=lambda p: self.given.get(p["id"], 0))
        load = periods * (2 if self.two_weeks else 1)
        total = self.given[chosen["id"]] = self.given.get(chosen["id"], 0) + load
        if self.maybe(0.95):
            chosen["load_cap"] = max(chosen["load_cap"], total + sum(x["periods"] for x in chosen.get("posts", [])))
        return chosen["id"]

    def combine(self, courses):
        """Two classes of a school and grade: a combined course, or two courses of a band, in place of a line."""
        classes = self.d["classes"]
        pairs = [(a, b) for i, a in enumerate(classes) for b in classes[i + 1:] if a["school"] == b["school"]]
        if not pairs or not self.maybe(0.25):
            return
        a, b = self.of(*pairs)
        taken = {(c, x["subject"]) for x in courses for c in x["classes"]}
        lines = [l for l in self.d["curriculum"] if l["grade"] == a["grade"] and l["subject"] != "meeting"
                 and (a["id"], l["subject"]) not in taken and (b["id"], l["subject"]) not in taken]
        if not lines:
            return
        both = [a["id"], b["id"]]
        if len(lines) >= 2 and self.maybe(0.4) and lines[0]["periods"] == lines[1]["periods"]:
            for l in lines[:2]:
                courses.append({"id": f"band.{l['subject']}", "classes": both, "subject": l["subject"], "band": "band1",
                                "blocks": [{"periods": 1} for _ in range(l["periods"])]})
        else:
            l = lines[0]
            courses.append({"id": f"both.{l['subject']}", "classes": both, "subject": l["subject"],
                            "blocks": [{"periods": 1} for _ in range(l["periods"])]})

    def draw_rooms(self):
        if not any("room" in str(x) for x in (self.d["curriculum"], self.d.get("courses"))):
            return
        self.d["rooms"] = []
        for s in self.junior:
            for n in range(self.of(1, 1, 1, 2)):
                room = {"id": f"{s}-lab-{n + 1}", "name": text(f"{s}-实验室{n + 1}"), "site": s, "kind": "lab", "units": 1,
                        "seats": self.of(48, 48, 48, 48, 40)}
                if self.maybe(0.3):
                    room["open"] = [{"weekday": day, "from": "07:30", "to": self.of("12:00", "17:00")}
                                    for day in range(1, self.days + 1) if self.maybe(0.8)]
                    if not room["open"]:
                        del room["open"]
                if self.maybe(0.15):
                    room["setup_minutes"], room["clearing_minutes"] = self.of(0, 5), self.of(0, 10, 15)
                self.d["rooms"].append(room)

    def draw_blocks(self):
        blocks = []
        for n in range(self.of(0, 0, 1, 1, 2)):
            bell = self.d["bells"][0]["cells"]
            cell = self.of(*bell)
            block = {"id": f"k{n + 1}", "name": text(f"活动{n + 1}", f"Block {n + 1}"),
                     "kind": self.of("research", "research", "meeting", "assembly", "duty", "club"),
                     "when": [{"weekday": self.of(*range(1, self.days + 1)), "from": cell["start"], "to": cell["end"]}]}
            if self.two_weeks and self.maybe(0.4):
                block["when"][0]["weeks"] = self.of("odd", "even")
            if block["kind"] == "research":
                block["subjects"] = [self.of(*self.names)]
                if self.maybe(0.3):
                    block["schools"] = [self.of(*self.junior)]
            elif block["kind"] in ("meeting", "duty"):
                block["people"] = [self.of(*self.d["people"])["id"]]
            else:
                block["classes"] = [self.of(*self.d["classes"])["id"]]
            blocks.append(block)
        if blocks:
            self.d["blocks"] = blocks

    def draw_locks(self):
        locks = []
        for _ in range(self.of(0, 0, 0, 1, 2)):
            c = self.of(*self.d["classes"])
            line = self.of(*[l for l in self.d["curriculum"] if l["grade"] == c["grade"]])
            name = f"{c['id']}.{line['subject']}"
            combined = [x for x in self.d.get("courses", []) if len(x["classes"]) > 1 and c["id"] in x["classes"]
                        and x["subject"] == line["subject"]]
            if not combined and not any(l["course"] == name for l in locks) and not line.get("doubles"):
                locks.append({"course": name, "block": 1, "at": {"weekday": self.of(*range(1, self.days + 1)),
                                                                 "period": self.of(*range(1, len(self.d["bells"][0]["cells"]) + 1))}})
        closed = {(c["id"], x["weekday"], x["period"]) for c in self.d["classes"] for x in c.get("closed", [])}
        locks = [l for l in locks if (l["course"].split(".")[0], l["at"]["weekday"], l["at"]["period"]) not in closed]
        if locks:
            self.d["locked_lessons"] = locks
