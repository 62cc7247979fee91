import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeskOwner, FolderDesks } from './desk-store.js';

const OWNER: DeskOwner = { person: 'person-1', origin: 'gongping.test/lot/lot-1/1', party: 'expert-1' };

describe('the desks that a venue keeps', () => {
  let folder: string;
  let sut: FolderDesks;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongping-desks-'));
    sut = new FolderDesks(folder);
  });
  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  it('are each a person’s as one party of a lot', async () => {
    expect(await sut.find(OWNER)).toEqual({ sealed: null, at: 0 });
    expect(await sut.keep(OWNER, { sealed: 'one', at: 5, basis: 0 })).toEqual({ sealed: 'one', at: 5 });
    expect(await new FolderDesks(folder).find(OWNER)).toEqual({ sealed: 'one', at: 5 });
    expect(await sut.find({ ...OWNER, party: 'expert-2' })).toEqual({ sealed: null, at: 0 });
    expect(await sut.keep(OWNER, { sealed: null, at: 0, basis: 5 })).toEqual({ sealed: null, at: 0 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('are replaced by whoever knows what lies there, and by nobody else', async () => {
    await sut.keep(OWNER, { sealed: 'one', at: 5, basis: 0 });
    expect(await sut.keep(OWNER, { sealed: 'late', at: 9, basis: 0 })).toEqual({ sealed: 'one', at: 5 });
    // Two on their way at once: the second one knew nothing of the first.
    const both = await Promise.all([
      sut.keep(OWNER, { sealed: 'two', at: 6, basis: 5 }),
      sut.keep(OWNER, { sealed: 'three', at: 7, basis: 5 }),
    ]);
    expect(both).toEqual([
      { sealed: 'two', at: 6 },
      { sealed: 'two', at: 6 },
    ]);
    expect(await sut.find(OWNER)).toEqual({ sealed: 'two', at: 6 });
  });

  it('leave nothing half there when the disk refuses', async () => {
    const [path] = await sut.keep(OWNER, { sealed: 'one', at: 5, basis: 0 }).then(() => readdir(folder));
    await rm(join(folder, path ?? ''));
    // A folder that is not empty stands where the file is to be.
    await mkdir(join(folder, path ?? '', 'other'), { recursive: true });
    await expect(sut.keep(OWNER, { sealed: 'two', at: 6, basis: 0 })).rejects.toThrow();
    expect(await readdir(folder)).toEqual([path]);
  });
});
