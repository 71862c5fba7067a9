// A program where nothing can be loaded and nothing may wait: in an audio worklet, on its thread.
import { BlockingApp } from "./blocking.js";
import { makeMemory } from "./runtime.js";

/**
 * Starts the program on the running thread alone.
 * @param {import("./runtime.js").Program} program @param {WebAssembly.Module} module of the single-threaded build
 * @param {{ memory?: number, onLog?: import("./instance.js").Log }} options `memory`: at most so many bytes
 */
export async function start(program, module, { memory = 64 << 20, onLog } = {}) {
  if (!(module instanceof WebAssembly.Module)) throw new TypeError(`module: expected a WebAssembly.Module, got ${module === null ? "null" : typeof module}`);
  const app = new BlockingApp(/** @type {any} */ ({ ...program, log: onLog }), module, makeMemory(program.memory, memory, false), false);
  await app.start(1, 1 << 20);
  return app.facade;
}
