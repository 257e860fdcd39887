import { z } from 'zod';

const pattern = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Hours that come back each day, in minutes since midnight; `to` before `from` is of the next day. */
export interface DayHours {
  from: number;
  to: number;
}

/** Hours of the day as a site file writes them: `23:30-04:30`. */
export function dayHours() {
  return z
    .string()
    .regex(pattern, { error: 'hours of the day such as 23:30-04:30' })
    .meta({ title: 'hours of the day' });
}

/** Reads what `dayHours` lets through. */
export function parseDayHours(text: string): DayHours {
  const [, fromHour, fromMinute, toHour, toMinute] = pattern.exec(text) ?? [];
  return {
    from: Number(fromHour) * 60 + Number(fromMinute),
    to: Number(toHour) * 60 + Number(toMinute),
  };
}
