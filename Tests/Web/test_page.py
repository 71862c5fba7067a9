"""Calls from a page: promises, errors that are heard, several at once, and ends."""

import pathlib

import pytest
from browser import wait_until
from server import ORDERLY, Server

PACKAGE = pathlib.Path(__file__).parent / "Package"


@pytest.fixture(scope="module")
def address(weft):
    """The address of the package of calls."""
    server = Server([weft, "serve", "--no-watch", "--port", "0"], PACKAGE)
    try:
        yield server.address(seconds=300)
    finally:
        code = server.stop()
    assert code in ORDERLY


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


def test_several_calls_run_at_the_same_time(run):
    # Two calls, each of which ends only when the other one has begun.
    assert run(
        """
        const app = await init({ threads: 2 });
        const flags = app.allocate(Int32Array, 2);
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
        const flags = app.allocate(Int32Array, 2);
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


def test_terminate_rejects_what_still_runs(run):
    running, later = run(
        """
        const app = await init({ threads: 1 });
        const flags = app.allocate(Int32Array, 2);
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
          const app = await init({ threads: 2, maximumMemory: 16 << 20 });
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
