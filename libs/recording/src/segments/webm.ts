import type { SegmentDraft } from '../tracks/track-recorder.js';

const OPUS_RATE = 48_000;

/** A segment as a WebM file of one track that any browser plays: its frames as they came, none of them touched. Times count from 0. */
export async function webmOf(draft: SegmentDraft): Promise<Uint8Array> {
  // Loaded with the first segment: at a venue's start nobody needs it.
  const { BufferTarget, EncodedAudioPacketSource, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } =
    await import('mediabunny');
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = draft.codec === 'vp8' ? new EncodedVideoPacketSource('vp8') : new EncodedAudioPacketSource('opus');
  if (source instanceof EncodedVideoPacketSource) output.addVideoTrack(source);
  else output.addAudioTrack(source);
  await output.start();
  for (const [index, { data, isKey, atMs, lastsMs }] of draft.frames.entries()) {
    const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', atMs / 1_000, lastsMs / 1_000);
    if (source instanceof EncodedAudioPacketSource) {
      const description = { codec: 'opus', numberOfChannels: 2, sampleRate: OPUS_RATE };
      await source.add(packet, index === 0 ? { decoderConfig: description } : undefined);
    } else {
      const { width: codedWidth = 0, height: codedHeight = 0 } = draft.size ?? {};
      await source.add(packet, index === 0 ? { decoderConfig: { codec: 'vp8', codedWidth, codedHeight } } : undefined);
    }
  }
  await output.finalize();
  if (target.buffer === null) throw new Error('the file of a segment was not finished');
  return new Uint8Array(target.buffer);
}
