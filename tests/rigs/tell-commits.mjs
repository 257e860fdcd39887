/**
 * Preloaded by a runtime (`node --import`) that is to be killed: tells each commit on descriptor 3 as soon as the store
 * has heard of it from its thread, one line of JSON each. What it has told is on the card.
 */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const { emit } = Worker.prototype;

Worker.prototype.emit = function tell(name, message, ...rest) {
  const commit = name === 'message' && message?.kind === 'done' ? message.result : undefined;
  if (commit && typeof commit === 'object' && 'took' in commit) writeSync(3, `${JSON.stringify(commit)}\n`);
  return emit.call(this, name, message, ...rest);
};
