import type { SerialTwin } from '../contract.js';
import { commandedTwin, countWords, frame, massWords, type PlantowerReport } from './plantower.js';

/** Thirteen words: mass, counts, and the bytes of version and error. */
export function encodePms5003(report: PlantowerReport): Uint8Array {
  return frame([...massWords(report), ...countWords(report), 0x9700]);
}

export function pms5003(): SerialTwin {
  return commandedTwin('pms5003', encodePms5003);
}
