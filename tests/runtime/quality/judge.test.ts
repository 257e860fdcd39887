import { describe, expect, it } from 'vitest';
import type { PropertyId } from '../../../config/catalogue/properties.js';
import { type Quality, quality, type TestId } from '../../../config/catalogue/quality.js';
import type { SensorConfig } from '../../../config/site.js';
import type { Sample } from '../../../drivers/contract.js';
import { drivers } from '../../../drivers/index.js';
import { createJudge, type Judge, type SensorJudge } from '../../../runtime/quality/judge.js';
import type { Past } from '../../../runtime/quality/memory.js';

const { pass, suspect, fail } = quality;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Hired {
  /** The verdicts on a sample so many ms after the last one, as `flag test,test` by property. */
  give(sample: Sample, after?: number): Partial<Record<PropertyId, string>>;
  /** The same sample again and again, for so long; the last verdicts. */
  hold(sample: Sample, lasting: number, every?: number): Partial<Record<PropertyId, string>>;
  judge: SensorJudge;
  now(): number;
}

/** A judge of a sensor that has worked since time 0. */
function hire(
  model: string,
  { judge = createJudge(), ...config }: Partial<SensorConfig> & { judge?: Judge } = {},
): Hired {
  const driver = drivers.find((each) => each.model === model);
  if (!driver || !('channels' in driver)) throw new Error(`no sensor ${model}`);
  const own = judge.sensor({ id: model, quality: {}, warmUp: 0, ...config }, driver.channels);
  let time = 0;

  function give(sample: Sample, after = 10 * second) {
    time += after;
    const taken = (Object.entries(sample) as [PropertyId, number][]).map(([property, value]) => ({
      property,
      raw: value,
      value,
    }));
    const verdicts = [...own.judge(taken, time)];
    return Object.fromEntries(
      verdicts.map(([property, { quality: flag, doubts = [] }]) => [property, written(flag, doubts)]),
    );
  }

  return {
    give,
    hold(sample, lasting, every = minute) {
      let last = {};
      for (let passed = 0; passed < lasting; passed += every) last = give(sample, every);
      return last;
    },
    judge: own,
    now: () => time,
  };
}

function written(flag: Quality, doubts: readonly TestId[]): string {
  return [flag, ...doubts].join(' ');
}

const room = { temperature: 21.4, humidity: 62 };
const both = (verdict: string) => ({ temperature: verdict, humidity: verdict });

/** A sensor that has told the truth for a minute. */
function trusted(model: string, sample: Sample, options: Parameters<typeof hire>[1] = {}): Hired {
  const hired = hire(model, options);
  for (let count = 0; count < 6; count++) hired.give(sample);
  return hired;
}

describe('a DHT22', () => {
  it('is believed from its first reading on', () => {
    expect(hire('dht22').give(room)).toEqual(both('1'));
  });

  it.each([
    ['halved', { temperature: 10.7, humidity: 31 }],
    ['halved, with the humidity’s last bit as its sign', { temperature: -10.7, humidity: 31 }],
  ])('that is shifted by one bit fails: %s', (_, shifted) => {
    const verdicts = trusted('dht22', room).give(shifted);
    expect(verdicts.temperature).toMatch(/^4 .*one-message/);
    expect(verdicts.humidity).toMatch(/^4 .*one-message/);
  });

  it('that is shifted by one bit the other way fails, also where no value is impossible', () => {
    const winter = { temperature: 3.2, humidity: 44 };
    const verdicts = trusted('dht22', winter).give({ temperature: 6.4, humidity: 88.1 });
    expect(verdicts).toEqual({
      temperature: expect.stringMatching(/^4 .*one-message/),
      humidity: expect.stringMatching(/^4 .*one-message/),
    });
  });

  it('is believed again as soon as it tells the truth again', () => {
    const hired = trusted('dht22', room);
    hired.give({ temperature: 10.7, humidity: 31 });
    expect(hired.give(room)).toEqual(both('1'));
  });

  const shifted = { temperature: 10.7, humidity: 31 };

  it('that stays shifted goes on failing, also while the air changes', () => {
    const hired = trusted('dht22', room);
    for (let passed = 0; passed < 20 * hour; passed += minute) {
      const share = Math.sin(passed / hour);
      const verdicts = hired.give({ temperature: 10.7 + 3 * share, humidity: 31 - 8 * share }, minute);
      expect(verdicts.temperature).toMatch(/^4 .*one-message/);
      expect(verdicts.humidity).toMatch(/^4 .*one-message/);
    }
    expect(hired.give(room)).toEqual(both('1'));
  });

  it('that stays shifted is judged anew when it was away, and after a day', () => {
    const away = trusted('dht22', room);
    away.hold(shifted, 2 * hour);
    away.judge.appeared(away.now());
    expect(away.give(shifted)).toEqual(both('1'));
    const wander = (hired: Hired, lasting: number) => {
      let last = {};
      for (let passed = 0; passed < lasting; passed += minute) {
        const temperature = Math.round(107 + 3 * Math.sin(passed / hour)) / 10;
        last = hired.give({ temperature, humidity: 3 * temperature }, minute);
      }
      return last;
    };
    const stubborn = trusted('dht22', room);
    expect(wander(stubborn, 23 * hour)).not.toEqual(both('1'));
    expect(wander(stubborn, 2 * hour)).toEqual(both('1'));
  });

  it('that went silent while it was shifted is judged anew', () => {
    const hired = trusted('dht22', room);
    hired.hold(shifted, hour);
    expect(hired.give(shifted, hour)).toEqual(both('1'));
  });

  it.each([
    ['from the first reading on', hire('dht22')],
    ['after the truth', trusted('dht22', room)],
  ])('that says 1 °C and 1 % fails, %s', (_, hired) => {
    const verdicts = hired.give({ temperature: 1, humidity: 1 });
    expect(verdicts.temperature).toMatch(/^4 .*consistency/);
    expect(verdicts.humidity).toMatch(/^4 .*consistency/);
  });

  it('that says −3276.3 °C fails, and its humidity is suspect', () => {
    const verdicts = hire('dht22').give({ temperature: -3276.3, humidity: 62 });
    expect(verdicts.temperature).toMatch(/^4 gross-range/);
    expect(Number(verdicts.humidity?.[0])).toBeGreaterThanOrEqual(suspect);
  });

  it('is believed through a true step once enough time has passed', () => {
    const hired = trusted('dht22', room);
    const step = { temperature: 27, humidity: 50 };
    expect(hired.give(step).temperature).toBe('3 rate-of-change spike');
    expect(hired.hold(step, hour)).toEqual(both('1'));
  });
});

describe('a BME280', () => {
  const air = { temperature: 18.2, humidity: 55, pressure: 1011.2 };

  it('that says 215 °C fails', () => {
    expect(trusted('bme280', air).give({ temperature: 215 }).temperature).toMatch(/^4 gross-range/);
  });

  it('that says 0 °C fails, and what it computed with it is suspect at least', () => {
    const verdicts = trusted('bme280', air).give({ ...air, temperature: 0 });
    expect(verdicts.temperature).toBe('4 rate-of-change spike');
    expect(verdicts.humidity).toBe('3 one-message');
    expect(verdicts.pressure).toBe('3 one-message');
  });

  it('that says 0 of everything is not believed even at its first word', () => {
    const verdicts = hire('bme280').give({ temperature: 0, humidity: 0, pressure: 0 });
    expect(verdicts.temperature).toBe('3 one-message');
    expect(verdicts.humidity).toMatch(/^4 .*consistency/);
    expect(verdicts.pressure).toMatch(/^4 gross-range/);
  });

  it('is believed in a frost of 0 °C that came slowly', () => {
    const hired = hire('bme280');
    let last = {};
    for (let tenths = 100; tenths >= 0; tenths--)
      last = hired.give({ ...air, temperature: tenths / 10 }, 6 * minute);
    expect(last).toEqual({ temperature: '1', humidity: '1', pressure: '1' });
  });
});

describe('a particle sensor', () => {
  it('that is stuck is suspect after half a day and fails after a day', () => {
    for (const model of ['sds011', 'pms7003']) {
      const hired = hire(model);
      const stuck = { pm2_5: 37, pm10: 52 };
      expect(hired.hold(stuck, 11 * hour)).toEqual({ pm2_5: '1', pm10: '1' });
      expect(hired.hold(stuck, 2 * hour)).toEqual({ pm2_5: '3 flat-line', pm10: '3 flat-line' });
      expect(hired.hold(stuck, 12 * hour)).toEqual({ pm2_5: '4 flat-line', pm10: '4 flat-line' });
      expect(hired.give({ pm2_5: 38, pm10: 53 })).toEqual({ pm2_5: '1', pm10: '1' });
    }
  });

  it('that is saturated fails', () => {
    expect(hire('sds011').give({ pm2_5: 999.9, pm10: 1999.9 })).toEqual({
      pm2_5: '4 gross-range',
      pm10: '4 gross-range',
    });
  });

  const woken = { pm2_5: 12, pm10: 20, particles_0_3: 0, particles_2_5: 0 };

  it('that names a mass without one particle, as just after waking, fails', () => {
    const verdicts = hire('pms5003').give(woken);
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['4 consistency']));
  });

  it('passes in clean air, where all is 0, however long', () => {
    const clean = { pm1: 0, pm2_5: 0, pm10: 0, particles_0_3: 0, particles_2_5: 0 };
    const verdicts = hire('pms5003').hold(clean, 72 * hour, 10 * minute);
    expect(new Set(Object.values(verdicts))).toEqual(new Set(['1']));
  });

  it('passes in air so clean that it hardly moves, however long', () => {
    const verdicts = hire('pms7003').hold({ pm2_5: 3, pm10: 5 }, 72 * hour, 10 * minute);
    expect(verdicts).toEqual({ pm2_5: '1', pm10: '1' });
  });

  it('with more fine particles than particles is suspect in both', () => {
    expect(hire('sds011').give({ pm2_5: 30.1, pm10: 30 })).toEqual({
      pm2_5: '3 consistency',
      pm10: '3 consistency',
    });
    expect(hire('sds011').give({ pm2_5: 30, pm10: 30 })).toEqual({ pm2_5: '1', pm10: '1' });
  });

  it('may see a plume', () => {
    const hired = trusted('sds011', { pm2_5: 20, pm10: 30 });
    expect(hired.give({ pm2_5: 240, pm10: 300 })).toEqual({ pm2_5: '1', pm10: '1' });
  });
});

describe('humidity', () => {
  it('may stay at 100 % in fog, or at what a sensor makes of that', () => {
    for (const humidity of [97.4, 99.9, 100]) {
      expect(hire('dht22').hold({ humidity }, 48 * hour, 10 * minute)).toEqual({ humidity: '1' });
    }
  });

  it('may stay at the end of the scale of a DHT11, and its whole degrees for a day', () => {
    const hired = hire('dht11');
    expect(hired.hold({ temperature: 12, humidity: 90 }, 24 * hour, 10 * minute)).toEqual(both('1'));
  });

  it('that is stuck is found', () => {
    expect(hire('dht22').hold({ humidity: 61.3 }, 25 * hour, 10 * minute)).toEqual({
      humidity: '4 flat-line',
    });
  });
});

describe('two sensors of the same property', () => {
  function pair() {
    const judge = createJudge();
    return { dht: trusted('dht22', room, { judge }), bme: trusted('bme280', room, { judge }) };
  }

  it('are believed while they agree', () => {
    const { dht, bme } = pair();
    expect(dht.give({ temperature: 24, humidity: 62 }).temperature).toBe('1');
    expect(bme.give(room).temperature).toBe('1');
  });

  it('are both suspect where they contradict each other and nobody knows which is wrong', () => {
    const { dht, bme } = pair();
    for (let tenths = 214; tenths < 280; tenths++) dht.give({ temperature: tenths / 10 }, 3 * minute);
    bme.hold(room, dht.now() - bme.now());
    expect(dht.give({ temperature: 28 }).temperature).toBe('3 agreement');
    expect(bme.give(room).temperature).toBe('3 agreement');
  });

  it('do not share the blame where another test knows which is wrong', () => {
    const { dht, bme } = pair();
    expect(dht.give({ temperature: 1, humidity: 1 }).temperature).toMatch(/^4/);
    expect(bme.give(room)).toEqual(both('1'));
  });

  it('overrule a third', () => {
    const judge = createJudge();
    const [first, second, third] = ['a', 'b', 'c'].map((id) => hire('dht22', { judge, id }));
    first?.give({ temperature: 20 });
    second?.give({ temperature: 21 });
    expect(third?.give({ temperature: 30 })).toEqual({ temperature: '3 agreement' });
    expect(first?.give({ temperature: 20 })).toEqual({ temperature: '1' });
  });

  it('are not compared with what one of them said long ago', () => {
    const { dht, bme } = pair();
    dht.give({ temperature: 20 });
    expect(bme.give({ temperature: 28 }, 3 * hour).temperature).toBe('1');
  });
});

describe('a sensor that has just come', () => {
  it('is suspect until it has warmed up, where the site says how long that takes', () => {
    const hired = hire('sds011', { warmUp: 30 * second });
    hired.judge.appeared(0);
    expect(hired.give({ pm2_5: 12 })).toEqual({ pm2_5: '3 warm-up' });
    expect(hired.give({ pm2_5: 12 })).toEqual({ pm2_5: '3 warm-up' });
    expect(hired.give({ pm2_5: 12 })).toEqual({ pm2_5: '1' });
  });

  it('is believed at once where the site says nothing', () => {
    const hired = hire('sds011');
    hired.judge.appeared(0);
    expect(hired.give({ pm2_5: 12 })).toEqual({ pm2_5: '1' });
  });
});

describe('the site', () => {
  it('has the last word on limits', () => {
    const tight = {
      grossRange: { fail: [-20, 50] as [number, number], suspect: [-10, 40] as [number, number] },
    };
    const hired = hire('dht22', { quality: { temperature: { ...tight, without: [] } } });
    expect(hired.give({ temperature: -12 })).toEqual({ temperature: '3 gross-range' });
    expect(hired.give({ temperature: 51 }).temperature).toMatch(/^4 gross-range/);
  });

  it('can do without a test', () => {
    const hired = hire('dht22', { quality: { humidity: { without: ['flat-line'] } } });
    expect(hired.hold({ humidity: 61.3 }, 25 * hour, 10 * minute)).toEqual({ humidity: '1' });
  });
});

describe('after a restart', () => {
  function restarted(past: readonly Past[]) {
    const judge = createJudge();
    const hired = hire('dht22', { judge });
    judge.resume('dht22/temperature', past);
    return hired;
  }

  const every10s = (value: number, count: number): Past[] =>
    Array.from({ length: count }, (_, index) => ({
      time: (index - count) * 10 * second,
      value,
      quality: pass,
    }));

  it('a spike against what the store holds is found', () => {
    expect(restarted(every10s(21.4, 3)).give({ temperature: 33 }).temperature).toMatch(/^4 .*spike/);
  });

  it('a sensor that was stuck before is still stuck', () => {
    const stuck = every10s(21.4, 25 * 360);
    expect(restarted(stuck).give({ temperature: 21.4 })).toEqual({ temperature: '4 flat-line' });
  });

  it('one that was found stuck is still so, although only its last reading is left', () => {
    const doubts = ['flat-line'] as const;
    const last = { time: -10 * second, value: 21.4, quality: fail, doubts };
    expect(restarted([last]).give({ temperature: 21.4 })).toEqual({ temperature: '4 flat-line' });
    expect(restarted([last]).give({ temperature: 21.6 })).toEqual({ temperature: '1' });
  });

  it('a silence of hours proves no flat line', () => {
    const old = every10s(21.4, 9 * 360).map((each) => ({ ...each, time: each.time - 5 * hour }));
    expect(restarted(old).give({ temperature: 21.4 })).toEqual({ temperature: '1' });
  });

  it('what came before the store could be read is not forgotten', () => {
    const judge = createJudge();
    const hired = hire('dht22', { judge });
    hired.give({ temperature: 21.4 });
    judge.resume('dht22/temperature', every10s(21.4, 25 * 360));
    expect(hired.give({ temperature: 21.4 })).toEqual({ temperature: '4 flat-line' });
  });

  it('it makes no difference whether there was one', () => {
    const values = [20, 20.3, 20.1, 29, 20.2, 20.2, 12, 20.4];
    const whole = hire('dht22');
    const all = values.map((temperature) => whole.give({ temperature }));
    for (let cut = 1; cut < values.length; cut++) {
      const past = values.slice(0, cut).map((value, index) => ({
        time: (index + 1 - cut) * 10 * second,
        value,
        quality: Number(all[index]?.temperature?.[0]) as Quality,
      }));
      const rest = restarted(past);
      expect(values.slice(cut).map((temperature) => rest.give({ temperature }))).toEqual(all.slice(cut));
    }
  });
});

it('a sensor that is calibrated anew is not compared with what it said before', () => {
  const hired = trusted('dht22', room);
  hired.judge.forget();
  expect(hired.give({ temperature: 35, humidity: 62 })).toEqual(both('1'));
});
