#!/usr/bin/env python3
"""metrics.py YARDSTICK STUDY NAME=DISTRICT...: every cell of STUDY/runs.csv again from the plans' postings; exit 1 if one differs.
Written from the pages of the book, not from the code. Of clauses it knows those of instances/policies/national-2014.json."""
import csv, json, sys
from collections import Counter, deque
TALENTS, STAGES = ["none", "school", "county", "city", "province", "special"], ["kindergarten", "primary", "junior", "senior"]
INDICATORS = ["higher_degree", "backbone", "sport_arts", "floor_area", "sports_area", "equipment", "multimedia_rooms"]
month, level = lambda text: int(text[:4]) * 12 + int(text[5:7]) - 1, lambda p: TALENTS.index(p.get("talent", "none"))
holds, worker = lambda p: {held["subject"] for held in p.get("subjects", [])}, lambda p: p.get("category") == "worker"
wish, lock = lambda p: p.get("wishes", {}), lambda p: p.get("locks", {})
def eligible(p, start, rule):
    runs = lambda until: until is None or start is not None and month(until) >= start
    if p.get("born") and start is not None:
        woman, born = p.get("sex") == "female", month(p["born"])
        base, first, step, most = ((50, 1975, 2, 60) if worker(p) else (55, 1970, 4, 36)) if woman else (60, 1965, 4, 36)
        left = born + base * 12 + max(0, min((born - first * 12) // step + 1, most)) - start
        if left <= 12 * rule.get("more_than_years_to_retirement", 5): return False
    return not (worker(p) or lock(p).get("stays") or p.get("years_at_school", 0) < rule.get("min_years_at_school", 6)
        or any(runs(d.get("until")) for d in p.get("deferrals", [])) or p.get("service_until") and runs(p["service_until"])
        or (p.get("assessments") or [""])[0] == "failed")

def walks(moves, order):
    """(steps, closed) of each: the shortest closed walk again and again, then chains from where nobody comes any more."""
    after = lambda at: sorted({to for (start, to), left in moves.items() if start == at and left > 0}, key=order.index)
    def cycle(start):
        ways, seen = deque([[start]]), set()
        while ways:
            way = ways.popleft()
            for to in after(way[-1]):
                if to == start: return way + [to]
                ways.extend([] if to in seen else [way + [to]])
                seen.add(to)
    while any(moves.values()):
        closed = [way for way in map(cycle, order) if way]
        way = min(closed, key=len) if closed else [next(s for s in order if after(s) and not any(s in after(o) for o in order))]
        while not closed and after(way[-1]):
            way.append(after(way[-1])[0])
        moves.subtract(zip(way, way[1:]))
        yield len(way) - 1, bool(closed)

def metrics(district, yardstick, plan):
    people, schools, groups = district["people"], district["schools"], district.get("groups", [])
    start = month(district["term"]["first_day"]) if district.get("term") else None
    before = {p["id"]: p.get("works_at") or p["employer"] for p in people}
    to = {row["person"]: row["to"] for row in plan.get("postings", [])}
    came = {row["person"] for row in plan.get("postings", []) if row["form"] not in ("shadowing", "concurrent")}
    after = {i: to[i] if i in came else at for i, at in before.items()}
    posted = [p for p in people if to.get(p["id"], p["employer"]) != p["employer"]]
    moved = [p for p in posted if before[p["id"]] != after[p["id"]]]
    ways = list(walks(Counter((before[i], to[i]) for i in came if before[i] != to[i]), [s["id"] for s in schools]))
    found = {"moved": len(moved), "backbone_moved": sum(level(p) > 1 for p in moved), "blocking": 0, "chains": sum(not c for _, c in ways),
        "swaps": ways.count((2, True)), "cycles": sum(c and n != 2 for n, c in ways)}
    for p in (p for p in people if p in posted and p["id"] in came or wish(p).get("volunteers") and eligible(p, start, {})):
        wished = wish(p).get("schools", [])
        for school in wished[:wished.index(after[p["id"]]) if after[p["id"]] in wished else None]:
            found["blocking"] += any(after[o["id"]] == school and level(o) < level(p) and holds(o) & holds(p) for o in posted if o["id"] in came)
    special = {s["id"] for s in district.get("subjects", []) if s.get("sport") or s.get("arts")}
    counts = {"higher_degree": lambda p: bool(p.get("higher_degree")), "backbone": lambda p: level(p) > 1, "sport_arts": lambda p: bool(holds(p) & special)}
    for stage, name in ((stage, name) for stage in STAGES for name in INDICATORS):
        pairs, had = [], 0
        for s in (s for s in schools if s.get("pupils", {}).get(stage) and sum(s["pupils"].values()) >= 50):
            here = lambda at: sum(at[p["id"]] == s["id"] and not worker(p) and counts[name](p) for p in people)
            if name in counts or name in s.get("indicators", {}):
                value = here(after) * 100 / sum(s["pupils"].values()) if name in counts else s["indicators"][name] / 100
                had += here(before) if name in counts else value
                pairs.append((s["pupils"][stage], value))
        for key, list_ in (("cv", pairs), ("cv_unweighted", [(1, value) for _, value in pairs])):
            if len(pairs) > 1 and had > 0 and any(value > 0 for _, value in pairs):
                total, mean = sum(w for w, _ in list_), sum(w * v for w, v in list_) / sum(w for w, _ in list_)
                found[f"{key}.{stage}.{name}"] = (sum(w * (v - mean) ** 2 for w, v in list_) / total) ** 0.5 / mean * 1000
    asked = [p for p in people if eligible(p, start, next((c["rule"]["eligible"] for c in yardstick["clauses"] if "eligible" in c["rule"]), {}))]
    few = lambda r: (asked, moved) if r["who"] == "all" else (moved, [p for p in moved if level(p) > 1])
    staff, was, ideal = Counter(after.values()), Counter(before.values()), lambda n, own, pupils: (2 * n * own + pupils) // (2 * pupils)
    apart = lambda r, q, w, n: max(0, min(q, w) - r["below"] - n, n - max(q, w) - r["above"])
    skilled = lambda r, at, s: sum(at[p["id"]] == s["id"] and not worker(p) and level(p) >= TALENTS.index(r["talent"]) for p in people)
    stages = [[(s, s["pupils"][stage]) for s in schools if s.get("pupils", {}).get(stage)] for stage in STAGES]
    avoid = {frozenset((p["id"], k["person"])) for p in people for k in p.get("kin", []) if k["tie"] == "avoid" and k["person"] != p["id"]}
    together = lambda a, b: not groups or any({a, b} <= {*g.get("members", []), g.get("lead")} for g in groups)
    known, agreed = {(row["person"], row["to"]) for row in (district.get("baseline") or {}).get("postings", [])}, lambda p: lock(p).get("posted_to")
    clauses = {"quota": lambda r: max(0, -(-len(few(r)[0]) * r["percent"] // 100) - len(few(r)[1])),
        "headcount": lambda r: sum(apart(r, s["quota"]["all"], was[s["id"]], staff[s["id"]]) for s in schools if "all" in s.get("quota", {})),
        "balance": lambda r: sum(abs(skilled(r, after, s) - ideal(sum(skilled(r, before, o) for o, _ in l), n, sum(n for _, n in l))) for l in stages for s, n in l),
        "kin_avoid": lambda _: sum(len({after[i] for i in pair}) == 1 and {before[i] for i in pair} != {after[i] for i in pair} for pair in avoid),
        "eligible": lambda _: sum(not (p in asked or wish(p).get("volunteers") or agreed(p) == to[p["id"]]) for p in posted),
        "group_permits": lambda _: sum(not together(before[p["id"]], to[p["id"]]) for p in posted if before[p["id"]] != to[p["id"]]),
        "agreed_postings": lambda _: sum((agreed(p) is not None and agreed(p) != to.get(p["id"], before[p["id"]])) + (bool(lock(p).get("stays")) and p["id"] in to) for p in people),
        "stability": lambda _: sum((p["id"], to[p["id"]]) not in known for p in posted),
        "wishes": lambda _: sum(not (wish(p).get("accepts_any") or to[p["id"]] in [*wish(p).get("schools", []), agreed(p)]) for p in posted)}
    rules = [(c["id"], *item) for c in yardstick["clauses"] if not c.get("off") for item in c["rule"].items()]
    return found | {f"clause.{i}": clauses[name](rule) for i, name, rule in rules if name in clauses}
yardstick, study, wrong, cells = json.load(open(sys.argv[1])), sys.argv[2], 0, 0
districts = {name: json.load(open(path)) for name, path in (pair.split("=", 1) for pair in sys.argv[3:])}
for row in (row for row in csv.DictReader(open(f"{study}/runs.csv")) if row["status"] == "planned"):
    told = metrics(districts[row["district"]], yardstick, json.load(open(f"{study}/plans/{row['district']}.{row['policy']}.{row['seed']}.json")))
    for name in [name for name in row if name not in ("district", "policy", "seed", "status", "proved", "kept")]:
        same = told.get(name) is None if row[name] == "" else name in told and abs(told[name] - float(row[name])) <= 0.501
        cells, wrong = cells + 1, wrong + (not same)
        same or print(row["district"], row["policy"], row["seed"], name, row[name], told.get(name))
print(f"{cells} cells, {wrong} differ")
sys.exit(1 if wrong or not cells else 0)
