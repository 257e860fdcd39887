import { describe, expect, it } from 'vitest';
import { patience, settled, superviseScreen } from '../../../kiosk/shell/supervisor.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

function supervised({ reachable = true, loads = true } = {}) {
  const clock = virtualClock();
  const world = { reachable, loads };
  const shown: string[] = [];
  const lines: string[] = [];
  const supervisor = superviseScreen({
    screen: {
      reachable: async () => world.reachable,
      async showHome() {
        shown.push(`home at ${clock.monotonic()}`);
        return world.loads;
      },
      showLastResort: () => shown.push(`last resort at ${clock.monotonic()}`),
      kill() {
        shown.push(`killed at ${clock.monotonic()}`);
        supervisor.gone();
      },
    },
    after: (ms, callback) => clock.after(ms, callback),
    log: (line) => lines.push(line),
  });

  async function aliveFor(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1_000) {
      supervisor.alive();
      await clock.advance(1_000);
    }
  }

  return { clock, world, shown, lines, supervisor, aliveFor };
}

describe('The kiosk’s screen', () => {
  it('shows the page when the runtime answers', async () => {
    const { clock, shown } = supervised();
    await clock.advance(0);
    expect(shown).toEqual(['home at 0']);
  });

  it('shows the last resort while the runtime is away, and the page once it is back', async () => {
    const { clock, world, shown } = supervised({ reachable: false });
    await clock.advance(1_000);
    world.reachable = true;
    await clock.advance(2_000);
    expect(shown).toEqual(['last resort at 0', 'last resort at 1000', 'home at 3000']);
  });

  it('tries ever more slowly, at least every 30 s, and says so in the log', async () => {
    const { clock, shown, lines } = supervised({ reachable: false });
    await clock.advance(80_000);
    expect(shown.map((line) => Number(line.split(' ').at(-1)))).toEqual([
      0, 1_000, 3_000, 8_000, 18_000, 48_000, 78_000,
    ]);
    expect(lines[0]).toBe('The page cannot be loaded; next try in 1 s');
    expect(lines.at(-1)).toBe('The page cannot be loaded; next try in 30 s');
  });

  it('tries again when the runtime answers but the page does not load', async () => {
    const { clock, world, shown } = supervised({ loads: false });
    await clock.advance(0);
    world.loads = true;
    await clock.advance(1_000);
    expect(shown).toEqual(['home at 0', 'last resort at 0', 'home at 1000']);
  });

  it('is loaded anew when its process dies', async () => {
    const { clock, shown, supervisor } = supervised();
    await clock.advance(0);
    supervisor.gone();
    await clock.advance(1_000);
    expect(shown).toEqual(['home at 0', 'last resort at 0', 'home at 1000']);
  });

  it('is left alone while it draws', async () => {
    const { shown, aliveFor } = supervised();
    await aliveFor(3_600_000 / 10);
    expect(shown).toEqual(['home at 0']);
  });

  it('is killed and loaded anew when it draws no more', async () => {
    const { clock, shown, aliveFor } = supervised();
    await aliveFor(5_000);
    await clock.advance(patience);
    expect(shown).toEqual(['home at 0', 'killed at 24000', 'last resort at 24000', 'home at 25000']);
  });

  it('backs off from a page that dies again and again', async () => {
    const { clock, shown, supervisor } = supervised();
    for (const pause of [1_000, 2_000, 5_000]) {
      await clock.advance(0);
      supervisor.gone();
      await clock.advance(pause);
    }
    expect(shown.filter((line) => line.startsWith('home'))).toEqual([
      'home at 0',
      'home at 1000',
      'home at 3000',
      'home at 8000',
    ]);
  });

  it('forgives after a quiet while', async () => {
    const { clock, supervisor, lines, aliveFor } = supervised();
    for (const pause of [1_000, 2_000]) {
      await clock.advance(0);
      supervisor.gone();
      await clock.advance(pause);
    }
    await aliveFor(settled);
    supervisor.gone();
    expect(lines.at(-1)).toBe('The page’s process is gone; next try in 1 s');
  });

  it('does nothing more once stopped', async () => {
    const { clock, supervisor, shown } = supervised({ reachable: false });
    await clock.advance(0);
    supervisor.stop();
    supervisor.gone();
    await clock.advance(600_000);
    expect(shown).toEqual(['last resort at 0']);
  });
});
