export interface ProcessorMark {
  /** Null for a processor that forgot its `@Job`. */
  readonly name: string | null;
  readonly className: string;
}

/** Null, or the sentence why these processors do not fit these jobs: each job has exactly one. */
export function processorFault(names: readonly string[], marks: readonly ProcessorMark[]): string | null {
  const unmarked = marks.find(({ name }) => name === null);
  if (unmarked !== undefined) return `${unmarked.className} does jobs and has no @Job(name): say which`;
  const stranger = marks.find(({ name }) => name !== null && !names.includes(name));
  if (stranger !== undefined)
    return `${stranger.className} does ${String(stranger.name)}, which is no name in the map of jobs: add it or remove the class`;
  for (const name of names) {
    const classes = marks.filter((mark) => mark.name === name).map(({ className }) => className);
    if (classes.length === 0)
      return `the job ${name} has no processor: provide a class marked @Job('${name}') in a module of the application`;
    if (classes.length > 1) return `the job ${name} has ${classes.length} processors (${classes.join(', ')}): leave one`;
  }
  return null;
}
