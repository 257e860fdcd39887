import type { Faults, Health, Maintenance, MaintenanceSession } from '../../../runtime/api/contract.js';
import { type Check, digits, flag, list, moment, number, oneOf, orNull, shape, text } from './checks.js';
import { eventDetail } from './message.js';

export const session = shape<MaintenanceSession>({ token: text, lasts: number });

/** The sensors from inside, and the clock. */
export const maintenance = shape<Maintenance>({
  lasts: number,
  streams: list(
    shape<Maintenance['streams'][number]>({
      stream: text,
      sensor: text,
      property: text,
      symbol: text,
      digits,
      raw: orNull(number),
      value: orNull(number),
      age: orNull(number),
      flag: oneOf('pass', 'notEvaluated', 'suspect', 'fail', 'missing'),
      doubts: list(text),
      calibration: orNull(
        shape<NonNullable<Maintenance['streams'][number]['calibration']>>({
          version: number,
          gain: number,
          offset: number,
        }),
      ),
      correction: orNull(text),
    }),
  ),
  clock: shape<Maintenance['clock']>({ time: moment, moved: number }),
});

export const faults = shape<Faults>({
  faults: list(
    shape<Faults['faults'][number]>({
      kind: text,
      source: text,
      time: orNull(moment),
      detail: eventDetail,
    }),
  ),
});

/** What the page reads of how all parts are. */
export type HealthHeard = Pick<Health, 'status' | 'version' | 'uptime'> & {
  clock: Pick<Health['clock'], 'synchronised' | 'by'>;
  store: Pick<Health['store'], 'ok' | 'bytes' | 'quota' | 'lastSeq' | 'uncommitted'> & {
    gone: Health['store']['gone'];
    problem: { message: string } | null;
  };
  uplink:
    | (Pick<NonNullable<Health['uplink']>, 'url' | 'connected' | 'waiting' | 'sent' | 'quarantined'> & {
        problem: { message: string } | null;
      })
    | null;
};

const problem = orNull(shape<{ message: string }>({ message: text }));

const witnesses = ['timesyncd', 'chrony', 'kernel', 'rtc', 'nobody', 'impossible'] as const;

export const health: Check<HealthHeard> = shape<HealthHeard>({
  status: oneOf('ok', 'degraded'),
  version: text,
  uptime: number,
  clock: shape<HealthHeard['clock']>({ synchronised: flag, by: oneOf(...witnesses) }),
  store: shape<HealthHeard['store']>({
    ok: flag,
    bytes: number,
    quota: number,
    lastSeq: number,
    uncommitted: number,
    gone: shape<HealthHeard['store']['gone']>({
      thinned: number,
      dropped: number,
      released: number,
      damaged: number,
    }),
    problem,
  }),
  uplink: orNull(
    shape<NonNullable<HealthHeard['uplink']>>({
      url: text,
      connected: flag,
      waiting: number,
      sent: number,
      quarantined: number,
      problem,
    }),
  ),
});
