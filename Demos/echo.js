// @ts-check
// A worker in plain JavaScript: it sends back what it gets, or takes turns with another one at a word of shared memory.

/** @param {any} message @param {any[]} [transfer] */
const post = (message, transfer = []) => self.postMessage(message, { transfer });

onmessage = ({ data: { bytes, isTransferred, word, own, rounds } }) => {
  if (bytes) return post({ bytes }, isTransferred ? [bytes.buffer] : []);
  for (let round = 0; round < rounds; round++) {
    while (Atomics.load(word, 0) !== own) Atomics.wait(word, 0, 1 - own);
    Atomics.store(word, 0, 1 - own);
    Atomics.notify(word, 0);
  }
  post({ rounds });
};
