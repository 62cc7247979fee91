import { signAnswers } from '@app/client';
import { TreeHasher } from '@app/ledger';
import { generateKeeperKey, profileOf, readCertificate, verifyWith, type CertificateFacts } from '@app/sealing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalText, type Outcome } from '@app/contracts';
import { TV_E2E_01 } from '@app/testing/lots';
import { reviewBids, scoreSheet, seat, untilEvaluating, type Play } from '@app/testing/play';
import { readAnswer, signAct } from '../src/core/commands/act.js';
import { sealSheet } from '../src/areas/desk/model/seal-sheet.js';
import type { JudgedLot, CheckVerdict, Seal } from '@app/verifying';

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
    const acting = {
      profile,
      holder: { certificate, signer, bidKey: null },
      state: play.table.state,
      party: 'expert-1',
      answerKey: venue.publicKey,
    };
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

/** The lot as a device that found everything good has judged it, but for what `more` says. */
const judged = (more: Partial<JudgedLot> = {}): JudgedLot & { profile: typeof profile } => ({
  profile,
  entries: play.table.sent,
  judgedSize: play.table.sent.length,
  faults: [],
  sealOf: () => sealWith('pass'),
  ...more,
});
const sealWith = (verdict: CheckVerdict): Seal => ({
  state: 'verified',
  checks: [['signatures', verdict]],
  wrong: null,
  after: { wrong: null, unjudged: null },
  leaf: '',
});

describe('a sheet sealed in the browser', () => {
  const step = () => ({ type: 'scoring.submit-sheet', base: 'scores:technical', boxes: play.table.state.scoring.parts.technical });

  it('A-136 is a box that the rules take, to the keys that the keepers published, and holds nothing readable', () => {
    const sheet = scoreSheet(play, 'expert-1', 'technical');
    const act = sealSheet(judged(), play.table.state, step(), 'expert-1', sheet);
    expect(JSON.stringify(act)).not.toContain('"technical-1"');
    const before = play.table.state.size;
    play.table.act('expert-1', act.type, act.payload, { secrets: act.secrets ?? {}, step: act.step ?? '' });
    expect(play.table.state.size).toBe(before + 1);
    expect(Object.keys(play.table.state.scoring.parts.technical.boxes)).toEqual(['expert-1']);
  });

  it('is not made while a keeper has published no key', () => {
    const before = play.table.sent.filter(({ header }) => header.type !== 'sealing.publish-key');
    const lot = judged({ entries: before, judgedSize: before.length });
    expect(() => sealSheet(lot, play.table.state, step(), 'expert-2', {})).toThrow(expect.objectContaining({ code: 'E_KEY_MISSING' }));
  });

  it('SEC-10 takes no key from the state, which a lying venue can make anything of, but the judged publication', () => {
    const { state, sent } = play.table;
    const mine = generateKeeperKey(profile).publicKey;
    const keys = Object.fromEntries(Object.keys(state.keepers.published['scores:technical'] ?? {}).map((party) => [party, mine]));
    const lied = { ...state, keepers: { ...state.keepers, published: { ...state.keepers.published, 'scores:technical': keys } } };
    const { payload } = sealSheet(judged(), lied, step(), 'expert-2', {});
    expect(JSON.stringify(payload)).not.toContain(mine);
    // And an entry that says so beside what it was asked for is the last word of the fold, so its own seal decides.
    const lie = sent[0]!;
    const skeleton = {
      salt: 'A'.repeat(43),
      text: canonicalText({
        events: [{ type: 'sealing.key-published', purpose: 'scores:technical', party: 'node:sub-1', publicKey: mine }],
      }),
    };
    const entries = [...sent, { header: { ...lie.header, seq: sent.length }, parts: { skeleton } }];
    const lot = judged({ entries, judgedSize: entries.length, sealOf: (seq) => sealWith(seq < sent.length ? 'pass' : 'not-visible') });
    expect(() => sealSheet(lot, lied, step(), 'expert-2', {})).toThrow(expect.objectContaining({ code: 'E_KEY_UNPROVEN' }));
  });

  it('SEC-10 is made while an entry that came meanwhile is not judged yet, unless that one publishes a key', () => {
    const { sent, state } = play.table;
    const late = sent.findLastIndex(({ header }) => header.type === 'scoring.submit-sheet');
    const seal = (judgedSize: number) => sealSheet(judged({ judgedSize }), state, step(), 'expert-2', {});
    expect(() => seal(late)).not.toThrow();
    const published = sent.findLastIndex(({ header, parts }) => {
      const said = JSON.stringify(parts);
      return header.type === 'sealing.publish-key' && said.includes('scores:technical');
    });
    expect(() => seal(published)).toThrow(expect.objectContaining({ code: 'E_KEY_UNPROVEN' }));
    expect(() => seal(published + 1)).not.toThrow();
  });

  it.each<[string, Partial<JudgedLot>]>([
    ['the keys of nodes were not compared', { sealOf: () => sealWith('unanchored') }],
    ['the signature of a publication is not visible', { sealOf: () => sealWith('not-visible') }],
    ['a publication lies under no witnessed head yet', { sealOf: () => sealWith('pending') }],
    ['a publication is wrong', { sealOf: () => sealWith('fail') }],
    ['something is wrong in the log', { faults: [{ seq: 3, check: 'decide', detail: 'entry 3: …' }] }],
    ['a publication is not judged yet', { judgedSize: 1 }],
  ])('SEC-10 is not made while %s', (_name, more) => {
    expect(() => sealSheet(judged(more), play.table.state, step(), 'expert-2', {})).toThrow(
      expect.objectContaining({ code: 'E_KEY_UNPROVEN' }),
    );
  });
});
