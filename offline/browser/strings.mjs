// In place of runtime/work/strings.mjs: the same, but nothing is downloaded here.
import { en } from "../../runtime/work/strings_en.mjs";
import { zh } from "../../runtime/work/strings_zh.mjs";

/** @import { Language } from "../../runtime/types.js" */

const strings = {
  zh: {
    ...zh,
    loading: "正在读取 Python…",
    failures: {
      ...zh.failures,
      network: () =>
        "运行 Python 要用离线版里的 python 文件夹，这里没有，或者不完整。请把离线版完整地解压一次，再重试。",
      hash: (/** @type {string} */ file) =>
        `离线版里的 ${file} 已损坏，没有使用。请把离线版重新解压一次，再重试。`,
      refused: (/** @type {string} */ file) =>
        `浏览器打不开离线版里的 ${file}。请把离线版重新解压一次，再重试。`,
    },
  },
  en: {
    ...en,
    loading: "Reading Python…",
    failures: {
      ...en.failures,
      network: () =>
        "To run Python, this copy needs its folder “python”, which is not here or not complete. Unpack the whole offline copy again, then retry.",
      hash: (/** @type {string} */ file) =>
        `${file} in this copy is damaged and was not used. Unpack the offline copy again, then retry.`,
      refused: (/** @type {string} */ file) =>
        `The browser cannot open ${file} in this copy. Unpack the offline copy again, then retry.`,
    },
  },
};

/** @param {Language} language */
export const stringsFor = (language) => strings[language];
