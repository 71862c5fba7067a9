// Runs the package's suite in a page or a worker and sends the test what came out.
import * as boundary from "../Conformance/suite.js";
import { progress } from "./checks.js";
import { runLargeMemory } from "./largeMemory.js";
import { runOptions } from "./options.js";
import { run } from "./suite.js";

/**
 * @typedef {{ supported: boolean, reason?: string, shared: boolean, threads: number, state: string, results: import("./checks.js").Result[] }} Outcome
 */

/** What index.js exports, where the classic script of either package has been loaded. */
export const loaded = async () => {
  const { Calls, Conformance } = /** @type {any} */ (globalThis);
  const { init, load } = Calls ?? Conformance;
  return { ...(await load()), default: init };
};

/** Where the package is that the test asks for. */
export const folder = () => new URL(new URLSearchParams(location.search).get("package") ?? "pkg/", location.href).href;

/**
 * @param {any} exports what index.js exports @param {string} [folder] the package, if its files are to be used as such
 * @param {(url: string) => Promise<Response>} [load]
 * @returns {Promise<Outcome>}
 */
export async function conform(exports, folder, load = fetch) {
  const app = await exports.default({ threads: 3 });
  const { shared, threads } = app;
  const isCalls = !("Counter" in app);
  // On a page functions return promises.
  const results = await (isCalls ? run(app) : boundary.run(app, exports, { isPage: "document" in globalThis, isShared: shared, threads: threads.count }));
  const isWide = !isCalls && (await app.bitsOfInt()) === 64;
  const outcome = { ...exports.supportsThreads(), shared, threads: threads.count, state: app.state, results };
  await app.terminate();
  if (isWide) results.push(...(await runLargeMemory(exports)));
  if (folder && isCalls) results.push(...(await runOptions(exports, folder, load)));
  return outcome;
}

/** @param {() => Promise<Outcome>} body */
export async function report(body) {
  /** @param {any} value */
  const send = (value) => fetch(new URL(`report${location.search}`, location.href), { method: "POST", body: JSON.stringify(value) });
  progress.begin = boundary.progress.begin = async (name) => { await send({ progress: name }); };
  /** @type {any} */
  let outcome;
  try {
    outcome = await body();
  } catch (/** @type {any} */ error) {
    outcome = { error: `${error?.stack ?? ""} ${error}` };
  }
  await send(outcome);
}
