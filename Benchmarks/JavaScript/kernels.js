// The kernels that a page's author would write by hand, by their places in `KERNELS` of `Compare/workloads.py`.
import { dimensions, Random } from "./input.js";

/**
 * What a kernel works on. Typed arrays over memory of its own or shared; `count` is what is divided among the threads.
 * @typedef {{ count: number } & Record<string, any>} Data
 * @typedef {(bytes: number) => ArrayBuffer | SharedArrayBuffer} Allocate
 * @typedef {{
 *   make(size: number, pattern: number, allocate: Allocate): Data, reset?(data: Data): void,
 *   part(data: Data, from: number, to: number, thread: number): void, finish?(data: Data, threads: number): void,
 *   result(data: Data): ArrayBufferView
 * }} Kernel
 */

const maximumThreads = 64;

/** @param {Allocate} allocate @param {number} count @param {() => number} [next] */
function doubles(allocate, count, next) {
  const array = new Float64Array(allocate(count * 8));
  if (next) for (let index = 0; index < count; index++) array[index] = next();
  return array;
}

/** @type {Kernel} */
const sum = {
  make(size, _, allocate) {
    const random = new Random();
    return { count: size, values: doubles(allocate, size, () => random.shortFraction()), sums: doubles(allocate, maximumThreads) };
  },
  part({ values, sums }, from, to, thread) {
    let sum = 0;
    for (let index = from; index < to; index++) sum += values[index];
    sums[thread] = sum;
  },
  finish({ sums }, threads) {
    for (let thread = 1; thread < threads; thread++) sums[0] += sums[thread];
  },
  result: ({ sums }) => sums.subarray(0, 1),
};

/**
 * The engine's own sort of each thread's part, and a merge. Only for runs without repetitions.
 * @param {Uint32ArrayConstructor | Float64ArrayConstructor} Elements @returns {Kernel}
 */
const sort = (Elements) => ({
  make(size, pattern, allocate) {
    const random = new Random();
    const element = [
      () => (Elements === Float64Array ? random.fraction() : random.next()),
      (/** @type {number} */ i) => i,
      (/** @type {number} */ i) => size - i,
      () => random.next() % 16,
      (/** @type {number} */ i) => Math.min(i, size - i),
    ][pattern];
    const array = () => new Elements(/** @type {any} */ (allocate(size * Elements.BYTES_PER_ELEMENT)));
    const input = array();
    for (let i = 0; i < size; i++) input[i] = element(i);
    return { count: size, input, values: array(), merged: array() };
  },
  reset: ({ input, values }) => values.set(input),
  part({ values }, from, to) {
    values.subarray(from, to).sort();
  },
  finish(data, threads) {
    data.sorted = threads === 1 ? data.values : merge(data.values, data.merged, threads);
  },
  result: ({ sorted }) => sorted,
});

/** @param {any} values @param {any} merged @param {number} parts */
function merge(values, merged, parts) {
  const ends = Array.from({ length: parts }, (_, part) => Math.floor((values.length * (part + 1)) / parts));
  const places = Array.from({ length: parts }, (_, part) => (part === 0 ? 0 : ends[part - 1]));
  for (let index = 0; index < merged.length; index++) {
    let least = -1;
    for (let part = 0; part < parts; part++) {
      if (places[part] < ends[part] && (least < 0 || values[places[part]] < values[places[least]])) least = part;
    }
    merged[index] = values[places[least]++];
  }
  return merged;
}

/** @type {Kernel} */
const mapFilterCollect = {
  make: (size, _, allocate) => ({ count: size, found: new Uint32Array(allocate(size * 4)), ends: new Uint32Array(allocate(maximumThreads * 8)) }),
  part({ found, ends }, from, to, thread) {
    let end = from;
    for (let x = from; x < to; x++) {
      const square = Math.imul(x, x) >>> 0;
      if (square % 3 === 0) found[end++] = square;
    }
    ends[thread * 2] = from;
    ends[thread * 2 + 1] = end;
  },
  finish(data, threads) {
    const { found, ends } = data;
    const parts = Array.from({ length: threads }, (_, thread) => found.subarray(ends[thread * 2], ends[thread * 2 + 1]));
    data.collected = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
    let place = 0;
    for (const part of parts) {
      data.collected.set(part, place);
      place += part.length;
    }
  },
  result: ({ collected }) => collected,
};

/** @type {Kernel} */
const mandelbrot = {
  make(size, _, allocate) {
    const { width, height } = dimensions(size);
    return { count: height, width, height, image: new Uint32Array(allocate(size * 4)) };
  },
  part({ width, height, image }, from, to) {
    for (let y = from; y < to; y++) {
      const ci = -1.25 + (2.5 * y) / height;
      for (let x = 0; x < width; x++) {
        const cr = -2.5 + (3.5 * x) / width;
        let zr = 0;
        let zi = 0;
        let iteration = 0;
        while (iteration < 256) {
          const r2 = zr * zr;
          const i2 = zi * zi;
          if (r2 + i2 > 4) break;
          zi = 2 * zr * zi + ci;
          zr = r2 - i2 + cr;
          iteration++;
        }
        image[y * width + x] = iteration;
      }
    }
  },
  result: ({ image }) => image,
};

/** @type {Kernel} */
const blur = {
  make(size, _, allocate) {
    const { width, height } = dimensions(size);
    const random = new Random();
    const source = new Uint8Array(allocate(size * 4));
    for (let index = 0; index < source.length; index++) source[index] = random.next();
    return { count: height, width, height, source, image: new Uint8Array(allocate(size * 4)) };
  },
  part({ width, height, source, image }, from, to) {
    const radius = 4;
    const count = (2 * radius + 1) * (2 * radius + 1);
    for (let y = from; y < to; y++) {
      for (let x = 0; x < width; x++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        let alpha = 0;
        for (let dy = -radius; dy <= radius; dy++) {
          const line = Math.min(Math.max(y + dy, 0), height - 1) * width;
          for (let dx = -radius; dx <= radius; dx++) {
            const pixel = (line + Math.min(Math.max(x + dx, 0), width - 1)) * 4;
            red += source[pixel];
            green += source[pixel + 1];
            blue += source[pixel + 2];
            alpha += source[pixel + 3];
          }
        }
        const pixel = (y * width + x) * 4;
        image[pixel] = red / count;
        image[pixel + 1] = green / count;
        image[pixel + 2] = blue / count;
        image[pixel + 3] = alpha / count;
      }
    }
  },
  result: ({ image }) => image,
};

/** @type {Kernel} */
const matrixProduct = {
  make(size, _, allocate) {
    const n = Math.floor(Math.sqrt(size));
    const random = new Random();
    const matrix = () => doubles(allocate, n * n, () => random.fraction());
    return { count: n, n, a: matrix(), b: matrix(), c: doubles(allocate, n * n) };
  },
  part({ n, a, b, c }, from, to) {
    for (let i = from; i < to; i++) {
      const row = i * n;
      c.fill(0, row, row + n);
      for (let k = 0; k < n; k++) {
        const factor = a[row + k];
        const other = k * n;
        for (let j = 0; j < n; j++) c[row + j] += factor * b[other + j];
      }
    }
  },
  result: ({ c }) => c,
};

/**
 * One step of bodies that attract each other: x, y, z and mass.
 * @type {Kernel}
 */
const bodies = {
  make(size, _, allocate) {
    const random = new Random();
    return {
      count: size,
      positions: doubles(allocate, size * 4, () => random.fraction()),
      velocities: doubles(allocate, size * 4),
      moved: doubles(allocate, size * 4),
    };
  },
  reset: ({ velocities }) => velocities.fill(0),
  part({ count, positions, velocities, moved }, from, to) {
    const dt = 1e-3;
    for (let i = from * 4; i < to * 4; i += 4) {
      const x = positions[i];
      const y = positions[i + 1];
      const z = positions[i + 2];
      let ax = 0;
      let ay = 0;
      let az = 0;
      for (let j = 0; j < count * 4; j += 4) {
        const dx = positions[j] - x;
        const dy = positions[j + 1] - y;
        const dz = positions[j + 2] - z;
        const square = dx * dx + dy * dy + dz * dz + 1e-9;
        const force = positions[j + 3] * (1 / (square * Math.sqrt(square)));
        ax += force * dx;
        ay += force * dy;
        az += force * dz;
      }
      velocities[i] += ax * dt;
      velocities[i + 1] += ay * dt;
      velocities[i + 2] += az * dt;
      moved[i] = x + velocities[i] * dt;
      moved[i + 1] = y + velocities[i + 1] * dt;
      moved[i + 2] = z + velocities[i + 2] * dt;
      moved[i + 3] = positions[i + 3];
    }
  },
  result: ({ moved }) => moved,
};

/** @type {Record<number, Kernel>} */
export const kernels = {
  2: sum,
  4: sort(Uint32Array),
  5: sort(Float64Array),
  7: mapFilterCollect,
  8: mandelbrot,
  9: blur,
  10: matrixProduct,
  11: bodies,
};
