import type { Cancel, Clock } from '../../drivers/ports.js';

/** Whether something happens within so many ms. */
export async function happensWithin(ms: number, clock: Clock, event: Promise<unknown>): Promise<boolean> {
  let cancel: Cancel = () => {};
  const late = new Promise<boolean>((resolve) => {
    cancel = clock.after(ms, () => resolve(false));
  });
  try {
    return await Promise.race([event.then(() => true), late]);
  } finally {
    cancel();
  }
}
