import type { JsonObject } from '@app/contracts';
import { listedBids } from '../bidding/index.js';
import { bindingOf, tenderRulesOf } from '../lot/index.js';
import { type LotState, own } from '../kernel/state.js';
import { securityAsked, securityFindings } from '../security/index.js';
import { openingSheetOf } from './selectors.js';

/**
 * 开标记录表 (domain.md §6.2): everything that was read out, decided or objected, as canonical JSON. A pure function of the log, so the
 * hash that people sign is one anybody can compute.
 */
export function openingRecord(state: LotState): JsonObject {
  const { opening, setup } = state;
  const asked = securityAsked(state);
  const { ceiling, openingForm } = tenderRulesOf(state);
  return {
    v: 1,
    origin: state.origin,
    lot: { code: setup.code, name: setup.name, regime: setup.regime, ceiling },
    place: setup.venues.find(({ role }) => role === 'main')?.venue ?? '',
    deadline: setup.schedule?.deadline ?? null,
    startedAt: opening.startedAt,
    host: opening.host,
    readOutAt: opening.readOutAt,
    signedIn: { ...opening.signedIn },
    bids: listedBids(state).map(({ bid, bidder, deliveredAt, ciphertext }) => {
      const outcome = own(opening.bids, bid);
      const sheet = openingSheetOf(state, bidder);
      return {
        bid,
        bidder,
        name: own(opening.names, bidder) ?? bindingOf(state, bidder)?.organisation?.name ?? '',
        deliveredAt,
        ciphertext: ciphertext.hash,
        status: outcome?.status ?? 'LOCKED',
        result: outcome?.result ?? null,
        fault: outcome?.fault ?? null,
        explanation: outcome?.explanation ?? null,
        at: outcome?.at ?? null,
        sheet,
        ...(asked === null ? {} : { security: securityOf(state, bidder) }),
      };
    }),
    coefficient: {
      value: opening.coefficient.value,
      seed: opening.coefficient.seed,
      requests: opening.coefficient.request?.version ?? 0,
      nonces: { ...opening.coefficient.nonces },
    },
    findings: Object.values(opening.findings).map((finding) => ({ ...finding })),
    objections: opening.objections.map(({ id, by, at, text, reply }) => ({ id, by, at, text, reply })),
    confirmations: { ...opening.confirmations },
    // Where the document asks for none the record is as it was before there were any.
    ...(asked === null ? {} : { bidSecurity: { amount: asked.amount, forms: [...asked.forms] } }),
    // A lot whose document sets no form has the record that it always had.
    ...(openingForm === undefined ? {} : { form: openingForm }),
  };
}

/** What came of a bidder's security, and what it lacks by the tender document. */
const securityOf = (state: LotState, bidder: string): JsonObject => ({
  received: own(state.security.recorded, bidder)?.received ?? null,
  findings: [...(securityFindings(state, bidder) ?? [])],
});
