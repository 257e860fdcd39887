import type { MaintenanceStream } from '../../../../runtime/api/contract.js';
import { formatAgo, formatValue } from '../../i18n/format.js';
import { doubtIn, inputStateName } from '../../i18n/messages.js';
import type { SensorGroup } from '../../state/board.js';
import { StateIcon } from '../icons.js';
import type { Words } from '../words.js';
import type { InsideProps } from './props.js';

const healthShapes = { ok: 'fresh', failing: 'faulty', starting: 'missing', unknown: 'missing' } as const;

/** Every sensor with its health, and each of its values raw and calibrated with its flag; and every input. */
export function SensorsView({ visit, page, words }: InsideProps) {
  const { sensors, inputs } = page.board.value;
  const { look } = visit.inside.value;
  return (
    <>
      {sensors.map((group) => (
        <SensorPart
          key={group.sensor.sensor}
          group={group}
          streams={look?.streams.filter(({ sensor }) => sensor === group.sensor.sensor) ?? []}
          words={words}
        />
      ))}
      {inputs.map((input) => (
        <article key={input.input} class="device" data-input={input.input} data-input-state={input.state}>
          <h3>
            {input.input} <span class="health">{inputStateName(input, words.say)}</span>
          </h3>
        </article>
      ))}
    </>
  );
}

function SensorPart({
  group: { sensor, health },
  streams,
  words,
}: {
  group: SensorGroup;
  streams: readonly MaintenanceStream[];
  words: Words;
}) {
  return (
    <article class="device" data-sensor={sensor.sensor} data-sensor-state={health}>
      <h3>
        {sensor.title} <small>{sensor.sensor}</small>{' '}
        <span class="health">
          <StateIcon state={healthShapes[health]} />
          {words.say.sensorStates[health]}
        </span>
      </h3>
      {sensor.problem && (
        <p class="detail" lang="en">
          {sensor.problem.message} {sensor.problem.hint}
        </p>
      )}
      <dl class="streams">
        {streams.map((stream) => (
          <StreamPart key={stream.stream} stream={stream} words={words} />
        ))}
      </dl>
    </article>
  );
}

function StreamPart({ stream, words }: { stream: MaintenanceStream; words: Words }) {
  const { say, language } = words;
  const { maintenance } = say;
  const { property, raw, value, digits, symbol, age, flag, doubts, calibration, correction } = stream;
  // One digit more than people read: what a calibration does is less than what they would notice.
  const number = (value: number | null) =>
    value === null ? '–' : formatValue(value, Math.min(20, digits + 1), language);
  return (
    <div data-raw={stream.stream} data-flag={flag}>
      <dt>{property}</dt>
      <dd>
        {maintenance.raw} <strong>{number(raw)}</strong> → <strong>{number(value)}</strong> {symbol}
      </dd>
      <dd>
        {maintenance.flags[flag]}
        {doubts.length > 0 && ` – ${doubtIn(doubts, say)}`}
        {age !== null && ` · ${formatAgo(age, language, say.justNow)}`}
      </dd>
      {calibration && (
        <dd>
          {maintenance.calibration} {formatValue(calibration.version, 0, language)}: ×{' '}
          {formatValue(calibration.gain, 3, language)} + {formatValue(calibration.offset, 3, language)}
        </dd>
      )}
      {correction !== null && <dd>{correction}</dd>}
    </div>
  );
}
