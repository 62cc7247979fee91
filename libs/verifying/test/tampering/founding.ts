import { PART } from '@app/contracts';
import { type Tampering, wrong } from './row.js';

const POLICY = 'log/policy.txt';

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** What the lot was founded on: witnesses, people, rules, engine. */
export const FOUNDING: readonly Tampering[] = [
  wrong('T-30', 'the policy beside the log is another', 'policy', (f) => [f.beside({ policy: f.ownPolicy() }), POLICY]),
  wrong('T-31', 'the policy is another in the founding entry too', 'signatures', (f) => {
    const policy = f.ownPolicy();
    const old = inJson(f.beside({}).policy);
    f.edit(0, PART.command, old, inJson(policy)).retell(0);
    return [f.archive({ policy }), 0];
  }),
  wrong('T-32', 'somebody else stands behind the supervisor in the derived part', 'decide', (f) => [
    f.edit(0, 'd:binding:supervisor', /"certificate":"[^"]+"/, `"certificate":"${f.keys.certificate('expert-9')}"`).archive(),
    0,
  ]),
  wrong('T-33', 'somebody else stands behind the supervisor, in every part', 'commands', (f) => {
    const [from, to] = [f.keys.certificate('supervisor'), f.keys.certificate('expert-9')];
    return [f.edit(0, 'x:bindings', from, to).retell(0).archive(), 0];
  }),
  wrong('T-34', "the key of a site's node is the main venue's", 'commands', (f) => {
    const [from, to] = [f.keys.nodeKey('node:sub-1'), f.keys.nodeKey('node:main')];
    return [f.edit(0, 'x:bindings', from, to).retell(0).archive(), 0];
  }),
  wrong('T-35', 'a party that the founder did not name is bound by an entry of another', 'decide', (f) => {
    const seq = f.find('opening.start');
    f.write(seq, {
      'd:binding:supervisor': {
        party: 'supervisor',
        person: null,
        organisation: null,
        certificate: null,
        nodeKey: f.keys.nodeKey('node:main'),
      },
    });
    return [f.archive(), seq];
  }),
  wrong('T-36', 'the rules of scoring are others in the skeleton', 'decide', (f) => [
    f.edit(0, PART.skeleton, '"full":"60"', '"full":"50"').archive(),
    0,
  ]),
  wrong('T-37', 'the rules of scoring are others in command and skeleton, and everything is computed by them', 'signatures', (f) => [
    f.edit(0, PART.command, '"e1":"1"', '"e1":"0.1"').retell(0).archive(),
    0,
  ]),
  wrong('T-38', 'the deadline is a later one, in command and skeleton', 'signatures', (f) => [
    f.edit(0, PART.command, '"deadline":"2026-03-24T01:30', '"deadline":"2026-03-24T01:20').retell(0).archive(),
    0,
  ]),
  wrong('T-39', 'the archive names another engine', 'policy', (f) => {
    const { head } = f.beside({});
    return [f.beside({ head: { ...head, engine: f.otherEngine } }), 'archive.json'];
  }),
  wrong('T-40', 'a change to another engine is invented', 'bindings', (f) => {
    const seq = f.find('scoring.aggregate');
    return [f.invent(seq, 'supervisor', 'lot.change-engine', { engine: f.otherEngine, reason: '升级' }).archive(), seq];
  }),
  wrong('T-41', 'one entry says that another engine decided it', 'decide', (f) => {
    const seq = f.find('scoring.aggregate');
    return [f.sign(seq, {}, { engine: f.otherEngine }).archive(), seq];
  }),
];
