// The inputs and the hash that all systems share; `Benchmarks/README.md` defines them.

/** xorshift32. */
export class Random {
  #state = 0x12345678;

  next() {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** In [0, 1), 32 bits. */
  fraction() {
    return this.next() / 4294967296;
  }

  /** In [0, 1), 20 bits: sums of these are exact, so they do not depend on the order. */
  shortFraction() {
    return (this.next() >>> 12) / 1048576;
  }
}

/**
 * FNV-1a of the bytes.
 * @param {ArrayBufferView} values
 */
export function hashOf(values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) hash = Math.imul(hash ^ bytes[index], 0x01000193);
  return hash >>> 0;
}

/**
 * The image that has `pixels` pixels: its width is a power of two.
 * @param {number} pixels
 */
export function dimensions(pixels) {
  let width = 1;
  while (width * width < pixels) width *= 2;
  return { width, height: pixels / width };
}
