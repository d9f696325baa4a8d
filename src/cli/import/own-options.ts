// Values of `--option key=value`, an import format's own options.

import { durationUsOf } from "../../config/fields.ts";
import { CliError } from "../cli-error.ts";
import type { ImportRequest } from "./request.ts";

/** µs of an option like "5ms"; undefined when it was not given. @throws {CliError} when it is no length of time. */
export function durationOption({ more }: ImportRequest, key: string): number | undefined {
  const told = more.get(key);
  if (told === undefined) return undefined;
  const us = durationUsOf(told);
  if (us === undefined) {
    throw new CliError(`--option ${key}: expected a time like "5ms", was ${told}`);
  }
  return us;
}

/** One of `choices`, the first when it was not given. @throws {CliError} when it is none of them. */
export function choiceOption<Choice extends string>(
  { more }: ImportRequest,
  key: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const told = more.get(key) ?? choices[0];
  const choice = choices.find((each) => each === told);
  if (choice !== undefined) return choice;
  throw new CliError(`--option ${key}: expected ${choices.join(" or ")}, was ${told}`);
}
