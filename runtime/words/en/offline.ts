// What the workbench says in the offline copy, where nothing is downloaded, in English.
import { words as site } from "./workbench.ts";

export const words: typeof import("../zh/offline.ts").words = {
  ...site,
  loading: "Reading Python…",
  failures: {
    ...site.failures,
    network: () =>
      "To run Python, this copy needs its folder “python”, which is not here or not complete. Unpack the whole offline copy again, then retry.",
    hash: (file) =>
      `${file} in this copy is damaged and was not used. Unpack the offline copy again, then retry.`,
    refused: (file) =>
      `The browser cannot open ${file} in this copy. Unpack the offline copy again, then retry.`,
  },
};
