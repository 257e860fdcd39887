import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { pause } from '../waiting.js';
import { type Condition, failing } from './condition.js';

export interface KeepOpenParts<Device> {
  open(): Promise<Device>;
  /** Called with each device that was opened, and how to say that it is gone. */
  onOpen(device: Device, lose: (error: Error) => void): void;
  close(device: Device): void;
  clock: Clock;
  backoff: Backoff;
  onCondition: (condition: Condition) => void;
}

/** Something that is kept open from start to stop. */
export interface KeptOpen {
  start(): void;
  stop(): Promise<void>;
}

/** Keeps a device open: where it cannot be opened or is lost, it is tried again, for ever. */
export function keepOpen<Device>({
  open,
  onOpen,
  close,
  clock,
  backoff,
  onCondition,
}: KeepOpenParts<Device>): KeptOpen {
  let condition: Condition = { state: 'starting' };
  let stopped = false;
  let tellStop: () => void = () => {};
  const stopping = new Promise<void>((resolve) => {
    tellStop = resolve;
  });
  let running: Promise<void> | undefined;

  function become(next: Condition): void {
    condition = next;
    onCondition(next);
  }

  /** Opens it and holds it; rejects when it could not be opened or was lost. */
  async function hold(): Promise<void> {
    const device = await open();
    try {
      await new Promise<void>((resolve, reject) => {
        stopping.then(resolve);
        become({ state: 'ok' });
        onOpen(device, reject);
        backoff.reset();
      });
    } finally {
      close(device);
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await hold();
      } catch (error) {
        if (stopped) return;
        become(failing(error, clock.now(), condition));
        await Promise.race([pause(clock, backoff.next()), stopping]);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped = true;
      tellStop();
      await running;
    },
  };
}
