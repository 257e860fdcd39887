import type { InputNow } from '../../../runtime/api/contract.js';
import { localized } from '../i18n/languages.js';
import { inputStateName } from '../i18n/messages.js';
import type { Board, SensorGroup } from '../state/board.js';
import { technicalId } from './controls.js';
import { StateIcon } from './icons.js';
import { ReadoutPart } from './readout.js';
import type { Words } from './words.js';

/** What a technician reads: every sensor with its health and its lesser values, and every input. */
export function Technical({ board, words, hidden }: { board: Board; words: Words; hidden: boolean }) {
  const { technical } = words.say;
  return (
    <section class="technical" id={technicalId} hidden={hidden} aria-label={technical.title}>
      <h2>{technical.sensors}</h2>
      {board.sensors.map((group) => (
        <SensorPart key={group.sensor.sensor} group={group} words={words} />
      ))}
      {board.inputs.length > 0 && <h2>{technical.inputs}</h2>}
      {board.inputs.map((input) => (
        <InputPart key={input.input} input={input} words={words} />
      ))}
    </section>
  );
}

const healthShapes = { ok: 'fresh', failing: 'faulty', starting: 'missing', unknown: 'missing' } as const;

function SensorPart({ group: { sensor, health, readouts }, words }: { group: SensorGroup; words: Words }) {
  const { problem } = sensor;
  return (
    <article class="device" data-sensor={sensor.sensor} data-sensor-state={health}>
      <div class="device-head">
        <h3>
          {sensor.title} <small>{sensor.sensor}</small>
        </h3>
        <p class="health">
          <StateIcon state={healthShapes[health]} />
          {words.say.sensorStates[health]}
        </p>
      </div>
      {problem && (
        <p class="detail" lang="en">
          {problem.message} {problem.hint}
        </p>
      )}
      <ul class="readouts">
        {readouts.map((readout) => (
          <ReadoutPart
            key={readout.stream}
            label={localized(readout.name, words.language)}
            readout={readout}
            words={words}
          />
        ))}
      </ul>
    </article>
  );
}

function InputPart({ input, words }: { input: InputNow; words: Words }) {
  return (
    <article class="device" data-input={input.input} data-input-state={input.state}>
      <div class="device-head">
        <h3>{input.input}</h3>
        <p class="health">{inputStateName(input, words.say)}</p>
      </div>
    </article>
  );
}
