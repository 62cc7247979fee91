import type { JsonValue, Opening, SentEntry } from '@app/contracts';
import { canonicalText, PART, parseCanonical, zCommandPart } from '@app/contracts';
import { JUDGED_CHECKS } from '@app/evaluation';
import { profileOf } from '@app/sealing';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { binding, createLot, publishKeys, publishLot, registered, seat } from '@app/testing/play';
import { LotJudge } from '@app/verifying';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Certified } from './support/certified.js';

const profile = profileOf('gp-std-1');
const zSkeleton = z.object({ events: z.array(z.record(z.string(), z.json())) });

describe('a fault that the supervision authority orders to be tolerated', () => {
  let registry: Certified;
  let play: Play;
  let judge: LotJudge;

  beforeAll(async () => {
    registry = await Certified.of(TV_E2E_01);
  }, 60_000);
  beforeEach(() => {
    play = seat(TV_E2E_01, 1, undefined, registry);
    createLot(play);
    publishKeys(play);
    publishLot(play);
    const { origin, lot, round } = play.table.state;
    const { installation, shelf } = play.table;
    judge = new LotJudge({ installation, origin, lot, round, profile, shelf, anchors: registry.trust });
    for (const entry of play.table.sent) judge.take(entry);
    expect(judge.standing).toMatchObject({ fault: null, held: null });
  }, 60_000);

  const with_ = ({ header, parts }: SentEntry, part: string, value: JsonValue): SentEntry => {
    const salt = parts[part]?.salt ?? play.table.salt(part);
    const opening: Opening = { salt, text: canonicalText(value) };
    const commitment = profile.commitment(salt, opening.text);
    return { header: { ...header, parts: { ...header.parts, [part]: commitment } }, parts: { ...parts, [part]: opening } };
  };
  const sent = (seq: number): SentEntry => play.table.sent[seq]!;
  function unsigned(seq: number): SentEntry {
    const { header, parts } = sent(seq);
    return { header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== PART.who)) };
  }
  /** With the signature of somebody who has a certificate, and another one than the party. */
  function signedBy(seq: number, holder: string): SentEntry {
    const { command, context } = zCommandPart.parse(parseCanonical(sent(seq).parts[PART.command]!.text));
    const bound = { person: null, organisation: null, nodeKey: null, certificate: registry.certificate(holder) };
    return with_(sent(seq), PART.who, registry.who(command, context, bound));
  }
  /** An opinion with an event more than was asked, which the judge finds: its entry's number. */
  function lie(): number {
    const seq = play.table.act('supervisor', 'lot.give-opinion', { text: '意见', target: 'lot' });
    const entry = sent(seq);
    const { events } = zSkeleton.parse(parseCanonical(entry.parts[PART.skeleton]!.text));
    judge.take(with_(entry, PART.skeleton, { events: [...events, { ...events.at(-1), id: 'nobody asked for this' }] }));
    return seq;
  }
  const tolerate = (entry: number, check = 'decide', by = 'supervisor'): number =>
    play.table.act(by, 'lot.order', { kind: 'TOLERATE_FAULT', reason: '核查属实，系统缺陷', fault: { entry, check } });

  it('SEC-2 stops without an order; with one exactly that fault passes, and another stops again', () => {
    const first = lie();
    expect(judge.standing.fault).toContain(`entry ${String(first)} (lot.give-opinion)`);
    judge.take(sent(tolerate(first)));
    expect(judge.standing).toMatchObject({ fault: null, held: null, size: play.table.state.size });
    const second = lie();
    expect(judge.standing.fault).toContain(`entry ${String(second)} (lot.give-opinion)`);
    judge.take(sent(tolerate(second, 'evolve')));
    expect(judge.standing.fault).toContain(`entry ${String(second)} (lot.give-opinion)`);
    judge.take(sent(tolerate(second)));
    expect(judge.standing.fault).toBeNull();
    // The verdict stays what it is.
    expect(judge.results().find(({ id }) => id === 'decide')).toMatchObject({ verdict: 'FAIL', wrong: 2, first: { seq: first } });
  });

  it('SEC-2 an order counts only as its supervisor signed it: not unsigned, not by another key', () => {
    const fault = lie();
    const order = tolerate(fault);
    judge.take(unsigned(order));
    expect(judge.standing.fault).toContain(`entry ${String(fault)} `);
  });

  it('SEC-2 an order under another’s signature is a fault itself', () => {
    const fault = lie();
    judge.take(signedBy(tolerate(fault), 'witness-main'));
    expect(judge.standing.fault).toContain(`entry ${String(fault)} `);
    expect(judge.results().find(({ id }) => id === 'bindings')).toMatchObject({ verdict: 'FAIL' });
  });

  it('SEC-2 whoever became supervisor after the fault tolerates nothing: he might be invented with it', () => {
    const fault = lie();
    const admitted = { party: 'supervisor-2', roles: ['supervisor'], venue: 'supervision', seat: null };
    const extras = { secrets: { binding: binding('supervisor-2', 'org-supervisor-2', registry) }, facts: registered([admitted]) };
    judge.take(sent(play.table.act('supervisor', 'lot.admit', admitted, extras)));
    judge.take(sent(tolerate(fault, 'decide', 'supervisor-2')));
    expect(judge.standing.fault).toContain(`entry ${String(fault)} `);
    expect(judge.results().find(({ id }) => id === 'bindings')?.verdict).not.toBe('FAIL');
  });

  it('SEC-2 the rules take such an order for an entry before it, once, and a fault in no other order', () => {
    const { table } = play;
    const refused = (kind: string, fault: JsonValue) => table.refusal('supervisor', 'lot.order', { kind, reason: '原因', fault });
    expect(refused('TOLERATE_FAULT', { entry: table.state.size, check: 'decide' })).toBe('E_INPUT');
    expect(refused('TOLERATE_FAULT', null)).toBe('E_INPUT');
    expect(refused('TOLERATE_FAULT', { entry: 0, check: 'taste' })).toBe('E_INPUT');
    expect(refused('PRESERVE_EVIDENCE', { entry: 0, check: 'decide' })).toBe('E_INPUT');
    expect(table.refusal('supervisor', 'lot.order', { kind: 'PRESERVE_EVIDENCE', reason: '原因' })).toBeNull();
    tolerate(0);
    expect(refused('TOLERATE_FAULT', { entry: 0, check: 'decide' })).toBe('E_ALREADY_DONE');
    expect(refused('TOLERATE_FAULT', { entry: 0, check: 'parts' })).toBeNull();
    expect(table.refusal('agency', 'lot.order', { kind: 'TOLERATE_FAULT', reason: '原因', fault: { entry: 1, check: 'parts' } })).toBe(
      'FORBIDDEN',
    );
  });

  it('SEC-2 every check of the judge can be named, and no other', () => {
    expect(
      judge
        .results()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...JUDGED_CHECKS].sort());
  });
});
