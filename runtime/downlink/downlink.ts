import { join } from 'node:path';
import type { SensorModel, Site } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/ports.js';
import { type Disk, machineDisk } from '../disk.js';
import { type KeptParts, keptValue } from '../kept.js';
import type { Logger } from '../logger.js';
import { asShelterError } from '../problem.js';
import type { ShelterEvent } from '../reading.js';
import type { Received, UplinkLink } from '../uplink/link.js';
import { type Answers, createAnswers } from './answers.js';
import { createDesk, type Desk, outcomesSchema } from './commands/desk.js';
import { allCommands, type Powers } from './commands/index.js';
import { type ContentKind, contentKinds, keptContentSchema } from './content/kinds.js';
import { type CityContent, type ShownContent, shownContent } from './content/shown.js';
import { createGate, emptyLedger, ledgerSchema, replayed } from './gate.js';
import { type Kind, kinds } from './kinds.js';
import { Refusal, type RefusalReason } from './refusal.js';
import { countRefusals } from './refusals.js';
import { trustedTime } from './trusted-time.js';
import { keptTwinSchema, noTwin } from './twin/desired.js';
import { createTwin, type Report, type Twin } from './twin/twin.js';

/** The way back: what the city wants of a shelter, from the broker to where it takes effect. */
export interface Downlink {
  /** The site to start with: that of the file, with what was desired last. */
  readonly site: Site;
  /** What the screen may show that the city has sent. */
  content(): CityContent;
  status(): DownlinkStatus;
  /** From now on it tells of content that expires. */
  start(): void;
  /** Begins to listen. To be called before the link is started, so that nothing retained is missed. */
  serve(reach: Reach): void;
  /** Stops listening, and writes what waits to be kept. */
  stop(): Promise<void>;
}

export interface DownlinkStatus {
  /** Messages that were believed since the start, by kind. */
  taken: Readonly<Record<Kind, number>>;
  refused: Readonly<Partial<Record<RefusalReason, number>>>;
  twin: Report;
}

/** What orders may bring about, and the way they come. */
export interface Reach extends Omit<Powers, 'clock' | 'log'> {
  link: Pick<UplinkLink, 'listen' | 'publish' | 'onConnected'>;
  /** Has the part of a site that needs no restart hold from now on. */
  adjust(site: Site): void;
}

export interface DownlinkParts {
  /** As the site file has it. */
  site: Site;
  models: readonly SensorModel[];
  /** Where what must outlive the program is kept. */
  folder: string;
  disk?: Disk;
  clock: Clock;
  /** Whether the wall time can be believed. */
  isSynchronised: () => boolean;
  log: Logger;
  onEvent(event: ShelterEvent): void;
  /** Something of it has come, or expired. */
  onContent(content: CityContent): void;
}

export function openDownlink(parts: DownlinkParts): Downlink {
  const { site: fileSite, models, folder, disk = machineDisk, clock, isSynchronised, log } = parts;
  const { uplink } = fileSite;
  const refusals = countRefusals(clock, tellRefusal);
  const taken: Record<Kind, number> = {
    command: 0,
    desired: 0,
    arrivals: 0,
    routes: 0,
    notices: 0,
    air: 0,
    emergency: 0,
  };
  let reach: Reach | undefined;
  let desk: Desk | undefined;
  let answers: Answers | undefined;
  let turn: Promise<void> = Promise.resolve();
  let cancels: Cancel[] = [];

  const ledger = keep('orders.json', ledgerSchema, emptyLedger);
  const outcomes = keep('commands.json', outcomesSchema, []);
  const time = trustedTime({ clock, isSynchronised, floor: ledger.value().floor });
  const gate = createGate({
    addressee: {
      device: fileSite.id,
      keys: uplink?.trustedKeys ?? [],
      unsigned: uplink?.unsignedContent === 'show' ? ['arrivals', 'routes', 'notices', 'air'] : [],
    },
    time,
    ledger,
  });
  const twin: Twin = createTwin({
    fileSite,
    models,
    kept: keep('twin.json', keptTwinSchema, noTwin),
    gate,
    log,
    adjust: (site) => reach?.adjust(site),
  });
  const shown: ShownContent = shownContent({
    kept: keep('content.json', keptContentSchema, {}),
    gate,
    time,
    clock,
    onChange: parts.onContent,
  });

  function keep<T>(name: string, schema: KeptParts<T>['schema'], initial: T) {
    return keptValue({
      file: join(folder, name),
      schema,
      initial,
      disk,
      clock,
      code: 'DOWNLINK_UNKEPT',
      onLost: warn,
    });
  }

  function warn(error: unknown): void {
    const { code, message, hint } = asShelterError(error, 'DOWNLINK_UNKEPT');
    log.warn({ code, hint }, message);
  }

  function tell(kind: string, detail: ShelterEvent['detail']): void {
    parts.onEvent({
      kind,
      source: 'downlink',
      time: clock.now(),
      monotonic: clock.monotonic(),
      detail,
    });
  }

  function tellRefusal({ reason, message, hint, code }: Refusal, kind: Kind, times: number): void {
    log.warn({ code, hint, kind, reason, times }, `A message from upstream is refused. ${message}`);
    tell('downlink.refused', { kind, reason, message, times });
  }

  /** An empty message tells only that the broker keeps none any more; that is no order. */
  function hear(kind: Kind, message: Received): void {
    if (message.payload.length === 0) return;
    const done = kind === 'command' ? command(message) : inTurn(() => take(kind, message.payload));
    done.catch((error) => {
      if (error instanceof Refusal) refusals.take(error, kind);
      else warn(error);
    });
  }

  /** State is taken in the order in which it came; commands may go side by side. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.catch(() => {}).then(work);
    return turn;
  }

  function take(kind: Exclude<Kind, 'command'>, payload: Uint8Array): Promise<void> {
    return kind === 'desired' ? desire(payload) : show(kind, payload);
  }

  async function command(message: Received): Promise<void> {
    const judged = gate.judge(message.payload, 'command');
    if (!desk) return;
    const { outcome, afterwards } = await desk.take(judged);
    if (judged.standing === 'new') {
      taken.command += 1;
      const { id, key, command, status } = outcome;
      tell(`command.${status}`, { id, key: key ?? '', command: command ?? '' });
    }
    await answers?.send(outcome, message);
    afterwards?.();
  }

  async function desire(payload: Uint8Array): Promise<void> {
    const judged = gate.judge(payload, 'desired');
    try {
      await twin.take(judged);
      if (judged.standing !== 'new') return;
      taken.desired += 1;
      const { version, needsRestart } = twin.report();
      tell('twin.applied', { version: version ?? 0, needsRestart: needsRestart.join(' ') });
    } catch (error) {
      const { code, message } = asShelterError(error, 'DESIRED_INVALID');
      if (code !== 'DESIRED_INVALID') throw error;
      warn(error);
      tell('twin.refused', { message: message.slice(0, 500) });
    }
    report();
  }

  async function show(kind: ContentKind, payload: Uint8Array): Promise<void> {
    const { order, standing } = gate.judge(payload, kind);
    if (shown.has(order, kind)) return;
    if (standing === 'old' || (standing === 'last' && !shown.lacks(order, kind))) throw replayed(order);
    await shown.put(order, kind).catch((error) => {
      if (error instanceof Refusal) throw error;
      warn(error);
    });
    taken[kind] += 1;
    if (kind === 'emergency') tell('emergency.received', { id: order.id, key: order.key ?? '' });
    await gate.remember(order, contentKinds[kind].within);
  }

  function report(): void {
    if (!reach || !uplink) return;
    const payload = new TextEncoder().encode(JSON.stringify(twin.report()));
    const topic = `${uplink.topicPrefix}/${fileSite.id}/twin/reported`;
    // Without a connection it is told with the next one.
    reach.link.publish({ topic, payload, retain: true, contentType: 'application/json' }).catch(() => {});
  }

  return {
    site: twin.site,
    content: shown.now,
    start: shown.start,
    status: () => ({ taken: { ...taken }, refused: refusals.counts(), twin: twin.report() }),
    serve(given) {
      if (!uplink) return;
      const own = `${uplink.topicPrefix}/${fileSite.id}`;
      const { link, adjust: _, ...powers } = given;
      reach = given;
      desk = createDesk({ commands: allCommands({ ...powers, log, clock }), gate, outcomes, clock });
      answers = createAnswers({ link, results: `${own}/commands/results`, own, log });
      cancels = [
        ...(Object.keys(kinds) as Kind[]).map((kind) =>
          link.listen(`${own}/${kinds[kind].topic}`, (message) => hear(kind, message)),
        ),
        link.onConnected(report),
        answers.stop,
      ];
    },
    async stop() {
      for (const cancel of cancels) cancel();
      desk?.stop();
      await turn.catch(() => {});
      await shown.stop();
      await ledger.flush().catch(warn);
    },
  };
}
