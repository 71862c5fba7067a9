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
    # The systems that the sweeps compare, and, if not all, those that do what takes gigabytes.
    sweeps: tuple = ()
    huge: tuple = ()


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
        self.load_all()
        if self.workload.repeats and self.apps:
            self.calibrate()
        contenders = [Contender(*app, True) for app in self.apps]
        most = max(self.workload.threads)
        contenders += [Contender(*app, False) for app in self.apps if app[1] == most and self.has_sequential_form(app[0])]
        for contender in contenders:
            self.warm_up(contender)
        if len(set(self.hashes.values())) > 1:
            raise SystemExit(f"error: {self.workload.name} on {self.engine.name}: the results differ: {self.hashes}")
        self.take_turns(contenders)
        for app in self.apps:
            self.tell(app, "load 0 1 1 0")  # Gives the memory back.
        return [self.row(contender) for contender in contenders]

    def has_sequential_form(self, system):
        """A call and a pool's start have none; beside the latter stands the start of one worker."""
        return self.workload.kernel != "call" and (self.workload.kernel != "pool-start" or system == "javascript")

    def tell(self, app, command):
        try:
            return self.engine.obey(f"{app[0]} {app[1]} {command}")
        except Broken as error:
            error.system = app[0]
            raise

    def load_all(self):
        """Leaves out the systems that do not have the kernel."""
        self.apps = [app for app in self.apps if self.load(app)]

    def load(self, app):
        workload = self.workload
        return self.tell(app, f"load {KERNELS.index(workload.kernel)} {workload.size} {self.repeats} {workload.pattern}")

    def run(self, contender):
        return self.tell((contender.system, contender.threads), f"run {int(contender.is_parallel)}")

    def calibrate(self):
        """As many repetitions for all as the first system's sequential form needs to fill a batch."""
        plain = Contender(*self.apps[0], False)
        most = max(1, (1 << 19) // self.workload.size) if "sort" in self.workload.kernel else 1 << 18
        for _ in range(3):  # The engine's best code comes only with use: look again with more repetitions.
            time_of_one = min(self.run(plain) for _ in range(5)) / self.repeats
            repeats = min(most, max(1, math.ceil(self.effort.batch_milliseconds / max(time_of_one, 1e-6))))
            if repeats == self.repeats:
                return
            self.repeats = repeats
            self.load_all()

    def warm_up(self, contender):
        total = self.run(contender)
        self.hashes[contender.system, contender.threads, contender.is_parallel] = int(self.tell((contender.system, contender.threads), "hash"))
        runs = 1
        # The engine's best code comes with use; a run of half a second has used it.
        while total < 500 and (runs < 3 or (total < 30 and runs < 12)):
            total += self.run(contender)
            runs += 1

    def take_turns(self, contenders):
        time.sleep(0.03)  # Lets engines finish compiling in the background.
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
            enough = min(least, 3) if time.monotonic() - start > 10 * self.effort.seconds else least
            if turn + 1 >= enough and time.monotonic() - start > self.effort.seconds:
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


def idle(engine, systems, threads=2):
    """The processor time that each system's pool takes in a second without work, one second after its last work."""
    apps = [f"{system} {threads}" for system in systems]
    for app in apps:
        engine.obey(f"{app} load {KERNELS.index('mandelbrot')} 65536 1 0")
        engine.obey(f"{app} run 1")
    time.sleep(1)
    processes = [engine.process(system, str(threads)) for system in systems]
    start = [processors.used_by(process) for process in processes]
    time.sleep(1)
    used = [processors.used_by(process) - before for process, before in zip(processes, start)]
    return [
        {
            "workload": "idle", "size": 1, "system": system, "engine": engine.name, "threads": threads,
            "median_ms": milliseconds, "runs": 1,
        }
        for system, milliseconds in zip(systems, used)
    ]  # fmt: skip
