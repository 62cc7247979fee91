import { afterEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { freeNeighbours } from '@app/testing';
import { MediaWorkers } from './media-workers.js';
import type { MediaWorkersEvent, MediaWorkersOptions } from './media-workers.types.js';

const isRunning = (pid: number): boolean => existsSync(`/proc/${String(pid)}`);

describe('the media workers of a venue', () => {
  const events: MediaWorkersEvent[] = [];
  let sut: MediaWorkers | undefined;
  const start = async (more: Partial<MediaWorkersOptions> = {}): Promise<MediaWorkers> => {
    sut = await MediaWorkers.start({
      count: 1,
      port: 0,
      host: '127.0.0.1',
      announcedAddress: '127.0.0.1',
      onEvent: (event) => events.push(event),
      ...more,
    });
    return sut;
  };
  afterEach(async () => {
    await sut?.close();
    events.length = 0;
  });

  it('start, and make a room for VP8 and Opus', async () => {
    const workers = await start();
    const [pid] = await workers.pids();
    expect(isRunning(pid ?? 0)).toBe(true);
    const { router, webRtcServer } = await workers.createRoom();
    const mimeTypes = router.rtpCapabilities.codecs?.map((codec) => codec.mimeType);
    expect(mimeTypes).toEqual(expect.arrayContaining(['audio/opus', 'video/VP8']));
    const transport = await router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true });
    expect(transport.iceCandidates.map(({ protocol }) => protocol).sort()).toEqual(['tcp', 'udp']);
  });

  it('put rooms on the worker with the fewest, on neighbouring ports', async () => {
    const port = await freeNeighbours(2);
    const workers = await start({ count: 2, port });
    const rooms = [await workers.createRoom(), await workers.createRoom(), await workers.createRoom()];
    expect(new Set(rooms.map(({ webRtcServer }) => webRtcServer.id)).size).toBe(2);
    expect(rooms[0]?.webRtcServer.id).not.toBe(rooms[1]?.webRtcServer.id);
  });

  it('replace a worker that was killed, close its rooms and say so', async () => {
    const workers = await start();
    const [pid = 0] = await workers.pids();
    const { router } = await workers.createRoom();
    const closed = new Promise<void>((resolve) => {
      router.observer.once('close', resolve);
    });
    process.kill(pid, 'SIGKILL');
    await closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { router: next } = await workers.createRoom();
    expect(next.closed).toBe(false);
    expect((await workers.pids())[0]).not.toBe(pid);
    expect(events.map(({ kind }) => kind)).toEqual(['died', 'restarted']);
  });

  it('are gone after close, also when it comes in the middle of a restart; then no room is made', async () => {
    const workers = await start();
    const [pid = 0] = await workers.pids();
    process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([workers.close(), workers.close()]);
    expect(isRunning(pid)).toBe(false);
    await expect(workers.createRoom()).rejects.toThrow('closed');
  });

  it('refuse a room where media is switched off', async () => {
    const workers = await start({ count: 0 });
    await expect(workers.createRoom()).rejects.toThrow('MEDIA_WORKERS=0');
  });

  it('fail to start, leaving nothing behind, when the port is taken', async () => {
    const port = await freeNeighbours(2);
    const first = await start({ port });
    const second = MediaWorkers.start({ count: 1, port, host: '127.0.0.1', announcedAddress: '127.0.0.1' });
    await expect(second).rejects.toThrow('could not start');
    expect(first.closed).toBe(false);
  });
});
