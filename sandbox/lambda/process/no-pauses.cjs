'use strict';
// Loaded into the processes of plain functions where the sandbox itself lets the SDK's pauses between its attempts pass, in
// its own time: the SDK draws them at random from nothing up, and would wait them out once more in real time.
Math.random = () => 0;
