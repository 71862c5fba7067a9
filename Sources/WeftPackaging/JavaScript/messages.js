// What JavaScript sends to the threads of an app. A thread hears it in its worker's event loop: it returns there when it has nothing to do
// and has heard less than was sent, and its worker runs none before all that was sent has come.
import { list } from "./threads.js";

/**
 * What `connect` makes for a thread: makes calls by the addresses of their records. `arrival`: resolves when all that was sent is here.
 * @typedef {((call: number) => void) & { arrival: () => Promise<void> | undefined }} Listener
 * What is sent: memory to share, or to forget; or a value for `receive` in imports.js.
 * @typedef {{ share?: number, buffer?: SharedArrayBuffer, forget?: number, value?: any }} Message
 */

/** Where in the memory the number of messages stands, behind what is known of the first fault. */
const afterFault = 8 + 4096;

/** @param {any} app @returns {Int32Array} the word that says how many messages were sent */
const sentWord = ({ instance, fault }) => instance.view(Int32Array, fault + afterFault, 1);

/** @type {((message: Message) => void) | undefined} the app whose thread this worker runs, if there is one yet */
let take;
/** @type {Message[]} what has come before */
const early = [];

/** @param {Message} message that has come to this worker */
export function hear(message) {
  if (take) take(message);
  else early.push(message);
}

/**
 * @param {any} app @param {(call: number) => void} call makes the calls of JavaScript's functions
 * @param {{ receive?: (value: any) => void }} module imports.js @returns {Listener}
 */
export function listener(app, call, module) {
  /** @type {Map<number, { buffer: SharedArrayBuffer }>} */
  const memories = (app.memories = new Map());
  // An isolated worker's instance is no thread of the app's, though it runs on one.
  if (!app.isThread || app.outlet) return Object.assign(call, { arrival: () => undefined });
  let heard = app.sent ?? 0;
  /** @type {(() => void) | undefined} */
  let wake;
  for (const [number, buffer] of app.shared ?? []) memories.set(number, { buffer });
  const tell = () => app.post({ heard, name: app.instance.name });
  take = (message) => {
    if (message.forget) return memories.delete(message.forget);
    heard++;
    if (message.share && message.buffer) memories.set(message.share, { buffer: message.buffer });
    else module.receive?.(message.value);
    tell();
    wake?.();
  };
  early.forEach(take);
  const arrival = async () => {
    // A message may be here before its sender has counted it.
    while (heard < Atomics.load(sentWord(app), 0)) await new Promise((/** @type {(value?: any) => void} */ resolve) => { wake = resolve; });
    tell();
  };
  return Object.assign(call, { arrival: () => (Atomics.load(sentWord(app), 0) ? arrival() : undefined) });
}

/**
 * Sends something to the workers that were started here, and to those that will be.
 * @param {import("./workers.js").Workers} workers @param {Message} message
 */
export function sendOn({ program, handles }, message) {
  program.shared ??= new Map();
  if (message.forget) program.shared.delete(message.forget);
  else program.sent = (program.sent ?? 0) + 1;
  if (message.share && message.buffer) program.shared.set(message.share, message.buffer);
  for (const handle of handles) handle.post(message);
}

/**
 * Sends something to all threads, wherever their workers were started.
 * @param {any} app @param {Message} message
 */
export function sendEverywhere(app, message) {
  sendOn(app.workers, message);
  app.starter?.post(message);
}

/**
 * Sends something to all threads, and waits until those of pools have heard it.
 * @param {any} app @param {Message} message
 */
export async function send(app, message) {
  app.checkEnd();
  /** @type {Map<string, number>} */
  const known = (app.heardBy ??= new Map());
  app.heard = (/** @type {{ heard: number, name: string }} */ { heard, name }) => known.set(name, Math.max(heard, known.get(name) ?? 0));
  sendEverywhere(app, message);
  const { sent } = app.program;
  // Only now: who sees the number may rely on it that the message is on its way.
  Atomics.add(sentWord({ instance: app.instance, fault: app.program.fault }), 0, 1);
  app.run(app.instance.exports.weft_wake);
  // A thread of the program's own hears it when it ends; one that starts has heard it.
  const isBehind = (/** @type {{ name: string }} */ { name }) => /^weft-(pool-\d+-)?\d+$/.test(name) && !(Number(known.get(name)) >= sent);
  while (!app.end && list(app).some(isBehind)) await new Promise((resolve) => setTimeout(resolve, 2));
  app.checkEnd();
}
