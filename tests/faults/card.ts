import { join } from 'node:path';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { openDatabase } from '../../runtime/store/database.js';
import { everything } from '../../runtime/store/port.js';
import { copyDatabase } from '../rigs/worn-card.js';
import { eventRow, readingRow, type TimedRow } from './rows.js';

/** What lies on the card of a shelter that is not running. */
export interface Card {
  device: string;
  epoch: string;
  rows: readonly TimedRow[];
}

/** Reads a copy, so that the shelter finds the card as it left it. @param scratch folder for the copy */
export function readCard(device: string, file: string, scratch: string): Card {
  const copy = join(scratch, 'copy.db');
  copyDatabase(file, copy);
  const boot = { name: 'reader', time: 0, monotonic: 0 };
  const database = openDatabase({ file: copy, device, epoch: 'none', boot }, systemClock);
  try {
    const origin = { device, epoch: database.status().epoch };
    const readings = database.read('readings', everything, most).map((row) => readingRow(row, origin));
    const events = database.read('events', everything, most).map((row) => eventRow(row, origin));
    return { ...origin, rows: [...readings, ...events] };
  } finally {
    database.close();
  }
}

const most = 1_000_000;
