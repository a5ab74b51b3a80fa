/** Where the visitor stands, kept as a stack so that a path is only written out when there is a finding. */
export class Trail {
  readonly #steps: (string | number)[] = [];

  get depth(): number {
    return this.#steps.length;
  }

  push(step: string | number): void {
    this.#steps.push(step);
  }

  pop(): void {
    this.#steps.pop();
  }

  /** FHIRPath: `CarePlan.activity[0].detail.status`. */
  expression(child?: string): string {
    let text = '';
    for (const step of this.#steps) text += typeof step === 'number' ? `[${step}]` : text ? `.${step}` : step;
    return child === undefined ? text : text ? `${text}.${child}` : child;
  }
}
