import type { SentEntry } from '@app/contracts';
import { secretEntryOf, type LotState } from '@app/evaluation';
import { LotJudge, type Seal } from '@app/verifying';
import { TV_E2E_01 } from '@app/testing/lots';
import { at, type Play } from '@app/testing/play';
import { describe, expect, it } from '@jest/globals';
import { committeeCommands } from '../src/areas/lot/commands/committee.js';
import { openingCommands } from '../src/areas/lot/commands/opening.js';
import { isSignable, shownDocument } from '../src/areas/lot/model/shown-document.js';
import type { SignedDocument } from '../src/core/commands/command-record.js';

/** The log as a venue sends it. */
const sent = ({ table }: Play): SentEntry[] => [...table.sent];
const documentOf = (type: string, state: LotState): SignedDocument => {
  const found = { ...committeeCommands, ...openingCommands }[type]?.document?.(state);
  if (found == null) throw new Error('no document');
  return found;
};
function withReport(): Play {
  const play = at(TV_E2E_01, 'aggregated');
  play.table.act('node:main', 'report.generate');
  return play;
}

/** What the device's own judge says of the document's entry. */
function judgeOf({ table }: Play, entries: readonly SentEntry[], seq: number): Pick<Seal, 'checks' | 'wrong'> {
  const { origin, lot, round } = table.state;
  const judge = new LotJudge({
    installation: table.installation,
    origin,
    lot,
    round,
    profile: table.profile,
    shelf: table.shelf,
    anchors: null,
  });
  for (const entry of entries.slice(0, seq + 1)) judge.take(entry);
  const judged = judge.latest.checks['decide'] === 'PASS' ? 'pass' : judge.latest.checks['decide'] === 'FAIL' ? 'fail' : 'not-visible';
  const decided = judge.results().find(({ id }) => id === 'decide')?.first;
  return { checks: [['decide', judged]], wrong: decided?.seq === seq ? { seq, check: 'decide', detail: decided.reason } : null };
}
const shownOf = (play: Play, entries: readonly SentEntry[], document: SignedDocument) =>
  shownDocument(play.table.profile, entries, document, judgeOf(play, entries, document.seq));

/** The document with another price, honestly committed to and named by its own hash: all that a venue can forge. */
function forged(play: Play, document: SignedDocument): { readonly entries: SentEntry[]; readonly document: SignedDocument } {
  const entries = sent(play);
  const { header, parts } = entries[document.seq]!;
  const opening = { ...parts[document.part]!, text: parts[document.part]!.text.replace('9480000.00', '9480001.00') };
  const commitments = { ...header.parts, [document.part]: play.table.profile.commitment(opening.salt, opening.text) };
  return {
    entries: entries.with(document.seq, { header: { ...header, parts: commitments }, parts: { ...parts, [document.part]: opening } }),
    document: { ...document, named: document.hashOf(play.table.profile, opening) },
  };
}

describe('a document that is signed', () => {
  it('SEC-29 is signed by the hash that the client computes from the report it shows, which is the one the rules ask for', () => {
    const play = withReport();
    const { table } = play;
    const document = documentOf('report.sign', table.state);
    const shown = shownOf(play, sent(play), document);
    if (shown === null) throw new Error('not shown');
    expect(shown.text).toContain('"benchmark"');
    expect(isSignable(shown)).toBe(true);
    expect(table.answer('expert-1', 'report.sign', { ...document.payload(shown.hash) })).toBe('OK');
  });
  it('SEC-29 the opening record likewise', () => {
    const play = at(TV_E2E_01, 'opened');
    const { table } = play;
    const document = documentOf('opening.sign-record', table.state);
    const shown = shownOf(play, sent(play), document);
    expect(shown).toMatchObject({ isNamed: true, computed: 'pass', hash: table.state.opening.record?.hash });
    expect(shown?.text).toContain('"confirmations"');
  });
  it.each(['report.sign', 'opening.sign-record'])(
    'SEC-29 %s: a venue that shows one document and names another gets no signature',
    (type) => {
      const play = withReport();
      const { table } = play;
      const document = documentOf(type, table.state);
      const entries = sent(play);
      const { header, parts } = entries[document.seq]!;
      const forged = { ...parts[document.part]!, text: parts[document.part]!.text.replace('9480000.00', '9480001.00') };
      const altered = entries.with(document.seq, { header, parts: { ...parts, [document.part]: forged } });
      const shown = shownOf(play, altered, document);
      expect(shown?.text).toContain('9480001.00');
      expect([shown?.isNamed, shown?.hash === document.named]).toEqual([false, false]);
      // And the hash that it hands over does not make another document fit.
      expect(shownOf(play, entries, { ...document, named: 'a'.repeat(64) })?.isNamed).toBe(false);
      expect(shownOf(play, entries.with(document.seq, { header, parts: {} }), document)).toBeNull();
    },
  );
  it.each(['report.sign', 'opening.sign-record'])(
    'SEC-10 %s: a document that the rules do not make is not signed, however well its hashes fit',
    (type) => {
      const play = withReport();
      const { entries, document } = forged(play, documentOf(type, play.table.state));
      const shown = shownOf(play, entries, document);
      expect([shown?.isNamed, shown?.computed, isSignable(shown)]).toEqual([true, 'fail', false]);
      expect(shown?.difference).toMatch(/the rules give "9480000.00", the entry says "9480001.00"/);
    },
  );
  it.each(['report.sign', 'opening.sign-record'])('SEC-10 %s: a document that this device cannot compute is not signed', (type) => {
    const play = withReport();
    const document = documentOf(type, play.table.state);
    // What the bids say is withheld from the reader.
    const entries = sent(play).map(({ header, parts }) =>
      header.type === 'opening.open-bid' || header.type === 'opening.extract-bid'
        ? { header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => !/^[dx]:/.test(name))) }
        : { header, parts },
    );
    const shown = shownOf(play, entries, document);
    expect([shown?.computed, isSignable(shown)]).toEqual(['not-visible', false]);
  });
  it.each([
    ['report.sign', TV_E2E_01.members],
    ['opening.sign-record', ['bidder-1', 'bidder-2', 'agency', 'supervisor']],
  ] as const)('SEC-10 %s: whoever owes the signature sees enough to compute the document', (type, signers) => {
    const play = withReport();
    const document = documentOf(type, play.table.state);
    for (const party of signers) {
      const entries = sent(play).map(({ header, parts }, seq) => {
        const secret = secretEntryOf(play.table.entries[seq]!);
        return {
          header,
          parts: Object.fromEntries(Object.entries(parts).filter(([part]) => play.table.run.audience({ party, roles: [] }, secret, part))),
        };
      });
      expect([party, shownOf(play, entries, document)?.computed]).toEqual([party, 'pass']);
    }
  });
});
