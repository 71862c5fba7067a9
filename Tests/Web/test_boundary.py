"""What crosses between JavaScript and Swift, on a page: with threads, and where a page may share no memory."""

from browser import wait_until

# Runs in the page, which must not be waited for by one script: a check that hangs is then named.
SUITE = """
window.outcome = undefined;
window.at = "the start";
(async () => {
  const pkg = await import("/pkg/index.js");
  const { progress, run } = await import("/suite.js");
  progress.begin = async (name) => { window.at = name; };
  const app = await pkg.default({ threads: 3 });
  const { shared, threads } = app;
  const results = await run(app, pkg, { isPage: true, isShared: shared, threads: threads.count });
  const random = await import("/randomValues.js");
  window.at = "random values";
  await random.testPromises(app, { seed: 1, cases: 20_000 });
  const { state } = app;
  await app.terminate();
  return { shared, state, results };
})().then((outcome) => { window.outcome = outcome; }, (error) => { window.outcome = { error: `${error.stack} ${error}` }; });
"""


def run_suite(browser, address):
    browser.get(address)
    browser.execute_script(SUITE)
    try:
        return wait_until(lambda: browser.execute_script("return window.outcome"), 120, "the suite")
    except AssertionError:
        raise AssertionError(f"hangs in: {browser.execute_script('return window.at')}") from None


def check(outcome, is_shared):
    assert "error" not in outcome, outcome["error"]
    failures = [f"{result['name']}: {result['message']}" for result in outcome["results"] if not result["ok"]]
    assert not failures, "\n".join(failures)
    assert len(outcome["results"]) > 60
    assert (outcome["shared"], outcome["state"]) == (is_shared, "running")


def test_suite_on_a_page_with_threads(browser, conformance):
    check(run_suite(browser, conformance), is_shared=True)


def test_suite_on_a_page_that_shares_no_memory(browser, conformance_without_isolation):
    check(run_suite(browser, conformance_without_isolation), is_shared=False)
