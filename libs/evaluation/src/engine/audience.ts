import { type EntryHeader, PART, type Viewer, type VisibleEntry } from '@app/contracts';
import type { Audience } from '../kernel/slice.js';
import { type LotState, own, partOfKey, type SecretEntry } from '../kernel/state.js';
import { MAIN_NODE } from '../kernel/origins.js';
import { bindingAudience, isOnlyCalled, isOpeningTrustee } from '../lot/index.js';
import { commandRule } from './decide.js';
import { secretEntryOf } from './evolve.js';
import { initialLotState } from './initial.js';

/** Roles of a viewer are the lot's word, not the asker's; a party the lot does not know, or one only called yet, is the public. */
export function lotViewer(viewer: Viewer, state: LotState): Viewer {
  const facts = viewer.party === null || isOnlyCalled(state, viewer.party) ? undefined : own(state.parties, viewer.party);
  return facts === undefined ? { party: null, roles: [] } : { party: viewer.party, roles: facts.roles };
}

/**
 * May this viewer see this part of this entry, as the lot now stands (domain.md §2.2)? Decided part by part; needs nothing but
 * the entry's skeleton and the state. When the answer widens, the viewer folds again from the start.
 */
export function audience(viewer: Viewer, state: LotState, entry: SecretEntry, part: string): boolean {
  const who = lotViewer(viewer, state);
  // A draft is for those who work on it; from the publication on everybody follows the lot (招标投标法 16).
  if (who.party === null && !state.setup.isPublic) return false;
  if (part === PART.skeleton || part === PART.command || part === PART.sig) return true;
  const special = specialAudience(entry.header, part);
  if (special !== undefined) return special(who, state, entry, part);
  return part === PART.who ? seesWho(who, state, entry, part) : seesSecret(who, entry);
}

function specialAudience(header: EntryHeader, part: string): Audience | undefined {
  const audiences = commandRule(header.type)?.audience;
  if (audiences === undefined) return undefined;
  const exact = own(audiences, part);
  if (exact !== undefined) return exact;
  const prefix = Object.keys(audiences).find((key) => key.endsWith('*') && part.startsWith(key.slice(0, -1)));
  return prefix === undefined ? undefined : own(audiences, prefix);
}

/**
 * Persons and certificates: the signer, the supervisor, the main venue's node, a node of the venue where the signer sits, and in the lot
 * whoever knows who the signer is anyway (the node that attests his keys among them), so that he can check the signature. Nodes' acts are
 * open, and so is who published a key that bids are sealed to.
 */
const seesWho: Audience = (viewer, state, entry) => {
  if (entry.party === null) return false;
  const signer = own(state.parties, entry.party);
  if (signer?.roles.includes('node') === true) return true;
  if (viewer.party === null) return entry.header.type === 'sealing.publish-key' && isOpeningTrustee(state, entry.party);
  if (viewer.party === entry.party || viewer.party === MAIN_NODE || viewer.roles.includes('supervisor')) return true;
  if (viewer.roles.includes('node') && signer?.venue !== null && own(state.parties, viewer.party)?.venue === signer?.venue) return true;
  return bindingAudience(viewer, state, entry, `d:binding:${entry.party}`);
};

/** A secret part that its command says nothing of: whoever gave it, and the main venue's node that keeps it. */
function seesSecret(viewer: Viewer, entry: SecretEntry): boolean {
  return viewer.party !== null && (viewer.party === entry.party || viewer.party === MAIN_NODE);
}

/** What `viewer` knows of the lot: equals folding only what he may see. */
export function view(state: LotState, viewer: Viewer): LotState {
  if (!seesSkeletons(state, viewer)) return { ...initialLotState(state.origin, state.lot, state.round), size: state.size };
  const disclosed = Object.fromEntries(
    Object.entries(state.disclosed).filter(([key]) => {
      const { seq, name } = partOfKey(key);
      const entry = own(state.secretEntries, String(seq));
      return entry !== undefined && audience(viewer, state, entry, name);
    }),
  );
  return { ...state, disclosed };
}

const seesSkeletons = (state: LotState, viewer: Viewer): boolean => state.setup.isPublic || lotViewer(viewer, state).party !== null;

/** Takes out of each entry what `viewer` may not see, as the lot stands in `state` (which has folded all of them). */
export function redact(entries: readonly VisibleEntry[], viewer: Viewer, state: LotState): VisibleEntry[] {
  return entries.map((entry) => {
    const secret = secretEntryOf(entry);
    const parts = Object.entries(entry.parts).filter(([part]) => audience(viewer, state, secret, part));
    return { ...entry, parts: Object.fromEntries(parts) };
  });
}
