'use strict';
// Loaded into the functions' processes: the SDK's pauses between its own attempts pass fifty times as fast, since they are
// real time. Time-outs are longer than a second, and stay as they are.
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (run, millis, ...values) => setTimeout(run, millis > 20 && millis < 1000 ? millis / 50 : millis, ...values),
  setTimeout,
);
