// An app whose caller is itself a thread of the pool and may block: in a worker, in Node, Deno or Bun.
import { isNode } from "./instance.js";
import { App } from "./runtime.js";
import { readResults, releaseArguments, writeArguments } from "./values.js";
import { startWorker } from "./workers.js";

export class BlockingApp extends App {
  callersInPool = 1;
  /** @type {import("./workers.js").WorkerHandle | undefined} what starts workers, because this thread may be blocked */ #starter;
  /** @type {any[]} where the workers ask it for that */ #ports = [];
  /** Where the arguments of the one call that there can be at a time lie. */ #frame = 0;
  #slots = 1;

  /**
   * A function that runs on the calling thread, which is one of the pool.
   * @param {string} name
   * @param {number} function_
   * @param {import("./values.js").Parameter[]} parameters
   * @param {string} result
   */
  function(name, function_, parameters, result) {
    this.#slots = Math.max(this.#slots, parameters.length);
    const thunk = this.instance.exports.__indirect_function_table.get(function_);
    return (/** @type {any[]} */ ...values) => {
      this.check(name, parameters, values);
      const frame = (this.#frame ||= this.instance.allocate(this.#slots * 16));
      writeArguments(this.instance, frame, parameters, values);
      try {
        this.run(() => thunk(frame));
        return readResults(this.instance, frame, parameters, values, result);
      } finally {
        releaseArguments(parameters, values);
      }
    };
  }

  /** @param {import("./instance.js").WorkerStart} start */
  startWorker(start) {
    if (this.#starter) return this.#starter.post({ start });
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    this.workers.start(start, port2);
  }

  async begin() {
    if (!this.isShared) return;
    const starter = startWorker(this.package.worker, "weft-starter", "starter");
    await new Promise((/** @type {(value?: any) => void} */ resolve) => {
      starter.onend = (reason) => {
        this.hear({ fault: { name: "weft-starter", message: reason, stack: "" } });
        resolve();
      };
      starter.onmessage = (message) => {
        if (message.ready) resolve();
        else this.hear(message);
      };
      starter.post({ ...this.program, ports: this.#ports, worker: this.package.worker }, this.#ports);
      starter.detach();
      this.#starter = starter;
      // In Node a worker starts although the thread that has begun it blocks; nobody need wait.
      if (isNode) resolve();
    });
    this.checkEnd();
  }

  /** @returns {Promise<unknown>} */
  endWorkers() {
    return Promise.all([super.endWorkers(), this.#starter?.terminate()]);
  }

  /**
   * The fault that another thread left in the memory.
   * @returns {import("./runtime.js").Fault | undefined}
   */
  knownFault() {
    const { fault } = this.program;
    const [state, count] = /** @type {Int32Array} */ (this.instance.view(Int32Array, fault, 2));
    return state === 2 ? { name: "", message: this.instance.text(fault + 8, count), stack: "" } : undefined;
  }
}
