// A worker that does nothing but start workers. It is there where the thread that calls Swift may block: a child that a blocked
// worker starts does not begin in Chromium and WebKit, nor would a request of another thread's be heard.
import { loadNode, Workers } from "./workers.js";
import { isNode } from "./instance.js";

/**
 * @param {{ ports: any[], worker: string } & import("./workers.js").Program} message @param {(message: any) => void} post
 * @param {(hear: (message: any) => void) => void} listen
 */
export async function serve({ ports, worker, ...program }, post, listen) {
  if (isNode) await loadNode();
  const workers = new Workers(program, () => new URL(worker), (message) => {
    // What concerns the app; that a worker is ready or has left concerns nobody else.
    if (message.fault || message.callDone) post(message);
  });
  const hear = (/** @type {any} */ { start }) => { if (start) workers.start(start); };
  for (const port of ports) port.onmessage = (/** @type {any} */ { data }) => hear(data);
  listen(hear);
  post({ ready: true });
}
