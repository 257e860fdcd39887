import { qualityName } from '../../../config/catalogue/quality.js';
import type { Reading, StoredEvent, StoredReading } from '../../reading.js';
import type { Message } from '../message.js';
import { availability, uplinkTopics } from '../topics.js';
import type { Codec, Device, Dialogue, Speaker } from './codec.js';
import { discovery, type HomeTopics, otherEvent } from './home-assistant-discovery.js';
import { isDated, isMeasured } from './known.js';
import { isOldEvent } from './old-events.js';
import { provenance } from './provenance.js';
import { jsonForm } from './senml-json.js';
import { eventPack, readingPack } from './senml-records.js';

/**
 * Home Assistant: one retained discovery message makes a device of the shelter, with a sensor for each stream and an
 * event entity for each input. Below `PREFIX/ID`:
 * - `status` is `online` or `offline`;
 * - `state/SENSOR/PROPERTY` has each reading that is not stale yet, as JSON; not retained, as a value that Home
 *   Assistant finds again would count as fresh there;
 * - `event/INPUT` has what an input told, and `event` what else happened;
 * - `backlog` has the readings of an outage and the events that come late, as SenML JSON. Home Assistant gives a
 *   message the time of its arrival and takes no history by MQTT, so none of that may stand where it looks; a program
 *   that keeps the history listens there.
 *
 * In all of them (device, `epoch`, `seq`) names a row, so that one sent twice is counted once.
 */
export const homeAssistant: Codec = { name: 'home-assistant', begin: converse };

/** Where Home Assistant looks for devices, and where it tells that it has started, by default. */
const home = { discovery: 'homeassistant/device', status: 'homeassistant/status' };

function converse(speaker: Speaker): Dialogue {
  const { device, now } = speaker;
  const own = `${speaker.prefix}/${device.id}`;
  const base = uplinkTopics(speaker.prefix, device.id);
  const { online, offline } = availability(base);
  const topics: HomeTopics = {
    status: base.status,
    state: ({ sensor, property }) => `${own}/state/${level(sensor)}/${property}`,
    input: (id) => `${own}/event/${level(id)}`,
    otherEvents: `${own}/event`,
  };

  function greeting(): Message[] {
    const fresh = speaker.latest().filter(({ stream, time }) => now() - time < speaker.staleAfter(stream));
    const config = json(`${home.discovery}/${device.id}/config`, discovery(speaker, topics));
    return [{ ...config, retain: true }, online, ...fresh.map((reading) => stateMessage(reading))];
  }

  function stateMessage(reading: Reading, name: object = {}): Message {
    return json(topics.state(reading.stream), { ...state(reading), ...name });
  }

  function eventMessage(row: StoredEvent): Message {
    const isInput = speaker.inputs.some(({ id, kinds }) => id === row.source && kinds.includes(row.kind));
    const topic = isInput ? topics.input(row.source) : topics.otherEvents;
    return json(topic, {
      event_type: isInput ? row.kind : otherEvent,
      ...event(row),
      ...nameOf(row, device),
    });
  }

  const backlog = (pack: Parameters<typeof jsonForm.write>[0]): Message => ({
    topic: `${own}/backlog`,
    payload: jsonForm.write(pack),
    retain: false,
    contentType: jsonForm.contentType,
  });

  return {
    will: offline,
    greeting,
    farewell: () => [offline],
    readings(rows, age) {
      const isNow = ({ stream, time, mean }: StoredReading) =>
        age === 'live' && !mean && now() - time < speaker.staleAfter(stream);
      const late = rows.filter((row) => !isNow(row));
      const fresh = rows.filter(isNow);
      return [
        ...(late.length > 0 ? [backlog(readingPack(late, device))] : []),
        ...fresh.map((row) => stateMessage(row, nameOf(row, device))),
      ];
    },
    events(rows) {
      const old = rows.filter((row) => isOldEvent(row, now()));
      const fresh = rows.filter((row) => !isOldEvent(row, now()));
      return [...(old.length > 0 ? [backlog(eventPack(old, device))] : []), ...fresh.map(eventMessage)];
    },
    listens: [home.status],
    hear: ({ topic, payload }) =>
      topic === home.status && Buffer.from(payload).toString() === 'online' ? greeting() : [],
  };
}

function state(reading: Reading): object {
  const { value, raw, quality } = reading;
  return {
    value: isMeasured(value) ? value : null,
    ...(isMeasured(raw) && raw !== value && { raw }),
    ...provenance(reading),
    quality: qualityName(quality),
    time: isoTime(reading),
  };
}

function event(row: StoredEvent): object {
  const { kind, source, detail } = row;
  return { kind, source, detail, time: isoTime(row) };
}

function nameOf({ seq }: StoredReading | StoredEvent, { epoch }: Device): object {
  return { epoch, seq };
}

/** Null where the clock was not set. */
function isoTime(row: Reading | StoredEvent): string | null {
  return isDated(row) ? new Date(row.time).toISOString() : null;
}

/** Text as one level of a topic. */
function level(text: string): string {
  return text.replace(/[+#/\0]/g, '-');
}

function json(topic: string, content: object): Message {
  return {
    topic,
    payload: Buffer.from(JSON.stringify(content)),
    retain: false,
    contentType: 'application/json',
  };
}
