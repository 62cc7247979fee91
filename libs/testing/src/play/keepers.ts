import { drillAnswer, keyPublication } from '@app/evaluation';
import { generateKeeperKey } from '@app/sealing';
import type { Play } from './cast.js';

/** Purposes about which the lot's own engine owes this act from the keeper. */
const owed = ({ table }: Pick<Play, 'table'>, keeper: string, command: string): string[] =>
  table.run.owed(keeper).flatMap((duty) => (duty.command === command ? [duty.subject] : []));

/** Every keeper publishes the keys it owes at this time. */
export function publishKeys({ table, keys }: Play): void {
  for (const keeper of Object.keys(table.state.parties)) {
    for (const purpose of owed({ table }, keeper, 'sealing.publish-key')) {
      const key = generateKeeperKey(table.profile);
      keys.set(`${keeper}/${purpose}`, key);
      table.act(keeper, 'sealing.publish-key', keyPublication(table.run, keeper, purpose, key));
    }
  }
}

/** Every keeper, or each of these, releases what it owes now. */
export function releaseKeys({ table, keys }: Play, keepers = Object.keys(table.state.parties)): void {
  for (const keeper of keepers) {
    for (const purpose of owed({ table }, keeper, 'sealing.release')) {
      table.act(keeper, 'sealing.release', { purpose }, { secrets: { 'private-key': keys.get(`${keeper}/${purpose}`)?.privateKey ?? '' } });
    }
  }
}

/** The drill on the day before, where the lot asks for one: every opening trustee answers, or each of these. */
export function holdDrill({ table, keys }: Play, trustees = Object.keys(table.state.parties)): void {
  const begun = table.run.owed('node:main').find(({ command }) => command === 'sealing.begin-drill');
  if (begun === undefined) return;
  table.waitUntil(begun.notBefore ?? '');
  table.act('node:main', 'sealing.begin-drill', { challenge: table.salt('drill') });
  for (const trustee of trustees) {
    const key = keys.get(`${trustee}/bids`);
    const answer = key === undefined ? null : drillAnswer(table.run, trustee, key);
    if (answer !== null) table.act(trustee, 'sealing.answer-drill', answer);
  }
}
