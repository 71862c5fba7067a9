"""Isolated workers on pages: of a program with threads, and of one that shares no memory."""

import pathlib

import pytest
from browsers import ENGINES, engine
from server import served, served_without_isolation

PACKAGE = pathlib.Path(__file__).parent / "Workers"


@pytest.fixture(scope="module")
def addresses(weft):
    """The package, served with and without isolation."""
    with served(weft, PACKAGE) as isolated, served_without_isolation(PACKAGE) as plain:
        yield {"isolated": isolated, "plain": plain}


@pytest.mark.parametrize("kind", ["isolated", "plain"])
@pytest.mark.parametrize("name", ENGINES)
def test_isolated_workers(name, kind, addresses):
    with engine(name) as browser:
        browser.get(addresses[kind])
        browser.set_script_timeout(120)
        shared, results = browser.execute_async_script(
            """
            const done = arguments[arguments.length - 1];
            (async () => {
              const { default: init } = await import("/pkg/index.js");
              const { checkWorkers } = await import("/checks.js");
              const app = await init({ threads: 2 });
              const results = [];
              for (const [name, check] of checkWorkers(app)) results.push([name, await check().catch((error) => `${error.name}: ${error.message}`)]);
              const { shared } = app;
              await app.terminate();
              return [shared, results];
            })().then(done, (error) => done([String(error), []]));
            """
        )
    assert shared is (kind == "isolated"), shared
    assert len(results) > 9
    assert [result for result in results if result[1] != "right"] == []
