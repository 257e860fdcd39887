import type { Cancel } from '../../drivers/ports.js';

/** Those who listen to a bus. */
export interface Listeners<Told> {
  add(listener: (told: Told) => void): Cancel;
  tell(told: Told): void;
}

export function listeners<Told>(): Listeners<Told> {
  const all = new Set<(told: Told) => void>();
  return {
    add(listener) {
      const entry = (told: Told) => listener(told);
      all.add(entry);
      return () => {
        all.delete(entry);
      };
    },
    tell(told) {
      for (const entry of [...all]) entry(told);
    },
  };
}
