import type { Environment } from '../contract.js';

const hour = 3_600_000;
const fromUtc = 9 * hour;

/** Values come so long after the hour that they are about, in ms. */
const published = 10 * 60_000;

/**
 * What AirKorea would answer about a station in this air: the means of the last hours, the newest first. The station is
 * some kilometres away, where there is a little less dust.
 *
 * @param now wall time in ms
 */
export function airStationAnswer(environment: Environment, station: string, now: number): string {
  const newest = Math.floor((now - published) / hour) * hour;
  const items = [newest, newest - hour, newest - 2 * hour].map((end) => itemOf(environment, station, end));
  const body = { totalCount: 24, items, pageNo: 1, numOfRows: 3 };
  return JSON.stringify({ response: { body, header: { resultMsg: 'NORMAL_CODE', resultCode: '00' } } });
}

function itemOf(environment: Environment, station: string, end: number): Record<string, string | null> {
  const samples = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => environment.at(end - part * hour));
  const mean = (pick: (air: (typeof samples)[number]) => number) =>
    String(Math.round((0.9 * samples.reduce((sum, air) => sum + pick(air), 0)) / samples.length));
  return {
    stationName: station,
    mangName: '도시대기',
    dataTime: dataTime(end),
    pm10Value: mean(({ pm10 }) => pm10),
    pm10Flag: null,
    pm25Value: mean(({ pm2_5 }) => pm2_5),
    pm25Flag: null,
    o3Value: '0.031',
    o3Flag: null,
    no2Value: '-',
    no2Flag: '점검및교정',
  };
}

/** Midnight is the end of the day before: `2026-01-01 24:00`. */
function dataTime(end: number): string {
  const day = new Date(end + fromUtc - 1).toISOString().slice(0, 10);
  const hours = new Date(end + fromUtc).getUTCHours() || 24;
  return `${day} ${String(hours).padStart(2, '0')}:00`;
}
