export type { Words } from '../i18n/packs.js';
