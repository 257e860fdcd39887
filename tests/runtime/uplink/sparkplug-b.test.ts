import { describe, expect, it } from 'vitest';
import { createSparkplugB } from '../../../runtime/uplink/codecs/sparkplug-b.js';
import { writePayload } from '../../../runtime/uplink/codecs/sparkplug-payload.js';
import type { Message } from '../../../runtime/uplink/message.js';
import { reading, stream } from './rows.js';
import { readSparkplug } from './sparkplug-reader.js';
import { now, speaker } from './speaker.js';

const commandTopic = 'spBv1.0/city-shelters/NCMD/seoul-jongno-01';
const rows = [reading(1)];

const begin = () => createSparkplugB().begin(speaker());
const seqs = (messages: Message[]) => messages.map(({ payload }) => readSparkplug(payload).seq);
const verbs = (messages: Message[]) => messages.map(({ topic }) => topic.split('/')[2]);
const metricsOf = (message: Message | undefined) =>
  readSparkplug(message?.payload ?? new Uint8Array()).metrics;
const metric = (message: Message | undefined, name: string) =>
  metricsOf(message).find((each) => each.name === name);

/** A command as a host sends it. */
const command = (name: string, value: boolean) =>
  writePayload({ timestamp: now, seq: 0, metrics: [{ name, timestamp: now, type: 'Boolean', value }] });

describe('Sparkplug B', () => {
  it('counts connections from 0 to 255, the same in the will, the birth and the death', () => {
    const codec = createSparkplugB();
    const numbers = Array.from({ length: 258 }, () => {
      const dialogue = codec.begin(speaker());
      const messages = [dialogue.will, ...dialogue.greeting(), ...dialogue.farewell()];
      const found = messages.map((message) => metric(message, 'bdSeq')?.value);
      expect(new Set(found).size).toBe(1);
      return found[0];
    });
    expect(numbers).toEqual([...Array(256).keys(), 0, 1]);
  });

  it('counts messages from the birth on, and starts again at 0 after 255', () => {
    const dialogue = begin();
    const said = [
      ...dialogue.greeting(),
      ...Array.from({ length: 257 }, () => dialogue.readings(rows, 'live')).flat(),
    ];
    expect(seqs(said)).toEqual([...Array(256).keys(), 0, 1]);
  });

  it('is born again on command, as the same connection, and counts anew', () => {
    const codec = createSparkplugB();
    codec.begin(speaker());
    const dialogue = codec.begin(speaker());
    dialogue.greeting();
    dialogue.readings(rows, 'live');
    const answer = dialogue.hear({ topic: commandTopic, payload: command('Node Control/Rebirth', true) });
    expect(verbs(answer)).toEqual(['NBIRTH']);
    expect(metric(answer[0], 'bdSeq')?.value).toBe(1);
    expect(seqs([...answer, ...dialogue.readings(rows, 'live')])).toEqual([0, 1]);
  });

  it.each([
    ['a rebirth that is false', commandTopic, command('Node Control/Rebirth', false)],
    ['another command', commandTopic, command('Node Control/Reboot', true)],
    ['the command of another node', 'spBv1.0/city-shelters/NCMD/b', command('Node Control/Rebirth', true)],
    ['a torn command', commandTopic, command('Node Control/Rebirth', true).subarray(0, -1)],
    ['nothing', commandTopic, new Uint8Array()],
  ])('does nothing at %s', (_, topic, payload) => {
    const dialogue = begin();
    expect(dialogue.hear({ topic, payload })).toEqual([]);
  });

  it('listens to its own commands only', () => {
    expect(begin().listens).toEqual([commandTopic]);
  });

  it('declares what it meets in a backlog, once, before it tells of it', () => {
    const dialogue = begin();
    dialogue.greeting();
    const old = reading(1, { stream: stream('old-roof', 'temperature') });
    const said = [...dialogue.readings([old], 'backlog'), ...dialogue.readings([old], 'backlog')];
    expect(verbs(said)).toEqual(['NBIRTH', 'NDATA', 'NDATA']);
    expect(metric(said[0], 'old-roof/temperature')).toMatchObject({ datatype: 10, is_null: true });
  });

  it('marks the rows of an outage as historical, and no others', () => {
    const dialogue = begin();
    dialogue.greeting();
    const [late] = dialogue.readings(rows, 'backlog');
    const [live] = dialogue.readings(rows, 'live');
    expect(metric(late, 'air/pm2_5')).toMatchObject({ is_historical: true });
    expect(metric(live, 'air/pm2_5')).not.toHaveProperty('is_historical');
  });

  it('is born with the present value of each stream, and says where that is stale or not there', () => {
    const [birth] = begin().greeting();
    expect(metric(birth, 'air/pm2_5')).toMatchObject({ value: 4.4, properties: { Quality: 192 } });
    expect(metric(birth, 'roof/humidity')).toMatchObject({
      value: 41.2,
      timestamp: now - 3_600_000,
      properties: { Quality: 500 },
    });
    expect(metric(birth, 'box/pressure')).toMatchObject({
      is_null: true,
      properties: { Quality: 500, engUnit: 'hPa' },
    });
  });

  it.each([
    [1, 192],
    [2, 192],
    [3, 192],
    [4, 0],
    [9, 0],
  ] as const)('calls a value of flag %i %i', (flag, expected) => {
    const dialogue = begin();
    dialogue.greeting();
    const [data] = dialogue.readings([reading(1, { quality: flag })], 'live');
    expect(metric(data, 'air/pm2_5')?.properties).toMatchObject({ Quality: expected, flag });
  });

  it('says so where the clock was not set', () => {
    const dialogue = begin();
    dialogue.greeting();
    const [data] = dialogue.readings([reading(1, { time: 5_000 })], 'backlog');
    expect(metric(data, 'air/pm2_5')).toMatchObject({ timestamp: 5_000, properties: { clockSet: false } });
  });
});
