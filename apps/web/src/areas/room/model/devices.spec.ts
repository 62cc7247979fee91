import { describe, expect, it } from '@jest/globals';
import { keepChoice, levelOf, readChoice, wishOf } from './devices.js';

const kept = (text: string | null) => ({ getItem: () => text });

describe('the devices of a seat', () => {
  it('are those that were chosen here before', () => {
    let stored: string | null = null;
    keepChoice({ camera: 'c', microphone: 'm' }, { setItem: (_name, text) => (stored = text) });
    expect(readChoice(kept(stored))).toEqual({ camera: 'c', microphone: 'm' });
    expect(wishOf({ camera: 'c', microphone: '' })).toMatchObject({ video: { deviceId: 'c' } });
    expect(wishOf({ camera: 'c', microphone: '' }).audio).not.toHaveProperty('deviceId');
  });

  it.each([null, 'no json', 'null', '7', '{"camera":1}'])('are the browser’s own where %j was kept', (text) => {
    expect(readChoice(kept(text))).toEqual({ camera: '', microphone: '' });
  });

  it('are as loud as their loudest sample', () => {
    expect([levelOf(Uint8Array.of(128, 128)), levelOf(Uint8Array.of(128, 96)), levelOf(Uint8Array.of(255))]).toEqual([0, 0.5, 1]);
  });
});
