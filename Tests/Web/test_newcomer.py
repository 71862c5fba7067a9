"""What a newcomer does: `weft new` in an empty folder, `swift run weft serve`, then edit and watch the page follow."""

import json
import subprocess
import urllib.request

import pytest
from browser import wait_until
from server import ORDERLY, Server


@pytest.fixture(scope="module")
def package(weft, tmp_path_factory):
    folder = tmp_path_factory.mktemp("newcomer")
    subprocess.run([weft, "new", "Hello"], cwd=folder, check=True, stdin=subprocess.DEVNULL)
    return folder / "Hello"


@pytest.fixture(scope="module")
def server(package):
    server = Server(["swift", "run", "weft", "serve", "--port", "0"], package)
    try:
        # This is the first build on this machine as far as the package can tell: swift-syntax is compiled for it.
        server.url = server.address(seconds=900)
        yield server
    finally:
        code = server.stop()
    assert code in ORDERLY, f"expected the server to end in order after SIGTERM, not with exit code {code}"


def fetch(server, path):
    with urllib.request.urlopen(server.url + path) as response:
        return response.read()


def test_refuses_a_folder_with_something_in_it(weft, package):
    again = subprocess.run([weft, "new", "Hello"], cwd=package.parent, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert again.returncode != 0
    assert "Hello" in again.stderr


def test_package_is_served(server):
    assert json.loads(fetch(server, "pkg/package.json"))["type"] == "module"
    assert b"export default function init" in fetch(server, "pkg/index.js")
    assert b"init(" in fetch(server, "pkg/index.d.ts")
    for module in ["pkg/hello.wasm", "pkg/hello.single.wasm"]:
        assert fetch(server, module).startswith(b"\0asm")


def test_runtime_was_compiled_with_the_command(package, server):
    built = {folder.name for folder in (package / ".build/weft").iterdir() if folder.name.startswith(("threads", "single"))}
    assert built == {"threads-compiled", "single-compiled"}, "the package compiles the runtime itself"


def test_page_works(browser, server, output):
    browser.get(server.url)
    assert browser.execute_script("return crossOriginIsolated")
    wait_until(lambda: browser.execute_script("return document.body.innerText.trim()"), 10, "text on the page")
    browser.save_screenshot(str(output / "newcomer.png"))


def test_edit_reloads_the_page(browser, package, server):
    browser.get(server.url)
    browser.execute_script("window.beforeEdit = true")
    source = package / "Sources" / "Hello" / "Hello.swift"
    source.write_text(source.read_text() + "\n@JS func addedByTest() -> Int { 42 }\n")
    wait_until(lambda: not browser.execute_script("return window.beforeEdit"), 60, "the page to reload after an edit")
    call = "const app = await (await import('/pkg/index.js')).default(); return app.addedByTest()"
    assert browser.execute_script(call) == 42


def test_compile_error_keeps_the_last_build(package, server):
    source = package / "Sources" / "Hello" / "Hello.swift"
    good, module = source.read_text(), fetch(server, "pkg/index.js")
    source.write_text(good + '\nlet broken: Int = "text"\n')
    try:
        server.wait_for(r"Hello\.swift.*error: ", 60)
        assert fetch(server, "pkg/index.js") == module
    finally:
        source.write_text(good)
