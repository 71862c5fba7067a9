// What only Node has. Its modules' names are kept from bundlers, which would look for them in the browser's world.

/** @param {string} name @returns {Promise<any>} */
const builtin = (name) => import(/* @vite-ignore */ /* webpackIgnore: true */ `node:${name}`);
/** @type {any} */ let fs;
/** @type {any} */ let os;
/** @type {any} */ let threads;

/** To be done before anything else. Not by a top-level await, which webpack must be asked to allow. */
export async function load() {
  [fs, os, threads] = await Promise.all(["fs", "os", "worker_threads"].map(builtin));
}

/** @returns {number} */
export const availableParallelism = () => os.availableParallelism();

/** @param {URL} url @returns {any} */
export const read = (url) => fs.readFileSync(url);

/**
 * Makes a worker look like one of the web's.
 * @param {URL} url @param {string} name @param {import("./workers.js").WorkerHandle} handle
 */
export function startWorker(url, name, handle) {
  // Node hands over the first message as the worker starts, which saves a turn of its event loop.
  handle.post = (message, transfer) => {
    const worker = new threads.Worker(url, { workerData: message, name, execArgv: [], transferList: transfer });
    worker.on("message", (/** @type {any} */ message) => handle.onmessage(message));
    worker.on("error", (/** @type {any} */ error) => handle.onend(`The worker failed: ${error?.message ?? error}`));
    worker.on("exit", () => handle.onend("The worker was ended from outside"));
    handle.post = (message, transfer) => worker.postMessage(message, transfer);
    handle.terminate = () => worker.terminate();
    handle.detach = () => worker.unref();
  };
}

/**
 * In a worker, with its first message and all others. As long as it listens it lives, though no thread is in Swift; what starts workers
 * listens itself.
 * @param {(message: any, post: (message: any) => void, close: () => void) => void} begin
 */
export function beginWorker(begin) {
  const { parentPort, workerData } = threads;
  const hear = (/** @type {any} */ message) => begin(message, (message) => parentPort.postMessage(message), () => parentPort.close());
  if (!workerData.ports) listen(hear);
  hear(workerData);
}

/**
 * In a worker, for further messages.
 * @param {(message: any) => void} hear
 */
export const listen = (hear) => threads.parentPort.on("message", hear);

/**
 * In a worker, for messages to whoever has started it.
 * @param {any} message @param {any[]} transfer
 */
export const reply = (message, transfer) => threads.parentPort.postMessage(message, transfer);

/**
 * In a worker console.log needs the main thread's event loop, which may be blocked or over.
 * @param {string} line
 */
export function print(line) {
  for (let rest = new TextEncoder().encode(line + "\n"); rest.length; ) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (/** @type {any} */ error) {
      // A pipe is full: whoever reads it will make room.
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
