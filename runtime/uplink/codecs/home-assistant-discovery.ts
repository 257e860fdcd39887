import { type PropertyId, properties } from '../../../config/catalogue/properties.js';
import { units } from '../../../config/catalogue/units.js';
import type { Stream } from '../../reading.js';
import type { Input, Speaker } from './codec.js';

/** The topics of a shelter, as Home Assistant is told them. */
export interface HomeTopics {
  status: string;
  state(stream: Stream): string;
  input(id: string): string;
  otherEvents: string;
}

/** What Home Assistant has a class of its own for. It checks the unit by it and shows an icon. */
const deviceClasses: Partial<Record<PropertyId, string>> = {
  temperature: 'temperature',
  humidity: 'humidity',
  pressure: 'atmospheric_pressure',
  pm1: 'pm1',
  pm2_5: 'pm25',
  pm10: 'pm10',
};

/** Home Assistant has no place for a flag beside a number, so a value that failed is unknown there. */
const believed = "{{ value_json.value if value_json.quality not in ['fail', 'missing'] else none }}";

const flag = "{{ {'quality': value_json.quality} | tojson }}";

/** The type of all events that belong to no input: an event entity has to list its types beforehand. */
export const otherEvent = 'event';

/** The one discovery message of a device (Home Assistant 2024.11 and up): the device and all its entities. */
export function discovery(speaker: Speaker, topics: HomeTopics): object {
  const { device, name, version } = speaker;
  const id = `ushelter_${device.id}`;
  const software = { name: 'U-shelter', sw_version: version };
  return {
    device: {
      identifiers: [id],
      name: Object.values(name)[0] ?? device.id,
      model: 'U-shelter',
      serial_number: device.id,
      sw_version: version,
    },
    origin: software,
    availability_topic: topics.status,
    qos: 1,
    components: Object.fromEntries([
      ...speaker.streams().map((stream) => {
        const key = `${stream.sensor}_${stream.property}`;
        return [key, { ...sensor(stream, speaker, topics), unique_id: `${id}_${key}` }];
      }),
      ...speaker.inputs.map((input) => [
        input.id,
        { ...eventsOf(input, topics), unique_id: `${id}_${input.id}` },
      ]),
      ['_events', { ...otherEvents(topics), unique_id: `${id}__events` }],
    ]),
  };
}

function sensor(stream: Stream, { staleAfter }: Speaker, topics: HomeTopics): object {
  const { name, digits } = properties[stream.property];
  const { symbol } = units[stream.unit];
  const deviceClass = deviceClasses[stream.property];
  const topic = topics.state(stream);
  return {
    platform: 'sensor',
    name: `${name.en} (${stream.sensor})`,
    ...(deviceClass && { device_class: deviceClass }),
    state_class: 'measurement',
    ...(symbol && { unit_of_measurement: symbol }),
    suggested_display_precision: digits,
    expire_after: Math.ceil(staleAfter(stream) / 1_000),
    state_topic: topic,
    value_template: believed,
    json_attributes_topic: topic,
    json_attributes_template: flag,
  };
}

function eventsOf({ id, kinds }: Input, topics: HomeTopics): object {
  return {
    platform: 'event',
    name: id,
    ...(kinds.every((kind) => kind.startsWith('button.')) && { device_class: 'button' }),
    event_types: kinds,
    state_topic: topics.input(id),
  };
}

function otherEvents({ otherEvents }: HomeTopics): object {
  return {
    platform: 'event',
    name: 'Events',
    entity_category: 'diagnostic',
    event_types: [otherEvent],
    state_topic: otherEvents,
  };
}
