import { canonicalText, type JsonValue } from '@app/contracts';
import { type BidFault, checkBidTexts, fileKeyFits, innerHeaderHash, readBidIndex } from '@app/sealing';
import { z } from 'zod';
import { bidOf, zOpeningSheet } from '../bidding/index.js';
import { everybody, failed, limitOf, profileFor, ruleSetOf } from '../lot/index.js';
import { accept, command, type Decision, firstIssue, refuse, type Refused } from '../kernel/slice.js';
import { type LotState, own } from '../kernel/state.js';
import { zNothing } from '../kernel/fields.js';
import { tested } from '../kernel/unseen.js';
import { fileKeyAudience, partKeysAudience, pricesAudience } from './audience.js';
import { bidAt, bidFailed, corrupt, type Failure, outerBox } from './failing.js';
import { atStep } from './guards.js';
import { deliveredBid, partKeySecrets } from './parts.js';
import { drawnValues, fixedCoefficient } from './selectors.js';
import * as commands from './commands.js';

/** Extraction by the platform, decryption by each bidder, opening: the bid evaluated is the bid delivered (B-023, 电子招标投标办法 30). */
export const decryptionCommands = {
  'opening.extract-bid': command({
    schema: commands.zExtract,
    roles: ['node'],
    states: ['OPENING'],
    assurance: 'node',
    decide: atStep(['LIST_PUBLISHED', 'DECRYPTING'], (state, { party, payload: { bid, innerHeader } }, { at }): Decision => {
      if (party !== 'node:main') return refuse('FORBIDDEN', 'the main venue extracts bids');
      const due = bidAt(state, bid, ['LOCKED']);
      if ('ok' in due) return due;
      const box = outerBox(state, bid);
      if ('ok' in box) return box;
      // A box that was not dealt honestly is its dealer's fault, whoever finds it.
      if (box.fault !== null) return accept([bidFailed(at, bid, corrupt(`the box is INVALID: ${box.fault}`))]);
      if (innerHeader === null) return refuse('E_BOX_INVALID', 'the box is valid; give the inner header');
      if (headerHash(state, innerHeader) !== own(state.bidding.bids, bid)?.innerHeaderHash) {
        return refuse('E_BOX_INVALID', 'this is not the inner header that the bidder signed for');
      }
      return accept([{ type: 'opening.bid-extracted', at, bid, innerHeader, until: limitOf(state, 'decryption', at) ?? at }]);
    }),
  }),
  'opening.decrypt-bid': command({
    schema: commands.zDecrypt,
    secrets: { 'file-key': commands.zFileKey },
    roles: ['bidder'],
    states: ['OPENING'],
    assurance: 'session',
    audience: { 'x:file-key': fileKeyAudience },
    // A-110 … A-113: each bidder decrypts its own bid, within the window.
    decide: atStep(['DECRYPTING'], (state, asked, { at }): Decision => {
      const { party, payload } = asked;
      const { bid } = payload;
      if (bidOf(state, party)?.bid !== bid) return refuse('FORBIDDEN', 'this is not your bid');
      const due = bidAt(state, bid, ['EXTRACTED']);
      if ('ok' in due) return due;
      if (state.opening.decryptUntil === null || at >= state.opening.decryptUntil)
        return refuse('E_DEADLINE_PASSED', 'the window to decrypt is over');
      const fault = tested(asked, 'file-key', (fileKey) =>
        typeof fileKey === 'string' && fileKeyFits(profileFor(state), due.innerHeader ?? '', fileKey)
          ? null
          : refuse('E_KEY_MISMATCH', 'the key does not fit the header of your bid'),
      );
      return fault ?? accept([{ type: 'opening.bid-decrypted', at, bid }]);
    }),
  }),
  'opening.open-bid': command({
    schema: commands.zOpen,
    secrets: { index: z.record(z.string(), z.json()), sheet: z.record(z.string(), z.json()), 'keys-*': commands.zPartKeys },
    roles: ['node'],
    states: ['OPENING'],
    assurance: 'node',
    makes: ['opening.bid-opened', 'opening.bid-failed'],
    audience: { 'x:index': pricesAudience, 'x:sheet': pricesAudience, 'x:keys-*': partKeysAudience },
    decide: atStep(['DECRYPTING'], (state, { party, payload: { bid }, opened }, { at }): Decision => {
      if (party !== 'node:main') return refuse('FORBIDDEN', 'the main venue opens bids');
      const due = bidAt(state, bid, ['DECRYPTED']);
      if ('ok' in due) return due;
      const { index = null, sheet = null } = opened;
      const fault = textsFault(state, bid, canonicalText(index), canonicalText(sheet));
      if (fault !== null && !BIDDER_FAULTS.includes(fault.code)) return refuse('OPENING_MISMATCH', fault.message);
      const read = zOpeningSheet.safeParse(sheet);
      // A package made for another lot, or by another bidder, is a copy: it is not this bidder's bid.
      if (fault !== null) return accept([bidFailed(at, bid, corrupt(fault.message))]);
      if (!read.success) {
        const why = `the opening sheet is not of the form that the tender document sets: ${firstIssue(read.error)}`;
        return accept([bidFailed(at, bid, corrupt(why))]);
      }
      return keysFault(opened, dueKeys(state, bid, canonicalText(index))) ?? accept([{ type: 'opening.bid-opened', at, bid }]);
    }),
  }),
  'opening.close-decryption': command({
    schema: zNothing,
    roles: ['agency', 'node'],
    states: ['OPENING'],
    assurance: 'session',
    audience: { 'd:*': everybody },
    decide: atStep(['DECRYPTING'], (state, _asked, { at }): Decision => closeDecryption(state, at)),
  }),
} as const;

/** Faults that the bidder made; every other one means that the venue gave other texts than the bid's. */
const BIDDER_FAULTS: readonly BidFault['code'][] = ['OTHER_LOT', 'OTHER_BIDDER'];

function headerHash(state: LotState, innerHeader: string): string | null {
  try {
    return innerHeaderHash(profileFor(state), innerHeader);
  } catch {
    // No base64url: it fits no signed hash.
    return null;
  }
}

function textsFault(state: LotState, bid: string, index: string, openingSheet: string): BidFault | null {
  const delivered = deliveredBid(state, bid);
  return delivered === null
    ? { code: 'FILE_KEY', message: 'The file key of this bid is not known.' }
    : checkBidTexts(profileFor(state), { index, openingSheet }, delivered);
}

/** The keys that open the parts of this bid, as the bidder's file key and the index give them. */
function dueKeys(state: LotState, bid: string, indexText: string): Readonly<Record<string, JsonValue>> {
  const index = readBidIndex(indexText);
  return index === null ? {} : partKeySecrets(state, index, deliveredBid(state, bid)?.fileKey ?? '');
}

/** Exactly these keys are disclosed: one left out would keep a part from those who may read it, another would open something else. */
function keysFault(opened: Readonly<Record<string, JsonValue>>, due: Readonly<Record<string, JsonValue>>): Refused | null {
  const given = Object.keys(opened).filter((name) => name.startsWith('keys-'));
  const wrong = [...new Set([...given, ...Object.keys(due)])].find(
    (name) => canonicalText(own(opened, name) ?? null) !== canonicalText(own(due, name) ?? null),
  );
  return wrong === undefined ? null : refuse('E_INPUT', `secrets.${wrong}: not the keys of the parts that the index names`);
}

const TIMED_OUT: Failure = { result: 'TIMEOUT', fault: 'BIDDER', explanation: 'not decrypted within the window' };

/** Everything opened, or the window over: what is left has failed, by whose fault it is, and the count decides. */
function closeDecryption(state: LotState, at: string): Decision {
  const left = Object.entries(state.opening.bids).filter(([, { status }]) => ['LOCKED', 'EXTRACTED', 'DECRYPTED'].includes(status));
  const isOver = state.opening.decryptUntil !== null && at >= state.opening.decryptUntil;
  if (left.length > 0 && !isOver) return refuse('E_STEP_BARRIER', `${left.length} bids are not opened and the window runs`);
  // What the platform has not extracted, or not opened, is not the bidder's fault, and is finished before the window closes.
  if (left.some(([, { status }]) => status === 'DECRYPTED')) return refuse('E_STEP_BARRIER', 'a decrypted bid is not opened yet');
  if (left.some(([, { status }]) => status === 'LOCKED'))
    return refuse('E_STEP_BARRIER', 'a bid is not extracted yet; extract it, or find whose fault that is');
  const events = left.map(([bid]) => bidFailed(at, bid, TIMED_OUT));
  const opened = Object.values(state.opening.bids).filter(({ status }) => status === 'OPENED').length;
  const next = drawnValues(state) === null ? 'READ_OUT' : 'COEFFICIENT_DRAW';
  events.push({ type: 'opening.decryption-closed', at, opened, next, k: fixedCoefficient(state) });
  // domain.md §3.7: revoked bids are gone; fewer than three are left.
  if (opened < ruleSetOf(state).thresholds.bidsMin) events.push(failed(at, 'LT3_AFTER_DECRYPT', `${opened} bids were opened`));
  return accept(events);
}
