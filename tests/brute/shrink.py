"""Makes a district with a difference smaller, part by part, while the same kind of difference stays."""
import copy

from compare import BUDGET, Comparison, Run
from ledger import load
from least import Search, TooBig

EXTRAS = ("unavailable", "wishes", "locks", "deferrals", "posts", "talent", "kin", "service_until", "training_due", "longest_trip_minutes",
          "closed", "class_teacher", "open", "setup_minutes", "clearing_minutes", "doubles", "room", "split", "joins_next", "quota", "scope", "cost")


def smaller(district, policy):
    """Every district and policy that lacks one part."""
    for n in range(len(policy["clauses"])):
        less = copy.deepcopy(policy)
        del less["clauses"][n]
        yield district, less
    for part in ("groups", "blocks", "locked_lessons", "courses", "rooms", "people", "classes", "curriculum", "schools"):
        for n in range(len(district.get(part, []))):
            less = copy.deepcopy(district)
            del less[part][n]
            if not less[part]:
                del less[part]
            yield less, policy
    for part in ("people", "classes", "courses", "rooms", "curriculum", "schools"):
        for n, record in enumerate(district.get(part, [])):
            for field in EXTRAS:
                if field in record:
                    less = copy.deepcopy(district)
                    del less[part][n][field]
                    yield less, policy
    for n, record in enumerate(policy["clauses"]):
        for field in EXTRAS:
            if field in record:
                less = copy.deepcopy(policy)
                del less["clauses"][n][field]
                yield district, less


def kinds(options, district, policy):
    """The kinds of difference; none where the district is no longer one that can be read and tried."""
    try:
        best = Search(load(district, policy), BUDGET).least_from_below()
        comparison = Comparison(district, policy, best, Run(options.program, district, policy, options.limit, "0"))
    except (TooBig, KeyError, IndexError, ValueError):
        return set()
    verdict = comparison.all()
    comparison.run.close()
    refusal = {code for code in ("E-REF", "E-JSON") if code in comparison.run.validate_text}
    return set() if refusal else {kind for kind, _ in verdict.wrong}


def shrunk(options, district, policy, kind):
    again = True
    while again:
        again = False
        for less in smaller(district, policy):
            if kind in kinds(options, *less):
                (district, policy), again = less, True
                break
    return district, policy
