// Runs the suite in a page or a worker and sends the test what came out.
import { progress } from "./checks.js";
import { runOptions } from "./options.js";
import { run } from "./suite.js";

/**
 * @typedef {{ supported: boolean, reason?: string, shared: boolean, threads: number, results: import("./checks.js").Result[] }} Outcome
 */

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
  const results = await run(app);
  const outcome = { ...exports.supportsThreads(), shared, threads: threads.count, results };
  await app.terminate();
  if (folder) results.push(...(await runOptions(exports, folder, load)));
  return outcome;
}

/** @param {() => Promise<Outcome>} body */
export async function report(body) {
  /** @param {any} value */
  const send = (value) => fetch(new URL(`report${location.search}`, location.href), { method: "POST", body: JSON.stringify(value) });
  progress.begin = async (name) => { await send({ progress: name }); };
  /** @type {any} */
  let outcome;
  try {
    outcome = await body();
  } catch (/** @type {any} */ error) {
    outcome = { error: `${error?.stack ?? ""} ${error}` };
  }
  await send(outcome);
}
