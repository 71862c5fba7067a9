// How numbers cross the boundary, and what all that crosses has in common: a value is checked and written on one side, and read on
// the other, one after the other and without gaps. What is of one type has a codec.

/** @typedef {Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array} TypedArray */
/** @typedef {{ new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray, new (length: number | TypedArray): TypedArray, BYTES_PER_ELEMENT: number, name: string }} TypedArrayClass */
/** @typedef {{ put: (out: Writer, value: any) => void, get: (input: Reader, values: any[]) => any, isScalar?: boolean, mayLack?: boolean, isInjected?: boolean }} Codec */
/** @typedef {Codec & { check: (out: Writer, value: any) => void, array: TypedArrayClass }} NumberCodec */
/** @typedef {{ retain: () => void, release: () => void }} Held what must stay as long as a call may use it */
/** @typedef {[name: string, codec: Codec]} Parameter */
/**
 * `isSerial`: whether it must not run while another one does.
 * @typedef {[name: string, parameters: Parameter[], result: Codec | null, isSerial?: boolean]} Signature
 */

/** @param {any} value */
const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "Array" : typeof value);

/** @type {DataView | undefined} the memory of a writer that is done, for the next one: to get it takes longer than most calls */ let spare;

/** What has been written, and what goes with it. */
export class Writer {
  /** @type {any} */ app;
  data = spare ?? new DataView(new ArrayBuffer(256));
  bytes = new Uint8Array(this.data.buffer);
  length = 0;
  /** @type {(string | number)[]} where in the arguments the value that is being written is */ path = [];
  /** @type {import("./arrays.js").Block[]} arrays that are copied last, when nobody's code runs any more */ blocks = [];
  /** @type {Held[]} */ held = [];
  /** @type {(() => void)[]} what is to be done if the call is not made */ failed = [];
  /** @type {{ at: number, address: number, size: number, array: TypedArray }[]} buffers that are copied there and back, where no memory is shared */ mirrors = [];
  /** @type {number[]} where the address of the call's control block goes */ controls = [];

  /** @param {any} app */
  constructor(app) {
    this.app = app;
    spare = undefined;
  }

  /**
   * Makes room for so many bytes.
   * @param {number} count @returns {number} where
   */
  room(count) {
    const at = this.length;
    if ((this.length += count) > this.bytes.length) {
      const { bytes } = this;
      // So that it is no long one that is kept.
      spare ??= this.data;
      this.bytes = new Uint8Array(this.length * 2);
      this.bytes.set(bytes);
      this.data = new DataView(this.bytes.buffer);
    }
    return at;
  }

  /** @param {number} value */
  byte(value) {
    const at = this.room(1);
    this.bytes[at] = value;
  }

  /** @param {number} value */
  count(value) {
    const at = this.room(4);
    this.data.setUint32(at, value, true);
  }

  /**
   * An address or a size.
   * @param {number} value
   */
  size(value) {
    const at = this.room(8);
    this.data.setFloat64(at, value, true);
  }

  /** @param {string | number} step @param {Codec} codec @param {any} value */
  inside(step, codec, value) {
    this.path.push(step);
    codec.put(this, value);
    this.path.pop();
  }

  /** @param {Held} thing */
  hold(thing) {
    thing.retain();
    this.held.push(thing);
  }

  letGo() {
    for (const thing of this.held.splice(0)) thing.release();
  }

  /** Takes the elements of arrays as they are now, for a call that is made later. */
  takeArrays() {
    for (const block of this.blocks) block.take();
  }

  /** The call is not made. */
  giveUp() {
    this.letGo();
    for (const undo of this.failed) undo();
  }

  get place() {
    return this.path.map((step, index) => (typeof step === "number" ? `[${step}]` : index ? `.${step}` : step)).join("");
  }

  /** @param {string} expected @param {unknown} value @param {string} [kind] of the value @returns {never} */
  wrong(expected, value, kind = kindOf(value)) {
    throw new TypeError(`${this.place}: expected ${expected}, got ${kind}`);
  }

  /** @param {string} message @returns {never} */
  outOfRange(message) {
    throw new RangeError(`${this.place}: ${message}`);
  }

  /**
   * Copies what was written into the memory.
   * @param {import("./instance.js").Instance} instance @param {number} address
   */
  copyTo(instance, address) {
    for (const block of this.blocks) block.place(instance);
    instance.bytes(address, this.length).set(this.bytes.subarray(0, this.length));
    spare ??= this.data;
  }
}

/** Reads what Swift has written. */
export class Reader {
  /** @param {any} app @param {DataView} data @param {number} at */
  constructor(app, data, at) {
    this.app = app;
    this.data = data;
    this.at = at;
  }

  /** @param {number} count @returns {number} where these bytes begin */
  skip(count) {
    return (this.at += count) - count;
  }

  byte() {
    return this.data.getUint8(this.skip(1));
  }

  count() {
    return this.data.getUint32(this.skip(4), true);
  }

  size() {
    return this.data.getFloat64(this.skip(8), true);
  }
}

/**
 * @param {string} type its name in Swift @param {string} view what DataView calls it as it is written @param {number} size
 * @param {any} array @param {number | bigint} [low] @param {any} [high] a number as `low` is @returns {NumberCodec}
 */
export function number(type, view, size, array, low, high) {
  const kind = typeof low === "bigint" ? "bigint" : "number";
  const write = /** @type {any} */ (DataView.prototype)[`set${view}`];
  const read = /** @type {any} */ (DataView.prototype)[`get${view}`];
  /** @type {NumberCodec} */
  const codec = {
    isScalar: true,
    array,
    check(out, value) {
      if (typeof value !== kind) out.wrong(`a ${kind}`, value);
      if (low !== undefined && !(value >= low && value <= high && (kind !== "number" || Number.isInteger(value))))
        out.outOfRange(`${value} is not an integer from ${low} to ${high} (${type})`);
    },
    put(out, value) {
      codec.check(out, value);
      const at = out.room(size);
      write.call(out.data, at, value, true);
    },
    get: (input) => read.call(input.data, input.skip(size), true),
  };
  return codec;
}

/** @type {Codec} */
export const bool = {
  isScalar: true,
  put(out, value) {
    if (typeof value !== "boolean") out.wrong("a boolean", value);
    out.byte(+value);
  },
  get: (input) => !!input.byte(),
};

/**
 * What checks and writes a call's arguments.
 * @param {any} app @param {Signature} signature @param {Codec} [receiver] of a method @returns {(values: any[], self?: any) => Writer}
 */
export function argumentsOf(app, [name, parameters], receiver) {
  const taken = parameters.filter(([, codec]) => !codec.isInjected);
  const least = taken.reduce((least, [, codec], index) => (codec.mayLack ? least : index + 1), 0);
  return (values, self) => {
    const out = new Writer(app);
    try {
      if (receiver) out.inside("this", receiver, self);
      if (values.length < least || values.length > taken.length)
        throw new TypeError(`${name}: expected ${least === taken.length ? least : `${least} to ${taken.length}`} arguments, got ${values.length}`);
      let next = 0;
      for (const [name, codec] of parameters) {
        out.path = [name];
        codec.put(out, codec.isInjected ? undefined : values[next++]);
      }
      // What was called meanwhile may have ended the app.
      app.checkEnd();
      return out;
    } catch (error) {
      out.giveUp();
      throw error;
    }
  };
}

/**
 * What a page calls: it returns a promise, and takes options as a last argument.
 * @param {any} app @param {Signature} signature @param {Codec | undefined} receiver of a method
 * @param {(out: Writer, values: any[]) => Promise<any>} submit makes the call
 */
export function pageFunction(app, signature, receiver, submit) {
  const [, parameters, , isSerial] = signature;
  const count = parameters.filter(([, codec]) => !codec.isInjected).length;
  const write = argumentsOf(app, signature, receiver);
  return async (/** @type {any[]} */ ...values) => {
    app.checkEnd();
    const self = receiver && values.shift();
    const options = values.length === count + 1 && typeof values[count] === "object" && values[count] && values.pop();
    const out = write(values, self);
    if (options || isSerial || !app.isShared) out.takeArrays();
    const run = (/** @type {Writer} */ out) => (isSerial ? app.inTurn(() => submit(out, values)) : submit(out, values));
    return options ? (await import("./control.js")).control(app, signature, out, options, run) : run(out);
  };
}
