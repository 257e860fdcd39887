import type { Route } from 'playwright-core';
import * as scene from './screens-scene.js';

/** What the shelter answers, by the path that is asked for. */
export type Replies = Record<string, (route: Route) => Promise<void>>;

/** All is well. @param at the wall time in ms */
export function repliesOf(at: number): Replies {
  return {
    history: (route) =>
      route.fulfill({ json: scene.historyNow(new URL(route.request().url()).searchParams) }),
    'take-along': (route) => route.fulfill({ json: scene.takeAlongNow }),
    help: (route) => route.fulfill({ json: scene.call() }),
    'maintenance/login': (route) => route.fulfill({ json: { token: 'a'.repeat(43), lasts: 300 } }),
    'maintenance/stay': (route) => route.fulfill({ json: { lasts: 300 } }),
    'maintenance/logout': (route) => route.fulfill({ json: { lasts: 0 } }),
    'maintenance/faults': (route) => route.fulfill({ json: scene.faultsNow(at) }),
    maintenance: (route) => route.fulfill({ json: scene.maintenanceNow(at) }),
    health: (route) => route.fulfill({ json: scene.healthNow }),
  };
}
