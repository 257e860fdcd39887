import type { Log } from '../store/port.js';
import type { Message } from './message.js';

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

/** Whether a topic is one of those that an MQTT topic filter names. */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const open = wanted.at(-1) === '#';
  const fixed = open ? wanted.slice(0, -1) : wanted;
  if (open ? levels.length < fixed.length : levels.length !== fixed.length) return false;
  return fixed.every((level, index) => level === '+' || level === levels[index]);
}
