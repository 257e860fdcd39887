import { describe, expect, it } from 'vitest';
import { failure, ledger } from '../../../runtime/api/contract.js';
import type { LedgerQuery } from '../../../runtime/store/port.js';
import { fakeSource, noonText, thinnedAtNoon } from './fake-source.js';
import { apiRig, ask } from './rig.js';

describe('/api/v1/ledger', () => {
  it('gives what became of rows, with times and widths as the API has them', async () => {
    const { api } = await apiRig({});
    const answer = ledger.parse((await ask(api.url, '/api/v1/ledger')).json());
    expect(answer).toEqual({
      entries: [
        {
          id: 4,
          log: 'readings',
          what: 'thinned',
          width: 60,
          first: 1,
          last: 3_600,
          from: '2026-06-01T02:00:00.000Z',
          to: '2026-06-01T11:59:50.000Z',
          before: 3_600,
          after: 600,
          time: noonText,
          cursors: { mqtt: 0 },
        },
      ],
      before: null,
    });
  });

  it('goes on from where an answer ended', async () => {
    const asked: LedgerQuery[] = [];
    const source = fakeSource({
      async ledger(query) {
        asked.push(query);
        return [5, 4, 3].slice(0, query.most).map((id) => ({ ...thinnedAtNoon, id }));
      },
    });
    const { api } = await apiRig({ source });
    const page = ledger.parse((await ask(api.url, '/api/v1/ledger?most=2')).json());
    expect(page.before).toBe(4);
    await ask(api.url, `/api/v1/ledger?most=2&before=${page.before}`);
    expect(asked).toEqual([{ most: 2 }, { most: 2, before: 4 }]);
  });

  it('refuses what makes no sense, and says what it must be', async () => {
    const { api } = await apiRig({});
    for (const query of ['most=0', 'most=1001', 'most=x', 'before=0', 'after=3']) {
      const answer = await ask(api.url, `/api/v1/ledger?${query}`);
      expect(answer.status).toBe(400);
      failure.parse(answer.json());
    }
  });
});
