import * as scene from './screens-scene.js';

/** What is answered to a request; by default with status 200. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json: unknown;
}

/** What the shelter answers where all is well, by the path that is asked for. */
export const replies: Record<string, (query: URLSearchParams) => Answer> = {
  history: (query) => ({ json: scene.historyNow(query) }),
  'take-along': () => ({ json: scene.takeAlongNow }),
  help: () => ({ json: scene.call() }),
  'maintenance/login': () => ({ json: { token: 'a'.repeat(43), lasts: 300 } }),
  'maintenance/stay': () => ({ json: { lasts: 300 } }),
  'maintenance/logout': () => ({ json: { lasts: 0 } }),
  'maintenance/faults': () => ({ json: scene.faultsNow(Date.now()) }),
  maintenance: () => ({ json: scene.maintenanceNow(Date.now()) }),
  health: () => ({ json: scene.healthNow }),
};
