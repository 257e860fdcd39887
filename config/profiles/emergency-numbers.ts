import type { ProfileId } from './index.js';

/** Whom an emergency number reaches. */
export const emergencyServices = ['everyone', 'fire-and-ambulance', 'police'] as const;

export interface EmergencyNumber {
  number: string;
  reaches: (typeof emergencyServices)[number];
}

/** Free to call from any phone, the one that saves lives first. None where a profile belongs to no country. */
export const emergencyNumbers: Readonly<Record<ProfileId, readonly EmergencyNumber[]>> = {
  korea: [
    { number: '119', reaches: 'fire-and-ambulance' },
    { number: '112', reaches: 'police' },
  ],
  'united-states': [{ number: '911', reaches: 'everyone' }],
  'european-union': [{ number: '112', reaches: 'everyone' }],
  who: [],
};
