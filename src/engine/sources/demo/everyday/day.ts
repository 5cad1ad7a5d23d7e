import type { Link } from '../link';
import { administrator, backups } from './administration';
import { calls, monitoring, neighbours, noise, undecided } from './background';
import { mail, mailboxes } from './mail';
import { clock, lookUps, zone } from './names-and-time';
import { visitors } from './web';

/** Begins all that a small server has to do, for ever. */
export function beginDay(link: Link): void {
  link.start(visitors(link));
  link.start(zone(link));
  link.start(lookUps(link));
  link.start(calls(link));
  link.start(noise(link));
  link.start(undecided(link));
  link.start(mail(link));
  link.start(mailboxes(link));
  link.start(administrator(link));
  link.start(backups(link));
  link.start(clock(link));
  link.start(neighbours(link));
  for (let index = 0; index < 3; index++) link.start(monitoring(link, index), index * 1.3);
}
