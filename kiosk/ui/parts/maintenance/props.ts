import type { MaintenanceVisit } from '../../state/maintenance.js';
import type { Page } from '../../state/page.js';
import type { Words } from '../words.js';

/** What each part of the maintenance screen is made from. */
export interface InsideProps {
  visit: MaintenanceVisit;
  page: Page;
  words: Words;
}
