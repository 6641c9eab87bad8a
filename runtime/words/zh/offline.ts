// What the workbench says in the offline copy, where nothing is downloaded, in Chinese.
import { words as site } from "./workbench.ts";

export const words = {
  ...site,
  loading: "正在读取 Python…",
  failures: {
    ...site.failures,
    network: () =>
      "运行 Python 要用离线版里的 python 文件夹，这里没有，或者不完整。请把离线版完整地解压一次，再重试。",
    hash: (file: string) => `离线版里的 ${file} 已损坏，没有使用。请把离线版重新解压一次，再重试。`,
    refused: (file: string) => `浏览器打不开离线版里的 ${file}。请把离线版重新解压一次，再重试。`,
  },
};
