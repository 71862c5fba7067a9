// Rust's rayon in a wasm module with shared memory, started the way wasm-bindgen-rayon does it.
import { startWorker } from "./workers.js";

const stackSize = 1 << 20;
const limits = { initial: 512, maximum: 32768, shared: true };
const alignment = 16;

/** @param {WebAssembly.Module} module @param {WebAssembly.Memory} memory */
export const instantiate = async (module, memory) =>
  /** @type {any} */ ((await WebAssembly.instantiate(module, { env: { memory } })).exports);

/** @param {WebAssembly.Module} module @param {number} threads */
export async function startRayon(module, threads) {
  const memory = new WebAssembly.Memory(limits);
  const app = await instantiate(module, memory);
  const builder = app.pool_new(threads);
  const receiver = app.pool_receiver(builder);
  const start = () => {
    const stack = app.memory_allocate(stackSize, alignment) + stackSize;
    const storage = app.memory_allocate(Math.max(1, app.__tls_size.value), Math.max(1, app.__tls_align.value));
    return startWorker(new URL("./rayon-worker.js", import.meta.url), { module, memory, receiver, stack, storage });
  };
  const workers = await Promise.all(Array.from({ length: threads }, start));
  app.pool_build(builder);
  return { ...app, terminate: () => Promise.all(workers.map((worker) => worker.terminate())) };
}
