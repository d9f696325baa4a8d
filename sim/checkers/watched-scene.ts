// A scene with its log: getters stay getters, so that what is read is always the present.

import type { Watched } from "./checker.ts";
import type { RunLog } from "./run-log.ts";
import type { Scene } from "./scene.ts";

export function watchedScene(scene: Scene, log: RunLog): Watched {
  return new SceneWithLog(scene, log);
}

class SceneWithLog implements Watched {
  readonly instruments: Scene["instruments"];
  readonly risk: Scene["risk"];
  readonly facts: Scene["facts"];
  readonly log: RunLog;
  readonly #scene: Scene;

  constructor(scene: Scene, log: RunLog) {
    this.instruments = scene.instruments;
    this.risk = scene.risk;
    this.facts = scene.facts;
    this.log = log;
    this.#scene = scene;
  }

  get now(): Scene["now"] {
    return this.#scene.now;
  }
  get belief(): Scene["belief"] {
    return this.#scene.belief;
  }
  get isPaused(): Scene["isPaused"] {
    return this.#scene.isPaused;
  }
  get haltReason(): Scene["haltReason"] {
    return this.#scene.haltReason;
  }
  get troubledUntil(): Scene["troubledUntil"] {
    return this.#scene.troubledUntil;
  }
  get healedAt(): Scene["healedAt"] {
    return this.#scene.healedAt;
  }
  get stoppedAt(): Scene["stoppedAt"] {
    return this.#scene.stoppedAt;
  }
  get durable(): Scene["durable"] {
    return this.#scene.durable;
  }
  exchange(...args: Parameters<Scene["exchange"]>): ReturnType<Scene["exchange"]> {
    return this.#scene.exchange(...args);
  }
  profile(...args: Parameters<Scene["profile"]>): ReturnType<Scene["profile"]> {
    return this.#scene.profile(...args);
  }
  trueLots(...args: Parameters<Scene["trueLots"]>): number {
    return this.#scene.trueLots(...args);
  }
  inFlight(...args: Parameters<Scene["inFlight"]>): number {
    return this.#scene.inFlight(...args);
  }
  saved(): ReturnType<Scene["saved"]> {
    return this.#scene.saved();
  }
  isGone(...args: Parameters<Scene["isGone"]>): boolean {
    return this.#scene.isGone(...args);
  }
}
