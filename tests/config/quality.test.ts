import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { properties } from '../../config/catalogue/properties.js';
import { testIds, testsFromBits, testsToBits } from '../../config/catalogue/quality.js';
import { parseSite } from '../../config/load.js';
import { writeSite } from '../../config/write.js';
import { sensorModels } from '../../drivers/index.js';

describe('the tests that doubted a reading', () => {
  it('fit in one number and come back from it', () => {
    fc.assert(
      fc.property(fc.subarray([...testIds]), (tests) => {
        expect(testsFromBits(testsToBits(tests))).toEqual(tests);
      }),
    );
  });

  it('keep their numbers for ever', () => {
    expect(testIds.map((test) => [test, testsToBits([test])])).toEqual([
      ['gross-range', 1],
      ['rate-of-change', 2],
      ['spike', 4],
      ['flat-line', 8],
      ['agreement', 16],
      ['consistency', 32],
      ['one-message', 64],
      ['warm-up', 128],
    ]);
  });

  it('are found in any number, also one of a later program', () => {
    fc.assert(
      fc.property(fc.nat(), (bits) => {
        expect(testsToBits(testsFromBits(bits))).toBe(bits & 255);
      }),
    );
  });
});

describe('the catalogue', () => {
  it.each(Object.entries(properties))('has limits that fit each other: %s', (_, { gross, limits }) => {
    expect(gross.suspect[0]).toBeGreaterThanOrEqual(gross.fail[0]);
    expect(gross.suspect[1]).toBeLessThanOrEqual(gross.fail[1]);
    const { suspect = 0, fail = Number.POSITIVE_INFINITY } = limits.spike ?? {};
    expect(suspect).toBeLessThan(fail);
    const { suspectFor = 0, failFor = Number.POSITIVE_INFINITY } = limits.flatLine ?? {};
    expect(suspectFor).toBeLessThan(failFor);
  });
});

it('what a site says of quality survives being written and read', () => {
  const models = sensorModels();
  const site = {
    id: 'a',
    name: { en: 'A' },
    languages: ['en'],
    place: { latitude: 0, longitude: 0 },
    timeZone: 'UTC',
    gpio: { lines: { dht: 4 } },
    sensors: [
      {
        id: 'outdoor',
        driver: 'dht22',
        port: 'dht',
        warmUp: '2 s',
        quality: {
          temperature: {
            grossRange: { fail: [-30, 50], suspect: [-20, 42] },
            rateOfChange: { allowance: 2, perHour: 10 },
            spike: { suspect: 2, fail: 6 },
            flatLine: { tolerance: 0.1, suspectFor: '6 h', failFor: '1 d' },
            agreement: { within: 4 },
          },
          humidity: { without: ['flat-line', 'agreement'] },
        },
      },
    ],
  };
  const parsed = parseSite(JSON.stringify(site), { models });
  expect(parsed.sensors[0]?.quality.temperature?.flatLine?.failFor).toBe(86_400_000);
  expect(parseSite(writeSite(parsed), { models })).toEqual(parsed);
});
