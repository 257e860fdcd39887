import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import type { Faultable } from '../console.js';
import type { Environment } from '../contract.js';
import type { FaultName } from '../faults.js';
import { airStationAnswer } from './air-station.js';
import { gtfsFiles } from './gtfs.js';
import { realtimeFeed } from './realtime.js';

/** A stand-in for the services of a city: buses by GTFS-realtime and official air by AirKorea, over HTTP. */
export interface SimulatedCity {
  /** `/gtfs-realtime` tells of the buses, `/airkorea/…` of the air. */
  readonly url: string;
  /** Each can be made to fail. */
  services: Readonly<Record<'buses' | 'station', Faultable>>;
  /** Writes the timetable of its buses into a folder, as GTFS. */
  writeTimetable(folder: string): Promise<void>;
  close(): Promise<void>;
}

export interface CityParts {
  environment: Environment;
  clock: Clock;
}

interface Service {
  type: string;
  answer(url: URL, now: number): Uint8Array;
}

/** Listens on loopback, on any port. */
export async function simulateCity({ environment, clock }: CityParts): Promise<SimulatedCity> {
  const buses = faulty({
    type: 'application/x-protobuf',
    answer: (_url, now) => realtimeFeed(now),
  });
  const station = faulty({
    type: 'application/json;charset=UTF-8',
    answer: (url, now) =>
      Buffer.from(airStationAnswer(environment, url.searchParams.get('stationName') ?? '', now)),
  });

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/gtfs-realtime') buses.serve(url, response);
    else if (url.pathname.startsWith('/airkorea/')) station.serve(url, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function faulty({
    type,
    answer,
  }: Service): Faultable & { serve(url: URL, response: ServerResponse): void } {
    let fault: FaultName | undefined;
    let since = 0;

    return {
      get fault() {
        return fault;
      },
      async setFault(next) {
        fault = next;
        since = clock.now();
      },
      serve(url, response) {
        if (fault === 'unplugged') {
          response.destroy();
          return;
        }
        // Asked and never answered; the client has to give up by itself.
        if (fault === 'silent') return;
        const right = answer(url, fault === 'stuck' ? since : clock.now());
        response.setHeader('content-type', type);
        if (fault === 'garbage') response.end('<html><body>Under maintenance</body></html>');
        else if (fault === 'out-of-range') response.end(answer(url, clock.now() + 5 * 86_400_000));
        else response.end(fault === 'truncated' ? right.subarray(0, right.length / 2) : right);
      },
    };
  }

  return {
    url: `http://127.0.0.1:${port}`,
    services: { buses, station },
    async writeTimetable(folder) {
      await mkdir(folder, { recursive: true });
      for (const [name, text] of gtfsFiles(clock.now())) await writeFile(join(folder, name), text);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
