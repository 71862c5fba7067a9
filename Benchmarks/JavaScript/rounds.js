// One side's part of a round between two workers, or a page and a worker, in plain JavaScript.

/**
 * Sends the payload and waits for it to come back, so often.
 * @param {any} port @param {Uint8Array} payload @param {boolean} isTransferred @param {number} count @returns {Promise<number>} milliseconds
 */
export function exchange(port, payload, isTransferred, count) {
  return new Promise((resolve) => {
    let left = count;
    const send = (/** @type {Uint8Array} */ bytes) => port.postMessage(bytes, isTransferred ? [bytes.buffer] : []);
    const start = performance.now();
    port.onmessage = (/** @type {any} */ { data }) => {
      if (--left) send(data);
      else resolve(performance.now() - start);
    };
    send(payload);
  });
}

/** @param {any} port @param {boolean} isTransferred */
export function echo(port, isTransferred) {
  port.onmessage = (/** @type {any} */ { data }) => port.postMessage(data, isTransferred ? [data.buffer] : []);
}

/**
 * The caller of a worker's functions by their names, as Comlink and its kin are written: a message has a number and what is called, and the
 * answer the same number.
 * @param {any} port
 */
export function caller(port) {
  let next = 1;
  /** @type {Map<number, (value: any) => void>} */
  const waiting = new Map();
  port.onmessage = (/** @type {any} */ { data: { id, value } }) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  };
  return new Proxy(/** @type {any} */ ({}), {
    get: (_, name) => (/** @type {any[]} */ values, /** @type {any[]} */ transfer = []) => new Promise((resolve) => {
      waiting.set(next, resolve);
      port.postMessage({ id: next++, name, values }, transfer);
    }),
  });
}

/** @param {any} port @param {Record<string, (...values: any[]) => any>} functions @param {boolean} isTransferred */
export function serve(port, functions, isTransferred) {
  port.onmessage = async (/** @type {any} */ { data: { id, name, values } }) => {
    const value = await functions[name](...values);
    port.postMessage({ id, value }, isTransferred ? [value.buffer] : []);
  };
}

/**
 * One word that two sides change in turn. Whoever waits sleeps, or looks all the time.
 * @param {Int32Array} word @param {number} value @param {boolean} isAwake
 */
function waitFor(word, value, isAwake) {
  while (Atomics.load(word, 0) !== value) if (!isAwake) Atomics.wait(word, 0, 1 - value);
}

/** @param {Int32Array} word @param {number} value @param {boolean} isAwake */
function change(word, value, isAwake) {
  Atomics.store(word, 0, value);
  if (!isAwake) Atomics.notify(word, 0);
}

/** @param {{ word: Int32Array, payload: Uint8Array }} shared @param {boolean} isAwake @param {number} count @returns {number} milliseconds */
export function ask({ word, payload }, isAwake, count) {
  const start = performance.now();
  for (let round = 0; round < count; round++) {
    payload[15]++;
    change(word, 1, isAwake);
    waitFor(word, 0, isAwake);
  }
  return performance.now() - start;
}

/** @param {{ word: Int32Array, payload: Uint8Array }} shared @param {boolean} isAwake @param {number} count */
export function answer({ word, payload }, isAwake, count) {
  for (let round = 0; round < count; round++) {
    waitFor(word, 1, isAwake);
    payload[15]--;
    change(word, 0, isAwake);
  }
}

/**
 * As `ask`, on a page, which must not wait.
 * @param {{ word: Int32Array, payload: Uint8Array }} shared @param {number} count @returns {Promise<number>} milliseconds
 */
export async function askLater({ word, payload }, count) {
  const start = performance.now();
  for (let round = 0; round < count; round++) {
    payload[15]++;
    change(word, 1, false);
    while (Atomics.load(word, 0) !== 0) await /** @type {any} */ (Atomics).waitAsync(word, 0, 1).value;
  }
  return performance.now() - start;
}
