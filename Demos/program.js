// @ts-check
import { show } from "./page.js";

/**
 * Waits until one of the gallery's programs is there: `weft demo` builds all but the first when it is already serving.
 * @param {string} folder
 * @returns {Promise<string>} the address of the package's module
 */
export async function built(folder) {
  const address = new URL(`./${folder}/pkg/index.js`, import.meta.url);
  for (let attempt = 0; attempt < 120; attempt++) {
    if ((await fetch(address, { method: "HEAD", cache: "no-store" })).ok) return address.href;
    show("caption", "Waiting until the program is built …");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error("The page's program cannot be loaded. Build and serve it with: swift run weft demo");
}

/**
 * Loads a program.
 * @param {string} folder
 * @returns {Promise<any>} the package's module
 */
export async function load(folder) {
  return import(await built(folder));
}
