// What the view of time says.

/** @import { Activity, Language } from "../../types.js" */

/** In the order of the legend. What is drawn alike has one entry. */
/** @type {Record<Language, Partial<Record<Activity, string>>>} */
export const LEGEND = {
  zh: {
    blocks: "占住事件循环",
    held: "因此动不了",
    send: "等 send()：缓冲区满",
    receive: "等 receive()",
    timer: "等时间或别的任务",
    response: "等另一方",
    app: "等另一方",
    peer: "等另一方",
    runs: "运行中",
    many: "有几个在场",
  },
  en: {
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

/** @type {Record<Language, {legend: string, buffer: string}>} */
export const WORDS = {
  zh: { legend: "图例", buffer: "缓冲区" },
  en: { legend: "Legend", buffer: "buffer" },
};
