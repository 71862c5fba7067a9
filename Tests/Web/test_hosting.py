"""Pages on hosts of all kinds: isolated by the service worker where the host sends no headers, and by the documented configurations."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

import pytest
from browser import wait_until
from browsers import ENGINES, engine
from new_port import new_port
from plain_host import plain_host
from selenium.common.exceptions import WebDriverException
from server import ORDERLY, Server

ROOT = pathlib.Path(__file__).resolve().parents[2]
KERNEL = ROOT / "Benchmarks" / "Kernel"
DOCUMENTATION = (ROOT / "Documentation" / "Hosting.md").read_text()

# The warnings of isolation.js are kept for the test; `run` is what a page does with a package.
PAGE = """<!doctype html>
<meta charset="utf-8">
<title>Hosting</title>
<link rel="icon" href="data:,">
<script>
  window.warnings = [];
  console.warn = (message) => warnings.push(message);
</script>
ISOLATION
<script>
  window.run = async () => {
    const { default: init } = await import("/pkg/index.js");
    const app = await init({ threads: 4 });
    const data = app.alloc(Float64Array, 100000);
    data.fill(2);
    const result = [app.shared, app.threads.count, await app.energy(data)];
    await app.terminate();
    return result;
  };
</script>
"""
SCRIPT = '<script src="isolation.js"></script>'
ON_THREADS = [True, 4, 400000]
ON_ONE = [False, 1, 400000]


@pytest.fixture(scope="module", params=ENGINES)
def each(request):
    """Each browser in turn."""
    with engine(request.param) as browser:
        browser.engine = request.param
        yield browser


@pytest.fixture(scope="module")
def chromium():
    with engine("chromium") as browser:
        yield browser


@pytest.fixture
def host(tmp_path):
    """A site of its own for each test, and so without a service worker: a page, the package, and isolation.js beside the page."""
    shutil.copytree(KERNEL / "pkg", tmp_path / "pkg")
    shutil.copy(KERNEL / "pkg" / "isolation.js", tmp_path)
    (tmp_path / "index.html").write_text(page(SCRIPT))
    with plain_host(tmp_path) as host:
        yield host


def page(isolation):
    return PAGE.replace("ISOLATION", isolation)


def ask(browser, code):
    """What an asynchronous function returns in the page."""
    result = browser.execute_async_script(
        "const done = arguments[0];"
        f"(async () => {{ {code} }})().then((value) => done({{ value }}), (error) => done({{ error: `${{error}} ${{error?.stack}}` }}))"
    )
    assert "error" not in result, result["error"]
    return result.get("value")


def settle(browser):
    """Waits until the page is isolated or says why it will not be. Nothing can reload it any more then."""

    def look():
        # A page that is just being reloaded answers nothing, or as the empty one that stands in its place for a moment.
        with contextlib.suppress(WebDriverException):
            return browser.execute_script(
                "if (document.readyState !== 'complete' || !document.scripts.length) return null;"
                "return crossOriginIsolated ? ['isolated'] : window.warnings?.length ? warnings : null"
            )

    outcome = wait_until(look, 30, "the page to be isolated or to say why not")
    return "isolated" if outcome == ["isolated"] else outcome[0]


def reload(browser, code, host):
    """Reloads an isolated page in some way, and waits until it is isolated again."""
    loads = host.counts["/"]
    browser.execute_script("window.isOld = true;" + code)
    wait_until(lambda: host.counts["/"] > loads and not is_old(browser), 15, "the page to be loaded again")
    assert settle(browser) == "isolated"


def is_old(browser):
    with contextlib.suppress(WebDriverException):
        return browser.execute_script("return !!window.isOld")
    return True


def visit(browser, address):
    browser.get(address)
    return settle(browser)


# The service worker.


def test_a_page_without_headers_runs_on_threads_after_one_reload(each, host):
    assert visit(each, host.address) == "isolated"
    assert host.counts["/"] == 2
    assert ask(each, "return await run()") == ON_THREADS
    assert visit(each, host.address + "?again") == "isolated"
    assert host.counts["/"] == 3
    assert ask(each, "return await run()") == ON_THREADS
    reload(each, "location.reload()", host)
    assert host.counts["/"] == 4
    assert ask(each, "return await run()") == ON_THREADS


def test_many_workers_start_at_once_under_the_service_worker(each, host):
    visit(each, host.address)
    code = """
    const { default: init } = await import("/pkg/index.js");
    const app = await init({ threads: 16 });
    const count = app.threads.count;
    await app.terminate();
    return count;
    """
    assert ask(each, code) == 16


def test_an_isolated_page_has_no_service_worker(each, host):
    host.headers = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
    assert visit(each, host.address) == "isolated"
    assert host.counts["/"] == host.counts["/isolation.js"] == 1
    assert ask(each, "return (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_the_package_itself_does_not_load_it(each, host):
    host.headers = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
    host.contents["/index.html"] = page("")
    # WebKit wants the header on what a worker imports too.
    host.script_headers = {"Cross-Origin-Embedder-Policy": "require-corp"}
    assert visit(each, host.address) == "isolated"
    assert ask(each, "return await run()") == ON_THREADS
    assert host.counts["/isolation.js"] == host.counts["/pkg/isolation.js"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Cross-Origin-Opener-Policy": "unsafe-none", "Cross-Origin-Embedder-Policy": "unsafe-none"},
        {"Cross-Origin-Opener-Policy": "same-origin-allow-popups"},
        {"Cross-Origin-Embedder-Policy": "require-corp, require-corp"},
        {"Cross-Origin-Embedder-Policy": "require-corp"},
    ],
)
def test_headers_that_contradict_are_replaced(each, host, headers):
    host.headers = headers
    assert visit(each, host.address) == "isolated"
    assert host.counts["/"] == 2
    assert ask(each, "return await run()") == ON_THREADS


def test_a_changed_service_worker_reloads_nothing(each, host):
    visit(each, host.address)
    script = (host.root / "isolation.js").read_text()
    host.contents["/isolation.js"] = script + "\n// A newer one.\n"
    assert ask(each, "return !!(await (await navigator.serviceWorker.getRegistration()).update())") in (True, False)
    assert visit(each, host.address + "?newer") == "isolated"
    assert host.counts["/"] == 3


def test_unusual_responses_pass_through(each, host):
    visit(each, host.address)
    assert ask(each, "const r = await fetch('/range', { headers: { Range: 'bytes=2-4' } }); return [r.status, await r.text()]") == [206, "234"]
    tagged = "const r = await fetch('/tagged', { cache: 'no-store', headers: { 'If-None-Match': '\"1\"' } }); return [r.status, await r.text()]"
    assert ask(each, tagged) == [304, ""]
    stream = """
    const reader = (await fetch("/stream")).body.getReader();
    let text = "";
    let early;
    for (let part; !(part = await reader.read()).done; ) {
      text += new TextDecoder().decode(part.value);
      if (!early) {
        early = text;
        await fetch("/release");
      }
    }
    return [early, text];
    """
    assert ask(each, stream) == ["first", "firstlater"]
    assert ask(each, "const r = await fetch('/moved', { redirect: 'manual' }); return [r.type, r.status]") == ["opaqueredirect", 0]
    assert ask(each, "return (await fetch('/error')).status") == 500
    assert ask(each, "return await fetch('http://127.0.0.1:1/').then(() => 'answered', (error) => error.name)") == "TypeError"


def test_unusual_pages_pass_through(each, host):
    visit(each, host.address)
    loads = host.counts["/"]
    assert visit(each, host.address + "moved") == "isolated"
    assert each.current_url == host.address + "?moved"
    assert host.counts["/"] == loads + 1
    for path, title in [("zipped", "zipped"), ("error", "broken"), ("missing", "")]:
        each.get(host.address + path)
        assert (each.title, each.execute_script("return crossOriginIsolated")) == (title, True)
    each.get(host.address)
    form = "const form = document.createElement('form'); form.method = 'post'; form.action = '/posted'; document.body.append(form); form.submit();"
    each.execute_script(form)
    wait_until(lambda: each.title == "POST", 15, "the posted form")
    assert each.execute_script("return crossOriginIsolated")
    # A response without content leaves the page as it is.
    visit(each, host.address)
    each.execute_script("location.href = '/no-content'")
    wait_until(lambda: host.counts["/no-content"], 15, "the request")
    assert each.execute_script("return location.href") == host.address


def test_a_worker_that_is_redirected_imports_beside_its_real_place(each, host):
    host.contents["/folder/worker.js"] = 'import { place } from "./place.js"; postMessage([place, crossOriginIsolated]);'
    host.contents["/folder/place.js"] = 'export const place = "folder";'
    visit(each, host.address)
    code = """
    const worker = new Worker("/moved-worker", { type: "module" });
    return await new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.onerror = ({ message }) => resolve(message ?? "error"); });
    """
    assert ask(each, code) == ["folder", True]


def show(browser, other):
    """Whether the page may have an image of another site, by an element and by a request without consent."""
    code = """
    const image = new Image();
    const shown = await new Promise((resolve) => {
      image.onload = () => resolve("shown");
      image.onerror = () => resolve("blocked");
      image.src = "ADDRESSdot";
    });
    return [shown, await fetch("ADDRESSdot", { mode: "no-cors" }).then(({ type }) => type, ({ name }) => name)];
    """
    return ask(browser, code.replace("ADDRESS", other.address))


def test_images_of_other_sites_show_where_the_engine_can(each, host, tmp_path):
    with plain_host(tmp_path) as other:
        visit(each, host.address)
        # WebKit has no `credentialless`: there the other site must allow it.
        assert show(each, other) == (["blocked", "TypeError"] if each.engine == "webkit" else ["shown", "opaque"])


def test_the_host_s_own_embedder_policy_stands(each, host, tmp_path):
    host.headers = {"Cross-Origin-Embedder-Policy": "require-corp"}
    with plain_host(tmp_path) as other:
        assert visit(each, host.address) == "isolated"
        assert show(each, other) == ["blocked", "TypeError"]


def test_a_page_below_the_script_s_folder_is_isolated(each, host):
    host.contents["/deep/page.html"] = page('<script src="../isolation.js"></script>')
    assert visit(each, host.address + "deep/page.html") == "isolated"
    assert host.counts["/deep/page.html"] == 2
    assert ask(each, "return await run()") == ON_THREADS


def refused(browser, host, path, reason, loads):
    """The page runs on one thread and says why."""
    message = visit(browser, host.address + path)
    assert reason in message
    assert "Swift runs on one thread" in message
    assert host.counts["/" + path.split("?")[0]] == loads
    assert ask(browser, "return await run()") == ON_ONE


def test_a_script_in_another_folder_says_where_to_copy_it(each, host):
    host.contents["/index.html"] = page('<script src="pkg/isolation.js"></script>')
    refused(each, host, "", "Copy it into the page's folder", loads=1)


def test_the_script_as_a_module(each, host):
    host.contents["/index.html"] = page('<script type="module" src="isolation.js"></script>')
    assert visit(each, host.address) == "isolated"
    assert host.counts["/"] == 2


def test_an_import_of_the_script_says_how_to_load_it(each, host):
    host.contents["/index.html"] = page('<script type="module">import "./isolation.js";</script>')
    refused(each, host, "", "was not loaded by an element of its own", loads=1)


# What a page can be like before the script runs.
BLOCKED = {
    "no service workers": ("delete Navigator.prototype.serviceWorker;", "offers no service workers", 1),
    "registration refused": (
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no storage', 'SecurityError'));",
        "the service worker cannot start (SecurityError: no storage)",
        1,
    ),
    # As the developer tools' "Bypass for network" does, and every reload while shift is held down.
    "passed over": (
        "ServiceWorkerContainer.prototype.register = async () => ({ active: { state: 'activated' } });",
        "the service worker was passed over",
        2,
    ),
    "passed over, and no storage": (
        "ServiceWorkerContainer.prototype.register = async () => ({ active: { state: 'activated' } });"
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no storage', 'SecurityError'); } });",
        "the service worker was passed over",
        2,
    ),
    "insecure": ("Object.defineProperty(window, 'isSecureContext', { value: false });", "Serve it over HTTPS", 1),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_no_reload_that_does_not_help(each, host, case):
    code, reason, loads = BLOCKED[case]
    host.contents["/index.html"] = page(f"<script>{code}</script>{SCRIPT}")
    refused(each, host, "", reason, loads)
    if loads == 2:
        # The user's own reload is a new attempt, with one reload of its own at most.
        each.refresh()
        settle(each)
        assert host.counts["/"] <= 4


# What a user may have set: the browser, its arguments, its preferences, and what comes of it.
SETTINGS = {
    "Chromium, incognito": ("chromium", ["--incognito"], {}, "isolated"),
    "Chromium, no storage": ("chromium", [], {"profile.default_content_setting_values.cookies": 2}, "the service worker cannot start"),
    "Firefox, private": ("firefox", [], {"browser.privatebrowsing.autostart": True}, "isolated"),
    "Firefox, no storage": ("firefox", [], {"network.cookie.cookieBehavior": 2}, "the service worker cannot start"),
    "Firefox, no service workers": ("firefox", [], {"dom.serviceWorkers.enabled": False}, "offers no service workers"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_of_the_user(host, case):
    name, arguments, preferences, reason = SETTINGS[case]
    with engine(name, arguments, preferences) as browser:
        outcome = visit(browser, host.address)
        assert reason in outcome
        assert host.counts["/"] == (2 if reason == "isolated" else 1)
        assert ask(browser, "return await run()") == (ON_THREADS if reason == "isolated" else ON_ONE)


@pytest.mark.parametrize(
    "name, arguments, preferences",
    [
        ("chromium", ["--host-resolver-rules=MAP weft.test 127.0.0.1"], {}),
        ("firefox", [], {"network.dns.localDomains": "weft.test", "dom.securecontext.allowlist": ""}),
    ],
)
def test_a_page_without_https_says_so(host, name, arguments, preferences):
    with engine(name, arguments, preferences) as browser:
        message = visit(browser, host.address.replace("127.0.0.1", "weft.test"))
        assert "Serve it over HTTPS" in message and host.counts["/"] == 1


def test_without_storage_it_still_works(each, host):
    code = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no storage', 'SecurityError'); } });"
    host.contents["/index.html"] = page(f"<script>{code}</script>{SCRIPT}")
    assert visit(each, host.address) == "isolated"
    assert host.counts["/"] == 2


def test_a_worker_script_that_cannot_be_fetched_is_told(each, host):
    # The page gets the script, and the service worker does not.
    def once(handler):
        found = host.counts["/isolation.js"] == 1
        handler.answer(200 if found else 404, (host.root / "isolation.js").read_bytes(), {"Content-Type": "text/javascript"})

    host.routes["/isolation.js"] = once
    refused(each, host, "", "the service worker cannot start", loads=1)


def test_a_permissions_policy_that_forbids_it_is_told(chromium, host):
    # Chromium alone knows it.
    chromium.engine = "chromium"
    host.headers = {"Permissions-Policy": "cross-origin-isolated=()"}
    refused(chromium, host, "", "Permissions-Policy", loads=2)


def test_another_service_worker_of_the_page_is_not_replaced(each, host):
    host.contents["/own.js"] = "addEventListener('fetch', () => {});"
    host.contents["/plain.html"] = page("")
    each.get(host.address + "plain.html")
    ask(each, "await navigator.serviceWorker.register('/own.js'); await navigator.serviceWorker.ready;")
    refused(each, host, "", 'Write importScripts("', loads=1)
    # What it advises.
    host.contents["/own.js"] = "importScripts('isolation.js');"
    ask(each, "await (await navigator.serviceWorker.getRegistration()).unregister();")
    each.get(host.address + "plain.html")
    ask(each, "await navigator.serviceWorker.register('/own.js'); await navigator.serviceWorker.ready;")
    assert visit(each, host.address + "plain.html") == "isolated"
    assert ask(each, "return await run()") == ON_THREADS


def test_a_frame_does_not_reload(each, host):
    host.contents["/outer.html"] = page("") + '<iframe src="/"></iframe>'
    each.get(host.address + "outer.html")
    code = "return document.querySelector('iframe').contentWindow.warnings?.[0]"
    assert "it is in a frame" in wait_until(lambda: each.execute_script(code), 15, "the frame's warning")
    assert host.counts["/"] == 1


def test_a_hard_reload_needs_no_more_than_one_of_its_own(each, host):
    visit(each, host.address)
    # After a reload into another process chromedriver reloads the page of before.
    visit(each, host.address + "?again")
    loads = host.counts["/"]
    # A hard one in Firefox, and a soft one in the others.
    each.refresh()
    assert settle(each) == "isolated"
    assert host.counts["/"] - loads == (2 if each.engine == "firefox" else 1)
    if each.engine == "chromium":
        loads = host.counts["/"]
        each.execute_script("window.isOld = true")
        each.execute_cdp_cmd("Page.reload", {"ignoreCache": True})
        wait_until(lambda: not is_old(each), 15, "the hard reload")
        assert settle(each) == "isolated"
        assert host.counts["/"] - loads == 2
    assert ask(each, "return await run()") == ON_THREADS


def test_a_service_worker_that_the_browser_bypasses_is_no_loop(chromium, host):
    chromium.engine = "chromium"
    chromium.execute_cdp_cmd("Network.enable", {})
    chromium.execute_cdp_cmd("Network.setBypassServiceWorker", {"bypass": True})
    try:
        refused(chromium, host, "", "passed over", loads=2)
    finally:
        chromium.execute_cdp_cmd("Network.setBypassServiceWorker", {"bypass": False})
    assert visit(chromium, host.address + "?later") == "isolated"


# weft doctor, and the documented configurations of hosts.


def doctor(weft, *arguments):
    """What it says, and its exit code."""
    run = subprocess.run([weft, "doctor", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return run.stdout, run.returncode


def documented(language):
    """The block of the documentation in that language; there must be one."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENTATION, re.DOTALL | re.MULTILINE)
    return block


@contextlib.contextmanager
def running(command, folder, port):
    """A host as a process group of its own, until it is no longer needed."""
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, process_group=0)

    def answers():
        assert process.poll() is None, (folder / "output.txt").read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True

    try:
        wait_until(answers, 15, f"{command[0]} to listen")
        yield f"http://127.0.0.1:{port}/"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


NGINX = """
USER
daemon off;
worker_processes 1;
pid FOLDER/nginx.pid;
error_log stderr;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy; fastcgi_temp_path FOLDER/fastcgi; uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
  server {
    listen 127.0.0.1:PORT;
    root FOLDER/site;
DOCUMENTED
  }
}
"""
# Only the documented lines know the types of scripts and wasm.
APACHE = """
ServerRoot FOLDER
ServerName localhost
Listen 127.0.0.1:PORT
PidFile FOLDER/apache.pid
DefaultRuntimeDir FOLDER
ErrorLog FOLDER/errors.txt
USER
MODULES
TypesConfig /dev/null
AddType text/html .html
DirectoryIndex index.html
DocumentRoot FOLDER/site
<Directory FOLDER/site>
  Require all granted
  AllowOverride FileInfo
</Directory>
DOCUMENTED
"""
CADDY = """
{
  admin off
}
DOCUMENTED
"""
APACHE_MODULES = ["mpm_event", "authz_core", "dir", "mime", "headers", "filter", "deflate"]


@contextlib.contextmanager
def web_server(name, folder):
    """The server `name` with the documented configuration, over FOLDER/site."""
    port = new_port()
    is_root = os.getuid() == 0
    if name == "nginx":
        text, lines = NGINX.replace("USER", "user root;" if is_root else ""), documented("nginx")
        command = ["nginx", "-c", str(folder / "configuration"), "-p", str(folder)]
    elif name == "caddy":
        lines = documented("caddy").replace("example.org", f"http://127.0.0.1:{port}").replace("/srv/site", str(folder / "site"))
        text, command = CADDY, ["env", f"HOME={folder}", f"XDG_CONFIG_HOME={folder}", f"XDG_DATA_HOME={folder}", "caddy", "run", "--config", str(folder / "configuration"), "--adapter", "caddyfile"]
    else:
        modules = "\n".join(f"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so" for module in APACHE_MODULES)
        text, lines = APACHE.replace("USER", "User www-data\nGroup www-data" if is_root else "").replace("MODULES", modules), documented("apache")
        command = ["apache2", "-f", str(folder / "configuration"), "-DFOREGROUND"]
        if name == "apache, .htaccess":
            (folder / "site" / ".htaccess").write_text(lines)
            lines = ""
    text = text.replace("FOLDER", str(folder)).replace("PORT", str(port)).replace("DOCUMENTED", lines)
    (folder / "configuration").write_text(text)
    # The servers lie where only root's PATH leads.
    found = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, f"there is no {command[0]}"
    with running([found, *command[1:]], folder, port) as address:
        yield address


@pytest.fixture
def site():
    """A folder with a site that a server without root's rights can read, unlike what pytest makes."""
    with tempfile.TemporaryDirectory(prefix="weft-") as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        shutil.copytree(KERNEL / "pkg", folder / "site" / "pkg")
        (folder / "site" / "index.html").write_text(page(""))
        yield folder


@pytest.mark.parametrize("name", ["nginx", "apache", "apache, .htaccess", "caddy"])
def test_documented_configurations(chromium, weft, site, name):
    with web_server(name, site) as address:
        assert visit(chromium, address) == "isolated"
        assert ask(chromium, "return await run()") == ON_THREADS
        types = """
        const type = async (name) => (await fetch(name)).headers.get("Content-Type").split(";")[0];
        return [await type("/pkg/index.js"), await type("/pkg/kernel.wasm")];
        """
        script, wasm = ask(chromium, types)
        assert script in ("text/javascript", "application/javascript") and wasm == "application/wasm"
        report, code = doctor(weft, address)
        assert code == 0 and "✗" not in report and "! " not in report, report
        for line in ["Cross-Origin-Opener-Policy: same-origin", "worker.js: Cross-Origin-Embedder-Policy: require-corp", "kernel.wasm: application/wasm, gzip"]:
            assert f"✓ {line}\n" in report
        # Files that are missing say so with the headers too.
        assert ask(chromium, "const r = await fetch('/none'); return [r.status, r.headers.get('Cross-Origin-Embedder-Policy')]") == [404, "require-corp"]


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_webkit_runs_on_threads_under_a_documented_configuration(site, name):
    with web_server(name, site) as address, engine("webkit") as browser:
        assert visit(browser, address) == "isolated"
        assert ask(browser, "return await run()") == ON_THREADS


def test_doctor_sees_what_a_page_lacks(weft, host):
    report, code = doctor(weft, host.address)
    assert code == 0 and "✓ Cross-Origin-Opener-Policy: added by the service worker isolation.js\n" in report
    host.contents["/index.html"] = page("")
    report, code = doctor(weft, host.address, "--package", "pkg")
    assert code == 1
    assert "✗ Cross-Origin-Opener-Policy: the host does not send it; send `Cross-Origin-Opener-Policy: same-origin`" in report
    assert "✗ worker.js: isolated pages start no worker" in report


def test_doctor_finds_nothing_wrong_with_weft_serve(weft):
    server = Server([weft, "serve", "--no-watch", "--port", "0"], KERNEL)
    try:
        # Its package has no page of its own.
        address = server.address(seconds=300)
        (KERNEL / "pkg" / "page.html").write_text(page(""))
        report, code = doctor(weft, f"{address}pkg/page.html", "--package", ".")
    finally:
        (KERNEL / "pkg" / "page.html").unlink(missing_ok=True)
        assert server.stop() in ORDERLY
    assert code == 0 and "✗" not in report, report


def test_the_documented_element_is_the_tested_one():
    assert documented("html").strip() == SCRIPT
