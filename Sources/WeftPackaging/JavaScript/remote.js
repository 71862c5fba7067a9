// A page that may not share memory: the program runs on one thread in a worker, and calls go there as messages.
import { WeftError } from "./errors.js";
import { compile, Instance } from "./instance.js";
import { checkArguments, parameter, readResults, releaseArguments, SharedBuffer, writeArguments } from "./values.js";

/**
 * @typedef {import("./values.js").Parameter} Parameter
 * @typedef {import("./runtime.js").Package} Package
 * @typedef {{ buffer: number, bytes: Uint8Array }} BufferContents
 * @typedef {{ resolve: (reply: any) => void, reject: (error: Error) => void }} Waiting
 */

/** Stands in for an instance where the page has none: every allocation is a buffer of the page's own. */
class PageMemory {
  /** @type {Map<number, Uint8Array>} */ #blocks = new Map();
  #next = 1;

  /** @param {(address: number) => void} onFree */
  constructor(onFree) {
    this.free = (/** @type {number} */ address) => { this.#blocks.delete(address); onFree(address); };
  }

  /** @param {number} bytes */
  allocate(bytes) {
    this.#blocks.set(this.#next, new Uint8Array(bytes));
    return this.#next++;
  }

  /** @param {number} address @returns {Uint8Array} */
  bytes(address) {
    return /** @type {Uint8Array} */ (this.#blocks.get(address));
  }

  /** @param {any} type @param {number} address @param {number} count */
  view(type, address, count) {
    return new type(this.bytes(address).buffer, 0, count);
  }
}

/** The page's side. */
export class RemoteApp {
  /** @type {WeftError | undefined} */ #end;
  /** @type {Map<number, Waiting>} */ #waiting = new Map();
  #nextCall = 1;

  /**
   * @param {Package} package_ @param {WebAssembly.Module | undefined} module instead of the package's @param {number} maximumBytes
   * @param {typeof import("./workers.js").startWorker} startWorker
   */
  static async start(package_, module, maximumBytes, startWorker) {
    const app = new RemoteApp();
    const worker = startWorker(package_.worker, "weft-1", "0");
    worker.onend = (reason) => app.#endWith(worker, new WeftError("start", reason));
    worker.onmessage = (reply) => {
      if (reply.log) return package_.log?.(.../** @type {[string, string]} */ (reply.log));
      if (reply.fault) return app.#endWith(worker, Object.assign(new WeftError("fault", reply.fault.message), { stack: reply.fault.stack }));
      const waiting = app.#waiting.get(reply.call);
      app.#waiting.delete(reply.call);
      if (reply.error) waiting?.reject(reply.code ? new WeftError(reply.code, reply.error.message) : reply.error);
      else waiting?.resolve(reply);
    };
    const memory = new PageMemory((free) => worker.post({ free }));
    const { functions, single } = package_;
    await app.#send(worker, { functions, module: module ?? single.href, logs: !!package_.log, initial: package_.memory.initial, maximumBytes });
    /** @type {any} */
    const facade = {
      get state() { return app.#end?.code ?? "running"; },
      threads: { count: 1, resize: async () => {}, list: async () => [] },
      shared: false,
      allocate: (/** @type {any} */ type, /** @type {number} */ count) => {
        if (app.#end) throw app.#end;
        return new SharedBuffer(/** @type {any} */ (memory), type, count);
      },
      terminate: async () => { app.#endWith(worker, new WeftError("terminated", "The app was terminated")); },
    };
    functions.forEach(([name, , texts], function_) => {
      const parameters = texts.map(parameter);
      facade[name] = (/** @type {any[]} */ ...values) => app.#call(worker, memory, function_, name, parameters, values);
    });
    return facade;
  }

  /** @param {import("./workers.js").WorkerHandle} worker @param {any} message @returns {Promise<any>} */
  #send(worker, message) {
    if (this.#end) return Promise.reject(this.#end);
    const call = this.#nextCall++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      worker.post({ ...message, call });
    });
  }

  /**
   * @param {import("./workers.js").WorkerHandle} worker @param {PageMemory} memory @param {number} function_
   * @param {string} name @param {Parameter[]} parameters @param {any[]} values
   */
  async #call(worker, memory, function_, name, parameters, values) {
    if (this.#end) throw this.#end;
    checkArguments(name, parameters, values, (parameter, value) => SharedBuffer.check(parameter, value, /** @type {any} */ (memory)));
    const sent = values.map((value) => {
      if (!(value instanceof SharedBuffer)) return value;
      const buffer = SharedBuffer.retain(value);
      return { buffer, bytes: memory.bytes(buffer), count: value.length };
    });
    try {
      const reply = await this.#send(worker, { function: function_, values: sent });
      reply.values.forEach((/** @type {any} */ value, /** @type {number} */ index) => {
        if (value?.bytes) memory.bytes(value.buffer).set(value.bytes);
        else if (parameters[index].inout) values[index].set(value);
      });
      return reply.result;
    } finally {
      releaseArguments(parameters, values);
    }
  }

  /** @param {import("./workers.js").WorkerHandle} worker @param {WeftError} error */
  #endWith(worker, error) {
    if (this.#end) return;
    this.#end = error;
    worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/**
 * The worker's side: starts the program, then answers calls.
 * @param {{ functions: import("./runtime.js").FunctionDescription[], module: string | WebAssembly.Module, logs: boolean, initial: number, maximumBytes: number, call: number }} message
 */
export async function serve({ functions, module, logs, initial, maximumBytes, call }) {
  /** @type {Instance | undefined} */
  let instance;
  const post = (/** @type {any} */ message) => self.postMessage(message);
  const fail = (/** @type {any} */ error) =>
    post({ fault: { message: `${instance?.explain(error) ?? error.message} (thread weft-1)`, stack: String(error.stack ?? error) } });
  // Calls that come before the module is there wait in line, as any message does while this one is awaited.
  /** @type {any[]} */
  const early = [];
  self.onmessage = ({ data }) => early.push(data);
  try {
    const compiled = typeof module === "string" ? await compile(new URL(module)) : module;
    const memory = new WebAssembly.Memory({ initial, maximum: Math.floor(maximumBytes / 65536) });
    instance = new Instance(compiled, memory, { name: "weft-1", startWorker: () => {}, callDone: () => {}, log: logs ? (...log) => post({ log }) : undefined });
    instance.exports.weft_start(1, 1, 1 << 20);
  } catch (error) {
    return fail(error);
  }
  const ready = instance;
  /** @type {Map<number, SharedBuffer>} */
  const buffers = new Map();
  const table = ready.exports.__indirect_function_table;
  const bound = functions.map(([, wasmExport, texts, result]) => ({ thunk: table.get(ready.exports[wasmExport]()), parameters: texts.map(parameter), result }));

  /** @param {any} data */
  const answer = (data) => {
    if (data.free) {
      buffers.get(data.free)?.dispose();
      buffers.delete(data.free);
      return;
    }
    const { thunk, parameters, result } = bound[data.function];
    const values = data.values.map((/** @type {any} */ value, /** @type {number} */ index) => {
      if (!value?.bytes) return value;
      // Elements are bytes here: nothing is checked any more, only the address counts, and the count is the page's.
      const known = buffers.get(value.buffer) ?? new SharedBuffer(ready, Uint8Array, value.bytes.length);
      buffers.set(value.buffer, known);
      known.array.set(value.bytes);
      known.length = value.count;
      return known;
    });
    const frame = ready.allocate(16 * Math.max(1, parameters.length));
    try {
      writeArguments(ready, frame, parameters, values);
      try {
        thunk(frame);
      } catch (error) {
        // Swift stopped half way, whatever stopped it.
        return fail(error);
      }
      const reply = readResults(ready, frame, parameters, values, result);
      post({
        call: data.call,
        result: reply,
        values: values.map((/** @type {any} */ value, /** @type {number} */ index) => {
          if (!(value instanceof SharedBuffer)) return parameters[index].inout ? value : undefined;
          value.length = data.values[index].bytes.length;
          return { buffer: data.values[index].buffer, bytes: value.array.slice() };
        }),
      });
    } catch (/** @type {any} */ error) {
      // An error's class and code do not travel.
      post({ call: data.call, error, code: error.code });
    } finally {
      releaseArguments(parameters, values);
      ready.free(frame);
    }
  };
  post({ call });
  self.onmessage = ({ data }) => answer(data);
  early.forEach(answer);
}
