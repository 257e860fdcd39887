import type { Content } from '../../../runtime/api/contract.js';
import type { EmergencyMessage } from './content-message.js';
import type { AlertOnBoard } from './life.js';

type Texts = Readonly<Record<string, string>>;

/** An emergency message, whoever is to hear it, in no language yet. */
export interface Emergency extends EmergencyMessage {
  issued: string;
}

/** What the city announces because of a danger. */
export interface Emergencies {
  /** These take the screen over. */
  great: readonly Emergency[];
  /** These are a banner. */
  lesser: readonly Emergency[];
}

/** The gravest first: a warning outranks whatever is merely told. */
export const ranks = [
  'extreme',
  'severe',
  'moderate',
  'minor',
  'alert-warning',
  'alert-advisory',
  'warning',
  'information',
] as const;

export type Rank = (typeof ranks)[number];

/** One of the things that people here are to know, wherever it is from. */
export interface Announcement {
  key: string;
  rank: Rank;
  isDrill: boolean;
  title: Texts;
  texts: readonly Texts[];
  /** Who says so, where that must be told. */
  sender: Texts | undefined;
  /** What measured here gave rise to it. */
  alert: AlertOnBoard | undefined;
}

/** Nobody is alarmed by what nobody signed. */
export function emergenciesOf(sent: Content['emergency']): Emergencies {
  const messages = sent?.signedBy ? sent.body.messages : [];
  const ordered = messages
    .map((message) => ({ ...message, issued: sent?.issued ?? '' }))
    .toSorted((a, b) => Number(isDrill(a)) - Number(isDrill(b)) || rankOf(a.severity) - rankOf(b.severity));
  return { great: ordered.filter(isGreat), lesser: ordered.filter((message) => !isGreat(message)) };
}

/** All that is announced, the gravest first. */
export function announcementsOf({
  emergencies: { great, lesser },
  alerts,
  notices,
}: {
  emergencies: Emergencies;
  alerts: readonly AlertOnBoard[];
  notices: Content['notices'];
}): Announcement[] {
  return [
    ...[...great, ...lesser].map(ofEmergency),
    ...alerts.map(ofAlert),
    ...(notices?.body.notices ?? []).map(ofNotice),
  ].toSorted((a, b) => rankOf(a.rank) - rankOf(b.rank));
}

function ofEmergency(message: Emergency): Announcement {
  const { id, severity, headline, description, instruction, sender } = message;
  return {
    key: `emergency ${id}`,
    rank: severity,
    isDrill: isDrill(message),
    title: headline,
    texts: [instruction, description].filter((text) => text !== undefined),
    sender,
    alert: undefined,
  };
}

function ofAlert(alert: AlertOnBoard): Announcement {
  return {
    key: `alert ${alert.alert} ${alert.level}`,
    rank: `alert-${alert.level}`,
    isDrill: false,
    title: alert.grade?.word ?? {},
    texts: alert.advice ? [alert.advice] : [],
    sender: undefined,
    alert,
  };
}

function ofNotice({
  id,
  severity,
  title,
  text,
}: NonNullable<Content['notices']>['body']['notices'][number]): Announcement {
  return {
    key: `notice ${id}`,
    rank: severity,
    isDrill: false,
    title,
    texts: text ? [text] : [],
    sender: undefined,
    alert: undefined,
  };
}

export function isDrill({ status }: Pick<EmergencyMessage, 'status'>): boolean {
  return status === 'exercise';
}

function isGreat({ severity }: Emergency): boolean {
  return severity === 'extreme' || severity === 'severe';
}

function rankOf(rank: Rank): number {
  return ranks.indexOf(rank);
}
