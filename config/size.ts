import { z } from 'zod';

const bytes = { kB: 1e3, MB: 1e6, GB: 1e9 } as const;

const pattern = /^(\d+(?:\.\d+)?)\s*(kB|MB|GB)$/;

/** Reads a size such as `512 MB` into whole bytes; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = pattern.exec(text.trim()) ?? [];
  if (!amount || !unit) return undefined;
  const size = Math.round(Number(amount) * bytes[unit as keyof typeof bytes]);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** A size as a site file writes it (`512 MB`), parsed into bytes. */
export function size({ least = 0, most = Number.MAX_SAFE_INTEGER } = {}) {
  return z
    .string()
    .regex(pattern, { error: 'a size with its unit (kB, MB or GB), such as 512 MB' })
    .meta({ title: 'size' })
    .transform((text) => parseSize(text) ?? 0)
    .refine((parsed) => parsed >= least && parsed <= most, {
      error: `a size from ${writeSize(least)} to ${writeSize(most)}`,
    });
}

/** Writes bytes in the largest unit that keeps them whole: 512000000 → `512 MB`. */
export function writeSize(size: number): string {
  const unit = (['GB', 'MB'] as const).find((name) => size > 0 && size % bytes[name] === 0) ?? 'kB';
  return `${size / bytes[unit]} ${unit}`;
}
