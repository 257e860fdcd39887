import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatAgo } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import { Button } from '../parts/button.js';
import { CallIcon, LowFloorBusIcon, RingIcon } from '../parts/frame-icons.js';
import { Section } from '../parts/section.js';
import type { Words } from '../parts/words.js';
import { services } from '../services.js';
import { type Asked, type Calls, createCalls } from '../state/calls.js';
import type { CallTold, HelpTold } from '../state/help.js';
import type { Page } from '../state/page.js';
import type { ScreenProps } from './screen.js';

/** So many are shown: the numbers to call must stay in sight. */
const mostCalls = 2;

/** Help in one touch: a call from here, a bus without steps, and the numbers to call. */
export function HelpScreen({ page, words }: ScreenProps) {
  const calls = useMemo(() => createCalls(services), []);
  useEffect(() => calls.stop, [calls]);
  const { help: say } = words.say;
  const told = page.help.value;
  return (
    <>
      <h2 class="unseen">{say.title}</h2>
      {told.canCall ? (
        <CallControls page={page} calls={calls} words={words} />
      ) : (
        <p class="nothing">{say.trouble.unavailable}</p>
      )}
      <CallStates told={told} asked={calls.asked.value} words={words} />
      <Numbers told={told} words={words} />
    </>
  );
}

function CallControls({ page, calls, words }: { page: Page; calls: Calls; words: Words }) {
  const { help: say } = words.say;
  const [asksLine, askLine] = useState(false);
  const lines = [...new Set(page.arrivals.value.rows.map(({ arrival }) => arrival.line))];

  function request(line?: string): void {
    askLine(false);
    calls.ask({ kind: 'low-floor', ...(line !== undefined && { line }) });
  }

  return (
    <div class="calling">
      <Button
        name="call"
        kind="strong"
        word={say.kinds.call}
        icon={<CallIcon />}
        onPress={() => calls.ask({ kind: 'call' })}
      />
      <p class="basis">{say.explain}</p>
      <Button
        name="low-floor"
        word={say.kinds['low-floor']}
        icon={<LowFloorBusIcon />}
        pressed={asksLine}
        onPress={() => (lines.length > 0 ? askLine(!asksLine) : request())}
      />
      {asksLine && (
        <div class="which">
          <p>{say.whichLine}</p>
          <div class="choices">
            {lines.slice(0, 11).map((line) => (
              <Button key={line} name={`line-${line}`} word={line} onPress={() => request(line)} />
            ))}
            <Button name="any-line" word={say.anyLine} onPress={() => request()} />
          </div>
        </div>
      )}
    </div>
  );
}

/** Every touch is answered here: at once by what is being done, then by what became of it. */
function CallStates({ told, asked, words }: { told: HelpTold; asked: Asked | undefined; words: Words }) {
  const { help: say } = words.say;
  const isWaiting = asked?.state === 'asking' && told.calls.every(({ step }) => step === 'answered');
  const trouble = asked?.state === 'asking' || asked?.state === 'taken' ? undefined : asked?.state;
  return (
    <div class="calls" role="status">
      {isWaiting && <p class="call">{say.asking}</p>}
      {trouble && (
        <p class="call" data-trouble={trouble}>
          {say.trouble[trouble]}
          {told.phone !== undefined && <strong>{say.callInstead(told.phone)}</strong>}
        </p>
      )}
      {told.calls.slice(0, mostCalls).map((call) => (
        <CallState key={call.id} call={call} phone={told.phone} words={words} />
      ))}
    </div>
  );
}

function CallState({
  call: { id, kind, line, step, age, answer },
  phone,
  words: { say, language },
}: {
  call: CallTold;
  phone: string | undefined;
  words: Words;
}) {
  const { help } = say;
  const told = answer && localizedIn(answer, language);
  const needsPhone = step === 'waits' || step === 'failed';
  return (
    <article class="call" data-call={id} data-step={step}>
      <h3>
        {help.kinds[kind]}
        {line !== null && <span class="chip">{line}</span>}
        <span class="basis">{formatAgo(age, language, say.justNow)}</span>
      </h3>
      <p>{help.steps[step]}</p>
      {needsPhone && phone !== undefined && (
        <p>
          <strong>{help.callInstead(phone)}</strong>
        </p>
      )}
      {told && (
        <blockquote lang={told.lang}>
          <p>{told.text}</p>
        </blockquote>
      )}
    </article>
  );
}

function Numbers({ told: { phone, emergency }, words: { say } }: { told: HelpTold; words: Words }) {
  const { help } = say;
  if (phone === undefined && emergency.length === 0) return null;
  return (
    <Section title={help.numbers} icon={<RingIcon />} name="numbers">
      <dl class="numbers">
        {emergency.map(({ number, reaches }) => (
          <div key={number} data-number={number}>
            <dt>{help.reaches[reaches]}</dt>
            <dd>{number}</dd>
          </div>
        ))}
        {phone !== undefined && (
          <div data-number={phone}>
            <dt>{help.phone}</dt>
            <dd>{phone}</dd>
          </div>
        )}
      </dl>
    </Section>
  );
}
