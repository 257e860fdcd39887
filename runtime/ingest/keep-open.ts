import type { Clock } from '../../drivers/ports.js';
import type { Backoff } from '../backoff.js';
import { interruptible, pause } from '../waiting.js';
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
  const life = interruptible();
  let stopped = false;
  let running: Promise<void> | undefined;

  function become(next: Condition): void {
    condition = next;
    onCondition(next);
  }

  /** Opens it and holds it; rejects when it cannot be opened or is lost, and when it is to stop. */
  async function hold(): Promise<never> {
    const device = await open();
    try {
      const loss = new Promise<never>((_, reject) => {
        become({ state: 'ok' });
        onOpen(device, reject);
        backoff.reset();
      });
      return await life.wait(loss);
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
        await life.wait(pause(clock, backoff.next())).catch(() => {});
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped = true;
      life.interrupt(new Error('It was stopped.'));
      await running;
    },
  };
}
