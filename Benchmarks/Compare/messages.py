"""The ways to talk between threads, each beside the engine's own, in all engines in turn. `Benchmarks/compare --messages` starts it."""

import argparse
import contextlib
import functools
import http.server
import json
import math
import os
import re
import statistics
import sys
import threading
import time
from dataclasses import dataclass

import processors
import report
from bars import Bar
from engines import BENCHMARKS, SECONDS, Broken, Isolated, Process
from measure import QUIET

sys.path.insert(0, str(BENCHMARKS.parent / "Tests" / "Web"))
from browsers import engine as started  # noqa: E402

RESULTS = BENCHMARKS / "results"
ENGINES = ["chromium", "firefox", "webkit", "node"]
SMALL, LARGE = 16, 20_000_000
# What Firefox gives as a time is rounded otherwise.
PREFERENCES = {"privacy.reduceTimerPrecision": False, "privacy.reduceTimerPrecision.unconditional": False}
# Of one run, at least, and how many there are of each way. Short ones: of those some are not interrupted on a busy machine.
MILLISECONDS, ROUNDS, QUICK_ROUNDS = 8, 21, 5


@dataclass(frozen=True)
class Way:
    """One of those in JavaScript/messages.js. `beside`: the system that it is measured by, and the bar for the ratio."""

    system: str
    ends: str
    way: str
    beside: tuple | None = None

    def __str__(self):
        return f"{self.system} {self.ends} {self.way}"


WAYS = [
    # Between two workers.
    Way("bare", "workers", "copy"),
    Way("bare", "workers", "transfer"),
    Way("bare", "workers", "asleep"),
    Way("weft", "workers", "asleep", ("bare", 1.2)),
    Way("bare", "workers", "awake"),
    Way("weft", "workers", "awake"),
    # Isolated workers: their own memory, and messages.
    Way("isolated", "workers", "copy", ("bare", 1.15)),
    Way("isolated", "workers", "transfer", ("bare", 1.15)),
    # Between a page, or Node's first thread, and a worker.
    Way("bare", "page", "copy"),
    Way("proxy", "page", "copy"),
    Way("weft", "page", "copy", ("bare", 1.15)),
    Way("bare", "page", "transfer"),
    Way("proxy", "page", "transfer"),
    Way("bare", "page", "shared"),
    Way("weft", "page", "shared", ("bare", 1.15)),
    # Between the same, through a port.
    Way("bare", "port", "copy"),
    Way("bare", "port", "transfer"),
    Way("proxy", "port", "copy"),
    Way("weft", "port", "copy", ("proxy", 1.15)),
]
TITLES = {
    "workers": "Between a worker and a worker of its own, or two threads",
    "page": "Between a page and a worker; Node's first thread is itself one of Weft's and calls at once",
    "port": "Between a page and a worker, through a port",
}
# What Tweag has published for Firefox 101.
PUBLISHED = {"copy": (0.028, 28), "transfer": (0.033, 0.033), "shared": (0.0062, 0.0062)}


class Node:
    def __init__(self, stack):
        self.process = Process([os.environ["WEFT_NODE"], BENCHMARKS / "JavaScript/messages-node.js"])
        stack.callback(self.process.stop)

    def obey(self, line):
        return self.process.obey(line)


class Browser:
    def __init__(self, name, address, stack):
        self.browser = stack.enter_context(started(name, preferences=PREFERENCES if name == "firefox" else None))
        self.browser.set_script_timeout(SECONDS)
        self.browser.get(f"{address}/JavaScript/messages.html")
        # Its script starts workers first.
        self.browser.execute_async_script("const look = () => (window.obey ? arguments[0]() : setTimeout(look, 20)); look();")

    def obey(self, line):
        answer = self.browser.execute_async_script("window.obey(arguments[0]).then(arguments[1])", line)
        if isinstance(answer, str):
            raise Broken(f"`{line}`: {answer}")
        return answer


@dataclass
class Contender:
    """A way in an engine, with a size."""

    name: str
    engine: object
    way: Way
    size: int

    def __post_init__(self):
        self.count, self.times = 1, []

    def run(self):
        return self.engine.obey(f"{self.way} {self.size} {self.count}")

    def warm_up(self):
        """Finds how many rounds fill a run, when the engine has its best code."""
        deadline = time.monotonic() + 0.6
        while True:
            # Of a few: the first one also starts what the way needs, and others are interrupted.
            milliseconds = min(self.run() for _ in range(2))
            is_long = milliseconds >= 0.7 * MILLISECONDS or self.count == 200_000
            if is_long and time.monotonic() > deadline:
                return
            # A clock may not see a short run at all.
            self.count = max(1, min(math.ceil(self.count * MILLISECONDS / max(milliseconds, 0.05)), 20 * self.count, 200_000))

    def row(self):
        return {
            "engine": self.name, "system": self.way.system, "ends": self.way.ends, "way": self.way.way, "bytes": self.size,
            "median_ms": statistics.median(self.times) / self.count, "fastest_ms": min(self.times) / self.count, "runs": len(self.times), "rounds_per_run": self.count,
        }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare --messages", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} runs of each way and not {ROUNDS}")
    parser.add_argument("--only", default="", metavar="REGEX", help="the ways whose names match, such as `weft workers awake`; nothing is written then")
    parser.add_argument("--engines", type=lambda list: list.split(","), default=ENGINES, metavar="LIST", help=f"default: {','.join(ENGINES)}; nothing is written for others")
    arguments = parser.parse_args()
    if unknown := set(arguments.engines) - set(ENGINES):
        parser.error(f"there is no engine {', '.join(sorted(unknown))}; there are {', '.join(ENGINES)}")
    ways = [way for way in WAYS if re.search(arguments.only, str(way))]
    if not ways:
        parser.error(f"no way matches {arguments.only}; there are {', '.join(map(str, WAYS))}")
    rounds = QUICK_ROUNDS if arguments.quick else ROUNDS
    with contextlib.ExitStack() as stack:
        engines = _engines(arguments.engines, stack)
        contenders = [Contender(name, engine, way, size) for name, engine in engines for way in ways for size in (SMALL, LARGE)]
        for number, contender in enumerate(contenders, 1):
            _progress(f"[{number}/{len(contenders)}] {contender.way}, {contender.size} bytes, in {contender.name}")
            contender.warm_up()
        start, others = time.monotonic(), processors.used_by_others()
        for turn in range(rounds):
            _progress(f"round {turn + 1} of {rounds}")
            for contender in contenders if turn % 2 else reversed(contenders):
                contender.times.append(contender.run())
        disturbance = (processors.used_by_others() - others) / (time.monotonic() - start)
    rows = [contender.row() for contender in contenders]
    verdicts = list(bars(rows))
    for bar in verdicts:
        print(bar)
    print(f"{len(rows)} results; other programs used {disturbance:.2f} of a processor", end="")
    if ways == WAYS and arguments.engines == ENGINES:
        RESULTS.mkdir(exist_ok=True)
        lines = ",\n".join(json.dumps(row) for row in rows)
        (RESULTS / "messages.json").write_text(f"[\n{lines}\n]\n")
        (RESULTS / "messages.md").write_text("\n".join(_page(rows, disturbance)) + "\n")
        print(f": {RESULTS}/messages.json, .md", end="")
    print()
    return any(bar.verdict == "MISSED" for bar in verdicts)


def _engines(names, stack):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Isolated, directory=BENCHMARKS))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack.callback(server.shutdown)
    for name in names:
        _progress(f"starting {name}")
        yield name, Node(stack) if name == "node" else Browser(name, f"http://127.0.0.1:{server.server_port}", stack)


def bars(rows, figure="median_ms"):
    """What Weft promises. What no row is there for is not measured."""
    times = _times(rows, figure)

    for engine in ENGINES:
        for way in WAYS:
            for size in (SMALL, LARGE) if way.beside else ():
                system, limit = way.beside
                above, below = (times.get((engine, each, way.ends, way.way, size)) for each in (way.system, system))
                ratio = None if above is None or below is None else above / below
                yield Bar(f"{way}, {_size(size)}, {engine}", f"by {system}", ratio, limit)
        awake = times.get((engine, "weft", "workers", "awake", SMALL))
        yield Bar(f"weft workers awake, {_size(SMALL)}, {engine}", "there and back", None if awake is None else awake * 1e3, 1, unit="µs")


def _times(rows, figure):
    return {(row["engine"], row["system"], row["ends"], row["way"], row["bytes"]): row[figure] for row in rows}


def _page(rows, disturbance):
    times = _times(rows, "median_ms")
    yield "# Ways to talk between threads"
    yield ""
    yield f"Written by `Benchmarks/compare --messages`. Medians of {rows[0]['runs']} runs of at least {MILLISECONDS} ms, all engines and ways in turn; {report.machine()}."
    yield f"Other programs used {disturbance:.2f} of a processor meanwhile{'' if disturbance <= QUIET else ': the figures are disturbed'}."
    yield "A payload goes there and comes back. `bare` is what the engine has, without a library; `proxy` calls a worker's function by a name and a"
    yield "number, as Comlink does; `isolated` is a `WebWorker`, `weft` a channel, a call, a `SharedBuffer`, or an app that is exposed through the port. Memory that is shared is not copied."
    for ends, title in TITLES.items():
        yield from ["", f"## {title}", ""]
        ways = [way for way in WAYS if way.ends == ends]
        table = [
            [f"{way.system} {way.way}", *(report.time(times.get((engine, *str(way).split(" "), size))) for engine in ENGINES for size in (SMALL, LARGE))]
            for way in ways
        ]
        yield from report.table(["", *(f"{engine}, {_size(size)}" for engine in ENGINES for size in (SMALL, LARGE))], table)
    yield from ["", "## Promises", ""]
    yield from ["`fastest` is the same of each way's fastest run, which other programs disturb least; the medians decide.", ""]
    yield from report.table(
        ["what", "", "to reach", "measured", "fastest", "verdict"],
        [
            [bar.workload, bar.promise, f"≤ {bar.bar} {bar.unit}", *(_figure(each) for each in (bar, fastest)), bar.verdict]
            for bar, fastest in zip(bars(rows), bars(rows, "fastest_ms"))
        ],
    )
    yield from ["", "## Published", "", "By Tweag, for Firefox 101 on another machine: 16 bytes, and 20 MB.", ""]
    yield from report.table(["", _size(SMALL), _size(LARGE)], [[way, *map(report.time, values)] for way, values in PUBLISHED.items()])


def _figure(bar):
    return "-" if bar.value is None else f"{bar.value:.3g} {bar.unit}"


def _size(size):
    return "16 B" if size == SMALL else "20 MB"


def _progress(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
