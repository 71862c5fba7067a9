"""What is measured."""

from dataclasses import dataclass

# A kernel's place in this list is its number in every system.
KERNELS = [
    "join", "fib", "sum", "foreach", "sort-u32", "sort-f64", "stable-sort", "map-filter-collect",
    "mandelbrot", "blur", "matmul", "nbody", "tree", "scan", "hash", "call", "pool-start",
    "lock", "lock-shared", "channel-round", "channel-payload", "channel-awake", "spawn",
    "call-numbers", "array-in", "page-call",
]  # fmt: skip
PATTERNS = ["random", "sorted", "reversed", "few-distinct", "organ-pipe"]


@dataclass(frozen=True)
class Workload:
    name: str
    kernel: str
    size: int
    pattern: int = 0
    # How many of what is reported one run does.
    operations: int = 1
    threads: tuple = (2,)
    engines: tuple = ("node", "chromium", "native")
    # Whether a run may be repeated within one measurement, and the most elements that this may take.
    repeats: bool = True
    # Bytes that each system needs for it, for each number of threads.
    memory: int = 0
    # Where not all systems that have the kernel can do it in reasonable time.
    systems: tuple = ()


def _sorts():
    for element in ["u32", "f64"]:
        yield Workload(f"sort-{element}-1000", f"sort-{element}", 1000)
        for pattern, name in enumerate(PATTERNS):
            suffix = "" if pattern == 0 else f"-{name}"
            yield Workload(f"sort-{element}-1m{suffix}", f"sort-{element}", 1_000_000, pattern, repeats=False)


WORKLOADS = [
    Workload("join", "join", 1000, operations=1000, threads=(1, 2)),
    Workload("fib-30", "fib", 30, threads=(1, 2), repeats=False),
    Workload("sum-1000", "sum", 1000),
    Workload("foreach-1000", "foreach", 1000),
    *_sorts(),
    Workload("stable-sort-1m", "stable-sort", 1_000_000, repeats=False),
    Workload("map-filter-collect-4m", "map-filter-collect", 4_000_000, repeats=False),
    Workload("sum-16m", "sum", 16_000_000, repeats=False),
    Workload("mandelbrot", "mandelbrot", 1024 * 768, repeats=False),
    Workload("blur", "blur", 1024 * 768, repeats=False),
    Workload("matmul-512", "matmul", 512 * 512, repeats=False),
    Workload("nbody-2000", "nbody", 2000, repeats=False),
    Workload("call", "call", 1, operations=1000, engines=("node",), repeats=False),
    # Beside a bare export of a module, one `set()` into its memory, and the engine's own message to a worker and back.
    Workload("call-numbers", "call-numbers", 1, operations=1_000_000, engines=("node", "chromium"), repeats=False),
    Workload("array-in-1mb", "array-in", 1 << 17, operations=50, engines=("node", "chromium"), repeats=False),
    Workload("page-call", "page-call", 1, operations=500, engines=("chromium",), repeats=False),
    Workload("pool-start", "pool-start", 1, engines=("node", "chromium"), repeats=False),
    # What is compared with is not a sequential form: two atomic operations, one thread's work for two, a bare futex, 16 bytes.
    Workload("lock", "lock", 10_000, operations=10_000, engines=("node", "native")),
    Workload("lock-shared", "lock-shared", 100_000, operations=200_000, engines=("node", "native"), repeats=False),
    Workload("channel-round", "channel-round", 2000, operations=2000, engines=("node", "native"), repeats=False),
    Workload("channel-awake", "channel-awake", 2000, operations=2000, engines=("node", "native"), repeats=False),
    Workload("spawn", "spawn", 500, operations=500, engines=("node", "native"), repeats=False),
    Workload("channel-payload", "channel-payload", 2000, operations=2000, engines=("node", "native"), repeats=False),
    Workload("tree-1000", "tree", 1000, threads=(1, 2), engines=("native",)),
    # A run with oneTBB takes ten seconds.
    Workload(
        "tree-100m", "tree", 100_000_000, threads=(1, 2), engines=("native",), repeats=False, memory=24 * 100_000_000,
        systems=("weft", "rayon"),
    ),
]  # fmt: skip

SWEEPS = ["sum", "sort-u32", "map-filter-collect", "matmul", "mandelbrot", "scan", "hash"]
LARGEST = 22
# What takes seconds beyond.
QUICK_LARGEST = {"matmul": 18, "mandelbrot": 20}


def sweep(kernel, is_quick):
    """The same kernel from 1 element to 2^22; the matrix product's elements are those of a square result."""
    largest = QUICK_LARGEST.get(kernel, LARGEST) if is_quick else LARGEST
    step = 2 if is_quick or kernel == "matmul" else 1
    engines = ("node",) if is_quick else ("node", "native")
    return [Workload(f"sweep-{kernel}", kernel, 1 << power, engines=engines) for power in range(0, largest + 1, step)]
