// What the view of time says, in English.

export const words: typeof import("../zh/time.ts").words = {
  legend: "Legend",
  buffer: "buffer",
  // In the order of the legend. What is drawn alike has one entry.
  activities: {
    blocks: "holds the event loop",
    held: "is held up by it",
    send: "waits in send(): buffer full",
    receive: "waits in receive()",
    timer: "waits for time or a task",
    response: "waits for another side",
    app: "waits for another side",
    peer: "waits for another side",
    runs: "runs",
    many: "some are there",
  },
};
