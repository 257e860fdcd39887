import { lineFaults } from './line-faults.js';
import { atLeast, below, equal, noneOf, precise, type Section, tells, whole } from './section.js';
import { type StormPlan, type StormReport, sum } from './storm.js';

/** What a storm has shown, and whether nothing was lost in it. */
export function stormSection(plan: StormPlan, report: StormReport): Section {
  const { done, reconciliation, recoveries, promised, databases, complaints } = report;
  const { kills, stops, restarts, cuts } = done;
  const { committed, deliveries, lost, duplicated, contradicted, invented, gaps, delay } = reconciliation;
  return {
    title: 'storm',
    about: `${whole(plan.shelters)} shelters at a time, each with its own database, Mosquitto and line between the two. The runtime is
killed (SIGKILL), the broker is killed and started again, and the line is cut, all at once and at random moments, while
five simulated SDS011 of two streams each report every second on terminals that outlive the runtime. Commits come
every 100 ms at most, messages have five rows, and the waits before a reconnection are a fiftieth of the usual ones, so
that there is more to cut. Then each shelter sends what is left, and what it was told to be
committed, what lies on its card, what its ledger says and what the city received are compared name by name.`,
    facts: [
      atLeast('kills of the runtime', sum(kills), plan.kills),
      ...Object.entries(kills).map(([moment, count]) => tells(`— ${moment}`, count)),
      tells('orderly stops between them', stops),
      atLeast('restarts of a broker', restarts, plan.restarts),
      tells('cuts of a line', sum(cuts)),
      ...Object.keys(lineFaults).map((kind) => atLeast(`— ${kind}`, cuts[kind] ?? 0, plan.cuts)),
      ...recoveries.map((ms) =>
        below('— half-open until the shelter noticed, back after', ms / 1_000, 60, 's'),
      ),
      atLeast('rows that the runtime was told to be committed', promised, plan.kills),
      tells('rows committed', committed),
      tells('rows delivered, duplicates counted', deliveries),
      noneOf('committed rows lost', lost),
      tells('duplicates before their names remove them', duplicated.before),
      noneOf('duplicates after their names have removed them', duplicated.after),
      noneOf('names that stand for two things', contradicted),
      noneOf('rows delivered that were never committed', invented),
      tells('names without a row, explained by the ledger', explanations(gaps.explained)),
      noneOf('gaps that the ledger does not explain', gaps.unexplained),
      equal('databases', databases, plan.shelters),
      tells('delay from sample to city, median', `${whole(delay.median)} ms`),
      tells('— greatest', `${precise(delay.worst / 1_000)} s`),
      tells('— more than 10 s', delay.late),
    ],
    complaints,
  };
}

function explanations(explained: Record<string, number>): string {
  const parts = Object.entries(explained).map(([why, count]) => `${whole(count)} ${why}`);
  return parts.join(', ') || 'none';
}
