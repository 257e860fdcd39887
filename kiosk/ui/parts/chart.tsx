import { formatTime, formatValue, hourIn } from '../i18n/format.js';
import { localized } from '../i18n/languages.js';
import { chartOf, type Place } from '../state/chart.js';
import type { Charted } from '../state/charted.js';
import type { Series } from '../state/history.js';
import type { Words } from './words.js';

/** Percent of the drawing: lines are drawn by SVG, all that is read is text in its own size. */
const full = 100;

/** A line through a day between the grades. It says nothing that the sentence below it does not say too. */
export function ChartPart({
  charted,
  series,
  from,
  to,
  zone,
  words: { language },
}: {
  charted: Charted;
  series: Series;
  from: number;
  to: number;
  zone: string;
  words: Words;
}) {
  const { leastSpan, floor, digits, bands } = charted;
  const chart = chartOf({
    ...{ series, from, to, leastSpan, floor },
    width: full,
    height: full,
    bands: bands.map(({ from: least, to: most, shown }) => ({
      from: least,
      to: most,
      colour: shown.colour,
      word: localized(shown.word, language),
    })),
    hourAt: (time) => hourIn(time, zone),
  });
  const axisDigits = chart.rows.every(({ value }) => Number.isInteger(value)) ? 0 : digits;
  return (
    <div class="chart" aria-hidden="true">
      <div class="plot">
        {chart.bands.map(({ y, height, colour, word }) => (
          <div key={word} class="band" style={{ top: `${y}%`, height: `${height}%`, '--ground': colour }}>
            {height >= 12 && <span>{word}</span>}
          </div>
        ))}
        <svg viewBox={`0 0 ${full} ${full}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {chart.rows.map(({ y, value }) => (
            <path key={value} class="row" d={`M0 ${y}H${full}`} />
          ))}
          {chart.columns.map(({ x, time }) => (
            <path key={time} class="column" d={`M${x} 0V${full}`} />
          ))}
          {chart.lines.map((d) => (
            <path key={d} class="line" d={d} />
          ))}
          {chart.dots.map((place) => (
            <path key={place.x} class="dot" d={dot(place)} />
          ))}
          {chart.doubtful.map((place) => (
            <g key={place.x}>
              <path class="doubtful" d={dot(place)} />
              <path class="hollow" d={dot(place)} />
            </g>
          ))}
          {chart.last && <path class="last" d={dot(chart.last)} />}
        </svg>
      </div>
      <div class="values">
        {chart.rows.map(({ y, value }) => (
          <span key={value} style={{ top: `${y}%` }}>
            {formatValue(value, axisDigits, language)}
          </span>
        ))}
      </div>
      <div class="times">
        {chart.columns.map(({ x, time }) => (
          <span key={time} style={{ left: `${x}%` }}>
            {formatTime(time, zone, language)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** A stroke without length, whose round ends are the dot. */
function dot({ x, y }: Place): string {
  return `M${x} ${y}h0`;
}
