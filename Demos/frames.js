// @ts-check

/** Counts the page's animation frames and watches for gaps between them: a page that is blocked draws no frames. */
export class FrameMeter {
  /** Frames since the page was opened. */
  count = 0;
  /** The last gaps between frames in milliseconds, oldest first. */
  recent = /** @type {number[]} */ ([]);
  #last = 0;
  #longest = 0;

  /** @param {() => void} onFrame is called every frame. */
  constructor(onFrame) {
    const tick = () => {
      this.#measure();
      this.count += 1;
      onFrame();
      requestAnimationFrame(tick);
    };
    // A page in the background gets no frames; that is no gap.
    document.addEventListener("visibilitychange", () => (this.#last = 0));
    requestAnimationFrame(tick);
  }

  #measure() {
    const now = performance.now();
    if (this.#last > 0) {
      const gap = now - this.#last;
      this.#longest = Math.max(this.#longest, gap);
      this.recent.push(gap);
      if (this.recent.length > 120) this.recent.shift();
    }
    this.#last = now;
  }

  /** Begins to look for the longest gap from now on. */
  start() {
    this.#last = document.hidden ? 0 : performance.now();
    this.#longest = 0;
  }

  /** The longest time without a frame since `start()`, in milliseconds; one that has not ended counts. */
  get longestGap() {
    return Math.max(this.#longest, this.#last > 0 ? performance.now() - this.#last : 0);
  }
}

/**
 * Draws the last gaps as bars, which turn red where a frame was missed by far.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} gaps
 */
export function drawGaps(canvas, gaps) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no 2D canvas");
  const { clientWidth, clientHeight } = canvas;
  if (canvas.width !== clientWidth) canvas.width = clientWidth;
  if (canvas.height !== clientHeight) canvas.height = clientHeight;
  context.clearRect(0, 0, clientWidth, clientHeight);
  const step = clientWidth / 120;
  gaps.forEach((gap, index) => {
    // 50 ms fill the height.
    const height = Math.min(gap / 50, 1) * clientHeight;
    context.fillStyle = gap < 50 ? "#ff8a3d" : "#ff4d4d";
    context.fillRect(index * step, clientHeight - height, Math.max(step - 1, 1), height);
  });
}
