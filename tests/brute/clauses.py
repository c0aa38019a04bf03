"""A policy drawn by lot: some of the clauses, with any force and small numbers."""

# How often each force is drawn: legal, policy, preferred.
HARD, FIRM, SOFT = (65, 28, 7), (28, 42, 30), (5, 20, 75)
RANKS = {"exchange": (2, 3, 5), "staffing": (1, 3, 4), "timetable": (4,)}


def draw_policy(draw):
    rng, of, maybe = draw.rng, draw.of, draw.maybe
    clauses = []

    def clause(share, kind, part, rule, numbers=None, scope=None):
        if not maybe(share):
            return
        force = rng.choices(["legal", "policy", "prefer"], kind)[0]
        record = {"id": f"c{len(clauses) + 1}-{rule.replace('_', '-')}", "rule": {rule: numbers or {}}}
        if force == "prefer":
            prefer = {"rank": of(*RANKS[part]), "weight": of(1, 1, 2, 3)}
            if maybe(0.1):
                prefer["then"] = 1
            force = {"prefer": prefer}
            if maybe(0.2):
                record["cost"] = of("quadratic", "step")
        record["force"] = force
        if scope and maybe(0.15):
            record["scope"] = scope()
        clauses.append(record)

    def subjects():
        return {"subjects": [of(*draw.names)]}

    def people():
        return {"people": sorted({of(*draw.d["people"])["id"] for _ in range(2)})}

    several = len(draw.d["schools"]) > 1
    if several:
        exchange(draw, clause)
    staffing(draw, clause, several, subjects, people)
    timetable(draw, clause, several, subjects, people)
    rng.shuffle(clauses)
    return {"schema": "lunpai.policy/1", "id": f"brute-{draw.seed}", "title": {"zh": "抽签办法", "en": "Policy by lot"}, "clauses": clauses}


def exchange(draw, clause):
    """Half of the districts of several schools plan postings."""
    of, maybe = draw.of, draw.maybe
    if not maybe(0.55):
        return
    junior = set(draw.junior.values())
    clause(0.85, (80, 20, 0), "exchange", "eligible", {"min_years_at_school": of(3, 6)})
    clause(0.6, FIRM, "exchange", "quota", {"percent": of(10, 20, 34, 50), "within": of("district", "district", "each_school"),
                                            "rounding": of("up", "nearest", "down")})
    clause(0.2, FIRM, "exchange", "quota", {"percent": of(20, 50), "who": "backbone", "of": of("moved", "eligible_backbone")})
    if maybe(0.5):
        for s in draw.d["schools"]:
            s["quota"] = {"all": sum(p["employer"] == s["id"] for p in draw.d["people"]) + of(-1, 0, 0, 0, 1)}
        clause(0.9, FIRM, "exchange", "headcount", {"above": of(0, 0, 1), "below": of(0, 0, 1)})
    clause(0.4, SOFT, "exchange", "stability")
    if len(junior) == 1:
        clause(0.2, SOFT, "exchange", "balance", {"talent": of("school", "county")})
    clause(0.4, FIRM, "exchange", "agreed_postings")
    clause(0.3, FIRM, "exchange", "kin_avoid")
    clause(0.3, SOFT, "exchange", "wishes")
    clause(0.2, SOFT, "exchange", "no_school_worse")
    clause(0.1, SOFT, "exchange", "in_pairs", {"apart": of(0, 1)})
    clause(0.3, FIRM, "exchange", "training")


def staffing(draw, clause, several, subjects, people):
    of = draw.of
    clause(0.97, (85, 13, 2), "staffing", "qualified")
    clause(0.9, (60, 30, 10), "staffing", "load_cap", None, people)
    clause(0.1, FIRM, "staffing", "load_cap", {"over_target": of(0, 1, 2)})
    clause(0.95, (6, 15, 79), "staffing", "hours_in_full", None, subjects)
    clause(0.2, SOFT, "staffing", "fair_shortage", {"by": of("school", "school_subject", "class"), "spread": draw.maybe(0.2)})
    clause(0.4, SOFT, "staffing", "load_target", None, people)
    clause(0.15, SOFT, "staffing", "leaders_teach", {"min": of(1, 2)})
    clause(0.7, (90, 10, 0), "staffing", "one_teacher")
    if "meeting" in draw.names:
        clause(0.7, FIRM, "staffing", "class_teacher_course")
    clause(0.3, FIRM, "staffing", "preparations", {"max": of(1, 1, 2)}, people)
    if several:
        clause(0.3, FIRM, "staffing", "host_schools", {"max": of(0, 1, 1)})
        clause(0.2, FIRM, "staffing", "away_periods", {"max": of(1, 2, 3)})
        clause(0.2, SOFT, "staffing", "host_periods", {"min": of(1, 2)})
        clause(0.4, SOFT, "staffing", "visits")
        clause(0.3, FIRM, "staffing", "commute", {"max_minutes": of(10, 15, 20, 30)})
        clause(0.3, FIRM, "staffing", "group_permits")


def timetable(draw, clause, several, subjects, people):
    of, maybe = draw.of, draw.maybe
    clause(0.97, (88, 10, 2), "timetable", "class_clash")
    clause(0.97, (88, 10, 2), "timetable", "teacher_clash")
    if draw.d.get("rooms"):
        clause(0.9, HARD, "timetable", "room_clash")
        clause(0.9, HARD, "timetable", "room_fit")
        clause(0.8, HARD, "timetable", "lab_windows")
    clause(0.8, HARD, "timetable", "unavailable", None, people)
    clause(0.8, FIRM, "timetable", "research_block")
    clause(0.8, HARD, "timetable", "fixed_block")
    clause(0.7, FIRM, "timetable", "doubles")
    clause(0.85, HARD, "timetable", "locked")
    clause(0.6, FIRM, "timetable", "spread", None, subjects)
    clause(0.3, SOFT, "timetable", "daily_load", {"max": of(1, 2, 2)}, people)
    clause(0.25, SOFT, "timetable", "longest_run", {"max": of(1, 2)}, people)
    clause(0.3, SOFT, "timetable", "idle_periods", {"max": of(0, 0, 1)}, people)
    clause(0.4, SOFT, "timetable", "preferred_half", {"half": of("am", "am", "pm"), "of": of("main", "all", "sport")}, subjects)
    clause(0.3, SOFT, "timetable", "avoided_periods", {"of": of("sport", "all"), of("first", "last", "after_lunch"): True}, subjects)
    if "pe" in draw.names and maybe(0.3):
        clause(1, SOFT, "timetable", "daily_exercise", {"min_minutes": of(30, 40)})
    if several:
        clause(0.85, (75, 20, 5), "timetable", "travel_time", {"margin_minutes": of(0, 5, 5, 10)})
        clause(0.4, FIRM, "timetable", "half_day_school")
        if not draw.two_weeks:
            clause(0.3, FIRM, "timetable", "away_days", {"max_days": of(1, 1, 2)})
        clause(0.2, SOFT, "timetable", "lunch_travel", {"longest_minutes": of(0, 10)})
        clause(0.2, SOFT, "timetable", "class_teacher_present")
