// The side of a port where a client is: what looks like the app sends each call to where the app runs.
import { typedArray } from "./arrays.js";
import { define, handle, referenceOf } from "./classes.js";
import { checkOptions } from "./control.js";
import { WeftError } from "./errors.js";
import { connected } from "./exposing.js";
import { hold, watch } from "./lives.js";
import { checkPort, isSimple, Packer, packError, placeOf, unpack, unpackError } from "./portValues.js";

/**
 * @typedef {import("./exposing.js").PortMember} PortMember
 * @typedef {import("./exposing.js").Details} Details
 * A call that is under way.
 * @typedef {{ resolve: (reply: any) => void, reject: (error: any) => void, onProgress?: (progress: any) => void }} Waiting
 */

const dispose = /** @type {any} */ (Symbol).dispose ?? "dispose";

/** @type {WeakMap<object, Client>} */
const clients = new WeakMap();

/**
 * @param {any} port one end of a channel; the other end is exposed, sooner or later
 * @param {() => Promise<any>} load gives what the package's main script exports @returns {Promise<any>}
 */
export async function connectTo(port, load) {
  checkPort("connect", port);
  return new Client(port, load).start();
}

/** @param {any} app that `connect` has given */
export function disconnect(app) {
  const client = clients.get(app);
  if (!client) throw new TypeError("disconnect: expected an app that connect() has given");
  client.close();
}

/** A buffer of the app's, as a client has it. */
class RemoteBuffer {
  isDisposed = false;

  /** @param {Client} client @param {number} number @param {number} length @param {boolean} isShared */
  constructor(client, number, length, isShared) {
    this.client = client;
    this.number = number;
    this.length = length;
    this.isShared = isShared;
  }

  dispose() {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.client.free(this.number);
  }
}

/** @type {WeakMap<object, RemoteBuffer>} */
const buffers = new WeakMap();
/** @type {FinalizationRegistry<RemoteBuffer>} */
const collected = new FinalizationRegistry((buffer) => buffer.dispose());

class Client {
  /** @type {WeftError | undefined} why no call can be made any more */ end;
  #next = 1;
  /** @type {Map<number, Waiting>} */ #waiting = new Map();
  /** @type {Map<number, { value: any, details: Details }>} what the app has references to */ #kept = new Map();
  /** @type {Map<number, WeakRef<any>>} the buffers that are copied with calls */ #copied = new Map();
  /** @type {Map<string, any>} */ #classes = new Map();
  /** Whether memory can be shared with the app's side. */ #isShared = false;
  #isReady = false;
  #life = new AbortController();
  /** @type {(message?: any) => void} */ #begin = () => {};
  /** @type {any} */ #facade = {};
  #hear = (/** @type {any} */ { data }) => this.#listen(data);
  // The engine could not read a message: on its way to another group of threads a memory is lost.
  #hearNothing = () => (this.#isReady ? this.#endWith("A message of the app could not be read") : this.#listen({ type: "probe" }));
  #closed = () => this.#endWith("The port of the app was closed");
  // Of an iframe of another origin nothing else tells that it is removed.
  #hidden = (/** @type {any} */ { persisted }) => { if (!persisted) this.close(); };

  /** @param {any} port @param {() => Promise<any>} load */
  constructor(port, load) {
    this.port = port;
    this.load = load;
  }

  /** @returns {Promise<any>} */
  async start() {
    const { name, letGo } = await hold();
    this.#life.signal.addEventListener("abort", letGo);
    const ready = new Promise((resolve) => { this.#begin = resolve; });
    this.port.addEventListener("message", this.#hear);
    this.port.addEventListener("messageerror", this.#hearNothing);
    this.port.addEventListener("close", this.#closed);
    globalThis.addEventListener?.("pagehide", this.#hidden);
    this.port.start?.();
    this.post({ type: "hello", life: name });
    await ready;
    this.checkEnd();
    clients.set(this.#facade, this);
    connected.add(this.#facade);
    return this.#facade;
  }

  /** @param {any} message @param {any[]} [transfer] */
  post(message, transfer = []) {
    if (!this.end) this.port.postMessage(message, transfer);
  }

  checkEnd() {
    if (this.end) throw this.end;
  }

  /** @param {any} message */
  #listen(message) {
    if (Array.isArray(message)) return this.#settle(message[0], { values: [message[1]] });
    switch (message.type) {
      case "welcome": return this.#build(message);
      case "probe":
        this.#isReady = true;
        this.#isShared = !!message.memory;
        Object.defineProperty(this.#facade, "shared", { value: this.#isShared, enumerable: true });
        return this.#begin();
      case "done": return this.#settle(message.call, message);
      case "progress": return this.#waiting.get(message.call)?.onProgress?.({ completed: message.completed, total: message.total });
      case "ask": return void this.#answer(message);
      case "drop": return void this.#kept.delete(message.kept);
      case "end": return this.#endWith(message.message);
    }
  }

  /** @param {number} call @param {any} reply */
  #settle(call, reply) {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    waiting?.resolve(reply);
  }

  /** @param {{ owners: import("./exposing.js").PortProgram["owners"], life?: string }} message */
  #build({ owners, life }) {
    watch(life, this.#life.signal, () => this.#endWith("The thread that has the app has ended"));
    for (const [owner, isClass, members] of owners) {
      const codec = isClass ? handle(owner, false) : null;
      if (codec) this.#classes.set(owner, codec);
      const made = define(this, owner, codec, members.map(([kind, ...signature]) => [kind, /** @type {any} */ (signature)]));
      Object.defineProperties(this.#facade, owner ? { [owner]: { value: made, enumerable: true } } : Object.getOwnPropertyDescriptors(made));
    }
    this.#facade.alloc = (/** @type {any} */ type, /** @type {any} */ count) => this.#alloc(type, count);
  }

  /**
   * A function of the app's, or what lets go of an object.
   * @param {any} signature @param {string} owner @param {number} thunk @param {any} [receiver] the class of the object that it is called on
   */
  function(signature, owner, thunk, receiver) {
    const [name, parameters, details] = /** @type {[string, string[], Details | null]} */ (signature);
    if (!details) return async (/** @type {number} */ object) => this.post({ type: "release", object });
    const member = this.#classes.has(owner) ? thunk - 1 : thunk;
    return async (/** @type {any[]} */ ...values) => {
      this.checkEnd();
      const object = receiver && this.#receiver(receiver, values.shift());
      const count = parameters.length;
      const options = values.length === count + 1 && typeof values[count] === "object" && values[count] ? values.pop() : undefined;
      return this.#call(name, parameters, details, [this.#next++, owner, member, object], values, options);
    };
  }

  /** @param {any} type @param {any} value */
  #receiver(type, value) {
    const reference = referenceOf(value);
    if (reference?.type !== type) throw new TypeError(`this: expected an object of ${type.name}, got ${value === null ? "null" : typeof value}`);
    return this.#numberOf(reference, "this");
  }

  /** @param {any} reference @param {string} place */
  #numberOf(reference, place) {
    const { app, type, isDisposed, address } = reference;
    if (app !== this) throw new TypeError(`${place}: this ${type.name} belongs to another app`);
    if (isDisposed) throw new TypeError(`${place}: this ${type.name} is disposed`);
    return address;
  }

  /** @param {string} name @param {string[]} parameters @param {Details} details @param {import("./exposing.js").CalledMember} called @param {any[]} values @param {any} options */
  async #call(name, parameters, details, called, values, options) {
    if (options) checkOptions(name, options, options.signal, options.onProgress);
    const sent = !options && !details.values && values.every((value) => isSimple(value) && !buffers.has(value))
      ? this.#send([...called, values], called[0])
      : this.#sendPacked(this.#packer(details, parameters), called, values, options);
    const reply = await sent;
    return reply.error || reply.buffers || reply.arrays ? this.#finish(reply, values, details) : this.#unpack(reply)[0];
  }

  /** @param {Packer} packer @param {import("./exposing.js").CalledMember} called @param {any[]} values @param {any} options */
  #sendPacked(packer, [call, owner, member, object], values, options) {
    const message = packer.pack(values, { type: "call", call, owner, member, object });
    // What was called meanwhile may have ended it.
    this.checkEnd();
    return options ? this.#control(message, packer.transfer, options) : this.#send(message, call, packer.transfer);
  }

  /**
   * Sends a call that may be stopped and tells how far it is.
   * @param {any} message @param {any[]} transfer @param {{ signal?: AbortSignal, onProgress?: (progress: any) => void }} options
   */
  async #control(message, transfer, { signal, onProgress }) {
    message.options = { progress: !!onProgress };
    /** @type {(reason: any) => void} */
    let stop = () => {};
    const stopped = new Promise((_, reject) => {
      stop = (reason) => {
        this.post({ type: "abort", call: message.call });
        reject(reason);
      };
    });
    const abort = () => stop(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const progress = onProgress && ((/** @type {any} */ event) => {
      try {
        onProgress(event);
      } catch (error) {
        stop(error);
      }
    });
    const sent = this.#send(message, message.call, transfer, progress);
    // What comes back nevertheless is nobody's; nothing comes if the connection ends before.
    stopped.catch(() => sent.then((reply) => this.#letGoOf(reply), () => {}));
    try {
      return await Promise.race([sent, stopped]);
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** @param {import("./portValues.js").Packed} reply */
  #letGoOf({ references = [] }) {
    for (const [, reference] of references) if ("object" in reference) this.post({ type: "release", object: reference.object });
  }

  /** @param {any} message @param {number} call its number @param {any[]} [transfer] @param {(progress: any) => void} [onProgress] @returns {Promise<any>} */
  #send(message, call, transfer, onProgress) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject, onProgress });
      this.post(message, transfer);
    });
  }

  /** @param {any} reply @param {any[]} given @param {Details} details */
  async #finish(reply, given, details) {
    for (const [number, elements] of reply.buffers ?? []) {
      const array = this.#copied.get(number)?.deref();
      // The client may have sent its memory away meanwhile.
      if (array?.length) array.set(elements);
    }
    (details.inout ?? []).forEach((index, place) => {
      const array = reply.arrays?.[place];
      if (array && given[index].length) Uint8Array.prototype.set.call(given[index], array);
    });
    if (!reply.error) return this.#unpack(reply)[0];
    const { thrown, name } = reply.error;
    if (!thrown) throw unpackError(reply.error);
    const [value] = this.#unpack(thrown);
    // The classes of Swift's errors are in the package's main script, which a client needs for nothing else.
    const { [/** @type {string} */ (name)]: type } = await this.load();
    throw new type(value);
  }

  /** @param {import("./portValues.js").Packed} packed */
  #unpack(packed) {
    return unpack(packed, (reference) => {
      if ("kept" in reference) return this.#kept.get(reference.kept)?.value;
      return this.#classes.get(reference.type).get({ app: this, size: () => reference.object });
    });
  }

  /** @param {Details} details @param {string[]} parameters */
  #packer(details, parameters) {
    const keep = (/** @type {any} */ value, /** @type {"function" | "copy" | "token"} */ as) => {
      const kept = this.#next++;
      this.#kept.set(kept, { value, details });
      return { kept, as };
    };
    /** @type {Packer} */
    const packer = new Packer({
      refer: (value) => {
        if (typeof value === "function") return keep(value, "function");
        const reference = referenceOf(value);
        if (reference) return { object: this.#numberOf(reference, placeOf(parameters, packer.path)), type: reference.type.name };
        const buffer = buffers.get(value);
        // What only looks like an object of Swift's has nothing that may be asked for.
        return buffer ? this.#bufferReference(buffer, value, placeOf(parameters, packer.path), packer.transfer) : [...this.#classes.values()].some((type) => value instanceof this.#facade[type.name]) ? keep(value, "token") : undefined;
      },
      keep: (value) => keep(value, "token"),
      note: details.values ? (value) => keep(value, "copy") : undefined,
    });
    return packer;
  }

  /** @param {RemoteBuffer} buffer @param {any} array @param {string} place @param {ArrayBuffer[]} transfer */
  #bufferReference({ client, number, length, isShared, isDisposed }, array, place, transfer) {
    if (client !== this) throw new TypeError(`${place}: this buffer belongs to another app`);
    if (isDisposed) throw new TypeError(`${place}: this buffer is disposed`);
    if (array.length !== length) throw new TypeError(`${place}: this buffer is detached`);
    if (isShared) return { buffer: number };
    const elements = array.slice();
    transfer.push(elements.buffer);
    return { buffer: number, elements };
  }

  /** @param {any} type @param {any} count */
  async #alloc(type, count) {
    this.checkEnd();
    if (typeof type !== "function" || Object.getPrototypeOf(type) !== typedArray) throw new TypeError(`alloc: expected a typed array's class`);
    const call = this.#next++;
    const reply = await this.#send({ type: "alloc", call, kind: type.name, count, isCopied: !this.#isShared }, call);
    if (reply.error) throw unpackError(reply.error);
    const [number] = reply.values;
    const array = reply.view ?? new type(count);
    const buffer = new RemoteBuffer(this, number, count, !!reply.view);
    const end = { value: () => buffer.dispose() };
    Object.defineProperties(array, { dispose: end, [dispose]: end });
    buffers.set(array, buffer);
    if (!reply.view) this.#copied.set(number, new WeakRef(array));
    // Other views of the memory may outlive this one, and hold on to the same buffer.
    collected.register(array.buffer, buffer);
    return array;
  }

  /** @param {number} buffer */
  free(buffer) {
    this.#copied.delete(buffer);
    this.post({ type: "free", buffer });
  }

  /**
   * Calls a function that Swift calls.
   * @param {any} message
   */
  async #answer(message) {
    const { value, details } = /** @type {any} */ (this.#kept.get(message.kept));
    const call = () => value(...this.#unpack(message));
    // Nobody waits: what it throws is this side's, as an error that nobody has caught.
    if (message.ask === undefined) return call();
    const packer = this.#packer(details, ["result"]);
    /** @type {any} */
    const answer = { type: "answer", ask: message.ask };
    try {
      packer.pack([await call()], answer);
    } catch (error) {
      answer.error = packError(error, [], (value) => packer.pack([value], {}));
    }
    this.post(answer, packer.transfer);
  }

  close() {
    this.post({ type: "end" });
    this.#endWith("The app was disconnected");
  }

  /** @param {string} reason */
  #endWith(reason) {
    if (this.end) return;
    this.end = new WeftError("terminated", reason);
    this.port.removeEventListener("message", this.#hear);
    this.port.removeEventListener("messageerror", this.#hearNothing);
    this.port.removeEventListener("close", this.#closed);
    globalThis.removeEventListener?.("pagehide", this.#hidden);
    this.port.close();
    this.#life.abort();
    this.#begin();
    for (const { reject } of this.#waiting.values()) reject(this.end);
    this.#waiting.clear();
    this.#kept.clear();
  }
}
