// Memory that belongs to JavaScript and that Swift reads and writes: each thread has a view of it, and Swift's operations on it are calls
// of `Atomics` on that view. See JSSharedMemory.swift.
import { WeftError } from "./errors.js";
import { value } from "./functions.js";
import { send, sendEverywhere } from "./messages.js";

/** @typedef {{ buffer: SharedArrayBuffer, bytes?: Uint8Array, words?: Int32Array, longs?: BigInt64Array }} Memory a thread's view */

/** @type {WeakMap<object, { app: any, number: number, size: number }>} what JavaScript has to pass, and what it stands for */
const known = new WeakMap();
/** @type {FinalizationRegistry<{ app: any, number: number }>} Swift keeps what it has got, as it keeps any value of JavaScript's */
const collected = new FinalizationRegistry(({ app, number }) => {
  app.memories.delete(number);
  if (!app.end) sendEverywhere(app, { forget: number });
});

/** @param {any} app @param {SharedArrayBuffer} buffer */
export async function share(app, buffer) {
  app.checkEnd();
  if (!app.isShared)
    throw new WeftError("isolation", "share: the program runs on one thread, because memory cannot be shared here (supportsThreads() says why); pass an array or a SharedBuffer instead");
  const kind = Object.prototype.toString.call(buffer).slice(8, -1);
  if (kind !== "SharedArrayBuffer") throw new TypeError(`share: expected a SharedArrayBuffer, got ${kind}`);
  const number = (app.lastMemory = (app.lastMemory ?? 0) + 1);
  app.memories.set(number, { buffer });
  await send(app, { share: number, buffer });
  const memory = Object.freeze({ buffer });
  known.set(memory, { app, number, size: buffer.byteLength });
  collected.register(memory, { app, number });
  return memory;
}

/** @type {import("./values.js").Codec} */
export const sharedMemory = {
  put(out, memory) {
    const found = known.get(memory);
    if (!found) return out.wrong("what app.share has returned", memory);
    if (found.app !== out.app) throw new TypeError(`${out.place}: this memory was shared with another app`);
    value.put(out, memory);
    out.count(found.number);
    out.size(found.size);
  },
  get: value.get,
};

/** @type {((view: any, index: number, a: any, b: any) => any)[]} as JSSharedMemory.swift numbers them */
const operations = [
  (view, index) => Atomics.load(view, index),
  (view, index, a) => Atomics.store(view, index, a),
  (view, index, a) => Atomics.exchange(view, index, a),
  (view, index, a, b) => Atomics.compareExchange(view, index, a, b),
  (view, index, a) => Atomics.add(view, index, a),
  (view, index, a) => Atomics.and(view, index, a),
  (view, index, a) => Atomics.or(view, index, a),
  (view, index, a) => Atomics.xor(view, index, a),
  (view, index, a, b) => ["ok", "not-equal", "timed-out"].indexOf(Atomics.wait(view, index, a, b / 1e6)),
  (view, index, a) => Atomics.notify(view, index, a),
];

/**
 * Does what stands at an address: the operation and how many bits its value has (16 bits each), the memory's number, the byte's, two
 * operands of 64 bits, and room for the result. Swift has checked that the value lies in the memory.
 * @param {any} app @param {number} at
 */
function operate(app, at) {
  /** @type {import("./instance.js").Instance} */
  const instance = app.instance;
  // The stack that it lies on may be younger than the view.
  if (at + 40 > instance.data.byteLength) instance.bytes(at, 40);
  const { data } = instance;
  const [operation, bits, number, offset] = [data.getUint16(at, true), data.getUint16(at + 2, true), data.getInt32(at + 4, true), data.getFloat64(at + 8, true)];
  /** @type {Memory | undefined} */
  const memory = app.memories.get(number);
  if (!memory) throw new Error(`The thread ${instance.name} has not got a JSSharedMemory: threads of the program's own have what was shared before they started`);
  const { buffer } = memory;
  if (bits === 32) {
    const words = (memory.words ??= new Int32Array(buffer, 0, buffer.byteLength >> 2));
    const b = operation < 8 ? data.getInt32(at + 24, true) : Number(data.getBigInt64(at + 24, true));
    data.setInt32(at + 32, operations[operation](words, offset / 4, data.getInt32(at + 16, true), b), true);
  } else if (bits === 64) {
    const longs = (memory.longs ??= new BigInt64Array(buffer, 0, buffer.byteLength >> 3));
    data.setBigInt64(at + 32, operations[operation](longs, offset / 8, data.getBigInt64(at + 16, true), data.getBigInt64(at + 24, true)), true);
  } else {
    const [address, count] = [16, 24].map((field) => Number(data.getBigInt64(at + field, true)));
    const outside = (memory.bytes ??= new Uint8Array(buffer)).subarray(offset, offset + count);
    const inside = instance.bytes(address, count);
    if (operation) outside.set(inside);
    else inside.set(outside);
  }
}

/**
 * @param {any} app @param {(call: number) => void} call makes the calls of JavaScript's functions
 * @returns {(call: number) => void} does that, and what Swift asks of memories, by addresses below 0
 */
export const operator = (app, call) => (address) => (address < 0 ? operate(app, -address) : call(address));
