import { useState } from 'preact/hooks';
import { formatAgo, formatTime, formatValue } from '../i18n/format.js';
import { localizedIn } from '../i18n/languages.js';
import { Button } from '../parts/button.js';
import { RouteIcon } from '../parts/frame-icons.js';
import type { Words } from '../parts/words.js';
import type { Page } from '../state/page.js';
import { type RouteOnScreen, type RouteStop, routeOnScreen } from '../state/route.js';
import type { WantedRoute } from '../state/visit.js';
import type { ScreenProps } from './screen.js';

/** The way of one line: where it goes from here, what it meets, and its first and last bus. */
export function RouteScreen({ page, words }: ScreenProps) {
  const sent = page.content.value.routes;
  const wanted = page.visit.line.value;
  const shown = routeOnScreen(sent, wanted);
  if (!wanted) return <Lines page={page} words={words} />;
  return (
    <>
      <Title wanted={wanted} words={words} />
      {shown ? (
        <Way key={shown.route.id} shown={shown} page={page} words={words} />
      ) : (
        <p class="nothing">{words.say.route.unknown}</p>
      )}
    </>
  );
}

function Title({
  wanted: { line, destination },
  words: { say, language },
}: {
  wanted: WantedRoute;
  words: Words;
}) {
  const { text, lang } = localizedIn(destination, language);
  return (
    <h2 class="screen-title route-title">
      <span class="line" data-length={Math.min(6, [...line].length)}>
        {line}
      </span>
      <span lang={lang}>{say.route.to(text)}</span>
    </h2>
  );
}

function Way({ shown, page, words }: { shown: RouteOnScreen; page: Page; words: Words }) {
  const { say, language } = words;
  const [showsBefore, show] = useState(false);
  const { route, before, here, ahead, asOf } = shown;
  const age = page.time.value === undefined ? undefined : (page.time.value - asOf) / 1_000;
  return (
    <>
      <Hours route={route} page={page} words={words} />
      {before.length > 0 && (
        <Button
          name="stops-before"
          word={
            showsBefore
              ? say.route.hideBefore
              : say.route.showBefore(before.length, formatValue(before.length, 0, language))
          }
          icon={<RouteIcon />}
          pressed={showsBefore}
          onPress={() => show(!showsBefore)}
        />
      )}
      <ol class="stops">
        {showsBefore && before.map((stop, index) => <Stop key={index} stop={stop} words={words} />)}
        {here && <Stop stop={here} words={words} />}
        {ahead.map((stop, index) => (
          <Stop key={before.length + 1 + index} stop={stop} words={words} />
        ))}
      </ol>
      {age !== undefined && <p class="basis">{say.route.asOf(formatAgo(age, language, say.justNow))}</p>}
    </>
  );
}

function Hours({
  route: { firstBus, lastBus },
  page,
  words,
}: {
  route: RouteOnScreen['route'];
  page: Page;
  words: Words;
}) {
  const { route } = words.say;
  if (firstBus === undefined && lastBus === undefined) return null;
  return (
    <dl class="hours">
      {firstBus !== undefined && <Hour name={route.firstBus} time={firstBus} page={page} words={words} />}
      {lastBus !== undefined && <Hour name={route.lastBus} time={lastBus} page={page} words={words} />}
    </dl>
  );
}

function Hour({
  name,
  time,
  page,
  words: { language },
}: {
  name: string;
  time: string;
  page: Page;
  words: Words;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <time dateTime={time}>
          {formatTime(Date.parse(time), page.site.value?.timeZone ?? 'UTC', language)}
        </time>
      </dd>
    </div>
  );
}

function Stop({
  stop: { name, here, transfers },
  words: { say, language },
}: {
  stop: RouteStop;
  words: Words;
}) {
  const { text, lang } = localizedIn(name, language);
  return (
    <li class="stop" data-here={here || undefined}>
      <p class="name">
        <span lang={lang}>{text}</span>
        {here && <strong class="here">{say.route.here}</strong>}
      </p>
      {transfers.length > 0 && (
        <p class="transfers">
          {say.route.transfers}
          {transfers.map((line) => (
            <span key={line} class="chip">
              {line}
            </span>
          ))}
        </p>
      )}
    </li>
  );
}

/** Where no line was touched: the lines there are. */
function Lines({ page, words }: { page: Page; words: Words }) {
  const { say, language } = words;
  const routes = page.content.value.routes?.body.routes ?? [];
  return (
    <>
      <h2 class="screen-title">{say.route.title}</h2>
      {routes.length === 0 && <p class="nothing">{say.route.none}</p>}
      <div class="lines">
        {routes.map(({ id, line, destination }) => (
          <Button
            key={id}
            name="line"
            word={`${line} ${say.route.to(localizedIn(destination, language).text)}`}
            onPress={() => page.visit.goToRoute({ line, destination, route: id })}
          />
        ))}
      </div>
    </>
  );
}
