// The workers that somebody has started, on the web or in Node.
import { isNode, node } from "./instance.js";

/**
 * `detach`: a thread that waits for work must not keep a program in Node from ending. `worker`: the address of its record, if threads run on it. `onmessage` and `onend` are to be set at once.
 * @typedef {{ post: (message: any, transfer?: any[]) => void, terminate: () => unknown, detach?: () => void, worker?: number, onmessage: (message: any) => void, onend: (reason: string) => void }} WorkerHandle
 * `fault`: where in the memory the first fault is written, for the threads that wait.
 * `calls`: whether the program calls functions of JavaScript's. `logs`: whether the page gets what threads print.
 * `sent`: how many messages went to all threads. `shared`: what all have got by them.
 * @typedef {{ module: WebAssembly.Module, memory: WebAssembly.Memory, fault: number, calls: boolean | undefined, logs: boolean, sent?: number, shared?: Map<number, SharedArrayBuffer> }} Program
 * @typedef {{ url: string, type?: WorkerType }} WorkerPlace
 */

/**
 * Starts a worker. `onend`: it failed, or ended though nobody asked it to.
 * @param {WorkerPlace} place @param {string} name @returns {WorkerHandle}
 */
export function startWorker({ url, type }, name) {
  const address = new URL(url);
  /** @type {Worker} */
  let worker;
  /** @type {any} */
  const handle = {
    post: (/** @type {[any, any]} */ ...values) => worker.postMessage(...values),
    terminate: () => worker.terminate(),
  };
  if (node) {
    node.startWorker(address, name, handle);
  } else {
    // WebKit under a service worker starts only one of several workers with the same address, whoever starts them.
    if (url.startsWith("http")) address.searchParams.set("thread", `${Math.random()}`);
    worker = new Worker(address, { type, name });
    worker.onmessage = ({ data }) => handle.onmessage(data);
    worker.onerror = (event) => {
      // Deno ends the program otherwise.
      event.preventDefault();
      handle.onend(`The worker failed: ${event.message}`);
    };
  }
  return handle;
}

/** The workers on which threads run, as far as this script has started them. */
export class Workers {
  /** @type {Set<WorkerHandle>} */ handles = new Set();
  /** How many have not said yet that they are ready. */ starting = 0;

  /** @param {Program} program @param {WorkerPlace} place @param {(message: any) => void} tell what they say, and `{}` when there is one less or one more ready */
  constructor(program, place, tell) {
    this.program = program;
    this.place = place;
    this.tell = tell;
  }

  /**
   * @param {import("./instance.js").WorkerStart} start of a worker, or with `isEnd` its end
   * @param {any} [port] where it asks for other workers, if not here
   */
  start(start, port) {
    const { name, worker, isEnd } = start;
    if (isEnd) return import("./isolated.js").then(({ endWorker }) => endWorker(this, worker));
    // Nobody else's lock has this name.
    const life = `weft${Math.random()}`;
    const handle = startWorker(this.place, name);
    handle.worker = worker;
    this.handles.add(handle);
    this.starting++;
    handle.onend = (reason) => { if (this.handles.has(handle)) this.tell({ fault: { name, message: reason, stack: "" } }); };
    handle.onmessage = (message) => {
      if (message.start) return this.start(message.start);
      if (message.ready) {
        this.starting--;
        handle.detach?.();
        this.#watch(life, handle);
      } else if (message.left) this.handles.delete(handle);
      this.tell(message);
    };
    handle.post({ ...this.program, life, start, port }, port && [port]);
  }

  /**
   * The web does not tell when a worker ends. But it lets go of its lock then, a little before or after its farewell is heard.
   * @param {string} life @param {WorkerHandle} handle
   */
  #watch(life, handle) {
    if (!isNode) /** @type {any} */ (navigator).locks?.request(life, () => { setTimeout(() => handle.onend("The worker was ended from outside"), 200); });
  }

  /** @returns {Promise<unknown>} */
  terminate() {
    const handles = [...this.handles];
    this.handles.clear();
    return Promise.all(handles.map((handle) => handle.terminate()));
  }
}
