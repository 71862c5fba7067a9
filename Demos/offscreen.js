// @ts-check
import { element, show, showError, showStrayErrors } from "./page.js";
import { built } from "./program.js";
import { showSources } from "./source.js";

/** What the worker has painted, as it says every quarter of a second. */
let painted = { frames: 0, threads: 0, fingerprint: "" };

async function start() {
  await built("worlds");
  /** @type {Worker} */
  const worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.error) return showError(new Error(data.error));
    painted = data;
    show("caption", `${painted.frames.toLocaleString("en")} frames painted by a worker, with ${painted.threads} threads`);
  };
  worker.onerror = ({ message }) => showError(new Error(message));
  const canvas = /** @type {any} */ (element("picture", HTMLCanvasElement)).transferControlToOffscreen();
  worker.postMessage({ canvas }, [canvas]);
}

/** @param {number} milliseconds in which the page does nothing else */
function standStill(milliseconds) {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

showStrayErrors();
element("settings", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  standStill(2000);
});
start().catch(showError);
/** For tests. */
Object.assign(window, { weftDemo: { standStill, painted: () => painted } });
showSources(element("source", HTMLElement), ["Sources/Life/Life.swift"]).catch(showError);
