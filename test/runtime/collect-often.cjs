/** Preloaded into a server that was started with --expose-gc: collects all garbage once in 100 calls. */
const { subscribe } = require('node:diagnostics_channel');

const CALLS_A_COLLECTION = 100;
let calls = 0;

subscribe('http.server.request.start', () => {
  calls += 1;
  if (calls % CALLS_A_COLLECTION === 0) globalThis.gc();
});
