import { z } from 'zod';

const milliseconds = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const pattern = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)$/;

/** Reads a duration such as `10 s`, `1.5 min` or `250ms` into whole milliseconds; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = pattern.exec(text.trim()) ?? [];
  if (!amount || !unit) return undefined;
  const ms = Math.round(Number(amount) * milliseconds[unit as keyof typeof milliseconds]);
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** A duration as a site file writes it (`10 s`), parsed into milliseconds. */
export function duration({ least = 0, most = Number.MAX_SAFE_INTEGER } = {}) {
  return z
    .string()
    .regex(pattern, { error: 'a duration with its unit (ms, s, min, h or d), such as 10 s' })
    .meta({ title: 'duration' })
    .transform((text) => parseDuration(text) ?? 0)
    .refine((ms) => ms >= least && ms <= most, {
      error: `a duration from ${writeDuration(least)} to ${writeDuration(most)}`,
    });
}

/** Writes milliseconds in the largest unit that keeps them whole: 90000 → `90 s`, 120000 → `2 min`. */
export function writeDuration(ms: number): string {
  const unit =
    (['d', 'h', 'min', 's'] as const).find((name) => ms > 0 && ms % milliseconds[name] === 0) ?? 'ms';
  return `${ms / milliseconds[unit]} ${unit}`;
}
