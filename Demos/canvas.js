// @ts-check

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
