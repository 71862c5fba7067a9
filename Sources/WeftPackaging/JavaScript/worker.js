// What a worker runs: threads, one after the other, or the whole program where memory cannot be shared.
import { Instance, isNode, loadNode, node, reportFault } from "./instance.js";

/**
 * @typedef {import("./workers.js").Program & { life: string, start: import("./instance.js").WorkerStart, port?: any }} ThreadMessage
 */

/** Where an engine lacks it the thread stays as it is. */
const { waitAsync = (/** @type {[any, number, any]} */ ...values) => ({ value: Atomics.wait(...values) }) } = /** @type {any} */ (Atomics);

/**
 * @param {ThreadMessage} program @param {(message: any) => void} post
 * @param {(app: any) => import("./messages.js").Listener} [connect] makes what makes the calls of JavaScript's functions
 */
async function runThreads(program, post, connect) {
  const { module, memory, logs, port } = program;
  const { worker, stackTop, locals, name } = program.start;
  /** @type {any} an `Instance`, once there is one */
  let instance;
  try {
    instance = new Instance(module, memory, {
      name,
      startWorker: (start) => (port ? port.postMessage({ start }) : post({ start })),
      call: (call) => javascript?.(call),
      askMain: (ask) => post({ ask }),
      log: logs ? (...log) => post({ log }) : undefined,
    });
    const javascript = connect?.({ ...program, instance, post, isShared: true, isThread: true });
    const { exports } = instance;
    // The linker's own take addresses as wasm's integers, of which JavaScript makes text, whether they have 32 bits or 64.
    const stack = exports.__stack_pointer;
    /**
     * Lets the event loop go on until a word is another, or is woken.
     * @param {number} address @param {number} value
     */
    const rest = (address, value) => waitAsync(instance.view(Int32Array, address, 1), 0, value).value;
    post({ ready: true });
    for (let thread; ; ) {
      stack.value = `${stackTop}`;
      if (thread) exports.weft_thread_end(thread);
      instance.thread = 0;
      exports.__wasm_init_tls(`${locals}`);
      while ((thread = exports.weft_worker_next(worker)) === -1) await rest(worker, 0);
      if (!(instance.thread = thread)) break;
      while (await javascript?.arrival(), (stack.value = `${exports.weft_thread_stack(thread)}`), exports.weft_thread_run(thread)) {
        const { data } = instance;
        await rest(data.getFloat64(thread + 40, true), data.getInt32(thread + 48, true));
      }
    }
    // Nothing runs on the worker's stack any more: another thread may free it.
    Atomics.store(instance.view(Int32Array, worker, 2), 1, 1);
    post({ left: true });
  } catch (error) {
    const fault = instance?.fault(error) ?? { name, message: String(error), stack: "" };
    reportFault(memory, program.fault, fault);
    post({ fault });
  }
}

/** @param {any} message @param {(message: any) => void} post @param {() => void} close */
async function begin(message, post, close) {
  try {
    if (message.bytes) await (await import("./remote.js")).serve(message);
    else if (message.ports) (await import("./starter.js")).serve(message, post);
    else if (!message.start) await (await import("./calls.js")).serve(message);
    else {
      const run = async () => runThreads(message, post, message.calls && (await import("./calls.js")).connect);
      // Held as long as the worker lives; whoever gets it then knows that it ended.
      const locks = !isNode && /** @type {any} */ (navigator).locks;
      await (locks ? locks.request(message.life, run) : run());
      close();
    }
  } catch (error) {
    // Whoever has started a worker hears of an error, but in browsers not of a promise.
    setTimeout(() => { throw error; });
  }
}

if (isNode) loadNode().then(() => node?.beginWorker(begin));
else self.onmessage = ({ data }) => begin(data, (message) => self.postMessage(message), () => self.close());
