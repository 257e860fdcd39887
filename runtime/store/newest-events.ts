import type { StoredEvent } from '../reading.js';
import type { Store } from './port.js';

/** The newest events that are on the card, oldest first. Rejects as the store does. */
export async function newestEvents(
  store: Pick<Store, 'read' | 'status'>,
  most: number,
): Promise<StoredEvent[]> {
  const { last } = await store.status();
  return store.read('events', { first: Math.max(1, last.events - most + 1), last: last.events }, most);
}
