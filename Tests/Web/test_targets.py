"""Two packages in the places where they are meant to run, each with a suite that is the same everywhere.

Targets/suite.js calls what is in Package; Conformance/suite.js is about all that can cross between JavaScript and Swift.
"""

import contextlib
import http.server
import itertools
import json
import os
import pathlib
import queue
import re
import shutil
import subprocess
import threading
import urllib.parse

import pytest
from browsers import ENGINES
from browsers import engine as started

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE / "Targets"
# By the names that npm has for them.
PACKAGES = {"calls": HERE / "Package", "conformance": HERE / "Conformance"}

# With addresses of 64 bits, for which not every engine is made.
MEMORY64 = HERE / "Conformance/memory64"

ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
# Documentation/Targets.md promises that these are enough.
POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
CDN_POLICY = "default-src 'none'; script-src 'self' CDN 'wasm-unsafe-eval'; worker-src blob: CDN; connect-src 'self' CDN"
# Where a page lies in the first folder of its address, and its package in the second; what the server sends with everything there.
HEADERS = {
    "isolated": ISOLATION,
    "plain": {},
    "isolated-policy": {**ISOLATION, "Content-Security-Policy": POLICY},
    "plain-policy": {"Content-Security-Policy": POLICY},
    "isolated-cdn-policy": {**ISOLATION, "Content-Security-Policy": CDN_POLICY},
    "plain-cdn-policy": {"Content-Security-Policy": CDN_POLICY},
    "no-wasm": {**ISOLATION, "Content-Security-Policy": POLICY.replace(" 'wasm-unsafe-eval'", "")},
}
MODULE = '<script type="module" src="module.js"></script>'
WORKERS = '<script src="workers.js"></script>'
# How pages load the package.
PAGES = {
    "module": MODULE,
    "module-worker": WORKERS,
    "classic": '<script src="pkg/classic.js"></script><script src="classic.js"></script>',
    "classic-worker": WORKERS,
    "webpack": '<script src="webpack/main.js"></script>',
    "rollup": '<script type="module" src="rollup/bundled.js"></script>',
    "esbuild": '<script type="module" src="esbuild/bundled.js"></script>',
    "cdn": MODULE,
    "cdn-worker": WORKERS,
    "cdn-script": '<script src="CDN/pkg/classic.js"></script><script src="classic.js"></script>',
    "cdn-classic": '<script src="CDN/pkg/classic.js" crossorigin></script><script src="classic.js"></script>',
}
# The package, where it is, and the page. An app with shared memory, and one without.
PLACES = [
    *itertools.product(PACKAGES, ["isolated", "plain"], [page for page in PAGES if not page.startswith("cdn")]),
    *itertools.product(["calls"], ["isolated", "plain"], ["cdn", "cdn-worker", "cdn-classic"]),
    # An isolated page takes scripts without `crossorigin` only if they come with one header more.
    ("calls", "plain", "cdn-script"),
    *itertools.product(["calls"], ["isolated-policy", "plain-policy"], ["module", "module-worker", "classic", "webpack"]),
    *itertools.product(["calls"], ["isolated-cdn-policy", "plain-cdn-policy"], ["cdn", "cdn-classic"]),
]


def run(command, folder=None, seconds=120):
    """What the command printed. Whatever it says of a failure is part of the test's."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, text=True, timeout=seconds,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    assert done.returncode == 0, f"{command} failed with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session", autouse=True)
def packages(weft):
    for folder in PACKAGES.values():
        run([weft, "build", "--package-path", folder], seconds=600)
    run([weft, "build", "--memory64", "--package-path", PACKAGES["conformance"], "--output", MEMORY64 / "pkg"], seconds=600)


@pytest.fixture(scope="session")
def projects(tmp_path_factory):
    """For each package a user's project into which it is installed, packed, as from npm."""
    return {name: project(name, tmp_path_factory.mktemp(name)) for name in PACKAGES}


def project(name, folder):
    (folder / "package.json").write_text('{ "name": "project", "private": true, "type": "module" }')
    npm = [os.environ["WEFT_NPM"], "--offline", "--no-audit", "--no-fund", "--update-notifier=false", f"--cache={folder / 'cache'}"]
    tarball = json.loads(run([*npm, "pack", "--json", "--pack-destination", folder], PACKAGES[name] / "pkg"))[0]["filename"]
    run([*npm, "install", f"./{tarball}"], folder)
    shutil.copytree(SOURCES, folder / "src")
    (folder / "Conformance").mkdir()
    shutil.copy(HERE / "Conformance/suite.js", folder / "Conformance")
    for main in MAINS:
        rewrite(folder / "src" / main, {'"calls"': f'"{name}"'})
    return folder


# The main scripts, which import the package by its name.
MAINS = ["bundled.js", "installed.js"]


def rewrite(file, texts):
    text = file.read_text()
    for old, new in texts.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


@pytest.fixture(scope="session")
def bundles(projects):
    """What bundlers make of the projects, by the commands that Documentation/Targets.md has."""
    return {name: bundled(name, project) for name, project in projects.items()}


def bundled(name, project):
    webpack, rollup, esbuild = (os.environ[f"WEFT_{name}"].split() for name in ["WEBPACK", "ROLLUP", "ESBUILD"])
    run([*webpack, "--mode", "production", "./src/bundled.js", "-o", "dist/webpack"], project)
    run([*webpack, "--target", "node", "--mode", "production", "./src/installed.js", "-o", "dist/webpack-node"], project)
    (project / "dist/webpack-node/package.json").write_text('{ "type": "commonjs" }')

    # Without a plug-in rollup does not look for packages.
    (project / "src/rolled").mkdir()
    for main, output in zip(MAINS, ["rollup", "rollup-node"]):
        shutil.copy(project / "src" / main, project / "src/rolled")
        rewrite(project / "src/rolled" / main, {f'"{name}"': f'"../../node_modules/{name}/index.js"', '"./': '"../'})
        run([*rollup, f"src/rolled/{main}", f"node_modules/{name}/worker.js", "--format", "es", "--dir", f"dist/{output}"], project)
        for file in (project / "node_modules" / name).glob("*.wasm"):
            shutil.copy(file, project / "dist" / output)

    files = [f"{name}/{file}" for file in ("worker.js", f"{name}.wasm", f"{name}.single.wasm")]
    options = ["--bundle", "--splitting", "--format=esm", "--loader:.wasm=copy", "--entry-names=[name]"]
    run([*esbuild, "src/bundled.js", *files, *options, "--outdir=dist/esbuild"], project)
    run([*esbuild, "src/installed.js", *files, *options, "--outdir=dist/esbuild-node", "--platform=node"], project)
    return project / "dist"


class Handler(http.server.BaseHTTPRequestHandler):
    """The sources, the package and the bundles, in every folder of HEADERS; takes the pages' reports."""

    types = {".js": "text/javascript", ".html": "text/html", ".wasm": "application/wasm"}

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        place, package, name = (*url.path.removeprefix("/").split("/", 2), "", "")[:3]
        if place not in HEADERS or not name:
            return self.answer(404, {}, b"")
        headers = {name: value.replace("CDN", self.server.cdn) for name, value in HEADERS[place].items()}
        if name.endswith(".html"):
            script = PAGES[name.removesuffix(".html")].replace("CDN", self.server.cdn)
            return self.answer(200, {**headers, "Content-Type": "text/html"}, f"<!doctype html><meta charset=utf-8><title>{name}</title>{script}".encode())
        file = self.file(package, name)
        if not file.is_file():
            return self.answer(404, headers, b"")
        self.answer(200, {**headers, "Content-Type": self.types[file.suffix]}, file.read_bytes())

    def file(self, package, name):
        if package == "memory64" and name.startswith("pkg/"):
            return MEMORY64 / name
        if package not in [*PACKAGES, "memory64"]:
            # What the sources import from beside their folder.
            return HERE / package / name
        if name.startswith("pkg/"):
            return PACKAGES[package] / name
        if "/" in name:
            return self.server.bundles[package] / name
        return SOURCES / name

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        identifier = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["id"][0]
        report = json.loads(body)
        if "progress" in report:
            self.server.progress[identifier] = report["progress"]
        else:
            self.server.reports.put((identifier, report))
        self.answer(204, {}, b"")

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class CDN(http.server.BaseHTTPRequestHandler):
    """The package on another origin, with the one header that it needs there."""

    def do_GET(self):
        file = PACKAGES["calls"] / urllib.parse.urlsplit(self.path).path.lstrip("/")
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", Handler.types.get(file.suffix, "text/plain"))
        self.end_headers()
        if file.is_file():
            self.wfile.write(file.read_bytes())

    log_message = Handler.log_message


@contextlib.contextmanager
def serving(handler):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def server(bundles):
    # localhost and 127.0.0.1 are different sites, not only different origins.
    with serving(CDN) as cdn, serving(Handler) as server:
        server.cdn = f"http://127.0.0.1:{cdn.server_port}"
        server.bundles = bundles
        server.reports = queue.Queue()
        server.progress = {}
        yield server


@pytest.fixture(scope="session", params=ENGINES)
def engine(request):
    with started(request.param) as browser:
        yield browser


visits = itertools.count()


def visit(browser, server, package, place, page):
    """What the page reports."""
    identifier = str(next(visits))
    query = {"id": identifier, **({"package": f"{server.cdn}/pkg/"} if page in ("cdn", "cdn-worker") else {})}
    browser.get(f"http://localhost:{server.server_port}/{place}/{package}/{page}.html?{urllib.parse.urlencode(query)}")
    while True:
        try:
            reporter, outcome = server.reports.get(timeout=60)
        except queue.Empty:
            last = server.progress.get(identifier, "before the suite")
            raise AssertionError(f"{place}/{package}/{page}.html hangs: {last}") from None
        # A page before this one may have been left with a report to send.
        if reporter == identifier:
            return outcome


def check(outcome, threaded, least, reason):
    """Every check of the suite passed, with threads or without."""
    assert "error" not in outcome, outcome["error"]
    failures = [f"{result['name']}: {result['message']}" for result in outcome["results"] if not result["ok"]]
    assert not failures, "\n".join(failures)
    assert len(outcome["results"]) >= least
    expected = (True, None, True, 3) if threaded else (False, reason, False, 1)
    assert (outcome["supported"], outcome.get("reason"), outcome["shared"], outcome["threads"]) == expected
    assert outcome["state"] == "running"


# The suites' checks, and those of the options where the package's files lie beside each other.
SUITES, OPTIONS = {"calls": 28, "conformance": 62, "memory64": 65}, {"calls": 9, "conformance": 0}


@pytest.mark.parametrize("package, place, page", PLACES, ids=lambda value: value)
def test_page(engine, server, package, place, page):
    has_files = page in ("module", "module-worker", "cdn", "cdn-worker")
    outcome = visit(engine, server, package, place, page)
    check(outcome, place.startswith("isolated"), SUITES[package] + OPTIONS[package] * has_files, "not cross-origin isolated")


@pytest.mark.parametrize("page", ["module", "module-worker"])
@pytest.mark.parametrize("place", ["isolated", "plain"])
def test_memory64_page(engine, server, place, page):
    outcome = visit(engine, server, "memory64", place, page)
    if engine.name == "MiniBrowser":
        assert re.search(NO_MEMORY64, outcome["error"]), outcome
    else:
        check(outcome, place == "isolated", SUITES["memory64"], "not cross-origin isolated")


NO_MEMORY64 = "this engine has no (shared )?memory with addresses of 64 bits, .*Use one of those, or a package"


def test_a_policy_without_wasm_is_an_error_of_init(engine, server):
    outcome = visit(engine, server, "calls", "no-wasm", "module")
    # WebKit says so only when the compiled module is to run.
    assert re.search("Content Security Policy|CSP|CompileError", outcome["error"]), outcome


RUNTIMES = ["NODE", "NODE_24", "DENO", "BUN"]


@pytest.mark.parametrize("mode", ["threaded", "single"])
@pytest.mark.parametrize("runtime", RUNTIMES)
@pytest.mark.parametrize("package", PACKAGES)
def test_program(package, runtime, mode):
    output = run([*os.environ[f"WEFT_{runtime}"].split(), SOURCES / "program.js", (PACKAGES[package] / "pkg/index.js").as_uri(), mode])
    check(json.loads(output.splitlines()[-1]), mode == "threaded", SUITES[package] + OPTIONS[package], "no SharedArrayBuffer")


@pytest.mark.parametrize("mode", ["threaded", "single"])
@pytest.mark.parametrize("runtime", ["NODE_24", "DENO"])
def test_memory64_program(runtime, mode):
    output = run([*os.environ[f"WEFT_{runtime}"].split(), SOURCES / "program.js", (MEMORY64 / "pkg/index.js").as_uri(), mode])
    check(json.loads(output.splitlines()[-1]), mode == "threaded", SUITES["memory64"], "no SharedArrayBuffer")


@pytest.mark.parametrize("runtime", ["NODE", "BUN"])
def test_memory64_is_an_error_of_init_where_there_is_none(runtime):
    with pytest.raises(AssertionError, match=NO_MEMORY64):
        run([*os.environ[f"WEFT_{runtime}"].split(), SOURCES / "program.js", (MEMORY64 / "pkg/index.js").as_uri(), "threaded"])


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_installed_package(projects, runtime):
    output = run([*os.environ[f"WEFT_{runtime}"].split(), "src/installed.js"], projects["calls"])
    check(json.loads(output.splitlines()[-1]), True, SUITES["calls"], None)


@pytest.mark.parametrize("bundler", ["webpack", "rollup", "esbuild"])
@pytest.mark.parametrize("runtime", ["NODE", "NODE_24"])
def test_bundle_for_node(bundles, runtime, bundler):
    script = "main.js" if bundler == "webpack" else "installed.js"
    output = run([*os.environ[f"WEFT_{runtime}"].split(), bundles["calls"] / f"{bundler}-node" / script])
    check(json.loads(output.splitlines()[-1]), True, SUITES["calls"], None)


def test_what_npm_would_publish(projects):
    project = projects["calls"]
    installed = project / "node_modules/calls"
    assert {path.name for path in installed.iterdir()} == {path.name for path in (PACKAGES["calls"] / "pkg").iterdir()}
    names = ["calls", "calls/package.json", "calls/worker.js", "calls/classic.js", "calls/calls.wasm", "calls/calls.single.wasm"]
    code = "for (const name of process.argv.slice(1)) console.log(import.meta.resolve(name))"
    found = run([*os.environ["WEFT_NODE"].split(), "--input-type=module", "--eval", code, *names], project).split()
    files = ["index.js", "package.json", "worker.js", "classic.js", "calls.wasm", "calls.single.wasm"]
    assert found == [(installed / file).as_uri() for file in files]
