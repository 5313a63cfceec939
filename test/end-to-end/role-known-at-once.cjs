'use strict';
// Loaded into the function of custom actions: its pauses after a denied call, which are real time, pass
// a thousand times as fast. They are known by their length; time-outs of the SDK have others, and stay as they are.
const PAUSES_MILLIS = [2_000, 5_000, 10_000, 20_000];
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (run, millis, ...values) => setTimeout(run, PAUSES_MILLIS.includes(millis) ? millis / 1000 : millis, ...values),
  setTimeout,
);
