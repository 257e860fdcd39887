import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite, parseSite, SiteError } from '../../config/load.js';
import { sensorModels } from '../../drivers/index.js';
import { scratchFolder } from '../rigs/scratch.js';

const models = sensorModels();

const site = (feeds: string) => `id: a
name: { ko: 정류장 }
place: { latitude: 37.5, longitude: 127 }
timeZone: Asia/Seoul
languages: [ko]
feeds:
${feeds}
`;

function complaints(feeds: string): string {
  try {
    parseSite(site(feeds), { models });
  } catch (error) {
    expect(error).toBeInstanceOf(SiteError);
    return (error as SiteError).message;
  }
  return '';
}

describe('the feeds of a site file', () => {
  it('have defaults: the city first, the services where they are, calls as they are given', () => {
    const { feeds } = parseSite(site('  tago: { cityCode: 25, nodeId: DJB8001793, keyFile: key }'), {
      models,
    });
    expect(feeds).toEqual({
      hours: { from: '04:30', to: '00:30' },
      prefer: { arrivals: 'city', routes: 'city', notices: 'city', air: 'city' },
      tago: {
        cityCode: 25,
        nodeId: 'DJB8001793',
        keyFile: 'key',
        callsPerDay: 1_000,
        url: 'https://apis.data.go.kr/1613000',
      },
    });
  });

  it.each([
    ['  tago: { cityCode: 25, nodeId: N }', 'feeds.tago.keyFile'],
    ['  tago: { cityCode: 25, nodeId: N, keyFile: k, key: secret }', 'feeds.tago.key: unknown key'],
    ['  seoul: { arsId: 1190, keyFile: k }', 'feeds.seoul.arsId'],
    ['  seoul: { arsId: "119", keyFile: k }', 'the five digits on the sign'],
    ['  hours: { from: "4:30" }', 'a time of day in quotes'],
    ['  airkorea: { station: 종로구, keyFile: k, url: "https://x/y?serviceKey=s" }', 'no key in the address'],
    ['  airkorea: { station: 종로구, keyFile: k, url: "ftp://x" }', 'an address such as'],
    ['  timetable: { path: gtfs.zip, stops: [] }', 'at least 1 entry'],
    ['  gtfsRealtime: { url: "https://x/feed" }', 'feeds.timetable beside it'],
    ['  prefer: { arrivals: nobody }', 'one of city, feeds'],
    ['  bus: {}', 'feeds'],
  ])('are strict: %s', (feeds, message) => {
    expect(complaints(feeds)).toContain(message);
  });

  it('name files that start at the folder of the site', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'site.yaml');
    writeFileSync(
      file,
      site(`  timetable: { path: gtfs.zip, stops: [H] }
  gtfsRealtime: { url: "https://x/feed", keyFile: a.key }
  tago: { cityCode: 25, nodeId: N, keyFile: b.key }
  seoul: { arsId: "01190", keyFile: /etc/c.key }
  airkorea: { station: 종로구, keyFile: d.key }`),
    );
    const { feeds } = await loadSite(file, models);
    expect([
      feeds?.timetable?.path,
      feeds?.gtfsRealtime?.keyFile,
      feeds?.tago?.keyFile,
      feeds?.seoul?.keyFile,
      feeds?.airkorea?.keyFile,
    ]).toEqual([
      join(folder, 'gtfs.zip'),
      join(folder, 'a.key'),
      join(folder, 'b.key'),
      '/etc/c.key',
      join(folder, 'd.key'),
    ]);
  });
});
