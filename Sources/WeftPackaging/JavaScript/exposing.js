// The side of a port where the app is: makes the calls of a client, with the app's own functions, which check what they are given.
import { isNode } from "./instance.js";
import { hold, watch } from "./lives.js";
import { checkPort, isSimple, malformed, Packer, packError, placeOf, unpack, unpackError } from "./portValues.js";

/**
 * What a message does not tell of a function: which arguments are arrays that come back, which are functions that return nothing, whether
 * values of JavaScript's own are among what crosses, and whether it looks whether it is cancelled.
 * @typedef {{ inout?: number[], voids?: number[], values?: boolean, cancels?: boolean }} Details
 * @typedef {[kind: string, name: string, parameters: string[], details: Details]} PortMember
 * What a call calls. With simple values behind it, it is the whole message, and the answer is its number and what was returned: engines clone
 * lists faster than objects.
 * @typedef {[call: number, owner: string, member: number, object: number | undefined]} CalledMember
 * The functions of the top level stand under no name. `errors`: the names of what Swift throws.
 * @typedef {{ owners: [name: string, isClass: boolean, members: PortMember[]][], errors: string[] }} PortProgram
 */

const arrayClasses = [Int8Array, Int16Array, Int32Array, BigInt64Array, Uint8Array, Uint16Array, Uint32Array, BigUint64Array, Float32Array, Float64Array];

/** @type {WeakSet<object>} the apps that are clients themselves: their functions return promises wherever they are */
export const connected = new WeakSet();

/**
 * Gives an app to whoever has the other end of a port.
 * @param {PortProgram} program @param {any} app @param {any} port @param {{ shareMemory?: boolean }} [options]
 */
export function exposeProgram(program, app, port, options = {}) {
  if (typeof app?.alloc !== "function") throw new TypeError("expose: expected the app that init() or connect() has given");
  checkPort("expose", port);
  const exposure = new Exposure(program, app, port, options.shareMemory ?? true);
  return { end: () => exposure.end("The app is not exposed any more"), ended: exposure.ended };
}

/** One client, and all that it has of the app. */
class Exposure {
  #isOver = false;
  #next = 1;
  /** @type {Map<number, any>} handles of Swift's objects */ #objects = new Map();
  /** @type {Map<number, any>} */ #buffers = new Map();
  /** @type {Map<number, AbortController>} calls that run */ #calls = new Map();
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: any) => void, hasValues: boolean }>} the client's functions that were called */ #asked = new Map();
  /** @type {WeakMap<object, number>} what stands here for what the client keeps */ #kept = new WeakMap();
  #collected = new FinalizationRegistry((/** @type {number} */ kept) => this.#post({ type: "drop", kept }));
  #life = new AbortController();
  /** @type {() => void} */ #resolve = () => {};
  /** @type {Promise<void>} resolves when the client is gone */ ended = new Promise((/** @type {(value?: any) => void} */ resolve) => { this.#resolve = resolve; });
  #isWelcomed = false;
  #hear = (/** @type {any} */ { data }) => this.#receive(data);
  #close = () => this.end("The client has closed its port");

  /** @param {PortProgram} program @param {any} app @param {any} port @param {boolean} sharesMemory */
  constructor(program, app, port, sharesMemory) {
    this.program = program;
    this.app = app;
    this.port = port;
    this.sharesMemory = sharesMemory && app.shared;
    // Calls return promises and take options.
    this.isAsync = connected.has(app) || (typeof document === "object" && !isNode);
    port.addEventListener("message", this.#hear);
    port.addEventListener("close", this.#close);
    port.start?.();
  }

  /** @param {any} message @param {any[]} [transfer] */
  #post(message, transfer = []) {
    if (!this.#isOver) this.port.postMessage(message, transfer);
  }

  /**
   * Whoever has the other end may send anything.
   * @param {any} message
   */
  #receive(message) {
    try {
      if (Array.isArray(message)) return this.#call({ call: message[0], owner: message[1], member: message[2], object: message[3], values: message[4] });
      switch (message?.type) {
        case "hello": return this.#guard(this.#welcome(message));
        case "call": return this.#call(message);
        case "abort": return this.#calls.get(message.call)?.abort();
        case "answer": return this.#answer(message);
        case "alloc": return this.#guard(this.#alloc(message));
        case "free": return this.#drop(this.#buffers, message.buffer);
        case "release": return this.#drop(this.#objects, message.object);
        case "end": return this.end("The client has disconnected");
        default: malformed(`its type is ${JSON.stringify(message?.type)}`);
      }
    } catch (/** @type {any} */ error) {
      this.end(error.message);
    }
  }

  /**
   * Whatever goes wrong with a message ends the client that has sent it, and nothing else.
   * @param {Promise<unknown>} handled
   */
  #guard(handled) {
    handled.catch((error) => this.end(error.message));
  }

  /** @param {{ life?: any }} message */
  async #welcome({ life }) {
    if (this.#isWelcomed) malformed("it says hello again");
    this.#isWelcomed = true;
    const own = await hold();
    this.#life.signal.addEventListener("abort", own.letGo);
    if (this.#isOver) own.letGo();
    this.#post({ type: "welcome", owners: this.program.owners, life: own.name });
    try {
      this.#post({ type: "probe", memory: this.sharesMemory ? new SharedArrayBuffer(1) : undefined });
    } catch {
      // The engine does not even try to share with that side.
      this.#post({ type: "probe" });
    }
    await watch(life, this.#life.signal, () => this.end("The client has ended"));
  }

  /** @param {any} message */
  #call({ call, owner, member, object, values, references, options }) {
    const found = this.program.owners.find(([name]) => name === owner)?.[2][member];
    if (typeof call !== "number" || !Number.isInteger(member) || !found) malformed("it calls what the program does not export");
    const [kind, name, parameters, details] = /** @type {PortMember} */ (found);
    /** @type {any[]} */
    let given = [];
    /** @type {number[]} */
    const copied = [];
    let returned;
    try {
      given = unpack({ values, references }, (reference, path, copy) => this.#resolveReference(reference, path, copy, parameters, details, copied));
      const receiver = object === undefined ? undefined : this.#objects.get(object) ?? gone("this");
      const isControlled = this.isAsync && given.length === parameters.length && (options || details.cancels);
      returned = this.#invoke(owner, kind, name, receiver, isControlled ? [...given, this.#control(call, options?.progress)] : given);
    } catch (error) {
      return this.#reply(call, { error }, details, given, copied);
    }
    if (!this.isAsync) return this.#reply(call, { values: [returned] }, details, given, copied);
    this.#guard(Promise.resolve(returned).then((value) => ({ values: [value] }), (error) => ({ error })).then((outcome) => this.#reply(call, outcome, details, given, copied)));
  }

  /**
   * The options of a call that the client may stop, or that is stopped when it goes.
   * @param {number} call @param {unknown} tells
   */
  #control(call, tells) {
    const controller = new AbortController();
    this.#calls.set(call, controller);
    const onProgress = (/** @type {any} */ { completed, total }) => this.#post({ type: "progress", call, completed, total });
    return { signal: controller.signal, onProgress: tells ? onProgress : undefined };
  }

  /** @param {string} owner @param {string} kind @param {string} name @param {any} receiver @param {any[]} values @returns {any} */
  #invoke(owner, kind, name, receiver, values) {
    const target = owner ? this.app[owner] : this.app;
    if (kind === "init") return new target(...values);
    const isOfObject = ["method", "get", "set"].includes(kind);
    const { value, get, set } = /** @type {any} */ (Object.getOwnPropertyDescriptor(isOfObject ? target.prototype : target, name));
    return (value ?? (/get$/i.test(kind) ? get : set)).call(isOfObject ? receiver : target, ...values);
  }

  /** @param {number} call @param {{ values?: any[], error?: any }} outcome @param {Details} details @param {any[]} given @param {number[]} copied */
  #reply(call, { values, error }, details, given, copied) {
    this.#calls.delete(call);
    if (values && !copied.length && !details.inout && !details.values && isSimple(values[0]) && !this.#isOver) return this.#post([call, values[0]]);
    // What is returned is nobody else's, unless it was the page's own value before.
    const packer = this.#packer(!details.values);
    /** @type {any} */
    const message = { type: "done", call };
    // Swift's changes; a buffer that the client has let go of meanwhile is nobody's any more.
    if (copied.length) message.buffers = copied.filter((buffer) => this.#buffers.has(buffer)).map((buffer) => [buffer, this.#buffers.get(buffer).slice()]);
    if (details.inout) message.arrays = details.inout.map((index) => (ArrayBuffer.isView(given[index]) ? given[index] : undefined));
    try {
      if (values) packer.pack(values, message);
      else message.error = packError(error, this.program.errors, (value) => packer.pack([value], {}));
    } catch (failure) {
      message.error = packError(failure, [], (value) => ({ values: [value] }));
    }
    const arrays = [...(message.arrays ?? []), ...(message.buffers ?? []).map((/** @type {any[]} */ [, elements]) => elements)];
    for (const array of arrays) if (array?.buffer instanceof ArrayBuffer && !packer.transfer.includes(array.buffer)) packer.transfer.push(array.buffer);
    this.#post(message, packer.transfer);
    if (this.#isOver) this.#dropAll();
  }

  /** @param {boolean} isGiven */
  #packer(isGiven) {
    return new Packer({
      isGiven,
      refer: (value) => {
        const kept = this.#kept.get(value);
        if (kept !== undefined) return { kept, as: "token" };
        const type = this.program.owners.find(([name, isClass]) => isClass && value instanceof this.app[name]);
        if (!type) return;
        const object = this.#next++;
        this.#objects.set(object, value);
        return { object, type: type[0] };
      },
      keep: (value) => {
        throw new TypeError(`a ${typeof value} of the app's side cannot cross a port; only plain data, arrays and objects of Swift can`);
      },
    });
  }

  /** @param {any} reference @param {import("./portValues.js").Path} path @param {any} copy @param {string[]} parameters @param {Details} details @param {number[]} copied */
  #resolveReference(reference, path, copy, parameters, details, copied) {
    if ("object" in reference) return this.#objects.get(reference.object) ?? gone(placeOf(parameters, path));
    if ("buffer" in reference) {
      const buffer = this.#buffers.get(reference.buffer) ?? gone(placeOf(parameters, path));
      const { elements } = reference;
      if (elements) {
        if (Object.prototype.toString.call(elements) !== Object.prototype.toString.call(buffer) || elements.length !== buffer.length) malformed("a buffer has other elements");
        buffer.set(elements);
        copied.push(reference.buffer);
      }
      return buffer;
    }
    return this.#stand(reference, copy, !!details.voids?.includes(/** @type {number} */ (path[0])), !!details.values);
  }

  /**
   * What stands here for what the client keeps.
   * @param {any} reference @param {any} copy @param {boolean} isVoid a function that returns nothing
   * @param {boolean} hasValues a function whose result may hold values of JavaScript's own
   */
  #stand({ kept, as }, copy, isVoid, hasValues) {
    if (typeof kept !== "number") malformed("a reference has no number");
    const stand = as === "function" ? (/** @type {any[]} */ ...values) => this.#ask(kept, values, isVoid, hasValues) : as === "copy" ? copy : {};
    if (typeof stand !== "function" && (typeof stand !== "object" || !stand)) malformed("a reference stands for no object");
    this.#kept.set(stand, kept);
    this.#collected.register(stand, kept);
    return stand;
  }

  /**
   * Calls a function of the client's.
   * @param {number} kept @param {any[]} values @param {boolean} isVoid @param {boolean} hasValues
   */
  #ask(kept, values, isVoid, hasValues) {
    if (this.#isOver) throw new Error("the client whose function this is has gone");
    const packer = this.#packer(false);
    /** @type {any} */
    const message = { type: "ask", kept };
    packer.pack(values, message);
    // Where a promise cannot be waited for, nobody hears how a function without a result has ended but its own side.
    if (isVoid && !(this.isAsync && this.app.shared)) return this.#post(message, packer.transfer);
    const ask = (message.ask = this.#next++);
    const answer = new Promise((resolve, reject) => {
      this.#asked.set(ask, { resolve, reject, hasValues });
      this.#post(message, packer.transfer);
    });
    // Swift waits for it. What else calls it, as JSON does `toJSON`, need not, and the client's error is no fault of this side's.
    answer.catch(() => {});
    return answer;
  }

  /** @param {any} message */
  #answer({ ask, values, references, error }) {
    const asked = this.#asked.get(ask);
    if (!asked) return malformed("it answers what was not asked");
    this.#asked.delete(ask);
    if (error) return asked.reject(unpackError(error));
    try {
      const [value] = unpack({ values, references }, (reference, path, copy) => this.#resolveReference(reference, path, copy, ["result"], { values: asked.hasValues }, []));
      asked.resolve(value);
    } catch (failure) {
      asked.reject(failure);
    }
  }

  /** @param {any} message */
  async #alloc({ call, kind, count, isCopied }) {
    /** @type {{ values?: any[], error?: any }} */
    const outcome = {};
    const buffer = this.#next++;
    try {
      const array = await this.app.alloc(arrayClasses.find(({ name }) => name === kind), count);
      this.#buffers.set(buffer, array);
      // The object itself would have its own way to end.
      const view = isCopied || !this.sharesMemory ? undefined : new array.constructor(array.buffer, array.byteOffset, array.length);
      return this.#post({ type: "done", call, values: [buffer], view });
    } catch (error) {
      outcome.error = error;
    } finally {
      if (this.#isOver) this.#dropAll();
    }
    this.#reply(call, outcome, {}, [], []);
  }

  /** @param {Map<number, any>} table @param {any} number */
  #drop(table, number) {
    table.get(number)?.dispose();
    table.delete(number);
  }

  #dropAll() {
    for (const table of [this.#objects, this.#buffers]) for (const number of [...table.keys()]) this.#drop(table, number);
  }

  /** @param {string} reason */
  end(reason) {
    if (this.#isOver) return;
    this.#post({ type: "end", message: reason });
    this.#isOver = true;
    this.port.removeEventListener("message", this.#hear);
    this.port.removeEventListener("close", this.#close);
    this.port.close();
    this.#life.abort();
    for (const controller of this.#calls.values()) controller.abort();
    for (const { reject } of this.#asked.values()) reject(new Error("the client whose function this is has gone"));
    this.#asked.clear();
    this.#dropAll();
    this.#resolve();
  }
}

/** @param {string} place @returns {never} */
function gone(place) {
  throw new TypeError(`${place}: this object is disposed`);
}
