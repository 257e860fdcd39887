import { describe, expect, it } from 'vitest';
import { routeOnScreen } from '../../../kiosk/ui/state/route.js';
import { routesNow } from '../screens-scene.js';

const now = Date.UTC(2026, 0, 15, 7, 31);
const destination = { ko: '청량리역환승센터' };

describe('the route of a line', () => {
  it('lies before and ahead of this stop', () => {
    const shown = routeOnScreen(routesNow(now), { line: '470', destination, route: 'route-470' });
    expect(shown?.here?.name.en).toBe('Jongno 2-ga');
    expect(shown?.before.at(-1)?.name.en).toBe('Jongno 1-ga');
    expect(shown?.ahead[0]?.name.en).toBe('Jongno 3-ga, Tapgol Park');
    expect([shown?.before.length, shown?.ahead.length]).toEqual([7, 6]);
  });

  it('is found by its line and destination where it is not named', () => {
    const wanted = { line: '470', route: undefined };
    expect(routeOnScreen(routesNow(now), { ...wanted, destination })).toBeDefined();
    expect(routeOnScreen(routesNow(now), { ...wanted, destination: { ko: '다른 곳' } })).toBeDefined();
  });

  it('is not guessed where the line has several ways', () => {
    const routes = routesNow(now);
    const [there] = routes.body.routes;
    if (!there) throw new Error('there is no route');
    routes.body.routes.push({ ...there, id: 'back', destination: { ko: '상암차고지' } });
    const find = (ko: string) =>
      routeOnScreen(routes, { line: '470', destination: { ko }, route: undefined });
    expect(find('상암차고지')?.route.id).toBe('back');
    expect(find('다른 곳')).toBeUndefined();
  });

  it('is not known where nobody told it, and has no “here” where nobody says which stop this is', () => {
    const wanted = { line: '470', destination, route: undefined };
    expect(routeOnScreen(null, wanted)).toBeUndefined();
    expect(routeOnScreen(routesNow(now), undefined)).toBeUndefined();
    expect(routeOnScreen(routesNow(now), { ...wanted, line: '999' })).toBeUndefined();
    const routes = routesNow(now);
    for (const stop of routes.body.routes[0]?.stops ?? []) stop.here = false;
    const shown = routeOnScreen(routes, wanted);
    expect([shown?.before.length, shown?.here, shown?.ahead.length]).toEqual([0, undefined, 14]);
  });
});
