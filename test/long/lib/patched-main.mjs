// What somebody who holds the main venue would change in its program: once PATCH_ON is a file, the first score sheet that comes in is entered as
// if every member had handed in theirs. Loaded into the main venue's own process before its program (`--import`).
import { existsSync } from 'node:fs';

const { LotRun } = await import(process.env.PATCH_MODULE);
const { decide } = LotRun.prototype;

LotRun.prototype.decide = function (submitted, context, ...more) {
  const decision = decide.call(this, submitted, context, ...more);
  const sheet = decision.ok ? decision.events.find(({ type }) => type === 'scoring.sheet-submitted') : undefined;
  if (sheet === undefined || !existsSync(process.env.PATCH_ON)) return decision;
  const others = Object.keys(this.state.committee.present).filter((member) => member !== sheet.member);
  return { ...decision, events: [...decision.events, ...others.map((member) => ({ ...sheet, member }))] };
};
