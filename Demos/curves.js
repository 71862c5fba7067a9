// @ts-check

/**
 * @typedef {{ threads: number, speedup: number }} Point
 * @typedef {{ name: string, points: Point[] }} Curve
 */

/**
 * The share of the work that stays sequential, by Amdahl's law 1 / speed-up = s + (1 - s) / threads: the s that fits best, by least
 * squares. Less than 0 where the parallel work is less than the sequential.
 * @param {Point[]} points
 */
export function sequentialShare(points) {
  let [above, below] = [0, 0];
  for (const { threads, speedup } of points) {
    const rest = 1 - 1 / threads;
    above += (1 / speedup - 1 / threads) * rest;
    below += rest * rest;
  }
  return below > 0 ? above / below : 1;
}

/**
 * The speed-up that Amdahl's law gives.
 * @param {number} share
 * @param {number} threads
 */
export function amdahl(share, threads) {
  return 1 / (share + (1 - share) / threads);
}

const [width, height, left, bottom] = [320, 180, 30, 24];

/**
 * Draws speed-ups by threads, the last curve the strongest, and Amdahl's line for it.
 * @param {Curve[]} curves
 * @param {number} share
 * @param {string} label
 */
export function chart(curves, share, label) {
  const most = Math.max(2, ...curves.flatMap(({ points }) => points.map(({ threads }) => threads)));
  const top = Math.max(most, ...curves.flatMap(({ points }) => points.map(({ speedup }) => speedup))) * 1.05;
  /** @param {number} threads */
  const x = (threads) => (left + ((threads - 1) / (most - 1)) * (width - left - 10)).toFixed(1);
  /** @param {number} speedup */
  const y = (speedup) => (height - bottom - (speedup / top) * (height - bottom - 8)).toFixed(1);
  /** @param {Point[]} points */
  const path = (points) => points.map(({ threads, speedup }) => `${x(threads)},${y(speedup)}`).join(" ");
  const steps = Array.from({ length: most }, (_, index) => index + 1);
  const law = steps.map((threads) => ({ threads, speedup: amdahl(Math.max(share, 0), threads) }));
  const every = Math.ceil(top / 5);
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    ${steps.map((threads) => `<text x="${x(threads)}" y="${height - 6}" text-anchor="middle">${threads}</text>`).join("")}
    ${Array.from({ length: Math.floor(top / every) }, (_, index) => (index + 1) * every)
      .map((value) => `<path class="grid" d="M${left} ${y(value)}H${width - 10}"/><text x="${left - 6}" y="${Number(y(value)) + 4}" text-anchor="end">${value}×</text>`)
      .join("")}
    <polyline class="law" points="${path(law)}"/>
    ${curves.map(({ points }, index) => `<polyline class="curve" style="opacity:${(index + 1.5) / (curves.length + 0.5)}" points="${path(points)}"/>`).join("")}
    ${curves[curves.length - 1].points.map(({ threads, speedup }) => `<circle r="3" cx="${x(threads)}" cy="${y(speedup)}"/>`).join("")}
  </svg>`;
}
