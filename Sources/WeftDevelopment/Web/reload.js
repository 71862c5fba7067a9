// Added to every page that `weft serve` serves: reloads it after a build, and shows why a build failed.

/** What this page was served with. */
const served = new URL(import.meta.url).searchParams.get("revision");

/** @type {HTMLElement | undefined} */
let overlay;

/** @type {EventSource | undefined} */
let events;

// A browser keeps only six connections to a server: a page that nobody sees must not hold one.
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource("/.weft/events");
  events.addEventListener("revision", ({ data }) => {
    overlay?.remove();
    // Sent at every connection as well, so that a page which missed a build, or the server's restart, notices.
    if (data !== served) location.reload();
  });
  events.addEventListener("failure", ({ data }) => show(data));
}
document.addEventListener("visibilitychange", listen);
listen();

/** @param {string} messages */
function show(messages) {
  overlay?.remove();
  overlay = document.createElement("div");
  // A shadow root keeps the page's styles out.
  const root = overlay.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = `
    :host { all: initial }
    section { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; padding: 2rem; box-sizing: border-box;
      background: rgb(20 20 24 / 94%); color: #f4f4f5; font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace }
    h1 { margin: 0 0 1rem; font: 600 18px/1.4 system-ui, sans-serif; color: #ff7b72 }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
    button { position: fixed; top: 1rem; right: 1rem; padding: .4rem .8rem; border: 1px solid #71717a; border-radius: 6px;
      background: none; color: inherit; font: inherit; cursor: pointer }`;
  const section = document.createElement("section");
  section.setAttribute("role", "alert");
  const title = document.createElement("h1");
  title.textContent = "The build failed; this page shows the one before";
  const text = document.createElement("pre");
  text.textContent = messages;
  const close = document.createElement("button");
  close.textContent = "Close";
  close.onclick = () => overlay?.remove();
  section.append(title, text, close);
  root.append(style, section);
  document.documentElement.append(overlay);
}
