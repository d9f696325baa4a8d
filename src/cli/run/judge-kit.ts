// Whether what a module exports as `kit` is one. Outside modules need not be TypeScript, so nothing of it is believed.

const FORM: readonly (readonly [key: string, type: string])[] = [
  ["name", "string"],
  ["summary", "string"],
  ["schema", "object"],
  ["toConfig", "function"],
  ["create", "function"],
  ["sample", "object"],
];
const NAME = /^[a-z][a-z0-9-]*$/;

/** Why it is none; undefined when it is one. */
export function notAKit(kit: unknown): string | undefined {
  if (kit === undefined) return 'expected an export named "kit", found none';
  if (typeof kit !== "object" || kit === null) {
    return `expected its "kit" to be an object, was ${kit === null ? "null" : typeof kit}`;
  }
  const told = kit as Readonly<Record<string, unknown>>;
  for (const [key, type] of FORM) {
    const is = told[key] === null ? "null" : typeof told[key];
    if (is !== type) return `expected kit.${key} to be ${aOf(type)}, was ${is}`;
  }
  if (!NAME.test(told.name as string)) {
    return `expected kit.name of small letters, digits and "-", was ${JSON.stringify(told.name)}`;
  }
  return notASchema(told.schema as object);
}

/** Read by its form and not by its class: a module may have brought its own copy of zod. */
function notASchema(schema: object): string | undefined {
  const { def, shape } = schema as {
    def?: { type?: unknown; checks?: unknown[] };
    shape?: Readonly<Record<string, unknown>>;
  };
  if (def?.type !== "object" || typeof shape !== "object") {
    return "expected kit.schema to be an object schema of zod 4";
  }
  const taken = ["name", "module"].find((key) => Object.hasOwn(shape, key));
  if (taken !== undefined) return `kit.schema has a setting "${taken}", which is the config's own`;
  if ((def.checks ?? []).length > 0) {
    return "kit.schema judges several settings at once; do that in kit.toConfig";
  }
  return undefined;
}

function aOf(type: string): string {
  return type === "object" ? "an object" : `a ${type}`;
}
