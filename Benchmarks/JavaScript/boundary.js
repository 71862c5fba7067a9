// What it costs to cross from JavaScript to Swift and back, beside the least that the engine lets it cost.

/** (module (func (export "add") (param f64 f64) (result f64) local.get 0 local.get 1 f64.add)) */
const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 124, 124, 1, 124, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 160, 11];
const bare = /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports);

const calls = 1_000_000;
const arrays = 50;
const values = new Float64Array(1 << 17).map((_, index) => index);
const place = new Float64Array(/** @type {any} */ (new WebAssembly.Memory({ initial: 17, maximum: 17, shared: true }).buffer), 0, values.length);

/** @param {() => void} body */
function time(body) {
  const start = performance.now();
  body();
  return performance.now() - start;
}

/**
 * By the kernels' numbers: what takes how many milliseconds, through Weft or bare. Each loop stands for itself, so that the engine knows
 * what it calls.
 * @type {Record<number, (app: any, isWeft: boolean) => number>}
 */
export const boundary = {
  23: ({ addNumbers }, isWeft) => {
    const { add } = bare;
    let sum = 0;
    const duration = isWeft
      ? time(() => { for (let call = 0; call < calls; call++) sum = addNumbers(sum, 1); })
      : time(() => { for (let call = 0; call < calls; call++) sum = add(sum, 1); });
    if (sum !== calls) throw new Error(`the sum is ${sum}`);
    return duration;
  },
  24: ({ lastNumber }, isWeft) => {
    let last = 0;
    const duration = isWeft
      ? time(() => { for (let call = 0; call < arrays; call++) last = lastNumber(values); })
      : time(() => { for (let call = 0; call < arrays; call++) { place.set(values); last = place[place.length - 1]; } });
    if (last !== values.length - 1) throw new Error(`the last number is ${last}`);
    return duration;
  },
};
