import { own, securityAsked, unrecordedSecurities } from '@app/evaluation';
import { unwrapFileKey } from '@app/sealing';
import type { World } from '../cast-of-lot.js';
import type { Actor, Stage } from '../stage.js';
import type { Bidder } from './bidding.js';
import { listed } from './bidding.js';
import type { Office } from './founding.js';
import { trusteesOf } from './founding.js';

/** 不见面开标: from the lock to the signed record. The venues' nodes release, extract, open, close and make the record by themselves. */
export async function openBids(
  stage: Stage,
  world: World,
  office: Office,
  witnesses: readonly Actor[],
  bidders: readonly Bidder[],
): Promise<void> {
  await stage.until('the lock at the deadline', (state) => state.status === 'SUBMISSION_CLOSED');
  await stage.act(office.agency, 'opening.start', '宣布开标');
  for (const actor of [office.tenderer, ...witnesses]) await stage.act(actor, 'opening.sign-in', '签到');
  await stage.act(office.agency, 'opening.publish-list', '公布投标人名单');
  await stage.until('the published list', (state) => state.opening.step !== 'STARTED');
  for (const bidder of bidders) await stage.act(listed(stage, bidder), 'opening.sign-in', '签到');
  for (const trustee of trusteesOf(office)) await release(stage, office, trustee);
  await stage.leaveAt('opening', () => extend(stage, office, bidders));
  await decrypt(stage, world, bidders);
  await stage.until('every bid opened', (state) => state.opening.step === 'READ_OUT');
  await recordSecurities(stage, office);
  await stage.act(office.agency, 'opening.read-out', '唱标');
  for (const bidder of bidders) await confirm(stage, listed(stage, bidder));
  const state = await stage.until('the record', ({ opening }) => opening.record !== null);
  await stage.leaveAt('record');
  const record = state.opening.record?.hash ?? '';
  for (const actor of [office.agency, office.tenderer, ...witnesses, ...bidders.map((bidder) => listed(stage, bidder))]) {
    await stage.act(actor, 'opening.sign-record', '签署开标记录', { payload: { record } });
  }
  await stage.act(office.agency, 'opening.close', '开标结束');
}

/** 投标保证金, where the tender document asks for one: everybody's is there, a minute before the deadline. */
async function recordSecurities(stage: Stage, { agency }: Office): Promise<void> {
  const { setup } = await stage.sync();
  const asked = securityAsked(stage.state);
  if (asked === null) return;
  const receivedAt = new Date(Date.parse(setup.schedule?.deadline ?? '') - MINUTE_MS).toISOString();
  for (const bidder of unrecordedSecurities(stage.state)) {
    const payload = { bidder, received: { form: asked.forms[0] ?? '', amount: asked.amount, receivedAt } };
    await stage.act(agency, 'security.record', '登记投标保证金', { payload, secrets: { number: `演示-${bidder}` } });
  }
}
const MINUTE_MS = 60_000;

/** Whoever comes when the window is over has not objected: the main venue's node has made the record meanwhile. */
async function confirm(stage: Stage, bidder: Actor): Promise<void> {
  if ((await stage.sync()).opening.step !== 'CONFIRMING') return;
  try {
    await stage.act(bidder, 'opening.confirm', '确认开标结果，无异议');
  } catch (error) {
    if ((await stage.sync()).opening.step === 'CONFIRMING') throw error;
  }
}

export async function release(stage: Stage, office: Office, trustee: Actor): Promise<void> {
  const key = office.trusteeKeys.get(trustee.party);
  if (key === undefined) throw new Error(`${trustee.party} keeps no key`);
  await stage.act(trustee, 'sealing.release', '释放开标密钥', { payload: { purpose: 'bids' }, secrets: { 'private-key': key.privateKey } });
}

/** A day longer to decrypt: the most that the host may give at once. */
const EXTENSION_SECONDS = 86_400;

async function extend(stage: Stage, office: Office, bidders: readonly Bidder[]): Promise<void> {
  await stage.until('every bid extracted', ({ opening }) =>
    bidders.every(({ made }) => own(opening.bids, made?.id ?? '')?.innerHeader != null),
  );
  const payload = { seconds: EXTENSION_SECONDS, reason: '演示：留出时间由投标人自行解密' };
  await stage.act(office.agency, 'opening.extend-window', '延长解密时限', { payload });
}

/** Each bidder waits until its bid is extracted, and unwraps only the header that it signed for. */
export async function decrypt(stage: Stage, world: World, bidders: readonly Bidder[]): Promise<void> {
  for (const bidder of bidders) {
    const bid = bidder.made?.id ?? '';
    const state = await stage.until(
      `the bid of ${bidder.bid.company} extracted`,
      ({ opening }) => own(opening.bids, bid)?.innerHeader != null,
    );
    const header = own(state.opening.bids, bid)?.innerHeader ?? '';
    if (header !== bidder.made?.innerHeader) throw new Error(`${bidder.bid.company} is shown another header than it signed`);
    const fileKey = unwrapFileKey(world.profile, header, bidder.person.encryptionPrivateKey);
    if (fileKey === null) throw new Error(`${bidder.bid.company} cannot unwrap its own bid`);
    await stage.act(listed(stage, bidder), 'opening.decrypt-bid', '解密投标文件', { payload: { bid }, secrets: { 'file-key': fileKey } });
  }
}
