// Stands for the script of this name that `weft` writes into a package: the functions of JavaScript's that the program calls.
import { caller, performer } from "./functions.js";
import { hear, listener } from "./messages.js";

/** @param {any} app */
export const connect = (app) => listener(app, caller(app, [], {}), {});
/** @param {any} app */
export const perform = (app) => performer(app, [], {});
export { hear as serve };
