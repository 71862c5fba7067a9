// What an audio worklet's global scope lacks in some engines, and the runtime needs. Loaded before it.

/** @type {any} */
const global = globalThis;

// Text goes to the console only, so ASCII will do where the engine has nothing better.
global.TextDecoder ??= class {
  /** @param {Uint8Array} bytes */
  decode(bytes) {
    return String.fromCharCode(...bytes);
  }
};
global.TextEncoder ??= class {
  /** @param {string} text */
  encode(text) {
    return Uint8Array.from(text, (character) => Math.min(127, character.charCodeAt(0)));
  }
};
// The context's own clock, in milliseconds.
global.performance ??= { timeOrigin: 0, now: () => global.currentTime * 1000 };
global.crypto ??= {
  /** @param {Uint8Array} array seeds of hashes, nothing that has to be kept a secret */
  getRandomValues(array) {
    for (let index = 0; index < array.length; index++) array[index] = Math.random() * 256;
    return array;
  },
};
global.URL ??= class {
  /** @param {string} address */
  constructor(address) {
    this.href = address;
  }
};
// Nothing wakes a worklet but the next block: what would wait, is done at once.
global.setTimeout ??= (/** @type {() => void} */ body) => { Promise.resolve().then(body); };
global.clearTimeout ??= () => {};

export {};
