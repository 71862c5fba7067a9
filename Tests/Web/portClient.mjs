// A client in a worker of Node's.
import { parentPort, workerData } from "node:worker_threads";
import { outcomeOf, perform } from "./Conformance/client.js";

const { port, task, place } = workerData;
parentPort?.postMessage(await outcomeOf(() => perform(port, task, place)));
// The port of a client that goes away keeps nobody from ending.
if (task === "vanish") parentPort?.once("message", () => process.exit());
