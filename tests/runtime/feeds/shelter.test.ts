import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import type { Content, Health } from '../../../runtime/api/contract.js';
import { parseSite } from '../../../runtime/load-site.js';
import { createShelter, type Shelter } from '../../../runtime/shelter.js';
import { simulatedClockSync } from '../../../simulators/clock-sync.js';
import { modelledEnvironment, simulateCity } from '../../../simulators/index.js';
import { hearEvents } from '../../rigs/api-events.js';
import { readDatabase } from '../../rigs/database.js';
import { keyFile } from '../../rigs/key-file.js';
import { scratchFolder } from '../../rigs/scratch.js';

/** A shelter with a city behind its feeds: all of it real but the city, and on the machine's time. */
async function rig() {
  const clock = systemClock;
  const city = await simulateCity({ environment: modelledEnvironment(1), clock });
  const folder = scratchFolder();
  await city.writeTimetable(join(folder, 'gtfs'));
  const file = join(folder, 'readings.db');
  const site = parseSite(`
id: a
name: { ko: 종로2가, en: Jongno 2-ga }
place: { latitude: 37.57, longitude: 126.98 }
timeZone: Asia/Seoul
languages: [ko, en]
store: { file: ${file}, commitInterval: 100 ms }
api: { port: 0 }
feeds:
  timetable: { path: ${folder}/gtfs, stops: [jongno2] }
  gtfsRealtime: { url: ${city.url}/gtfs-realtime, interval: 5 s }
  airkorea: { station: 종로구, keyFile: ${keyFile('k')}, url: ${city.url}/airkorea }
`);
  const shelter = createShelter(site, {
    clockSync: simulatedClockSync({ synchronised: true, by: 'timesyncd' }),
    log: { info() {}, warn() {} },
  });
  await shelter.start();
  onTestFinished(async () => {
    await shelter.stop();
    await city.close();
  });
  return { shelter, city, file };
}

async function ask<Answer>({ url }: Shelter, path: string): Promise<Answer> {
  const response = await fetch(`${url}${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Answer;
}

describe('a shelter with feeds', () => {
  it('tells its page what they tell, and of one that fails', async () => {
    const { shelter, city, file } = await rig();
    const page = await hearEvents(shelter.url ?? '');
    await vi.waitFor(async () => {
      const { arrivals, air } = await ask<Content>(shelter, '/api/v1/content');
      expect(arrivals?.sources).toEqual(['timetable', 'gtfs-realtime']);
      expect(arrivals?.body.arrivals.length).toBeGreaterThan(0);
      expect(air?.body.station.ko).toBe('종로구');
    }, 10_000);
    expect(page.of('content').at(-1)?.routes?.body.routes).toHaveLength(10);
    expect((await ask<Health>(shelter, '/api/v1/health')).status).toBe('ok');

    await city.services.buses.setFault('garbage');
    await vi.waitFor(() => expect(page.of('event')).toHaveLength(1), 15_000);
    expect(page.of('event')).toMatchObject([{ kind: 'feed.failing', source: 'gtfs-realtime' }]);
    const { status, feeds } = await ask<Health>(shelter, '/api/v1/health');
    expect(status).toBe('degraded');
    expect(feeds.map(({ feed, state }) => [feed, state])).toEqual([
      ['timetable', 'ok'],
      ['gtfs-realtime', 'failing'],
      ['airkorea', 'ok'],
    ]);
    const metrics = await (await fetch(`${shelter.url}/metrics`)).text();
    expect(metrics).toContain('ushelter_feed_state{feed="gtfs-realtime",state="failing"} 1');
    expect(metrics).toContain('ushelter_feed_calls_today{feed="airkorea"} 1');
    await vi.waitFor(() =>
      expect(readDatabase(file).events.map(({ kind }) => kind)).toContain('feed.failing'),
    );
  });
});
