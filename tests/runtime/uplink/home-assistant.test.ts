import { describe, expect, it } from 'vitest';
import { quality } from '../../../config/catalogue/quality.js';
import { homeAssistant } from '../../../runtime/uplink/codecs/home-assistant.js';
import type { Message } from '../../../runtime/uplink/message.js';
import { event, reading } from './rows.js';
import { now, speaker, streams } from './speaker.js';

const own = 'city/shelters/seoul-jongno-01';
const begin = () => homeAssistant.begin(speaker());
const topics = (messages: Message[]) => messages.map(({ topic }) => topic);
const json = (message: Message | undefined) => JSON.parse(new TextDecoder().decode(message?.payload));
const config = () => json(begin().greeting()[0]);

describe('Home Assistant', () => {
  it('is told of the device once, in a message that the broker keeps', () => {
    const kept = begin()
      .greeting()
      .filter(({ topic }) => topic.startsWith('homeassistant/'));
    expect(topics(kept)).toEqual(['homeassistant/device/seoul-jongno-01/config']);
    expect(kept[0]?.retain).toBe(true);
    expect(config()).toMatchObject({
      device: { identifiers: ['ushelter_seoul-jongno-01'], name: '종로2가', sw_version: '1.2.3' },
      origin: { name: 'U-shelter', sw_version: '1.2.3' },
      availability_topic: `${own}/status`,
    });
  });

  it('gets an entity for each stream, with a class and a unit that go together', () => {
    const { components } = config();
    expect(components.air_pm2_5).toMatchObject({
      platform: 'sensor',
      device_class: 'pm25',
      state_class: 'measurement',
      unit_of_measurement: 'µg/m³',
      expire_after: 180,
      state_topic: `${own}/state/air/pm2_5`,
      unique_id: 'ushelter_seoul-jongno-01_air_pm2_5',
    });
    expect(components.box_pressure).toMatchObject({
      device_class: 'atmospheric_pressure',
      unit_of_measurement: 'hPa',
    });
    expect(components.box_particles_10).not.toHaveProperty('unit_of_measurement');
    const ids = Object.values<{ unique_id: string }>(components).map(({ unique_id }) => unique_id);
    expect(new Set(ids).size).toBe(streams.length + 2);
  });

  it('finds each state at the topic that the entity names', () => {
    const named = Object.values<{ state_topic: string }>(config().components).map(
      ({ state_topic }) => state_topic,
    );
    const rows = streams.map((stream, index) => reading(index + 1, { stream, time: now }));
    const events = [event(1, { time: now }), event(2, { time: now, kind: 'device.failing' })];
    const dialogue = begin();
    expect(topics([...dialogue.readings(rows, 'live'), ...dialogue.events(events)])).toEqual(named);
  });

  it('shows no number that failed: the template asks for the flag', () => {
    const { value_template } = config().components.air_pm2_5;
    expect(value_template).toContain("not in ['fail', 'missing']");
    const [failed] = begin().readings([reading(1, { time: now, quality: quality.fail })], 'live');
    expect(json(failed)).toMatchObject({ value: 12, quality: 'fail' });
  });

  it('gets at once what is fresh, and nothing that is stale', () => {
    expect(topics(begin().greeting()).slice(1)).toEqual([`${own}/status`, `${own}/state/air/pm2_5`]);
  });

  it('is greeted again when it has started', () => {
    const dialogue = begin();
    const say = (text: string) => ({
      topic: 'homeassistant/status',
      payload: new TextEncoder().encode(text),
    });
    expect(dialogue.listens).toEqual(['homeassistant/status']);
    expect(dialogue.hear(say('online'))).toEqual(dialogue.greeting());
    expect(dialogue.hear(say('offline'))).toEqual([]);
  });

  it('gets no reading of an outage as if it were of now', () => {
    const dialogue = begin();
    const fresh = reading(1, { time: now - 179_000 });
    const stale = reading(2, { time: now - 180_000 });
    expect(topics(dialogue.readings([fresh], 'backlog'))).toEqual([`${own}/backlog`]);
    expect(topics(dialogue.readings([stale, fresh], 'live'))).toEqual([
      `${own}/backlog`,
      `${own}/state/air/pm2_5`,
    ]);
  });

  it('gets an event of an input as the input’s, any other as one of the shelter’s, and no late one', () => {
    const dialogue = begin();
    const pressed = dialogue.events([event(1, { time: now - 1_000 })]);
    expect(topics(pressed)).toEqual([`${own}/event/help`]);
    expect(json(pressed[0]).event_type).toBe('button.pressed');
    const failing = dialogue.events([event(2, { time: now, kind: 'device.failing' })]);
    expect(topics(failing)).toEqual([`${own}/event`]);
    expect(json(failing[0])).toMatchObject({ event_type: 'event', kind: 'device.failing', source: 'help' });
    expect(topics(dialogue.events([event(3, { time: now - 60_000 })]))).toEqual([`${own}/backlog`]);
    expect(topics(dialogue.events([event(4, { time: 5_000 })]))).toEqual([`${own}/backlog`]);
  });
});
