// Memory that JavaScript and Swift both see: typed arrays, which `app.alloc` makes.
import { typedArrayKind } from "./values.js";

/** @typedef {import("./values.js").TypedArray} TypedArray */
/** @typedef {import("./values.js").TypedArrayClass} TypedArrayClass */

const classes = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array, Float32Array, Float64Array];
const dispose = /** @type {any} */ (Symbol).dispose;

/** The memory behind one buffer. */
class Allocation {
  uses = 1;
  isDisposed = false;

  /** @param {any} app @param {number} address @param {number} length */
  constructor(app, address, length) {
    this.app = app;
    this.address = address;
    this.length = length;
  }

  retain() {
    this.uses++;
  }

  release() {
    if (--this.uses === 0) this.app.freeBuffer(this);
  }

  dispose() {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.release();
  }
}

/** @type {WeakMap<object, Allocation>} */
const allocations = new WeakMap();
/** @type {FinalizationRegistry<Allocation>} */
const collected = new FinalizationRegistry((allocation) => allocation.dispose());

/**
 * @param {any} app @param {TypedArrayClass} type @param {number} length
 * @returns {any}
 */
export function alloc(app, type, length) {
  app.checkEnd();
  if (!classes.includes(/** @type {any} */ (type))) throw new TypeError(`alloc: expected a typed array's class, like Float64Array, got ${/** @type {any} */ (type)?.name ?? typeof type}`);
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`alloc: ${length} is not a count`);
  const { address, buffer, offset } = app.allocateBuffer(Math.max(1, length * type.BYTES_PER_ELEMENT));
  const array = new type(buffer, offset, length);
  const allocation = new Allocation(app, address, length);
  const end = { value: () => allocation.dispose() };
  Object.defineProperties(array, dispose ? { dispose: end, [dispose]: end } : { dispose: end });
  allocations.set(array, allocation);
  // Other views of the memory may outlive this one, and hold on to the same buffer.
  collected.register(buffer, allocation);
  return array;
}

/** @param {import("./values.js").NumberCodec} element @returns {import("./values.js").Codec} */
export const buffer = ({ array }) => ({
  put(out, value) {
    const allocation = allocations.get(value);
    if (!allocation || typedArrayKind(value) !== array.name) return out.wrong(`a ${array.name} that app.alloc has made`, value);
    if (allocation.app !== out.app) throw new TypeError(`${out.place}: this buffer belongs to another app`);
    if (allocation.isDisposed) throw new TypeError(`${out.place}: this buffer is disposed`);
    if (value.length !== allocation.length) throw new TypeError(`${out.place}: this buffer is detached`);
    out.hold(allocation);
    if (!out.app.isShared) out.mirrors.push({ at: out.length, address: allocation.address, size: value.byteLength, array: value });
    out.size(allocation.address);
    out.size(allocation.length);
  },
  get: () => undefined,
});
