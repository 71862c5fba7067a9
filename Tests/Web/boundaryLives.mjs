// Objects and buffers live as their model does, in any order of calls, whoever holds them and whenever they are let go of.
import assert from "node:assert/strict";
import { randomNumbers } from "./Conformance/randomNumbers.js";

/**
 * A handle: of which object it is, and whether it was disposed of.
 * @typedef {{ handle: any, object: { value: number, name: string, handles: number }, isDisposed: boolean }} Held
 */

/**
 * @param {() => Promise<any>} start @param {{ seed: number, steps: number, collect: () => void }} options
 */
export async function testLives(start, { seed, steps, collect }) {
  const random = randomNumbers(seed);
  const app = await start();
  const [made, ended] = [app.Counter.made, app.endedCounters()];
  let objects = 0;
  /** How many objects have no handle any more. */
  let over = 0;
  /** @type {Held[]} */
  const held = [];
  /** @type {{ array: any, values: number[], isDisposed: boolean }[]} */
  const buffers = [];
  /** @param {any} handle @param {Held["object"]} object */
  const hold = (handle, object) => {
    object.handles++;
    held.push({ handle, object, isDisposed: false });
  };
  /** @param {number} value @param {string} name @param {any} handle */
  const make = (value, name, handle) => {
    objects++;
    hold(handle, { value, name, handles: 0 });
  };
  const disposed = { name: "TypeError", message: /disposed/ };
  /** @param {Held} each @param {() => any} call @returns {any} */
  const use = (each, call) => (each.isDisposed ? (assert.throws(call, disposed), undefined) : call());
  /** @param {Held} each */
  const dispose = (each) => {
    each.handle.dispose();
    if (!each.isDisposed && --each.object.handles === 0) over++;
    each.isDisposed = true;
  };

  for (let step = 0; step < steps; step++) {
    try {
      const [one, other] = [random.below(held.length), random.below(held.length)].map((index) => held[index]);
      const number = random.below(1000);
      switch (random.below(held.length < 5 ? 2 : 16)) {
        case 0: make(number, "named", new app.Counter(number, "named")); break;
        case 1: make(0, "counter", new app.Counter()); break;
        case 2: if (held.length < 60) use(one, () => make(one.object.value, one.object.name, one.handle.copy())); break;
        case 3: use(one, () => assert.equal(one.handle.value, one.object.value)); break;
        case 4: use(one, () => { one.handle.value = number; one.object.value = number; }); break;
        case 5: use(one, () => assert.equal(one.handle.add(number), (one.object.value += number))); break;
        case 6: use(one, () => assert.equal(one.handle.name, one.object.name)); break;
        case 7: {
          const merge = () => one.handle.merge(other.handle);
          if (one.isDisposed || other.isDisposed) {
            assert.throws(merge, disposed);
            break;
          }
          merge();
          one.object.value += other.object.value;
          if (one.object.value > 1e8) one.handle.value = one.object.value = 0;
          break;
        }
        case 8: {
          // Each handle that comes back is a new one of the same object.
          const given = Array.from({ length: random.below(4) }, () => random.pick(held));
          if (given.some((each) => each.isDisposed)) assert.throws(() => app.echoCounters(given.map((each) => each.handle)), disposed);
          else if (held.length < 60) app.echoCounters(given.map((each) => each.handle)).forEach((/** @type {any} */ handle, /** @type {number} */ index) => hold(handle, given[index].object));
          break;
        }
        case 9: {
          const given = Array.from({ length: random.below(5) }, () => random.pick(held)).filter((each) => !each.isDisposed);
          assert.equal(app.Counter.sum(given.map((each) => each.handle)), given.reduce((sum, each) => sum + each.object.value, 0));
          break;
        }
        case 10: dispose(one); break;
        case 11:
          use(one, () => {
            // A function that disposes of what its own call was given: the call has it, and so has the handle that it passes on.
            const back = app.callCounter((/** @type {any} */ inner) => {
              hold(inner, one.object);
              dispose(one);
              dispose(one);
              assert.equal(inner.value, one.object.value);
              return inner;
            }, one.handle);
            hold(back, one.object);
          });
          break;
        case 12: held.splice(held.indexOf(one), 1).forEach(dispose); break;
        case 13: {
          const array = app.alloc(Float64Array, random.below(50));
          buffers.push({ array, values: Array.from(array), isDisposed: false });
          break;
        }
        case 14: {
          const buffer = random.pick(buffers);
          if (!buffer) break;
          if (buffer.isDisposed) assert.throws(() => app.scaleShared(buffer.array, 2), disposed);
          else {
            const place = random.below(buffer.array.length);
            if (buffer.array.length) buffer.array[place] = buffer.values[place] = number;
            app.scaleShared(buffer.array, 0.5);
            buffer.values = buffer.values.map((value) => value / 2);
            assert.deepEqual(Array.from(buffer.array), buffer.values);
          }
          break;
        }
        default: {
          const buffer = random.pick(buffers);
          if (!buffer) break;
          buffer.array.dispose();
          buffer.isDisposed = true;
          if (buffers.length > 30) buffers.splice(buffers.indexOf(buffer), 1);
        }
      }
    } catch (error) {
      console.error(`seed ${seed}, step ${step}`);
      throw error;
    }
    // What calls back gives a handle to JavaScript that is collected whenever it is.
    if (step % 1000 === 0) {
      assert.equal(app.Counter.made - made, objects, `seed ${seed}, step ${step}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  for (const each of held.splice(0)) dispose(each);
  assert.equal(over, objects);
  for (let round = 0; round < 100 && app.endedCounters() - ended !== objects; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(app.endedCounters() - ended, objects);
  console.log(`${steps} steps, ${objects} objects`);
  await app.terminate();
}
