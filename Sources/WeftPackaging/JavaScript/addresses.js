// Addresses as wasm's functions take them, and what depends on their size, in a program whose addresses have 32 bits. A package whose
// addresses have 64 has addresses64.js in the place of this file.

/**
 * An address for a thunk.
 * @param {number} address @returns {any}
 */
export const pointer = (address) => address;

/** The words at the beginning of each of Swift's objects: bytes. An array's object has as many again before its elements. */
export const objectHeader = 8;

/**
 * What lies in memory as Swift's `Int`, which has the size of an address.
 * @param {import("./instance.js").Instance} instance @param {number} address @param {number} count @returns {ArrayLike<number> & Iterable<number>}
 */
export const readInts = (instance, address, count) => /** @type {Int32Array} */ (instance.view(Int32Array, address, count));
