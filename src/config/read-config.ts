// From the text of a config file to a checked config, or to every problem of it at once with line and column.
// An unknown key is refused, with the known name it is nearest to: a setting that is ignored is a wrong result.

import { z } from "zod";
import type { ConfigProblem } from "./config-error.ts";
import { ConfigError } from "./config-error.ts";
import type { JsonText } from "./json-text.ts";
import { JsonSyntaxError, parseJsonText, placeOf } from "./json-text.ts";
import { knownKeysAt } from "./known-keys.ts";
import { suggestion } from "./nearest-name.ts";

type Issue = z.core.$ZodIssue;

/** A config with what is needed to name places in its file afterwards. */
export type ReadConfig<Config> = Readonly<{
  config: Config;
  /** Gives problems found later, when values met their instruments, their line and column. */
  placed: (problems: readonly ConfigProblem[]) => readonly ConfigProblem[];
}>;

/**
 * Reads and checks `text`; `file` is its name for messages.
 * @throws {ConfigError} with all problems: one for text that is not JSON, else each repeated or unknown key and bad value.
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): ReadConfig<z.output<Schema>> {
  const json = jsonOf(text, file);
  const placed = (problems: readonly ConfigProblem[]): readonly ConfigProblem[] =>
    problems.map((problem) => ({ ...problem, ...placeIn(text, json, problem.path) }));
  const problems: ConfigProblem[] = json.repeated.map(({ path, offset }) => ({
    path,
    message: "this key is given twice",
    ...placeOf(text, offset),
  }));
  const result = schema.safeParse(json.value);
  if (!result.success) {
    const jsonSchema = z.toJSONSchema(schema, { io: "input" });
    const found = result.error.issues.flatMap((issue) => problemsOf(issue, [], json, jsonSchema));
    problems.push(...placed(found));
  }
  if (problems.length === 0 && result.success) return { config: result.data, placed };
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  throw new ConfigError(file, problems);
}

function jsonOf(text: string, file: string): JsonText {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const place = placeOf(text, error.offset);
    throw new ConfigError(file, [{ path: "", message: `not JSON: ${error.message}`, ...place }]);
  }
}

/** One issue of zod's as problems in our words. */
function problemsOf(
  issue: Issue,
  parent: readonly PropertyKey[],
  json: JsonText,
  schema: z.core.JSONSchema.JSONSchema,
): ConfigProblem[] {
  const at = [...parent, ...issue.path];
  const path = at.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    const known = knownKeysAt(schema, json.value, at.map(String));
    return issue.keys.map((key) => ({
      path: path === "" ? key : `${path}.${key}`,
      message: `unknown key "${key}" at ${path === "" ? "the top" : path}${suggestion(key, known)}`,
    }));
  }
  if (issue.code === "invalid_union") {
    const branch = issue.errors.find((errors) => errors.every((error) => !isWhole(error)));
    if (branch !== undefined && branch.length > 0) {
      return branch.flatMap((error) => problemsOf(error, at, json, schema));
    }
    const options = "options" in issue && Array.isArray(issue.options) ? issue.options : undefined;
    if (options !== undefined) return [{ path, message: discriminatorText(options, path, json) }];
  }
  return [{ path, message: plainMessage(issue, json, at.map(String)) }];
}

/** True when a union's branch was refused as a whole, not for something inside it. */
function isWhole(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code !== "unrecognized_keys";
}

function discriminatorText(options: readonly unknown[], path: string, json: JsonText): string {
  const value = valueAt(json.value, path.split("."));
  const names = options.map(String);
  if (value === undefined) return `missing; known: ${names.join(", ")}`;
  return `expected one of ${names.join(", ")}, was ${JSON.stringify(value)}${
    typeof value === "string" ? suggestion(value, names).replace(/^; known.*$/, "") : ""
  }`;
}

function plainMessage(issue: Issue, json: JsonText, path: readonly string[]): string {
  const value = valueAt(json.value, path);
  if (value === undefined) return "missing";
  if (issue.code === "invalid_type" && !issue.message.startsWith("expected")) {
    return `expected ${issue.expected}, was ${JSON.stringify(value)}`;
  }
  if (issue.code === "invalid_value") {
    const known = issue.values.map((each) => JSON.stringify(each));
    return `expected ${known.length === 1 ? "" : "one of "}${known.join(", ")}, was ${JSON.stringify(value)}`;
  }
  return issue.message;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** Place of a path, or of the nearest thing around it that is in the file. */
function placeIn(
  text: string,
  json: JsonText,
  path: string,
): Readonly<{ line: number; column: number }> {
  const keys = path.split(".");
  for (let length = keys.length; length > 0; length -= 1) {
    const offset = json.offsets.get(keys.slice(0, length).join("."));
    if (offset !== undefined) return placeOf(text, offset);
  }
  return placeOf(text, json.offsets.get("") ?? 0);
}
