import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { datagramOf, pictures } from '../../test/stream.js';
import { ReorderBuffer } from './reorder-buffer.js';
import { nackOf, originalSequence, pliOf, readSenderReports } from './rtcp.js';
import { isRtcp, readRtp, viewOf } from './rtp-packet.js';

describe('RTP and RTCP', () => {
  it('are read back', () => {
    for (const { packet } of pictures({ frames: 3, sequence: 65_535 })) expect(readRtp(datagramOf(packet))).toEqual(packet);
  });

  it('leave out header extension, contributors and padding', () => {
    const plain = datagramOf(pictures({ frames: 1 })[0]!.packet);
    const long = Buffer.concat([
      plain.subarray(0, 12),
      Buffer.alloc(8),
      Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]),
      plain.subarray(12),
      Buffer.from([0, 0, 3]),
    ]);
    long[0] = 0x80 | 0x20 | 0x10 | 2;
    expect(readRtp(long)?.payload).toEqual(Buffer.from(plain.subarray(12)));
    // More padding than there are bytes, an extension past the end.
    expect(readRtp(Buffer.concat([long.subarray(0, -1), Buffer.from([255])]))).toBeNull();
    expect(readRtp(long.subarray(0, 22))).toBeNull();
  });

  it('tell a clock, and ask for packets and key frames as the standards say', () => {
    const report = new Uint8Array(28);
    const view = viewOf(report);
    report[0] = 0x80;
    report[1] = 200;
    view.setUint16(2, 6);
    view.setUint32(4, 7);
    view.setUint32(8, 2_208_988_800 + 1_000);
    view.setUint32(12, 2 ** 31);
    view.setUint32(16, 48_000);
    expect(isRtcp(report)).toBe(true);
    expect(readSenderReports(Buffer.concat([report, report.subarray(0, 20)]))).toEqual([{ ssrc: 7, sentMs: 1_000_500, timestamp: 48_000 }]);
    expect(Buffer.from(nackOf(9, [65_535, 0, 15, 40])).toString('hex')).toBe(
      '81cd0004' + '00000001' + '00000009' + 'ffff8001' + '00280000',
    );
    expect(Buffer.from(pliOf(9)).toString('hex')).toBe('81ce0002' + '00000001' + '00000009');
    expect(originalSequence(Uint8Array.from([1, 2, 9]))).toEqual({ sequence: 258, payload: Uint8Array.from([9]) });
  });

  it('take any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readRtp(bytes);
        isRtcp(bytes);
        readSenderReports(bytes);
        originalSequence(bytes);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the reorder buffer', () => {
  it('asks for what is missing after a moment, not all the time, and not for ever', () => {
    const sut = new ReorderBuffer({ waitMs: 1_000, heldMax: 100 });
    const [first, , third, fourth] = pictures({ frames: 4, pieces: 1, sequence: 65_535 });
    sut.push(first!.packet, 0);
    sut.push(third!.packet, 0);
    sut.push(fourth!.packet, 0);
    expect([sut.wanted(5), sut.wanted(10), sut.wanted(20), sut.wanted(40)]).toEqual([[], [0], [], [0]]);
    const asked = Array.from({ length: 100 }, (_none, index) => sut.wanted(70 + index * 30).length).reduce((sum, count) => sum + count, 0);
    expect(asked).toBe(8);
  });

  it('holds no more than it may', () => {
    const sut = new ReorderBuffer({ waitMs: 1_000_000, heldMax: 100 });
    const [first, , ...rest] = pictures({ frames: 1_000, pieces: 1 });
    sut.push(first!.packet, 0);
    const out = rest.flatMap(({ packet }) => sut.push(packet, 1));
    expect(out.length).toBe(999);
  });
});
