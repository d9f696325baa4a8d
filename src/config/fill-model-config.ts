// Fill models by name, the same in a config file and on the command line: "power-3:3" is family 3 with exponent 3.

import { z } from "zod";
import type { FillModel } from "../../sim/exchange/fill-model.ts";

const EXPONENT_MAX = 8;

/** Every name, `n` standing for an exponent of 1 to 8. */
export const FILL_MODEL_NAMES: readonly string[] = [
  "optimistic",
  "pessimistic",
  "risk-averse",
  "power-1:n",
  "power-2:n",
  "power-3:n",
  "log-1",
  "log-2",
];

const SENTENCE = `expected one of ${FILL_MODEL_NAMES.join(", ")} with n from 1 to ${EXPONENT_MAX}`;

export const fillModelField = (): z.ZodString => {
  const error = (issue: { input?: unknown }): string =>
    `${SENTENCE}, was ${JSON.stringify(issue.input)}`;
  return z
    .string({ error })
    .regex(/^(?:optimistic|pessimistic|risk-averse|power-[123]:[1-8]|log-[12])$/, { error });
};

/** The model of a name; undefined when there is none. */
export function fillModelOf(name: string): FillModel | undefined {
  if (name === "optimistic" || name === "pessimistic" || name === "risk-averse") {
    return { kind: name };
  }
  const [, kind, family, n] = /^(power|log)-([123])(?::([1-8]))?$/.exec(name) ?? [];
  if (kind === "power" && n !== undefined) {
    return { kind, family: Number(family) as 1 | 2 | 3, n: Number(n) };
  }
  if (kind === "log" && n === undefined && family !== "3") {
    return { kind, family: Number(family) as 1 | 2 };
  }
  return undefined;
}

/** The name of a model; `fillModelOf` reads it back. */
export function fillModelName(model: FillModel): string {
  switch (model.kind) {
    case "optimistic":
    case "pessimistic":
    case "risk-averse":
      return model.kind;
    case "power":
      return `power-${model.family}:${model.n}`;
    case "log":
      return `log-${model.family}`;
    default:
      return model satisfies never;
  }
}
