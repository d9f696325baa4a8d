// A plain grid for tests; each test names only what it is about.

import type { GridConfig } from "../../strategies/grid/grid-config.ts";

export function gridConfig(changed: Partial<GridConfig> = {}): GridConfig {
  return {
    instrument: 0,
    levels: 3,
    centre: "mid",
    halfSpreadTicks: 5,
    spacingTicks: 10,
    spacingGrowthPermille: 1000,
    levelLots: 10,
    sizeGrowthPermille: 1000,
    positionMaxLots: 100,
    skewTicks: 0,
    driftTicks: 4,
    wakeUs: 100_000,
    requoteUs: 0,
    refusalCountMax: 3,
    backoffUs: 1_000_000,
    ...changed,
  };
}
