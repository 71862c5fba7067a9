// @ts-check

/**
 * @typedef {import("./comparisons/pkg/index.js").PageApp} App
 *
 * Work of some size.
 * @typedef {{ work(parallel: boolean): Promise<unknown>, dispose(): void }} Work
 *
 * Something that threads may help or not.
 * @typedef {{ name: string, sizes: number[], text: (size: number) => string, make(app: App, size: number): Promise<Work> | Work }} Subject
 */

/** @param {{ dispose(): void }[]} buffers */
function disposing(...buffers) {
  return () => buffers.forEach((buffer) => buffer.dispose());
}

/**
 * What the page "Does threading help?" measures.
 * @type {Subject[]}
 */
export const subjects = [
  {
    name: "Mandelbrot",
    sizes: [40, 160, 480],
    text: (size) => `${size} × ${size}`,
    make(app, size) {
      const pixels = app.alloc(Uint32Array, size * size);
      const view = { width: size, height: size, x: -0.65, y: 0, pixel: 3 / size, limit: 250 };
      return {
        work: (parallel) => (parallel ? app.mandelbrot(pixels, view) : app.mandelbrotSequentially(pixels, view)),
        dispose: disposing(pixels),
      };
    },
  },
  {
    name: "Image filter",
    sizes: [64, 256, 1024],
    text: (size) => `blur, ${size} × ${size}`,
    async make(app, size) {
      const [source, target] = [app.alloc(Uint32Array, size * size), app.alloc(Uint32Array, size * size)];
      await app.fillWithNoise(source, 1);
      return {
        work: (parallel) =>
          parallel ? app.filter(source, target, size, "blur", 8) : app.filterSequentially(source, target, size, "blur", 8),
        dispose: disposing(source, target),
      };
    },
  },
  {
    name: "Sorting 1 000 items",
    sizes: [1000],
    text: () => "1 000 numbers, 20 times",
    make(app, size) {
      const numbers = app.alloc(Uint32Array, size);
      return {
        work: (parallel) => (parallel ? app.sortAgain(numbers, 20) : app.sortSequentiallyAgain(numbers, 20)),
        dispose: disposing(numbers),
      };
    },
  },
  {
    name: "Scanning JSON",
    sizes: [10_000, 200_000, 4_000_000],
    text: (size) => `${(size / 1000).toLocaleString("en")} KB`,
    async make(app, size) {
      const text = app.alloc(Uint8Array, size);
      await app.fillWithJSON(text);
      return { work: (parallel) => (parallel ? app.scanLines(text) : app.scanLinesSequentially(text)), dispose: disposing(text) };
    },
  },
  {
    name: "Matrix product",
    sizes: [32, 128, 384],
    text: (size) => `${size} × ${size}`,
    async make(app, size) {
      const [a, b, product] = [0, 1, 2].map(() => app.alloc(Float64Array, size * size));
      await app.fillWithWholeNumbers(a);
      await app.fillWithWholeNumbers(b);
      return {
        work: (parallel) => (parallel ? app.multiply(a, b, product, size) : app.multiplySequentially(a, b, product, size)),
        dispose: disposing(a, b, product),
      };
    },
  },
  {
    name: "Physics",
    sizes: [500, 4000, 20_000],
    text: (size) => `${size.toLocaleString("en")} bodies`,
    async make(app, size) {
      const bodies = app.alloc(Float32Array, 4 * size);
      await app.fillWithGalaxies(bodies);
      return { work: (parallel) => (parallel ? app.move(bodies, 0.001) : app.moveSequentially(bodies, 0.001)), dispose: disposing(bodies) };
    },
  },
  {
    name: "Hash of a small text",
    sizes: [32],
    text: (size) => `${size} bytes, 20 000 times`,
    make(app, size) {
      const text = app.alloc(Uint8Array, size);
      text.set(Array.from({ length: size }, (_, index) => 97 + (index % 26)));
      return { work: (parallel) => (parallel ? app.hash(text, 20_000) : app.hashSequentially(text, 20_000)), dispose: disposing(text) };
    },
  },
];
