// @ts-check
import { load } from "./program.js";

export { fingerprint } from "./fingerprint.js";

/**
 * What to render.
 * @typedef {{ threads: number, size: number, samples: number }} Settings `size` is the width in pixels
 *
 * A rendering under way.
 * @typedef {{ milliseconds: number, done: number, tiles: number, pixels: Uint32Array }} Progress
 *
 * How a rendering ended.
 * @typedef {{ milliseconds: number, tiles: number, stopped: boolean, pixels: Uint32Array }} Outcome
 */

/**
 * The height that belongs to a width.
 * @param {number} width
 */
export function heightOf(width) {
  return Math.round((width * 5) / 8);
}

/** Renders pictures with the Swift app, which it starts with as many threads as are asked for. */
export class Renderer {
  /** @type {import("./pictures/pkg/index.js").PageApp | undefined} */
  #app;
  #threads = 0;
  #stopRequested = false;
  /** @type {(() => Progress) | undefined} */
  #progress;
  /** @type {(() => void) | undefined} */
  #requestStop;

  /** How many threads the app has; 0 before the first rendering. */
  get threads() {
    return this.#app?.threads.count ?? 0;
  }

  /** Whether the threads share their memory with the page. */
  get shared() {
    return this.#app?.shared ?? false;
  }

  /** The rendering under way as it is now, if there is one. */
  get progress() {
    return this.#progress?.();
  }

  /** Makes the rendering under way end soon; its promise is fulfilled as usual. */
  stop() {
    this.#stopRequested = true;
    this.#requestStop?.();
  }

  /**
   * Renders one picture. One at a time: the rendering before must have ended.
   * @param {Settings} settings
   * @param {() => void} onStart is called when the threads are ready and the work begins
   * @param {(app: import("./recording.js").Recorder, work: () => Promise<unknown>) => Promise<unknown>} [around] does the work, and
   *   something before and after it
   * @returns {Promise<Outcome>}
   */
  async render({ threads, size, samples }, onStart, around = (_, work) => work()) {
    this.#stopRequested = false;
    const app = await this.#start(threads);
    const [width, height] = [size, heightOf(size)];
    try {
      const tiles = await app.tileCount(width, height);
      const pixels = app.alloc(Uint32Array, width * height);
      const control = app.alloc(Int32Array, 2);
      let done = 0;
      let start = performance.now();
      this.#progress = () => ({
        milliseconds: performance.now() - start,
        done: app.shared ? Atomics.load(control, 1) : done,
        tiles,
        pixels: pixels,
      });
      this.#requestStop = () => Atomics.store(control, 0, 1);
      let milliseconds = 0;
      const work = async () => {
        start = performance.now();
        if (app.shared) {
          if (!this.#stopRequested) await app.render(pixels, control, width, height, samples, 0, tiles);
          done = Atomics.load(control, 1);
        } else {
          // Without shared memory the page and the running call cannot see each other, so a call ends about five times a second.
          let count = 1;
          while (done < tiles && !this.#stopRequested) {
            const end = Math.min(done + count, tiles);
            const before = performance.now();
            await app.render(pixels, control, width, height, samples, done, end);
            done = end;
            count = Math.max(1, Math.floor((count * 200) / (performance.now() - before + 1)));
          }
        }
        milliseconds = performance.now() - start;
      };
      onStart();
      await around(app, work);
      const result = pixels.slice();
      pixels.dispose();
      control.dispose();
      return { milliseconds, tiles: done, stopped: done < tiles, pixels: result };
    } catch (error) {
      // Its memory goes with it; the next rendering starts a new one.
      this.#app = undefined;
      await app.terminate();
      throw error;
    } finally {
      this.#progress = undefined;
      this.#requestStop = undefined;
    }
  }

  /**
   * @param {number} threads
   * @returns {Promise<import("./pictures/pkg/index.js").PageApp>}
   */
  async #start(threads) {
    if (this.#app && this.#threads === threads) return this.#app;
    const previous = this.#app;
    this.#app = undefined;
    await previous?.terminate();
    const { default: init } = await load("pictures");
    /** @type {import("./pictures/pkg/index.js").PageApp} */
    const app = await init({ threads });
    this.#app = app;
    this.#threads = threads;
    return app;
  }
}
