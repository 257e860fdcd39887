import { formatValue } from '../../i18n/format.js';
import type { MaintenanceVisit, PinRefusal } from '../../state/maintenance.js';
import { Button } from '../button.js';
import { EraseIcon, TickIcon } from '../frame-icons.js';
import type { Words } from '../words.js';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Where the PIN is typed. It shows how many digits stand there, and never which. */
export function PinPad({ visit, words }: { visit: MaintenanceVisit; words: Words }) {
  const { say, language } = words;
  const { maintenance } = say;
  const refusal = visit.refusal.value;
  const count = visit.digits.value;
  return (
    <div class="pin">
      <h2 class="screen-title">{maintenance.title}</h2>
      <p class="entry" role="status">
        {count === 0 ? <span>{maintenance.pin}</span> : <span aria-hidden="true">{'●'.repeat(count)}</span>}
        <span class="unseen">{maintenance.digits(formatValue(count, 0, language))}</span>
      </p>
      <p class="refusal" role="alert">
        {visit.isTrying.value ? maintenance.trying : refusal && refusalIn(refusal, words)}
      </p>
      <div class="pad">
        {digits.map((digit) => (
          <Digit key={digit} digit={digit} visit={visit} words={words} />
        ))}
        <Button name="erase" word={maintenance.erase} icon={<EraseIcon />} onPress={visit.erase} />
        <Digit digit="0" visit={visit} words={words} />
        <Button
          name="enter"
          kind="strong"
          word={maintenance.enter}
          icon={<TickIcon />}
          onPress={visit.submit}
        />
      </div>
    </div>
  );
}

function Digit({ digit, visit, words }: { digit: string; visit: MaintenanceVisit; words: Words }) {
  return (
    <Button
      name={`digit-${digit}`}
      word={formatValue(Number(digit), 0, words.language)}
      onPress={() => visit.press(digit)}
    />
  );
}

function refusalIn(refusal: PinRefusal, { say, language }: Words): string {
  const { refusals } = say.maintenance;
  if (refusal.why !== 'locked') return refusals[refusal.why];
  return refusals.locked(formatValue(Math.ceil(refusal.seconds), 0, language));
}
