// @ts-check

/**
 * What a thread did: milliseconds since the record's beginning. A fork and a steal end where they begin.
 * @typedef {{ kind: "run" | "call" | "sleep" | "fork" | "steal", begin: number, end: number }} Event
 *
 * The events of a thread, in the order in which they began, and the share of the record's time in which it worked.
 * @typedef {{ name: string, events: Event[], busy: number }} Lane
 *
 * A record: of so many milliseconds, and as a file in Chrome's trace format.
 * @typedef {{ lanes: Lane[], duration: number, file: Blob }} Recording
 *
 * What a program that has the topic Recording can do.
 * @typedef {{ startRecording(): Promise<void>, stopRecording(): Promise<Uint8Array> }} Recorder
 */

/**
 * Records what each thread does while some work is done.
 * @param {Recorder} app
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Recording>}
 */
export async function record(app, work) {
  await app.startRecording();
  await work();
  const bytes = await app.stopRecording();
  const file = new Blob([/** @type {any} */ (bytes)], { type: "application/json" });
  return { ...read(JSON.parse(new TextDecoder().decode(bytes))), file };
}

/**
 * @param {{ name: string, ph: string, tid: number, ts: number, dur?: number, args?: { name: string } }[]} trace in Chrome's format, with
 *   times in microseconds since anything
 */
function read(trace) {
  const timed = trace.filter(({ ph }) => ph !== "M");
  const begin = timed.reduce((least, { ts }) => Math.min(least, ts), Infinity);
  const end = timed.reduce((most, { ts, dur = 0 }) => Math.max(most, ts + dur), begin);
  const duration = timed.length ? (end - begin) / 1000 : 0;
  const lanes = trace
    .filter(({ ph }) => ph === "M")
    .map(({ tid, args }) => {
      const events = timed
        .filter((event) => event.tid === tid)
        .map(({ name, ts, dur = 0 }) => {
          return /** @type {Event} */ ({ kind: name, begin: (ts - begin) / 1000, end: (ts - begin + dur) / 1000 });
        })
        .sort((a, b) => a.begin - b.begin || b.end - a.end);
      return { name: args?.name ?? `thread ${tid}`, events, busy: duration && workOf(events) / duration };
    });
  return { lanes, duration };
}

/**
 * The milliseconds in which a thread worked. Work may wait for other threads asleep, and be done while other work waits.
 * @param {Event[]} events
 */
function workOf(events) {
  const asleep = events.filter(({ kind }) => kind === "sleep");
  const all = events.filter(({ kind }) => kind === "run" || kind === "call" || kind === "sleep");
  return covered(all) - covered(asleep);
}

/**
 * The milliseconds in which at least one of the events was under way.
 * @param {Event[]} events in the order of their beginnings
 */
function covered(events) {
  let [sum, until] = [0, 0];
  for (const { begin, end } of events) {
    sum += Math.max(0, end - Math.max(begin, until));
    until = Math.max(until, end);
  }
  return sum;
}
