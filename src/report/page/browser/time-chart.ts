// One chart over time. All of them share a cursor and a zoom: what is looked at in one is looked at in all.

import uPlot from "uplot";
import type { Palette } from "./theme.ts";

export type TimeChart = Readonly<{
  element: HTMLElement;
  height: number;
  series: readonly Readonly<{
    label: string;
    stroke: string;
    fill?: string;
    stepped?: boolean;
    dash?: number[];
    digits: number;
  }>[];
  data: uPlot.AlignedData;
  logarithmic?: boolean;
  /** Drawn over the lines. */
  draw?: (chart: uPlot) => void;
  palette: Palette;
}>;

/** Every chart of the page, for the shared zoom. */
const shown: uPlot[] = [];
const sync = uPlot.sync("time");

export function clearCharts(): void {
  for (const chart of shown.splice(0)) chart.destroy();
}

export function showChart(chart: TimeChart): uPlot {
  const { element, palette, series, logarithmic = false } = chart;
  const made = new uPlot(
    {
      width: element.clientWidth,
      height: chart.height,
      // Room for half of the last day's name.
      padding: [null, 36, null, null],
      // Recordings are UTC, and so is every time on the page.
      tzDate: (at) => uPlot.tzDate(new Date(at * 1_000), "UTC"),
      cursor: { sync: { key: sync.key }, drag: { x: true, y: false } },
      scales: { x: { time: true }, y: { distr: logarithmic ? 3 : 1 } },
      axes: [
        { ...axis(palette), values: (_, splits, _axis, _space, step) => clockTexts(splits, step) },
        { ...axis(palette), size: 72 },
      ],
      series: [
        { label: "time", value: (_, at) => timeText(at) },
        ...series.map(({ label, stroke, fill, stepped = false, dash, digits }) => ({
          label,
          stroke,
          width: 1.5,
          spanGaps: true,
          points: { show: false },
          ...(fill === undefined ? {} : { fill }),
          ...(dash === undefined ? {} : { dash }),
          ...(stepped && uPlot.paths.stepped !== undefined
            ? { paths: uPlot.paths.stepped({ align: 1 }) }
            : {}),
          value: (_: uPlot, value: number | null) =>
            value === null ? "" : value.toLocaleString("en", { maximumFractionDigits: digits }),
        })),
      ],
      hooks: {
        ...(chart.draw === undefined ? {} : { draw: [chart.draw] }),
        setScale: [follow],
      },
    },
    chart.data,
    element,
  );
  shown.push(made);
  return made;
}

/** Zooms every other chart to what one was zoomed to. */
let following = false;
function follow(from: uPlot, key: string): void {
  if (key !== "x" || following) return;
  const { min, max } = from.scales.x ?? {};
  if (min === undefined || max === undefined) return;
  following = true;
  for (const chart of shown) if (chart !== from) chart.setScale("x", { min, max });
  following = false;
}

/** Zooms all charts by a factor around their middle, or moves them by a share of what is seen. */
export function moveView(factor: number, shift: number): void {
  const [first] = shown;
  const { min, max } = first?.scales.x ?? {};
  if (first === undefined || min === undefined || max === undefined) return;
  const half = ((max - min) / 2) * factor;
  const middle = (min + max) / 2 + (max - min) * shift;
  first.setScale("x", { min: middle - half, max: middle + half });
}

/** Shows the whole run again. */
export function resetView(): void {
  const [first] = shown;
  const times = first?.data[0];
  const [from, to] = [times?.[0], times?.[times.length - 1]];
  if (first === undefined || from === undefined || to === undefined) return;
  first.setScale("x", { min: from, max: to });
}

export function resizeCharts(): void {
  for (const chart of shown) {
    const width = chart.root.parentElement?.clientWidth ?? chart.width;
    if (width !== chart.width) chart.setSize({ width, height: chart.height });
  }
}

function axis(palette: Palette): uPlot.Axis {
  const tick = { stroke: palette.grid, width: 1 };
  return { stroke: palette.text, grid: tick, ticks: tick, font: "12px system-ui, sans-serif" };
}

/** Marks of the time axis: the day where it changes, else the clock, as fine as the step needs. */
function clockTexts(splits: readonly number[], step: number): string[] {
  let day = "";
  return splits.map((at) => {
    const text = new Date(at * 1_000).toISOString();
    const clock = step >= 60 ? text.slice(11, 16) : text.slice(11, step >= 1 ? 19 : 23);
    const shown = step >= 86_400 ? text.slice(0, 10) : clock;
    const label =
      day === text.slice(0, 10) || step >= 86_400 ? shown : `${shown}\n${text.slice(0, 10)}`;
    day = text.slice(0, 10);
    return label;
  });
}

function timeText(at: number | null): string {
  if (at === null) return "";
  return new Date(at * 1_000)
    .toISOString()
    .replace("T", " ")
    .replace(/0{0,3}Z$/, "");
}
