import type { DhtReader, DhtTestHook } from '../../drivers/ports.js';

/** The native DHT code, which works on threads of its own, with a way to wait until it has answered. */
export interface TrackedDht {
  hook: DhtTestHook;
  reader: DhtReader;
  idle(): Promise<void>;
}

export function trackedDht({ hook, reader }: { hook: DhtTestHook; reader: DhtReader }): TrackedDht {
  let last: Promise<unknown> = Promise.resolve();

  function track<T>(work: Promise<T>): Promise<T> {
    last = Promise.allSettled([last, work]);
    return work;
  }

  return {
    hook: { fake: (values) => track(hook.fake(values)) },
    reader: { read: (type, line) => track(reader.read(type, line)) },
    async idle() {
      for (let seen: unknown; seen !== last; ) {
        seen = last;
        await last;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
