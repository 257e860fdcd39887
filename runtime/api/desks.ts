import type { HelpDesk } from '../help.js';
import type { KioskDesk } from '../kiosk/desk.js';
import type { MaintenanceDesk } from '../maintenance/desk.js';
import type { SpeechDesk } from '../speech/desk.js';
import type { Faults, Maintenance } from './maintenance.js';
import type { TakeAlong } from './take-along.js';

/** What the API may bring about, or must ask before it tells. */
export interface Desks {
  help: Pick<HelpDesk, 'ask'>;
  maintenance: Pick<MaintenanceDesk, 'login' | 'check' | 'stay' | 'logout'> & {
    /** From where a technician may log in. */
    from(): 'here' | 'anywhere';
    look(): Omit<Maintenance, 'lasts'>;
    /** Rejects as the store does. */
    faults(): Promise<Faults>;
  };
  speech: Pick<SpeechDesk, 'say'>;
  takeAlong(): Promise<TakeAlong>;
  kiosk: Pick<KioskDesk, 'report' | 'ask' | 'answer' | 'screenshot'> & {
    /** By which the kiosk is known. */
    readonly token: string;
  };
}
