import type { JsonObject } from '@app/contracts';
import { formatVerifierKey, isQuorum, parsePolicy, SIGNATURE_TYPE } from '@app/ledger';
import { profileOf } from '@app/sealing/node';
import { TV_E2E_01 } from '@app/testing/lots';
import { createLot, draft, publishKeys, seat, WITNESS_POLICY } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import type { LotState } from '../kernel/state.js';
import { lotPolicyText } from './witness-policy.js';

const { hash } = profileOf('gp-std-1');

describe('SEC-5 the witness policy of a lot', () => {
  const publish = (policy: string, facts: JsonObject | null = null): string | null => {
    const play = seat(TV_E2E_01);
    createLot(play);
    publishKeys(play);
    play.table.act('agency', 'lot.revise', { ...draft(play), witnessPolicy: policy });
    const standing = facts ?? { witnessPolicy: WITNESS_POLICY };
    return play.table.refusal('agency', 'lot.publish', { documentPackage: 'a'.repeat(64) }, { facts: standing });
  };
  const standing = WITNESS_POLICY;

  it('SEC-5 is the installation’s at publication: no quorum of nobody, no weaker one, no other witnesses', () => {
    expect(publish(standing)).toBeNull();
    for (const policy of ['', 'quorum none\n', 'no policy', standing.replace('two-of-three 2 ', 'two-of-three 1 ')])
      expect(publish(policy)).toBe('E_INPUT');
    expect(publish(standing.replace('quorum two-of-three', 'quorum sub-1'))).toBe('E_INPUT');
    expect(publish(standing.replace('quorum two-of-three', 'quorum none'))).toBe('E_INPUT');
  });

  it('SEC-5 asks the same under other names of groups, and nothing where the installation asks nobody', () => {
    expect(
      publish(standing.replaceAll('two-of-three', 'majority').replace('sub-1 sub-2 supervision\nq', 'supervision sub-1 sub-2\nq')),
    ).toBeNull();
    expect(publish('quorum none\n', { witnessPolicy: 'quorum none\n' })).toBe('E_INPUT');
    expect(publish(standing, {})).toBe('E_INPUT');
  });

  describe('and the sites that judge the lot', () => {
    const keyOf = (name: string, index: number): string =>
      formatVerifierKey(hash, {
        keyName: `gongping.test/witness/${name}`,
        type: SIGNATURE_TYPE.cosignature,
        publicKey: new Uint8Array(32).fill(index + 1),
      });
    const majorityOf = (...names: string[]): string =>
      [
        ...names.map((name, index) => `witness ${name} ${keyOf(name, index)}`),
        `group majority ${String(Math.floor(names.length / 2) + 1)} ${names.join(' ')}`,
        'quorum majority\n',
      ].join('\n');
    const drafted = (): LotState => {
      const play = seat(TV_E2E_01);
      createLot(play);
      return play.table.state;
    };

    it('SEC-2 no quorum is made of witnesses alone who see no entry of the lot', () => {
      const standing = majorityOf('sub-1', 'sub-8', 'sub-9');
      expect(publish(standing, { witnessPolicy: standing })).toBe('E_INPUT');
      const text = lotPolicyText(drafted(), standing) ?? '';
      expect(publish(text, { witnessPolicy: standing })).toBeNull();
      const policy = parsePolicy(hash, text);
      const reached = (...names: string[]): boolean => isQuorum(policy, new Set(names));
      expect([reached('sub-8', 'sub-9'), reached('sub-1'), reached('sub-1', 'sub-9'), reached('sub-1', 'sub-8')]).toEqual([
        false,
        false,
        true,
        true,
      ]);
    });

    it('SEC-2 the installation’s policy stands as it is where each of its quorums holds such a site', () => {
      expect(lotPolicyText(drafted(), WITNESS_POLICY)).toBe(WITNESS_POLICY);
      expect(publish(majorityOf('main', 'sub-1', 'sub-2'), { witnessPolicy: majorityOf('main', 'sub-1', 'sub-2') })).toBeNull();
    });

    it('SEC-2 a lot that no witness judges is refused; the main venue is none, and a site without its node is none', () => {
      for (const standing of [majorityOf('sub-8', 'sub-9'), majorityOf('main', 'sub-8')])
        expect(publish(standing, { witnessPolicy: standing })).toBe('E_NO_JUDGING_WITNESS');
      const state = drafted();
      const parties = Object.fromEntries(Object.entries(state.parties).filter(([party]) => party !== 'node:sub-1'));
      expect([lotPolicyText(state, majorityOf('sub-1')), lotPolicyText({ ...state, parties }, majorityOf('sub-1'))]).toEqual([
        majorityOf('sub-1'),
        null,
      ]);
    });
  });
});
