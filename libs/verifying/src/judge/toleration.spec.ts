import type { JsonObject, JsonValue, Opening, SentEntry } from '@app/contracts';
import { canonicalText, PART, parseCanonical, zCommandPart } from '@app/contracts';
import { JUDGED_CHECKS, textOf } from '@app/evaluation';
import { readCertificate, signWith } from '@app/sealing';
import type { Authority } from '@app/sealing/node';
import { createAuthority, issue, profileOf, revocationList } from '@app/sealing/node';
import { TV_E2E_01 } from '@app/testing/lots';
import type { Play } from '@app/testing/play';
import { binding, draft, foundingParties, publishKeys, publishLot, registered, seat } from '@app/testing/play';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { LotJudge } from './lot-judge.js';

const profile = profileOf('gp-std-1');
const PERIOD = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' };
const zSkeleton = z.object({ events: z.array(z.record(z.string(), z.json())) });

describe('a fault that the supervision authority orders to be tolerated', () => {
  let root: Authority;
  let evidence: { chain: string[]; revocation: string };
  let certificates: ReadonlyMap<string, string>;
  let play: Play;
  let judge: LotJudge;
  /** Certificates for the keys by which these parties sign on the table. */
  async function certify(): Promise<void> {
    const issued = ['supervisor', 'supervisor-2'].map(async (party): Promise<[string, string]> => {
      const subject = { name: `某${party}`, organisation: `org-${party}公司` };
      return [party, await issue(root, subject, play.table.signer(party).publicKey, PERIOD)];
    });
    certificates = new Map(await Promise.all(issued));
  }
  const boundTo = (party: string): JsonObject => {
    const certificate = certificates.get(party);
    const fingerprint = certificate === undefined ? {} : { certificate: readCertificate(profile, certificate)?.fingerprint ?? null };
    return { ...binding(party, `org-${party.replace(':', '-')}`), ...fingerprint };
  };

  beforeAll(async () => {
    root = await createAuthority(profile.generateSigner('command'), '测试根', PERIOD);
    evidence = {
      chain: [root.certificate],
      revocation: await revocationList(root, [], { thisUpdate: PERIOD.notBefore, nextUpdate: PERIOD.notAfter }),
    };
  });
  beforeEach(async () => {
    play = seat(TV_E2E_01);
    await certify();
    const parties = foundingParties();
    const bindings = parties.map(({ party }) => boundTo(textOf(party)));
    play.table.act('agency', 'lot.create', { ...draft(play), parties }, { secrets: { bindings }, facts: registered(parties) });
    publishKeys(play);
    publishLot(play);
    const { origin, lot, round } = play.table.state;
    const { installation, shelf } = play.table;
    const anchors = { roots: [root.certificate], nodeKeys: {} };
    judge = new LotJudge({ installation, origin, lot, round, profile, shelf, anchors });
    for (const seq of play.table.sent.keys()) judge.take(sent(seq));
    expect(judge.standing.fault).toBeNull();
  });

  const with_ = ({ header, parts }: SentEntry, part: string, value: JsonValue): SentEntry => {
    const salt = parts[part]?.salt ?? play.table.salt(part);
    const opening: Opening = { salt, text: canonicalText(value) };
    const commitment = profile.commitment(salt, opening.text);
    return { header: { ...header, parts: { ...header.parts, [part]: commitment } }, parts: { ...parts, [part]: opening } };
  };
  /** An entry as its reader gets it. Nobody signs in a play, so that signers are left out but where a test has one. */
  function sent(seq: number): SentEntry {
    const { header, parts } = play.table.sent[seq]!;
    return { header, parts: Object.fromEntries(Object.entries(parts).filter(([name]) => name !== PART.who)) };
  }
  /** Signed by this party's certificate. */
  function signed(seq: number, by: string): SentEntry {
    const entry = sent(seq);
    const { command } = zCommandPart.parse(parseCanonical(entry.parts[PART.command]!.text));
    const signature = signWith(play.table.signer(by), 'command', command);
    const signer = { kind: 'certificate', certificate: certificates.get(by) ?? '' };
    return with_(entry, PART.who, { signer, signature, person: null, organisation: null, evidence });
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
    judge.take(signed(tolerate(first), 'supervisor'));
    expect(judge.standing).toMatchObject({ fault: null, held: null, size: play.table.state.size });
    const second = lie();
    expect(judge.standing.fault).toContain(`entry ${String(second)} (lot.give-opinion)`);
    judge.take(signed(tolerate(second, 'evolve'), 'supervisor'));
    expect(judge.standing.fault).toContain(`entry ${String(second)} (lot.give-opinion)`);
    judge.take(signed(tolerate(second), 'supervisor'));
    expect(judge.standing.fault).toBeNull();
    // The verdict stays what it is.
    expect(judge.results().find(({ id }) => id === 'decide')).toMatchObject({ verdict: 'FAIL', wrong: 2, first: { seq: first } });
  });

  it('SEC-2 an order counts only as its supervisor signed it: not unsigned, not by another key', () => {
    const fault = lie();
    const order = tolerate(fault);
    judge.take(sent(order));
    expect(judge.standing.fault).toContain(`entry ${String(fault)} `);
  });

  it('SEC-2 an order under another’s signature is a fault itself', () => {
    const fault = lie();
    judge.take(signed(tolerate(fault), 'supervisor-2'));
    expect(judge.standing.fault).toContain(`entry ${String(fault)} `);
    expect(judge.results().find(({ id }) => id === 'bindings')).toMatchObject({ verdict: 'FAIL' });
  });

  it('SEC-2 whoever became supervisor after the fault tolerates nothing: he might be invented with it', () => {
    const fault = lie();
    const admitted = { party: 'supervisor-2', roles: ['supervisor'], venue: 'supervision', seat: null };
    const extras = { secrets: { binding: boundTo('supervisor-2') }, facts: registered([admitted]) };
    judge.take(sent(play.table.act('supervisor', 'lot.admit', admitted, extras)));
    judge.take(signed(tolerate(fault, 'decide', 'supervisor-2'), 'supervisor-2'));
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
