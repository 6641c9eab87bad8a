// What the view of time says, in Chinese.

import type { Activity } from "../../types.ts";

export const words: {
  legend: string;
  buffer: string;
  activities: Partial<Record<Activity, string>>;
} = {
  legend: "图例",
  buffer: "缓冲区",
  // In the order of the legend. What is drawn alike has one entry.
  activities: {
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
};
