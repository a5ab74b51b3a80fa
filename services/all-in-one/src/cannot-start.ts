/** A reason not to go on that the operator can mend: `message` is all that is shown, and says how. */
export class CannotStart extends Error {}
