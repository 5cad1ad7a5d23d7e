import { afterAll, beforeAll, describe, it } from 'vitest';
import { ATTACKS, type Stage } from '../rig/attacks';
import { named, whyNot } from '../rig/available';
import { checkAttack, note } from '../rig/findings';
import { Network } from '../rig/network';
import { startFtp, startSshd, Workshop } from '../rig/servers';

const reason = whyNot('ssh-keygen', 'sshd', 'vsftpd');

describe(named('what rules find of real tools between network namespaces', reason), () => {
  let stage: Stage;

  beforeAll(async () => {
    if (reason !== null) return;
    const network = await Network.make();
    const workshop = await Workshop.open();
    stage = { network, workshop, userKey: '' };
    stage = { network, workshop, userKey: await startSshd(network, workshop) };
    await startFtp(network, workshop);
    await network.program('victim', 'web-server', '80');
  });

  afterAll(async () => {
    await stage?.network.remove();
    await stage?.workshop.close();
  });

  for (const attack of ATTACKS) {
    const { tool, mode } = attack;
    const missing = reason ?? whyNot(...attack.needs);
    if (missing !== null)
      for (const rule of attack.finds) note({ tool, mode, packets: 0, rule, detected: false, after: null, reason: missing });
    it.skipIf(missing !== null)(named(`${tool} ${mode}`, missing), () => checkAttack(attack, stage));
  }
});
