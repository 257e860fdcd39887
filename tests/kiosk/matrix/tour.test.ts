import { describe, expect, it } from 'vitest';
import type { Stage } from './stage.js';
import { selectedStates } from './states.js';
import { tour } from './tour.js';

const states = selectedStates().slice(0, 9);
const [unreachable, ugly] = states;

describe('A tour of states', () => {
  it('shows each once, tells what is wrong with which, and leaves no stage open', async () => {
    const shown: unknown[] = [];
    let open = 0;

    async function openStage(): Promise<Stage> {
      open += 1;
      let current: unknown;
      return {
        async show(state) {
          if (state === unreachable) throw new Error('no way');
          current = state;
        },
        look: async () => (current === ugly ? [{ check: 'cut', problem: 'is cut' }] : []),
        picture: async () => Buffer.alloc(0),
        view: async () => Buffer.alloc(0),
        async close() {
          open -= 1;
        },
      };
    }

    const failures = await tour(openStage, states, async (_, state) => {
      shown.push(state);
    });
    expect(failures).toEqual([
      { check: 'reached', problem: 'Error: no way', state: unreachable },
      { check: 'cut', problem: 'is cut', state: ugly },
    ]);
    expect(new Set(shown)).toEqual(new Set(states.filter((state) => state !== unreachable)));
    expect(shown).toHaveLength(states.length - 1);
    expect(open).toBe(0);
  });
});
