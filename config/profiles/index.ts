import { europeanUnion } from './european-union.js';
import { korea } from './korea.js';
import type { Profile } from './profile.js';
import { unitedStates } from './united-states.js';
import { who } from './who.js';

/** Every profile under its id, one line each. */
const all = {
  korea,
  'united-states': unitedStates,
  'european-union': europeanUnion,
  who,
} satisfies Record<string, Profile>;

export type ProfileId = keyof typeof all;

export const profiles: Readonly<Record<ProfileId, Profile>> = all;
