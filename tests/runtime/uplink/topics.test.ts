import { describe, expect, it } from 'vitest';
import { availability, matches, uplinkTopics } from '../../../runtime/uplink/topics.js';

describe('the topics of a device', () => {
  it('stand under the prefix and the device', () => {
    expect(uplinkTopics('city/shelters', 'jongno-01')).toEqual({
      readings: 'city/shelters/jongno-01/readings',
      events: 'city/shelters/jongno-01/events',
      status: 'city/shelters/jongno-01/status',
    });
  });

  it('keep whether it is online for those who ask later', () => {
    const { online, offline } = availability(uplinkTopics('city', 'a'));
    expect(online).toMatchObject({ topic: 'city/a/status', retain: true });
    expect(offline).toMatchObject({ topic: 'city/a/status', retain: true });
    expect([online, offline].map(({ payload }) => new TextDecoder().decode(payload))).toEqual([
      'online',
      'offline',
    ]);
  });
});

describe('a topic filter', () => {
  it.each([
    ['city/a/readings', 'city/a/readings', true],
    ['city/a/readings', 'city/a', false],
    ['city/+/readings', 'city/a/readings', true],
    ['city/+/readings', 'city/a/b/readings', false],
    ['city/+', 'city/', true],
    ['city/#', 'city/a/readings', true],
    ['city/#', 'city', true],
    ['city/#', 'cities/a', false],
    ['#', 'city/a', true],
    ['#', '$SYS/broker', false],
    ['+/broker', '$SYS/broker', false],
    ['$SYS/#', '$SYS/broker', true],
  ])('%s and the topic %s: %s', (filter, topic, expected) => {
    expect(matches(filter, topic)).toBe(expected);
  });
});
