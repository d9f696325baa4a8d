// Text into HTML: everything that comes from outside is escaped here and nowhere else.

/** A piece of markup that is already safe. */
export type Html = Readonly<{ markup: string }>;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template whose values are escaped unless they are markup themselves; lists are joined. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let markup = parts[0] ?? "";
  values.forEach((value, index) => {
    markup += textOf(value) + (parts[index + 1] ?? "");
  });
  return { markup };
}

/** Markup from text that is known to be safe: our own style sheet and script. */
export function trusted(markup: string): Html {
  return { markup };
}

/** JSON for a script element: no text in it can end the element. */
export function jsonScript(id: string, value: unknown): Html {
  const text = JSON.stringify(value).replace(/</g, "\\u003c");
  return { markup: `<script type="application/json" id="${id}">${text}</script>` };
}

function textOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === "object" && "markup" in value) return value.markup;
  if (typeof value === "object") return value.map((each) => each.markup).join("");
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
