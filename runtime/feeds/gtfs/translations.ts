import type { Texts } from '../found.js';
import { languageOf } from '../texts.js';
import type { GtfsFiles } from './files.js';
import { readOptional } from './tables.js';

/** The names of a stop or of a destination in other languages. @param id of the stop or the trip */
export type Translations = (id: string, value: string) => Texts;

const fields = ['stop_name', 'trip_headsign', 'stop_headsign'];

/** Translations are said of a record by its id, or of whatever has the same value. */
export async function readTranslations(
  files: GtfsFiles,
  wanted: { values: ReadonlySet<string>; ids: ReadonlySet<string> },
): Promise<Translations> {
  const ofRecord = new Map<string, Record<string, string>>();
  const ofValue = new Map<string, Record<string, string>>();
  await readOptional(
    files,
    {
      name: 'translations.txt',
      needed: ['field_name', 'language', 'translation'],
      wanted: ['record_id', 'field_value'],
    },
    ([field = '', tag = '', text = '', id = '', value = '']) => {
      const language = languageOf(tag);
      if (!fields.includes(field) || language === undefined || text === '') return;
      if (id !== '' && wanted.ids.has(id)) add(ofRecord, id, language, text);
      else if (value !== '' && wanted.values.has(value)) add(ofValue, value, language, text);
    },
  );
  return (id, value) => ({ ...ofValue.get(value), ...ofRecord.get(id) });
}

function add(into: Map<string, Record<string, string>>, name: string, language: string, text: string): void {
  into.set(name, { ...into.get(name), [language]: text });
}
