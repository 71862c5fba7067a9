"""Calls from a page: promises, errors that are heard, several at once, and ends."""

import pathlib
import re
import shutil

import pytest
from browser import wait_until
from server import served, served_with

PACKAGE = pathlib.Path(__file__).parent / "Package"


@pytest.fixture(scope="module")
def address(weft):
    """The address of the package of calls."""
    with served(weft, PACKAGE) as address:
        yield address


@pytest.fixture
def run(browser, address):
    """Runs JavaScript in the page, with `init` and a way to describe what a promise becomes, and returns its result."""
    browser.get(address)

    def run(code):
        return browser.execute_script(
            """
            const { default: init } = await import("/pkg/index.js");
            const outcome = (promise) => promise.then((value) => ({ value }), ({ name, code, message }) => ({ name, code, message }));
            """
            + code
        )

    return run


def test_calls_return_promises(run):
    assert run(
        """
        const app = await init({ threads: 2 });
        const promise = app.echoInt(7);
        const results = [promise instanceof Promise, await promise, app.shared, app.threads.count, await app.sumOfIndices(1000)];
        await app.terminate();
        return results;
        """
    ) == [True, 7, True, 2, 499500]


def test_a_wake_up_that_was_for_an_earlier_call_is_not_taken_for_its_own(run):
    # As happens when a call's memory lay at the same address as one's before, whose thread wakes those who wait there only now.
    assert run(
        """
        const app = await init({ threads: 2 });
        const flags = app.alloc(Int32Array, 2);
        const { waitAsync } = Atomics;
        let early = 3;
        Atomics.waitAsync = (...values) => (early-- > 0 ? { async: true, value: Promise.resolve("ok") } : waitAsync.apply(Atomics, values));
        const first = app.meet(flags, 0);
        const isOver = await Promise.race([first.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 50))]);
        const results = [isOver, await app.meet(flags, 1), await first];
        Atomics.waitAsync = waitAsync;
        await app.terminate();
        return results;
        """
    )[0] is False


def test_several_calls_run_at_the_same_time(run):
    # Two calls, each of which ends only when the other one has begun.
    assert run(
        """
        const app = await init({ threads: 2 });
        const flags = app.alloc(Int32Array, 2);
        const results = await Promise.all([app.meet(flags, 0), app.meet(flags, 1)]);
        await app.terminate();
        return results;
        """
    ) == [True, True]


def test_wrong_arguments_are_refused(run):
    outcomes = run(
        """
        const app = await init({ threads: 1 });
        const outcomes = await Promise.all([outcome(app.echoInt("7")), outcome(app.echoInt(2 ** 31)), outcome(app.echoInt())]);
        await app.terminate();
        return outcomes;
        """
    )
    assert [outcome["name"] for outcome in outcomes] == ["TypeError", "RangeError", "TypeError"]


def test_a_trap_rejects_every_call_and_a_new_app_starts(run):
    trapped, waiting, later, again = run(
        """
        const app = await init({ threads: 2 });
        const flags = app.alloc(Int32Array, 2);
        const waiting = outcome(app.meet(flags, 0));
        const trapped = await outcome(app.trap());
        const later = await outcome(app.echoInt(1));
        const next = await init({ threads: 2 });
        const again = await next.echoInt(5);
        await next.terminate();
        return [trapped, await waiting, later, again];
        """
    )
    for fault in trapped, waiting, later:
        assert (fault["name"], fault["code"]) == ("WeftError", "fault")
        assert "unreachable" in fault["message"] and "thread weft-" in fault["message"]
    assert again == 5


def test_the_stack_of_a_fault_has_names_which_are_loaded_only_then(run):
    before, stacks = run(
        """
        const app = await init({ threads: 2 });
        await app.echoInt(1);
        await app.terminate();
        const before = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
        const stacks = [];
        for (const call of ["trap", "joinTrappedThread"]) {
          const app = await init({ threads: 2 });
          stacks.push(await app[call]().catch((error) => error.stack));
        }
        return [before, stacks];
        """
    )
    assert "/pkg/runtime.js" in before
    assert not {"/pkg/symbols.js", "/pkg/stacks.js"} & set(before)
    trap, joined = stacks
    assert re.search(r"^ +at trap\(\) \(http://\S+calls\.wasm:wasm-function\[\d+\]:0x\w+\)$", trap, re.MULTILINE), trap
    assert re.search(r"^ +at closure #1 in joinTrappedThread\(\) \(http:", joined, re.MULTILINE), joined


def test_terminate_rejects_what_still_runs(run):
    running, later = run(
        """
        const app = await init({ threads: 1 });
        const flags = app.alloc(Int32Array, 2);
        const running = outcome(app.meet(flags, 0));
        await app.terminate();
        await app.terminate();
        return [await running, await outcome(app.echoInt(1))];
        """
    )
    assert running["code"] == later["code"] == "terminated"


def test_apps_come_and_go(run):
    # Far more memories than a browser keeps alive at once.
    assert run(
        """
        for (let round = 0; round < 150; round++) {
          const app = await init({ threads: 2, memory: 16 << 20 });
          if (await app.echoInt(round) !== round) return round;
          await app.terminate();
        }
        return "all";
        """
    ) == "all"


def test_a_worker_of_the_page_calls_synchronously(browser, address):
    browser.get(address)
    browser.execute_script(
        """
        const worker = new Worker("/host.js", { type: "module" });
        worker.onmessage = ({ data }) => { window.result = data; };
        worker.onerror = ({ message }) => { window.result = message; };
        """
    )
    assert wait_until(lambda: browser.execute_script("return window.result"), 20, "the worker") == [True, 2, 7, 499500]


def test_the_app_changes_its_size_and_says_what_its_threads_do(run):
    assert run(
        """
        const app = await init({ threads: 2 });
        const steps = [];
        for (const count of [4, 1, 3]) {
          await app.threads.resize(count);
          steps.push([app.threads.count, (await app.threads.list()).map(({ name }) => name).sort(), await app.sumOfIndices(1000)]);
        }
        const running = app.state;
        await app.terminate();
        return [steps, running, app.state];
        """
    ) == [
        [
            [4, ["weft-1", "weft-2", "weft-3", "weft-4"], 499500],
            [1, ["weft-1"], 499500],
            [3, ["weft-1", "weft-2", "weft-3"], 499500],
        ],
        "running",
        "terminated",
    ]


def test_threads_are_spawned_from_the_pool_that_a_page_calls(run):
    assert run(
        """
        const app = await init({ threads: 2 });
        const results = [];
        for (const spawner of [0, 1, 2]) results.push(await app.spawnInSequence(50, spawner), await app.spawnAtOnce(12, spawner));
        results.push(await app.joinThrowing(7), await app.detach(20), await app.sumInScope(10), await app.countThreadLocally(20));
        await app.terminate();
        return results;
        """
    ) == [1225, 12, 1225, 12, 1225, 12, 7, 20, 30, 190]


def test_locks_and_channels_on_threads_that_a_page_s_call_starts(run):
    assert run(
        """
        const app = await init({ threads: 2 });
        const results = [];
        for (const threads of [2, 8]) {
          results.push(...await app.litmusOfLocks(threads, 20_000), ...await app.litmusOfMeetings(threads, 1000));
          for (const capacity of [0, 1, 16, -1]) results.push(...await app.litmusOfChannels(threads, 2000, capacity));
        }
        results.push(await app.locksDiffer(), await app.resizeWhileWorking(200, 6), await app.collectionsDiffer(3000, 7), await app.schedulerDiffers(20));
        await app.terminate();
        return [...new Set(results)];
        """
    ) == [0]


@pytest.mark.parametrize(
    "call, message",
    [
        ("trapOnPoolThread()", "unreachable.*thread weft-"),
        ("joinTrappedThread()", "unreachable.*thread doomed"),
        ("trapUnderLock()", "unreachable.*thread holder"),
        ("trapBeforeSending()", "unreachable.*thread sender"),
        ("trapInNestedJoin(40)", "unreachable.*thread weft-"),
        ("overflowStack(false)", "(stack|recursion).*thread deep"),
        ("overflowStack(true)", "Stack overflow: the thread wrote past the end of its stack.*thread deep"),
        ("overflowOwnStack()", "Stack overflow: the thread wrote past the end of its stack.*thread weft-"),
        ("exhaust()", "Out of memory.*thread weft-"),
    ],
)
def test_a_fault_is_heard_and_nothing_stays_pending(run, call, message):
    outcomes, state, again = run(
        """
        const app = await init({ threads: 2, memory: 64 << 20 });
        const flags = app.alloc(Int32Array, 2);
        const outcomes = await Promise.all([outcome(app.CALL), outcome(app.meet(flags, 0))]);
        const next = await init({ threads: 2 });
        const again = await next.echoInt(5);
        await next.terminate();
        return [outcomes, app.state, again];
        """.replace("CALL", call)
    )
    code = "memory" if message.startswith("Out of memory") else "fault"
    for fault in outcomes:
        assert (fault["name"], fault["code"]) == ("WeftError", code), fault
        assert re.search(message, fault["message"]), fault
    assert (state, again) == (code, 5)


def test_a_worker_that_cannot_start_is_an_error_of_init(run):
    failed, again = run(
        """
        const { Worker } = window;
        window.Worker = class extends Worker { constructor(url, options) { super(new URL("missing.js", url), options); } };
        const failed = await outcome(init({ threads: 2 }));
        window.Worker = Worker;
        const app = await init({ threads: 2 });
        const again = await app.echoInt(5);
        await app.terminate();
        return [failed, again];
        """
    )
    assert (failed["name"], failed["code"], again) == ("WeftError", "start", 5)


def test_a_worker_that_is_ended_from_outside_ends_the_app(run):
    fault, again = run(
        """
        const { Worker } = window;
        const workers = [];
        window.Worker = class extends Worker { constructor(url, options) { super(url, options); workers.push(this); } };
        const app = await init({ threads: 2 });
        window.Worker = Worker;
        const flags = app.alloc(Int32Array, 2);
        const waiting = outcome(app.meet(flags, 0));
        // The other thread, or the one that waits: either ends the app.
        workers[0].terminate();
        const fault = await waiting;
        const next = await init({ threads: 2 });
        const again = await next.echoInt(5);
        await next.terminate();
        return [fault, again];
        """
    )
    assert (fault["name"], fault["code"], again) == ("WeftError", "fault", 5)
    assert "ended from outside" in fault["message"]


def test_workers_that_compute_are_not_taken_for_ended(run):
    assert run(
        """
        const app = await init({ threads: 2 });
        const start = performance.now();
        while (performance.now() < start + 1500) await app.sumOfIndices(1_000_000);
        const state = app.state;
        await app.terminate();
        return state;
        """
    ) == "running"


def test_a_file_that_a_worker_cannot_load_is_an_error_of_init(browser, address, tmp_path):
    """What a worker loads when it knows what it is for: browsers tell nobody that this failed."""
    shutil.copytree(PACKAGE / "pkg", tmp_path / "pkg")
    (tmp_path / "pkg/starter.js").unlink()
    (tmp_path / "index.html").write_text("<!doctype html><title>Missing</title>")
    (tmp_path / "caller.js").write_text(
        """
        import init from "/pkg/index.js";
        init({ threads: 2 }).then(() => postMessage({}), ({ code, message }) => postMessage({ code, message }));
        """
    )
    with served_with(tmp_path, {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}) as place:
        browser.get(place)
        browser.execute_script('new Worker("/caller.js", { type: "module" }).onmessage = ({ data }) => { window.heard = data; };')
        heard = wait_until(lambda: browser.execute_script("return window.heard"), 20, "an answer of init")
        browser.get_log("browser")  # What the browser itself says of the missing file.
    assert heard.get("code") == "start" and "starter.js" in heard["message"], heard


def test_threads_are_spawned_by_a_worker_that_blocks(browser, address):
    browser.get(address)
    browser.execute_script(
        """
        const worker = new Worker("/spawner.js", { type: "module" });
        worker.onmessage = ({ data }) => { window.spawned = data; };
        worker.onerror = ({ message }) => { window.spawned = message; };
        """
    )
    assert wait_until(lambda: browser.execute_script("return window.spawned"), 20, "the worker") == [1225, 12, 1225, 12, 1225, 12]
