// Writes a config as a person would like to find it: every setting there is, above each what it means, which values it
// takes and its default, all read from the schema itself. What is not set stands behind "//", with a value of its form.

import { z } from "zod";

type Node = z.core.JSONSchema.JSONSchema;
type Told = Readonly<Record<string, unknown>>;

const LINE_LENGTH = 100;

/** `config` in JSON with comments, for `schema`, under the lines of `head`. What it does not say is left to the defaults. */
export function commentedConfig(schema: z.ZodType, config: Told, head: readonly string[]): string {
  const node = z.toJSONSchema(schema, { io: "input" });
  const lines = [...head.flatMap((line) => commented(line, "")), ...valueLines(node, config, "")];
  return `${lines.join("\n")}\n`;
}

/** The value's lines; the first stands behind its key, so it has no indentation. */
function valueLines(node: Node, value: unknown, indent: string): string[] {
  const branch = branchOf(node, value);
  if (isObject(value) && branch.properties !== undefined) return objectLines(branch, value, indent);
  const { items } = branch;
  if (Array.isArray(value) && isObject(items) && value.some(isObject)) {
    const inner = `${indent}  `;
    const entries = value.map((each) => valueLines(items as Node, each, inner));
    return ["[", ...separated(entries.map((lines) => indented(lines, inner))), `${indent}]`];
  }
  return [jsonLine(value)];
}

function objectLines(node: Node, value: Told, indent: string): string[] {
  const inner = `${indent}  `;
  const keys = Object.keys(node.properties ?? {}).filter((key) => key !== "$schema");
  // What is set last stands last, so that no comma is left behind whatever is uncommented before it.
  const last = keys.findLast((key) => Object.hasOwn(value, key));
  const ordered = last === undefined ? keys : [...keys.filter((key) => key !== last), last];
  const lines = ordered.flatMap((key) => {
    const property = node.properties?.[key] as Node;
    const required = node.required?.includes(key) ?? false;
    const about = aboutLines(property, value[key], required, inner);
    if (!Object.hasOwn(value, key)) {
      const proposed = property.default ?? exampleOf(property);
      return [...about, `${inner}// ${JSON.stringify(key)}: ${jsonLine(proposed)},`];
    }
    const [first = "", ...rest] = valueLines(property, value[key], inner);
    const told = [`${inner}${JSON.stringify(key)}: ${first}`, ...rest];
    return [...about, ...(key === last ? told : withComma(told))];
  });
  return lines.length === 0 ? ["{}"] : ["{", ...lines, `${indent}}`];
}

/** Comments above a setting: its meaning, and of parts that are not spelled out below, theirs. */
function aboutLines(node: Node, value: unknown, required: boolean, indent: string): string[] {
  const facts = [rangeOf(node), choicesOf(node)];
  if (required) facts.push("required");
  else if (isPlain(node.default)) facts.push(`default ${jsonLine(node.default)}`);
  const known = facts.filter((fact) => fact !== undefined).join(", ");
  const meaning = [node.description, known].filter((part) => part !== undefined && part !== "");
  const spelledOut = isObject(value) || (Array.isArray(value) && value.some(isObject));
  return [
    ...commented(meaning.join("; "), indent),
    ...(spelledOut ? [] : partsOf(node).flatMap((line) => commented(line, indent))),
  ];
}

/** "key: meaning; default", a line for each described part of an object, one inside another further in. */
function partsOf(node: Node, depth = 1): string[] {
  const branches = [node, ...alternativesOf(node)];
  return branches.flatMap((branch) => {
    const properties = (branch.properties ?? (branch.items as Node)?.properties ?? {}) as Told;
    return Object.entries(properties).flatMap(([key, property]) => {
      const part = property as Node;
      const about = [
        part.description,
        isPlain(part.default) && `default ${jsonLine(part.default)}`,
      ];
      const text = about.filter(Boolean).join("; ");
      const inner = partsOf(part, depth + 1);
      return text === "" && inner.length === 0
        ? []
        : [`${"  ".repeat(depth)}${key}: ${text}`, ...inner];
    });
  });
}

/** A million and more stands for "any": nobody is told of it. */
function rangeOf({ type, minimum, maximum }: Node): string | undefined {
  if (type !== "integer" || minimum === undefined || maximum === undefined) return undefined;
  if (maximum < 1_000_000) return `${minimum} to ${maximum}`;
  return minimum <= -1_000_000 ? undefined : `at least ${minimum}`;
}

function choicesOf(node: Node): string | undefined {
  const choices = [node, ...alternativesOf(node)].flatMap(
    (each) => each.enum ?? (each.const === undefined ? [] : [each.const]),
  );
  return choices.length < 2 ? undefined : `one of ${choices.map(jsonLine).join(", ")}`;
}

/** Something of the right form, for a setting that is not set. */
function exampleOf(node: Node): unknown {
  const [alternative] = alternativesOf(node);
  if (node.default !== undefined && !isObject(node.default)) return node.default;
  if (node.examples?.[0] !== undefined) return node.examples[0];
  if (node.const !== undefined) return node.const;
  if (node.enum !== undefined) return node.enum[0];
  if (alternative !== undefined) return exampleOf(alternative);
  if (node.type === "object") {
    const parts = Object.entries((node.properties ?? {}) as Readonly<Record<string, Node>>);
    return Object.fromEntries(parts.map(([key, part]) => [key, exampleOf(part)]));
  }
  if (node.type === "array") return [exampleOf(node.items as Node)];
  if (node.type === "integer" || node.type === "number") return node.minimum ?? 1;
  return node.type === "boolean" ? true : "…";
}

/** The member of a union that a value is of: by its constants, or else by its form. */
function branchOf(node: Node, value: unknown): Node {
  const alternatives = alternativesOf(node);
  if (alternatives.length === 0 || !isObject(value)) return node;
  const named = alternatives.find((each) =>
    Object.entries((each.properties ?? {}) as Readonly<Record<string, Node>>).some(
      ([key, { const: constant }]) => constant !== undefined && constant === value[key],
    ),
  );
  return named ?? alternatives.find((each) => each.type === "object") ?? node;
}

function alternativesOf(node: Node): readonly Node[] {
  return [...(node.anyOf ?? []), ...(node.oneOf ?? [])] as readonly Node[];
}

function isObject(value: unknown): value is Told {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What fits behind the word "default". */
function isPlain(value: unknown): boolean {
  return value !== undefined && !isObject(value);
}

/** JSON on one line, with a space inside braces and behind commas. */
function jsonLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}: ${jsonLine(each)}`,
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function separated(entries: readonly string[][]): string[] {
  return entries.flatMap((lines, index) => (index < entries.length - 1 ? withComma(lines) : lines));
}

function withComma(lines: readonly string[]): string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)},`];
}

function indented([first = "", ...rest]: readonly string[], indent: string): string[] {
  return [`${indent}${first}`, ...rest];
}

/** The text as comment lines, broken between words; what is broken goes on as far in as it began. */
function commented(text: string, indent: string): string[] {
  if (text.trim() === "") return [];
  const margin = `${indent}// ${/^ */.exec(text)?.[0] ?? ""}`;
  const lines = [margin];
  for (const word of text.trim().split(" ")) {
    const line = lines.at(-1) as string;
    const joined = line === margin ? `${line}${word}` : `${line} ${word}`;
    if (joined.length > LINE_LENGTH && line !== margin) lines.push(`${margin}${word}`);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}
