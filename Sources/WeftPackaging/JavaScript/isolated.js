// Isolated workers: instances of the program with memories of their own, and the messages between them and the program.
import { objectHeader } from "./addresses.js";
import { arrayHeader, reserveArray } from "./arrays.js";
import { WeftError } from "./errors.js";
import { passing } from "./functions.js";
import { Instance, node } from "./instance.js";
import { makeMemory } from "./runtime.js";
import { startWorker } from "./workers.js";
import { Writer } from "./values.js";
import { text } from "./text.js";

/**
 * @typedef {import("./values.js").Reader} Reader
 * @typedef {import("./runtime.js").MemoryType} MemoryType
 * A message out of a memory: what was written, and the arrays and buffers that it refers to. `size`: bytes of an element.
 * @typedef {{ bytes: Uint8Array, arrays: { at: number, size: number, elements: Uint8Array }[], buffers: { at: number, stored: Stored }[] }} Message
 * The bytes of a message buffer: memory of the program's that `object` holds, or an array.
 * @typedef {{ count: number, array?: Uint8Array, object: number, address: number }} Stored
 * How an instance begins: the numbers are indices in the function table.
 * @typedef {{ name: string, bytes: number, entry: number, body: number, begin: number, deliver: number }} Beginning
 * `waiting`: what is to be sent when it is ready. `end`: without a reason it has ended by itself, and null is nobody's answer to a call.
 * @typedef {{ handle: import("./workers.js").WorkerHandle, waiting: any[] | undefined, end: (reason?: string | null) => void }} RemoteWorker
 * Where a worker's messages go: it reads them from the memory of `from`.
 * @typedef {(from: Instance, input: Reader) => void} Outlet
 */

/**
 * Reads a message of which the address, the length, and where the last array is noted come next.
 * @param {Instance} from @param {Reader} input @param {boolean} isCopied or a view of memory, to be used before anything else is done there
 * @returns {[message: Message, release: () => void]} the second lets go of the arrays
 */
function take(from, input, isCopied) {
  const [address, length, last] = [input.size(), input.size(), input.size()];
  const part = (/** @type {number} */ at, /** @type {number} */ size) => (isCopied ? from.bytes(at, size).slice() : from.bytes(at, size));
  const bytes = part(address, length);
  const arrays = [];
  const buffers = [];
  /** @type {number[]} */
  const objects = [];
  for (let next = last; next; ) {
    const at = next - 1;
    const { data } = from;
    next = data.getUint32(address + at + 16, true);
    const [object, size] = [data.getFloat64(address + at, true), data.getFloat64(address + at + 8, true)];
    if (size < 0) {
      const storedAt = data.getFloat64(address + at + 20, true);
      if (storedAt < 0) objects.push(-1 - storedAt);
      buffers.push({ at, stored: storedAt < 0 ? storedIn(from, object) : { count: -1 - size, object, address: storedAt } });
      continue;
    }
    if (!object) continue;
    objects.push(object);
    // The object says how many elements there are, and so how large they are.
    arrays.push({ at, size: size / data.getUint32(object + objectHeader, true), elements: part(object + arrayHeader, size) });
  }
  return [{ bytes, arrays, buffers }, () => { for (const object of objects) from.release(object); }];
}

/**
 * Hands on what was taken, and lets go of it, even if there is no memory for it.
 * @template Result @param {[message: Message, release: () => void]} taken @param {(message: Message) => Result} body @returns {Result}
 */
function passOn([message, release], body) {
  try {
    return body(message);
  } finally {
    release();
  }
}

/** @param {Message} message to another thread */
const transferable = ({ bytes, arrays, buffers }) => [bytes.buffer, ...arrays.map(({ elements }) => elements.buffer), ...buffers.map(({ stored }) => stored.array?.buffer)];

/**
 * @param {Instance} to @param {Message} message @param {boolean} [isOwner] whether the program's buffers lie in its memory @returns {number} where the message is then
 */
function put(to, { bytes, arrays, buffers }, isOwner) {
  const address = to.allocate(Math.max(1, bytes.length));
  to.bytes(address, bytes.length).set(bytes);
  for (const { at, size, elements } of arrays) {
    const array = reserveArray(to, elements.length / size, size);
    to.bytes(array + arrayHeader, elements.length).set(elements);
    to.data.setFloat64(address + at, array, true);
  }
  for (const { at, stored } of buffers) {
    // The worker that has sent it lets go of it by itself.
    if (isOwner) to.exports.weft_retain(stored.object);
    to.data.setFloat64(address + at, isOwner ? stored.object : keep(to, stored), true);
    to.data.setFloat64(address + at + 20, isOwner ? stored.address : -1, true);
  }
  return address;
}

/** @type {WeakMap<Instance, Map<number, Stored>>} the bytes that JavaScript keeps for an instance, by number */
const kept = new WeakMap();
let nextStored = 1;

/** @param {Instance} instance @param {Stored} stored */
function keep(instance, stored) {
  if (!kept.has(instance)) kept.set(instance, new Map());
  kept.get(instance)?.set(nextStored, stored);
  return nextStored++;
}

/** @param {Instance} instance @param {number} number @returns {Stored} */
const storedIn = (instance, number) => /** @type {Stored} */ (kept.get(instance)?.get(number));

/**
 * What an instance without the program's memory asks for its buffers.
 * @param {any} app @param {number} call @param {Reader} input @returns {number}
 */
function useBuffers({ instance, program }, call, input) {
  /** @param {number} number */
  const bytesOf = (number) => {
    const { array, address, count } = storedIn(instance, number);
    return array ?? program.instance.bytes(address, count);
  };
  if (call === 8) {
    const [count, make, locate] = [input.size(), input.size(), input.size()];
    if (!program?.phase) return keep(instance, { count, array: new Uint8Array(count), object: 0, address: 0 });
    let [object, address] = [0, 0];
    program.phase.inProgram(() => {
      object = program.instance.thunk(make)(count);
      address = program.instance.thunk(locate)(object);
    });
    return keep(instance, { count, object, address });
  }
  const number = input.size();
  if (call === 9) {
    const { object } = storedIn(instance, number);
    kept.get(instance)?.delete(number);
    if (object) program.phase.inProgram(() => program.instance.release(object));
  } else if (call === 10) {
    bytesOf(input.size()).set(bytesOf(number));
  } else {
    const [offset, address, count, isWrite] = [input.size(), input.size(), input.size(), input.size()];
    const [part, memory] = [bytesOf(number).subarray(offset, offset + count), instance.bytes(address, count)];
    if (isWrite) part.set(memory);
    else memory.set(part);
  }
  return 0;
}

/**
 * Lets go of all that a worker's instance had of the program's.
 * @param {Instance} isolated @param {Instance} program
 */
function forget(isolated, program) {
  for (const { object } of kept.get(isolated)?.values() ?? []) if (object) program.release(object);
  kept.delete(isolated);
}

/** The program's instance in an isolated worker. */
class Isolated {
  /**
   * @param {WebAssembly.Module} module @param {boolean} isShared whether the module wants its memory to be
   * @param {MemoryType} memoryType @param {Beginning} beginning @param {Outlet} outlet
   * @param {import("./instance.js").Log | undefined} log @param {(app: any) => (call: number) => void} connect @param {any} [place] where workers of its own are started
   * @param {{ instance: Instance, phase?: Phase }} [program] on the same thread
   */
  constructor(module, isShared, memoryType, beginning, outlet, log, connect, place, program) {
    const memory = makeMemory(memoryType, Math.max(memoryType.initial * 65536, beginning.bytes), isShared);
    this.beginning = beginning;
    this.instance = new Instance(module, memory, {
      name: beginning.name,
      memoryOf: "the WebWorker",
      startWorker: () => { throw new WeftError("start", "A WebWorker is one thread: threads and pools of its own cannot be started in it"); },
      call: (call) => javascript(call),
      log,
    });
    const javascript = connect({ instance: this.instance, isShared: false, isThread: true, outlet, place, program });
  }

  /**
   * Runs the body, which says what is done with messages.
   * @returns {boolean} whether the worker goes on: it may have closed its port
   */
  begin() {
    const { entry, body, begin } = this.beginning;
    this.instance.exports.weft_start(1, 1, 1 << 20);
    return !!this.instance.thunk(begin)(entry, body);
  }

  /** @param {number} address of a message in its memory @param {number} request @returns {number} as `WorkerFunctions.deliver` says */
  deliver(address, request) {
    return this.instance.thunk(this.beginning.deliver)(address, request);
  }

  /** @param {unknown} error what has stopped it */
  reason(error) {
    return `${this.instance.fault(error).message} (${this.beginning.name})`;
  }
}

/** What a thread is doing that runs an isolated worker's instance beside the program's; `WorkerPhase` in Swift. */
const phases = { program: 0, worker: 1, ended: 2, leaving: 3 };

/** What a thread that is to leave finds instead of the worker's instance. */
class Terminated extends Error {}

/**
 * Which of the two a thread runs. Another one may end it while it runs the worker's: then it must never come back to the program's.
 */
class Phase {
  /** @param {Instance} instance the program's @param {number} address */
  constructor(instance, address) {
    this.word = /** @type {Int32Array} */ (instance.view(Int32Array, address, 1));
    this.isInWorker = false;
  }

  /**
   * @template Result @param {() => Result} body enters the worker's instance @returns {Result}
   */
  inWorker(body) {
    this.#enter();
    try {
      return body();
    } finally {
      this.#comeBack();
    }
  }

  /** @param {() => void} body goes back to the program for a while, if it is not there */
  inProgram(body) {
    const { isInWorker } = this;
    if (isInWorker) this.#comeBack();
    body();
    if (isInWorker) this.#enter();
  }

  #enter() {
    if (Atomics.compareExchange(this.word, 0, phases.program, phases.worker) !== phases.program) {
      // Nothing of the worker's is to run any more, whatever it was in the middle of.
      const error = new Terminated("The worker was terminated");
      passing.add(error);
      throw error;
    }
    this.isInWorker = true;
  }

  #comeBack() {
    this.isInWorker = false;
    // Once ended, the thread's stack and heap are others': it waits here until its worker is terminated.
    while (Atomics.compareExchange(this.word, 0, phases.worker, phases.program) === phases.ended) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}

/**
 * Terminates a worker on which a thread ran that was ended from outside. Its record may then be used again.
 * @param {import("./workers.js").Workers} workers those that were started here @param {number} worker the record's address
 */
export function endWorker(workers, worker) {
  for (const handle of workers.handles) {
    if (handle.worker !== worker) continue;
    workers.handles.delete(handle);
    handle.terminate();
    Atomics.store(new Int32Array(workers.program.memory.buffer, worker, 2), 1, 1);
  }
}

/** Where there is one thread nobody ends it. */
const onlyThread = {
  inWorker: (/** @type {() => any} */ body) => body(),
  inProgram: (/** @type {() => void} */ body) => body(),
};

/** @param {Instance} instance @param {Reader} input @returns {[core: number, beginning: Beginning, receive: number]} */
function readBeginning(instance, input) {
  const [core, bytes, name, count, entry, body, begin, deliver, receive] = Array.from({ length: 9 }, () => input.size());
  return [core, { name: instance.text(name, count), bytes, entry, body, begin, deliver }, receive];
}

/** The instances that threads of the program run beside their own, by number. */
class Instances {
  /** @type {Map<number, { isolated: Isolated, phase: Phase | typeof onlyThread }>} */ #kept = new Map();
  #next = 1;

  /** @param {any} app @param {(app: any) => (call: number) => void} connect @param {MemoryType} memory */
  constructor(app, connect, memory) {
    this.app = app;
    this.connect = connect;
    this.memory = memory;
  }

  /** @param {Reader} input */
  start(input) {
    const { instance, isShared, place } = this.app;
    const [core, beginning, receive] = readBeginning(instance, input);
    const phase = isShared ? new Phase(instance, input.size()) : onlyThread;
    /** @type {Outlet} */
    const outlet = (from, input) =>
      phase.inProgram(() => {
        const address = passOn(take(from, input, false), (message) => put(instance, message, isShared));
        try {
          instance.thunk(receive)(core, address, input.size());
        } catch (/** @type {any} */ error) {
          // A fault of the program's, not of the worker's.
          const fault = Object(error);
          passing.add(fault);
          throw fault;
        }
      });
    const isolated = new Isolated(instance.module, isShared, this.memory, beginning, outlet, instance.host.log, this.connect, place, { instance, phase: isShared ? /** @type {Phase} */ (phase) : undefined });
    const number = this.#next++;
    this.#kept.set(number, { isolated, phase });
    return this.#run(number, () => isolated.begin()) ? number : -number;
  }

  /** @param {Reader} input */
  deliver(input) {
    const number = input.size();
    const { isolated } = this.#get(number);
    const taken = take(this.app.instance, input, false);
    const request = input.size();
    const address = this.#attempt(number, () => passOn(taken, (message) => put(isolated.instance, message)));
    return this.#run(number, () => isolated.deliver(address, request));
  }

  /** @param {number} number */
  end(number) {
    forget(this.#get(number).isolated.instance, this.app.instance);
    this.#kept.delete(number);
    return 0;
  }

  /** @param {number} number */
  #get(number) {
    return /** @type {{ isolated: Isolated, phase: Phase | typeof onlyThread }} */ (this.#kept.get(number));
  }

  /**
   * Runs Swift in one of the instances.
   * @param {number} number @param {() => any} body
   */
  #run(number, body) {
    return this.#attempt(number, () => this.#get(number).phase.inWorker(body));
  }

  /**
   * What stops one of the instances is an error with the reason.
   * @param {number} number @param {() => any} body
   */
  #attempt(number, body) {
    const { isolated } = this.#get(number);
    try {
      return body();
    } catch (/** @type {any} */ error) {
      if (passing.has(error) && !(error instanceof Terminated)) throw error;
      this.end(number);
      throw new Error(isolated.reason(error));
    }
  }
}

/** Workers that get their messages from here, by number: where no memory is shared. */
class RemoteWorkers {
  /** @type {Map<number, RemoteWorker>} */ #kept = new Map();
  #next = 1;

  /** @param {any} app @param {MemoryType} memory */
  constructor(app, memory) {
    this.app = app;
    this.memory = memory;
    if (!app.endWith) return;
    // A page's or a worker's app ends what it has started; a worker that has an app to itself ends with it.
    const end = app.endStarter;
    app.endStarter = () => {
      for (const { handle } of this.#kept.values()) handle.terminate();
      this.#kept.clear();
      return end?.call(app);
    };
  }

  /** @param {Reader} input */
  spawn(input) {
    const { instance } = this.app;
    const [core, beginning, receive] = readBeginning(instance, input);
    const [handled, ended] = [input.size(), input.size()];
    const { log } = instance.host;
    const number = this.#next++;
    const handle = startWorker(this.app.place ?? this.app.package.worker, beginning.name);
    /** @type {RemoteWorker} */
    const worker = {
      handle,
      waiting: [],
      end: (reason) => {
        if (!this.#kept.delete(number)) return;
        handle.terminate();
        let address = reason === null ? -1 : 0;
        if (reason) {
          const out = new Writer(this.app);
          text.put(out, reason);
          address = instance.allocate(out.length);
          out.copyTo(instance, address);
        }
        this.#enter(() => instance.thunk(ended)(core, address));
      },
    };
    this.#kept.set(number, worker);
    handle.onend = (reason) => worker.end(reason);
    handle.onmessage = (message) => {
      // It may have been ended meanwhile.
      if (!this.#kept.has(number)) return;
      if (message.log) log?.(.../** @type {[string, string]} */ (message.log));
      else if (message.ready) {
        const { waiting } = worker;
        worker.waiting = undefined;
        for (const each of waiting ?? []) this.#tell(worker, each);
      } else if (message.output) this.#enter(() => instance.thunk(receive)(core, put(instance, message.output), message.request));
      else if (message.handled) this.#enter(() => instance.thunk(handled)(core));
      else worker.end(message.reason);
    };
    handle.post({ bytes: beginning.bytes, isolated: { module: instance.module, memory: this.memory, beginning, logs: !!log, place: this.app.place } });
    return number;
  }

  /** @param {Reader} input */
  send(input) {
    const worker = this.#kept.get(input.size());
    const [message, release] = take(this.app.instance, input, true);
    release();
    if (worker) this.#tell(worker, { input: message, request: input.size() });
    return 0;
  }

  /** @param {number} number @param {number} atOnce */
  stop(number, atOnce) {
    const worker = this.#kept.get(number);
    if (atOnce) worker?.end();
    else if (worker) this.#tell(worker, { close: true });
    return 0;
  }

  /** @param {RemoteWorker} worker @param {any} message */
  #tell({ handle, waiting }, message) {
    if (waiting) waiting.push(message);
    else handle.post(message, message.input && transferable(message.input));
  }

  /**
   * Runs the program's Swift in an event of its own.
   * @param {() => void} body
   */
  #enter(body) {
    const { app } = this;
    try {
      if (!app.instance.isOver) body();
    } catch (error) {
      // Where the app is this thread's own, its calls say what has ended it.
      if (app.stopped) app.stopped(error);
      else app.fail(app.instance.fault(error));
    }
  }
}

/**
 * What Swift asks for by a number; see WorkerRequest.swift.
 * @param {any} app @param {(app: any) => (call: number) => void} connect makes what makes the calls of an instance
 * @param {MemoryType} memory of an instance @returns {(number: number, input: Reader) => number}
 */
export function workers(app, connect, memory) {
  const instances = new Instances(app, connect, memory);
  const remote = new RemoteWorkers(app, memory);
  return (number, input) => {
    switch (number) {
      case 0: return instances.start(input);
      case 1: return instances.deliver(input);
      case 2: return instances.end(input.size());
      case 3: return app.outlet(app.instance, input) ?? 0;
      case 4: return remote.spawn(input);
      case 5: return remote.send(input);
      case 6: return remote.stop(input.size(), input.size());
      case 7: return app.instance.host.startWorker({ worker: input.size(), isEnd: true }) ?? 0;
      default: return useBuffers(app, number, input);
    }
  };
}

/**
 * The side of a worker that gets its messages from JavaScript.
 * @param {{ isolated: { module: WebAssembly.Module, memory: MemoryType, beginning: Beginning, logs: boolean, place: any } }} message
 */
export async function serve({ isolated: { module, memory, beginning, logs, place } }) {
  const { connect } = await import("./calls.js");
  const post = (/** @type {any} */ message, /** @type {any[]} */ transfer = []) =>
    node ? node.reply(message, transfer) : self.postMessage(message, { transfer });
  /** @type {Outlet} */
  const outlet = (from, input) => {
    const [output, release] = take(from, input, true);
    release();
    post({ output, request: input.size() }, transferable(output));
  };
  const isolated = new Isolated(module, false, memory, beginning, outlet, logs ? (...log) => post({ log }) : undefined, connect, place);
  /** @param {() => boolean} body returns whether the worker goes on */
  const run = (body) => {
    try {
      if (body()) return;
    } catch (error) {
      reason = isolated.reason(error);
    }
    isOver = true;
    post({ reason });
  };
  let isOver = false;
  /** @type {string | null | undefined} why it ends; null if nobody answers a call */
  let reason;
  const hear = (/** @type {any} */ { input, request, close }) => {
    if (!isOver) run(() => {
      if (close) return false;
      const answer = isolated.deliver(put(isolated.instance, input), request);
      if (answer >= 0) post({ handled: true });
      else reason = null;
      return answer > 0;
    });
  };
  if (node) node.listen(hear);
  else self.onmessage = ({ data }) => hear(data);
  run(() => isolated.begin());
  post({ ready: true });
}
