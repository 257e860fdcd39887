/** Hours that come back each day, in minutes since midnight; `to` before `from` is of the next day. */
export interface DayHours {
  from: number;
  to: number;
}

/** Whether a moment lies within them, at a place. @param now wall time in ms */
export function isWithin(hours: readonly DayHours[], now: number, timeZone: string): boolean {
  if (hours.length === 0) return false;
  const minute = minuteOfDay(now, timeZone);
  return hours.some(({ from, to }) =>
    from <= to ? minute >= from && minute < to : minute >= from || minute < to,
  );
}

/** Minutes since midnight at a place. */
export function minuteOfDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    .format(now)
    .split(':');
  return Number(parts[0]) * 60 + Number(parts[1]);
}
