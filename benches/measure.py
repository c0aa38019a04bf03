"""What the benches that compare processes share: the processor time of a child at any moment, lines that are made once, medians."""

import csv
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NEW = Path(os.environ.get("LUNPAI", Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug/lunpai"))
OLD = os.environ.get("OLD")


def said(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, cwd=ROOT).stdout.strip()


def commit():
    """The commit that the new build is of: COMMIT, else the checkout's; with + where the sources are not as committed."""
    if os.environ.get("COMMIT"):
        return os.environ["COMMIT"]
    changed = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", "src", "Cargo.toml", "Cargo.lock"], cwd=ROOT).returncode
    return said("git", "rev-parse", "--short=7", "HEAD") + ("+" if changed else "")


def fixed_priority():
    """Words before a command that give it a fixed priority, where that is allowed."""
    words = ["chrt", "-r", "10"]
    try:
        allowed = subprocess.run([*words, "true"], stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        allowed = False
    return words if allowed else []


def watcher(folder):
    """The library that marks.c is, compiled into the folder."""
    library = Path(folder) / "marks.so"
    if not library.exists():
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "marks.c", "-ldl"], check=True)
    return library


class Run:
    """A child: its exit code, wall and processor seconds; `marks` has, for each of the words that it said, its processor seconds by then."""

    def __init__(self, command, words=(), folder=None):
        environment, marks = dict(os.environ), None
        if words:
            marks = Path(folder) / "marks"
            marks.unlink(missing_ok=True)
            environment |= {"LD_PRELOAD": str(watcher(folder)), "MARKS": str(marks)}
            environment |= {f"MARK_{number}": word for number, word in enumerate(words)}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        began = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], env=environment, **quiet)
        _, status, used = os.wait4(child.pid, 0)
        self.exit = child.returncode = os.waitstatus_to_exitcode(status)
        self.wall, self.cpu, self.peak_kib = time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss
        lines = marks.read_text().splitlines() if marks and marks.exists() else []
        self.marks = {words[int(number)]: float(seconds) for number, seconds in map(str.split, lines)}


class Lines:
    """A file of lines under a head. A line is known by its first cells; what is there is not made again."""

    def __init__(self, path, head, known_by):
        self.path, self.head, self.known_by = Path(path), head, known_by
        if not self.path.exists():
            self.path.write_text(",".join(head) + "\n")
        with self.path.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))

    def find(self, *key):
        key = [str(cell) for cell in key]
        return next((row for row in self.rows if [row[name] for name in self.head[: self.known_by]] == key), None)

    def make(self, key, run):
        """The line of this key; where there is none, what `run` returns is appended as one."""
        found = self.find(*key)
        if found is None:
            found = {name: text(cell) for name, cell in zip(self.head, [*key, *run()], strict=True)}
            self.rows.append(found)
            line = ",".join(found.values())
            print(line, flush=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        return found


def text(cell):
    if cell is None:
        return ""
    return f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def number(cell):
    return float(cell) if cell else None


def median(numbers):
    """The middle one; of an even number the mean of the two in the middle; of none nothing."""
    found = [found for found in numbers if found is not None]
    return statistics.median(found) if found else None


def manifest(folder):
    path = Path(folder) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join("" if cell is None else str(cell) for cell in row) + " |")
