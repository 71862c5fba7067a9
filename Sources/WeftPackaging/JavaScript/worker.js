// What a worker runs: threads, one after the other, or the whole program where memory cannot be shared.
import { Instance, isNode, loadNode, node } from "./instance.js";

/**
 * @typedef {{ module: WebAssembly.Module, memory: WebAssembly.Memory, life: string, start: import("./instance.js").WorkerStart, port?: any }} ThreadMessage
 */

/** @param {ThreadMessage} message @param {(message: any) => void} post @param {() => void} close */
function runThreads({ module, memory, life, start, port }, post, close) {
  const { worker, stackTop, locals, name } = start;
  // Held as long as the worker lives; whoever gets it knows that it ended.
  if (!isNode) /** @type {any} */ (navigator).locks?.request(life, () => new Promise(() => {}));
  /** @type {Instance | undefined} */
  let instance;
  try {
    instance = new Instance(module, memory, {
      name,
      startWorker: (start) => (port ? port.postMessage({ start }) : post({ start })),
      callDone: (call) => { if (!("waitAsync" in Atomics)) post({ callDone: call }); },
    });
    const { exports } = instance;
    const stack = exports.__stack_pointer;
    post({ ready: true });
    for (let thread = 0; ; exports.weft_thread_end(thread)) {
      stack.value = stackTop;
      exports.__wasm_init_tls(locals);
      instance.thread = thread = exports.weft_worker_next(worker);
      if (!thread) break;
      stack.value = exports.weft_thread_stack(thread);
      exports.weft_thread_run(thread);
      stack.value = stackTop;
    }
    // Nothing runs on the worker's stack any more: another thread may free it.
    Atomics.store(new Int32Array(memory.buffer, worker, 2), 1, 1);
    post({ left: true });
  } catch (error) {
    const fault = { name: instance?.name ?? name, message: instance?.explain(error) ?? String(error), stack: String(/** @type {any} */ (error)?.stack ?? error) };
    reportFault(instance, fault, stackTop);
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

/** @param {any} message @param {(message: any) => void} post @param {() => void} close */
function begin(message, post, close) {
  if (message.functions) import("./remote.js").then(({ serve }) => serve(message));
  else if (message.ports) import("./starter.js").then(({ serve }) => serve(message, post));
  else runThreads(message, post, close);
}

if (isNode) {
  loadNode().then(() => node?.beginWorker(begin));
} else {
  self.onmessage = ({ data }) => begin(data, (message) => self.postMessage(message), () => self.close());
}
