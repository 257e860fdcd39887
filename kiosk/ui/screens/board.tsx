import type { SiteNow } from '../../../runtime/api/contract.js';
import { localized } from '../i18n/languages.js';
import { Header } from '../parts/header.js';
import { LifePart } from '../parts/life.js';
import { LostBanner } from '../parts/lost-banner.js';
import { PropertyCard } from '../parts/property-card.js';
import { Technical } from '../parts/technical.js';
import type { Words } from '../parts/words.js';
import type { Board, PropertyGroup } from '../state/board.js';

/** The live board: what is measured at this stop, right now. */
export function BoardScreen({
  board,
  site,
  words,
  showsTechnical,
}: {
  board: Board;
  site: SiteNow | undefined;
  words: Words;
  showsTechnical: boolean;
}) {
  const { say } = words;
  return (
    <main class="board" data-link={board.link}>
      {site && <Header site={site} time={board.time} words={words} />}
      {board.link === 'lost' && <LostBanner lastHeard={board.lastHeard} site={site} words={words} />}
      {board.link === 'waiting' && <p class="connecting">{say.connecting}</p>}
      {board.life && <LifePart life={board.life} words={words} />}
      <section class="cards front" aria-label={say.values}>
        {board.front.map(card(words))}
      </section>
      {[...board.front, ...board.beside].some(isParticulate) && (
        <p class="statement">
          {board.life?.statement ? localized(board.life.statement, words.language) : say.simpleMeter}
        </p>
      )}
      <section class="cards beside" aria-label={say.values} hidden={!showsTechnical}>
        {board.beside.map(card(words))}
      </section>
      <Technical board={board} words={words} hidden={!showsTechnical} />
    </main>
  );
}

function card(words: Words) {
  return (group: PropertyGroup) => <PropertyCard key={group.property} group={group} words={words} />;
}

function isParticulate({ property }: PropertyGroup): boolean {
  return property.startsWith('pm');
}
