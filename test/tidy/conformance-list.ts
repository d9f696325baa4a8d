// The numbered lines of docs/FILLS.md against the tests that carry their numbers: each line one test, each test
// one line, numbers without holes, and nothing cited that does not exist.

/** A line of the list, "F12", wherever the page makes one; and the numbers and paths its tables cite. */
export type ConformanceList = Readonly<{
  lines: readonly string[];
  cited: readonly string[];
  paths: readonly string[];
}>;

/** Reads the page: list items that begin with a bold number, and the cells of its tables. */
export function conformanceList(page: string): ConformanceList {
  const rows = page.split("\n");
  const lines = rows.flatMap((row) => /^- \*\*([A-Z]\d+)\*\* /.exec(row)?.[1] ?? []);
  const cells = rows.flatMap((row) =>
    row.startsWith("| ") ? [row.split(" | ").at(-1) ?? ""] : [],
  );
  return {
    lines,
    cited: cells.flatMap((cell) => [...cell.matchAll(/\b[A-Z]\d+\b/g)].map(([name]) => name)),
    paths: cells.flatMap((cell) =>
      [...cell.matchAll(/`([\w./-]+\/[\w./-]+)`/g)].map((hit) => hit[1] as string),
    ),
  };
}

/** The numbers that titles of tests begin with: `test("F12 …`. */
export function numbersOfTests(text: string): readonly string[] {
  const titles = text.matchAll(/\btest(?:\.\w+)*\(\s*["'`]([A-Z]\d+) /g);
  return [...titles].map((hit) => hit[1] as string);
}

/** One sentence for each breach of the agreement between page and tests. */
export function conformanceBreaches(
  list: ConformanceList,
  tests: readonly string[],
): readonly string[] {
  const known = new Set(list.lines);
  return [
    ...repeated(list.lines).map((line) => `${line} is two lines of the page`),
    ...repeated(tests).map((line) => `${line} is the number of two tests`),
    ...list.lines.filter((line) => !tests.includes(line)).map((line) => `${line} has no test`),
    ...tests.filter((line) => !known.has(line)).map((line) => `${line} is a test of no line`),
    ...holes(list.lines),
    ...list.cited.filter((line) => !known.has(line)).map((line) => `${line} is cited and no line`),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** Lines of one letter count up from 1 in the order of the page. */
function holes(lines: readonly string[]): readonly string[] {
  const last = new Map<string, number>();
  return lines.flatMap((line) => {
    const letter = line.charAt(0);
    const number = Number(line.slice(1));
    const expected = (last.get(letter) ?? 0) + 1;
    last.set(letter, number);
    return number === expected ? [] : [`${line} stands where ${letter}${expected} is expected`];
  });
}
