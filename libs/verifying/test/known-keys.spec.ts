import { formatVerifierKey, SIGNATURE_TYPE } from '@app/ledger';
import { noteKey, profileOf } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { createLot, publishKeys, publishLot, seat } from '@app/testing/play';
import type { Anchors, RetiredKey } from '@app/verifying';
import { LotJudge } from '@app/verifying';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Certified, INSTALLATION } from './support/certified.js';

const profile = profileOf('gp-std-1');

describe('keys that a lot froze, and those that a site knows', () => {
  let registry: Certified;
  let play: Play;
  let witnessKeys: Readonly<Record<string, string>>;
  let foundedAt: string;

  beforeAll(async () => {
    registry = await Certified.of(TV_E2E_01);
    play = seat(TV_E2E_01, 1, undefined, registry);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    foundedAt = play.table.sent[0]!.header.at;
    witnessKeys = Object.fromEntries([...registry.witnesses].map(([name, { publicKey }]) => [name, keyOf(name, publicKey)]));
  }, 60_000);

  const keyOf = (name: string, publicKey: string): string =>
    formatVerifierKey(profile.hash, noteKey(publicKey, `${INSTALLATION}/witness/${name}`, SIGNATURE_TYPE.cosignature)!);
  const invented = (name: string): string => keyOf(name, profile.generateSigner('node').publicKey);
  const after = (ms: number): string => new Date(Date.parse(foundedAt) + ms).toISOString();

  /** What the judge of a site finds that knows these keys. */
  function found(known: Partial<Anchors>): string | null {
    const { origin, lot, round } = play.table.state;
    const { shelf, sent } = play.table;
    const anchors = { ...registry.trust, witnessKeys: Object.values(witnessKeys), ...known };
    const judge = new LotJudge({ installation: INSTALLATION, origin, lot, round, profile, shelf, anchors, reader: 'node:sub-1' });
    for (const entry of sent) judge.take(entry);
    return judge.standing.fault;
  }

  it('SEC-22 a policy of the installation’s own witnesses is good; a reader who was told of no witness compares none', () => {
    expect(found({})).toBeNull();
    const { witnessKeys: _none, ...untold } = { ...registry.trust, witnessKeys: [] };
    expect(found({ ...untold, witnessKeys: undefined as never })).toBeNull();
  });

  it('SEC-22 a key that the main venue put into the policy of its lot is found by each site, by the witness’s name', () => {
    const others = Object.entries(witnessKeys).flatMap(([name, key]) => (name === 'sub-2' ? [invented(name)] : [key]));
    expect(found({ witnessKeys: others })).toMatch(
      /^entry \d+ \(lot\.(create|publish)\): its policy names a witness sub-2 by a key that is not one of this installation$/,
    );
  });

  it('SEC-22 a witness’s key that was retired after the lot was founded goes on in it, and stands in no later one', () => {
    const key = witnessKeys['sub-2']!;
    const now = [...Object.values(witnessKeys).filter((one) => one !== key), invented('sub-2')];
    const retired = (until: string): RetiredKey[] => [{ venue: 'sub-2', key, until }];
    expect(found({ witnessKeys: now, retired: retired(after(1)) })).toBeNull();
    expect(found({ witnessKeys: now, retired: retired(after(-1)) })).toContain('a witness sub-2');
  });

  it('SEC-22 so does the key of a node', () => {
    const node = 'node:main';
    const key = registry.nodeKey(node);
    const nodeKeys = { ...registry.trust.nodeKeys, [node]: profile.generateSigner('node').publicKey };
    const retired = (until: string): RetiredKey[] => [{ venue: 'main', key, until }];
    expect(found({ nodeKeys, retired: retired(after(1)) })).toBeNull();
    for (const known of [{ nodeKeys }, { nodeKeys, retired: retired(after(-1)) }])
      expect(found(known)).toContain(`This is not the registered key of node ${node}.`);
  });
});
