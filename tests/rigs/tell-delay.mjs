/**
 * Preloaded by a runtime (`node --import`): tells every second on descriptor 4 how late its event loop has been since
 * the start, in ms, as a line of JSON.
 */
import { writeSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** In ms; the histogram counts it in. */
const resolution = 2;

/** Loading the program is no delay of its work. */
const settling = 5_000;

if (isMainThread) setTimeout(watch, settling).unref();

function watch() {
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  const late = (quantile) => Math.max(0, histogram.percentile(quantile) / 1e6 - resolution);
  setInterval(() => {
    writeSync(4, `${JSON.stringify({ p50: late(50), p99: late(99), most: late(100) })}\n`);
  }, 1_000).unref();
}
