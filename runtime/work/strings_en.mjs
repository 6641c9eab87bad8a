// What the workbench says in English. Chinese is in strings_zh.mjs; each is written natively.

/** @type {import("./strings.mjs").Strings} */
export const en = {
  tools: "Run the code",
  run: "Run",
  edit: "Edit",
  reset: "Reset",
  stop: "Stop",
  editor: "Code to edit",
  recorded: "Recorded when this site was built.",
  fresh: "Run just now in your browser.",
  edited: "The code has changed: press Run to see what it does.",
  stopped: "Stopped. The figure still shows the run before.",
  preparing: "Preparing…",
  queued: "Waiting for another demo to finish…",
  loading: "Downloading Python…",
  starting: "Starting Python…",
  running: "Running…",
  bytes: (got, all) => `${got} of ${all} MB`,
  retry: "Retry",
  editorFailed: "The editor could not be downloaded; here is a plain text field.",
  failures: {
    http: (file, detail) =>
      `${file} could not be downloaded: the server answered ${detail}. The site may have been updated: reload the page, or retry.`,
    network: (file) =>
      `${file} could not be downloaded: the network is out of reach. Retry when you are online.`,
    timeout: (file) => `The download of ${file} has stalled. Please retry.`,
    hash: (file) => `${file} arrived with the wrong content and was not used. Please retry.`,
    boot: () => "Python did not start in time. Please retry.",
    crash: () => "Python ended unexpectedly; a new one is being prepared. Please retry.",
    flood: () => "This code puts out too much: it was stopped.",
    "too-long": () => "The trace of this run is too long to show.",
    unreadable: () => "The result of this run is not in the right form and is not shown.",
    unsupported: () =>
      "This browser has no WebAssembly, so Python cannot run here. The recorded exchange can still be stepped through.",
    error: (_file, detail) => `Python failed: ${detail}`,
  },
};
