import type { Messages } from './messages.js';

export const ko: Messages = {
  connecting: '연결하는 중 …',
  notConnected: {
    title: '데이터 없음 – 연결되지 않음',
    lastUpdate: (ago, time) => (time ? `마지막 수신 ${time} (${ago})` : `마지막 수신 ${ago}`),
    neverHeard: '쉘터가 아직 응답하지 않습니다.',
  },
  states: { fresh: '실시간', stale: '지난 값', faulty: '고장', missing: '값 없음' },
  doubtful: '확인 필요',
  reasons: {
    unreachable: '센서에 연결할 수 없습니다',
    unplugged: '센서가 분리되었습니다',
    silent: '센서가 응답하지 않습니다',
    nonsense: '센서 응답이 잘못되었습니다',
    broken: '센서가 고장 났습니다',
    unbelievable: '믿을 수 없는 값입니다',
    notYet: '아직 측정하지 않았습니다',
  },
  justNow: '방금',
  values: '이곳에서 측정한 값',
  language: '언어',
  simpleMeter: '이곳의 간이측정기로 측정한 값이며, 국가 측정망의 공식 자료가 아닙니다.',
  technical: {
    show: '더 많은 값',
    hide: '간단히 보기',
    title: '기술 측정값',
    sensors: '센서',
    inputs: '입력',
  },
  sensorStates: { starting: '시작하는 중', ok: '정상', failing: '고장', unknown: '알 수 없음' },
  inputStates: {
    pressed: '눌림',
    released: '눌리지 않음',
    open: '열림',
    closed: '닫힘',
    present: '사람 있음',
    absent: '사람 없음',
  },
  inputUnread: '아직 읽지 않음',
  notices: { 'button.pressed': '버튼이 눌렸습니다', 'door.open': '문이 열려 있습니다' },
};
