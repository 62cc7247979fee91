import { zName } from '@app/contracts';
import { z } from 'zod';
import { textOf, zJsonObject } from '../kernel/fields.js';
import { type Audience, refuse, type Refused } from '../kernel/slice.js';
import { hasRole, type LotState, own } from '../kernel/state.js';
import { everybody, venueOf } from '../lot/index.js';
import {
  boxFault,
  type HandedBox,
  openBoxes,
  type SealedSheet,
  seesCiphertext,
  zAnything,
  zCiphertext,
  zMasters,
} from '../sealed-step/index.js';
import { ringOf } from './ring.js';

/**
 * Randomness that nobody chooses (domain.md §14.3): a plan names the contributors, each seals a nonce to the keepers before anything of it can
 * be known, and the keepers open all of them at once. Nobody opens by himself, so nobody steers a draw as the last to move, or by silence.
 */
export interface Contributions {
  readonly contributors: readonly string[];
  /** Nonces in their boxes, by contributor; a new plan empties it. */
  readonly boxes: Readonly<Record<string, SealedSheet>>;
}

/** Parties that a plan names. */
export const zContributors = z.array(zName).min(2).max(20);
/** What a box holds. */
const zNonce = z.string().regex(/^[A-Za-z0-9_-]{16,120}$/);

/** What every command has that hands in a nonce. `isOpened`: the boxes keep nothing any more, and whoever judges the draw opens them again. */
export function sealedNonce(isOpened: (state: LotState) => boolean) {
  const seesBox: Audience = (viewer, state, entry, part) => isOpened(state) || seesCiphertext(viewer, state, entry, part);
  return { schema: z.strictObject({ manifest: zJsonObject }), secrets: { ciphertext: zCiphertext }, audience: { 'x:ciphertext': seesBox } };
}
/** And that opens them all. */
export const OPENED_NONCES = {
  secrets: { masters: zMasters, 'sheet:*': zAnything },
  audience: { 'x:masters': everybody, 'x:sheet:*': everybody },
} as const;

/** The first contributor whose box is missing; null when every one is in. */
export const missingNonce = ({ contributors, boxes }: Contributions): string | null =>
  contributors.find((party) => own(boxes, party) === undefined) ?? null;

/** Why these may not be the contributors. `field`: where the command names them. */
export function contributorsFault(state: LotState, contributors: readonly string[], field: string): Refused | null {
  if (new Set(contributors).size !== contributors.length) return refuse('E_INPUT', `${field}: one is named twice`);
  const stranger = contributors.find((party) => own(state.parties, party) === undefined);
  if (stranger !== undefined) return refuse('E_INPUT', `${field}: ${stranger} has no part in this lot`);
  // Somebody who is neither owner nor operator must hold a nonce, else the two could agree on the draw.
  const isIndependent = contributors.some(
    (party) => hasRole(state, party, 'supervisor') || hasRole(state, party, 'witness') || isSupervisionNode(state, party),
  );
  return isIndependent ? null : refuse('E_INPUT', `${field}: the supervision authority or the witness contributes`);
}

const isSupervisionNode = (state: LotState, party: string): boolean =>
  hasRole(state, party, 'node') && state.setup.venues.some(({ venue, role }) => role === 'supervision' && venue === venueOf(state, party));

/** Why this box is not the contributor's nonce; the first that is accepted stands. When nonces are taken at all the slice says. */
export function nonceFault(state: LotState, purpose: string, { contributors, boxes }: Contributions, handed: HandedBox): Refused | null {
  const { party } = handed;
  if (!contributors.includes(party)) return refuse('FORBIDDEN', 'the plan does not name you as a contributor');
  if (own(boxes, party) !== undefined) return refuse('E_ALREADY_DONE', 'your nonce is sealed');
  return boxFault(ringOf(state), purpose, handed);
}

export interface Nonces {
  /** By contributor, what counts. */
  readonly nonces: Readonly<Record<string, string>>;
  /** Whose box held no nonce. */
  readonly void: readonly string[];
}

/** Every nonce at once, or why the node's word is not the boxes'. */
export function openNonces(
  state: LotState,
  boxes: Contributions['boxes'],
  asked: Pick<HandedBox, 'opened'> & { readonly secrets: Readonly<Record<string, string>> },
): Nonces | Refused {
  const opening = openBoxes(ringOf(state), boxes, asked);
  if (!('verdicts' in opening)) return opening;
  const nonces: Record<string, string> = {};
  const empty: string[] = [];
  for (const [party, { manifest }] of Object.entries(boxes)) {
    const nonce = zNonce.safeParse(opening.contents[party]);
    if (!nonce.success) empty.push(party);
    // What stands for a box without a nonce was fixed with the box, so that spoiling it chooses nothing.
    nonces[party] = nonce.success ? nonce.data : textOf(manifest['plaintext']);
  }
  return { nonces, void: empty };
}
