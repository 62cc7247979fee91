import type { HttpClient } from '@app/client';
import { fromBase64Url, fromUtf8, type KeptDeskBox, toBase64Url, utf8, zKeptDesk } from '@app/contracts';
import { own } from '@app/evaluation';
import { type CryptoProfile, openOnDevice, sealToKey } from '@app/sealing';
import { inStore } from '../../../core/device-store.js';
import type { BidKey } from '../../../core/identity/key-store.js';
import type { LotName } from '../../../core/lots/api.js';
import type { NotedPages, Notes } from './reading.js';

/** What a member has written at the desk of one lot and not handed in: sheets by step, noted pages, notes. */
export interface KeptDesk {
  readonly v: 1;
  /** Epoch milliseconds by the venue's clock: of two that were kept the newer one counts. */
  readonly at: number;
  /** As whom in the lot; empty where nothing was written yet. */
  readonly party: string;
  readonly sheets: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly places: NotedPages;
  readonly notes: Notes;
}
export const EMPTY_DESK: KeptDesk = { v: 1, at: 0, party: '', sheets: {}, places: {}, notes: {} };

const STORE = 'desk-drafts';
export const deskName = (origin: string, party: string): string => `${origin} ${party}`;

/** Seals it to the member's own encryption key and keeps it on this device. Rejects when the disk is full; what was kept before stays. */
export async function keepHere(profile: CryptoProfile, name: string, { publicKey }: BidKey, desk: KeptDesk): Promise<Uint8Array> {
  const sealed = sealToKey(profile, publicKey, utf8(JSON.stringify(desk)));
  await inStore(STORE, 'readwrite', (store) => store.put(sealed, name));
  return sealed;
}

/** What was kept here; the empty desk where nothing was. Null: something lies here that this member's key does not open. */
export async function loadHere(profile: CryptoProfile, name: string, key: BidKey): Promise<KeptDesk | null> {
  const sealed = await inStore<Uint8Array | undefined>(STORE, 'readonly', (store) => store.get(name) as IDBRequest<Uint8Array | undefined>);
  return sealed === undefined ? EMPTY_DESK : opened(profile, sealed, key);
}

async function opened(profile: CryptoProfile, sealed: Uint8Array, { key, publicKey }: BidKey): Promise<KeptDesk | null> {
  const content = await openOnDevice(profile, sealed, key, publicKey);
  if (content === null) return null;
  const read = JSON.parse(fromUtf8(content)) as Omit<KeptDesk, 'v'> & { readonly v: number };
  return read.v === 1 ? { ...read, at: Math.ceil(read.at), v: 1 } : null;
}

/** What the venue of this seat keeps. `foreign`: something that this member's key does not open. `at`: what a later one is to rest on. */
export interface There {
  readonly at: number;
  readonly desk: KeptDesk | 'foreign';
}

async function readThere(profile: CryptoProfile, { sealed, at }: KeptDeskBox, key: BidKey): Promise<There> {
  if (sealed === null) return { at, desk: EMPTY_DESK };
  // A file that is damaged is one that does not open: it is not written over.
  return { at, desk: (await opened(profile, fromBase64Url(sealed), key).catch(() => null)) ?? 'foreign' };
}

/** One desk as the venue of this seat keeps it. Both reject where the venue cannot say or does not take it now. */
export interface VenueDesk {
  ask(): Promise<There>;
  /** Answers what lies there afterwards: what was sent, or, where it rests on something else than what lay there, that. */
  keep(sealed: Uint8Array, at: number, basis: number): Promise<There>;
}

export function deskAtVenue(http: HttpClient, profile: CryptoProfile, { lot, round }: LotName, party: string, key: BidKey): VenueDesk {
  const address = `/api/lots/${encodeURIComponent(lot)}/desk?round=${round}&party=${encodeURIComponent(party)}`;
  return {
    ask: async () => readThere(profile, await http.get(address, zKeptDesk), key),
    keep: async (sealed, at, basis) =>
      readThere(profile, await http.put(address, { sealed: toBase64Url(sealed), at, basis }, zKeptDesk), key),
  };
}

/** When something is written: now, and after what was there. In whole milliseconds, which the venue's clock as this page knows it is not. */
export const laterAt = (nowMs: number, beforeAt: number): number => Math.max(Math.ceil(nowMs), beforeAt + 1);

/**
 * What counts where the venue has `there`. `base`: what both sides had in common; null: nobody knows, then of the two the newer one counts, to
 * which what was written since `loaded` is added.
 */
export function reconciled(base: KeptDesk | null, loaded: KeptDesk, here: KeptDesk, there: KeptDesk, nowMs: number): KeptDesk {
  if (base === null && there.at <= loaded.at) return here;
  if (here === loaded) return there;
  return { ...mergedDesk(base ?? loaded, here, there), at: laterAt(nowMs, Math.max(here.at, there.at)) };
}

/** What was changed here since `base` stays, everything else is as it is there: value by value, so that two seats lose nothing of each other. */
function mergedDesk(base: KeptDesk, here: KeptDesk, there: KeptDesk): KeptDesk {
  const merge = <P extends 'sheets' | 'places' | 'notes'>(part: P): KeptDesk[P] =>
    merged(base[part], here[part], there[part]) as KeptDesk[P];
  return { ...there, party: here.party, sheets: merge('sheets'), places: merge('places'), notes: merge('notes') };
}

type Values = Readonly<Record<string, unknown>>;
const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function merged(base: Values, here: Values, there: Values): Values {
  const pick = (name: string): unknown => {
    const [was, mine, other] = [own(base, name), own(here, name), own(there, name)];
    if (same(was, mine)) return other;
    return isValues(mine) && isValues(other) ? merged(isValues(was) ? was : {}, mine, other) : mine;
  };
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  const values = names.map((name) => [name, pick(name)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
