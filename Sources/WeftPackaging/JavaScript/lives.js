// How one thread learns that another has ended, a page or a worker: it holds a lock as long as it lives, and whoever gets the lock then
// knows. Not every engine tells it by the thread's ports.
import { isNode } from "./instance.js";

/** @returns {any} */
const locksHere = () => (isNode ? undefined : /** @type {any} */ (globalThis.navigator)?.locks);

/**
 * Holds a lock until `letGo` is called.
 * @returns {Promise<{ name?: string, letGo: () => void }>} its name, where there are locks
 */
export function hold() {
  return new Promise((resolve) => {
    const none = { letGo: () => {} };
    const locks = locksHere();
    if (!locks) return resolve(none);
    // Nobody else's lock has this name.
    const name = `weft ${Math.random()}`;
    // Pages without an origin of their own have locks that refuse.
    locks.request(name, () => new Promise((/** @type {any} */ letGo) => resolve({ name, letGo }))).catch(() => resolve(none));
  });
}

/**
 * Tells when the holder of a lock has ended. A lock of another origin is not to be seen, and then nothing is told.
 * @param {unknown} name @param {AbortSignal} signal ends it @param {() => void} onEnd
 */
export async function watch(name, signal, onEnd) {
  const locks = locksHere();
  if (!locks || typeof name !== "string" || !name.startsWith("weft ")) return;
  const isHeld = await locks.query().then((/** @type {any} */ { held }) => held.some((/** @type {any} */ lock) => lock.name === name), () => false);
  if (isHeld && !signal.aborted) await locks.request(name, { signal }, onEnd).catch((/** @type {any} */ error) => {
    // Only the signal may have ended it.
    if (!signal.aborted) throw error;
  });
}
