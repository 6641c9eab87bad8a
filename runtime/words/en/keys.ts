// What is said of the keys of a message or a scope, in English.

export const words: typeof import("../zh/keys.ts").words = {
  keys: (type) => `The keys of ${type}`,
  scope: "The keys of this scope",
  required: "required",
  default: "default",
  since: (version) => `since ${version}`,
  missing: "not given here",
  unknown: "The specification has no such key.",
  none: "This message has no other keys.",
};
