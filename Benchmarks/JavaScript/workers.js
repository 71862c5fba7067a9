// Workers of Node and of browsers, alike.
const node = typeof process === "object" ? await import("node:worker_threads") : undefined;

/**
 * Starts a module worker, hands it `data`, and waits until it says that it is ready.
 * @param {URL} url
 * @param {any} data
 */
export async function startWorker(url, data) {
  /** @type {any} */
  const worker = node ? new node.Worker(url) : new Worker(url, { type: "module" });
  const on = (/** @type {(message: any) => void} */ handler) =>
    node ? worker.on("message", handler) : worker.addEventListener("message", (/** @type {any} */ event) => handler(event.data));
  await new Promise((resolve, reject) => {
    // Browsers drop what is sent before the worker listens.
    on((message) => (message === "listening" ? worker.postMessage(data) : resolve(message)));
    node ? worker.on("error", reject) : worker.addEventListener("error", reject);
  });
  return worker;
}

/** @type {any} */
const port = node ? node.parentPort : globalThis;

let isListening = false;

/** In a worker: waits for what it is handed; then it must say that it is ready. */
export const receive = () =>
  new Promise((resolve) => {
    const accept = (/** @type {any} */ data) => resolve({ data, ready: () => port.postMessage("ready") });
    if (node) port.once("message", accept);
    else port.addEventListener("message", (/** @type {any} */ event) => accept(event.data), { once: true });
    if (!isListening) port.postMessage("listening");
    isListening = true;
  });

/**
 * What connects this thread with a worker, or a worker with the thread that has started it, as a port would.
 * @param {any} end a worker that was started here @returns {any}
 */
export function linkTo(end) {
  if (!node) return end;
  return {
    postMessage: (/** @type {any} */ message, /** @type {any[]} */ transfer) => end.postMessage(message, transfer),
    set onmessage(/** @type {(event: { data: any }) => void} */ hear) {
      end.removeAllListeners("message");
      end.on("message", (/** @type {any} */ data) => hear({ data }));
    },
  };
}

/** In a worker: what connects it with whoever has started it. */
export const parentLink = () => linkTo(port);
