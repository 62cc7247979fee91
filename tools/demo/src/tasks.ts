import { join } from 'node:path';
import type { World } from './cast-of-lot.js';
import { personOf } from './cast-of-lot.js';
import type { Played } from './play-lot.js';
import { STAGES, type StageName } from './stages.js';

/** What people find to do at a lot that was left to them, as its button calls it. Advice: the lot's own engine says who owes it. */
const TASKS: Readonly<Record<string, string>> = {
  'opening.decrypt-bid': '解密投标文件 decrypt your bid',
  'opening.sign-record': '签署开标记录 sign the opening record',
  'committee.sign-in': '评委签到 sign in (experts: in the list of lots)',
  'review.submit-sheet': '进入评分台 review desk',
  'scoring.submit-sheet': '进入评分台 scoring desk',
  'report.sign': '签署评标报告 sign the report',
  'award.publish-candidates': '公示中标候选人 publish the candidates',
  'award.decide': '定标 decide the award',
  'award.announce': '发出中标通知书 send the notice',
};

/** Who of the demonstration has which task at the lot now: person, identity, task. */
export function tasksOf(world: World, { stage, cast }: Played): readonly (readonly [string, string, string])[] {
  return [...cast].flatMap(([party, id]) => {
    const task = stage.run
      .owed(party)
      .map(({ command }) => TASKS[command])
      .find((text) => text !== undefined);
    const { name } = personOf(world, id);
    return task === undefined ? [] : [[name, id, task] as const];
  });
}

/** Says where the lot is, what was left to do there, and to whom. */
export function handOver(world: World, home: string, played: Played, until: StageName): string {
  const { lot, round } = played.stage.facts;
  const rows = tasksOf(world, played).map(([name, id, task]) => `  ${id.padEnd(16)}${name.padEnd(6, '　')}${task}\n`);
  return [
    `\n${lot} is left to people at ${until} (${STAGES[until].zh}): ${STAGES[until].left}.\n`,
    `Open ${world.urls['main'] ?? ''}/lots/${lot}/${String(round)} after logging in as one of them`,
    ` (choose the name at the log-in, or give its file ${join(home, 'demo', 'identities')}/<identity>.json):\n\n`,
    ...(rows.length === 0 ? ['  nobody has a task in the browser now; the supervisor can watch and give opinions and orders\n'] : rows),
  ].join('');
}
