import { utf8 } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { noteKey, noteSigner, noteSuite, profileOf } from '../index.js';

const profile = profileOf('gp-std-1');

describe('keys of signed notes', () => {
  it('sign and verify raw bytes as C2SP notes carry them', () => {
    const signer = noteSigner(profile.generateSigner('node'), 'gongping.demo/witness/sub-1', 4);
    const signature = signer.sign(utf8('note\n'));
    expect([signer.publicKey.length, signature.length, signer.type]).toEqual([32, 64, 4]);
    const { verify } = noteSuite(profile);
    expect(verify(signer.publicKey, utf8('note\n'), signature)).toBe(true);
    expect(verify(signer.publicKey, utf8('nota\n'), signature)).toBe(false);
    expect(verify(signer.publicKey, utf8('note\n'), signature.slice(1))).toBe(false);
    expect(verify(signature.slice(0, 31), utf8('note\n'), signature)).toBe(false);
  });

  it('are node keys and no others', () => {
    const command = profile.generateSigner('command');
    expect(noteKey(command.publicKey, 'a', 1)).toBeNull();
    expect(() => noteSigner(command, 'a', 1)).toThrow(TypeError);
  });
});
