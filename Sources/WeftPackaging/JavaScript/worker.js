// What a worker runs: one thread of the pool, or the whole program where memory cannot be shared.
import { Instance, isNode } from "./instance.js";

/**
 * @typedef {{ module: WebAssembly.Module, memory: WebAssembly.Memory, start: import("./instance.js").ThreadStart, reportsCalls: boolean }} ThreadMessage
 */

/** @param {ThreadMessage} message @param {(message: any) => void} post @param {() => void} close */
function runThread({ module, memory, start, reportsCalls }, post, close) {
  const { record, name } = start;
  /** @type {Instance | undefined} */
  let instance;
  try {
    instance = new Instance(module, memory, {
      name,
      startThread: (start) => post({ start }),
      callDone: (call) => { if (reportsCalls) post({ callDone: call }); },
    });
    instance.exports.__stack_pointer.value = start.stackTop;
    instance.exports.__wasm_init_tls(start.locals);
    post({ ready: record });
    instance.exports.weft_thread_run(record);
    // Only now nothing runs on the thread's stack any more: who joins may free it.
    const state = new Int32Array(memory.buffer, record, 1);
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
    post({ finished: record });
  } catch (error) {
    const fault = { name, message: instance?.explain(error) ?? String(error), stack: String(/** @type {any} */ (error)?.stack ?? error) };
    reportFault(instance, fault, start.stackTop);
    post({ fault });
  }
  close();
}

/**
 * Tells the other threads, which may be waiting for this one.
 * @param {Instance | undefined} instance @param {{ name: string, message: string }} fault @param {number} stackTop
 */
function reportFault(instance, fault, stackTop) {
  if (!instance) return;
  instance.exports.__stack_pointer.value = stackTop;
  const text = new TextEncoder().encode(`${fault.message} (thread ${fault.name})`).subarray(0, 1024);
  const address = instance.exports.weft_fault_begin() >>> 0;
  if (!address) return;
  instance.bytes(address, text.length).set(text);
  instance.exports.weft_fault_end(text.length);
}

if (isNode) {
  const name = "node:worker_threads";
  import(/* @vite-ignore */ /* webpackIgnore: true */ name).then(({ parentPort, workerData }) => {
    runThread(workerData, (message) => parentPort.postMessage(message), () => parentPort.close());
  });
} else {
  self.onmessage = ({ data }) => {
    if (data.functions) import("./remote.js").then(({ serve }) => serve(data));
    else runThread(data, (message) => self.postMessage(message), () => self.close());
  };
}
