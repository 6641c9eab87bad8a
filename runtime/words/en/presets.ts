// What the playground says, in English.

export const words: typeof import("../zh/presets.ts").words = {
  unknown: (name) => `There is no preset named ${name}. Choose one from the list above.`,
  failed: (title) =>
    `The preset “${title}” could not be downloaded. Choose it again when you are online, or reload the page: the site may have been updated.`,
};
