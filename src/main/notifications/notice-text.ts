import type { AlertNotice, Notice } from '../../shared/contract/notifications';

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

const MAX_TITLE = 100;
const MAX_BODY = 300;
const MAX_CAPTURE = 80;

/** A notice in two short plain texts. */
export function noticeText(notice: Notice): NoticeText {
  if (notice.kind === 'summary') {
    const alerts = notice.count === 1 ? '1 more alert' : `${notice.count.toLocaleString('en')} more alerts`;
    const when = notice.reason === 'quiet' ? 'They came in the quiet hours.' : 'They came faster than you want to be told.';
    return { title: `And ${alerts}`, body: `${when} The highest is ${notice.severity}.` };
  }
  const { severity, title, count, capture } = notice;
  const times = count > 1 ? `, ${count.toLocaleString('en')} times` : '';
  const where = capture === '' ? '' : ` (${cut(plain(capture), MAX_CAPTURE)})`;
  return { title: cut(`${capitalised(severity)}: ${title}`, MAX_TITLE), body: cut(`${endsOf(notice)}${times}${where}`, MAX_BODY) };
}

/** That a capture of this name ended by itself. */
export const endText = (capture: string): NoticeText => ({
  title: cut(`The capture of ${cut(plain(capture), MAX_CAPTURE)} ended`, MAX_TITLE),
  body: 'It ended by itself. The window says why, and its packets are kept until it is closed.',
});

function endsOf({ sourceIp, targetIp, targetPort }: AlertNotice): string {
  const source = sourceIp || 'several sources';
  const target = targetIp || 'several targets';
  return `${source} to ${target}${targetPort === null ? '' : `, port ${targetPort}`}`;
}

/** Some desktops read `<`, `>` and `&` as markup, and a file's name may hold them, or characters that turn a text around. */
const plain = (text: string): string => text.replaceAll(/\p{C}/gu, ' ').replaceAll(/[<>&]/g, '_');

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
