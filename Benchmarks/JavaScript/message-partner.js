// The worker beside whoever measures.
import { linkTo, startWorker } from "./workers.js";

/** A worker that does jobs. */
export class Partner {
  /** @type {any} */ #control;
  /** @type {any} what goes to the worker itself */ link;

  /** @returns {Promise<Partner>} */
  static async start() {
    const partner = new Partner();
    const worker = await startWorker(new URL("./message-worker.js", import.meta.url), undefined);
    const { port1, port2 } = new MessageChannel();
    partner.#control = port1;
    partner.link = linkTo(worker);
    worker.postMessage(port2, [port2]);
    return partner;
  }

  /** @param {string} name @param {any} job @param {any[]} [transfer] @returns {Promise<any>} what comes of it */
  do(name, job, transfer = []) {
    return new Promise((resolve) => {
      this.#control.onmessage = (/** @type {any} */ { data }) => resolve(data);
      this.#control.postMessage({ ...job, name }, transfer);
    });
  }
}
