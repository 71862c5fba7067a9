// @ts-check

/**
 * The 32-bit FNV-1a hash of an array's bytes, as the Swift side computes it.
 * @param {ArrayBufferView} array
 */
export function fingerprint(array) {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
