"""What Weft promises, computed from the results of one run."""

from dataclasses import dataclass

import workloads


@dataclass
class Bar:
    workload: str
    promise: str
    # None where the run has not measured what is needed.
    value: float | None
    bar: float
    at_least: bool = False
    unit: str = "×"

    @property
    def verdict(self):
        if self.value is None:
            return "not measured"
        return "met" if (self.value >= self.bar if self.at_least else self.value <= self.bar) else "MISSED"

    def __str__(self):
        value = "-" if self.value is None else f"{self.value:.3g} {self.unit}"
        return f"{self.verdict:7} {self.workload}: {self.promise} {'≥' if self.at_least else '≤'} {self.bar} {self.unit}: {value}"


class Results:
    def __init__(self, rows):
        self.rows = rows
        self.times = {(r["workload"], r["size"], r["engine"], r["system"], r["threads"]): r["median_ms"] for r in rows}
        self.sizes = {}
        for row in rows:
            self.sizes.setdefault(row["workload"], set()).add(row["size"])

    def time(self, workload, engine, system, threads, size=None):
        if size is None:
            size = next(iter(self.sizes.get(workload, [0])))
        return self.times.get((workload, size, engine, system, threads))

    def ratio(self, workload, engine, above, below, size=None):
        """Of two times, each given as (system, threads)."""
        above, below = self.time(workload, engine, *above, size), self.time(workload, engine, *below, size)
        return None if above is None or below is None else above / below


def bars(rows):
    results = Results(rows)

    def ratio(workload, promise, bar, above, below, engine="node", at_least=False):
        return Bar(workload, promise, results.ratio(workload, engine, above, below), bar, at_least)

    weft, alone, plain, rayon, plain_rayon = ("weft", 2), ("weft", 1), ("weft", 0), ("rayon", 2), ("rayon", 0)
    forked, unforked = results.time("join", "node", *alone), results.time("join", "node", *plain)
    yield Bar("join", "what a fork costs, nobody idle", None if forked is None else (forked - unforked) * 1e6, 5, unit="ns")
    yield ratio("fib-30", "rayon's time by Weft's", 3.5, rayon, weft, at_least=True)
    yield ratio("fib-30", "1 thread by plain recursion", 2, alone, plain)
    yield ratio("sum-1000", "by the sequential loop", 1.1, weft, plain)
    yield ratio("foreach-1000", "by the sequential loop", 1.25, weft, plain)
    for element in ["u32", "f64"]:
        yield ratio(f"sort-{element}-1000", "by our sequential sort", 1.1, weft, plain)
        yield ratio(f"sort-{element}-1000", "our sequential sort by Rust's", 1, plain, plain_rayon)
        yield ratio(f"sort-{element}-1m", "by rayon's", 0.6, weft, rayon)
        for pattern in workloads.PATTERNS[1:]:
            yield ratio(f"sort-{element}-1m-{pattern}", "by rayon's", 1.1, weft, rayon)
    yield ratio("stable-sort-1m", "by rayon's", 0.9, weft, rayon)
    yield ratio("map-filter-collect-4m", "by rayon's", 0.9, weft, rayon)
    for workload in ["sum-16m", "mandelbrot", "blur", "matmul-512", "nbody-2000"]:
        yield ratio(workload, "speed-up over its own sequential form", 1.9, plain, weft, at_least=True)
        yield ratio(workload, "by rayon's", 1, weft, rayon)
    call = results.time("call", "node", *weft)
    yield Bar("call", "from JavaScript and back", None if call is None else call * 1e3, 1, unit="µs")
    for engine in ["node", "chromium"]:
        yield ratio("call-numbers", f"by a bare export, {engine.capitalize()}", 1.5, weft, plain, engine)
        yield ratio("array-in-1mb", f"by one set(), {engine.capitalize()}", 1.1, weft, plain, engine)
    yield ratio("page-call", "by a message to a worker and back, Chromium", 1.3, weft, plain, "chromium")
    for engine in ["node", "chromium"]:
        yield ratio("pool-start", f"by the start of one bare worker, {engine.capitalize()}", 1.2, weft, ("javascript", 0), engine)
    for workload in ["tree-1000", "tree-100m"]:
        yield ratio(workload, "1 thread by plain recursion, native", 1.15, alone, plain, "native")
    yield ratio("tree-100m", "speed-up, native", 1.9, plain, weft, "native", at_least=True)
    for engine in ["node", "native"]:
        yield ratio("lock", f"free, by the two atomic operations, {engine}", 2, weft, plain, engine)
        yield ratio("channel-round", f"by a bare futex there and back, {engine}", 1.2, weft, plain, engine)
        round_trip = results.time("channel-awake", engine, *weft)
        yield Bar("channel-awake", f"there and back, both awake, {engine}", None if round_trip is None else round_trip * 1e3, 1, unit="µs")
        yield ratio("channel-payload", f"20 MB by 16 bytes, {engine}", 1.2, weft, plain, engine)
    # On the web there is a spare worker; natively every thread is a new one.
    yield ratio("spawn", "and joined, by a bare futex there and back, node", 2, weft, plain)
    yield ratio("spawn", "and joined, by Rust's, native", 1.2, weft, rayon, "native")
    idle = results.time("idle", "node", *weft)
    yield Bar("idle", "processor time in a second, from the second second on", idle, 1, unit="ms")
    for kernel in workloads.SWEEPS:
        ratios = sweep(results, kernel, "node", "weft")
        yield Bar(f"sweep-{kernel}", "the worst by its sequential form, at any size", max(ratios.values(), default=None), 1.05)


def sweep(results, kernel, engine, system, threads=2):
    """By size, the parallel form's time by the sequential one's."""
    name = f"sweep-{kernel}"
    ratios = {size: results.ratio(name, engine, (system, threads), (system, 0), size) for size in sorted(results.sizes.get(name, []))}
    return {size: ratio for size, ratio in ratios.items() if ratio is not None}


def pays_from(ratios, speed_up=1.5):
    """The size from which on the parallel form is always faster by this factor, or None."""
    sizes = sorted(ratios, reverse=True)
    paying = None
    for size in sizes:
        if 1 / ratios[size] < speed_up:
            break
        paying = size
    return paying
