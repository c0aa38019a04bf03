"""./x brute [N] [--seed S]: N small districts drawn by lot, planned by the program and judged by trying all plans.

One line a district goes into benches/results/brute.csv; a district that already has a line of the same build is passed over. Ends
with 1 when the program and this one differ anywhere, and leaves the district of each difference in a directory that it names.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import naive  # noqa: E402
from clauses import draw_policy  # noqa: E402
from compare import BUDGET, Comparison, Run, names_of  # noqa: E402
from draw import Draw  # noqa: E402
from ledger import load  # noqa: E402
from least import Search, TooBig  # noqa: E402
from shrink import shrunk  # noqa: E402

HEAD = ["commit", "seed", "schools", "classes", "people", "lessons", "clauses", "limit", "least", "exit", "claim", "score", "wrong", "untried"]
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def drawn(name):
    """The district of a seed: (name, district, policy, ledger, best plan or None). A draw with more branches than can be tried is
    drawn again, and so are two of three in which nothing legal exists: 7.2 is the third draw of seed 7, 7 the first that stays."""
    seed, _, exact = name.partition(".")
    for again in [int(exact)] if exact else range(1000):
        draw = Draw(f"{seed}.{again}")
        district = draw.district()
        policy = draw_policy(draw)
        ledger = load(district, policy)
        try:
            best = Search(ledger, BUDGET).least_from_below()
        except TooBig:
            continue
        if best is None and not exact and random.Random(f"{seed}.{again} stays").random() < 0.65:
            continue
        return f"{seed}.{again}", district, policy, ledger, best
    raise SystemExit(f"seed {name}: nothing small enough in 1,000 draws")


def build(root):
    """The commit that is judged; a + behind it says that something is not committed."""
    def git(*words):
        return subprocess.run(["git", "-C", root, *words], capture_output=True, text=True).stdout.strip()
    return os.environ.get("LUNPAI_COMMIT") or git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "-uno", "--", "src", "Cargo.lock") else "")


def one(name, options):
    name, district, policy, ledger, best = drawn(name)
    keep = options.keep and os.path.join(options.keep, name)
    run = Run(options.program, district, policy, options.limit, name.partition(".")[0], keep)
    comparison = Comparison(district, policy, best, run)
    verdict = comparison.all()
    comparison.check_witness(options.program)
    told = names_of(ledger, ledger.split(best.score)) if best else "no legal plan"
    manifest = run.manifest or {}
    values = {n: v for n, v in (manifest.get("score") or {}).items() if n not in ("structure", "legal")}
    line = [name, len(district["schools"]), len(district["classes"]), len(district["people"]), len(ledger.world.lessons),
            len(policy["clauses"]), "".join(options.limit), told, run.exit, manifest.get("claim", ""),
            " ".join(f"{n}={v}" for n, v in values.items()) if run.exit == 0 else "",
            " ".join(sorted({kind for kind, _ in verdict.wrong})), len(verdict.untried)]
    return line, verdict, comparison


def show(comparison):
    """The district of a difference stays, both files, what came out, and the least plan as least.json."""
    if comparison.best:
        with open(os.path.join(comparison.run.place, "least.json"), "w", encoding="utf-8") as file:
            json.dump(comparison.witness(), file, ensure_ascii=False, indent=1)
    return comparison.run.place


def reduced(options):
    """One draw and one kind of difference: what is left of it stays in a directory."""
    name, kind = options.shrink
    _, district, policy, _, _ = drawn(name)
    district, policy = shrunk(options, district, policy, kind)
    best = Search(load(district, policy), BUDGET).least_from_below()
    comparison = Comparison(district, policy, best, Run(options.program, district, policy, options.limit, "0", options.keep))
    for found, what in comparison.all().wrong:
        print(f"{found}: {what}")
    print(show(comparison))


def done_before(options, commit):
    """Seeds that have a line of this build and limit, and how many of those asked for differ."""
    if options.results == "-":
        return {}
    if not os.path.exists(options.results):
        with open(options.results, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerow(HEAD)
    with open(options.results, newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["commit"] == commit and r["limit"] == "".join(options.limit)]
    return {key: bool(r["wrong"]) for r in rows for key in (r["seed"], r["seed"].partition(".")[0])}


def by_hand(options):
    tried, bad, seed = 0, 0, options.seed
    while tried < options.naive:
        draw = Draw(f"naive {seed}")
        district = draw.district()
        agrees = naive.agrees(load(district, draw_policy(draw)))
        tried, bad, seed = tried + (agrees is not None), bad + (agrees is False), seed + 1
        if agrees is False:
            print(f"seed {seed - 1}: the search is not the least of all plans")
    print(f"{tried} districts, {bad} with differences")
    sys.exit(1 if bad else 0)


def main():
    parser = argparse.ArgumentParser(prog="./x brute", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1, help="seed of the first district; the others follow")
    parser.add_argument("--only", help="draws such as 7.2,9.0 in place of N seeds")
    parser.add_argument("--work", default="2000000", help="limit of each solve")
    parser.add_argument("--time", help="seconds of each solve, in place of --work")
    parser.add_argument("--program", default=os.environ.get("LUNPAI", os.path.join(ROOT, "target", "debug", "lunpai")))
    parser.add_argument("--results", default=os.path.join(ROOT, "benches", "results", "brute.csv"), help="- writes no lines")
    parser.add_argument("--keep", help="directory in which all runs stay")
    parser.add_argument("--shrink", nargs=2, metavar=("DRAW", "KIND"), help="make the district of a difference smaller while it stays")
    parser.add_argument("--naive", type=int, help="only hold the search of so many of the smallest districts against writing down all plans")
    options = parser.parse_args()
    options.limit = ("--time", options.time) if options.time else ("--work", options.work)
    if options.naive:
        by_hand(options)
    if options.shrink:
        return reduced(options)
    names = options.only.split(",") if options.only else [str(s) for s in range(options.seed, options.seed + options.number)]
    commit = build(ROOT)
    done, bad = done_before(options, commit), 0
    for name in names:
        if name in done:
            bad += done[name]
            continue
        line, verdict, comparison = one(name, options)
        if options.results != "-":
            with open(options.results, "a", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerow([commit, *line])
        print(*line, "|", "; ".join(verdict.notes), flush=True)
        for kind, what in verdict.wrong:
            print(f"  {kind}: {what}", flush=True)
        if verdict.wrong:
            bad += 1
            print(f"  {show(comparison)}", flush=True)
        else:
            comparison.run.close()
    print(f"{len(names)} districts, {bad} with differences")
    sys.exit(1 if bad else 0)


main()
