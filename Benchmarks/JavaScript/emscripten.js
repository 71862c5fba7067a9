import { compile } from "./compile.js";

// C++ with Emscripten's pthreads. Debian's version makes modules of its output that Node cannot load, so it is a plain script.

const script = new URL("../.build/emscripten.js", import.meta.url);

async function loadFactory() {
  if (typeof process === "object") {
    const { createRequire } = /** @type {any} */ (await import("node:module"));
    return createRequire(import.meta.url)(script.pathname);
  }
  return (0, eval)(`${await (await fetch(script)).text()}; startModule`);
}

/** @param {number} threads */
export async function startEmscripten(threads) {
  const factory = await loadFactory();
  const wasm = await compile("../.build/emscripten.wasm");
  const place = { locateFile: (/** @type {string} */ path) => new URL(path, script).href, mainScriptUrlOrBlob: script.href };
  const module = await factory({
    // Its own loading fails where Node has `fetch`.
    instantiateWasm(/** @type {any} */ imports, /** @type {any} */ done) {
      WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm));
      return {};
    },
    ...(typeof process === "object" ? {} : place),
  });
  module._start(threads);
  return {
    load: module._load,
    reset: module._reset,
    run: module._run,
    hash: module._hash,
    terminate: () => module.PThread.terminateAllThreads(),
  };
}
