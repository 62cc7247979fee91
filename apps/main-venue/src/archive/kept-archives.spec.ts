import { DomainError, FakeClock } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import type { ServedArchive } from '../core/ports.js';
import { ARCHIVE_KEPT_MS, KeptArchives } from './kept-archives.js';

const archive = (tag: string): ServedArchive => ({ tag, size: 0, read: () => Promise.resolve(new Uint8Array()) });

function world(heldMax = 2) {
  const clock = new FakeClock();
  const built: string[] = [];
  const build = (key: string) => () => {
    built.push(key);
    return Promise.resolve(archive(key));
  };
  return { clock, built, build, sut: new KeptArchives(clock, heldMax) };
}

describe('SEC-19 archives', () => {
  it('are put together once for all who ask for the same at the same head', async () => {
    const { sut, built, build, clock } = world();
    const [one, two] = await Promise.all([sut.of('a', build('a')), sut.of('a', build('a'))]);
    expect(two).toBe(one);
    await clock.advance(ARCHIVE_KEPT_MS - 1);
    expect(await sut.of('a', build('a'))).toBe(one);
    await clock.advance(1);
    await sut.of('a', build('a'));
    expect(built).toEqual(['a', 'a']);
  });

  it('are held in a bounded number: the oldest makes room', async () => {
    const { sut, built, build } = world();
    for (const key of ['a', 'b', 'c', 'b', 'a']) await sut.of(key, build(key));
    expect(built).toEqual(['a', 'b', 'c', 'a']);
  });

  it('are refused while as many are being put together', async () => {
    const { sut, build } = world();
    const never = () => new Promise<ServedArchive>(() => undefined);
    void sut.of('a', never);
    void sut.of('b', never);
    await expect(sut.of('c', build('c'))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('ARCHIVES_HELD_MAX'),
    });
  });

  it('that could not be put together are tried again', async () => {
    const { sut, build } = world(1);
    await expect(sut.of('a', () => Promise.reject(new DomainError('UNAVAILABLE', 'no head')))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect((await sut.of('a', build('a'))).tag).toBe('a');
  });
});
