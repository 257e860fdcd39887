/** A believable network around one stop in the middle of Seoul: real places, made-up timetables. */

export interface SimulatedStop {
  id: string;
  /** By language tag. */
  name: Readonly<Record<'ko' | 'en', string>>;
}

export interface SimulatedLine {
  id: string;
  /** As it stands on the bus. */
  number: string;
  /** Stop ids, from the first to the last. */
  stops: readonly string[];
  /** Minutes since midnight, of the first and the last bus from its first stop. */
  first: number;
  last: number;
  /** Minutes between two buses, in the rush hours and otherwise. */
  rush: number;
  calm: number;
  /** Of so many buses one has a high floor; 0 where all are low. */
  highFloorEvery: number;
  /** Whether its buses tell where they are. */
  live: boolean;
}

/** The stop that it is all about. */
export const hereId = 'jongno2';

const names: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  jongno2: ['종로2가', 'Jongno 2-ga'],
  jongno1: ['종로1가', 'Jongno 1-ga'],
  jongno3: ['종로3가.탑골공원', 'Jongno 3-ga, Tapgol Park'],
  jongno4: ['종로4가.종묘', 'Jongno 4-ga, Jongmyo'],
  jongno5: ['종로5가.광장시장', 'Jongno 5-ga, Gwangjang Market'],
  jongno6: ['종로6가.동대문', 'Jongno 6-ga, Dongdaemun'],
  sinseol: ['신설동역', 'Sinseol-dong Station'],
  jegi: ['제기동역.서울약령시', 'Jegi-dong Station, Yangnyeong Market'],
  cheongnyangni: ['청량리역환승센터', 'Cheongnyangni Station Transfer Center'],
  hoegi: ['회기역', 'Hoegi Station'],
  junggok: ['중곡역', 'Junggok Station'],
  gwanghwamun: ['광화문', 'Gwanghwamun Gate'],
  cityhall: ['서울시청', 'Seoul City Hall'],
  seosomun: ['서소문', 'Seosomun'],
  seoulstation: ['서울역버스환승센터', 'Seoul Station Bus Transfer Center'],
  sungnyemun: ['숭례문', 'Sungnyemun Gate'],
  hoehyeon: ['남대문시장.회현역', 'Namdaemun Market, Hoehyeon Station'],
  seodaemun: ['서대문역', 'Seodaemun Station'],
  chungjeongno: ['충정로역', 'Chungjeongno Station'],
  sinchon: ['신촌역', 'Sinchon Station'],
  hongdae: ['홍대입구역', 'Hongik University Station'],
  hapjeong: ['합정역', 'Hapjeong Station'],
  mangwon: ['망원동', 'Mangwon-dong'],
  worldcup: ['월드컵경기장', 'World Cup Stadium'],
  sangam: ['상암동', 'Sangam-dong'],
  yeouido: ['여의도환승센터', 'Yeouido Transfer Center'],
  yeongdeungpo: ['영등포역', 'Yeongdeungpo Station'],
  guro: ['구로역', 'Guro Station'],
  onsu: ['온수동', 'Onsu-dong'],
  hyehwa: ['혜화동로터리', 'Hyehwa-dong Rotary'],
  seongbuk: ['성북구청', 'Seongbuk-gu Office'],
  jeongneung: ['정릉', 'Jeongneung'],
  miari: ['미아사거리역', 'Miasageori Station'],
  suyu: ['수유역', 'Suyu Station'],
  dobong: ['도봉산역환승센터', 'Dobongsan Station Transfer Center'],
  hannam: ['한남동', 'Hannam-dong'],
  sinsa: ['신사역', 'Sinsa Station'],
  express: ['고속터미널', 'Express Bus Terminal'],
  gangnam: ['강남역', 'Gangnam Station'],
  gaepo: ['개포동', 'Gaepo-dong'],
  anguk: ['안국역', 'Anguk Station'],
  gyedong: ['계동.북촌', 'Gye-dong, Bukchon'],
  samcheong: ['삼청동', 'Samcheong-dong'],
  seonggyungwan: ['성균관대학교', 'Sungkyunkwan University'],
};

export const stops: readonly SimulatedStop[] = Object.entries(names).map(([id, [ko, en]]) => ({
  id,
  name: { ko, en },
}));

const east = ['cheongnyangni', 'jegi', 'sinseol', 'jongno6', 'jongno5', 'jongno4', 'jongno3', hereId];
const north = ['miari', 'seongbuk', 'hyehwa', 'jongno5', 'jongno4', 'jongno3', hereId];

const usual = { first: 250, last: 1_405, highFloorEvery: 4, live: true };

export const lines: readonly SimulatedLine[] = [
  {
    ...usual,
    id: 'L101',
    number: '101',
    stops: ['suyu', ...north, 'jongno1', 'gwanghwamun', 'cityhall', 'seosomun'],
    ...{ rush: 7, calm: 11 },
  },
  {
    ...usual,
    id: 'L143',
    number: '143',
    stops: ['jeongneung', ...north.slice(1), 'hoehyeon', 'hannam', 'sinsa', 'express', 'gangnam', 'gaepo'],
    ...{ rush: 6, calm: 9 },
  },
  {
    ...usual,
    id: 'L160',
    number: '160',
    stops: [
      ...['dobong', 'suyu', ...north, 'jongno1', 'gwanghwamun', 'seodaemun', 'chungjeongno'],
      ...['yeouido', 'yeongdeungpo', 'guro', 'onsu'],
    ],
    ...{ rush: 6, calm: 10 },
  },
  {
    ...usual,
    id: 'L201',
    number: '201',
    stops: ['hoegi', ...east, 'jongno1', 'cityhall', 'sungnyemun', 'seoulstation'],
    ...{ rush: 8, calm: 12 },
  },
  {
    ...usual,
    id: 'L260',
    number: '260',
    stops: ['junggok', 'hoegi', ...east, 'jongno1', 'gwanghwamun', 'seodaemun', 'yeouido'],
    ...{ rush: 9, calm: 13 },
  },
  {
    ...usual,
    id: 'L270',
    number: '270',
    stops: [...east, 'jongno1', 'gwanghwamun', 'seodaemun', 'sinchon', 'hongdae', 'worldcup', 'sangam'],
    ...{ rush: 8, calm: 12 },
  },
  {
    ...usual,
    id: 'L271',
    number: '271',
    stops: ['hoegi', ...east, 'jongno1', 'seodaemun', 'sinchon', 'hongdae', 'hapjeong', 'mangwon'],
    ...{ rush: 7, calm: 11 },
  },
  {
    ...usual,
    id: 'L02',
    number: '종로02',
    stops: ['jongno3', hereId, 'anguk', 'gyedong', 'samcheong', 'seonggyungwan'],
    ...{ rush: 10, calm: 15, live: false },
  },
  {
    ...usual,
    id: 'LN26',
    number: 'N26',
    stops: [...east, 'jongno1', 'gwanghwamun', 'sinchon', 'hongdae', 'hapjeong', 'worldcup'],
    ...{ first: 1_390, last: 1_700, rush: 20, calm: 20, highFloorEvery: 0 },
  },
  {
    ...usual,
    id: 'LN15',
    number: 'N15',
    stops: ['suyu', ...north, 'cityhall', 'seoulstation', 'yeongdeungpo', 'onsu'],
    ...{ first: 1_400, last: 1_690, rush: 25, calm: 25, highFloorEvery: 0 },
  },
];
