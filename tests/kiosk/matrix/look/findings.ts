/** What a screen is looked at for, once it was reached. */
export type CheckId =
  | 'reached'
  | 'cut'
  | 'overlaps'
  | 'scrolling'
  | 'targets'
  | 'letters'
  | 'unspoken'
  | 'keypad'
  | 'accessibility';

/** A thing that is wrong with a screen. */
export interface Finding {
  check: CheckId;
  problem: string;
}
