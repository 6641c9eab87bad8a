// What the comparison of two texts says, in English.

export const words: typeof import("../zh/difference.ts").words = {
  code: "Code: − is the page's, + is what you have now",
  steps: "The client's steps: − is the page's, + is what you have now",
  same: "No difference.",
  tooMany: "There are more differences; they are not shown.",
};
