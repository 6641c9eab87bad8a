// Characters that cannot be seen, or that turn the order of others: code from a link could hide in them. Some
// of them (the fillers of Hangul, for one) are letters to Python and may stand in a name.

/**
 * Controls but for tab and line break, what Unicode calls format or ignorable by default (fillers, joiners,
 * selectors of variants, tags, directions), halves of characters, and blanks that are not the usual ones.
 */
export const UNSEEN =
  /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]/gu;

export const hasUnseen = (text: string) => text.search(UNSEEN) >= 0;

/** @returns in which each of them is written by number */
export const seen = (text: string): string =>
  text.replace(UNSEEN, (unseen) =>
    unseen
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
