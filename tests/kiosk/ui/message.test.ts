import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageNames, parseMessage } from '../../../kiosk/ui/state/message.js';
import * as contract from '../../../runtime/api/contract.js';
import { now, sceneTime, sensorNow, silent, streamNow } from '../scene.js';

describe('A message from the event stream', () => {
  it('is read as what its name says', () => {
    const whole = now({ sensors: [sensorNow('air', 'sds011', 'Nova SDS011', silent)] });
    expect(contract.now.parse(whole)).toEqual(whole);
    expect(parseMessage('now', JSON.stringify(whole))).toEqual({ name: 'now', data: whole });

    const stream = streamNow('air', 'pm10', null);
    expect(parseMessage('stream', JSON.stringify(stream))).toEqual({ name: 'stream', data: stream });

    const event = {
      kind: 'button.pressed',
      source: 'help',
      time: sceneTime,
      detail: { count: 1, first: true },
    };
    expect(parseMessage('event', JSON.stringify(event))).toEqual({ name: 'event', data: event });

    expect(parseMessage('beat', `{"time":"${sceneTime}"}`)).toEqual({
      name: 'beat',
      data: { time: sceneTime },
    });
  });

  it('may have no time, where the shelter does not know it', () => {
    expect(parseMessage('beat', '{"time":null}')?.data).toEqual({ time: null });
    const event = { kind: 'button.pressed', source: 'help', time: null, detail: {} };
    expect(parseMessage('event', JSON.stringify(event))?.data).toEqual(event);
  });

  it('may say more than this page knows of', () => {
    const stream = { ...streamNow('air', 'pm10', 4), advice: 'none' };
    expect(parseMessage('stream', JSON.stringify(stream))?.data).toEqual(stream);
  });

  it.each(Object.keys(streamNow('air', 'pm10', 4)))('is refused without its %s', (key) => {
    const { [key]: _, ...rest } = { ...streamNow('air', 'pm10', 4) } as Record<string, unknown>;
    expect(parseMessage('stream', JSON.stringify(rest))).toBeUndefined();
  });

  it.each([
    ['a value that is text', { value: '4' }],
    ['digits that no formatter takes', { digits: 200 }],
    ['a state that there is not', { state: 'fine' }],
    ['a time that is none', { time: 'yesterday' }],
  ])('is refused with %s', (_, change) => {
    expect(
      parseMessage('stream', JSON.stringify({ ...streamNow('air', 'pm10', 4), ...change })),
    ).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...messageNames), fc.oneof(fc.string(), fc.json()), (name, text) => {
        const message = parseMessage(name, text);
        if (message) expect(JSON.parse(text)).toEqual(message.data);
      }),
    );
  });
});
