export type ReportState = Readonly<Record<string, never>>;

export const initialReport: ReportState = {};
