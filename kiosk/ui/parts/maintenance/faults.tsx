import { formatDate, formatTime } from '../../i18n/format.js';
import type { InsideProps } from './props.js';

/** The last faults, the newest first. */
export function FaultsView({ visit, page, words: { say, language } }: InsideProps) {
  const { faults } = visit.inside.value;
  const zone = page.site.value?.timeZone ?? 'UTC';
  if (!faults) return <p class="nothing">{say.connecting}</p>;
  if (faults.length === 0) return <p class="nothing">{say.maintenance.noFaults}</p>;
  return (
    <ol class="faults">
      {faults.map(({ kind, source, time, detail }, index) => (
        <li key={index} data-fault={kind}>
          <h3>
            {kind} <small>{source}</small>
          </h3>
          <p>
            {time === null
              ? say.maintenance.timeUnknown
              : `${formatDate(Date.parse(time), zone, language)} ${formatTime(Date.parse(time), zone, language)}`}
          </p>
          <p class="detail" lang="en">
            {Object.entries(detail)
              .map(([name, value]) => `${name}: ${value}`)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  );
}
