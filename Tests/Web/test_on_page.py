"""`init({ on: "page" })`: Swift runs on the page, waits there, and the page goes on meanwhile."""

import subprocess

import pytest
from browsers import ENGINES, engine, run_on
from conftest import CONFORMANCE


@pytest.fixture(scope="module")
def wide(weft):
    """The same package with addresses of 64 bits, in a folder of its own."""
    command = [weft, "build", "--memory64", "--package-path", CONFORMANCE, "--output", CONFORMANCE / "memory64/pkg"]
    subprocess.run(command, check=True, timeout=600, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module", params=ENGINES)
def page(request, wide, conformance):
    """Runs JavaScript in a page of each engine, and says whether it can suspend WebAssembly."""
    # The other package comes before the page, which reloads after a change.
    with engine(request.param) as browser:

        def run(code, address=conformance):
            return run_on(browser, address, code)

        run.suspends = browser.execute_script("return typeof WebAssembly.promising === 'function'")
        run.name = request.param
        yield run


def test_addresses_of_64_bits(page):
    result = page(
        """
        const wide = await import("/memory64/pkg/index.js");
        const started = await outcome(wide.default({ threads: 2, on: "page", memory: 6 * 2 ** 30 }));
        if (!started.value) return started;
        const app = started.value;
        const results = [await app.bitsOfInt(), (await app.holdMemory(4.5 * 2 ** 30)) > 2 ** 32, (await app.addressOfSmallBlock()) > 2 ** 32];
        results.push(await app.sumInHeldMemory(16), await app.waitAndRetitle("wide"), document.title, await app.sumOfReplies(20, (n) => n * 2));
        await app.terminate();
        return results;
        """
    )
    if not page.suspends:
        assert (result["name"], result["code"]) == ("WeftError", "start")
        return
    assert result == [64, True, True, 120, 50321, "wide", 380]


def test_swift_waits_on_the_page_and_the_page_lives(page):
    result = page(
        """
        let ticks = 0;
        const timer = setInterval(() => ticks++, 1);
        const started = await outcome(init({ threads: 2, on: "page" }));
        if (!started.value) return started;
        const app = started.value;
        const promise = app.waitAndRetitle("waited");
        const results = [promise instanceof Promise, await promise, document.title, ticks > 5, app.shared, app.threads.count];
        // One after the other, in their order.
        const all = await Promise.all([app.echoInt(1), app.waitAndRetitle("again"), app.echoString("x"), app.hypotenuseOf(3, 4)]);
        results.push(...all, document.title, await app.sumOfReplies(20, (n) => n * 2), await app.count(3));
        await app.terminate();
        clearInterval(timer);
        return results;
        """
    )
    if page.suspends:
        assert result == [True, 50321, "waited", True, True, 2, 1, 50321, "x", 5, "again", 380, 3]
    else:
        assert page.name == "webkit", "Chromium and Firefox suspend WebAssembly"
        assert (result["name"], result["code"]) == ("WeftError", "start")
        assert "JSPI" in result["message"] and "leave the option out" in result["message"]


def test_a_fault_and_terminate_end_a_call_that_waits(page):
    if not page.suspends:
        return
    fault, over, next_, terminated = page(
        """
        const app = await init({ threads: 2, on: "page" });
        const fault = await outcome(app.trap());
        const over = await outcome(app.echoInt(1));
        const next = await init({ threads: 2, on: "page" });
        const call = outcome(next.count(1e6));
        const later = outcome(next.echoInt(2));
        await new Promise((resolve) => setTimeout(resolve, 50));
        await next.terminate();
        return [fault, over, (await call).code, (await later).code];
        """
    )
    assert fault["code"] == "fault" and over == fault
    assert (next_, terminated) == ("terminated", "terminated")


def test_arguments_are_those_of_the_moment_of_the_call(page):
    if not page.suspends:
        return
    # Calls wait for their turn, and what is passed may change meanwhile.
    assert page(
        """
        const app = await init({ threads: 2, on: "page" });
        const values = new Float64Array([1, 2]);
        const first = app.count(3);
        const second = app.echoDoubleArray(values);
        values.fill(9);
        const results = [await first, [...(await second)]];
        await app.terminate();
        return results;
        """
    ) == [3, [1, 2]]


def test_buffers_show_what_both_write_where_no_memory_is_shared(page, conformance_without_isolation):
    if not page.suspends:
        return
    assert page(
        """
        const app = await init({ on: "page" });
        const buffer = app.alloc(Float64Array, 3);
        buffer.set([1, 2, 3]);
        await app.scaleShared(buffer, 2);
        const results = [app.shared, [...buffer]];
        await app.terminate();
        return results;
        """,
        conformance_without_isolation,
    ) == [False, [2, 4, 6]]
