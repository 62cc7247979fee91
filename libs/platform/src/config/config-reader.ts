import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Every mistake of the environment at once, one line each; names variables, never values. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not complete or not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `schema` from an environment. An empty variable counts as absent. Throws {@link ConfigError} with all problems;
 * messages of zod say what is expected and never repeat the value, so a password in an address stays unprinted.
 */
export function readEnvironment<Schema extends z.ZodObject>(schema: Schema, environment: Environment): Readonly<z.infer<Schema>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map((issue) => {
        const name = issue.path.join('.');
        return given[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
      }),
    );
  }
  return Object.freeze(result.data);
}

/**
 * The environment with secrets read from files: NAME_FILE names the file whose text is NAME (its last line break left out), so that a
 * secret stands in no process list and no unit file. Throws {@link ConfigError} for a file that cannot be read and for a variable given
 * twice.
 */
export function withSecretFiles(environment: Environment, names: readonly string[]): Environment {
  const problems: string[] = [];
  const read = names.flatMap((name) => {
    const file = environment[`${name}_FILE`];
    if (file === undefined || file === '') return [];
    if ((environment[name] ?? '') !== '') problems.push(`${name}: give it or ${name}_FILE, not both`);
    try {
      return [[name, readFileSync(file, 'utf8').replace(/\r?\n$/, '')] as const];
    } catch {
      problems.push(`${name}_FILE: the file cannot be read`);
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...environment, ...Object.fromEntries(read) };
}

const WHOLE = /^\d{1,9}$/;

/** A whole number in decimal digits, between `min` and `max`. */
export const zWhole = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(WHOLE, 'a whole number is expected')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `a number from ${String(min)} to ${String(max)} is expected`);

/** `1`/`true` or `0`/`false`. */
export const zFlag: z.ZodType<boolean, string> = z
  .enum(['0', '1', 'false', 'true'], '1 or 0 is expected')
  .transform((value) => value === '1' || value === 'true');

/** An address whose scheme is one of `schemes`. */
export const zUrl = (...schemes: string[]): z.ZodType<string, string> =>
  z.string().refine(
    (value) => {
      if (!URL.canParse(value)) return false;
      return schemes.includes(new URL(value).protocol.replace(/:$/, ''));
    },
    `an address starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')} is expected`,
  );
