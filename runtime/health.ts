import { ShelterError } from '../config/errors.js';
import type { Clock } from '../drivers/ports.js';
import type { Health } from './api/contract.js';
import type { Devices } from './devices.js';
import type { Downlink, DownlinkStatus } from './downlink/downlink.js';
import type { Feeds } from './feeds/feeds.js';
import type { KioskDesk, KioskNow } from './kiosk/desk.js';
import { type Problem, problemOf } from './problem.js';
import type { SpeechDesk, SpeechStatus } from './speech/desk.js';
import type { LateStore } from './store/late-store.js';
import type { Salvage } from './store/port.js';
import type { Timekeeping } from './timekeeping.js';
import type { UplinkStatus } from './uplink/uplink.js';
import { version } from './version.js';
import { isoTime, viewProblem } from './view.js';

export interface HealthParts {
  devices: Pick<Devices, 'sensors'>;
  store: Pick<LateStore, 'current' | 'condition' | 'waiting'>;
  /** Of the database. */
  file: string;
  /** What it may grow to, in bytes. */
  quota: number;
  uplinkStatus: () => Promise<UplinkStatus | undefined>;
  clock: Clock;
  timekeeping: Pick<Timekeeping, 'state'>;
  /** Absent where there is no uplink. */
  downlink: Pick<Downlink, 'status'> | undefined;
  kiosk: Pick<KioskDesk, 'now'>;
  /** Where arrivals and official air come from. */
  feeds: Pick<Feeds, 'status'>;
  speech: Pick<SpeechDesk, 'status'>;
  /** Monotonic time of the start, in ms. */
  startedAt: number;
}

/** How all parts of the shelter are. Anything that fails makes it degraded; nothing makes it fail to answer. */
export async function examine(parts: HealthParts): Promise<Health> {
  const { devices, clock, startedAt } = parts;
  const sensors = devices.sensors();
  const [store, uplink] = await Promise.all([examineStore(parts), examineUplink(parts)]);
  const kiosk = parts.kiosk.now();
  const feeds = parts.feeds.status();
  const ok =
    store.ok &&
    !uplink?.problem &&
    !kiosk.problem &&
    sensors.every(({ state }) => state !== 'failing') &&
    feeds.every(({ problem }) => !problem);
  return {
    status: ok ? 'ok' : 'degraded',
    version,
    time: isoTime(clock.now()),
    uptime: Math.round(clock.monotonic() - startedAt) / 1_000,
    clock: { ...parts.timekeeping.state() },
    sensors,
    store,
    uplink,
    downlink: parts.downlink ? viewDownlink(parts.downlink.status()) : null,
    feeds,
    kiosk: viewKiosk(kiosk),
    speech: viewSpeech(parts.speech.status()),
  };
}

async function examineStore({ store, file, quota }: HealthParts): Promise<Health['store']> {
  const condition = store.condition();
  const status = await store.current()?.status();
  if (!status) {
    const problem = condition.state === 'failing' ? viewProblem(condition.problem) : null;
    const { readings, events } = store.waiting.dropped();
    return {
      ok: false,
      epoch: null,
      file,
      bytes: 0,
      quota,
      lastSeq: 0,
      uncommitted: store.waiting.size(),
      gone: { thinned: 0, dropped: readings + events, released: 0, damaged: 0 },
      problem,
    };
  }
  const { problem: failure, salvaged } = status;
  const problem = failure
    ? problemOf(failure.error, failure.since, undefined)
    : salvaged && damageOf(salvaged);
  return {
    ok: !problem,
    epoch: status.epoch,
    file: status.file,
    bytes: status.bytes,
    quota,
    lastSeq: status.last.readings,
    uncommitted: status.uncommitted,
    gone: { ...status.gone },
    problem: problem && viewProblem(problem),
  };
}

/** A card that has damaged a file once will do so again: somebody should know, although all goes on. */
export function damageOf({ time, file, kept, lost }: Salvage): Problem {
  const rows = ({ readings, events }: Salvage['kept']) => `${readings} readings and ${events} events`;
  const message = `The database was damaged: ${rows(kept)} were saved, ${rows(lost)} lost. It is now ${file}.`;
  return problemOf(new ShelterError('STORE_DAMAGED', message), time, undefined);
}

async function examineUplink({ uplinkStatus }: HealthParts): Promise<Health['uplink']> {
  const status = await uplinkStatus();
  if (!status) return null;
  return {
    url: status.url,
    connected: status.connected,
    waiting: status.waiting.readings + status.waiting.events,
    sent: status.sent.readings,
    quarantined: status.quarantined.readings + status.quarantined.events,
    problem: status.problem ? viewProblem(status.problem) : null,
  };
}

function viewDownlink({ taken, refused, twin }: DownlinkStatus): Health['downlink'] {
  return {
    taken: Object.values(taken).reduce((sum, count) => sum + count, 0),
    refused: { ...refused },
    desired: {
      version: twin.version,
      needsRestart: [...twin.needsRestart],
      refused: twin.refused !== null,
    },
  };
}

function viewSpeech({ languages, problem }: SpeechStatus): Health['speech'] {
  return { languages: [...languages], problem: problem ? viewProblem(problem) : null };
}

function viewKiosk({ expected, heardAgo, status, steps, problem }: KioskNow): Health['kiosk'] {
  if (!expected && heardAgo === undefined) return null;
  return {
    heard: heardAgo === undefined ? null : Math.round(heardAgo) / 1_000,
    status: status ?? null,
    steps: { ...steps },
    problem: problem ? viewProblem(problem) : null,
  };
}
