/** The main venue's own process: it stores every part, so audiences only say so. */
export const MAIN_NODE = 'node:main';

/** Names of logs: `<installation>/lot/<lot>/<round>`, and `<installation>/platform` for what an installation commits to. */
export const lotOrigin = (installation: string, lot: string, round: number): string => `${installation}/lot/${lot}/${String(round)}`;
export const platformOrigin = (installation: string): string => `${installation}/platform`;

const LOT_ORIGIN = /^([^/]+)\/lot\/([^/]+)\/([1-9]\d*)$/;

/** What a lot's origin says; null for any other log. */
export function readOrigin(origin: string): { readonly installation: string; readonly lot: string; readonly round: number } | null {
  const [, installation, lot, round] = LOT_ORIGIN.exec(origin) ?? [];
  return installation === undefined || lot === undefined || round === undefined ? null : { installation, lot, round: Number(round) };
}
