// @ts-check
// What the scripts of all pages use.

/**
 * The page's element with this id.
 * @template {Element} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} with the id "${id}"`);
  return found;
}

/**
 * @param {string} id
 * @param {string} text
 */
export function show(id, text) {
  element(id, HTMLElement).textContent = text;
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 10) return `${milliseconds.toFixed(2)} ms`;
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** @param {number} count */
export function threadCount(count) {
  return count === 1 ? "1 thread" : `${count} threads`;
}

/** @param {unknown} error */
export function showError(error) {
  const box = element("error", HTMLElement);
  box.textContent = error instanceof Error ? error.message : String(error);
  box.hidden = false;
}

/** Shows on the page what nobody has handled. */
export function showStrayErrors() {
  addEventListener("error", (event) => showError(event.error ?? event.message));
  addEventListener("unhandledrejection", (event) => showError(event.reason));
}

/**
 * How many threads a slider offers, and how many at first.
 * @param {HTMLInputElement} slider
 */
export function setUpThreads(slider) {
  const cores = navigator.hardwareConcurrency;
  slider.min = "1";
  slider.max = String(crossOriginIsolated ? Math.max(cores, 8) : 1);
  slider.value = String(crossOriginIsolated ? cores : 1);
  slider.disabled = !crossOriginIsolated;
}
