// docs/INCIDENT-SCENARIOS.md as data, and what must hold between it, the tests it names and the names there are.

export type IncidentRow = Readonly<{
  number: string;
  name: string;
  /** What is played where, or why it is not. */
  played: string;
  answeredBy: string;
}>;

/** How many entries each bot has, in the order of the page. */
const ENTRIES: Readonly<Record<string, number>> = { H: 42, V: 27, M: 30, G: 38, R: 30 };

/** "H01" to "R30", in order. */
export function entryNumbers(): readonly string[] {
  return Object.entries(ENTRIES).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, "0")}`),
  );
}

export function incidentRows(page: string): readonly IncidentRow[] {
  return page.split("\n").flatMap((line) => {
    const cells = line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));
    const [number = "", name = "", , played = "", answeredBy = ""] = cells;
    if (!/^[A-Z]\d\d$/.test(number)) return [];
    return [{ number, name: name.replaceAll("`", ""), played, answeredBy }];
  });
}

/** "H02 order-update-repeated" of every test title in a source. */
function titledEntries(source: string): readonly string[] {
  return [...source.matchAll(/["`]([A-Z]\d\d [a-z0-9-]+): /g)].map((match) => match[1] as string);
}

/** Numbers and names of the reference's entries. */
export function referenceEntries(reference: string): readonly string[] {
  return [...reference.matchAll(/^\*\*([A-Z]\d\d) `([a-z0-9-]+)`\*\*/gm)].map(
    ([, number, name]) => `${number} ${name}`,
  );
}

/** Files a row names, each with the titles it quotes from it. */
function citedTests(played: string): readonly Readonly<{ path: string; titles: string[] }>[] {
  const cited: { path: string; titles: string[] }[] = [];
  for (const match of played.matchAll(/`(test\/[^`]+\.ts)`|"([^"]+)"/g)) {
    if (match[1] !== undefined) cited.push({ path: match[1], titles: [] });
    else cited.at(-1)?.titles.push(match[2] as string);
  }
  return cited;
}

/** What does not hold between the rows and the titles of each test file. */
export function incidentBreaches(
  rows: readonly IncidentRow[],
  sources: ReadonlyMap<string, string>,
  folder: string,
): readonly string[] {
  const breaches: string[] = [];
  for (const { number, name, played } of rows) {
    const cited = citedTests(played);
    if (cited.length === 0 && !played.startsWith("not here: ")) {
      breaches.push(`${number} names no test and no reason`);
    }
    for (const { path, titles } of cited) {
      const source = sources.get(path);
      if (source === undefined) breaches.push(`${number}: there is no ${path}`);
      else if (titles.length === 0 && path.startsWith(folder)) {
        if (!titledEntries(source).includes(`${number} ${name}`)) {
          breaches.push(`${number}: no test of ${path} begins with "${number} ${name}: "`);
        }
      } else if (titles.length === 0 && !played.startsWith("not here: ")) {
        breaches.push(`${number}: names ${path} without a title`);
      }
      for (const title of titles) {
        if (source?.includes(title) === false) breaches.push(`${number}: no "${title}" in ${path}`);
      }
    }
  }
  for (const [path, source] of sources) {
    if (!path.startsWith(folder)) continue;
    for (const titled of new Set(titledEntries(source))) {
      const row = rows.find(({ number, name }) => `${number} ${name}` === titled);
      if (row?.played.includes(path) !== true)
        breaches.push(`${titled} of ${path} is not on the page`);
    }
  }
  return breaches;
}
