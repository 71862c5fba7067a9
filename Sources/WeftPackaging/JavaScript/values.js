// What crosses the boundary: checks of arguments, and their form in a call's frame (16 bytes for each).

/** @typedef {Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array | BigInt64Array | BigUint64Array} TypedArray */
/** @typedef {{ new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray, new (length: number): TypedArray, BYTES_PER_ELEMENT: number, name: string }} TypedArrayClass */
/** @typedef {import("./instance.js").Instance} Instance */
/** @typedef {{ name: string, type: string, element: string, inout: boolean }} Parameter */

/**
 * The typed array of each Swift type, and the range of the small integers.
 * @type {Record<string, [TypedArrayClass, number?, number?]>}
 */
const numbers = {
  Int8: [Int8Array, -128, 127],
  Int16: [Int16Array, -32768, 32767],
  Int32: [Int32Array, -2147483648, 2147483647],
  Int: [Int32Array, -2147483648, 2147483647],
  UInt8: [Uint8Array, 0, 255],
  UInt16: [Uint16Array, 0, 65535],
  UInt32: [Uint32Array, 0, 4294967295],
  UInt: [Uint32Array, 0, 4294967295],
  Int64: [BigInt64Array],
  UInt64: [BigUint64Array],
  Float: [Float32Array],
  Double: [Float64Array],
};

/** @param {unknown} value */
const kindOf = (value) => (value === null ? "null" : typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value);

/** @param {string} name @param {string} expected @param {unknown} value */
const wrongType = (name, expected, value) => new TypeError(`${name}: expected ${expected}, got ${kindOf(value)}`);

/** @param {string} name @param {string} type @param {any} value */
function checkNumber(name, type, value) {
  const [, low, high] = numbers[type];
  if (type === "Int64" || type === "UInt64") {
    if (typeof value !== "bigint") throw wrongType(name, "a bigint", value);
    if ((type === "Int64" ? BigInt.asIntN : BigInt.asUintN)(64, value) !== value) throw new RangeError(`${name}: ${value} does not fit in ${type}`);
  } else {
    if (typeof value !== "number") throw wrongType(name, "a number", value);
    if (low !== undefined && high !== undefined && !(Number.isInteger(value) && value >= low && value <= high))
      throw new RangeError(`${name}: ${value} is not an integer from ${low} to ${high} (${type})`);
  }
}

/**
 * Parses "name:inout [Double]".
 * @param {string} text @returns {Parameter}
 */
export function parameter(text) {
  const at = text.indexOf(":");
  const inout = text.startsWith("inout ", at + 1);
  const type = text.slice(at + (inout ? 7 : 1));
  const element = /^(?:\[|SharedBuffer<)(\w+)[\]>]$/.exec(type)?.[1] ?? "";
  return { name: text.slice(0, at), type, element, inout };
}

/** Memory that is shared between JavaScript and Swift; `app.allocate` makes it. */
export class SharedBuffer {
  /** @type {Instance} */ #instance;
  /** @type {TypedArrayClass} */ #type;
  #address;
  #uses = 0;
  #isDisposed = false;
  /**
   * How many elements.
   * @type {number}
   */ length;

  /** @param {Instance} instance @param {TypedArrayClass} type @param {number} length */
  constructor(instance, type, length) {
    if (!Object.values(numbers).some(([known]) => known === type)) throw wrongType("type", "a typed array's class, like Float64Array", type);
    if (!Number.isInteger(length) || length < 0) throw new RangeError(`count: ${length} is not a count`);
    this.#instance = instance;
    this.#type = type;
    this.length = length;
    const bytes = Math.max(1, length * type.BYTES_PER_ELEMENT);
    this.#address = instance.allocate(bytes);
    instance.bytes(this.#address, bytes).fill(0);
  }

  /** The elements: a view of the memory, not a copy. Take it anew after each call that may let the memory grow. */
  get array() {
    if (this.#isDisposed) throw new TypeError("This SharedBuffer is disposed");
    return this.#instance.view(this.#type, this.#address, this.length);
  }

  /** Frees the memory, once no running call uses it any more. */
  dispose() {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.#uses === 0) this.#instance.free(this.#address);
  }

  /** @param {Parameter} parameter @param {unknown} value @param {Instance} instance */
  static check({ name, element }, value, instance) {
    const expected = `a SharedBuffer of ${numbers[element][0].name}`;
    if (!(value instanceof SharedBuffer) || !(#address in value)) throw wrongType(name, expected, value);
    if (value.#instance !== instance) throw new TypeError(`${name}: this SharedBuffer belongs to another app`);
    if (value.#type !== numbers[element][0]) throw wrongType(name, expected, new value.#type(0));
    if (value.#isDisposed) throw new TypeError(`${name}: this SharedBuffer is disposed`);
  }

  /**
   * Keeps the memory until `release`.
   * @param {SharedBuffer} buffer
   * @returns {number} its address
   */
  static retain(buffer) {
    buffer.#uses++;
    return buffer.#address;
  }

  /** @param {SharedBuffer} buffer */
  static release(buffer) {
    if (--buffer.#uses === 0 && buffer.#isDisposed) buffer.#instance.free(buffer.#address);
  }
}

/**
 * Throws if the arguments are not what the function takes. Nothing has happened before.
 * @param {string} name @param {Parameter[]} parameters @param {any[]} values @param {(parameter: Parameter, value: unknown) => void} checkBuffer
 */
export function checkArguments(name, parameters, values, checkBuffer) {
  if (values.length !== parameters.length) throw new TypeError(`${name}: expected ${parameters.length} arguments, got ${values.length}`);
  parameters.forEach((parameter, index) => {
    const { name, type, element, inout } = parameter;
    const value = values[index];
    if (type === "Bool") {
      if (typeof value !== "boolean") throw wrongType(name, "a boolean", value);
    } else if (type === "String") {
      if (typeof value !== "string") throw wrongType(name, "a string", value);
    } else if (!element) {
      checkNumber(name, type, value);
    } else if (type[0] === "S") {
      checkBuffer(parameter, value);
    } else if (!(value instanceof numbers[element][0])) {
      const expected = numbers[element][0].name;
      if (inout || !Array.isArray(value)) throw wrongType(name, inout ? expected : `${expected} or an array`, value);
      value.forEach((item, at) => checkNumber(`${name}[${at}]`, element, item));
    }
  });
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Writes checked arguments into a frame. Gives everything back if the memory runs out half way.
 * @param {Instance} instance @param {number} frame @param {Parameter[]} parameters @param {any[]} values
 */
export function writeArguments(instance, frame, parameters, values) {
  /** @type {number[]} */
  const allocated = [];
  /** @type {SharedBuffer[]} */
  const kept = [];
  /** @param {number} count @param {number} bytes */
  const room = (count, bytes) => {
    const address = count === 0 ? 0 : instance.allocate(bytes);
    if (address) allocated.push(address);
    return address;
  };
  try {
    parameters.forEach(({ type, element }, index) => {
      const slot = frame + index * 16;
      const value = values[index];
      let address = 0;
      let count = 0;
      if (type === "String") {
        const text = encoder.encode(value);
        count = text.length;
        address = room(count, count);
        if (count) instance.bytes(address, count).set(text);
      } else if (!element) {
        writeNumber(instance.data, slot, type, value);
        return;
      } else if (type[0] === "S") {
        count = value.length;
        address = SharedBuffer.retain(value);
        kept.push(value);
      } else {
        const [class_] = numbers[element];
        count = value.length;
        address = room(count, count * class_.BYTES_PER_ELEMENT);
        if (count) instance.view(class_, address, count).set(value);
      }
      instance.data.setUint32(slot, address, true);
      instance.data.setUint32(slot + 4, count, true);
    });
  } catch (error) {
    allocated.forEach((address) => instance.free(address));
    kept.forEach(SharedBuffer.release);
    throw error;
  }
}

/**
 * How `DataView` calls numbers, if not `Int32`.
 * @type {Record<string, string | undefined>}
 */
const views = { Float: "Float32", Double: "Float64", Int64: "BigInt64", UInt64: "BigUint64", UInt32: "Uint32", UInt: "Uint32" };

/** @param {any} data @param {number} slot @param {string} type @param {any} value */
const writeNumber = (data, slot, type, value) => data[`set${views[type] ?? "Int32"}`](slot, value, true);

/** @param {any} data @param {number} slot @param {string} type */
const readNumber = (data, slot, type) => data[`get${views[type] ?? "Int32"}`](slot, true);

/**
 * Reads a result, and the arrays that were passed `inout` back into the caller's.
 * @param {Instance} instance @param {number} frame @param {Parameter[]} parameters @param {any[]} values @param {string} type
 */
export function readResults(instance, frame, parameters, values, type) {
  parameters.forEach((parameter, index) => {
    if (!parameter.inout) return;
    const result = readMemory(instance, frame + index * 16, parameter.element);
    if (result.length !== values[index].length)
      throw new RangeError(`${parameter.name}: Swift made ${result.length} elements of ${values[index].length}; a typed array cannot change its length`);
    values[index].set(result);
  });
  if (type === "Void") return;
  if (type === "String") return decoder.decode(readMemory(instance, frame, "UInt8"));
  if (type[0] === "[") return readMemory(instance, frame, type.slice(1, -1));
  const number = readNumber(instance.data, frame, type);
  return type === "Bool" ? number !== 0 : number;
}

/**
 * Copies an array out of the memory, and frees it there.
 * @param {Instance} instance
 * @param {number} slot
 * @param {string} element
 */
function readMemory(instance, slot, element) {
  const address = instance.data.getUint32(slot, true);
  const count = instance.data.getUint32(slot + 4, true);
  const [class_] = numbers[element];
  if (!address) return /** @type {any} */ (new class_(0));
  const copy = /** @type {any} */ (instance.view(class_, address, count)).slice();
  instance.free(address);
  // A slice of shared memory is not shared itself, so TextDecoder and the caller may have it.
  return copy;
}

/**
 * Lets go of the shared buffers that `writeArguments` kept.
 * @param {Parameter[]} parameters
 * @param {any[]} values
 */
export function releaseArguments(parameters, values) {
  parameters.forEach(({ type }, index) => {
    if (type.startsWith("SharedBuffer")) SharedBuffer.release(values[index]);
  });
}
