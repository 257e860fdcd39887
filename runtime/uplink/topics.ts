import type { Log } from '../store/port.js';
import type { Message } from './link.js';

/** Where a device's messages go. */
export type UplinkTopics = Record<Log | 'status', string>;

/** @param prefix topic levels without wildcards, as the site file has them */
export function uplinkTopics(prefix: string, device: string): UplinkTopics {
  const own = `${prefix}/${device}`;
  return { readings: `${own}/readings`, events: `${own}/events`, status: `${own}/status` };
}

/** What tells whether a device is there. */
export interface Availability {
  online: Message;
  /** Also the will, which the broker publishes for a device that went without a word. */
  offline: Message;
}

/** Retained, so that whoever subscribes later learns it too. */
export function availability({ status }: UplinkTopics): Availability {
  const state = (text: string): Message => ({
    topic: status,
    payload: new TextEncoder().encode(text),
    retain: true,
  });
  return { online: state('online'), offline: state('offline') };
}
