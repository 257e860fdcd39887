import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TakeAlong } from '../../../runtime/api/contract.js';
import { PhoneIcon, WifiIcon } from '../parts/frame-icons.js';
import { Qr } from '../parts/qr.js';
import { Section } from '../parts/section.js';
import type { Words } from '../parts/words.js';
import { services } from '../services.js';
import { takeAlong } from '../state/take-along-message.js';
import { wifiCode } from '../state/wifi-code.js';
import type { ScreenProps } from './screen.js';

/** This page and the network for a phone, each as a code and in words. */
export function TakeAlongScreen({ words }: ScreenProps) {
  const { takeAlong: say } = words.say;
  const told = useTakeAlong();
  return (
    <>
      <h2 class="unseen">{say.title}</h2>
      <div class="take-along">
        {told === 'waiting' && <p class="nothing">{words.say.connecting}</p>}
        {told === 'unknown' && <p class="nothing">{say.unknown}</p>}
        {typeof told === 'object' && (
          <>
            <PagePart url={told.url} words={words} />
            <WifiPart wifi={told.wifi} words={words} />
          </>
        )}
      </div>
    </>
  );
}

function PagePart({ url, words: { say } }: { url: string | null; words: Words }) {
  const { takeAlong } = say;
  return (
    <Section title={takeAlong.page} icon={<PhoneIcon />} name="page">
      {url === null ? (
        <p>{takeAlong.noPage}</p>
      ) : (
        <Coded code={url}>
          <p>{takeAlong.explain}</p>
          <p class="address">{url}</p>
        </Coded>
      )}
    </Section>
  );
}

function WifiPart({ wifi, words: { say } }: { wifi: TakeAlong['wifi']; words: Words }) {
  const { takeAlong } = say;
  return (
    <Section title={takeAlong.wifi} icon={<WifiIcon />} name="wifi">
      {wifi === null ? (
        <p>{takeAlong.noWifi}</p>
      ) : (
        <Coded code={wifiCode(wifi)}>
          <dl class="network">
            <dt>{takeAlong.network}</dt>
            <dd>{wifi.name}</dd>
            <dt>{takeAlong.password}</dt>
            <dd>{wifi.password ?? takeAlong.open}</dd>
          </dl>
        </Coded>
      )}
    </Section>
  );
}

function Coded({ code, children }: { code: string; children: ComponentChildren }) {
  return (
    <div class="coded">
      <Qr text={code} />
      <div class="in-words">{children}</div>
    </div>
  );
}

/** Asked for when the screen opens: it hardly ever changes. */
function useTakeAlong(): TakeAlong | 'waiting' | 'unknown' {
  const [told, tell] = useState<TakeAlong | 'waiting' | 'unknown'>('waiting');
  useEffect(() => {
    let isWanted = true;
    void services.ask('/api/v1/take-along').then(({ status, body }) => {
      if (isWanted) tell(status === 200 && takeAlong(body) ? body : 'unknown');
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return told;
}
