// An app whose caller is itself a thread of the pool and may block: in a worker, in Node, Deno or Bun.
import { pointer } from "./addresses.js";
import { isNode } from "./instance.js";
import { Mirrors } from "./mirrors.js";
import { App } from "./runtime.js";
import direct from "./direct.js";
import { explainAtOnce } from "./stacks.js";
import { argumentsOf } from "./values.js";
import { startWorker } from "./workers.js";

const smallFrame = 256;
export class BlockingApp extends App {
  waits = 1;
  /** @type {boolean} */ isAsked = false;
  /** @type {import("./workers.js").WorkerHandle | undefined} what starts workers, because this thread may be blocked */ starter;
  /** @type {any[]} where the workers ask it for that */ #ports = [];
  /** Where arguments lie that are few, if no call has it: defaults and initializers run while Swift reads arguments. */
  #frame = 0;
  mirrors = new Mirrors(this.instance);
  /** What calls of the simplest kind need to know. */ #state = { isOver: false, fail: (/** @type {any} */ error) => this.stop(error) };

  /**
   * A function that runs on the calling thread, which is one of the pool.
   * @param {import("./values.js").Signature} signature @param {string} wasmExport @param {number} thunk @param {import("./values.js").Codec} [receiver]
   */
  function(signature, wasmExport, thunk, receiver) {
    const { instance } = this;
    const { exports } = instance;
    const body = instance.thunk(exports[wasmExport](thunk));
    this.#frame ||= instance.allocate(smallFrame);
    const write = argumentsOf(this, signature, receiver);
    const call = (/** @type {any[]} */ ...values) => {
      this.checkEnd();
      const self = receiver && values.shift();
      const out = write(values, self);
      const small = out.length <= smallFrame ? this.#frame : 0;
      const frame = this.frameFor(out, small);
      const { isAsked } = this;
      if (small) this.#frame = 0;
      // A promise could not be kept before this call is over.
      this.isAsked = false;
      const endMirrors = out.mirrors.length ? this.mirrors.begin(out.mirrors) : undefined;
      try {
        this.run(() => body(pointer(frame)));
        if (endMirrors) this.mirrors.toJavaScript();
        this.checkEnd();
        return this.read(frame, signature, values);
      } finally {
        endMirrors?.();
        this.isAsked = isAsked;
        if (small) this.#frame = small;
        else instance.free(frame);
        out.letGo();
      }
    };
    // What has only numbers goes a way without a loop or a branch too many.
    return (!receiver && thunk === 0 && direct[wasmExport]?.(exports, this.#state, call)) || call;
  }

  /** @param {import("./errors.js").WeftError} error */
  endWith(error) {
    this.#state.isOver = true;
    return super.endWith(error);
  }

  /** @param {import("./instance.js").WorkerStart} start */
  startWorker(start) {
    if (start.isEnd && [...this.workers.handles].some(({ worker }) => worker === start.worker)) return this.workers.start(start);
    if (this.starter) return this.starter.post({ start });
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    this.workers.start(start, port2);
  }

  /** Starts what else has to be there before calls may come. */
  begin() {
    if (!this.isShared) return;
    const starter = startWorker(this.package.worker, "weft-starter");
    // In Node a worker starts although the thread that has begun it blocks; nobody need wait.
    if (!isNode) this.workers.starting++;
    starter.onend = (reason) => this.hear({ fault: { name: "weft-starter", message: reason, stack: "" } });
    starter.onmessage = (message) => {
      if (message.ready && !isNode) this.workers.starting--;
      if (message.start) this.workers.start(message.start);
      else this.hear(message);
    };
    starter.post({ ...this.program, ports: this.#ports, worker: this.package.worker }, this.#ports);
    starter.detach?.();
    this.starter = starter;
  }

  endStarter() {
    return this.starter?.terminate();
  }

  /**
   * The fault that another thread left in the memory.
   * @returns {import("./runtime.js").Fault | undefined}
   */
  knownFault() {
    const { fault } = this.program;
    const [state, count] = /** @type {Int32Array} */ (this.instance.view(Int32Array, fault, 2));
    if (state !== 2) return undefined;
    const [message, stack] = this.instance.text(fault + 8, count).split("\0");
    return { name: "", message, stack };
  }

  /** @param {import("./errors.js").WeftError} error @param {string} stack */
  explain(error, stack) {
    // Who is called throws at once: there is no time to load a file.
    if (!this.end) explainAtOnce(error, stack, this.isShared);
  }
}
