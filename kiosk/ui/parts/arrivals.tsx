import type { ArrivalRow } from '../state/arrivals.js';
import type { Page } from '../state/page.js';
import { ArrivalRowPart } from './arrival-row.js';
import { BusIcon } from './bus-icons.js';
import { Flow } from './flow.js';
import type { Words } from './words.js';

/** The next buses, the soonest first. */
export function Arrivals({ page, words }: { page: Page; words: Words }) {
  const { service, rows } = page.arrivals.value;
  const { arrivals } = words.say;
  const next = rows.find(comes);
  return (
    <section class="arrivals" data-service={service} aria-label={arrivals.title}>
      {service === 'known' ? (
        <Flow as="ol" name="arrivals" words={words}>
          {rows.map((row) => (
            <ArrivalRowPart key={row.key} row={row} isNext={row === next} page={page} words={words} />
          ))}
        </Flow>
      ) : (
        <p class="no-service">
          <BusIcon />
          {arrivals.service[service]}
        </p>
      )}
    </section>
  );
}

/** The next bus alone, where something graver needs the room. */
export function NextBus({ page, words }: { page: Page; words: Words }) {
  const row = page.arrivals.value.rows.find(comes);
  const { arrivals } = words.say;
  return (
    <section class="next-bus" aria-label={arrivals.next}>
      {row ? (
        <ol>
          <ArrivalRowPart row={row} isNext page={page} words={words} />
        </ol>
      ) : (
        <p class="no-service">
          <BusIcon />
          {arrivals.service[page.arrivals.value.service === 'unknown' ? 'unknown' : 'none']}
        </p>
      )}
    </section>
  );
}

function comes({ standing }: ArrivalRow): boolean {
  return standing !== 'cancelled' && standing !== 'overdue';
}
