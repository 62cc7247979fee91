import { SystemClock } from '@app/platform';
import { openingRecordIn, openingRecordPdf, readSigned } from '@app/documents';
import { readDocumentFont } from '@app/documents/node';
import { endSystem, startSystem, type RunningSystem } from '@app/testing';
import { TV_E2E_01 } from '@app/testing/lots';
import { zTrust } from '@app/archive';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { count, PdfSig } from '../../libs/documents/test/pdfsig.js';
import { actorAt, type World } from '../../tools/demo/src/cast-of-lot.js';
import { readPeople } from '../../tools/demo/src/people.js';
import { playLot } from '../../tools/demo/src/play-lot.js';
import { readWorld } from '../../tools/demo/src/world.js';
import { axeFaults, launch, shoot } from './support/chromium.js';
import { enterHall, takeSeat, type Seat } from './support/hall.js';
import { pinByFile, trustFileOf } from './support/trust.js';

jest.setTimeout(480_000);
const LOT = 'RECORD-01';
const PLAN = { ...TV_E2E_01, id: LOT, bids: TV_E2E_01.bids.slice(0, 3) };
const DEADLINE_SECONDS = 40;

/** 开标记录 as a file, in the hall of a lot whose record is made: by the public, the host, the supervisor and a bidder, each at an own browser. */
describe('the opening record as a file', () => {
  let system: RunningSystem;
  let world: World;
  let tool: PdfSig;
  let seats: Readonly<Record<'visitor' | 'host' | 'supervisor' | 'bidder', Seat>>;
  /** As Node makes it from the log. */
  let base: Uint8Array;
  const cleanUps: (() => unknown)[] = [];

  beforeAll(async () => {
    system = await startSystem({ quiet: true, fsync: false, seed: false });
    cleanUps.push(() => endSystem(system));
    world = await readWorld(system.home, JSON.stringify(system.urls));
    const performance = { lot: PLAN, name: LOT, firstCompany: 1, until: 'record', deadlineSeconds: DEADLINE_SECONDS } as const;
    await playLot(world, performance, new SystemClock());
    const { client } = await actorAt(world, 'supervisor', 'supervisor', 'main');
    const { entries } = await client.entries(LOT, 1, 0);
    base = await openingRecordPdf(world.profile, openingRecordIn(entries), readDocumentFont());
    const { roots } = zTrust.parse(JSON.parse(readFileSync(trustFileOf(system), 'utf8')));
    tool = new PdfSig(roots);
    cleanUps.unshift(() => {
      tool.end();
    });
    const opened = await launch();
    cleanUps.unshift(() => opened.close());
    const sit = async (id: string | null): Promise<Seat> => {
      const seat = await takeSeat(opened, system, id === null ? null : (readPeople(system.home).get(id) ?? null));
      await enterHall(seat, LOT);
      await pinByFile(seat.page, trustFileOf(system));
      return seat;
    };
    seats = { visitor: await sit(null), host: await sit('host'), supervisor: await sit('supervisor'), bidder: await sit('bidder-01') };
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });
  afterEach(() => {
    expect(Object.values(seats).flatMap(({ errors }) => errors.splice(0))).toEqual([]);
  });

  const panel = ({ page }: Seat): Locator => page.getByRole('region', { name: '开标记录' });
  async function saved(seat: Seat, button: string): Promise<Buffer> {
    const download = seat.page.waitForEvent('download');
    await panel(seat).getByRole('button', { name: button }).click();
    return readFileSync(await (await download).path());
  }
  async function choose(seat: Seat, name: string, buffer: Buffer): Promise<string> {
    await panel(seat).locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    const found = panel(seat).getByRole('status').filter({ hasText: name });
    await found.waitFor();
    return found.innerText();
  }

  it('A-114 B-017 is the same to the byte for the public in the browser and for whoever makes it from the log elsewhere', async () => {
    expect(Buffer.compare(await saved(seats.visitor, '下载开标记录（PDF）'), base)).toBe(0);
    expect(
      await panel(seats.visitor)
        .getByRole('button', { name: /并下载/ })
        .count(),
    ).toBe(0);
  });

  it('A-114 B-017 is signed by host and supervisor in it and by a bidder beside it, each with the key in the own browser', async () => {
    const byHost = await saved(seats.host, '签署 PDF 并下载');
    expect(await choose(seats.supervisor, 'host.pdf', byHost)).toMatch(/就是本开标记录，签名有效[^]*证书由本机固定的认证机构签发/);
    const byBoth = await saved(seats.supervisor, '签署 PDF 并下载');
    const said = tool.say(byBoth);
    expect(count(said, /Signature is Valid\./g)).toBe(2);
    expect(count(said, /Certificate is Trusted\./g)).toBe(2);
    expect(said).toMatch(/Signature #2:[^]*Total document signed/);
    const beside = await saved(seats.bidder, '在场签署（.p7s）并下载');
    expect(readSigned(world.profile, base, beside)).toMatchObject({ kind: 'detached' });
    expect(await choose(seats.visitor, 'beside.p7s', beside)).toMatch(/签名有效[^]*证书由本机固定的认证机构签发/);
    expect(await choose(seats.visitor, 'both.pdf', byBoth)).toContain('签名人所述时间');
    await panel(seats.visitor).scrollIntoViewIfNeeded();
    await shoot(seats.visitor.page, 'record-file-1366');
    expect(await axeFaults(seats.visitor.page)).toEqual([]);
  });

  it('A-114 is not what somebody changed or added to, and nothing is signed after it', async () => {
    const changed = Buffer.from(await saved(seats.host, '签署 PDF 并下载'));
    const at = changed.indexOf('/MediaBox') + 13;
    changed[at] = '9'.charCodeAt(0);
    expect(await choose(seats.supervisor, 'changed.pdf', changed)).toContain('不是本开标记录');
    const signed = await saved(seats.supervisor, '签署 PDF 并下载');
    expect(readSigned(world.profile, base, signed)).toMatchObject({ kind: 'pdf', signatures: [{ reason: '监督开标' }] });
    expect(await choose(seats.supervisor, 'more.pdf', Buffer.concat([signed, Buffer.from('% more\n')]))).toContain('不是本开标记录');
    await shoot(seats.supervisor.page, 'record-file-changed-1366');
  });
});
