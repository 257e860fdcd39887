import type { ComponentChildren } from 'preact';
import { formatSecondsAgo, formatTime, minutesIn } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import type { ArrivalRow } from '../state/arrivals.js';
import type { Page } from '../state/page.js';
import { arrivalIn } from '../voice/arrival.js';
import {
  CrowdingIcon,
  DelayedIcon,
  DetourIcon,
  LastBusIcon,
  LowFloorIcon,
  StandingIcon,
} from './bus-icons.js';
import type { Words } from './words.js';

/** One bus: what it is, where it goes, when it comes, and how sure that is. It leads to its route. */
export function ArrivalRowPart({
  row,
  isNext,
  page,
  words,
}: {
  row: ArrivalRow;
  isNext: boolean;
  page: Page;
  words: Words;
}) {
  const { line, destination, route } = row.arrival;
  const { text, lang } = localizedIn(destination, words.language);
  return (
    <li class="arrival" data-line={line} data-standing={row.standing} data-next={isNext || undefined}>
      <button
        type="button"
        class="bus"
        data-control="route"
        data-spoken={arrivalIn(row, page.site.value?.timeZone ?? 'UTC', words)}
        onClick={() => page.visit.goToRoute({ line, destination, route })}
      >
        <span class="line" style={{ '--fit': fitOf(line) }}>
          {line}
        </span>
        <span class="way">
          <span class="destination" lang={lang} data-clipped>
            {text}
          </span>
          <Marks row={row} words={words} />
        </span>
        <When row={row} page={page} words={words} />
      </button>
    </li>
  );
}

/** How much smaller a line's name is written, so that it stands on its plate in one line where it can. */
function fitOf(line: string): number {
  const width = [...line].reduce((sum, letter) => sum + widthOf(letter), 0);
  return Math.max(0.45, Math.min(1, 1.85 / width));
}

/** Of a heavy letter, in its own height. */
function widthOf(letter: string): number {
  if (letter.charCodeAt(0) >= 0x1100) return 0.95;
  return /[A-Z@%&]/.test(letter) ? 0.76 : 0.6;
}

function Marks({ row: { arrival, standing }, words: { say } }: { row: ArrivalRow; words: Words }) {
  const { arrivals: told } = say;
  const { status, stopsAway, crowding, lowFloor, lastOfDay, detour } = arrival;
  if (standing === 'cancelled') return null;
  return (
    <span class="marks">
      {lastOfDay && <Mark icon={<LastBusIcon />} word={told.lastBus} weight="heavy" />}
      {detour && <Mark icon={<DetourIcon />} word={told.detour} weight="heavy" />}
      {status === 'delayed' && <Mark icon={<DelayedIcon />} word={told.delayed} weight="heavy" />}
      {stopsAway !== undefined && <span class="mark">{told.stopsAway(stopsAway)}</span>}
      {lowFloor && <Mark icon={<LowFloorIcon />} word={told.lowFloor} />}
      {crowding && <Mark icon={<CrowdingIcon crowding={crowding} />} word={told.crowding[crowding]} />}
    </span>
  );
}

function Mark({ icon, word, weight }: { icon: ComponentChildren; word: string; weight?: 'heavy' }) {
  return (
    <span class="mark" data-weight={weight}>
      {icon}
      {word}
    </span>
  );
}

function When({ row, page, words }: { row: ArrivalRow; page: Page; words: Words }) {
  const { say, language } = words;
  const { standing, age } = row;
  return (
    <span class="when">
      <Time row={row} page={page} words={words} />
      <span class="sure">
        <StandingIcon standing={standing} />
        {standing === 'old' && age !== undefined
          ? say.arrivals.asOf(formatSecondsAgo(age, language))
          : say.arrivals.standings[standing]}
      </span>
      {standing === 'overdue' && <span class="why">{say.arrivals.tooOld}</span>}
    </span>
  );
}

function Time({
  row: { when },
  page,
  words: { say, language },
}: {
  row: ArrivalRow;
  page: Page;
  words: Words;
}) {
  if (when.shows === 'nothing') return null;
  if (when.shows === 'time') {
    const zone = page.site.value?.timeZone ?? 'UTC';
    return (
      <time class="time" dateTime={new Date(when.time).toISOString()}>
        {formatTime(when.time, zone, language)}
      </time>
    );
  }
  if (when.minutes === 0) return <span class="time arriving">{say.arrivals.arriving}</span>;
  return (
    <span class="time">
      {minutesIn(when.minutes, language).map(({ isNumber, text }) => (
        <span key={text} class={isNumber ? 'number' : 'unit'}>
          {text}
        </span>
      ))}
    </span>
  );
}
