import { ShelterError } from '../../config/errors.js';

/** Lets so many pieces of work run at once; further ones are refused with API_BUSY instead of piling up. */
export function atMost(most: number, what: string): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  return async (work) => {
    if (running >= most) throw new ShelterError('API_BUSY', `${most} ${what} are already being answered`);
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}
