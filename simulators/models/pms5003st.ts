import type { SerialTwin } from '../contract.js';
import {
  climateWords,
  commandedTwin,
  countWords,
  formaldehydeWord,
  frame,
  massWords,
  type PlantowerReport,
} from './plantower.js';

/** Seventeen words: mass, counts, formaldehyde, temperature, humidity, one reserved, and the bytes of version and error. */
export function encodePms5003st(report: PlantowerReport): Uint8Array {
  return frame([
    ...massWords(report),
    ...countWords(report),
    formaldehydeWord(report),
    ...climateWords(report),
    0,
    0x9700,
  ]);
}

export function pms5003st(): SerialTwin {
  return commandedTwin('pms5003st', encodePms5003st);
}
