// For hosts that cannot send the headers under which a browser shares memory between threads, such as GitHub Pages. A page loads this
// file from its own folder, `<script src="isolation.js"></script>`. It is two programs: in the page it starts a service worker and
// reloads once, and it is that service worker, which adds the headers. Where the host sends them it does nothing.
(() => {
  const opener = "Cross-Origin-Opener-Policy";
  const embedder = "Cross-Origin-Embedder-Policy";
  // `credentialless` lets a page show what other sites serve without a thought of isolation. WebKit lacks it, and two browsers on Android.
  const isolating = /^(?!.*Android.*(Firefox|OPR)\/).*(Chrome|Firefox)\//.test(navigator.userAgent) ? "credentialless" : "require-corp";

  /**
   * The response to a page or a worker, with the headers.
   * @param {Request} request
   */
  async function isolated(request) {
    const response = await fetch(request);
    const { status, statusText } = response;
    // A redirect that the browser is to follow itself.
    if (status === 0) return response;
    // The worker's own imports are relative to where its script really is.
    if (response.redirected) return Response.redirect(response.url);
    const headers = new Headers(response.headers);
    headers.set(opener, "same-origin");
    // The host's own choice stands if it isolates.
    if (!/^\s*(require-corp|credentialless)\s*(;[^,]*)?$/.test(headers.get(embedder) ?? "")) headers.set(embedder, isolating);
    // These may have no body, not even an empty one.
    const body = [204, 205, 304].includes(status) ? null : response.body;
    return new Response(body, { status, statusText, headers });
  }

  if (typeof document === "undefined") {
    self.addEventListener("fetch", (/** @type {any} */ event) => {
      const { mode, destination } = event.request;
      // Only pages and workers need the headers: a page may have its own host's files without Cross-Origin-Resource-Policy. The browser
      // itself loads everything else, so nothing happens to streams, ranges, conditional requests and what other sites send.
      if (mode === "navigate" || destination === "worker" || destination === "sharedworker") event.respondWith(isolated(event.request));
    });
    return;
  }

  const mark = "weft: reloaded for isolation";

  /** Whether this load is the one that this script asked for. A second one would help no more than the first. */
  function wasReloaded() {
    try {
      const isMarked = sessionStorage.getItem(mark) !== null;
      sessionStorage.removeItem(mark);
      return isMarked;
    } catch {
      return isReload();
    }
  }

  /** Where nothing can be stored: whether anybody has reloaded the page. */
  function isReload() {
    const [navigation] = /** @type {any[]} */ (performance.getEntriesByType("navigation"));
    return navigation?.type !== "navigate";
  }

  function reload() {
    try {
      sessionStorage.setItem(mark, "");
    } catch {
      if (isReload()) return;
    }
    location.reload();
  }

  /**
   * Starts the service worker; what keeps the page from being isolated is thrown.
   * @param {any} script @param {boolean} isSecondLoad
   */
  async function isolate(script, isSecondLoad) {
    if (window.top !== window) throw "it is in a frame. The outermost page must be isolated, and give the frame allow=\"cross-origin-isolated\"";
    if (!isSecureContext) throw "it does not come over HTTPS. Serve it over HTTPS";
    if (!("serviceWorker" in navigator)) throw "the browser offers no service workers here, as in some private windows. Send the headers from the host";
    if (!script) throw "isolation.js was not loaded by an element of its own. Write <script src=\"isolation.js\"></script>";
    const scope = new URL(".", script.src).href;
    if (!location.href.startsWith(scope)) throw `isolation.js reaches only pages in ${scope}. Copy it into the page's folder`;
    const { serviceWorker } = navigator;
    const isOwn = (/** @type {ServiceWorker | null | undefined} */ worker) => !!worker && worker.scriptURL.split("?")[0] === script.src.split("?")[0];
    const cannotStart = (/** @type {any} */ error) => {
      throw `the service worker cannot start (${error}). Send the headers from the host, or let the browser store data for this site`;
    };
    const known = await serviceWorker.getRegistration().catch(cannotStart);
    // Of two service workers the browser takes the one with the narrower scope; a second one with the same scope replaces the first.
    if (known?.active && !isOwn(known.active) && known.scope.length >= scope.length) {
      throw `it has another service worker, ${known.active.scriptURL}. Write importScripts("${script.src}") there`;
    }
    if (isOwn(serviceWorker.controller)) throw "the headers are there and do not help. The browser is too old, or a Permissions-Policy forbids it";
    const registration = await serviceWorker.register(script.src).catch(cannotStart);
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (!worker || await settled(worker) === "redundant") throw "the service worker could not be installed. Load the page again";
    if (isSecondLoad) throw "the service worker was passed over, as a setting of the developer tools does. Load the page again";
    reload();
  }

  /** @param {ServiceWorker} worker @returns {Promise<string>} */
  function settled(worker) {
    return new Promise((resolve) => {
      const look = () => { if (worker.state === "activated" || worker.state === "redundant") resolve(worker.state); };
      worker.onstatechange = look;
      look();
    });
  }

  const isSecondLoad = wasReloaded();
  if (crossOriginIsolated) return;
  isolate(document.currentScript ?? document.querySelector('script[src*="isolation.js"]'), isSecondLoad).catch((reason) => {
    console.warn(`This page is not cross-origin isolated, so Swift runs on one thread: ${reason} (${opener}: same-origin, ${embedder}: require-corp).`);
  });
})();
