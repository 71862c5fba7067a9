// @ts-check
import { paint, shades } from "./canvas.js";
import { duration, element, show, showError, showStrayErrors, threadCount } from "./page.js";

/** @typedef {import("./pkg/index.js").PageApp} App */

const [width, height] = [320, 200];

/**
 * The cards' pictures, which this browser draws itself.
 * @type {Record<string, (app: App, pixels: import("./pkg/index.js").SharedBuffer<Uint32Array>) => Promise<unknown>>}
 */
const pictures = {
  async raytracer(app, pixels) {
    const control = app.alloc(Int32Array, 2);
    await app.render(pixels, control, width, height, 2, 0, await app.tileCount(width, height));
    control.dispose();
  },
  mandelbrot: (app, pixels) => app.mandelbrot(pixels, { width, height, x: -0.7436, y: 0.1318, pixel: 0.012 / width, limit: 600 }),
  async filters(app, pixels) {
    const picture = app.alloc(Uint32Array, pixels.length);
    await pictures.raytracer(app, picture);
    await app.filter(picture, pixels, width, "edges", 1);
    picture.dispose();
  },
  async gravity(app, pixels) {
    const bodies = app.alloc(Float32Array, 4 * 4000);
    await app.fillWithGalaxies(bodies);
    for (let step = 0; step < 40; step++) await app.move(bodies, 0.02);
    pixels.fill(0xff1c1512);
    for (let index = 0; index < bodies.length; index += 4) {
      const [x, y] = [Math.round(width / 2 + bodies[index] * 110), Math.round(height / 2 + bodies[index + 1] * 110)];
      if (x >= 0 && y >= 0 && x < width && y < height) pixels[y * width + x] = (index / 4) % 3 ? 0xff8cc8ff : 0xffffc890;
    }
    bodies.dispose();
  },
  async matrix(app, pixels) {
    const size = width;
    const [a, product] = [app.alloc(Float64Array, size * size), app.alloc(Float64Array, size * size)];
    await app.fillWithWholeNumbers(a);
    await app.multiply(a, a, product, size);
    pixels.set(shades(product).subarray(0, pixels.length));
    a.dispose();
    product.dispose();
  },
  async sort(app, pixels) {
    const numbers = app.alloc(Uint32Array, 4000);
    await app.fillWithNoise(numbers, 1);
    const half = numbers.subarray(0, 2000).sort();
    pixels.fill(0xff1c1512);
    numbers.forEach((number, index) => {
      const [x, share] = [Math.floor((index / 4000) * width), number / 2 ** 32];
      pixels[(height - 1 - Math.floor(share * height)) * width + x] = index < half.length ? 0xff66a8ff : 0xffb07850;
    });
    numbers.dispose();
  },
  async life(app, pixels) {
    let [cells, next] = [app.alloc(Uint8Array, pixels.length), app.alloc(Uint8Array, pixels.length)];
    await app.fillWithLife(cells, 7);
    for (let step = 0; step < 200; step++) {
      await app.live(cells, next, width);
      [cells, next] = [next, cells];
    }
    pixels.set(Uint32Array.from(cells, (cell) => (cell === 255 ? 0xff9ddcff : 0xff1c1512 + Math.floor(cell / 2) * 0x10001)));
    cells.dispose();
    next.dispose();
  },
};

/**
 * The time that a call takes, the best of three.
 * @param {() => Promise<unknown>} call
 */
async function time(call) {
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await call();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/**
 * What stands on the cards without a picture.
 * @type {Record<string, (app: App) => Promise<string>>}
 */
const texts = {
  async sum(app) {
    const numbers = app.alloc(Float64Array, 1_000_000);
    await app.fillWithWholeNumbers(numbers);
    const milliseconds = await time(() => app.sum(numbers));
    numbers.dispose();
    return `numbers.parallel.sum()\n1 000 000 in ${duration(milliseconds)}`;
  },
  async words(app) {
    const text = app.alloc(Uint8Array, 500_000);
    await app.fillWithProse(text);
    const { top } = await app.countWords(text, 3);
    const lines = top.map(({ offset, length, count }) => {
      return `${new TextDecoder().decode(text.slice(offset, offset + length))} ${count.toLocaleString("en")}`;
    });
    text.dispose();
    return lines.join("\n");
  },
  async helps(app) {
    const pixels = app.alloc(Uint32Array, width * height);
    const view = { width, height, x: -0.65, y: 0, pixel: 3.4 / width, limit: 250 };
    const sequential = await time(() => app.mandelbrotSequentially(pixels, view));
    const parallel = await time(() => app.mandelbrot(pixels, view));
    pixels.dispose();
    return `Mandelbrot\n${(sequential / parallel).toFixed(2)}× on ${threadCount(app.threads.count)}`;
  },
};

async function draw() {
  const { default: init } = await import("./pkg/index.js").catch((error) => {
    throw new Error(`The demos' program cannot be loaded. Build and serve it with: swift run weft demo\n${error.message}`);
  });
  const start = performance.now();
  const app = await init();
  const started = performance.now();
  for (const [id, make] of Object.entries(pictures)) {
    const pixels = app.alloc(Uint32Array, width * height);
    await make(app, pixels);
    paint(element(id, HTMLCanvasElement), pixels, width);
    // Benchmarks/demo wants to know when the first was.
    performance.mark("card drawn");
    pixels.dispose();
  }
  const drawn = performance.now();
  for (const [id, make] of Object.entries(texts)) show(id, await make(app));
  const memory = app.shared ? "with shared memory" : "without shared memory, as this page is not cross-origin isolated";
  show(
    "caption",
    `${threadCount(app.threads.count)} ${memory}, started in ${duration(started - start)}; all pictures drawn in ${duration(drawn - started)}.`,
  );
  await app.terminate();
}

showStrayErrors();
draw().catch(showError);
