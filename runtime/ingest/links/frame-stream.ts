import { DriverError, type Frame, type Framing } from '../../../drivers/contract.js';
import { createFramer } from '../../../drivers/framing/framer.js';
import type { Cancel, Clock, SerialLine, SerialPorts } from '../../../drivers/ports.js';

/** An open serial device, seen as the frames it sends. */
export interface FrameStream {
  send(bytes: Uint8Array): Promise<void>;
  /**
   * Resolves to the first thing that `pick` finds in a frame from now on. Rejects with DEVICE_SILENT after `patience`
   * ms without one, and with the port's error when the device goes away.
   */
  next<T>(pick: (frame: Frame) => T | undefined, patience: number): Promise<T>;
  onLost(listener: (error: Error) => void): Cancel;
  close(): Promise<void>;
}

interface Waiter {
  /** True when the frame was what it waited for. */
  offer(frame: Frame): boolean;
  fail(error: Error): void;
}

export async function openFrameStream(
  { ports, path, line, framing, clock }: FrameStreamParts,
  onFrame: (frame: Frame) => void,
): Promise<FrameStream> {
  const port = await ports.open(path, line);
  const framer = createFramer(framing);
  const waiters = new Set<Waiter>();

  port.onData((chunk) => {
    for (const frame of framer.push(chunk)) {
      onFrame(frame);
      for (const waiter of [...waiters]) if (waiter.offer(frame)) waiters.delete(waiter);
    }
  });
  port.onLost(abandon);

  function abandon(error: Error): void {
    for (const waiter of waiters) waiter.fail(error);
    waiters.clear();
  }

  return {
    send: (bytes) => port.write(bytes),
    next: (pick, patience) =>
      new Promise((resolve, reject) => {
        const cancel = clock.after(patience, () => {
          waiters.delete(waiter);
          const message = `${path}: no answer that was waited for within ${patience / 1_000} s`;
          reject(new DriverError('DEVICE_SILENT', message));
        });
        const waiter: Waiter = {
          offer(frame) {
            const found = pick(frame);
            if (found === undefined) return false;
            cancel();
            resolve(found);
            return true;
          },
          fail(error) {
            cancel();
            reject(error);
          },
        };
        waiters.add(waiter);
      }),
    onLost: (listener) => port.onLost(listener),
    async close() {
      await port.close();
      abandon(new DriverError('DEVICE_LOST', `${path} was closed`));
    },
  };
}

export interface FrameStreamParts {
  ports: SerialPorts;
  path: string;
  line: SerialLine;
  framing: Framing;
  clock: Clock;
}
