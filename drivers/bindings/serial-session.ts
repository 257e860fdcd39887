import { DriverError } from '../contract.js';
import type { Cancel, SerialPort } from '../ports.js';

/** What a library gives for one open wire. */
export interface Wire {
  /** Hands bytes to the system; rejects where it does not take them. */
  send(bytes: Uint8Array): Promise<void>;
  /** Gives the wire back to the system; called once. */
  release(): Promise<void>;
}

/** One opening of a port, from the side of the library that carries its bytes. */
export interface SerialSession {
  port: SerialPort;
  /** Bytes came in. Without a listener they are lost, as on a UART. */
  receive(chunk: Uint8Array): void;
  /** The wire is gone; only the first call counts, and none after the port was closed. */
  lose(cause: unknown): void;
}

/** @param path how messages name the port */
export function serialSession(path: string, wire: Wire): SerialSession {
  const dataListeners = new Set<(chunk: Uint8Array) => void>();
  const lossListeners = new Set<(error: Error) => void>();
  let end: DriverError | undefined;
  let released: Promise<void> | undefined;

  function release(): Promise<void> {
    released ??= wire.release();
    return released;
  }

  function lose(cause: unknown): void {
    if (end) return;
    const loss = lost(path, cause);
    end = loss;
    void release();
    for (const tell of [...lossListeners]) tell(loss);
  }

  return {
    port: {
      async write(bytes) {
        if (end) throw end;
        try {
          await wire.send(bytes);
        } catch (cause) {
          lose(cause);
          throw end ?? cause;
        }
      },
      onData: (listener) => subscribe(dataListeners, listener),
      onLost: (listener) => subscribe(lossListeners, listener),
      async close() {
        end ??= new DriverError('PORT_FAILED', `${path} was closed here.`);
        await release();
      },
    },
    receive(chunk) {
      if (end) return;
      for (const tell of [...dataListeners]) tell(chunk);
    },
    lose,
  };
}

function subscribe<Told>(listeners: Set<(told: Told) => void>, listener: (told: Told) => void): Cancel {
  const tell = (told: Told) => listener(told);
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

function lost(path: string, cause: unknown): DriverError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DriverError('DEVICE_LOST', `${path} went away: ${reason}.`, { cause });
}
