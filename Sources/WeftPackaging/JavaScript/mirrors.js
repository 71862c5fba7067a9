// Buffers where no memory is shared: what JavaScript holds is copied into Swift's memory when a call begins, and back when it ends.

/**
 * None of an array whose memory was given away.
 * @param {ArrayBufferView} array
 */
export const bytesOf = (array) => (array.byteLength ? new Uint8Array(array.buffer, array.byteOffset, array.byteLength) : new Uint8Array(0));

/** The buffers of the calls that run on this thread. */
export class Mirrors {
  /** @type {{ address: number, array: ArrayBufferView }[]} */ #list = [];

  /** @param {import("./instance.js").Instance} instance */
  constructor(instance) {
    this.instance = instance;
  }

  /**
   * A call begins.
   * @param {{ address: number, array: ArrayBufferView }[]} mirrors its buffers @returns {() => void} to be called when it is over
   */
  begin(mirrors) {
    const before = this.#list;
    this.#list = [...before, ...mirrors];
    this.toSwift();
    return () => { this.#list = before; };
  }

  /** Shows JavaScript what Swift has written. */
  toJavaScript() {
    for (const { address, array } of this.#list) bytesOf(array).set(this.instance.bytes(address, array.byteLength));
  }

  /** Shows Swift what JavaScript has written. */
  toSwift() {
    for (const { address, array } of this.#list) this.instance.bytes(address, array.byteLength).set(bytesOf(array));
  }
}
