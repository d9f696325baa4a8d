// Which keys a schema knows at a place of a document; for suggestions when a key is mistyped.

type Node = {
  readonly properties?: Readonly<Record<string, Node | boolean>>;
  readonly items?: Node | boolean | readonly (Node | boolean)[];
  readonly anyOf?: readonly (Node | boolean)[];
  readonly oneOf?: readonly (Node | boolean)[];
  readonly const?: unknown;
  readonly additionalProperties?: Node | boolean;
};

/** Keys that the JSON Schema allows at `path` of `document`, in the schema's order. */
export function knownKeysAt(schema: unknown, document: unknown, path: readonly string[]): string[] {
  let nodes = branches(schema as Node, document);
  let value = document;
  for (const key of path) {
    value = (value as Record<string, unknown> | undefined)?.[key];
    nodes = nodes.flatMap((node) => {
      const items = Array.isArray(node.items) ? undefined : node.items;
      const next = node.properties?.[key] ?? items ?? node.additionalProperties;
      return typeof next === "object" ? branches(next as Node, value) : [];
    });
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** A node and the members of its union, or only the member whose constants the value carries. */
function branches(node: Node, value: unknown): Node[] {
  const members = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(
    (member): member is Node => typeof member === "object",
  );
  if (members.length === 0) return [node];
  const named = members.filter((member) => carriesConstants(member, value));
  return (named.length > 0 ? named : members).flatMap((member) => branches(member, value));
}

function carriesConstants(node: Node, value: unknown): boolean {
  const constants = Object.entries(node.properties ?? {}).filter(
    ([, property]) => typeof property === "object" && property.const !== undefined,
  );
  return (
    constants.length > 0 &&
    constants.every(
      ([key, property]) =>
        (value as Record<string, unknown> | null)?.[key] === (property as Node).const,
    )
  );
}
