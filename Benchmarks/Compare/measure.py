"""The method: all forms of all systems of an engine in turn, round by round, on the same input; medians."""

import math
import statistics
import time
from dataclasses import dataclass

import processors
from engines import Broken
from workloads import KERNELS

# How much of one processor others may use during a measurement.
QUIET = 0.05


@dataclass(frozen=True)
class Effort:
    """How long to measure, in seconds for each workload on each engine, and the least and the most rounds."""

    seconds: float
    rounds: tuple
    # How often to measure again if other programs used the processors meanwhile.
    attempts: int
    # Short runs are repeated until one measurement takes this long.
    batch_milliseconds: float


@dataclass
class Contender:
    system: str
    threads: int  # Of its pool.
    is_parallel: bool

    def __post_init__(self):
        self.times = []


class Group:
    """A workload on one engine."""

    def __init__(self, engine, systems, workload, effort):
        self.engine, self.workload, self.effort = engine, workload, effort
        self.repeats = 1
        self.hashes = {}
        self.disturbance = 0
        self.apps = [(system, threads) for threads in sorted(workload.threads, reverse=True) for system in systems]

    def measure(self):
        """Rows of results. Raises `Broken` with the system that it is about."""
        self.apps = [app for app in self.apps if self.load(app)]
        contenders = [Contender(*app, True) for app in self.apps]
        most = max(self.workload.threads)
        has_sequential_form = self.workload.kernel != "call"
        contenders += [Contender(*app, False) for app in self.apps if has_sequential_form and app[1] == most]
        if not contenders:
            return []
        if self.workload.repeats:
            self.calibrate(contenders)
        for contender in contenders:
            self.warm_up(contender)
        if len(set(self.hashes.values())) > 1:
            raise SystemExit(f"error: {self.workload.name} on {self.engine.name}: the results differ: {self.hashes}")
        self.take_turns(contenders)
        for app in self.apps:
            self.tell(app, "load 0 1 1 0")  # Gives the memory back.
        return [self.row(contender) for contender in contenders]

    def tell(self, app, command):
        try:
            return self.engine.obey(f"{app[0]} {app[1]} {command}")
        except Broken as error:
            error.system = app[0]
            raise

    def load(self, app):
        workload = self.workload
        return self.tell(app, f"load {KERNELS.index(workload.kernel)} {workload.size} {self.repeats} {workload.pattern}")

    def run(self, contender):
        return self.tell((contender.system, contender.threads), f"run {int(contender.is_parallel)}")

    def calibrate(self, contenders):
        """As many repetitions for all as the first system's sequential form needs to fill a batch."""
        plain = next(contender for contender in contenders if not contender.is_parallel)
        time_of_one = min(self.run(plain) for _ in range(5))
        most = max(1, (1 << 19) // self.workload.size) if "sort" in self.workload.kernel else 1 << 18
        for _ in range(2):  # The engine's best code comes only with use: look again with more repetitions.
            self.repeats = min(most, max(1, math.ceil(self.effort.batch_milliseconds / max(time_of_one, 1e-6))))
            if self.repeats == 1:
                return
            for app in self.apps:
                self.load(app)
            time_of_one = min(self.run(plain) for _ in range(5)) / self.repeats

    def warm_up(self, contender):
        total = self.run(contender)
        self.hashes[contender.system, contender.threads, contender.is_parallel] = int(self.tell((contender.system, contender.threads), "hash"))
        runs = 1
        while runs < 3 or (total < 30 and runs < 12):
            total += self.run(contender)
            runs += 1

    def take_turns(self, contenders):
        time.sleep(0.03)  # Lets engines finish compiling in the background.
        for contender in contenders:
            self.run(contender)
        best = None
        for attempt in range(self.effort.attempts):
            if attempt:
                time.sleep(2)
            start, others = time.monotonic(), processors.used_by_others()
            times = self.rounds(contenders)
            disturbance = (processors.used_by_others() - others) / (time.monotonic() - start)
            if best is None or disturbance < best[0]:
                best = disturbance, times
            if disturbance <= QUIET:
                break
        self.disturbance, all_times = best
        for contender, times in zip(contenders, all_times):
            contender.times = times

    def rounds(self, contenders):
        times = [[] for _ in contenders]
        order = list(zip(contenders, times))
        start = time.monotonic()
        least, most = self.effort.rounds
        for turn in range(most):
            for contender, own in order if turn % 2 else reversed(order):
                own.append(self.run(contender))
            if turn + 1 >= least and time.monotonic() - start > self.effort.seconds:
                break
        return times

    def row(self, contender):
        return {
            "workload": self.workload.name,
            "size": self.workload.size,
            "system": contender.system,
            "engine": self.engine.name,
            "threads": contender.threads if contender.is_parallel else 0,
            "median_ms": statistics.median(contender.times) / self.repeats / self.workload.operations,
            "runs": len(contender.times),
        }


def idle(engine, system, threads=2):
    """The processor time that a pool takes in a second without work, one second after its last work."""
    app = f"{system} {threads}"
    engine.obey(f"{app} load {KERNELS.index('sum')} 1000000 1 0")
    engine.obey(f"{app} run 1")
    time.sleep(1)
    process = engine.process(system, str(threads))
    start = processors.used_by(process)
    time.sleep(1)
    used = processors.used_by(process) - start
    return {
        "workload": "idle", "size": 1, "system": system, "engine": engine.name, "threads": threads,
        "median_ms": used, "runs": 1,
    }  # fmt: skip
