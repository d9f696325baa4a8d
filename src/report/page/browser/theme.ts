// Light or dark: the reader's choice, kept while the page is open, else the system's.
// Colours are read from the style sheet, so that a picture and the text around it agree.

export type Palette = Readonly<{
  text: string;
  grid: string;
  line: string;
  second: string;
  loss: string;
  buy: string;
  sell: string;
  fill: string;
}>;

/** The colours in force now. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("muted"),
    grid: of("rule"),
    line: of("accent"),
    second: of("second"),
    loss: of("loss"),
    buy: of("buy"),
    sell: of("sell"),
    fill: of("area"),
  };
}

/** Turns the page over, and tells `redraw` to. */
export function toggleTheme(redraw: () => void): void {
  const root = document.documentElement;
  const dark =
    root.dataset.theme === undefined
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : root.dataset.theme === "dark";
  root.dataset.theme = dark ? "light" : "dark";
  redraw();
}
