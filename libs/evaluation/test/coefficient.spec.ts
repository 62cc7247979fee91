import { describe, expect, it } from '@jest/globals';
import type { ErrorCode, JsonObject, JsonValue } from '@app/contracts';
import { benchmarkPlaceOf, COEFFICIENT_PURPOSE, drawCoefficient, openingRecord, owed, owedReleases } from '@app/evaluation';
import { type LotPlan, TV_E2E_01 } from '@app/testing/lots';
import { once, openAllBids, openBoxes, type Play, publishKeys, releaseKeys, sealAt, submitBox } from '@app/testing/play';
import { started } from './opening-session.js';

describe('coefficient K (系数抽取)', () => {
  const values = ['0.955', '0.960', '0.965', '0.970', '0.975', '0.980', '0.985'];
  const drawn: LotPlan = {
    ...TV_E2E_01,
    rules: { ...TV_E2E_01.rules, price: { ...TV_E2E_01.rules.price, k: { drawn: values } } as LotPlan['rules']['price'] },
  };
  const atDraw = once(() => {
    const play = started(drawn);
    publishKeys(play);
    openAllBids(play);
    return play;
  });
  const CONTRIBUTORS = ['node:main', 'supervisor', 'bidder-1', 'bidder-2'];
  const named = (play: Play, contributors = CONTRIBUTORS, reason: string | null = null): ErrorCode | null =>
    play.table.refusal('agency', 'opening.name-contributors', { contributors, reason });
  const name = (play: Play, contributors = CONTRIBUTORS, reason: string | null = null): void => {
    play.table.act('agency', 'opening.name-contributors', { contributors, reason });
  };
  const seal = (play: Play, party: string, content: JsonValue = `nonce-of-${party.replace(':', '-')}-0123456789`): void => {
    submitBox(play, party, 'opening.contribute', COEFFICIENT_PURPOSE, content);
  };
  const sealed = (): Play => {
    const play = atDraw();
    name(play);
    for (const party of CONTRIBUTORS) seal(play, party);
    return play;
  };
  const open = (play: Play): void => {
    releaseKeys(play);
    openBoxes(play, 'opening.open-contributions', play.table.state.opening.coefficient.boxes);
  };
  const owedBy = (play: Play, party: string): string[] => owed(play.table.state, party).map(({ command }) => command);

  it('is drawn after decryption from nonces that stand in the record, and everybody is asked for what he owes', () => {
    const play = atDraw();
    const { table } = play;
    expect(table.state.opening.step).toBe('COEFFICIENT_DRAW');
    expect(owedBy(play, 'agency')).toEqual(['opening.name-contributors']);
    expect(named(play, ['node:main', 'bidder-1'])).toBe('E_INPUT');
    expect(named(play, ['supervisor', 'bidder-1'])).toBe('E_INPUT');
    expect(named(play, ['node:main', 'supervisor', 'nobody'])).toBe('E_INPUT');
    name(play);
    for (const party of CONTRIBUTORS) {
      expect(owedBy(play, party)).toEqual(['opening.contribute']);
      seal(play, party);
      expect(owedBy(play, party)).toEqual([]);
    }
    releaseKeys(play);
    expect(owedBy(play, 'node:main')).toEqual(['opening.open-contributions']);
    open(play);
    const { value, seed, nonces } = table.state.opening.coefficient;
    const { 'node:main': secret = '', ...others } = nonces;
    const contributions = Object.entries(others).map(([party, text]) => `${party}:${text}`);
    const { hashHex } = table.profile;
    expect(drawCoefficient({ lotCode: drawn.code, secret, contributions, values, hashHex })).toEqual({ seed, value });
    expect(openingRecord(table.state)['coefficient']).toEqual({ value, seed, requests: 1, nonces });
    expect(table.state.opening.step).toBe('READ_OUT');
  });

  it('A8 whoever falls silent chooses nothing: with the last box the keepers open everybody’s, and the main venue moves last no more', () => {
    const play = sealed();
    expect(CONTRIBUTORS.flatMap((party) => owedBy(play, party)).filter((command) => command.startsWith('opening.'))).toEqual([]);
    expect(owedReleases(play.table.state, 'node:sub-1')).toContain(COEFFICIENT_PURPOSE);
    open(play);
    expect(Object.keys(play.table.state.opening.coefficient.nonces).sort()).toEqual([...CONTRIBUTORS].sort());
    expect(values).toContain(play.table.state.opening.coefficient.value);
  });

  it('A8 three friends who may each stay silent get one value, and not one of eight', () => {
    const friends = ['bidder-1', 'bidder-2', 'bidder-3'];
    const play = atDraw();
    name(play, ['node:main', 'supervisor', ...friends]);
    for (const party of ['node:main', 'supervisor']) seal(play, party);
    // As long as one of them has not sealed his nonce no keeper opens anything that he could look at.
    expect(owedReleases(play.table.state, 'node:sub-1')).not.toContain(COEFFICIENT_PURPOSE);
    for (const party of friends) {
      const early = play.table.refusal('node:main', 'opening.open-contributions', {}, { secrets: { masters: {} } });
      expect(early).toBe('E_STEP_BARRIER');
      seal(play, party);
    }
    open(play);
    expect(Object.keys(play.table.state.opening.coefficient.nonces)).toHaveLength(5);
    // Nothing is left to try again with.
    expect(play.table.refusal('node:main', 'opening.open-contributions', {}, { secrets: { masters: {} } })).toBe('WRONG_STEP');
  });

  it('A8 SEC-4 contributors are fixed by the first box, others begin anew and are counted, and none are named when keepers may open', () => {
    const play = atDraw();
    name(play);
    seal(play, 'node:main');
    expect(named(play, ['node:main', 'supervisor'])).toBe('E_REASON_REQUIRED');
    name(play, ['node:main', 'supervisor', 'bidder-3'], '投标人二已离场');
    expect(play.table.state.opening.coefficient).toMatchObject({ request: { version: 2 }, boxes: {} });
    const box = sealAt(play, 'bidder-1', COEFFICIENT_PURPOSE, 'nonce-of-somebody-0123456789');
    const stranger = play.table.refusal(
      'bidder-1',
      'opening.contribute',
      { manifest: box.manifest },
      { secrets: { ciphertext: box.ciphertext } },
    );
    expect(stranger).toBe('FORBIDDEN');
    for (const party of ['node:main', 'supervisor', 'bidder-3']) seal(play, party);
    expect(named(play, CONTRIBUTORS, '再次更换')).toBe('E_ALREADY_LOCKED');
    expect(() => {
      seal(play, 'bidder-3');
    }).toThrow('E_ALREADY_DONE');
    open(play);
    expect(openingRecord(play.table.state)['coefficient']).toMatchObject({ requests: 2 });
  });

  it('A8 a box without a nonce counts by what was fixed with it, so that spoiling it chooses nothing', () => {
    const play = atDraw();
    name(play);
    for (const party of CONTRIBUTORS) seal(play, party, party === 'bidder-2' ? { no: 'nonce' } : undefined);
    const manifest = play.table.state.opening.coefficient.boxes['bidder-2']?.manifest;
    open(play);
    expect(play.table.state.opening.coefficient.nonces['bidder-2']).toBe(manifest?.['plaintext']);
    const { events } = play.table.entries.at(-1)?.parts['skeleton'] as { events: JsonObject[] };
    expect(events.at(-1)).toMatchObject({ type: 'opening.coefficient-drawn', void: ['bidder-2'] });
  });

  it('A6 A8 what a method draws among the prices hangs on the sealed nonces, where K is fixed too, and on nothing said after the opening', () => {
    const price = { kind: 'benchmark-random', full: '60', floor: '0', e1: '1', e2: '0.5', betaDecimals: null, k: { fixed: '0.97' } };
    const band = { drawn: 2, low: 0, high: 0, meanPercent: '60', bandLowPercent: '50', bandHighPercent: '150' };
    const play = started({ ...TV_E2E_01, rules: { ...TV_E2E_01.rules, price: { ...price, ...band } as LotPlan['rules']['price'] } });
    const { table } = play;
    publishKeys(play);
    openAllBids(play);
    expect([table.state.opening.step, benchmarkPlaceOf(table.state)]).toEqual(['COEFFICIENT_DRAW', null]);
    name(play);
    for (const party of CONTRIBUTORS) seal(play, party);
    open(play);
    const { value, seed } = table.state.opening.coefficient;
    const place = benchmarkPlaceOf(table.state)?.('bidder-1');
    expect([value, place]).toEqual(['0.97', table.profile.hashHex(`${seed}|benchmark|bidder-1`)]);
    table.act('agency', 'opening.read-out');
    table.act('bidder-1', 'opening.object', { text: '唱标有误' });
    expect(benchmarkPlaceOf(table.state)?.('bidder-1')).toBe(place);
  });

  it('A8 a paused session opens no nonce', () => {
    const play = sealed();
    play.table.act('agency', 'opening.pause', { reason: '网络中断' });
    expect(owedReleases(play.table.state, 'node:sub-1')).not.toContain(COEFFICIENT_PURPOSE);
    play.table.act('agency', 'opening.resume');
    open(play);
    expect(play.table.state.opening.step).toBe('READ_OUT');
  });
});
