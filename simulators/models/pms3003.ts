import type { SerialTwin } from '../contract.js';
import { frame, massWords, type PlantowerReport, reportingTwin } from './plantower.js';

/** Nine words: six of mass, two reserved, and one whose low byte real ones fill. */
export function encodePms3003(report: PlantowerReport): Uint8Array {
  return frame([...massWords(report), 0, 0, 0x0051]);
}

export function pms3003(): SerialTwin {
  return reportingTwin('pms3003', encodePms3003);
}
