/** The shape of what an option shows. */

/** An effect of an option, or the test that shows it. */
export type Case =
  | {
      /** Its value; for a flag, nothing. */
      readonly give: readonly string[];
      /** Found in what is printed with the option, and not without. */
      readonly shows: RegExp;
      /** What the command is given beside it; default: what it always gets. */
      readonly from?: readonly string[];
      /** Whether the command is not run without the option: it would not end. */
      readonly alone?: boolean;
    }
  | { readonly shownBy: string };

/** A command with the arguments that let it succeed, and the cases of options that are not common to all. */
export interface Commands {
  readonly args: readonly string[];
  readonly options?: Readonly<Record<string, Case>>;
}

/** A value that is refused. @param shows the message */
export const refused = (value: string, shows: RegExp): Case => ({
  give: [value],
  shows,
  alone: true,
});
