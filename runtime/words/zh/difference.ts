// What the comparison of two texts says, in Chinese.

export const words = {
  code: "代码：− 是页面原来的，+ 是现在的",
  steps: "客户端的步骤：− 是页面原来的，+ 是现在的",
  same: "没有差异。",
  tooMany: "差异太多，后面的没有显示。",
};
