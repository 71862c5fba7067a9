// What threads get by `threads.send`, each for itself.

let sum = 0;
let turns = 0;

/** @param {{ add?: number, count?: boolean }} value */
export function receive({ add, count }) {
  if (add) sum += add;
  if (count) {
    /** @type {any} */
    const timer = setInterval(() => { turns++; }, 1);
    // In Node it would keep the thread's worker alive.
    timer.unref?.();
  }
}

/** The sum of what this thread got. */
export const received = () => sum;

/** How often this thread's event loop has turned since it was told to count. */
export const turnsOfLoop = () => turns;
