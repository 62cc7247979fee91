import { signAnswers } from '@app/client';
import { TreeHasher } from '@app/ledger';
import { profileOf, readCertificate, verifyWith, type CertificateFacts } from '@app/sealing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Outcome } from '@app/contracts';
import { TV_E2E_01 } from '@app/testing/lots';
import { reviewBids, scoreSheet, seat, untilEvaluating, type Play } from '@app/testing/play';
import { readAnswer, signAct } from '../src/core/commands/act.js';
import { sealSheet } from '../src/areas/desk/model/seal-sheet.js';

const profile = profileOf('gp-std-1');
const AT = '2026-03-24T02:00:00.000Z';
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const venue = profile.generateSigner('node');
const answerTo = (outcome: Outcome) => {
  const [answer] = signAnswers(new TreeHasher(profile.hash), venue, [outcome]);
  if (answer === undefined) throw new Error('no answer');
  return answer;
};

let play: Play;
beforeAll(() => {
  play = seat(TV_E2E_01);
  untilEvaluating(play);
  reviewBids(play);
}, 60_000);

describe('an act from the browser', () => {
  it('is signed by the certificate for this lot, round and party', async () => {
    const signer = profile.generateSigner();
    const certificate = { der: 'AAAA' } as CertificateFacts;
    const acting = { profile, holder: { certificate, signer }, state: play.table.state, party: 'expert-1', answerKey: venue.publicKey };
    const signed = await signAct(acting, { type: 'report.sign', payload: {} });
    expect(signed.command).toMatchObject({ origin: play.table.state.origin, lot: TV_E2E_01.id, round: 1, actor: { party: 'expert-1' } });
    expect(verifyWith(profile, signer.publicKey, 'command', signed.command, signed.signature)).toBe(true);
    expect(readCertificate(profile, 'AAAA')).toBeNull();
  });

  it('is recorded when the venue says so under the key known before', () => {
    const outcome = { ok: true as const, id: ID, origin: 'o', seq: 7, at: AT, leaf: '0'.repeat(64) };
    expect(readAnswer({ profile, answerKey: venue.publicKey }, answerTo(outcome))).toEqual(outcome);
  });

  it('is refused with the code of the rule', () => {
    const outcome = { ok: false as const, id: ID, code: 'E_STEP_BARRIER', message: 'wait', at: AT };
    expect(() => readAnswer({ profile, answerKey: venue.publicKey }, answerTo(outcome))).toThrow(
      expect.objectContaining({ code: 'E_STEP_BARRIER' }),
    );
  });

  it('is not taken as recorded on the word of anybody else', () => {
    const outcome = { ok: true as const, id: ID, origin: 'o', seq: 7, at: AT, leaf: '0'.repeat(64) };
    const other = profile.generateSigner('node').publicKey;
    expect(() => readAnswer({ profile, answerKey: other }, answerTo(outcome))).toThrow(expect.objectContaining({ code: 'BAD_SIGNATURE' }));
    const altered = answerTo(outcome);
    expect(() => readAnswer({ profile, answerKey: venue.publicKey }, { ...altered, outcome: { ...outcome, seq: 8 } })).toThrow(
      expect.objectContaining({ code: 'BAD_SIGNATURE' }),
    );
  });
});

describe('a sheet sealed in the browser', () => {
  const step = () => ({ type: 'scoring.submit-sheet', base: 'scores:technical', boxes: play.table.state.scoring.parts.technical });

  it('A-136 is a box that the rules take, to the keys that the keepers published, and holds nothing readable', () => {
    const sheet = scoreSheet(play, 'expert-1', 'technical');
    const act = sealSheet(profile, play.table.state, step(), 'expert-1', sheet);
    expect(JSON.stringify(act)).not.toContain('"technical-1"');
    const before = play.table.state.size;
    play.table.act('expert-1', act.type, act.payload, { secrets: act.secrets ?? {}, step: act.step ?? '' });
    expect(play.table.state.size).toBe(before + 1);
    expect(Object.keys(play.table.state.scoring.parts.technical.boxes)).toEqual(['expert-1']);
  });

  it('is not made while a keeper has published no key', () => {
    const { state } = play.table;
    const published = { ...state.keepers.published, 'scores:technical': {} };
    const bare = { ...state, keepers: { ...state.keepers, published } };
    expect(() => sealSheet(profile, bare, step(), 'expert-2', {})).toThrow(expect.objectContaining({ code: 'E_KEY_MISSING' }));
  });
});
