import type { SerialTwin } from '../contract.js';
import {
  climateWords,
  commandedTwin,
  countWords,
  frame,
  massWords,
  type PlantowerReport,
} from './plantower.js';

/** Thirteen words: mass, the four counts up to 2.5 µm, temperature, humidity, and the bytes of version and error. */
export function encodePms5003t(report: PlantowerReport): Uint8Array {
  return frame([...massWords(report), ...countWords(report).slice(0, 4), ...climateWords(report), 0x9a00]);
}

export function pms5003t(): SerialTwin {
  return commandedTwin('pms5003t', encodePms5003t);
}
