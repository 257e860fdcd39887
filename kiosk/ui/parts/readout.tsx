import { formatAgo, formatValue } from '../i18n/format.js';
import { doubtIn, type Messages, reasonFor } from '../i18n/messages.js';
import type { Readout } from '../state/board.js';
import { StateIcon } from './icons.js';
import type { Words } from './words.js';

/** One value of one sensor, with its state and age, under what tells it from its neighbours. */
export function ReadoutPart({ label, readout, words }: { label: string; readout: Readout; words: Words }) {
  const { stream, state, value } = readout;
  return (
    <li class="readout" data-stream={stream} data-state={state}>
      <p class="label">{label}</p>
      {value !== undefined && <Figure value={value} readout={readout} words={words} />}
      <Standing readout={readout} words={words} />
      {(value === undefined || state === 'doubtful') && <Absence readout={readout} words={words} />}
    </li>
  );
}

function Figure({ value, readout, words }: { value: number; readout: Readout; words: Words }) {
  const { digits, symbol } = readout;
  return (
    <p class="figure">
      <data class="value" value={value}>
        {formatValue(value, digits, words.language)}
      </data>
      {symbol && <span class="unit">{symbol}</span>}
    </p>
  );
}

/** Why there is no number that people may rely on. */
function Absence({ readout, words: { say } }: { readout: Readout; words: Words }) {
  return <p class="absence reason">{reason(readout, say)}</p>;
}

/** What the sensor suffers from now tells more than what was wrong with its last value. */
function reason({ state, problem, doubts }: Readout, say: Messages): string {
  if (state === 'missing') return say.reasons.notYet;
  return problem ? say.reasons[reasonFor(problem.code)] : doubtIn(doubts, say);
}

function Standing({ readout, words: { say, language } }: { readout: Readout; words: Words }) {
  const { state, age, value } = readout;
  return (
    <p class="standing">
      <span class="state">
        <StateIcon state={state} />
        {say.states[state]}
      </span>
      {value !== undefined && age !== undefined && (
        <span class="age">{formatAgo(age, language, say.justNow)}</span>
      )}
    </p>
  );
}
