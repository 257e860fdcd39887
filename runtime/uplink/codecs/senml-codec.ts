import { availability, uplinkTopics } from '../topics.js';
import type { Codec } from './codec.js';
import { eventPack, readingPack, type SenmlRecord } from './senml-records.js';

/** How a pack becomes bytes. */
export interface SenmlForm {
  contentType: string;
  write(pack: readonly SenmlRecord[]): Uint8Array;
}

/** Says `online` and `offline` on the status topic, and rows as SenML packs on topics of their own. */
export function senmlCodec(name: string, { contentType, write }: SenmlForm): Codec {
  return {
    name,
    begin({ device, prefix }) {
      const topics = uplinkTopics(prefix, device.id);
      const { online, offline } = availability(topics);
      const say = (topic: string, pack: readonly SenmlRecord[]) => [
        { topic, payload: write(pack), retain: false, contentType },
      ];
      return {
        will: offline,
        greeting: () => [online],
        farewell: () => [offline],
        readings: (rows) => say(topics.readings, readingPack(rows, device)),
        events: (rows) => say(topics.events, eventPack(rows, device)),
        listens: [],
        hear: () => [],
      };
    },
  };
}
