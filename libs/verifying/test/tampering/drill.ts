import { PART } from '@app/contracts';
import { type Tampering, wrong } from './row.js';

/** 开标受托人演练: which trustees showed before the opening that their keys are at hand. */
export const DRILL: readonly Tampering[] = [
  wrong('T-121', 'its own answer to the drill is made with a key that it never published', 'decide', (f) => {
    const seq = f.findBy('sealing.answer-drill', 'node:main');
    const other = f.match(f.findBy('sealing.answer-drill', 'node:sub-1'), PART.command, /"proof":"([^"]+)"/);
    return [
      f
        .edit(seq, PART.command, /"proof":"[^"]+"/, `"proof":"${other}"`)
        .sign(seq)
        .archive(),
      seq,
    ];
  }),
  wrong('T-122', 'the answer of one trustee is told as that of another', 'decide', (f) => {
    const seq = f.findBy('sealing.answer-drill', 'tenderer');
    const told = (party: string): string => `"party":"${party}","type":"sealing.drill-answered"`;
    return [f.edit(seq, PART.skeleton, told('tenderer'), told('supervisor')).archive(), seq];
  }),
];
