import type { Command, JsonObject, JsonValue, WhoPart } from '@app/contracts';
import { canonicalText, parseCanonical, toBase64Url, utf8 } from '@app/contracts';
import type { ActDecision, RecordedAct } from '@app/evaluation';
import { ActBook, ringOf } from '@app/evaluation';
import type { MadeBid, PartInMemory } from '@app/sealing';
import { makeBid, openingSheetPart, signWith } from '@app/sealing';
import { makeLegacyBid } from './legacy-bid.js';
import { type Desk, type Play, DEADLINE } from './cast.js';

/** Packs and seals at the bidder's own desk. */
export function makeBidAt({ table }: Play, desk: Desk, bid = table.newId()): MadeBid & { readonly bid: string } {
  // Engine 0.1.0 reads bids of form 1 only.
  const make = table.run.engine.endsWith('/0.1.0') ? makeLegacyBid : makeBid;
  const made = make(table.profile, {
    origin: table.state.origin,
    bidder: desk.creditCode,
    bid,
    parts: [openingSheetPart(sheetOf(desk)), ...partsOf(desk)],
    encryptionPublicKey: desk.encryption.publicKey,
    keepers: ringOf(table.state).keepers('bids').keepers,
    threshold: 3,
  });
  return { ...made, bid };
}

const partsOf = ({ letter }: Desk): PartInMemory[] =>
  (['TECHNICAL', 'PRICE'] as const).map((type) => ({
    type,
    title: type === 'PRICE' ? '报价明细表' : '技术标',
    media: 'application/pdf',
    content: utf8(`${type.toLowerCase()} part of ${letter}`),
  }));

const sheetOf = ({ letter, price, smallMicro, coreBrand, partners }: Desk): JsonObject => ({
  v: 1,
  price,
  priceWords: `人民币${price}`,
  duration: '270',
  quality: '合格',
  projectLead: `经理${letter}`,
  validityDays: 90,
  security: { kind: '电子保函', amount: '10000.00' },
  ...(coreBrand === null ? {} : { coreBrand }),
  claims: { smallMicro, domestic: false, ...(partners === null ? {} : { partners }) },
});

export const delivery = ({ bid, manifest, innerHeaderHash, indexCommitment }: MadeBid & { readonly bid: string }): JsonObject => ({
  bid,
  manifest,
  innerHeaderHash,
  indexCommitment,
});

/** An act before the deadline: decided when it arrives, kept in the platform log when accepted. */
export function bidAct(play: Play, desk: Desk, type: string, payload: JsonObject, upload = uploadOf(payload)): ActDecision {
  const { table, acts } = play;
  const { command: drafted } = table.prepare('prospective', type, payload);
  const command: Command = { ...drafted, origin: `${table.installation}/platform` };
  const act: RecordedAct = {
    command,
    ...signedBy(play, desk, command),
    at: table.now,
    assurance: 'certificate',
    upload,
    creditCode: desk.creditCode,
    platform: { seq: acts.length, index: 0, salt: table.salt(command.id) },
  };
  const book = new ActBook<RecordedAct>();
  for (const recorded of acts) book.add(recorded);
  const decision = book.decide(table.state, act);
  if (decision.ok) acts.push(act);
  return decision;
}

/** By whom: the bidder's person, with his certificate. */
function signedBy({ table }: Play, { letter }: Desk, command: Command): Pick<RecordedAct, keyof WhoPart | 'certificate'> {
  const { registry, now: at } = table;
  const holder = {
    person: { id: `person-${letter}`, name: `投标员${letter}` },
    organisation: { id: `org-${letter}`, name: `${letter}建设有限公司` },
    certificate: registry?.certificate(letter) ?? `fingerprint-${letter}`,
  };
  const context = { at, actor: { party: command.actor.party, assurance: 'certificate' as const } };
  const who = registry?.who(command, context, { ...holder, nodeKey: null }) ?? {
    signer: { kind: 'certificate', certificate: toBase64Url(utf8(`certificate of ${letter}`)) },
    signature: signWith(table.signer(letter), 'command', command),
    evidence: { chain: [], revocation: null },
  };
  return { ...who, ...holder };
}

export function uploadOf(payload: JsonObject): RecordedAct['upload'] {
  const { manifest } = payload;
  if (typeof manifest !== 'object' || manifest === null || !('ciphertext' in manifest)) return null;
  const { hash, size } = manifest.ciphertext as { hash: string; size: number };
  return { hash, size, complete: true, encrypted: true };
}

export function deliver(play: Play, desk: Desk): void {
  bidAct(play, desk, 'bidding.download', { package: play.table.state.setup.documentPackage });
  desk.made = makeBidAt(play, desk);
  const decision = bidAct(play, desk, 'bidding.deliver', delivery(desk.made));
  if (!decision.ok) throw new Error(`${desk.letter}: ${decision.code} ${decision.message}`);
}

export const lockSecrets = (acts: readonly RecordedAct[]): { acts: JsonValue } => ({ acts: parseCanonical(canonicalText([...acts])) });

export function lock({ table, acts }: Play): void {
  table.waitUntil(table.state.setup.schedule?.deadline ?? DEADLINE);
  table.act('node:main', 'bidding.lock', {}, { secrets: lockSecrets(acts) });
}
