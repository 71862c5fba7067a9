// A worker that does nothing but start workers. It is there where the thread that calls Swift may block: a child that a blocked
// worker starts does not begin in Chromium and WebKit, nor would a request of another thread's be heard.
import { node, reportFault } from "./instance.js";
import { Workers } from "./workers.js";

/**
 * @param {{ ports: any[], worker: import("./workers.js").WorkerPlace } & import("./workers.js").Program} message @param {(message: any) => void} post
 */
export function serve({ ports, worker, ...program }, post) {
  const workers = new Workers(program, worker, (message) => {
    // What concerns the app; that a worker is ready or has left concerns nobody else.
    if (message.fault || message.ask || message.log || message.heard) post(message);
    // Who would hear the message may be blocked.
    if (message.fault) reportFault(program.memory, program.fault, message.fault);
  });
  const hear = (/** @type {any} */ message) => {
    // What is to end may have been started where this worker was.
    const { start } = message;
    if (start?.isEnd && ![...workers.handles].some(({ worker }) => worker === start.worker)) post(message);
    else if (start) workers.start(start);
    // Loaded only where it is needed: others wait for this worker.
    else import("./messages.js").then(({ sendOn }) => sendOn(workers, message), (error) => post({ fault: { name: "weft-starter", message: `${error}`, stack: "" } }));
  };
  for (const port of ports) port.onmessage = (/** @type {any} */ { data }) => hear(data);
  if (node) node.listen(hear);
  else self.onmessage = ({ data }) => hear(data);
  post({ ready: true });
}
