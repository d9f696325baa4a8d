// Elements of the player's page by their names, and lists of options.

export function byId<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`expected #${id} in the page`);
  return found as unknown as T;
}

export function fillSelect(
  id: string,
  options: readonly (readonly [value: string, label: string])[],
): HTMLSelectElement {
  const select = byId<HTMLSelectElement>(id);
  select.replaceChildren(
    ...options.map(([value, label]) => {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = label;
      return option;
    }),
  );
  return select;
}
