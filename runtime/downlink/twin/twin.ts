import { adjustablePart, differences, withoutRestart } from '../../../config/desired.js';
import { ShelterError } from '../../../config/errors.js';
import type { SensorModel, Site } from '../../../config/site.js';
import type { Kept } from '../../kept.js';
import type { Logger } from '../../logger.js';
import { asShelterError } from '../../problem.js';
import { version as program } from '../../version.js';
import { type Gate, type Judged, replayed } from '../gate.js';
import type { Order } from '../order.js';
import { Refusal } from '../refusal.js';
import { type KeptTwin, type Read, readDesired } from './desired.js';

/** What the city desires, and what runs. */
export interface Twin {
  /** The site to start with: as it was last desired, where that still fits the site file. */
  readonly site: Site;
  /**
   * Takes a desired configuration whole, or refuses it whole: then the promise is kept that nothing has changed. It
   * rejects with a Refusal where the order is to be ignored, and with DESIRED_INVALID where its content is wrong.
   */
  take(judged: Judged): Promise<void>;
  report(): Report;
}

/** What runs, as it is told upstream. */
export interface Report {
  /** Of the desired configuration that runs; null where the site file alone does. */
  version: number | null;
  program: string;
  logLevel: string | null;
  /** Everything that may be desired, as it is. */
  site: object;
  /** What is desired and waits for a start. */
  needsRestart: readonly string[];
  /** What was desired last, where it was refused, and why. */
  refused: KeptTwin['refused'];
}

export interface TwinParts {
  /** As the site file has it. */
  fileSite: Site;
  models: readonly SensorModel[];
  kept: Kept<KeptTwin>;
  gate: Pick<Gate, 'remember' | 'trusts'>;
  log: Logger;
  /** Has what needs no restart hold from now on. */
  adjust(site: Site): void;
}

export function createTwin({ fileSite, models, kept, gate, log, adjust }: TwinParts): Twin {
  const usualLevel = log.level;
  const { accepted } = kept.value();
  const first: Read =
    accepted && gate.trusts('desired', accepted.key)
      ? readDesired(accepted.desired, fileSite, models)
      : { version: null, issues: [] };
  const running = 'site' in first ? first.site : fileSite;
  let wanted = running;
  let version = 'site' in first ? first.desired.version : null;
  if ('site' in first) setLevel(first.desired.logLevel);
  else if (first.issues.length > 0) complain(first);

  function setLevel(level: string | undefined): void {
    if (usualLevel !== undefined) log.level = level ?? usualLevel;
  }

  /** The site file was changed since, so that what was desired fits it no more. */
  function complain({ issues }: { issues: readonly { key: string; message: string }[] }): void {
    const reasons = issues.map(({ key, message }) => `${key}: ${message}`).join('; ');
    log.warn(
      { code: 'DESIRED_INVALID' },
      `The site file runs alone; what was desired does not fit it: ${reasons}`,
    );
  }

  async function take({ order, standing }: Judged): Promise<void> {
    if (standing !== 'new') {
      if (kept.value().order === nameOf(order)) return;
      throw replayed(order);
    }
    const read = readDesired(order.body, fileSite, models);
    if ('issues' in read) {
      await refuse(order, read);
      throw invalid(read);
    }
    await keep({
      order: nameOf(order),
      accepted: { key: order.key ?? '', desired: read.desired },
      refused: null,
    });
    await gate.remember(order).catch(() => {});
    wanted = read.site;
    version = read.desired.version;
    setLevel(read.desired.logLevel);
    adjust(withoutRestart(running, wanted));
  }

  async function refuse(
    order: Order,
    { version, issues }: Extract<Read, { issues: unknown }>,
  ): Promise<void> {
    const refused = { version, issues: [...issues] };
    await kept.put({ ...kept.value(), order: nameOf(order), refused }).catch(() => {});
    await gate.remember(order).catch(() => {});
  }

  /** What could not be kept is not applied: a restart would silently undo it. */
  async function keep(next: KeptTwin): Promise<void> {
    const before = kept.value();
    try {
      await kept.put(next);
    } catch (cause) {
      kept.put(before).catch(() => {});
      const why = asShelterError(cause, 'DOWNLINK_UNKEPT').message;
      throw new Refusal('unkept', `It could not be kept, so it is not applied: ${why}`, { cause });
    }
  }

  return {
    site: running,
    take,
    report() {
      const effective = withoutRestart(running, wanted);
      return {
        version,
        program,
        logLevel: log.level ?? null,
        site: adjustablePart(effective),
        needsRestart: differences(effective, wanted),
        refused: kept.value().refused,
      };
    },
  };
}

function nameOf({ key, id }: Order): string {
  return `${key}/${id}`;
}

function invalid({ version, issues }: Extract<Read, { issues: unknown }>): ShelterError {
  const reasons = issues.map(({ key, message }) => (key ? `${key}: ${message}` : message)).join('; ');
  return new ShelterError(
    'DESIRED_INVALID',
    `The desired configuration ${version ?? ''} is refused: ${reasons}`,
  );
}
