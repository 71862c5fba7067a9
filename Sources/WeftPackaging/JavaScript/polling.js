// For engines without `Atomics.waitAsync`, such as Firefox before 145: what stands in for it looks every few milliseconds.

/** @type {any} */ (Atomics).waitAsync = (/** @type {Int32Array} */ word, /** @type {number} */ index, /** @type {number} */ expected) => ({
  async: true,
  value: new Promise((resolve) => {
    const look = () => {
      if (Atomics.load(word, index) !== expected) resolve("ok");
      else setTimeout(look, 1);
    };
    look();
  }),
});

export {};
