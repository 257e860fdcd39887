import type { ComponentChildren } from 'preact';
import { formatDate, formatTime, formatValue } from '../../i18n/format.js';
import type { InsideProps } from './props.js';

const megabyte = 1_000_000;
const hour = 3_600;

/** How clock, database, way out and screen are. */
export function SystemView({ visit, page, words }: InsideProps) {
  const { say, language } = words;
  const { maintenance } = say;
  const { look, health } = visit.inside.value;
  const zone = page.site.value?.timeZone ?? 'UTC';
  const number = (value: number, digits = 0) => formatValue(value, digits, language);
  if (!look && !health) return <p class="nothing">{say.connecting}</p>;
  return (
    <dl class="facts">
      {look && (
        <>
          <Fact name={maintenance.clock}>
            {formatDate(Date.parse(look.clock.time), zone, language)}{' '}
            {formatTime(Date.parse(look.clock.time), zone, language)}
          </Fact>
          <Fact name={maintenance.clockMoved}>{number(look.clock.moved, 3)} s</Fact>
        </>
      )}
      {health && (
        <>
          <Fact name={maintenance.synchronised} isGood={health.clock.synchronised}>
            {health.clock.synchronised ? maintenance.yes : maintenance.no} ({health.clock.by})
          </Fact>
          <Fact
            name={maintenance.uplink}
            isGood={health.uplink?.connected ?? true}
            problem={health.uplink?.problem}
          >
            {health.uplink
              ? `${health.uplink.connected ? maintenance.connected : maintenance.notConnected} – ${health.uplink.url}`
              : maintenance.none}
          </Fact>
          {health.uplink && (
            <>
              <Fact name={maintenance.waiting}>{number(health.uplink.waiting)}</Fact>
              <Fact name={maintenance.sent}>{number(health.uplink.sent)}</Fact>
              <Fact name={maintenance.quarantined} isGood={health.uplink.quarantined === 0}>
                {number(health.uplink.quarantined)}
              </Fact>
            </>
          )}
          <Fact name={maintenance.store} isGood={health.store.ok} problem={health.store.problem}>
            {number(health.store.bytes / megabyte, 1)} / {number(health.store.quota / megabyte)} MB
          </Fact>
          <Fact name={maintenance.uncommitted}>{number(health.store.uncommitted)}</Fact>
          <Fact name={maintenance.gone} isGood={health.store.gone.dropped + health.store.gone.damaged === 0}>
            {number(health.store.gone.dropped)} / {number(health.store.gone.damaged)}
          </Fact>
          <Fact name={maintenance.uptime}>{number(health.uptime / hour, 1)} h</Fact>
          <Fact name={maintenance.version}>{health.version}</Fact>
        </>
      )}
      <Fact name={maintenance.screen}>
        {innerWidth} × {innerHeight} px, {number(page.site.value?.pxPerMm ?? 0, 2)} px/mm
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  isGood = true,
  problem,
  children,
}: {
  name: string;
  isGood?: boolean;
  problem?: { message: string } | null | undefined;
  children: ComponentChildren;
}) {
  return (
    <div data-good={isGood}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {problem && (
        <dd class="detail" lang="en">
          {problem.message}
        </dd>
      )}
    </div>
  );
}
