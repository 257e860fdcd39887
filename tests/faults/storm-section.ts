import { atLeast, noneOf, precise, type Section, tells, whole } from './section.js';
import { type StormPlan, type StormReport, sum } from './storm.js';

/** What a storm has shown, and whether nothing was lost in it. */
export function stormSection(plan: StormPlan, report: StormReport): Section {
  const { reconciliation, kills, stops, restarts, cuts, recoveries, promised, epochs, complaints } = report;
  const { committed, deliveries, lost, duplicated, contradicted, invented, gaps, delay } = reconciliation;
  return {
    title: 'storm',
    about: `The runtime is killed (SIGKILL), Mosquitto is killed and started again, and the line between them is cut,
all at once and at random moments, while five simulated SDS011 of two streams each report every second on terminals
that outlive the runtime. Commits come every 100 ms at most, messages have five rows.`,
    facts: [
      atLeast('kills of the runtime', sum(kills), plan.kills),
      ...Object.entries(kills).map(([moment, count]) => tells(`— ${moment}`, count)),
      tells('orderly stops', stops),
      atLeast('restarts of the broker', restarts, plan.restarts),
      atLeast('cuts of the line', sum(cuts) + recoveries.length, plan.cuts),
      ...Object.entries(cuts).map(([kind, count]) => tells(`— ${kind}`, count)),
      ...recoveries.map((ms) =>
        tells('— half-open until the shelter noticed', `back after ${precise(ms / 1_000)} s`),
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
      { ...tells('databases', epochs), aim: '1', met: epochs === 1 },
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
