export const entries = { entry: {} };
