// What the page of components says, as data: the tests it names, and the names a design document has that it must say.

/** A test as the page names it: the file in backticks, a colon, the title in quotes. */
export type NamedTest = Readonly<{ file: string; title: string }>;

export function testsNamedIn(page: string): readonly NamedTest[] {
  const named = /`(test\/[^`\s]+\.test\.ts)`: "([^"]+)"/g;
  return [...page.matchAll(named)].map(([, file = "", title = ""]) => ({ file, title }));
}

/** Every path of ours that stands in backticks. */
export function pathsNamedIn(page: string): readonly string[] {
  const roots = "src|sim|strategies|test|docs|examples";
  return [...page.matchAll(new RegExp(`\`((?:${roots})/[^\`\\s]*)\``, "g"))].map(
    ([, path = ""]) => path,
  );
}

/** Markup and languages: no part of a bot. */
const NOT_NAMES = new Set(["WebSocket"]);

/**
 * The names of a document: words in CamelCase, snake_case words wherever they stand, and every word in backticks that is
 * a name and not a path, an expression or a sentence.
 */
export function namesIn(document: string): readonly string[] {
  const camel = document.match(/\b[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\b/g) ?? [];
  const snake = document.match(/\b_*[A-Za-z]+(?:_[A-Za-z0-9]+)+(?:\.py)?\b/g) ?? [];
  const quoted = [...document.matchAll(/`([^`\n]+)`/g)]
    .map(([, span = ""]) => span.replace(/(?::[\d,-]+|\(\))$/, ""))
    .map((span) => (span.endsWith(".py") ? (span.split("/").at(-1) ?? "") : span))
    .filter((word) => /^[A-Za-z_]\w{2,}(?:\.py)?$/.test(word));
  const names = new Set([...camel, ...snake, ...quoted]);
  return [...names].filter((name) => !NOT_NAMES.has(name)).sort();
}

/** The names of a document that a page does not say. */
export function namesMissing(document: string, page: string): readonly string[] {
  const words = new Set(page.match(/[A-Za-z_]\w*(?:\.py)?/g));
  return namesIn(document).filter((name) => !words.has(name) && !words.has(`_${name}`));
}
