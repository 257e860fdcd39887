import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../drivers/ports.js';
import { type FaultyLink, startFaultyLink } from '../../simulators/faulty-link.js';
import type { Reconciler } from '../../simulators/reconciler.js';
import { type Mosquitto, startMosquitto } from '../rigs/mosquitto.js';
import { readCard } from './card.js';
import { databaseOf, openField, writeSite } from './field.js';
import type { Pause } from './line-faults.js';
import { type MortalShelter, startMortalShelter } from './mortal-shelter.js';
import { createReceiver, type Receiver } from './receiver.js';
import { messageRows } from './rows.js';
import { createWitness, type Witness } from './witness.js';

/** Everything that a storm rages on: sensors, a shelter, its line, broker and city, and who watches them. */
export interface Stage {
  link: FaultyLink;
  broker: Mosquitto;
  receiver: Receiver;
  witness: Witness;
  clock: Clock;
  /** Rejects once the stage is closed. */
  pause: Pause;
  /** Resolves when the line carries a connection. */
  connected(): Promise<void>;
  /** Starts the shelter; with no sensors it only sends what it has. */
  start(site: 'with sensors' | 'without sensors'): MortalShelter;
  /** Ends it, and looks at what it left on the card. */
  end(shelter: MortalShelter, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Whatever was not as it should be. */
  complaints(): string[];
  close(): Promise<void>;
}

export interface StageParts {
  /** Folder of the built project. */
  root: string;
  seed: number;
  clock: Clock;
  /** Who the shelter is. */
  device: string;
  reconciler: Reconciler;
}

/** An orderly stop may take so long, in ms. */
const leave = 15_000;

/** SDS011, of two streams each. */
const sensors = 5;

export async function openStage({ root, seed, clock, device, reconciler }: StageParts): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'ushelter-faults-'));
  const file = databaseOf(folder);
  const field = await openField(sensors, seed, clock);
  const broker = await startMosquitto(['allow_anonymous true', 'max_queued_messages 0']);
  const link = await startFaultyLink({ to: broker.port, clock });
  const witness = createWitness({ device, reconciler, clock });
  const receiver = createReceiver({
    broker: broker.port,
    device,
    onMessage(log, payload) {
      for (const row of messageRows(log, payload)) witness.received(row);
    },
  });
  await receiver.attach();
  const parts = { folder, device, broker: link.port };
  const sites = {
    'with sensors': await writeSite({ ...parts, name: 'site', sensors: field.sensors }),
    'without sensors': await writeSite({ ...parts, name: 'quiet', sensors: [] }),
  };
  const complaints: string[] = [];
  const alive = new Set<MortalShelter>();
  let closed = false;

  function look(): void {
    // Who is killed at the very first start may not have made a database.
    if (!existsSync(file)) return;
    try {
      witness.saw(readCard(device, file, folder));
    } catch (error) {
      complaints.push(`The card of ${device}: ${error instanceof Error ? error.message : error}`);
    }
  }

  function pause(ms: number): Promise<void> {
    if (closed) return Promise.reject(new Error('The stage is closed.'));
    return new Promise((resolve) => void clock.after(ms, resolve));
  }

  return {
    link,
    broker,
    receiver,
    witness,
    clock,
    pause,
    async connected() {
      while (link.connections() === 0) await pause(20);
    },
    start(site) {
      const shelter = startMortalShelter({
        root,
        site: sites[site],
        onCommit: witness.told,
        preloads: ['eager-retries.mjs'],
      });
      alive.add(shelter);
      return shelter;
    },
    async end(shelter, signal) {
      const cancel = clock.after(leave, () => void shelter.end('SIGKILL'));
      const { code, signal: by, complaints: said } = await shelter.end(signal);
      cancel();
      alive.delete(shelter);
      const isRight = signal === 'SIGKILL' ? by === signal : code === 0;
      if (!isRight) complaints.push(`The shelter ended with ${code ?? by} at ${signal}.`);
      if (said) complaints.push(said);
      look();
    },
    complaints: () => [...complaints, ...receiver.complaints()],
    async close() {
      closed = true;
      for (const shelter of alive) await shelter.end('SIGKILL');
      await receiver.close();
      await link.close();
      await broker.close();
      await field.close();
      await rm(folder, { recursive: true });
    },
  };
}
