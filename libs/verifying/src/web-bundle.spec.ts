import type { LoggedBundle, Trust } from '@app/archive';
import type { JsonObject } from '@app/contracts';
import { canonicalText, PUBLISH_WEB_BUNDLE, toHex } from '@app/contracts';
import {
  flatHashes,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  headerLeaf,
  MerkleTree,
  SIGNATURE_TYPE,
  signNote,
  TreeHasher,
} from '@app/ledger';
import { noteSigner, noteSuite } from '@app/sealing';
import { profileOf } from '@app/sealing/node';
import { describe, expect, it } from '@jest/globals';
import { verifyBundle } from './web-bundle.js';

const profile = profileOf('gp-std-1');
const hasher = new TreeHasher(profile.hash);
const ORIGIN = 'gongping.test/platform';
const AT = '2026-03-24T01:30:00.000Z';
const logKey = profile.generateSigner('node');
const bundle = { release: '1.2.3', manifest: 'a'.repeat(64) };
const served = { manifest: bundle.manifest, count: 3, other: [] };
const trust: Trust = {
  v: 1,
  installation: 'gongping.test',
  roots: ['AA'],
  logKey: logKey.publicKey,
  policy: formatPolicy(profile.hash, { logs: [], witnesses: [], groups: [], quorum: null }),
  nodeKeys: {},
};

/** An entry of a log of two, under a head that `key` signed. */
function loggedAs(publicFacts: JsonObject, { type = PUBLISH_WEB_BUNDLE, key = logKey, origin = ORIGIN } = {}): LoggedBundle {
  const command = { v: 1, id: '01a0c000-0000-7000-8000-000000000001', origin, lot: null, round: null, type, step: '', public: publicFacts };
  const more = { secrets: {}, actor: { party: 'node:main' }, at: AT, basis: 0 };
  const context = {
    v: 1,
    at: AT,
    engine: 'gongping-platform/3',
    actor: { party: 'node:main', assurance: 'node' },
    certificate: 'node',
    facts: {},
  };
  const opening = { salt: profile.newSalt(), text: canonicalText({ command: { ...command, ...more }, context }) };
  const header = { v: 1 as const, seq: 1, at: AT, type, parts: { command: profile.commitment(opening.salt, opening.text) } };
  const tree = new MerkleTree(hasher, flatHashes([hasher.leaf(new Uint8Array(3)), headerLeaf(hasher, header)]));
  const text = formatCheckpoint({ origin, size: 2, root: tree.root(2) });
  const checkpoint = formatNote(signNote(noteSuite(profile), text, noteSigner(key, origin, SIGNATURE_TYPE.note)));
  return {
    v: 1,
    origin,
    profile: profile.id,
    entry: { batch: 1, header, opening, path: tree.inclusionProof(1, 2).map(toHex) },
    checkpoint,
  };
}
const logged = loggedAs(bundle);

describe('the web client of a venue', () => {
  it('is good when it is what the log names, under a head that is signed, and what is built here', () => {
    const report = verifyBundle({ served, logged, own: bundle }, trust);
    expect([report.verdict, report.bundle]).toEqual(['PASS', { ...bundle, entry: 1, at: AT }]);
    const elsewhere = verifyBundle({ served, logged, own: null }, trust);
    expect([elsewhere.verdict, elsewhere.checks.map(({ id }) => id)]).toEqual(['PASS', ['served', 'logged', 'cosignatures']]);
    expect(verifyBundle({ served, logged, own: bundle }, null).verdict).toBe('CONSISTENT, NOT AUTHENTICATED');
  });

  it.each([
    ['served', 'a file that is another', { served: { ...served, other: ['/index.html'] } }],
    ['served', 'no manifest', { served: { manifest: null, count: 0, other: ['/manifest.sha256'] } }],
    ['logged', 'a manifest that the log does not name', { served: { ...served, manifest: 'b'.repeat(64) }, own: null }],
    ['logged', 'nothing shown', { logged: null }],
    ['logged', 'another form', { logged: { ...logged, more: 1 } }],
    [
      'logged',
      'an opening that says something else',
      { logged: { ...logged, entry: { ...logged.entry, opening: loggedAs({ ...bundle, manifest: 'b'.repeat(64) }).entry.opening } } },
    ],
    ['logged', 'an entry that is not under the head', { logged: { ...logged, checkpoint: loggedAs(bundle).checkpoint } }],
    ['logged', 'an entry about something else', { logged: loggedAs(bundle, { type: 'platform.commit-acts' }) }],
    ['logged', 'facts of another form', { logged: loggedAs({ ...bundle, more: 1 }) }],
    ['logged', 'the log of another installation', { logged: loggedAs(bundle, { origin: 'other.test/platform' }) }],
    ['logged', 'a lot’s log', { logged: loggedAs(bundle, { origin: 'gongping.test/lot/a/1' }) }],
    ['cosignatures', 'a head that somebody else signed', { logged: loggedAs(bundle, { key: profile.generateSigner('node') }) }],
    ['built', 'another build of the same release', { own: { ...bundle, manifest: 'b'.repeat(64) } }],
    ['built', 'another release', { own: { ...bundle, release: '1.2.4' } }],
  ])('fails %s by %s', (check, _what, change) => {
    const report = verifyBundle({ served, logged, own: bundle, ...change }, trust);
    expect(report.verdict).toBe('FAIL');
    expect(report.checks.find(({ verdict }) => verdict === 'FAIL')?.id).toBe(check);
  });
});
