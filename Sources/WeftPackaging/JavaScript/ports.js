// Stands for the script of this name that `weft` writes into a package: the app for other workers, iframes and pages.
import { connectTo } from "./connecting.js";
import { exposeProgram } from "./exposing.js";

/** @param {any} app @param {any} port @param {{ shareMemory?: boolean }} [options] */
export const expose = (app, port, options) => exposeProgram({ owners: [], errors: [] }, app, port, options);
/** @param {any} port */
export const connect = (port) => connectTo(port, async () => ({}));
export { disconnect } from "./connecting.js";
