// A page that may not share memory: the program runs on one thread in a worker, and calls go there as messages.
import { pointer } from "./addresses.js";
import { alloc } from "./buffers.js";
import { WeftError } from "./errors.js";
import { compile, Instance } from "./instance.js";
import { exportsOf, makeMemory } from "./runtime.js";
import { makeArray, takeArray } from "./arrays.js";
import { bytesOf } from "./mirrors.js";
import { pageFunction, Reader } from "./values.js";

/**
 * @typedef {import("./values.js").Signature} Signature
 * @typedef {import("./runtime.js").Package} Package
 * @typedef {{ at: number, bytes: Uint8Array }} Block
 * @typedef {{ address: number, at: number, size: number, bytes: Uint8Array }} Mirror
 * `target`: a thunk, or nothing where an object is released. `from`: where the result is.
 * @typedef {{ call: number, target?: [wasmExport: string, thunk: number], bytes: Uint8Array, blocks: { at: number, array: any }[], mirrors: Mirror[], from: "frame" | "memory" | "" }} CallMessage
 * @typedef {{ call: number, bytes: Uint8Array, blocks: Block[], mirrors: Uint8Array[] }} Reply
 * @typedef {{ resolve: (reply: any) => void, reject: (error: Error) => void }} Waiting
 */

const viewOf = (/** @type {Uint8Array} */ bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What a page reads results from: copies of what lies in the worker's memory. */
class Copies {
  /** @type {Block[]} */ blocks = [];

  /** @param {(object: number) => void} release lets go of one of Swift's objects */
  constructor(release) {
    this.release = release;
  }

  /** @param {number} at @param {import("./values.js").TypedArrayClass} type */
  takeCopy(at, type) {
    const found = this.blocks.find((block) => block.at === at);
    return found ? new type(found.bytes.buffer, 0, found.bytes.length / type.BYTES_PER_ELEMENT) : new type(0);
  }
}

/** The page's side. */
export class RemoteApp {
  isShared = false;
  instance = new Copies((object) => this.#release(object));
  /** @type {WeftError | undefined} */ end;
  /** @type {Map<number, Waiting>} */ #waiting = new Map();
  #nextCall = 1;
  #nextBuffer = 1;

  /** @param {import("./workers.js").WorkerHandle} worker */
  constructor(worker) {
    this.worker = worker;
  }

  /**
   * @param {Package} package_ @param {WebAssembly.Module | undefined} module instead of the package's @param {number} maximumBytes
   * @param {typeof import("./workers.js").startWorker} startWorker
   */
  static async start(package_, module, maximumBytes, startWorker) {
    const worker = startWorker(package_.worker, "weft-1");
    const app = new RemoteApp(worker);
    /** @type {any} */
    let perform;
    worker.onend = (reason) => app.#endWith(new WeftError("start", reason));
    worker.onmessage = (reply) => {
      if (reply.log) return package_.log?.(.../** @type {[string, string]} */ (reply.log));
      if (reply.fault) return app.#endWith(Object.assign(new WeftError(reply.fault.code, reply.fault.message), { stack: reply.fault.stack }));
      if (reply.javascript) return app.#perform(perform, reply.javascript);
      const waiting = app.#waiting.get(reply.call);
      app.#waiting.delete(reply.call);
      if (reply.noMemory) waiting?.reject(new WeftError("memory", reply.noMemory));
      else waiting?.resolve(reply);
    };
    const { single, memory } = package_;
    const calls = await package_.calls?.();
    perform = calls?.perform(app);
    await app.#send({ module: module ?? single.href, logs: !!package_.log, memory, bytes: maximumBytes, calls: !!calls, place: package_.worker });
    return {
      ...exportsOf(app, package_),
      get state() { return app.end?.code ?? "running"; },
      threads: { count: 1, resize: async (/** @type {number} */ count) => { (await import("./options.js")).checked("threads.resize: count", count, 1, 1024); }, list: async () => [], send: async () => { throw new WeftError("isolation", "threads.send: the program runs on one thread, because memory cannot be shared here (supportsThreads() says why)"); } },
      shared: false,
      alloc: (/** @type {any} */ type, /** @type {number} */ count) => alloc(app, type, count),
      terminate: async () => { app.#endWith(new WeftError("terminated", "The app was terminated")); },
    };
  }

  checkEnd() {
    if (this.end) throw this.end;
  }

  /**
   * One thread runs all calls in turn anyway.
   * @param {() => Promise<any>} body
   */
  inTurn(body) {
    return body();
  }

  /** @param {Signature} signature @param {string} wasmExport @param {number} thunk @param {import("./values.js").Codec} [receiver] */
  function(signature, wasmExport, thunk, receiver) {
    return pageFunction(this, signature, receiver, (out, values) => this.#submit([wasmExport, thunk], signature, out, values));
  }

  /** @param {[wasmExport: string, thunk: number]} target @param {Signature} signature @param {import("./values.js").Writer} out @param {any[]} values */
  async #submit(target, signature, out, values) {
    const { mirrors } = out;
    const [, , result] = signature;
    const blocks = out.blocks.map(({ at, array }) => ({ at, array }));
    try {
      /** @type {Reply} */
      const reply = await this.#send({
        target,
        bytes: out.bytes.subarray(0, out.length),
        blocks,
        mirrors: mirrors.map(({ at, address, size, array }) => ({ at, address, size, bytes: bytesOf(array) })),
        from: result?.isScalar ? "frame" : result ? "memory" : "",
      }, blocks.map(({ array }) => array.buffer)).catch((error) => {
        out.giveUp();
        throw error;
      });
      reply.mirrors.forEach((bytes, index) => {
        const mirror = bytesOf(mirrors[index].array);
        if (mirror.length) mirror.set(bytes);
      });
      this.instance.blocks = reply.blocks;
      return result?.get(new Reader(this, viewOf(reply.bytes), 0), values);
    } finally {
      out.letGo();
    }
  }

  /** @param {any} message @param {any[]} [transfer] @returns {Promise<any>} */
  #send(message, transfer) {
    if (this.end) return Promise.reject(this.end);
    const call = this.#nextCall++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.worker.post({ ...message, call }, transfer);
    });
  }

  /** @param {((kind: number, number: number, input: Reader) => void)} perform @param {{ kind: number, number: number, bytes: Uint8Array, blocks: Block[] }} call */
  #perform(perform, { kind, number, bytes, blocks }) {
    this.instance.blocks = blocks;
    perform(kind, number, new Reader(this, viewOf(bytes), 0));
  }

  /** @param {number} size */
  allocateBuffer(size) {
    return { address: this.#nextBuffer++, buffer: new ArrayBuffer(size), offset: 0 };
  }

  /** @param {{ address: number }} allocation */
  freeBuffer({ address }) {
    if (!this.end) this.worker.post({ freeBuffer: address });
  }

  /** @param {number} object */
  #release(object) {
    const bytes = new Uint8Array(8);
    viewOf(bytes).setFloat64(0, object, true);
    // Ends with the app: then nothing is left to be released.
    this.#send({ bytes, blocks: [], mirrors: [], from: "" }).catch(() => {});
  }

  /** @param {WeftError} error */
  #endWith(error) {
    if (this.end) return;
    this.end = error;
    this.worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/**
 * The worker's side: starts the program, then answers calls.
 * @param {{ module: string | WebAssembly.Module, logs: boolean, memory: import("./runtime.js").MemoryType, bytes: number, calls: boolean, call: number, place: import("./workers.js").WorkerPlace }} message
 */
export async function serve(message) {
  // An isolated worker of a program that nobody shares memory with.
  if (!message.call) return (await import("./isolated.js")).serve(/** @type {any} */ (message));
  const { module, logs, memory, bytes, calls, call, place } = message;
  /** @type {Instance | undefined} */
  let instance;
  const post = (/** @type {any} */ message) => self.postMessage(message);
  const fail = async (/** @type {any} */ error) => {
    const message = `${instance?.fault(error).message ?? error.message} (thread weft-1)`;
    const fault = new WeftError("fault", message);
    await import("./stacks.js").then(({ explain }) => explain(fault, String(error.stack ?? error), false)).catch(() => {});
    post({ fault: { code: fault.code, message, stack: fault.stack } });
  };
  // Calls that come before the module is there wait in line, as any message does while this one is awaited.
  /** @type {any[]} */
  const early = [];
  self.onmessage = ({ data }) => early.push(data);
  /** @type {((call: number) => void) | undefined} */
  let javascript;
  try {
    const compiled = typeof module === "string" ? await compile(new URL(module)) : module;
    const forward = (/** @type {any} */ message) => post({ javascript: message });
    instance = new Instance(compiled, makeMemory(memory, bytes, false), {
      name: "weft-1",
      startWorker: () => {},
      call: (call) => javascript?.(call),
      log: logs ? (...log) => post({ log }) : undefined,
    });
    if (calls) javascript = (await import("./calls.js")).connect({ instance, isShared: false, isThread: true, takeBlocks, forward, place, stopped: fail });
    instance.exports.weft_start(1, 1, 1 << 20);
  } catch (error) {
    return fail(error);
  }
  const ready = instance;
  const { exports } = ready;
  /** @type {Map<number, { address: number, size: number }>} */
  const buffers = new Map();

  /**
   * Copies the arrays out of what Swift has left.
   * @param {number} memory @param {number} last where the last of them is noted
   * @returns {Block[]}
   */
  function takeBlocks(memory, last) {
    const blocks = [];
    for (let next = last; next; ) {
      const at = next - 1;
      const { data } = ready;
      next = data.getUint32(memory + at + 16, true);
      const size = data.getFloat64(memory + at + 8, true);
      if (size) blocks.push({ at, bytes: /** @type {Uint8Array} */ (takeArray(ready, new Reader(undefined, data, 0), memory + at, Uint8Array)) });
    }
    return blocks;
  }

  /** @param {Mirror} mirror */
  const mirrored = ({ address, size, bytes }) => {
    const known = buffers.get(address) ?? { address: ready.allocate(Math.max(1, size)), size };
    buffers.set(address, known);
    ready.bytes(known.address, known.size).set(bytes);
    return known;
  };

  /** Whether Swift has begun with the call. */
  let hasBegun = false;
  /** @param {CallMessage} message @returns {Reply} */
  const run = ({ call, target, bytes, blocks, mirrors, from }) => {
    if (!target) {
      ready.release(viewOf(bytes).getFloat64(0, true));
      return { call, bytes: new Uint8Array(0), blocks: [], mirrors: [] };
    }
    const frame = ready.allocate(Math.max(24, bytes.length));
    /** @type {number[]} */
    let made = [];
    try {
      const data = viewOf(bytes);
      for (const { at, array } of blocks) {
        const object = makeArray(ready, array, array.constructor);
        made.push(object);
        data.setFloat64(at, object, true);
      }
      const known = mirrors.map(mirrored);
      made = [];
      known.forEach(({ address }, index) => data.setFloat64(mirrors[index].at, address, true));
      ready.bytes(frame, bytes.length).set(bytes);
      hasBegun = true;
      ready.thunk(exports[target[0]](target[1]))(pointer(frame));
      const memory = from === "memory" ? ready.data.getFloat64(frame, true) : frame;
      const length = from === "memory" ? ready.data.getFloat64(frame + 8, true) : from ? 8 : 0;
      const copied = from === "memory" ? takeBlocks(memory, ready.data.getUint32(frame + 16, true)) : [];
      const reply = { call, bytes: ready.bytes(memory, length).slice(), blocks: copied, mirrors: known.map(({ address, size }) => ready.bytes(address, size).slice()) };
      if (from === "memory") ready.free(memory);
      return reply;
    } finally {
      // What Swift has not got.
      for (const object of made) ready.release(object);
      ready.free(frame);
    }
  };

  /** @param {any} message */
  const answer = (message) => {
    if (message.freeBuffer) {
      const known = buffers.get(message.freeBuffer);
      if (known) ready.free(known.address);
      buffers.delete(message.freeBuffer);
      return;
    }
    hasBegun = false;
    try {
      post(run(message));
    } catch (/** @type {any} */ error) {
      // Until then nothing of the program has been touched: the arguments did not fit.
      if (hasBegun) fail(error);
      else post({ call: message.call, noMemory: error.message });
    }
  };
  post({ call });
  self.onmessage = ({ data }) => answer(data);
  early.forEach(answer);
}
