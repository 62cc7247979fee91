import { disclosed, type LotState, readLockedActs, zDownload } from '@app/evaluation';

/** One download of the tender document, as the locked acts hold it. */
export interface DownloadRow {
  readonly id: string;
  readonly name: string;
  /** 0: the document of the notice; else the number of the amendment; null: none of this lot's. */
  readonly document: number | null;
  readonly at: string;
}

/**
 * 招标文件下载记录: who took which document, in order of receipt. Null for whoever may not be told: before the list of bids is
 * told nobody is (招标投标法 22, 电子招标投标办法 21), then those who judge the lock.
 */
export function downloadRows(state: LotState): readonly DownloadRow[] | null {
  const { seq } = state.bidding;
  const acts = seq === null ? null : readLockedActs(disclosed(state, seq, 'x:acts'));
  if (acts === null) return null;
  const numbers = new Map([
    [state.setup.documentPackage, 0],
    ...state.setup.amendments.map(({ number, package: hash }) => [hash, number] as const),
  ]);
  return acts.flatMap(({ command, organisation, at }) => {
    const taken = command.type === 'bidding.download' ? zDownload.safeParse(command.public) : null;
    if (taken?.success !== true) return [];
    return [{ id: command.id, name: organisation.name, document: numbers.get(taken.data.package) ?? null, at }];
  });
}
