// What the comparison of two texts says, in both languages.

/** @import { Language } from "../types.js" */

/** @typedef {{code: string, steps: string, same: string, tooMany: string}} Words */

/** @type {Record<Language, Words>} */
const words = {
  zh: {
    code: "代码：− 是页面原来的，+ 是现在的",
    steps: "客户端的步骤：− 是页面原来的，+ 是现在的",
    same: "没有差异。",
    tooMany: "差异太多，后面的没有显示。",
  },
  en: {
    code: "Code: − is the page's, + is what you have now",
    steps: "The client's steps: − is the page's, + is what you have now",
    same: "No difference.",
    tooMany: "There are more differences; they are not shown.",
  },
};

/** @param {Language} language */
export const wordsFor = (language) => words[language];
