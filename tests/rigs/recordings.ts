import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ColumnMap, parseRecording, type Recording } from '../../simulators/recording.js';

/** Real recordings of a station, which lie beside the project and not in it. */
export interface Recorded {
  name: string;
  /** True where the file is not there; then there is nothing to read either. */
  absent: boolean;
  /** True for more than a few weeks. */
  isLong: boolean;
  /** Reads it, once. Throws where it is absent. */
  readonly recording: Recording;
}

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

const columns: ColumnMap = {
  time: { column: 'time', unit: 'iso8601' },
  temperature: { column: 'temperature_c', unit: 'Cel' },
  dewPoint: { column: 'dew_point_c', unit: 'Cel' },
  pressure: { column: 'pressure_hpa', unit: 'hPa' },
  pm2_5: { column: 'pm2_5_ugm3', unit: 'ug/m3' },
  pm10: { column: 'pm10_ugm3', unit: 'ug/m3' },
};

export const recordings: readonly Recorded[] = [
  recorded('dongsi-2016', true),
  recorded('dongsi-smog-2015-12', false),
  recorded('dongsi-dust-2016-05', false),
];

if (recordings.some(({ absent }) => absent)) {
  console.warn('SKIPPED: the real recordings are not beside the checkout, in ../shared/data.');
}

function recorded(name: string, isLong: boolean): Recorded {
  const file = `${folder}${name}.csv`;
  let recording: Recording | undefined;
  return {
    name,
    absent: !existsSync(file),
    isLong,
    get recording() {
      recording ??= parseRecording(readFileSync(file, 'utf8'), file, columns);
      return recording;
    },
  };
}
