import type { SerialTwin } from '../contract.js';
import { commandedTwin, countWords, frame, massWords, type PlantowerReport } from './plantower.js';

/** Thirteen words: mass, counts, and the bytes of version and error. */
export function encodePmsa003(report: PlantowerReport): Uint8Array {
  return frame([...massWords(report), ...countWords(report), 0x9700]);
}

export function pmsa003(): SerialTwin {
  return commandedTwin('pmsa003', encodePmsa003);
}
