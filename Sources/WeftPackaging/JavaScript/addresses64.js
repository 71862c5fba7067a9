// What addresses.js is in a package that was built with --memory64, and what else only such a package needs.
import { WeftError } from "./errors.js";
import { number } from "./values.js";

/**
 * An address for a thunk.
 * @param {number} address @returns {any}
 */
export const pointer = (address) => BigInt(address);

/** The words at the beginning of each of Swift's objects: bytes. An array's object has as many again before its elements. */
export const objectHeader = 16;

/**
 * What lies in memory as Swift's `Int`, which has the size of an address.
 * @param {import("./instance.js").Instance} instance @param {number} address @param {number} count @returns {ArrayLike<number> & Iterable<number>}
 */
export const readInts = (instance, address, count) => Array.from(/** @type {any} */ (instance.view(/** @type {any} */ (BigInt64Array), address, count)), Number);

/**
 * An integer of 64 bits that is a number in JavaScript, as far as numbers are exact.
 * @param {string} type its name in Swift @param {number} low
 */
export function integer(type, low) {
  const codec = number(type, "Float64", 8, undefined, low, Number.MAX_SAFE_INTEGER);
  const { get } = codec;
  codec.get = (input, values) => {
    const value = get(input, values);
    if (!Number.isSafeInteger(value))
      throw new RangeError(`Swift has about ${value}: ${type} crosses as a number, which is exact from ${low} to ${Number.MAX_SAFE_INTEGER} only; use ${type}64 in Swift, which is a bigint`);
    return value;
  };
  return codec;
}

/**
 * Throws where the engine has no memories with addresses of 64 bits. In a function of its own, because they came later than those
 * that several threads share.
 * @param {boolean} isShared whether threads are to share it
 */
export function requireMemory64(isShared) {
  // A module with nothing but a memory of one page.
  const memory = isShared ? [4, 1, 7, 1, 1] : [3, 1, 4, 1];
  if (WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, ...memory]))) return;
  throw new WeftError("start", `This package was built with --memory64, and this engine has no ${isShared ? "shared " : ""}memory with addresses of 64 bits, as Chromium, Firefox, Deno and Node 24 have. Use one of those, or a package that was built without --memory64`);
}
