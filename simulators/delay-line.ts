import type { Cancel, Clock } from '../drivers/ports.js';

/** How bytes travel. */
export interface Line {
  /** Of each byte, in ms. */
  latency: number;
  /** Most bytes per second. */
  bandwidth: number;
}

export const goodLine: Line = { latency: 0, bandwidth: Number.POSITIVE_INFINITY };

/** Carries bytes in order, each as late as its line makes it. */
export interface DelayLine {
  send(bytes: Uint8Array): void;
  /** Lets what is under way arrive, and then the end. */
  end(): void;
  /** Bytes under way. */
  load(): number;
  /** What is under way never arrives. */
  close(): void;
}

export interface DelayLineParts {
  /** As it is when bytes are sent. */
  line(): Line;
  clock: Clock;
  /** Takes what arrives; nothing is the end. */
  deliver(bytes: Uint8Array | undefined): void;
}

/** Pieces that leave in a second: a cut then falls between bytes of one message. */
const piecesPerSecond = 20;

export function delayLine({ line, clock, deliver }: DelayLineParts): DelayLine {
  let underWay: { bytes: Uint8Array | undefined; arrives: number }[] = [];
  let load = 0;
  let free = Number.NEGATIVE_INFINITY;
  let timer: Cancel | undefined;

  function push(bytes: Uint8Array | undefined): void {
    const { latency, bandwidth } = line();
    const now = clock.monotonic();
    const arrives = Math.max(now + latency, free) + ((bytes?.length ?? 0) / bandwidth) * 1_000;
    if (arrives <= now && underWay.length === 0) return void deliver(bytes);
    free = arrives;
    load += bytes?.length ?? 0;
    underWay.push({ bytes, arrives });
    timer ??= clock.after(arrives - now, arrive);
  }

  function arrive(): void {
    timer = undefined;
    while (underWay[0] && underWay[0].arrives <= clock.monotonic()) {
      const [{ bytes }] = underWay.splice(0, 1) as [(typeof underWay)[number]];
      load -= bytes?.length ?? 0;
      deliver(bytes);
    }
    const [next] = underWay;
    if (next) timer ??= clock.after(Math.max(1, next.arrives - clock.monotonic()), arrive);
  }

  return {
    send(bytes) {
      const piece = Math.max(1, Math.ceil(Math.min(bytes.length, line().bandwidth / piecesPerSecond)));
      for (let from = 0; from < bytes.length; from += piece) push(bytes.subarray(from, from + piece));
    },
    end: () => push(undefined),
    load: () => load,
    close() {
      timer?.();
      underWay = [];
      load = 0;
    },
  };
}
