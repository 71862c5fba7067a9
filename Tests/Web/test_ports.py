"""An app at the other end of a port: a page's app in a worker and in iframes, and a worker's on the page."""

import pytest
from browser import wait_until
from browsers import ENGINES, engine
from conftest import CONFORMANCE
from server import served_with

# A script of the page's own: those of Firefox's driver run in a world of their own, to which other objects come.
START = """
(async () => {
  const { default: init, WeftError } = await import("/pkg/index.js");
  const { connect, disconnect, expose } = await import("/pkg/ports.js");
  /** The other end of the app in a worker: what it answers is `outcome`. */
  const inWorker = (exposed, task, place) => {
    const { port1, port2 } = new MessageChannel();
    const exposure = expose(exposed, port1);
    const worker = new Worker("/clientWorker.js", { type: "module" });
    const outcome = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage({ port: port2, task, place }, [port2]);
    return { exposure, outcome, remove: () => worker.terminate() };
  };
  const inFrame = (exposed, task, place, origin = location.origin) => {
    const { port1, port2 } = new MessageChannel();
    const exposure = expose(exposed, port1);
    const frame = document.createElement("iframe");
    const outcome = new Promise((resolve) => {
      const hear = ({ source, data }) => {
        if (source !== frame.contentWindow) return;
        if (data === "ready") return frame.contentWindow.postMessage({ port: port2, task, place }, "*", [port2]);
        removeEventListener("message", hear);
        resolve(data);
      };
      addEventListener("message", hear);
    });
    frame.src = `${origin}/client.html`;
    document.body.append(frame);
    return { exposure, outcome, remove: () => frame.remove() };
  };
  const inForeignFrame = (exposed, task, place) => inFrame(exposed, task, place, location.origin.replace("127.0.0.1", "localhost"));
  const until = async (isSo) => {
    for (let round = 0; round < 2000 && !(await isSo()); round++) await new Promise((resolve) => setTimeout(resolve, 5));
    return isSo();
  };
  CODE
})().then((value) => { window.outcome = { value }; }, (error) => { window.outcome = { error: `${error.stack} ${error}` }; });
"""


@pytest.fixture(scope="module")
def open_to_others(conformance):
    """The same files, isolated, for pages of other origins as well."""
    headers = {"Opener-Policy": "same-origin", "Embedder-Policy": "require-corp", "Resource-Policy": "cross-origin"}
    with served_with(CONFORMANCE, {f"Cross-Origin-{name}": value for name, value in headers.items()}) as address:
        yield address


@pytest.fixture(scope="module", params=ENGINES)
def run(request):
    """Runs JavaScript in a page of each engine."""
    with engine(request.param) as browser:

        def run(address, code):
            browser.get(address)
            insert = "const script = document.createElement('script'); script.textContent = arguments[0]; document.body.append(script);"
            browser.execute_script(insert, START.replace("CODE", code))
            outcome = wait_until(lambda: browser.execute_script("return window.outcome"), 120, "the page")
            assert "error" not in outcome, outcome["error"]
            return outcome["value"]

        run.name = request.param
        yield run


def check(outcome, at_least):
    assert "error" not in outcome, outcome.get("error")
    failures = [f"{result['name']}: {result['message']}" for result in outcome["value"] if not result["ok"]]
    assert not failures, "\n".join(failures)
    assert len(outcome["value"]) > at_least


SUITE = """
const app = await init({ threads: 3 });
const place = { isPage: true, isShared: app.shared, threads: app.threads.count, remote: "page", sharesMemory: app.shared && SHARES };
const { outcome, exposure, remove } = CLIENT;
const result = await outcome;
await exposure.ended;
// Those that nobody has let go of on the client's side as well.
const living = async () => (await app.Counter.made) - (await app.endedCounters());
await until(async () => (await living()) === 0);
const left = await living();
remove();
await app.terminate();
return [result, left, place.isShared];
"""


@pytest.mark.parametrize("is_isolated", [True, False])
def test_a_client_in_a_worker(run, conformance, conformance_without_isolation, is_isolated):
    code = SUITE.replace("SHARES", "true").replace("CLIENT", 'inWorker(app, "suite", place)')
    result, left, is_shared = run(conformance if is_isolated else conformance_without_isolation, code)
    check(result, 55 if is_shared else 50)
    assert (left, is_shared) == (0, is_isolated)


@pytest.mark.parametrize("is_isolated", [True, False])
def test_a_client_in_an_iframe(run, conformance, conformance_without_isolation, is_isolated):
    code = SUITE.replace("SHARES", "true").replace("CLIENT", 'inFrame(app, "suite", place)')
    result, left, is_shared = run(conformance if is_isolated else conformance_without_isolation, code)
    check(result, 55 if is_shared else 50)
    assert (left, is_shared) == (0, is_isolated)


@pytest.mark.parametrize("is_isolated", [True, False])
def test_a_client_in_an_iframe_of_another_origin(run, open_to_others, conformance_without_isolation, is_isolated):
    # The engine decides. WebKitGTK, told to have shared memory at all, shares it with everybody.
    shares = "true" if run.name == "webkit" else "false"
    code = SUITE.replace("SHARES", shares).replace("CLIENT", 'inForeignFrame(app, "suite", place)')
    result, left, is_shared = run(open_to_others if is_isolated else conformance_without_isolation, code)
    check(result, 55 if is_shared else 50)
    assert (left, is_shared) == (0, is_isolated)


def test_an_app_in_a_worker_for_the_page(run, conformance):
    results, counters = run(
        conformance,
        """
        const { outcomeOf, perform } = await import("/client.js");
        const { port1, port2 } = new MessageChannel();
        const worker = new Worker("/hostWorker.js", { type: "module" });
        const counted = new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        });
        worker.postMessage(port1, [port1]);
        const place = { isPage: true, isShared: true, threads: 3, remote: "thread", sharesMemory: true };
        const result = await outcomeOf(() => perform(port2, "suite", place));
        const counters = await counted;
        worker.terminate();
        return [result, counters];
        """,
    )
    check(results, 50)
    assert counters[0] > 20 and counters[0] == counters[1]


@pytest.mark.parametrize("client", ["inWorker", "inFrame", "inForeignFrame"])
def test_a_client_that_goes_without_a_word_leaves_nothing_behind(run, open_to_others, client):
    # Firefox tells nothing of an iframe of another origin.
    end = "exposure.end();" if client == "inForeignFrame" and run.name == "firefox" else ""
    assert run(
        open_to_others,
        """
        const app = await init({ threads: 2 });
        const { outcome, exposure, remove } = CLIENT(app, "vanish", {});
        const held = await outcome;
        const before = (await app.Counter.made) - (await app.endedCounters());
        remove();
        END
        await exposure.ended;
        await until(async () => (await app.Counter.made) === (await app.endedCounters()));
        const after = (await app.Counter.made) - (await app.endedCounters());
        await app.terminate();
        return [held, before, after];
        """.replace("CLIENT", client).replace("END", end),
    ) == [{"value": 52}, 50, 0]


def test_a_host_that_goes_without_a_word_ends_its_clients(run, conformance):
    assert run(
        conformance,
        """
        const { port1, port2 } = new MessageChannel();
        const worker = new Worker("/hostWorker.js", { type: "module" });
        worker.postMessage(port1, [port1]);
        const app = await connect(port2);
        const sum = await app.addNumbers(1, 2);
        worker.terminate();
        // What is asked before its end is known has no answer, and is not waited for.
        const error = await (async () => { for (;;) await app.addNumbers(1, 2); })().catch((error) => error);
        return [sum, error instanceof WeftError, error.code];
        """,
    ) == [3, True, "terminated"]


def test_the_app_ends_while_clients_wait(run, conformance):
    assert run(
        conformance,
        """
        const app = await init({ threads: 2 });
        const { outcome, exposure, remove } = inWorker(app, "end", {});
        await until(() => window.noted.includes("begun"));
        await app.terminate();
        const codes = await outcome;
        exposure.end();
        remove();
        return codes;
        """,
    ) == {"value": ["terminated", "terminated"]}


def test_calls_of_several_clients_run_at_the_same_time(run, conformance):
    assert run(
        conformance,
        """
        const app = await init({ threads: 2 });
        const [room] = [await new app.Room()];
        const clients = await Promise.all([0, 1].map(async () => {
          const { port1, port2 } = new MessageChannel();
          const exposure = expose(app, port1);
          return { app: await connect(port2), exposure };
        }));
        const both = await Promise.all([clients[0].app.count(300), clients[1].app.count(300), clients[0].app.addNumbers(1, 2)]);
        for (const { app, exposure } of clients) {
          disconnect(app);
          await exposure.ended;
        }
        room.dispose();
        await app.terminate();
        return both;
        """,
    ) == [300, 300, 3]
