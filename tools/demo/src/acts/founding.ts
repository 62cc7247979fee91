import { fromHex, toBase64Url } from '@app/contracts';
import { keyPublication } from '@app/evaluation';
import type { KeeperKey } from '@app/sealing';
import { generateKeeperKey, issuersOf, signDetached } from '@app/sealing';
import { renderPdf } from '../files/pdf.js';
import type { FoundingParty, World } from '../cast-of-lot.js';
import { bindingOf, foundingParties } from '../cast-of-lot.js';
import type { LotPlan } from '@app/testing/lots';
import type { Actor, Stage } from '../stage.js';

/** The owner's side and the supervisor: the persons among the opening trustees, with their keys. */
export interface Office {
  readonly agency: Actor;
  readonly tenderer: Actor;
  readonly supervisor: Actor;
  readonly trusteeKeys: ReadonlyMap<string, KeeperKey>;
}

const NODES = ['node:main', 'node:sub-1', 'node:sub-2', 'node:supervision'] as const;
const BID_KEEPERS = ['tenderer', 'agency', 'supervisor', 'node:main', 'node:sub-1'] as const;
const VENUES = [
  { venue: 'main', role: 'main', city: '永康' },
  { venue: 'sub-1', role: 'sub', city: '杭州' },
  { venue: 'sub-2', role: 'sub', city: '温州' },
  { venue: 'supervision', role: 'supervision', city: '永康' },
] as const;

/** Seconds from the creation to the deadline: the demonstration's jurisdiction asks for 5, making and uploading bids takes the rest. */
const DEADLINE_SECONDS = 40;

const later = (instant: string, seconds: number): string => new Date(Date.parse(instant) + seconds * 1_000).toISOString();

/** 创建标段, keys of the opening trustees, 发布招标公告, 发放招标文件. `deadlineSeconds` counts from now. */
export async function found(stage: Stage, world: World, lot: LotPlan, office: Office, deadlineSeconds = DEADLINE_SECONDS): Promise<void> {
  const now = stage.facts.clock.instant();
  // Members are admitted by acts of their own: who they are is not for everybody who reads the founding entry.
  const isMember = ({ role }: FoundingParty): boolean => role === 'tenderer-representative';
  const parties = foundingParties(lot).filter((party) => !isMember(party));
  await stage.act(office.agency, 'lot.create', `创建标段“${lot.name}”`, {
    payload: {
      code: lot.code,
      name: lot.name,
      regime: lot.regime,
      jurisdiction: 'demo',
      projectType: lot.projectType,
      profile: world.profile.id,
      rules: lot.rules,
      schedule: { documentsFrom: later(now, 1), documentsUntil: later(now, deadlineSeconds - 1), deadline: later(now, deadlineSeconds) },
      venues: VENUES.map((venue) => ({ ...venue })),
      venuePreset: 'A',
      tendererCity: '永康',
      keepers: { bids: { threshold: 3, parties: [...BID_KEEPERS] }, sheets: { threshold: 3, parties: [...NODES] } },
      witnessPolicy: world.witnessPolicy,
      previousRound: null,
      parties: parties.map(({ party, role, venue, seat }) => ({ party, roles: [role], venue, seat })),
    },
    secrets: { bindings: parties.map((party) => bindingOf(world, party)) },
  });
  for (const named of foundingParties(lot).filter(isMember)) {
    const { party, role, venue, seat } = named;
    await stage.act(office.agency, 'lot.admit', `登记招标人代表（${party}）`, {
      payload: { party, roles: [role], venue, seat },
      secrets: { binding: bindingOf(world, named) },
    });
  }
  await stage.sync();
  for (const trustee of trusteesOf(office)) {
    const key = office.trusteeKeys.get(trustee.party);
    if (key === undefined) throw new Error(`${trustee.party} has no key for the bids`);
    await stage.act(trustee, 'sealing.publish-key', '作为开标受托人公布密钥', {
      payload: keyPublication(stage.run, trustee.party, 'bids', key),
    });
  }
  await stage.until('the keys of all opening trustees', (state) =>
    BID_KEEPERS.every((party) => Object.hasOwn(state.keepers.published['bids'] ?? {}, party)),
  );
  await stage.leaveAt('draft');
  const document = await tenderDocument(lot, now);
  const documentPackage = world.profile.hashHex(document);
  await office.agency.client.upload(documentPackage, document, { lot: stage.facts.lot });
  const signed = stage.run.takesAll('lot.publish') ? { signature: await signedFile(world, office.agency, documentPackage) } : {};
  await stage.act(office.agency, 'lot.publish', '发布招标公告，规则集冻结', { payload: { documentPackage, ...signed } });
  await stage.until('the documents to be issued', (state) => state.status === 'SUBMISSION_OPEN');
  await stage.leaveAt('submission');
}

/** The agency's signature over the file of this hash, as programs of others check it. */
async function signedFile({ profile, roots }: World, { identity: { signer, ref } }: Actor, hash: string): Promise<string> {
  if (ref.kind !== 'certificate') throw new Error('a document is signed by a certificate');
  const by = { certificate: ref.certificate, issuers: issuersOf(profile, ref.certificate, roots) };
  return toBase64Url(await signDetached(profile, signer, by, fromHex(hash)));
}

export const trusteesOf = ({ tenderer, agency, supervisor }: Office): readonly Actor[] => [tenderer, agency, supervisor];
export const trusteeKeys = (world: World): ReadonlyMap<string, KeeperKey> =>
  new Map(['tenderer', 'agency', 'supervisor'].map((party) => [party, generateKeeperKey(world.profile)]));

/** Time that documents and bids need in a demonstration whose lot stays open for visitors. */
export const LONG_DEADLINE_SECONDS = 7 * 24 * 3_600;

async function tenderDocument(lot: LotPlan, at: string): Promise<Uint8Array> {
  const rows = lot.rules.items.map((item) => [item.id, item.title, `${item.min}–${item.max}`, item.objective ? '客观分' : '主观分']);
  return renderPdf('招标文件', '浙江正衡工程咨询有限公司', at, [
    { kind: 'paragraph', text: `项目：${lot.name}（${lot.code}）。最高投标限价：${lot.rules.ceiling} 元。` },
    { kind: 'heading', text: '评审项与分值' },
    { kind: 'table', widths: [110, 180, 90, 90], rows: [['编号', '名称', '分值', '类别'], ...rows] },
    { kind: 'paragraph', text: `推荐中标候选人 ${lot.rules.candidates} 名；评标委员会 ${lot.rules.committee.members} 人。` },
  ]);
}
