// The script of a tear sheet: draws what the page was given. No network, no storage; without it every table still reads.

import uPlot from "uplot";
import type { PackedInstrument, PackedSheet } from "../sheet-data.ts";
import { floats, seconds } from "./columns.ts";
import { priceMarks } from "./price-marks.ts";
import { palette, toggleTheme } from "./theme.ts";
import { clearCharts, moveView, resetView, resizeCharts, showChart } from "./time-chart.ts";
import { drawTrips } from "./trip-scatter.ts";

const sheet = JSON.parse(document.getElementById("sheet")?.textContent ?? "{}") as PackedSheet;
let logarithmic = false;

function place(name: string): HTMLElement | undefined {
  const element = document.getElementById(name);
  if (element === null) return undefined;
  element.replaceChildren();
  return element;
}

function draw(): void {
  clearCharts();
  drawEquity();
  drawDrawdown();
  sheet.instruments.forEach(drawInstrument);
  drawBand();
  drawExposed();
  drawTrips(place("chart-trips"), sheet, palette());
}

/** Equity under each fill model; lines of other kinds, so that colour is not all that tells them apart. */
function drawBand(): void {
  const element = place("chart-band");
  if (element === undefined || sheet.band.length === 0) return;
  const colours = palette();
  const strokes = [colours.second, colours.line, colours.loss];
  const dashes = [
    { dash: [2, 3], name: " (dotted)" },
    { dash: undefined, name: "" },
    { dash: [8, 4], name: " (dashed)" },
  ];
  showChart({
    element,
    height: 220,
    palette: colours,
    data: uPlot.join(
      sheet.band.map(({ curve }): uPlot.AlignedData => [seconds(curve.at), floats(curve.value)]),
    ),
    series: sheet.band.map(({ label }, index) => {
      const { dash, name } = dashes[index % 3] ?? { dash: undefined, name: "" };
      return {
        label: `${label}${name}, ${sheet.currency}`,
        stroke: strokes[index % 3] ?? colours.line,
        ...(dash === undefined ? {} : { dash }),
        digits: 2,
      };
    }),
  });
}

function drawExposed(): void {
  const element = place("chart-exposed");
  if (element === undefined || sheet.exposed === undefined) return;
  const colours = palette();
  showChart({
    element,
    height: 150,
    palette: colours,
    data: [seconds(sheet.exposed.at), floats(sheet.exposed.value)],
    series: [
      {
        label: `unhedged, ${sheet.currency}`,
        stroke: colours.loss,
        fill: colours.fill,
        stepped: true,
        digits: 2,
      },
    ],
  });
}

function drawEquity(): void {
  const element = place("chart-equity");
  if (element === undefined) return;
  const colours = palette();
  const ours: uPlot.AlignedData = [seconds(sheet.equity.at), floats(sheet.equity.value)];
  const beside: uPlot.AlignedData = [seconds(sheet.beside.at), floats(sheet.beside.value)];
  showChart({
    element,
    height: 280,
    palette: colours,
    logarithmic,
    data: uPlot.join([ours, beside]),
    series: [
      { label: sheet.equityLabel, stroke: colours.line, digits: 2 },
      {
        label: `${sheet.besideLabel} (dashed)`,
        stroke: colours.second,
        dash: [8, 3],
        digits: 2,
      },
    ],
  });
}

function drawDrawdown(): void {
  const element = place("chart-drawdown");
  if (element === undefined) return;
  const colours = palette();
  showChart({
    element,
    height: 150,
    palette: colours,
    data: [seconds(sheet.drawdown.at), floats(sheet.drawdown.value)],
    series: [
      {
        label: `below the peak, ${sheet.currency}`,
        stroke: colours.loss,
        fill: colours.fill,
        digits: 2,
      },
    ],
  });
}

function drawInstrument(instrument: PackedInstrument, index: number): void {
  const colours = palette();
  const price = place(`chart-price-${index}`);
  if (price !== undefined) {
    showChart({
      element: price,
      height: 340,
      palette: colours,
      data: [seconds(instrument.mid.at), floats(instrument.mid.value)],
      series: [{ label: "mid", stroke: colours.text, digits: instrument.priceDecimals + 1 }],
      draw: priceMarks(instrument.fills, instrument.rests, colours),
    });
  }
  const position = place(`chart-position-${index}`);
  if (position === undefined) return;
  showChart({
    element: position,
    height: 150,
    palette: colours,
    data: [seconds(instrument.position.at), floats(instrument.position.value)],
    series: [
      {
        label: "position",
        stroke: colours.line,
        fill: colours.fill,
        stepped: true,
        digits: instrument.sizeDecimals,
      },
    ],
  });
}

const KEYS: Readonly<Record<string, () => void>> = {
  "+": () => moveView(0.5, 0),
  "=": () => moveView(0.5, 0),
  "-": () => moveView(2, 0),
  ArrowLeft: () => moveView(1, -0.25),
  ArrowRight: () => moveView(1, 0.25),
  "0": resetView,
  t: () => toggleTheme(draw),
  l: toggleScale,
};

function toggleScale(): void {
  logarithmic = !logarithmic;
  document.getElementById("scale")?.setAttribute("aria-pressed", String(logarithmic));
  draw();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement | null;
  if (target?.matches("input, select, textarea")) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});
addEventListener("resize", () => {
  resizeCharts();
  drawTrips(place("chart-trips"), sheet, palette());
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
document.getElementById("theme")?.addEventListener("click", () => toggleTheme(draw));
document.getElementById("scale")?.addEventListener("click", toggleScale);
document.getElementById("whole")?.addEventListener("click", resetView);
draw();
document.documentElement.dataset.drawn = "yes";
