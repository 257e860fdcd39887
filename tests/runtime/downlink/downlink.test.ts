import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { ShelterError } from '../../../config/errors.js';
import type { Site } from '../../../config/site.js';
import { DriverError } from '../../../drivers/contract.js';
import { sensorModels } from '../../../drivers/index.js';
import type { CityContent } from '../../../runtime/downlink/content/shown.js';
import { type Downlink, openDownlink, type Reach } from '../../../runtime/downlink/downlink.js';
import type { SensorControl } from '../../../runtime/ingest/sensor-control.js';
import { parseSite } from '../../../runtime/load-site.js';
import type { Logger } from '../../../runtime/logger.js';
import type { Reading, ShelterEvent } from '../../../runtime/reading.js';
import { type VirtualClock, virtualClock } from '../../../simulators/virtual-clock.js';
import { type Claims, claims, signer } from '../../rigs/city.js';
import { failingDisk } from '../../rigs/failing-disk.js';
import { type City, fakeCity } from './fakes.js';

const start = Date.UTC(2026, 0, 1);
const now = start / 1_000;
const city = signer();
const transit = signer('transit', ['content']);

const site = parseSite(`
id: a
name: { ko: 종로2가, en: Jongno 2-ga }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [ko, en]
serial: { air: { path: /dev/air } }
gpio: { lines: { lamp: 27, heater: 22 } }
sensors:
  - { id: air, driver: sds011, port: air, interval: 1 min }
outputs:
  - { id: lamp, driver: led, port: lamp }
  - { id: heater, driver: relay, port: heater }
uplink:
  url: mqtt://127.0.0.1
  topicPrefix: city
  trustedKeys:
    - { name: city-1, key: "${city.trusted.key}" }
    - { name: transit, key: "${transit.trusted.key}", may: [content] }
`);

const reading: Reading = {
  stream: { id: 'air/pm2_5', sensor: 'air', property: 'pm2_5', unit: 'ug/m3' },
  time: start,
  monotonic: 0,
  value: 4.4,
  raw: 4.4,
  quality: 1,
};

interface Rig {
  downlink: Downlink;
  city: City;
  clock: VirtualClock;
  disk: ReturnType<typeof failingDisk>;
  sync: { is: boolean };
  log: Logger;
  events: ShelterEvent[];
  contents: CityContent[];
  adjusted: Site[];
  lamp: (0 | 1 | undefined)[];
  calls: string[];
  air: { failure?: Error; takes: number };
  /** Lets everything run that follows. */
  settle(): Promise<void>;
}

const stopping: Downlink[] = [];
afterEach(async () => {
  for (const downlink of stopping.splice(0)) await downlink.stop();
});

function rig({
  disk = failingDisk(),
  clock = virtualClock(start),
  fileSite = site,
  synchronised = true,
  reach = {},
}: {
  disk?: Rig['disk'];
  clock?: VirtualClock;
  fileSite?: Site;
  synchronised?: boolean;
  reach?: Partial<Reach>;
} = {}): Rig {
  const played = fakeCity();
  const log: Logger = { info() {}, warn() {}, level: 'info' };
  const made = { events: [] as ShelterEvent[], contents: [] as CityContent[], adjusted: [] as Site[] };
  const lamp: Rig['lamp'] = [];
  const calls: string[] = [];
  const air: Rig['air'] = { takes: 0 };
  const sync = { is: synchronised };

  async function act<T>(name: string, result: T): Promise<T> {
    calls.push(name);
    if (air.takes > 0) await new Promise<void>((resolve) => clock.after(air.takes, resolve));
    if (air.failure) throw air.failure;
    return result;
  }

  const control: SensorControl = {
    retune: () => 0,
    sampleNow: () => act('sample', [reading]),
    restart: () => act('restart', undefined),
    cleanFan: () => act('clean', undefined),
  };
  const downlink = openDownlink({
    site: fileSite,
    models: sensorModels(),
    folder: '/state',
    disk,
    clock,
    isSynchronised: () => sync.is,
    log,
    onEvent: (event) => made.events.push(event),
    onContent: (content) => made.contents.push(content),
  });
  downlink.start();
  downlink.serve({
    link: played.link,
    sensing: {
      sensors: new Map([['air', control]]),
      lamps: new Map([['lamp', { override: (level) => lamp.push(level) }]]),
    },
    resend: async (_log, { first, last }) => last - first + 1,
    restart: () => calls.push('end'),
    help: {
      answer: (id, text) => {
        if (id !== 'c1') throw new ShelterError('COMMAND_REFUSED', `There is no call "${id}".`);
        calls.push(`answer ${JSON.stringify(text)}`);
      },
    },
    kiosk: {
      async order(wish) {
        calls.push(JSON.stringify(wish));
        return { id: 'k1' };
      },
      screenshot: async () => Buffer.from('a picture'),
    },
    async publishPicture(jpeg) {
      calls.push(`picture ${Buffer.from(jpeg)}`);
      return 'city/a/kiosk/screenshot';
    },
    adjust: (next) => made.adjusted.push(next),
    ...reach,
  });
  stopping.push(downlink);
  return {
    ...made,
    downlink,
    city: played,
    clock,
    disk,
    sync,
    log,
    lamp,
    calls,
    air,
    settle: () => clock.advance(0),
  };
}

const order = (kind: string, body: unknown, changes: Partial<Claims> = {}) =>
  city.sign(claims(kind, body, { iat: now, ...changes }));
const command = (name: string, args?: object, changes: Partial<Claims> = {}) =>
  order('command', { name, ...(args && { args }) }, changes);

const kinds = ({ events }: Rig) => events.map(({ kind }) => kind);

describe('a command', () => {
  it('is carried out and answered with its result', async () => {
    const { city: played, settle, calls, events } = rig();
    played.send('city/a/commands', command('sample-now', { sensor: 'air' }, { jti: 'one' }));
    await settle();
    expect(played.answers('city/a/commands/results')).toEqual([
      {
        id: 'one',
        key: 'city-1',
        command: 'sample-now',
        status: 'done',
        time: new Date(start).toISOString(),
        result: {
          readings: [
            {
              stream: 'air/pm2_5',
              value: 4.4,
              unit: 'ug/m3',
              flag: 'pass',
              time: new Date(start).toISOString(),
            },
          ],
        },
        problem: null,
      },
    ]);
    expect(calls).toEqual(['sample']);
    expect(events.at(-1)).toMatchObject({
      kind: 'command.done',
      detail: { id: 'one', command: 'sample-now' },
    });
  });

  it('is answered where its sender wants it, with what the sender gave for that', async () => {
    const { city: played, settle } = rig();
    const correlation = Uint8Array.of(1, 2, 3);
    played.send('city/a/commands', command('restart-sensor', { sensor: 'air' }), {
      responseTopic: 'office/desk-7',
      correlation,
    });
    await settle();
    expect(played.said.at(-1)).toMatchObject({ topic: 'office/desk-7', correlation, retain: false });
  });

  it.each(['city/a/twin/desired', 'city/a', '$SYS/x', 'a/#', '', 'forbidden/there'])(
    'is not answered at %j but with the other results',
    async (responseTopic) => {
      const { city: played, settle } = rig();
      played.send('city/a/commands', command('restart-sensor', { sensor: 'air' }), { responseTopic });
      await settle();
      expect(played.answers('city/a/commands/results')).toHaveLength(1);
    },
  );

  it('is carried out once, and asked again answered the same, after a restart too', async () => {
    const first = rig();
    const text = command('sample-now', { sensor: 'air' });
    for (let again = 0; again < 3; again++) first.city.send('city/a/commands', text);
    await first.settle();
    first.city.send('city/a/commands', text);
    await first.settle();
    await first.downlink.stop();
    const second = rig({ disk: first.disk });
    second.city.send('city/a/commands', text);
    await second.settle();

    const answers = [first, second].flatMap(({ city: played }) => played.answers('city/a/commands/results'));
    expect(answers).toHaveLength(5);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect([...first.calls, ...second.calls]).toEqual(['sample']);
  });

  it('that a power cut interrupted is not carried out again, and said to have failed', async () => {
    const first = rig();
    first.air.takes = 60_000;
    const text = command('sample-now', { sensor: 'air' });
    first.city.send('city/a/commands', text);
    await first.settle();
    expect(first.calls).toEqual(['sample']);
    const second = rig({ disk: first.disk });
    second.city.send('city/a/commands', text);
    await second.settle();
    expect(second.calls).toEqual([]);
    expect(second.city.answers('city/a/commands/results')).toMatchObject([
      {
        status: 'failed',
        problem: { code: 'COMMAND_FAILED', message: expect.stringContaining('ended before') },
      },
    ]);
    await first.clock.advance(60_000);
  });

  it('is not carried out where the card would not remember it', async () => {
    const it = rig();
    it.disk.failAt(0);
    it.city.send('city/a/commands', command('restart'));
    await it.settle();
    expect(it.calls).toEqual([]);
    expect(it.downlink.status().refused).toEqual({ unkept: 1 });
  });

  it('that an earlier one overtook is refused, as is a forged, a foreign and a stale one', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('sample-now', { sensor: 'air' }, { seq: 1_000_000 }));
    await it.settle();
    it.city.send('city/a/commands', command('sample-now', { sensor: 'air' }, { seq: 999_999 }));
    it.city.send('city/a/commands', signer().sign(claims('command', { name: 'restart' }, { iat: now })));
    it.city.send('city/a/commands', command('restart', {}, { aud: 'b', seq: 1_000_001 }));
    it.city.send('city/a/commands', command('restart', {}, { iat: now - 7_200, seq: 1_000_002 }));
    it.city.send('city/a/commands', transit.sign(claims('command', { name: 'restart' }, { iat: now })));
    it.city.send('city/a/commands', JSON.stringify(claims('command', { name: 'restart' }, { iat: now })));
    await it.settle();
    expect(it.calls).toEqual(['sample']);
    expect(it.city.answers('city/a/commands/results')).toHaveLength(1);
    expect(it.downlink.status().refused).toEqual({
      replayed: 1,
      'bad-signature': 1,
      'wrong-device': 1,
      expired: 1,
      'not-permitted': 1,
      unsigned: 1,
    });
    expect(kinds(it).filter((kind) => kind === 'downlink.refused')).toHaveLength(6);
  });

  it('is answered with a reason where it does not fit, and fails with the device’s own', async () => {
    const it = rig();
    it.air.failure = new DriverError('DEVICE_SILENT', 'no answer');
    const commands: [string, object?][] = [
      ['sample-no'],
      ['sample-now'],
      ['sample-now', { sensor: 'ari' }],
      ['sample-now', { sensor: 'air' }],
      ['sample-now', { sensor: 'air', now: true }],
      ['identify', { output: 'heater' }],
      ['resend', { first: 5, last: 4 }],
      ['resend', { first: 1, last: 1_000_000 }],
      ['set-log-level', { level: 'loud' }],
    ];
    for (const [name, args] of commands) {
      it.city.send('city/a/commands', command(name, args));
      await it.settle();
    }
    it.city.send('city/a/commands', order('command', 'restart'));
    await it.settle();
    const answers = it.city.answers('city/a/commands/results') as {
      status: string;
      problem: { message: string };
    }[];
    expect(answers.map(({ status }) => status)).toEqual([
      'refused',
      'refused',
      'refused',
      'failed',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
    ]);
    expect(answers[0]?.problem.message).toContain('did you mean "sample-now"?');
    expect(answers[2]?.problem.message).toContain('There is no sampled sensor "ari" (did you mean "air"?)');
    expect(answers[3]?.problem).toMatchObject({ code: 'DEVICE_SILENT', message: 'no answer' });
    expect(it.lamp).toEqual([]);
  });

  it('keeps its answer until there is a connection', async () => {
    const it = rig();
    it.city.disconnect();
    it.city.send('city/a/commands', command('restart-sensor', { sensor: 'air' }));
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toEqual([]);
    it.city.connect();
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([{ status: 'done' }]);
  });

  it('need not wait for others, up to a number', async () => {
    const it = rig();
    it.air.takes = 30_000;
    for (let n = 0; n < 9; n++) it.city.send('city/a/commands', command('sample-now', { sensor: 'air' }));
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      { status: 'refused', problem: { message: '8 commands are under way already.' } },
    ]);
    await it.clock.advance(30_000);
    expect(it.city.answers('city/a/commands/results')).toHaveLength(9);
  });

  it('breaks nothing, whatever a trusted key signs', async () => {
    const it = rig();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('command', 'desired', 'arrivals', 'emergency'),
        fc.jsonValue(),
        async (kind, body) => {
          const topics = { command: 'commands', desired: 'twin/desired' } as Record<string, string>;
          it.city.send(`city/a/${topics[kind] ?? `content/${kind}`}`, order(kind, body));
          await it.settle();
        },
      ),
      { numRuns: 60 },
    );
    it.city.send('city/a/commands', command('restart-sensor', { sensor: 'air' }));
    await it.settle();
    expect(it.city.answers('city/a/commands/results').at(-1)).toMatchObject({ status: 'done' });
  });
});

describe('each command', () => {
  it('clean-fan has the sensor clean its fan', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('clean-fan', { sensor: 'air' }));
    await it.settle();
    expect(it.calls).toEqual(['clean']);
  });

  it('identify blinks the lamps for so many seconds, and then lets them be', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('identify', { seconds: 2 }));
    await it.clock.advance(10_000);
    expect(it.lamp).toEqual([1, 0, 1, 0, undefined]);
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      { status: 'done', result: { lamps: 1 } },
    ]);
  });

  it('identify ends when the program does', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('identify', { output: 'lamp', seconds: 600 }));
    await it.settle();
    await it.downlink.stop();
    await it.clock.advance(5_000);
    expect(it.lamp).toEqual([1, undefined]);
  });

  it('answer-help answers a call, and is refused where there is none', async () => {
    const it = rig();
    const text = { ko: '곧 갑니다', en: 'On our way' };
    it.city.send('city/a/commands', command('answer-help', { call: 'c1', text }));
    it.city.send('city/a/commands', command('answer-help', { call: 'c2', text }));
    it.city.send('city/a/commands', command('answer-help', { call: 'c1', text: {} }));
    await it.settle();
    expect(it.calls).toEqual([`answer ${JSON.stringify(text)}`]);
    expect(kinds(it)).toEqual(['command.done', 'command.refused', 'command.refused']);
  });

  it('set-log-level sets it, where there is one to set', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('set-log-level', { level: 'debug' }));
    await it.settle();
    expect(it.log.level).toBe('debug');
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      { result: { level: 'debug', before: 'info' } },
    ]);
  });

  it('resend tells how many rows went out', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('resend', { first: 11, last: 20 }));
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      { result: { log: 'readings', first: 11, last: 20, sent: 10 } },
    ]);
  });

  it('screenshot sends the picture on a topic of its own, and tells what was sent', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('screenshot'));
    await it.settle();
    expect(it.calls).toEqual(['picture a picture']);
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      {
        status: 'done',
        result: {
          topic: 'city/a/kiosk/screenshot',
          bytes: 9,
          sha256: createHash('sha256').update('a picture').digest('hex'),
        },
      },
    ]);
    expect(it.events).toMatchObject([{ kind: 'command.done', detail: { command: 'screenshot' } }]);
  });

  it('screenshot says why there is none', async () => {
    const refuse = async () => {
      throw new ShelterError('COMMAND_FAILED', 'The kiosk did not answer.');
    };
    const it = rig({ reach: { kiosk: { order: refuse, screenshot: refuse } } });
    it.city.send('city/a/commands', command('screenshot'));
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([
      { status: 'failed', problem: { code: 'COMMAND_FAILED' } },
    ]);
  });

  it('reload-kiosk and set-brightness are handed to the kiosk', async () => {
    const it = rig();
    it.city.send('city/a/commands', command('reload-kiosk'));
    it.city.send('city/a/commands', command('set-brightness', { percent: 60, minutes: 5 }));
    it.city.send('city/a/commands', command('set-brightness', { percent: 0 }));
    await it.settle();
    expect(it.calls).toEqual(['{"kind":"reload"}', '{"kind":"brightness","percent":60,"minutes":5}']);
    const answers = it.city.answers('city/a/commands/results');
    expect(answers.map((answer) => (answer as { status: string }).status)).toEqual([
      'done',
      'done',
      'refused',
    ]);
  });

  it('restart ends the program once its answer is out, and only once', async () => {
    const it = rig();
    const text = command('restart');
    it.city.send('city/a/commands', text);
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([{ status: 'done' }]);
    expect(it.calls).toEqual(['end']);
    const next = rig({ disk: it.disk });
    next.city.send('city/a/commands', text);
    await next.settle();
    expect(next.calls).toEqual([]);
  });

  it('restart is refused where nothing would start the program again', async () => {
    const it = rig({ reach: { restart: undefined } });
    it.city.send('city/a/commands', command('restart'));
    await it.settle();
    expect(it.city.answers('city/a/commands/results')).toMatchObject([{ status: 'refused' }]);
  });
});

describe('what is desired', () => {
  const desire = (it: Rig, body: unknown, changes: Partial<Claims> = {}) => {
    it.city.send('city/a/twin/desired', order('desired', body, changes), { retained: true });
    return it.settle();
  };
  const reported = (it: Rig) => it.city.answers('city/a/twin/reported').at(-1);

  it('is told as it is from the first connection on', () => {
    const it = rig();
    expect(reported(it)).toMatchObject({
      version: null,
      logLevel: 'info',
      site: { sensors: { air: { interval: '1 min' } }, kiosk: { pxPerMm: 4 } },
      needsRestart: [],
      refused: null,
    });
    expect(it.city.said[0]).toMatchObject({ topic: 'city/a/twin/reported', retain: true });
  });

  it('holds at once where it can, and at the next start where it must', async () => {
    const it = rig();
    await desire(it, {
      version: 7,
      logLevel: 'debug',
      site: { kiosk: { pxPerMm: 3 }, sensors: { air: { interval: '10 s', options: { mode: 'query' } } } },
    });
    expect(it.adjusted).toHaveLength(1);
    expect(it.adjusted[0]).toMatchObject({
      kiosk: { pxPerMm: 3 },
      sensors: [{ interval: 10_000, options: { mode: 'active' } }],
    });
    expect(it.log.level).toBe('debug');
    expect(reported(it)).toMatchObject({
      version: 7,
      logLevel: 'debug',
      site: { sensors: { air: { interval: '10 s', options: { mode: 'active' } } } },
      needsRestart: ['sensors.air.options.mode'],
    });
    const next = rig({ disk: it.disk });
    expect(next.downlink.site.sensors[0]).toMatchObject({ interval: 10_000, options: { mode: 'query' } });
    expect(reported(next)).toMatchObject({
      version: 7,
      needsRestart: [],
      site: next.downlink.site.kiosk && {},
    });
  });

  it('is whole: what it does not name any more is as the file has it', async () => {
    const it = rig();
    await desire(it, { version: 1, logLevel: 'debug', site: { sensors: { air: { interval: '10 s' } } } });
    await desire(it, { version: 2 });
    expect(it.adjusted.at(-1)).toEqual(site);
    expect(it.log.level).toBe('info');
  });

  it('is refused whole where any of it is wrong, with reasons, and what ran before runs on', async () => {
    const it = rig();
    await desire(it, { version: 1, site: { sensors: { air: { interval: '10 s' } } } });
    await desire(it, { version: 2, site: { kiosk: { pxPerMm: 3 }, sensors: { air: { interval: '5 ms' } } } });
    expect(it.adjusted).toHaveLength(1);
    expect(reported(it)).toMatchObject({
      version: 1,
      site: { kiosk: { pxPerMm: 4 } },
      refused: {
        version: 2,
        issues: [{ key: 'site.sensors.air.interval', message: expect.stringContaining('a duration from') }],
      },
    });
    expect(kinds(it)).toEqual(['twin.applied', 'twin.refused']);
    expect(reported(rig({ disk: it.disk }))).toMatchObject({ version: 1, refused: { version: 2 } });
    await desire(it, { version: 3, site: {} });
    expect(reported(it)).toMatchObject({ version: 3, refused: null });
  });

  it('is ignored when it comes again, and refused when it comes late', async () => {
    const it = rig();
    const old = order('desired', { version: 1 });
    it.city.send('city/a/twin/desired', old);
    await it.settle();
    const latest = order('desired', { version: 2, site: { kiosk: { pxPerMm: 3 } } });
    for (const text of [latest, latest, old]) it.city.send('city/a/twin/desired', text);
    await it.settle();
    expect(it.adjusted).toHaveLength(2);
    expect(it.downlink.status().refused).toEqual({ replayed: 1 });
    expect(reported(it)).toMatchObject({ version: 2 });
  });

  it('is the last good one after a power cut at any moment of a change', async () => {
    for (let step = 0; step <= 14; step++) {
      const it = rig();
      await desire(it, { version: 1, site: { kiosk: { pxPerMm: 2 } } });
      it.disk.failAt(step);
      await desire(it, { version: 2, site: { kiosk: { pxPerMm: 3 } } });
      const applied = it.adjusted.length === 2;
      for (const state of it.disk.afterPowerCut()) {
        it.disk.restore(state);
        const { pxPerMm } = rig({ disk: it.disk }).downlink.site.kiosk;
        expect(applied ? [3] : [2, 3]).toContain(pxPerMm);
      }
    }
  });

  it('is not applied where it cannot be kept', async () => {
    const it = rig();
    it.disk.failAt(0);
    await desire(it, { version: 1, site: { kiosk: { pxPerMm: 3 } } });
    expect(it.adjusted).toEqual([]);
    expect(it.downlink.status().refused).toEqual({ unkept: 1 });
    it.disk.failAt(Number.POSITIVE_INFINITY);
    await desire(it, { version: 2, site: { kiosk: { pxPerMm: 0 } } });
    expect(rig({ disk: it.disk }).downlink.site).toEqual(site);
  });

  it('counts no more once the site file trusts its key no more, or does not fit it any more', async () => {
    const it = rig();
    await desire(it, { version: 1, site: { sensors: { air: { interval: '10 s' } } } });
    const untrusting = { ...site, uplink: site.uplink && { ...site.uplink, trustedKeys: [] } };
    expect(rig({ disk: it.disk, fileSite: untrusting }).downlink.site).toEqual(untrusting);
    const without = { ...site, sensors: [] };
    const next = rig({ disk: it.disk, fileSite: without });
    expect(next.downlink.site).toEqual(without);
    expect(reported(next)).toMatchObject({ version: null });
  });
});

describe('content for the screen', () => {
  const flood = {
    messages: [
      {
        id: 'kma-1',
        severity: 'severe',
        status: 'actual',
        headline: { ko: '호우 경보', en: 'Heavy rain warning' },
        sender: { en: 'Weather service' },
      },
    ],
  };
  const bus = (line = '273') => ({
    arrivals: [{ line, destination: { en: 'City hall' }, expected: '2026-01-01T00:05:00Z', basis: 'live' }],
  });
  const show = (it: Rig, kind: string, text: string) => {
    it.city.send(`city/a/content/${kind}`, text, { retained: true });
    return it.settle();
  };

  it('is shown until it expires, and told when it comes and goes', async () => {
    const it = rig();
    await show(it, 'emergency', order('emergency', flood, { exp: now + 60 }));
    expect(it.downlink.content()).toEqual({
      arrivals: null,
      routes: null,
      notices: null,
      air: null,
      emergency: {
        issued: '2026-01-01T00:00:00.000Z',
        expires: '2026-01-01T00:01:00.000Z',
        signedBy: 'city-1',
        body: flood,
      },
    });
    expect(kinds(it)).toEqual(['emergency.received']);
    await it.clock.advance(59_000);
    expect(it.downlink.content().emergency).not.toBeNull();
    await it.clock.advance(2_000);
    expect(it.downlink.content().emergency).toBeNull();
    expect(it.contents.map(({ emergency }) => emergency !== null)).toEqual([true, false]);
  });

  it('survives a restart, an emergency also a power cut right after it came', async () => {
    const it = rig();
    await show(it, 'emergency', order('emergency', flood));
    await show(it, 'arrivals', transit.sign(claims('arrivals', bus(), { iat: now })));
    for (const state of it.disk.afterPowerCut()) {
      const disk = failingDisk();
      disk.restore(state);
      expect(rig({ disk }).downlink.content().emergency?.body).toEqual(flood);
    }
    await it.downlink.stop();
    const later = rig({ disk: it.disk, clock: virtualClock(start + 600_000) }).downlink.content();
    expect(later.emergency?.body).toEqual(flood);
    expect(later.arrivals?.body.arrivals[0]).toMatchObject({ line: '273', status: 'running' });
    const much = rig({ disk: it.disk, clock: virtualClock(start + 3_600_000) }).downlink.content();
    expect(much).toMatchObject({ emergency: null, arrivals: null });
  });

  it('is never shown unsigned, replayed, stale or by who may not', async () => {
    const it = rig();
    await show(it, 'emergency', JSON.stringify(claims('emergency', flood, { iat: now })));
    await show(it, 'emergency', transit.sign(claims('emergency', flood, { iat: now })));
    await show(it, 'emergency', order('emergency', flood, { iat: now - 10, exp: now - 1 }));
    expect(it.downlink.content().emergency).toBeNull();
    const alarm = order('emergency', flood);
    await show(it, 'emergency', alarm);
    await show(it, 'emergency', order('emergency', { messages: [] }));
    await show(it, 'emergency', alarm);
    expect(it.downlink.content().emergency?.body).toEqual({ messages: [] });
    expect(it.downlink.status().refused).toEqual({
      unsigned: 1,
      'not-permitted': 1,
      expired: 1,
      replayed: 1,
    });
  });

  it('may be unsigned where the site says so, but for emergencies', async () => {
    const fileSite = { ...site, uplink: site.uplink && { ...site.uplink, unsignedContent: 'show' as const } };
    const it = rig({ fileSite });
    for (const [kind, body] of [
      ['arrivals', bus()],
      ['emergency', flood],
    ] as const) {
      await show(it, kind, JSON.stringify(claims(kind, body, { iat: now })));
    }
    expect(it.downlink.content()).toMatchObject({ arrivals: { signedBy: null }, emergency: null });
  });

  it('is refused where its body is not as it must be, and what was there stays', async () => {
    const it = rig();
    await show(it, 'arrivals', order('arrivals', bus()));
    await show(it, 'arrivals', order('arrivals', { arrivals: [{ line: '<script>\u0000' }] }));
    expect(it.downlink.content().arrivals?.body).toMatchObject(bus());
    expect(it.downlink.status().refused).toEqual({ invalid: 1 });
    expect(it.events.at(-1)?.detail.message).toContain('body.arrivals.0.line');
  });

  it('that the broker has thrown away is shown until it expires', async () => {
    const it = rig();
    await show(it, 'emergency', order('emergency', flood));
    await show(it, 'emergency', '');
    expect(it.downlink.content().emergency).not.toBeNull();
    expect(it.downlink.status().refused).toEqual({});
  });

  it('of less weight costs the card few writes', async () => {
    const it = rig();
    it.disk.failAt(Number.POSITIVE_INFINITY);
    for (let n = 0; n < 120; n++) {
      const at = now + n * 20;
      await show(it, 'arrivals', order('arrivals', bus(`line ${n}`), { iat: at, exp: at + 600 }));
      await it.clock.advance(20_000);
    }
    expect(it.downlink.status().taken.arrivals).toBe(120);
    expect(it.disk.operations()).toBeLessThan(60);
  });

  it('lost in a power cut before it was kept is taken from the broker again', async () => {
    const it = rig();
    const notice = order('notices', { notices: [] });
    await show(it, 'notices', notice);
    await show(it, 'emergency', order('emergency', flood));
    const next = rig({ disk: it.disk });
    await show(next, 'notices', notice);
    expect(next.downlink.content().notices).not.toBeNull();
  });

  it('is shown without knowing the time: an emergency after a restart too, the rest only while it runs', async () => {
    const clock = virtualClock(0);
    const it = rig({ clock, synchronised: false });
    await show(it, 'emergency', order('emergency', flood, { exp: now + 600 }));
    await show(it, 'arrivals', order('arrivals', bus(), { exp: now + 600 }));
    expect(it.downlink.content()).toMatchObject({ emergency: {}, arrivals: {} });
    await it.downlink.stop();
    const next = rig({ disk: it.disk, clock: virtualClock(0), synchronised: false });
    expect(next.downlink.content()).toMatchObject({ emergency: {}, arrivals: null });
    await next.clock.advance(601_000);
    expect(next.downlink.content().emergency).toBeNull();
    const known = rig({ disk: it.disk, clock: virtualClock(start + 601_000) });
    expect(known.downlink.content().emergency).toBeNull();
  });

  it('is not taken again from the broker once somebody else’s is newer', async () => {
    const it = rig();
    const first = order('notices', { notices: [] });
    await show(it, 'notices', first);
    const newer = { notices: [{ id: 'n1', severity: 'warning', title: { en: 'Detour' } }] };
    await show(it, 'notices', transit.sign(claims('notices', newer, { iat: now + 1 })));
    await show(it, 'notices', first);
    expect(it.downlink.content().notices).toMatchObject({ signedBy: 'transit', body: newer });
    expect(it.downlink.status().refused).toEqual({ replayed: 1 });
  });

  it('is not shown for longer than it was to hold where the wall time is set back', async () => {
    const it = rig();
    await show(it, 'emergency', order('emergency', flood, { exp: now + 600 }));
    it.clock.step(-3_600_000);
    await it.clock.advance(599_000);
    expect(it.downlink.content().emergency).not.toBeNull();
    await it.clock.advance(2_000);
    expect(it.downlink.content().emergency).toBeNull();
  });

  it('counts no more once the site file trusts its key no more', async () => {
    const it = rig();
    await show(it, 'emergency', order('emergency', flood));
    await it.downlink.stop();
    const untrusting = { ...site, uplink: site.uplink && { ...site.uplink, trustedKeys: [transit.trusted] } };
    expect(rig({ disk: it.disk, fileSite: untrusting }).downlink.content().emergency).toBeNull();
  });
});

it('a flood of forgeries is counted in full and told a little', async () => {
  const it = rig();
  for (let n = 0; n < 1_000; n++) it.city.send('city/a/commands', 'no order at all');
  await it.settle();
  await it.clock.advance(61_000);
  it.city.send('city/a/commands', 'no order at all');
  await it.settle();
  expect(it.downlink.status().refused).toEqual({ unsigned: 1_001 });
  expect(it.events.map(({ kind, detail }) => [kind, detail.times])).toEqual([
    ['downlink.refused', 1],
    ['downlink.refused', 1_000],
  ]);
});
