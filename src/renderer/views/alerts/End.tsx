import { addressTest } from '../../stores/filter-text';
import { isHost, openHost } from '../../stores/hosts';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { endText } from './columns';

/** Address and port of one end; an IP address leads to its host's page. */
export function End({ address, port }: { readonly address: string; readonly port: number | null }) {
  const text = endText(address, port);
  const test = addressTest('addr', address);
  if (test === null) return text;
  if (!isHost(address)) return <Value text={text} test={test} />;
  const hint = texts.hosts.open(address);
  return <Value text={text} test={test} hint={hint} label={`${text}. ${hint}`} onOpen={() => openHost(address)} />;
}
