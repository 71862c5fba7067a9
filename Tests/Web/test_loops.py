"""Threads in the event loops of their workers, and memory that a page shares with Swift, in each engine."""

import pathlib

import pytest
from browsers import ENGINES, engine, run_on
from server import served, served_without_isolation

PACKAGE = pathlib.Path(__file__).parent / "Package"

# A worker of the page's own, which gets memory and answers once.
WORK = """
const work = (code, buffer) => new Promise((resolve) => {
  const worker = new Worker(URL.createObjectURL(new Blob([`onmessage = ({ data }) => { const words = new Int32Array(data); ${code} };`])));
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.postMessage(buffer);
});
"""


@pytest.fixture(scope="module")
def address(weft):
    """The address of the package of calls."""
    with served(weft, PACKAGE) as address:
        yield address


@pytest.fixture(scope="module", params=ENGINES)
def page(request, address):
    """Runs JavaScript in a page of each engine."""
    with engine(request.param) as browser:

        def run(code, address=address):
            return run_on(browser, address, WORK + code)

        yield run


def test_threads_that_leave_and_come_back_lose_no_work(page):
    assert page(
        """
        const app = await init({ threads: 4 });
        const results = [];
        for (const nanoseconds of [0, 100_000]) {
          await app.leaveAfter(nanoseconds);
          let isOver = false;
          let calls = 0;
          const rounds = app.leaveAndReturn(300).finally(() => { isOver = true; });
          while (!isOver) {
            if ((await app.sumOfIndices(1000)) !== 499500) results.push("a wrong sum");
            calls++;
            await pause(calls % 3);
          }
          results.push(await rounds, calls > 0);
        }
        await app.terminate();
        return [...results, app.state];
        """
    ) == [300, True, 300, True, "terminated"]


def test_event_loops_turn_while_threads_have_nothing_to_do(page):
    assert page(
        """
        const app = await init({ threads: 3 });
        await app.leaveAfter(0);
        await app.threads.send({ count: true, add: 5 });
        const sums = [...await app.receivedEverywhere()];
        const before = await app.turnsEverywhere();
        let turns;
        do {
          await pause(20);
          turns = await app.turnsEverywhere();
        } while (!turns.every((count, index) => count > before[index] + 3));
        const states = [];
        do {
          await pause(5);
          states.splice(0, 9, ...(await app.threads.list()).map(({ state }) => state));
        } while (states.some((state) => state !== "idle"));
        await app.terminate();
        return [sums, states];
        """
    ) == [[5, 5, 5], ["idle"] * 3]


def test_an_error_of_a_thread_that_had_left_ends_every_call(page):
    name, code, message = page(
        """
        const app = await init({ threads: 3 });
        await app.leaveAfter(0);
        const memory = await app.share(new SharedArrayBuffer(4));
        await pause(50);
        const spinning = outcome(app.spinUntil(memory, 2));
        const { name, code, message } = await outcome(app.misuse(memory, 0));
        const { code: other } = await spinning;
        return [name, `${code} ${other} ${app.state}`, message];
        """
    )
    assert (name, code) == ("WeftError", "fault fault fault")
    assert "JSSharedMemory: a value or a copy would lie outside of the memory" in message


def test_a_page_a_worker_and_swift_count_with_the_same_counter(page):
    assert page(
        """
        const app = await init({ threads: 3 });
        const memory = await app.share(new SharedArrayBuffer(8));
        const words = new Int32Array(memory.buffer);
        const other = work("for (let i = 0; i < 100_000; i++) Atomics.add(words, 0, 1); postMessage(words[0]);", memory.buffer);
        const swift = app.increment(memory, 100_000);
        for (let i = 0; i < 100_000; i++) Atomics.add(words, 0, 1);
        await Promise.all([other, swift]);
        const results = [words[0], await app.incrementOnNewThread(memory), await app.incrementEverywhere(memory)];
        await app.terminate();
        return results;
        """
    ) == [300_000, 300_000, 3]


def test_a_worker_and_swift_wake_each_other(page):
    assert page(
        """
        const app = await init({ threads: 2 });
        const memory = await app.share(new SharedArrayBuffer(16));
        const other = work(`
          for (let round = 0; round < 1000; round++) {
            Atomics.store(words, 2, round * 2 + 1);
            Atomics.notify(words, 2);
            while (Atomics.load(words, 2) !== round * 2 + 2) Atomics.wait(words, 2, round * 2 + 1);
          }
          postMessage(words[2]);
        `, memory.buffer);
        const results = await Promise.all([app.answer(memory, 8, 1000), other]);
        await app.terminate();
        return results;
        """
    ) == [1000, 2000]


def test_operations_and_copies(page):
    assert page(
        """
        const app = await init({ threads: 2 });
        const memory = await app.share(new SharedArrayBuffer(16));
        const small = [...await app.operate32(memory)];
        new BigInt64Array(memory.buffer)[1] = 12n;
        const large = [...await app.operate64(memory)].map(String);
        new Float64Array(memory.buffer).set([1, 2]);
        await app.doubleAll(memory);
        const results = [small, large, [...new Float64Array(memory.buffer)], await app.countOf(memory), await app.countOf(null)];
        await app.terminate();
        return results;
        """
    ) == [
        [0, 12, 1, 1, -1, 2, 1, 241, 48, 49, -(2**31), 1, 0, 0],
        ["0", "12", "1", str(2**64 - 1), "2", "1", "241", "48", "49", str(2**63)],
        [3, 5],
        16,
        -1,
    ]


def test_a_thread_that_computes_takes_memory_when_it_has_finished(page):
    assert page(
        """
        const app = await init({ threads: 2 });
        const first = await app.share(new SharedArrayBuffer(4));
        const words = new Int32Array(first.buffer);
        const spinning = app.spinUntil(first, 2);
        while (!Atomics.load(words, 0)) await pause(1);
        let isShared = false;
        const second = app.share(new SharedArrayBuffer(4)).then((memory) => { isShared = true; return memory; });
        await pause(100);
        const early = isShared;
        Atomics.store(words, 0, 2);
        await spinning;
        const results = [early, await app.incrementEverywhere(await second)];
        // Threads that start later have it from the beginning.
        await app.threads.resize(4);
        results.push(await app.incrementEverywhere(await second), new Int32Array((await second).buffer)[0]);
        await app.terminate();
        return results;
        """
    ) == [False, 2, 4, 6]


def test_swift_keeps_memory_and_what_is_none_is_refused(page):
    assert page(
        """
        const app = await init({ threads: 2 });
        const memory = await app.share(new SharedArrayBuffer(4));
        await app.keepMemory(memory);
        const results = [await app.addToKept(), await app.addToKept(), (await app.returnKept()) === memory];
        await app.keepMemory(null);
        results.push((await app.returnKept()) === undefined);
        results.push((await outcome(app.share(new ArrayBuffer(4)))).message, (await outcome(app.countOf({}))).message);
        await app.terminate();
        results.push((await outcome(app.share(new SharedArrayBuffer(4)))).code);
        return results;
        """
    ) == [
        0,
        1,
        True,
        True,
        "share: expected a SharedArrayBuffer, got ArrayBuffer",
        "memory: expected what app.share has returned, got object",
        "terminated",
    ]


def test_without_isolation_nothing_is_shared(page):
    with served_without_isolation(PACKAGE) as address:
        assert page(
            """
            const app = await init();
            // WebKit has the class under the settings of these tests, but the page is not isolated there either.
            const results = [];
            for (const promise of [app.share(null), app.threads.send(1)]) {
              const { name, code, message } = await outcome(promise);
              results.push(name, code, message.includes("memory cannot be shared here"));
            }
            await app.terminate();
            return results;
            """,
            address,
        ) == ["WeftError", "isolation", True] * 2


def test_a_page_without_wait_async_hears_that_calls_are_over(page):
    assert page(
        """
        delete Atomics.waitAsync;
        const app = await init({ threads: 2 });
        const results = await Promise.all([app.echoInt(7), app.sumOfIndices(1000), app.echoInt(8)]);
        await app.terminate();
        return results;
        """
    ) == [7, 499500, 8]
