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

/**
 * Shows times as bars, the fastest of which are the shortest.
 * @param {HTMLElement} list
 * @param {{ name: string, milliseconds: number, speedup?: number }[]} rows
 */
export function showBars(list, rows) {
  const longest = Math.max(...rows.map((row) => row.milliseconds));
  list.replaceChildren(
    ...rows.map(({ name, milliseconds, speedup }) => {
      const row = document.createElement("li");
      row.style.setProperty("--share", `${(100 * milliseconds) / longest}%`);
      const [label, value] = [document.createElement("span"), document.createElement("span")];
      label.textContent = name;
      value.textContent = duration(milliseconds) + (speedup ? ` · ${speedup.toFixed(2)}×` : "");
      row.append(label, value);
      return row;
    }),
  );
}

/**
 * Draws pixels on a canvas of their size.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint32Array} pixels each the bytes red, green, blue and alpha
 * @param {number} width
 */
export function paint(canvas, pixels, width) {
  // All pixels come from memory: kept there instead of on a graphics card, some engines draw them ten times as often.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser has no 2D canvas");
  const height = pixels.length / width;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  let image = images.get(canvas);
  if (image?.width !== width || image.height !== height) images.set(canvas, (image = new ImageData(width, height)));
  // A canvas takes no shared memory: copy.
  new Uint32Array(image.data.buffer).set(pixels);
  context.putImageData(image, 0, 0);
}

/** What was drawn last on each canvas. */
const images = /** @type {WeakMap<HTMLCanvasElement, ImageData>} */ (new WeakMap());

/**
 * Numbers as shades, from dark for the smallest to bright for the largest.
 * @param {Float64Array} numbers
 */
export function shades(numbers) {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return Uint32Array.from(numbers, (number) => {
    const share = (number - low) / (high - low || 1);
    return 0xff000000 | ((60 + 80 * share) << 16) | ((20 + 190 * share) << 8) | (24 + 231 * share);
  });
}
