// What a page asks of an app's threads.
import { WeftError } from "./errors.js";
import * as messages from "./messages.js";
import { checked } from "./options.js";

/** @typedef {import("./runtime.js").App} App */

/** @param {App} app @param {number} count */
export async function resize(app, count) {
  const { exports } = app.instance;
  checked("threads.resize: count", count, 1, 1024);
  app.checkEnd();
  if (app.isShared) app.run(() => exports.weft_resize(count));
  while (!app.end && exports.weft_running_threads() + Math.sign(app.waits) !== exports.weft_thread_count()) await new Promise((resolve) => setTimeout(resolve, 4));
  app.checkEnd();
}

/**
 * The started threads' names and what they do.
 * @param {App} app
 */
export function list(app) {
  app.checkEnd();
  const { instance } = app;
  // A row has 32 bytes: the name's, their number, and what the thread does.
  const rows = instance.allocate(32768);
  const count = instance.exports.weft_list_threads(rows, 1024);
  const list = Array.from({ length: count }, (_, index) => ({
    name: instance.threadName(rows + index * 32),
    state: ["running", "waiting", "idle"][instance.data.getInt32(rows + index * 32 + 28, true)],
  }));
  instance.free(rows);
  return list;
}

/**
 * Sends a value to all threads, and waits until they have it.
 * @param {App} app @param {unknown} value
 */
export function send(app, value) {
  if (!app.isShared) throw new WeftError("isolation", "threads.send: the program runs on one thread, because memory cannot be shared here (supportsThreads() says why)");
  if (!app.javascript) throw new TypeError("threads.send: the program imports nothing of JavaScript's, so that no imports.js is there to receive it");
  return messages.send(app, { value });
}
